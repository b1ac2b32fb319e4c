"""The change of the portfolio's worth between two meetings adds up, and says why."""

from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest
import reference_steering as slow
from conftest import ROOT, ask, journeys, put
from hypothesis import given, settings
from hypothesis import strategies as some
from reference import sample_rows
from reference_value import Forecast, benefit_rows

from dashboard import portfolio, scenarios, valuing
from dashboard.filters import Filters
from dashboard.steering import agenda, bridge, sitting
from data import batches
from data.access import LOCAL_OWNER
from data.store import Lens

ASSUMED = scenarios.Assumptions()
FIRST, SECOND = date(2025, 6, 30), date(2025, 12, 31)
MEETINGS = [date(2025, 11, 30), date(2026, 2, 28), date(2026, 5, 31), date(2026, 8, 31)]


def point(store, as_of: date, known_at: datetime | None = None) -> bridge.Point:
    lens = Lens(as_of, known_at)
    ways = {
        stage: ask(store, "delivery/time_to_production", lens=lens, from_stage=stage)
        for stage in portfolio.STARTS
    }
    past = valuing.record(ways, ask(store, "value/returns", lens=lens))
    return bridge.Point(ask(store, "value/forecast", lens=lens), past)


def split(store, known_at: datetime | None = None) -> pd.DataFrame:
    """From the first day as known then to the second as known now."""
    again = point(store, FIRST)
    before = point(store, FIRST, known_at) if known_at else again
    return bridge.split(before, again, point(store, SECOND), ASSUMED).set_index("initiative_id")


def adds_up(rows: pd.DataFrame) -> bool:
    parts = rows[list(bridge.PARTS)].sum(axis=1)
    return bool(((rows["before_amount"] + parts - rows["after_amount"]).abs() < 0.005).all())


def only(rows: pd.DataFrame, key: str) -> list[str]:
    """The parts an initiative's change is made of."""
    return [name.removesuffix("_amount") for name in bridge.PARTS if abs(rows.at[key, name]) > 1]


PLANS = """
    initiative_id  month    category  planned_amount  actual_amount
    a              2025-05  people    1000            1000
    a              2026-03  people    1000            -
"""
ADA = "initiative_id name unit benefit_base_amount planned_live_on\na Ada Claims {} {}"


def put_ada(store, benefit: int = 120_000, live_on: str = "2026-06-01") -> None:
    put(store, initiatives=ADA.format(benefit, live_on), costs=PLANS)


def moment(store) -> datetime:
    """After everything told so far."""
    with store.connection.cursor() as cursor:
        [(at,)] = cursor.execute("select max(happened_at) from batch_log").fetchall()
    return at


def test_time_passing_alone_is_filed_under_reestimated_and_said(store):
    put_ada(store)
    put(store, deployment_status=journeys("a pilot 2025-03-01"))
    rows = split(store)
    assert only(rows, "a") == ["reestimated"] and adds_up(rows)
    assert rows.at["a", "passed_amount"] == rows.at["a", "reestimated_amount"] > 0


def test_a_later_promise_is_filed_under_slipped(store):
    put_ada(store)
    put(store, deployment_status=journeys("a pilot 2025-03-01"))
    then = moment(store)
    put_ada(store, live_on="2026-10-01")
    assert only(split(store, then), "a") == ["restated", "reestimated"]
    before, now = point(store, FIRST, then), point(store, SECOND)
    rows = bridge.split(before, before, now, ASSUMED).set_index("initiative_id")
    assert only(rows, "a") == ["slipped", "reestimated"] and adds_up(rows)
    assert rows.at["a", "slipped_amount"] < 0


def test_a_new_estimate_is_filed_under_reestimated_beside_what_time_does(store):
    put_ada(store)
    put(store, deployment_status=journeys("a production 2025-03-01"))
    before = point(store, FIRST)
    put_ada(store, benefit=240_000)
    rows = bridge.split(before, before, point(store, SECOND), ASSUMED).set_index("initiative_id")
    assert only(rows, "a") == ["reestimated"] and adds_up(rows)
    assert abs(rows.at["a", "passed_amount"]) < 50  # costs to come are nearer, that is all
    assert rows.at["a", "reestimated_amount"] > 100_000


def test_going_live_is_a_stage_moved_and_a_stop_takes_the_worth_out(store):
    put_ada(store)
    put(store, deployment_status=journeys("a pilot 2025-03-01 production 2025-09-01"))
    assert only(split(store), "a") == ["moved", "reestimated"]
    assert split(store).at["a", "reestimated_amount"] == split(store).at["a", "passed_amount"]
    put(store, deployment_status=journeys("a stopped 2025-10-01"))
    rows = split(store)
    assert only(rows, "a") == ["left"] and adds_up(rows) and rows.at["a", "after_amount"] == 0


