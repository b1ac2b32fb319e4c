"""Apache Airflow 3: runs of DAGs that retrain a model or move data, their schedule and next run.

A DAG's tags say who it is: `retrain` (or the tag in the settings) or `data`, `initiative:ID`,
`model:NAME`. What has none of the first two is not read. A DAG of several initiatives proves its
capability for all of them, and its runs are the first one's. Only a DAG that runs by itself proves
one: it has a schedule, is not paused, and has succeeded.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from data.connectors.http import Http, Settings, address
from data.connectors.moments import moment_of, text_of
from data.connectors.pulled import GONE, RETAGGED, Link, Pulled, Unmapped, table

API = "api/v2"
AT_ONCE = 100
OVERLAP = timedelta(hours=1)
OUTCOMES = {"success": "succeeded", "failed": "failed"}
CAPABILITIES = {"retraining": "automated_retraining", "data": "data_pipeline"}
WAITING = "runs that have not started yet"
BY_HAND = "DAGs without a schedule, or paused: they prove no capability"
Records = Mapping[str, list]
Links = Mapping[str, Link]


def fetch(settings: Settings, mark: str | None, http: Http) -> tuple[Records, str]:
    """The DAGs of interest, and their runs that changed since the mark. Raises ConnectorError.

    The mark holds the latest moment of a run by the clock of the server, and the tags each DAG had:
    one that is tagged otherwise now is read from its first run on.
    """
    if settings.get("password"):
        http.sign_in_by(lambda: _token(settings, http))
    http.tell(0.0, "Reading DAGs")
    wanted = {"tags": [_retrain(settings), "data"], "tags_match_mode": "any"}
    dags = list(_listed(http, "dags", "dags", order_by="dag_id", **wanted))
    before = json.loads(mark) if mark else {"until": None, "tags": {}}
    tags, runs = {dag["dag_id"]: sorted(_tags(dag)) for dag in dags}, []
    for count, (dag_id, now) in enumerate(tags.items()):
        http.tell(0.1 + 0.9 * count / len(tags), f"Reading the runs of {dag_id}")
        since = _since(before.get("until")) if before["tags"].get(dag_id) == now else {}
        runs += _listed(http, f"dags/{quote(dag_id, safe='')}/dagRuns", "dag_runs", **since)
    records = {
        "dags": dags,
        "runs": runs,
        "gone": sorted(set(before["tags"]) - set(tags)),
        "retagged": [key for key in tags if _has_moved(before["tags"].get(key, []), tags[key])],
    }
    until = _latest(runs, before.get("until"))
    return records, json.dumps({"until": until, "tags": tags})


def rows(records: Records, links: Links, settings: Settings) -> Pulled:
    """The records as rows; the DAGs nobody knows the initiative of; what was left out."""
    place, retrain = address("airflow", settings), _retrain(settings)
    known = {dag["dag_id"]: _links(dag, links) for dag in records["dags"]}
    purposes = {
        dag["dag_id"]: "retraining" if retrain in _tags(dag) else "data" for dag in records["dags"]
    }
    runs = [run for run in records["runs"] if known.get(run["dag_id"])]
    started = [run for run in runs if moment_of(run["start_date"])]
    tables = {
        "pipeline_runs": table(
            "pipeline_runs",
            (_run(run, known[run["dag_id"]][0], purposes[run["dag_id"]], place) for run in started),
        ),
        "capabilities": table("capabilities", _proofs(records, known, purposes, place)),
    }
    unmapped = tuple(
        Unmapped("DAG", _key(dag["dag_id"]), dag["dag_display_name"], _dag_url(place, dag))
        for dag in records["dags"]
        if not known[dag["dag_id"]]
    )
    by_hand = sum(bool(known[dag["dag_id"]]) and not _runs_itself(dag) for dag in records["dags"])
    counts = {
        WAITING: len(runs) - len(started),
        BY_HAND: by_hand,
        GONE: len(records["gone"]),
        RETAGGED: len(records["retagged"]),
    }
    left_out = {why: count for why, count in counts.items() if count}
    return Pulled(tables, unmapped, left_out, listed_whole=("DAG",))


def _token(settings: Settings, http: Http) -> str:
    account = {name: settings.get(name, "") for name in ("username", "password")}
    return str(http.post("auth/token", account).get("access_token", ""))


def _retrain(settings: Settings) -> str:
    return str(settings.get("tag") or "retrain")


def _listed(http: Http, path: str, name: str, **asked: object) -> Iterator[dict]:
    """Everything of a list. A server may give less at once than it was asked for: count that."""
    received = 0

    def ask(offset: object) -> dict:
        return http.get(f"{API}/{path}", limit=AT_ONCE, offset=offset or 0, **asked)

    def after(page: dict) -> int | None:
        nonlocal received
        received += len(page[name])
        return received if page[name] and received < page["total_entries"] else None

    for page in http.pages(ask, after):
        yield from page[name]


def _since(until: str | None) -> dict[str, str]:
    moment = moment_of(until)
    return {"updated_at_gte": text_of(moment - OVERLAP)} if moment else {}


def _latest(runs: list[dict], before: str | None) -> str | None:
    """The latest moment of any run, never later than now."""
    said = [run[name] for run in runs for name in ("end_date", "start_date", "queued_at")]
    moments = [moment for moment in map(moment_of, [before, *said]) if moment]
    now = datetime.now(UTC).replace(tzinfo=None)
    return text_of(min(max(moments), now)) if moments else None


def _tags(dag: Mapping) -> set[str]:
    return {tag["name"] for tag in dag["tags"]}


def _named(dag: Mapping, prefix: str) -> list[str]:
    """What the tags of a DAG say behind a prefix, in order."""
    said = (tag.removeprefix(prefix).strip() for tag in _tags(dag) if tag.startswith(prefix))
    return sorted(filter(None, said))


def _has_moved(before: list[str], now: list[str]) -> bool:
    """Whether the tags name an initiative no longer that they named before."""
    return any(tag.startswith("initiative:") for tag in set(before) - set(now))


def _links(dag: Mapping, links: Links) -> list[Link]:
    """The initiatives of a DAG by its tags, else by a saved link; and its model."""
    model = next(iter(_named(dag, "model:")), None)
    tagged = [Link(initiative_id, model) for initiative_id in _named(dag, "initiative:")]
    saved = links.get(_key(dag["dag_id"]))
    return tagged or ([Link(saved.initiative_id, saved.model or model)] if saved else [])


def _run(run: Mapping, link: Link, purpose: str, place: str) -> dict[str, object]:
    return {
        "platform": "airflow",
        "run_id": f"{run['dag_id']}/{run['dag_run_id']}",
        "initiative_id": link.initiative_id,
        "model": link.model,
        "pipeline": run["dag_id"],
        "purpose": purpose,
        "started_at": moment_of(run["start_date"]),
        "ended_at": moment_of(run["end_date"]),
        "outcome": OUTCOMES.get(run["state"]),
        "url": _run_url(place, run),
    }


def _runs_itself(dag: Mapping) -> bool:
    return bool(dag["timetable_summary"]) and not dag["is_paused"]


def _proofs(
    records: Records, known: Mapping[str, list[Link]], purposes: Mapping[str, str], place: str
) -> list[dict]:
    """The latest success of each initiative's DAGs of each purpose, as a capability in place."""
    dags, found = {dag["dag_id"]: dag for dag in records["dags"]}, {}
    for run in sorted(records["runs"], key=lambda run: run["end_date"] or ""):
        dag, ended = dags[run["dag_id"]], moment_of(run["end_date"])
        if run["state"] == "success" and ended and _runs_itself(dag):
            for link in known[run["dag_id"]]:
                capability = CAPABILITIES[purposes[run["dag_id"]]]
                found[link.initiative_id, capability] = {
                    "initiative_id": link.initiative_id,
                    "capability": capability,
                    "assessed_on": ended.date(),
                    "state": "in_place",
                    "evidence": f"Airflow: {_says(dag, ended)}: {_run_url(place, run)}",
                }
    return list(found.values())


def _says(dag: Mapping, ended: datetime) -> str:
    next_at = moment_of(dag["next_dagrun_run_after"])
    following = f", next run {next_at:%Y-%m-%d %H:%M}" if next_at else ""
    return (
        f"{dag['dag_id']} (scheduled {dag['timetable_summary']}) last succeeded "
        f"{ended:%Y-%m-%d %H:%M}{following}, in UTC"
    )


def _key(dag_id: str) -> str:
    """What a link to a DAG is found by."""
    return f"dags/{dag_id}"


def _dag_url(place: str, dag: Mapping) -> str:
    return f"{place}/dags/{quote(dag['dag_id'], safe='')}"


def _run_url(place: str, run: Mapping) -> str:
    return f"{_dag_url(place, run)}/runs/{quote(run['dag_run_id'], safe='')}"
