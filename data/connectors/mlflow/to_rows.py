"""Say in rows of our tables what MLflow holds."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from urllib.parse import quote

from data.connectors import points
from data.connectors.http import Settings, address
from data.connectors.mlflow.records import (
    OF_OLD,
    Records,
    experiment_key,
    initiative,
    measured_version,
    model_key,
    number,
    stages,
    tags,
)
from data.connectors.points import Target
from data.connectors.pulled import GONE, RETAGGED, Link, Pulled, Unmapped, table

OUTCOMES = {"FINISHED": "succeeded", "FAILED": "failed", "KILLED": "cancelled"}
MOVED = "aliases that moved or are gone, which leaves the initiative in its stage"
Links = Mapping[str, Link]


def rows(records: Records, links: Links, settings: Settings) -> Pulled:
    """The records as rows; who is not mapped; what was left out."""
    place = address("mlflow", settings)
    models = _known(records, links)
    runs, homeless = _retraining(records, models, links, place)
    metrics, left_out = points.model_metrics(records["points"], _targets(records, models))
    left_out |= {
        GONE: len(records["gone"]),
        RETAGGED: len(records["retagged"]),
        MOVED: sum(
            model in models and alias in stages(settings) for model, alias in records["moved"]
        ),
    }
    tables = {
        "deployment_status": table("deployment_status", _deployed(records, models, settings)),
        "capabilities": table("capabilities", _versioned(records, models, place)),
        "pipeline_runs": table("pipeline_runs", runs),
        "model_metrics": metrics,
    }
    unmapped = (*_unknown(records, models, place), *homeless)
    left_out = {reason: count for reason, count in left_out.items() if count}
    return Pulled(tables, unmapped, left_out, listed_whole=("registered model",))


def _known(records: Records, links: Links) -> dict[str, Link]:
    """The initiative of each registered model that has one, and the model's name here."""
    at_home, names = _homes(records), [model["name"] for model in records["models"]]
    tagged = {model["name"]: initiative(model) for model in records["models"]}
    found = {
        name: Link(whose, name) for name in names if (whose := tagged[name] or at_home.get(name))
    }
    linked = [name for name in names if name not in found and model_key(name) in links]
    for name in linked:
        link = links[model_key(name)]
        renamed = Link(link.initiative_id, link.model or name)
        # A name that another model bears there already would mix the two.
        found[name] = Link(link.initiative_id, name) if renamed in found.values() else renamed
    return found


def _homes(records: Records) -> dict[str, str]:
    """The initiative of the experiment each model's newest version comes from."""
    of_experiment = {one["experiment_id"]: initiative(one) for one in records["experiments"]}
    experiment_of = {run["info"]["run_id"]: run["info"]["experiment_id"] for run in records["runs"]}
    newest = {version["name"]: version.get("run_id") for version in _in_order(records)}
    return {
        name: of_experiment.get(experiment_of.get(run_id), "") for name, run_id in newest.items()
    }


def _in_order(records: Records) -> list[dict]:
    return sorted(records["versions"], key=number)


def _unknown(records: Records, models: Links, place: str) -> Iterator[Unmapped]:
    for name in (model["name"] for model in records["models"]):
        if name not in models:
            yield Unmapped("registered model", model_key(name), name, _model_url(place, name))


def _deployed(records: Records, models: Links, settings: Settings) -> list[dict]:
    """Where each initiative was seen by an alias; an alias goes before a stage of old."""
    stage_of, found = stages(settings), {}
    for name, aliases in records["sightings"].items():
        seen = {alias: was for alias, was in aliases.items() if alias in stage_of}
        is_new = not seen.keys() <= OF_OLD.keys()
        for alias, (version, day) in seen.items():
            if name in models and not (is_new and alias in OF_OLD):
                key = models[name].initiative_id, stage_of[alias], date.fromisoformat(day)
                found.setdefault(key, []).append(f"{alias} of {name} is version {version}")
    return [
        {
            "initiative_id": initiative_id,
            "stage": stage,
            "observed_on": day,
            "note": f"MLflow: {'; '.join(sorted(notes))}",
        }
        for (initiative_id, stage, day), notes in found.items()
    ]


def _versioned(records: Records, models: Links, place: str) -> list[dict]:
    """That an initiative's models have versions, by the newest of them."""
    counts, newest = {}, {}
    for version in _in_order(records):
        counts[version["name"]] = counts.get(version["name"], 0) + 1
        if version["name"] in models:
            initiative_id = models[version["name"]].initiative_id
            newest[initiative_id] = max(newest.get(initiative_id, version), version, key=_made)
    return [
        {
            "initiative_id": initiative_id,
            "capability": "model_versioning",
            "assessed_on": _made(version).date(),
            "state": "in_place",
            "evidence": f"MLflow: {version['name']} has {_versions(counts[version['name']])}, "
            f"the newest is version {version['version']}: {_model_url(place, version['name'])}",
        }
        for initiative_id, version in newest.items()
    ]


def _versions(count: int) -> str:
    return "1 version" if count == 1 else f"{count} versions"


def _made(version: Mapping) -> datetime:
    return _moment(version["creation_timestamp"])


def _retraining(
    records: Records, models: Links, links: Links, place: str
) -> tuple[list[dict], list[Unmapped]]:
    """The runs of retraining, and the experiments of those nobody knows the initiative of."""
    experiments = {one["experiment_id"]: one for one in records["experiments"]}
    found, homeless = [], {}
    for run in (run for run in records["runs"] if tags(run).get("kind") == "retrain"):
        info, named = run["info"], tags(run).get("model") or None
        experiment = experiments.get(info["experiment_id"], {})
        key = experiment_key(info["experiment_id"])
        tagged = initiative(run) or initiative(experiment)
        link = models.get(named) or (Link(tagged, named) if tagged else links.get(key))
        pipeline = experiment.get("name", info["experiment_id"])
        url = f"{place}/#/experiments/{quote(info['experiment_id'], safe='')}"
        if not link:
            homeless[key] = Unmapped("experiment", key, pipeline, url)
            continue
        found.append(
            {
                "platform": "mlflow",
                "run_id": info["run_id"],
                "initiative_id": link.initiative_id,
                "model": link.model or named,
                "pipeline": pipeline,
                "purpose": "retraining",
                "started_at": _moment(info["start_time"]),
                "ended_at": _moment(info["end_time"]) if info.get("end_time") else None,
                "outcome": OUTCOMES.get(info["status"]),
                "url": f"{url}/runs/{info['run_id']}",
            }
        )
    return found, list(homeless.values())


def _targets(records: Records, models: Links) -> dict[str, list[Target]]:
    """The model and version each run measures: as a version's own run, or as its tags say."""
    found: dict[str, list[Target]] = {}

    def add(run_id: str, name: str, version: str) -> None:
        if link := models.get(name):
            found.setdefault(run_id, []).append(Target(link.initiative_id, link.model, version))

    for version in records["versions"]:
        add(version.get("run_id"), version["name"], str(version["version"]))
    for run in records["runs"]:
        if named := measured_version(run):
            add(run["info"]["run_id"], *named)
    return {run_id: list(dict.fromkeys(targets)) for run_id, targets in found.items()}


def _moment(ms: int | str) -> datetime:
    """A moment of MLflow's, which are milliseconds since 1970, in UTC."""
    return datetime(1970, 1, 1) + timedelta(milliseconds=int(ms))


def _model_url(place: str, name: str) -> str:
    return f"{place}/#/models/{quote(name, safe='')}"