def test_one_that_came_since_is_new_and_one_nobody_values_is_said(store):
    put(store, initiatives="initiative_id name unit\nb Bo Claims")
    put_ada(store)
    put(store, deployment_status=journeys("a pilot 2025-09-01\nb pilot 2025-03-01"))
    rows = split(store)
    assert only(rows, "a") == ["new"] and not only(rows, "b") and adds_up(rows)
    assert rows["note"].to_dict() == {"a": "", "b": "not valued"}


def test_an_estimate_that_appears_enters_as_reestimated_and_says_so(store):
    put(store, initiatives="initiative_id name unit\na Ada Claims", costs=PLANS)
    put(store, deployment_status=journeys("a pilot 2025-03-01"))
    before = point(store, FIRST)
    put_ada(store)
    rows = bridge.split(before, before, point(store, SECOND), ASSUMED).set_index("initiative_id")
    assert only(rows, "a") == ["reestimated"] and adds_up(rows)
    assert rows.at["a", "note"] == "valued for the first time"


def test_one_removed_from_the_list_since_is_restated_away(store):
    put_ada(store)
    put(store, deployment_status=journeys("a pilot 2025-03-01"))
    then = moment(store)
    put(store, initiatives="initiative_id name unit\nb Bo Claims", complete=("initiatives",))
    rows = split(store, then)
    assert only(rows, "a") == ["restated"] and adds_up(rows)
    assert rows.at["a", "note"] == "no longer known for that day"


def test_without_any_worth_the_change_is_not_defined_rather_than_nothing(store):
    put(store, initiatives="initiative_id name unit\na Ada Claims")
    put(store, deployment_status=journeys("a pilot 2025-03-01"))
    nothing, now = point(store, date(1900, 1, 1)), point(store, SECOND)
    one = sitting.Meeting("m", "One", SECOND, SECOND)
    seated = sitting.seated(one, [one], Filters(SECOND, SECOND))
    for earlier in (nothing, now):
        rows = bridge.split(earlier, earlier, now, ASSUMED)
        assert agenda.bridge_finding(rows, seated).startswith("What the portfolio is worth is not")
        assert agenda.bridge_chart(rows, seated) is None and not agenda.bridge_parts(rows)
    put_ada(store)
    now = point(store, SECOND)
    rows = bridge.split(now, now, now, ASSUMED)
    assert "did not change since the beginning: €" in agenda.bridge_finding(rows, seated)
    assert agenda.bridge_chart(rows, seated) is not None


def test_since_the_beginning_everything_is_new(portfolios):
    nothing, now = point(portfolios.all, date(1900, 1, 1)), point(portfolios.all, MEETINGS[0])
    sums = bridge.totals(bridge.split(nothing, nothing, now, ASSUMED))
    worth = valuing.portfolio_worth(valuing.value(now.rows, ASSUMED, now.past))
    assert sums["new_amount"] == sums["after_amount"] == pytest.approx(worth)
    assert not any(sums[name] for name in bridge.PARTS if name != "new_amount")


@pytest.mark.parametrize("first, second", [*zip(MEETINGS, MEETINGS[1:], strict=False)])
def test_every_part_of_every_initiative_of_the_sample_in_plain_loops(portfolios, first, second):
    rows, benefits = sample_rows(ROOT / "data/sample"), benefit_rows(ROOT / "data/sample")
    again, now = point(portfolios.all, first), point(portfolios.all, second)
    found = bridge.split(again, again, now, ASSUMED).set_index("initiative_id")
    assert adds_up(found)
    old, new = Forecast(rows, benefits, first), Forecast(rows, benefits, second)
    expected = slow.bridge(old, new)
    assert set(found.index) == set(expected)
    for key, parts in expected.items():
        shown = {name: found.at[key, f"{name}_amount"] for name in parts}
        assert shown == pytest.approx(parts, abs=0.005), key
    assert bridge.change(bridge.totals(found)) == pytest.approx(new.worth() - old.worth())


