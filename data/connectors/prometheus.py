"""Prometheus: is the live model answering, how fast, how often wrong?

Every query of [connectors.prometheus.queries] becomes the metric of its name, hour by hour. A
series says by its labels whose it is: `initiative_id`, `model` and, if it has one, `version`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote

from data.connectors.http import Http, Page, Settings
from data.connectors.measured import Measured
from data.connectors.moments import moment_of, seconds_of, text_of
from data.connectors.pulled import Link, Pulled, Unmapped
from data.errors import ConnectorError

STEP_S, FIRST_S, AGAIN_S = 3600, 90 * 86400, 3600
MOST_POINTS = 11_000
"""What Prometheus answers at most for one series; beyond it refuses the whole question."""

ANSWERING = {
    "answering_share": "avg by (initiative_id, model, version) "
    '(avg_over_time(up{initiative_id!=""}[1h]))'
}
"""Asked without being configured: the share of scrapes in the last hour that were answered."""

LIVE = "live"
HISTOGRAMS = "native histograms (ask for a quantile of them)"
AMBIGUOUS = (
    "measurements of several series about one model and version "
    "(write the query as sum or avg by (initiative_id, model, version))"
)


def fetch(settings: Settings, mark: str | None, http: Http) -> tuple[list[Page], str]:
    """The answers to all queries since the mark, in windows Prometheus is willing to answer.

    Both ends of time are the server's: an hour is asked only once it is over there. The last hour
    is read again, for scrapes that came late. Raises ConnectorError.
    """
    asked_at = datetime.now(UTC).replace(tzinfo=None)
    end_s = int(seconds_of(_now(http)) // STEP_S * STEP_S)
    since_s = seconds_of(moment_of(mark)) if mark else end_s - FIRST_S
    windows = list(_windows(int((since_s - AGAIN_S) // STEP_S * STEP_S), end_s))
    queries = ANSWERING | dict(settings.get("queries") or {})
    records = []
    for number, (metric, query) in enumerate(queries.items()):
        http.tell(number / len(queries), f"Reading {metric} from Prometheus")
        place = f"{http.url}/graph?g0.expr={quote(query, safe='')}"
        context = {"metric": metric, "url": place, "asked_at": text_of(asked_at)}
        for first_s, last_s in windows:
            asked = {"query": query, "start": first_s, "end": last_s, "step": STEP_S}
            records.append(context | {"series": _asked(http, metric, **asked)})
    read_to_s = min(end_s, seconds_of(asked_at))
    return records, text_of(moment_of(max(read_to_s, since_s) if mark else read_to_s))


def rows(records: list[Page], links: Mapping[str, Link], settings: Settings) -> Pulled:
    """Measurements of every series that says, or was once linked to, its initiative and model."""
    measured = Measured(moment_of(records[0]["asked_at"]) if records else datetime.min)
    unmapped: dict[str, Unmapped] = {}
    owned: dict[tuple, list[dict]] = defaultdict(list)
    for series in _whole(records):
        labels = series["labels"]
        key = labels.get("model") or json.dumps(labels, sort_keys=True, ensure_ascii=False)
        link = _owner(labels, links.get(key, Link("")))
        if link.initiative_id and link.model:
            version = labels.get("version") or LIVE
            owned[link, version, series["metric"]].append(series)
        else:
            unmapped[key] = Unmapped("series", key, key, series["url"])
    for (link, version, metric), several in owned.items():
        if len(several) > 1:
            measured.left_out[AMBIGUOUS] += sum(len(one["points"]) for one in several)
            continue
        points = several[0]["points"]
        measured.left_out[HISTOGRAMS] += several[0]["count_histograms"]
        moments_s, values = zip(*points, strict=True) if points else ((), ())
        measured.add(link, version, metric, moments_s, values)
    return Pulled({"model_metrics": measured.table()}, tuple(unmapped.values()), measured.left_out)


def _owner(labels: Mapping[str, str], linked: Link) -> Link:
    """What the labels say goes before what somebody linked; a link fills what they leave open."""
    said = labels.get("initiative_id", "").strip() or linked.initiative_id
    return Link(said, labels.get("model", "").strip() or linked.model)


def _whole(records: list[Page]) -> list[dict]:
    """Every series once, with the points of all windows."""
    found: dict[tuple, dict] = {}
    for page in records:
        for part in page["series"]:
            labels = {key: value for key, value in part["metric"].items() if key != "__name__"}
            empty = {"labels": labels, "points": [], "count_histograms": 0}
            name = (page["metric"], *sorted(part["metric"].items()))
            series = found.setdefault(name, empty | {key: page[key] for key in ("metric", "url")})
            series["points"] += part.get("values", [])
            series["count_histograms"] += len(part.get("histograms", []))
    return list(found.values())


def _windows(start_s: int, end_s: int) -> Iterator[tuple[int, int]]:
    """First and last moment of each question, so that no series has more than MOST_POINTS."""
    span_s = STEP_S * MOST_POINTS
    for first_s in range(start_s, end_s + 1, span_s):
        yield first_s, min(first_s + span_s - STEP_S, end_s)


def _now(http: Http) -> datetime:
    """What time it is at the server."""
    moment_s, _ = _result(http, "api/v1/query", query="time()")
    if now := moment_of(moment_s):
        return now
    raise http.error("does not know what time it is; tell whoever runs it")


def _result(http: Http, path: str, **params: object) -> list:
    match http.get(path, **params):
        case {"status": "success", "data": {"result": list(result)}}:
            return result
        case _:
            raise http.error("does not answer as Prometheus does; check url in secrets.toml")


def _asked(http: Http, metric: str, **params: object) -> list:
    """The series of a query; one the server does not understand is named."""
    try:
        return _result(http, "api/v1/query_range", **params)
    except ConnectorError as refused:
        if refused.status not in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY):
            raise
        where = "[connectors.prometheus.queries] in secrets.toml"
        raise http.error(f"does not understand the query {metric}; mend it under {where}") from None
