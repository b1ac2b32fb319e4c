"""Weights & Biases: what training runs measured, and how retraining runs ended.

Optional, and never part of the board's own process, for wandb starts one of its own: a Python that
has it (`python` in [connectors.wandb], else the board's) reads offline logs below `log_dir`, or
asks the service by `api_key`, `entity` and `project`. A run says whose it is by its tags
`initiative:…`, `model:…` and `version:…` (without the last its id is the version), a project whose
runs do not is linked once. A run with the tag `retrain`, or that job type, is one of retraining.
"""

from data.connectors.wandb.fetching import fetch
from data.connectors.wandb.to_rows import rows

__all__ = ["fetch", "rows"]
