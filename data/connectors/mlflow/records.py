"""What MLflow's records say: who they belong to, what they are called in a link."""

from collections.abc import Mapping

from data.connectors.http import Settings
from data.errors import ConnectorError
from data.tables import STAGES

Records = Mapping[str, object]

ALIASES = {"champion": "production", "challenger": "pilot"}
OF_OLD = {"Production": "production", "Staging": "pilot"}  # stages, before there were aliases


def stages(settings: Settings) -> dict[str, str]:
    """The stage each alias stands for. Raises ConnectorError for a stage there is not."""
    said = dict(settings.get("aliases") or ALIASES)
    for alias, stage in said.items():
        if stage not in STAGES:
            raise ConnectorError(
                f"mlflow: aliases in [connectors.mlflow] gives {alias} the stage {stage}; "
                f"the stages are {', '.join(STAGES)}"
            )
    return OF_OLD | said


def model_key(name: str) -> str:
    """What a link to a registered model is found by."""
    return f"models/{name}"


def experiment_key(experiment_id: str) -> str:
    """What a link to an experiment is found by."""
    return f"experiments/{experiment_id}"


def tags(record: Mapping) -> dict[str, str]:
    """The tags of a model, an experiment or a run."""
    held = record.get("data", record).get("tags", ())
    return {tag["key"]: str(tag.get("value", "")).strip() for tag in held}


def initiative(record: Mapping) -> str:
    """The initiative a record is tagged with; empty if none."""
    return tags(record).get("initiative_id", "")


def number(version: Mapping) -> int:
    """A version's number, which MLflow keeps as text."""
    return int(version["version"])


def measured_version(run: Mapping) -> tuple[str, str] | None:
    """The model and version a run says it measures."""
    said = tags(run)
    named = said.get("model", ""), said.get("model_version", "")
    return named if all(named) else None
