"""Ask MLflow for its registry, and for what its runs have measured since."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa

from data.connectors import points
from data.connectors.http import Http, Settings
from data.connectors.mlflow.records import (
    OF_OLD,
    Records,
    experiment_key,
    initiative,
    measured_version,
    model_key,
    number,
    stages,
)

API = "api/2.0/mlflow"
OVERLAP_MS = 3_600_000
RUNS_AT_ONCE, POINTS_AT_ONCE, POINTS_A_PAGE = 100, 2500, 25_000


def fetch(settings: Settings, mark: str | None, http: Http) -> tuple[Records, str]:
    """Everything in the registry; runs and metric histories since the mark. Raises ConnectorError.

    The mark holds the latest end of a run, and who and which aliases were there. An initiative that
    was tagged otherwise before has everything read again.
    """
    stages(settings)
    http.tell(0.0, "Reading registered models")
    models = list(_listed(http, "registered-models/search", "registered_models", 1000))
    versions = list(_listed(http, "model-versions/search", "model_versions", 10_000))
    experiments = list(_found(http, "experiments/search", "experiments"))
    before = json.loads(mark) if mark else {"who": {}, "sightings": {}}
    who = _who(models, experiments)
    same = all(before["who"].get(key, tag) == tag for key, tag in who.items())
    since_ms = before.get("since_ms") if same else None
    http.tell(0.1, "Reading runs")
    fresh = _fresh(http, experiments, versions, since_ms)
    others = _by_id(http, experiments, _telling(models, versions) - {*fresh})
    sightings = _sightings(models, versions, before["sightings"])
    records = {
        "models": models,
        "versions": versions,
        "experiments": experiments,
        "runs": [*fresh.values(), *others.values()],
        "points": _histories(http, settings, _measuring(fresh.values(), versions)),
        "sightings": sightings,
        "gone": sorted(set(before["who"]) - set(who)),
        "retagged": [key for key, tag in before["who"].items() if tag and who.get(key, tag) != tag],
        "moved": _moved(before["sightings"], sightings),
    }
    latest_ms = _latest_ms(fresh.values(), before.get("since_ms", 0))
    return records, json.dumps({"since_ms": latest_ms, "who": who, "sightings": sightings})


def _listed(http: Http, path: str, name: str, size: int) -> Iterator[dict]:
    """Everything of a list that is asked for by GET."""

    def ask(token: object) -> dict:
        return http.get(f"{API}/{path}", max_results=size, page_token=token)

    for page in http.pages(ask, lambda page: page.get("next_page_token")):
        yield from page.get(name, ())


def _found(http: Http, path: str, name: str, **body: object) -> Iterator[dict]:
    """Everything of a list that is asked for by POST."""

    def ask(token: object) -> dict:
        token = {"page_token": token} if token else {}
        return http.post(f"{API}/{path}", {"max_results": 1000, **body, **token})

    for page in http.pages(ask, lambda page: page.get("next_page_token")):
        yield from page.get(name, ())


def _who(models: Iterable[dict], experiments: Iterable[dict]) -> dict[str, str]:
    """The initiative each model and experiment is tagged with, empty if none, by its key."""
    return {
        **{model_key(model["name"]): initiative(model) for model in models},
        **{experiment_key(one["experiment_id"]): initiative(one) for one in experiments},
    }


def _fresh(
    http: Http, experiments: list[dict], versions: list[dict], since_ms: int | None
) -> dict[str, dict]:
    """Runs to be read now: ended since, still running, or behind a version made since."""
    if since_ms is None:
        return _runs(http, experiments, "")
    from_ms = since_ms - OVERLAP_MS
    ended = _runs(http, experiments, f"attributes.end_time > {from_ms}")
    running = _runs(http, experiments, "attributes.status = 'RUNNING'")
    new = {one.get("run_id") for one in versions if int(one["creation_timestamp"]) > from_ms}
    found = ended | running
    return found | _by_id(http, experiments, new - {*found, "", None})


def _runs(http: Http, experiments: list[dict], wanted: str) -> dict[str, dict]:
    ids = [experiment["experiment_id"] for experiment in experiments]
    found = _found(http, "runs/search", "runs", experiment_ids=ids, filter=wanted) if ids else ()
    return {run["info"]["run_id"]: run for run in found}


def _by_id(http: Http, experiments: list[dict], run_ids: set[str]) -> dict[str, dict]:
    found: dict[str, dict] = {}
    for some in _chunks(sorted(run_ids), 500):
        named = ", ".join(f"'{run_id}'" for run_id in some)
        found |= _runs(http, experiments, f"attributes.run_id IN ({named})")
    return found


def _telling(models: Iterable[dict], versions: list[dict]) -> set[str]:
    """The newest version's run of each model without a tag: its experiment may name who it is."""
    newest = {version["name"]: version.get("run_id") for version in sorted(versions, key=number)}
    untagged = {model["name"] for model in models if not initiative(model)}
    return {newest.get(name) for name in untagged} - {"", None}


