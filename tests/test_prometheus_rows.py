"""What Prometheus answers as rows: whose a series is, and which points count."""

from datetime import datetime

import pytest
from platforms.stub import Answer, Asked, serving

from data.connectors import prometheus
from data.connectors.http import Http
from data.connectors.pulled import Link, Pulled, Unmapped
from data.errors import ConnectorError

ASKED_AT = "2026-11-01T12:00:00Z"
NOON_S = 1793534400
HOSTILE = "<img src=x onerror=alert(1)> =1+1 \u202e$x$"


def rows(*series: dict, links: dict[str, Link] | None = None, metric: str = "error_rate") -> Pulled:
    page = {"metric": metric, "url": "http://p/graph", "asked_at": ASKED_AT, "series": list(series)}
    return prometheus.rows([page], links or {}, {})


def series(*points: tuple[float, str], **labels: str) -> dict:
    return {"metric": labels, "values": [list(point) for point in points]}


def measured(pulled: Pulled) -> list[tuple]:
    rows = pulled.tables["model_metrics"].to_pylist()
    return [(row["initiative_id"], row["model"], row["version"], row["value"]) for row in rows]


def left_out(pulled: Pulled) -> dict[str, int]:
    return {reason: count for reason, count in pulled.left_out.items() if count}


MINE = {"initiative_id": "INI-001", "model": "churn", "version": "3"}


def test_a_series_is_whose_its_labels_say():
    pulled = rows(series((NOON_S, "0.25"), (NOON_S - 3600, "1e-3"), **MINE))
    assert measured(pulled) == [("INI-001", "churn", "3", 0.25), ("INI-001", "churn", "3", 0.001)]
    at = pulled.tables["model_metrics"]["measured_at"].to_pylist()
    assert at == [datetime(2026, 11, 1, 12), datetime(2026, 11, 1, 11)]
    assert (pulled.unmapped, left_out(pulled)) == ((), {})


def test_the_pages_of_a_series_are_put_together():
    pages = [
        {"metric": "m", "url": "u", "asked_at": ASKED_AT, "series": [series(point, **MINE)]}
        for point in [(NOON_S - 7200, "1"), (NOON_S - 3600, "2")]
    ]
    assert [value for *_, value in measured(prometheus.rows(pages, {}, {}))] == [1, 2]


def test_nan_infinity_and_the_future_are_left_out_and_counted():
    texts = ("NaN", "+Inf", "-Inf", "1e999", "0.5")
    points = [(NOON_S - 60 * place, text) for place, text in enumerate(texts)]
    pulled = rows(series(*points, (NOON_S + 299, "1"), (NOON_S + 301, "1"), (1e30, "1"), **MINE))
    assert [value for *_, value in measured(pulled)] == [0.5, 1]
    assert left_out(pulled) == {
        "measurements that are no finite number": 4,
        "measurements dated in the future": 2,
    }


def test_a_series_of_nobody_is_not_mapped_until_it_is_linked():
    stray = series((NOON_S, "1"), job="scoring", instance="a:1", __name__="up")
    named = series((NOON_S, "2"), model="churn")
    key = '{"instance": "a:1", "job": "scoring"}'
    pulled = rows(stray, named)
    assert pulled.unmapped == (
        Unmapped("series", key, key, "http://p/graph"),
        Unmapped("series", "churn", "churn", "http://p/graph"),
    )
    assert measured(pulled) == []
    linked = rows(stray, named, links={key: Link("INI-009", "score"), "churn": Link("INI-001")})
    assert measured(linked) == [("INI-009", "score", "live", 1), ("INI-001", "churn", "live", 2)]
    assert linked.unmapped == ()


def test_labels_go_before_links():
    link = {"churn": Link("INI-009", "other")}
    assert measured(rows(series((NOON_S, "1"), **MINE), links=link))[0][:2] == ("INI-001", "churn")


def test_several_series_about_one_version_are_not_added_up_by_guess():
    one, other = (series((NOON_S, text), pod=text, **MINE) for text in ("1", "2"))
    pulled = rows(one, other)
    assert measured(pulled) == []
    [(reason, count)] = left_out(pulled).items()
    assert count == 2
    assert "write the query as sum or avg by (initiative_id, model, version)" in reason


def test_histograms_are_counted_and_no_number():
    histogram = {"metric": MINE, "histograms": [[NOON_S, {"count": "3"}]]}
    assert left_out(rows(histogram)) == {"native histograms (ask for a quantile of them)": 1}


def test_hostile_names_stay_text():
    labels = {"initiative_id": HOSTILE, "model": HOSTILE, "version": HOSTILE}
    pulled = rows(series((NOON_S, "1"), **labels), metric=HOSTILE)
    assert measured(pulled) == [(HOSTILE, HOSTILE, HOSTILE, 1)]
    assert rows(series((NOON_S, "1"), job=HOSTILE)).unmapped[0].name.count("<img") == 1


def of_server(now_s: float, mark: str | None = None) -> tuple[list[Asked], list[dict], str]:
    """What a server with this clock is asked, what it answers, and the next mark."""

    def answer(asked: Asked) -> Answer:
        found = [] if asked.path.endswith("_range") else [now_s, f"{now_s}"]
        return Answer({"status": "success", "data": {"result": found}})

    with serving(answer) as stub:
        records, mark = prometheus.fetch({}, mark, Http("prometheus", {"url": stub.url}))
    return [asked for asked in stub.asked if asked.path.endswith("_range")], records, mark


def test_a_pull_begins_an_hour_before_its_mark_and_ends_at_the_servers_last_full_hour():
    [asked], _, mark = of_server(NOON_S + 1800, "2026-11-01T10:00:00Z")
    assert (asked.one("start"), asked.one("end")) == (f"{NOON_S - 3 * 3600}", f"{NOON_S}")
    assert mark == "2026-11-01T12:00:00Z"


def test_a_server_whose_clock_is_ahead_or_behind_hides_nothing_from_the_next_pull():
    ahead_s, behind_s = 4102444800, NOON_S
    mark = of_server(ahead_s)[2]
    assert mark < "2099"
    asked, _, later = of_server(behind_s, mark)
    assert (asked, later) == ([], mark)


@pytest.mark.parametrize("content", [{}, {"status": "success", "data": {"result": {}}}])
def test_another_server_is_not_taken_for_prometheus(content):
    with serving(lambda asked: Answer(content)) as stub:
        http = Http("prometheus", {"url": stub.url})
        with pytest.raises(ConnectorError, match="does not answer as Prometheus does; check url"):
            prometheus.fetch({}, None, http)
