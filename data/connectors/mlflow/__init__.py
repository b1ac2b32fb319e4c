"""MLflow 2 and 3: registered models, their aliases and versions, metric histories, retraining runs.

A model's initiative is its tag `initiative_id`, else that of the experiment of its newest version's
run, else a link. A run with tag `kind` = `retrain` is one of retraining; its model is its tag
`model`. A run with tags `model` and `model_version` measures that version, as the version's own run
does. MLflow keeps no history of aliases: the day of a move is the day it was first seen.
"""

from data.connectors.mlflow.fetching import fetch
from data.connectors.mlflow.to_rows import rows

__all__ = ["fetch", "rows"]