def _sightings(
    models: Sequence[dict], versions: Iterable[dict], before: Mapping[str, dict]
) -> dict[str, dict]:
    """Which version has each alias, and the day it was first seen there, by model and alias."""
    day = today().isoformat()
    now = {model["name"]: {} for model in models}
    for version in sorted(versions, key=number):
        if version.get("current_stage") in OF_OLD:
            now.setdefault(version["name"], {})[version["current_stage"]] = version["version"]
    for model in models:
        now[model["name"]] |= _aliases(model)
    return {
        model: {
            alias: was
            if (was := before.get(model, {}).get(alias, [None, day]))[0] == version
            else [version, day]
            for alias, version in aliases.items()
        }
        for model, aliases in now.items()
        if aliases
    }


def _moved(before: Mapping[str, dict], now: Mapping[str, dict]) -> list[tuple[str, str]]:
    """The models and aliases that were another version's before, or went and none came instead."""
    return [
        (model, alias)
        for model, aliases in before.items()
        for alias, (version, _) in aliases.items()
        if _is_moved(version, alias, aliases, now.get(model, {}))
    ]


def _is_moved(version: str, alias: str, before: Mapping, now: Mapping) -> bool:
    return now[alias][0] != version if alias in now else not now.keys() - before.keys()


def today() -> date:
    """The day it is now, in UTC as all of MLflow's moments are."""
    return datetime.now(UTC).date()


def _aliases(model: dict) -> dict[str, str]:
    return {one["alias"]: str(one["version"]) for one in model.get("aliases", ())}


def _measuring(runs: Iterable[dict], versions: Iterable[dict]) -> list[dict]:
    """The runs whose histories say something of a version."""
    behind = {version.get("run_id") for version in versions}
    return [run for run in runs if run["info"]["run_id"] in behind or measured_version(run)]


def _histories(http: Http, settings: Settings, runs: list[dict]) -> pa.Table:
    """The histories of the metrics in the settings, or of all but MLflow's own of the machine."""
    wanted = settings.get("metrics")
    by_metric: dict[str, list[str]] = {}
    for run in runs:
        for metric in run["data"].get("metrics", ()):
            key = metric["key"]
            if key in wanted if wanted else not key.startswith("system/"):
                by_metric.setdefault(key, []).append(run["info"]["run_id"])
    calls = [(key, some) for key, ids in by_metric.items() for some in _chunks(ids, RUNS_AT_ONCE)]
    read = [points.SCHEMA.empty_table()]
    for count, (key, some) in enumerate(calls):
        http.tell(0.2 + 0.8 * count / len(calls), f"Reading the history of {key}")
        read += _history(http, key, some)
    return pa.concat_tables(read)


def _history(http: Http, key: str, run_ids: list[str]) -> Iterator[pa.Table]:
    """All points of some runs; MLflow thins out long histories, so those are asked for alone."""
    some = http.get(
        f"{API}/metrics/get-history-bulk-interval",
        run_ids=run_ids,
        metric_key=key,
        max_results=POINTS_AT_ONCE,
    ).get("metrics", [])
    counts = Counter(one["run_id"] for one in some)
    thinned = {run_id for run_id, count in counts.items() if count >= POINTS_AT_ONCE}
    if thinned:
        some = [one for one in some if one["run_id"] not in thinned]
    yield _columns(http, key, some, [one["run_id"] for one in some])
    for run_id in sorted(thinned):
        for page in _pages_of(http, key, run_id):
            yield _columns(http, key, page, [run_id] * len(page))


def _pages_of(http: Http, key: str, run_id: str) -> Iterator[list[dict]]:
    def ask(token: object) -> dict:
        asked = {"run_id": run_id, "metric_key": key, "max_results": POINTS_A_PAGE}
        return http.get(f"{API}/metrics/get-history", page_token=token, **asked)

    for page in http.pages(ask, lambda page: page.get("next_page_token")):
        yield page.get("metrics", [])


def _columns(http: Http, key: str, some: list[dict], run_ids: list[str]) -> pa.Table:
    """Points as answered, in columns; "NaN" stands as a text among the numbers."""
    try:
        columns = [
            run_ids,
            [key] * len(some),
            np.array([one.get("step", 0) for one in some], dtype=np.int64),
            np.array([one["timestamp"] for one in some], dtype=np.int64),
            np.array([one["value"] for one in some], dtype=np.float64),
        ]
    except (KeyError, ValueError, TypeError, OverflowError):
        raise http.error(f"answered the history of {key} with what is no number") from None
    return pa.table(columns, schema=points.SCHEMA)


def _latest_ms(runs: Iterable[dict], before_ms: int) -> int:
    """The latest end of a run, never later than now: a clock ahead must not hide what follows."""
    ended = [int(run["info"].get("end_time") or 0) for run in runs]
    now_ms = int(datetime.now(UTC).timestamp() * 1000)
    return min(max([before_ms, *ended]), now_ms)


def _chunks(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
