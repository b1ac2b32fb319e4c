"""Kubeflow Pipelines: is the model retrained by a pipeline, how often does that succeed?

Runs carry no labels, so a run is an initiative's by the section [connectors.kubeflow.map], which
names recurring runs and pipelines by their id ("INI-001/churn"), by a saved link, or by the tags
`initiative` and `model` of its pipeline. Written to KFP's published contract (API v2beta1, 2.17),
and tested against that: never against a live cluster.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from data.connectors.http import Http, Page, Settings
from data.connectors.measured import CLOCKS_DIFFER
from data.connectors.moments import moment_of, text_of
from data.connectors.pulled import Link, Pulled, Unmapped, table

API = "apis/v2beta1"
PAGE_SIZE = 200
"""The most a server gives at once; it cuts a larger wish without a word."""

FIRST, PATIENCE = timedelta(days=365), timedelta(days=30)
OUTCOMES = {"SUCCEEDED": "succeeded", "FAILED": "failed"} | dict.fromkeys(
    ("CANCELED", "SKIPPED"), "cancelled"
)

NO_START = "runs without a usable start"
FUTURE = "runs dated in the future"


def fetch(settings: Settings, mark: str | None, http: Http) -> tuple[list[Page], str]:
    """Runs created since the mark, and all recurring runs and pipelines.

    The mark is when the oldest run that had not ended was created (waited for up to 30 days), else
    the newest run: so a long run is read again until it has ended. Raises ConnectorError.
    """
    asked_at = datetime.now(UTC).replace(tzinfo=None)
    mark = mark or text_of(asked_at - FIRST)
    namespace = {"namespace": settings["namespace"]} if settings.get("namespace") else {}
    lists = (
        ("runs", namespace | {"filter": _created_since(mark), "sort_by": "created_at asc"}),
        ("recurringruns", namespace),
        ("pipelines", namespace),
        *([("pipelines", {})] if namespace else []),  # those shared by all namespaces
    )
    records = []
    for number, (name, asked) in enumerate(lists):
        http.tell(number / len(lists), f"Reading {name} from Kubeflow Pipelines")
        records += _all(http, name, asked)
    context = {"url": http.url, "asked_at": text_of(asked_at)}
    return [context | page for page in records], _next_mark(records, mark, asked_at)


def rows(records: list[Page], links: Mapping[str, Link], settings: Settings) -> Pulled:
    """Runs of mapped pipelines, and what their successes prove of an initiative."""
    pipelines = {one["pipeline_id"]: one for one in _items(records, "pipelines")}
    recurring = {one["recurring_run_id"]: one for one in _items(records, "recurringRuns")}
    said = {key: _link(text) for key, text in dict(settings.get("map") or {}).items()}
    found, unmapped, left_out = {}, {}, Counter()
    for run in _items(records, "runs"):
        origin = _origin(run, pipelines, recurring)
        started_at = moment_of(run.get("created_at"))
        if not (link := _owner(run, pipelines, {**links, **said})):
            unmapped[origin.key] = origin
        elif not started_at:
            left_out[NO_START] += 1
        elif started_at > moment_of(records[0]["asked_at"]) + CLOCKS_DIFFER:
            left_out[FUTURE] += 1
        else:
            found[run["run_id"]] = run, _row(run, link, origin.name, records[0]["url"])
    enabled = {key for key, one in recurring.items() if one.get("status") == "ENABLED"}
    tables = {
        "pipeline_runs": [row for _, row in found.values()],
        "capabilities": _proven(found.values(), enabled),
    }
    return Pulled(
        {name: table(name, rows) for name, rows in tables.items()},
        tuple(unmapped.values()),
        left_out,
    )


def _row(run: Page, link: Link, pipeline: str, url: str) -> dict:
    ended_at = moment_of(run.get("finished_at")) if run.get("state") in OUTCOMES else None
    return {
        "platform": "kubeflow",
        "run_id": run["run_id"],
        "initiative_id": link.initiative_id,
        "model": link.model,
        "pipeline": pipeline,
        "purpose": "retraining" if link.model else "data",
        "started_at": moment_of(run["created_at"]),
        "ended_at": ended_at,
        "outcome": OUTCOMES.get(run["state"]) if ended_at else None,
        "url": f"{url}/#/runs/details/{quote(run['run_id'], safe='')}",
    }


def _proven(found: Iterable[tuple[Page, dict]], enabled: set[str]) -> list[dict]:
    """The capabilities that a success proves, each by its last one."""
    proven = {}
    for run, row in sorted(found, key=lambda both: both[1]["started_at"]):
        if row["outcome"] != "succeeded":
            continue
        if row["model"] and run.get("recurring_run_id") in enabled:
            proven[row["initiative_id"], "automated_retraining"] = _evidence(row, "scheduled run")
        if _pipeline_id(run):
            proven[row["initiative_id"], "deployment_pipeline"] = _evidence(row, "run")
    return [
        {"initiative_id": whose, "capability": capability, "state": "in_place", **evidence}
        for (whose, capability), evidence in proven.items()
    ]


def _evidence(row: dict, what: str) -> dict:
    says = f"Kubeflow Pipelines: a {what} of {row['pipeline']} succeeded, {row['url']}"
    return {"assessed_on": row["ended_at"].date(), "evidence": says}


def _owner(run: Page, pipelines: Mapping[str, Page], links: Mapping[str, Link]) -> Link | None:
    """Whose run it is: by what was said of where it comes from, else by its pipeline's tags."""
    for key in (run.get("recurring_run_id"), _pipeline_id(run), run.get("experiment_id")):
        if key and key in links:
            return links[key]
    tags = pipelines.get(_pipeline_id(run), {}).get("tags", {})
    whose, model = (tags.get(key, "").strip() for key in ("initiative", "model"))
    return Link(whose, model or None) if whose else None