def test_what_is_told_again_merged_or_removed_is_restated_as_plain_loops_find(sample):
    rows, benefits = sample_rows(ROOT / "data/sample"), benefit_rows(ROOT / "data/sample")
    then, (first, second) = moment(sample), MEETINGS[1::2]
    gone = {"INI-042", "INI-060"}
    told = [row | {"benefit_base_amount": _told_again(row)} for row in rows.initiatives]
    told = [row for row in told if row["initiative_id"] not in gone]
    names = ["initiative_id", "name", "unit", "benefit_base_amount", "planned_live_on"]
    lines = ["|".join(str(row[name] or "-") for name in names) for row in told]
    put(sample, initiatives="\n".join(["|".join(names), *lines]), complete=("initiatives",))
    ends = (point(sample, first, then), point(sample, first), point(sample, second))
    found = bridge.split(*ends, ASSUMED).set_index("initiative_id")

    left = {
        name: [row for row in table if row["initiative_id"] not in gone]
        for name, table in vars(rows).items()
        if "initiative_id" in table[0] and name != "metric_targets"
    }
    now = replace(rows, **left | {"initiatives": told})
    left_benefits = [row for row in benefits if row["initiative_id"] not in gone]
    old = Forecast(rows, benefits, first)
    again, new = (Forecast(now, left_benefits, day) for day in (first, second))
    expected = slow.bridge(again, new)
    assert set(found.index) == {*old.facts, *expected} and adds_up(found)
    for key, row in found.iterrows():
        before, start = (
            (each.parts(key)["rnpv_amount"] or 0.0) if key in each.facts else 0.0
            for each in (old, again)
        )
        parts = expected.get(key, {}) | {"before": before, "restated": start - before}
        shown = {name: row[f"{name}_amount"] for name in parts}
        assert shown == pytest.approx(parts, abs=0.005), key
    assert found.loc[sorted(gone), "note"].eq("no longer known for that day").any()
    assert (found["restated_amount"].abs() > 1).sum() > 10


def _told_again(row: dict) -> float | None:
    """Every fourth estimate doubles, every ninth goes, one takes in another that was merged."""
    number, benefit = int(row["initiative_id"][-3:]), row["benefit_base_amount"]
    if number % 9 == 0 or benefit is None:
        return None
    return benefit * 2 if number % 4 == 0 else benefit + 50_000 * (number == 41)


DAYS = some.dates(date(2024, 1, 1), date(2025, 12, 31))
STAGES = some.sampled_from(["idea", "proof_of_concept", "pilot", "production", "stopped"])
AMOUNTS = some.none() | some.integers(0, 900_000)
STORY = some.fixed_dictionaries(
    {
        "benefit": AMOUNTS,
        "live_on": some.none() | some.dates(date(2025, 1, 1), date(2027, 12, 31)),
        "steps": some.lists(some.tuples(STAGES, DAYS), max_size=3, unique_by=lambda step: step),
        "costs": some.dictionaries(
            some.dates(date(2025, 1, 1), date(2026, 12, 1)).map(lambda day: day.replace(day=1)),
            some.tuples(AMOUNTS, AMOUNTS),
            max_size=3,
        ),
    }
)


def put_stories(store, stories: dict[str, dict]) -> None:
    """Bring in what is told of each initiative, as one batch."""
    tables = {
        "initiatives": ["initiative_id name unit benefit_base_amount planned_live_on"],
        "deployment_status": ["initiative_id stage entered_on"],
        "costs": ["initiative_id month category planned_amount actual_amount"],
    }
    for key, story in stories.items():
        told = [key, key, "U", story["benefit"], story["live_on"]]
        tables["initiatives"].append(_line(told))
        tables["deployment_status"] += [_line([key, *step]) for step in story["steps"]]
        tables["costs"] += [
            _line([key, f"{month:%Y-%m}", "people", *amounts])
            for month, amounts in story["costs"].items()
        ]
    put(store, **{name: "\n".join(lines) for name, lines in tables.items() if len(lines) > 1})


def _line(told: list) -> str:
    return " ".join("-" if cell is None else str(cell) for cell in told)


@settings(max_examples=8, deadline=None)
@given(
    some.dictionaries(some.sampled_from("abcdef"), STORY, min_size=1),
    some.dictionaries(some.sampled_from("abcdef"), STORY),
    some.booleans(),
)
def test_the_parts_add_up_to_the_cent_whatever_was_told_told_again_or_taken_back(
    anew, told, told_later, is_taken_back
):
    with anew() as store:
        put_stories(store, told)
        then = moment(store)
        if told_later:
            put_stories(store, told_later)
        if is_taken_back:
            batches.undo(store, "1", LOCAL_OWNER)
        rows = split(store, then)
        assert adds_up(rows)
        ends = [point(store, FIRST, then), point(store, SECOND)]
        worths = [
            valuing.portfolio_worth(valuing.value(each.rows, ASSUMED, each.past)) or 0.0
            for each in ends
        ]
        sums = bridge.totals(rows)
        assert [sums[name] for name in bridge.ENDS] == pytest.approx(worths, abs=0.005)
