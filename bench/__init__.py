"""How fast the board is, as ratios measured side by side: `python -m bench` prints them."""