def _origin(run: Page, pipelines: Mapping[str, Page], recurring: Mapping[str, Page]) -> Unmapped:
    """What a run comes from: its pipeline, else its schedule, its experiment, or nothing else."""
    for kind, key, known in (
        ("pipeline", _pipeline_id(run), pipelines),
        ("recurring run", run.get("recurring_run_id"), recurring),
        ("experiment", run.get("experiment_id"), {}),
    ):
        if key:
            return Unmapped(kind, key, known.get(key, {}).get("display_name") or key)
    return Unmapped("run", run["run_id"], run.get("display_name") or run["run_id"])


def _link(said: str) -> Link:
    """ "INI-001/churn" names an initiative and a model; "INI-001" an initiative alone."""
    initiative_id, _, model = said.partition("/")
    return Link(initiative_id.strip(), model.strip() or None)


def _all(http: Http, name: str, asked: Mapping[str, object]) -> Iterator[Page]:
    """The pages of a list; one asks as before and adds the token, else the server refuses it."""

    def ask(token: object) -> Page:
        page = http.get(f"{API}/{name}", **asked, page_size=PAGE_SIZE, page_token=token)
        if isinstance(page, dict):
            return page
        raise http.error("does not answer as Kubeflow Pipelines does; check url in secrets.toml")

    return http.pages(ask, lambda page: page.get("next_page_token"))


def _items(records: Iterable[Page], key: str) -> list[Page]:
    """The objects of one list on all pages; what an empty server leaves out is empty."""
    return [one for page in records for one in page.get(key) or []]


def _pipeline_id(run: Page) -> str | None:
    return (run.get("pipeline_version_reference") or {}).get("pipeline_id")


def _created_since(mark: str) -> str:
    since = {"operation": "GREATER_THAN_EQUALS", "key": "created_at", "timestamp_value": mark}
    return json.dumps({"predicates": [since]})


def _next_mark(records: list[Page], mark: str, asked_at: datetime) -> str:
    """When the oldest run that has not ended was created, not too long ago; else the newest."""
    created = [
        (moment, run.get("state") in OUTCOMES)
        for run in _items(records, "runs")
        if (moment := moment_of(run.get("created_at"))) and moment <= asked_at
    ]
    newest = max((moment for moment, _ in created), default=moment_of(mark))
    waiting = [moment for moment, has_ended in created if not has_ended]
    return text_of(max(min([*waiting, newest]), newest - PATIENCE))
