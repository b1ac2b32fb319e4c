"""Write: everything that can change a row."""
