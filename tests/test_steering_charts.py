"""A slide's chart is drawn as its data say: textures, lengths, ends, and no markup of others."""

import json
from datetime import date

import hostile
import pandas as pd
import pytest

from dashboard.charts import steering, theme
from dashboard.steering.content import Chart, Series, Table
from dashboard.ui import presenting

BARS = Chart(
    "bar",
    ("people", "compute"),
    (
        Series("actual", (1_200_000.0, None)),
        Series("plan", (1_000_000.0, 50_000.0), "plan"),
        Series("then", (900_000.0, 40_000.0), "before"),
        Series("half", (600_000.0, None), "rate"),
    ),
    "amount",
)
STEPS = Chart(
    "waterfall",
    ("then", "new", "left", "nothing", "now"),
    (
        Series(
            "rNPV", (100.0, 30.0, -50.0, 0.0, 80.0), effects=("total", "good", "bad", "", "total")
        ),
    ),
    "amount",
)


def traces(chart: Chart, is_dark: bool = False, **how) -> list:
    return list(steering.draw(chart, is_dark, **how).data)


@pytest.mark.parametrize("is_dark", [False, True])
def test_actual_is_solid_plan_outlined_and_before_paler(is_dark):
    drawn = {trace.name: trace for trace in traces(BARS, is_dark)}
    colours = theme.palette(is_dark)
    assert list(drawn["actual"].x) == [1_200_000.0, None]
    assert drawn["actual"].marker.color == colours.accent
    assert drawn["plan"].marker.color == "rgba(0,0,0,0)"
    assert drawn["plan"].marker.line.color == colours.ink
    assert drawn["then"].marker.color == colours.accent_soft
    assert drawn["half"].marker.symbol == "line-ns"
    assert list(drawn["actual"].text) == ["€1.2M", ""] and drawn["plan"].text is None


def test_what_lies_behind_is_drawn_first():
    assert [trace.name for trace in traces(BARS)] == ["then", "actual", "plan", "half"]


def test_a_forecast_is_hatched():
    forecast = Chart("column", ("Jan 2026",), (Series("f", (1.0,), "forecast"),), "count")
    assert traces(forecast)[0].marker.pattern.shape == "/"


def test_the_steps_of_a_bridge_hang_from_each_other_and_reach_the_total():
    [bars] = traces(STEPS)
    starts, lengths = list(bars.base), list(bars.x)
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    assert ends == [100, 130, 80, 80, 80] and starts == [0, 100, 130, 80, 0]
    colours = theme.LIGHT
    assert list(bars.marker.color) == [
        colours.ink,
        colours.good,
        colours.bad,
        colours.grey,
        colours.ink,
    ]
    assert list(bars.customdata) == ["€100", "+€30", "-€50", "€0", "€80"]


def test_letters_are_large_enough_for_the_back_of_the_room_when_asked():
    small, big = (steering.draw(BARS, False, is_big=each).layout for each in (False, True))
    assert big.font.size >= 22 > small.font.size
    assert big.xaxis.tickfont.size == big.yaxis.tickfont.size == big.font.size


def test_two_categories_of_one_name_stay_two():
    chart = Chart("bar", ("Claims", "Claims"), (Series("n", (1.0, 2.0)),), "count")
    assert len(set(traces(chart)[0].y)) == 2


@pytest.mark.parametrize("kind", ["bar", "column", "line", "waterfall"])
def test_a_chart_shows_no_markup_of_somebody_elses(kind):
    names = hostile.NAMES
    effects = ("",) * len(names) if kind == "waterfall" else ()
    series = Series(names[1], tuple(map(float, range(len(names)))), effects=effects)
    drawn = steering.draw(Chart(kind, names, (series,), "count"), False).to_json()
    assert not any(name in json.dumps(json.loads(drawn)) for name in names if "<" in name)


@pytest.mark.parametrize("kind", ["bar", "column", "line"])
def test_a_chart_of_nothing_known_is_drawn_all_the_same(kind):
    assert traces(Chart(kind, ("a",), (Series("n", (None,)),), "share"))


def test_a_table_on_the_screen_is_plain_and_short():
    rows = pd.DataFrame(
        {"name": [*hostile.NAMES, "x" * 200], "due_on": [date(2026, 1, 2)] * 8, "n": range(8)}
    )
    table = Table(rows, {"name": "Initiative", "due_on": "Due"})
    shown = presenting.markdown(table)
    assert shown.splitlines()[0] == "| Initiative | Due |" and "2 Jan 2026" in shown
    assert len(shown.splitlines()) == 2 + presenting.ROWS
    assert not any(name in shown for name in hostile.NAMES)
    assert presenting.left_out(table) == "The first 7 of 8; all of them are in the notes."
    assert not presenting.left_out(Table(rows.head(7), table.labels))
    long = presenting.markdown(Table(rows.tail(1), {"name": "Initiative"}))
    assert "…" in long and "x" * 100 not in long
