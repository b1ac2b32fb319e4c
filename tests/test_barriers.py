"""The barrier ledger adds up to every day of pilot work; a shorter wait brings what it must."""

from datetime import date, timedelta

import pandas as pd
import pytest
from conftest import A, ask, expect, journeys, put
from reference import chance, monthly_costs, open_barriers, standing
from test_figures_cases import assert_same, rows_of
from test_figures_delivery import MONTH, incidence, pilot_work_days, time_to_production

from dashboard import ledger
from data import batches, edits
from data.access import LOCAL_OWNER
from data.sample import LAST_DAY
from data.store import Lens

DAYS = [LAST_DAY, date(2025, 12, 31)]


def behind(rows, identifier, day) -> list:
    return sorted(
        {
            barrier["barrier"]
            for barrier in rows.barriers
            if barrier["initiative_id"] == identifier
            and barrier["raised_on"] <= day < (barrier["resolved_on"] or date.max)
        }
    ) or [None]


@pytest.mark.parametrize("day", DAYS)
def test_the_ledger_adds_up_to_every_initiative_day_in_pilot_work(sample, day):
    total = len(list(pilot_work_days(rows_of("sample"), day)))
    for name in ("delivery/barrier_days", "delivery/barrier_quarters"):
        assert ask(sample, name, lens=Lens(as_of=day))["barrier_days"].sum() == pytest.approx(total)


def test_every_cell_of_a_quarter_is_what_plain_loops_say(sample):
    rows, found = rows_of("sample"), {}
    for identifier, day in pilot_work_days(rows, LAST_DAY):
        names = behind(rows, identifier, day)
        for name in names:
            key = date(day.year, (day.month - 1) // 3 * 3 + 1, 1), name
            found[key] = found.get(key, 0.0) + 1 / len(names)
    expected = [
        {"quarter_on": quarter, "barrier": name, "barrier_days": days}
        for (quarter, name), days in found.items()
    ]
    assert_same(ask(sample, "delivery/barrier_quarters"), expected)


@pytest.mark.parametrize("day", DAYS)
def test_what_each_barrier_holds_is_what_plain_loops_say(sample, day):
    rows = rows_of("sample")
    stands, likely, costs = standing(rows, day), chance(rows, day), monthly_costs(rows, day)
    facts = {row["initiative_id"]: row for row in rows.initiatives}
    expected = []
    for barrier in ledger.LABELS:
        held = {
            key: [b for b in open_barriers(rows, key, day) if b["barrier"] == barrier]
            for key, stand in stands.items()
            if stand["is_open"]
        }
        keys = [key for key, rows_held in held.items() if rows_held]
        if not keys:
            continue
        known = [key for key in keys if facts[key]["benefit_base_amount"] is not None]
        months = {key: [x for _, x in sorted(costs.get(key, {}).items())][-3:] for key in keys}
        expected.append(
            {
                "barrier": barrier,
                "count_initiatives": len(keys),
                "count_stalled": sum(stands[key]["is_stalled"] for key in keys),
                "count_without_benefit": len(keys) - len(known),
                "held_benefit_amount": sum(facts[key]["benefit_base_amount"] for key in known),
                "held_delay_amount": sum(
                    likely[stands[key]["stage"]] * facts[key]["benefit_base_amount"] / 12
                    for key in known
                ),
                "held_cost_amount": sum(sum(m) / len(m) for m in months.values() if m),
                "must_act": tuple(
                    sorted({b["owner"] for key in keys for b in held[key] if b["owner"]})
                ),
            }
        )
    answer = ask(sample, "delivery/barriers_held", lens=Lens(as_of=day))
    answer["must_act"] = [tuple(sorted(names)) for names in answer["must_act"]]
    assert_same(answer, expected)


def shortened(rows, as_of, kept) -> list[dict]:
    """The ways from pilot to production, re-timed day by day."""
    ways = time_to_production(rows, as_of, "pilot")
    work: dict = {}
    for identifier, day in pilot_work_days(rows, as_of):
        work.setdefault(identifier, []).append(day)
    for way in ways:
        if way["left_out"]:
            continue
        for day in work.get(way["initiative_id"], []):
            if way["started_on"] <= day < way["ended_on"]:
                names = behind(rows, way["initiative_id"], day)
                way["duration_days"] -= sum(1 - kept.get(name, 1) for name in names) / len(names)
    return ways


@pytest.mark.parametrize("kept", [{}, {"ownership": 0.5}, {"talent": 0.0, "unclear_roi": 0.25}])
def test_a_shorter_wait_brings_the_median_of_the_re_timed_ways(sample, kept):
    rows, every = rows_of("sample"), ask(sample, "portfolio/initiatives")
    change = ledger.what_if(
        ask(sample, "delivery/time_to_production", from_stage="pilot"),
        ask(sample, "delivery/barrier_waits"), every, kept,
    )  # fmt: skip
    ways = shortened(rows, LAST_DAY, kept)
    days = sorted({way["duration_days"] for way in ways if way["outcome"] == "live"})
    then = next(day for day in days if (incidence(ways, day + 1e-6)[0] or 0) >= 0.5 - 1e-9)
    assert change.then.median == pytest.approx(then)
    waiting = [way["initiative_id"] for way in ways if way["outcome"] == "waiting"]
    likely, stands = chance(rows, LAST_DAY), standing(rows, LAST_DAY)
    delay = sum(
        likely[stands[row["initiative_id"]]["stage"]] * row["benefit_base_amount"] / 12
        for row in rows.initiatives
        if row["initiative_id"] in waiting and row["benefit_base_amount"] is not None
    )
    months = (change.now.median - then) / MONTH
    assert change.months_earlier == pytest.approx(months)
    assert change.value_amount == pytest.approx(delay * months)
    assert (months > 0) == bool(kept)


def test_only_waits_within_the_way_shorten_it():
    spells = pd.DataFrame(
        {"initiative_id": ["a", "b"], "started_on": pd.to_datetime(["2025-01-11", "2025-01-01"]),
         "ended_on": pd.to_datetime(["2025-01-21", "2025-02-01"])}
    )  # fmt: skip
    waits = pd.DataFrame(
        {"initiative_id": ["a", "a"], "barrier": ["talent", "ownership"], "day_share": [0.5, 0.5],
         "from_on": pd.to_datetime(["2025-01-01"] * 2),
         "until_on": pd.to_datetime(["2025-03-01"] * 2)}
    )  # fmt: skip
    assert list(ledger.saved_days(spells, waits, {"talent": 0.5})) == [2.5, 0]
    assert list(ledger.saved_days(spells, waits, {"talent": 0, "ownership": 0})) == [10, 0]
    assert list(ledger.saved_days(spells, waits.head(0), {"talent": 0})) == [0, 0]


def test_without_a_median_no_months_are_made_up():
    ways = pd.DataFrame(
        {"initiative_id": ["a"], "started_on": pd.to_datetime(["2025-01-01"]), "left_out": [None],
         "ended_on": pd.to_datetime(["2025-02-01"]), "duration_days": [31], "outcome": ["waiting"]}
    )  # fmt: skip
    waits = pd.DataFrame(columns=["initiative_id", "barrier", "day_share", "from_on", "until_on"])
    every = pd.DataFrame({"initiative_id": ["a"], "cost_of_delay_amount": [5.0]})
    change = ledger.what_if(ways, waits, every, {"talent": 0.5})
    assert (change.months_earlier, change.value_amount) == (None, None)
    assert "not reached" in change.says() and change.briefly() == "not defined"


def test_a_barrier_raised_and_resolved_on_the_page_moves_the_ledger_and_undo_moves_it_back(store):
    put(store, initiatives="initiative_id name unit\na a Claims",
        deployment_status=journeys("a pilot 2025-12-01"))  # fmt: skip
    before = ask(store, "delivery/barrier_days")
    form = {"barrier": "talent", "raised_on": date(2025, 12, 11), "owner": "HR", "note": ""}
    edits.keep(store, LOCAL_OWNER, "barriers", [ledger.raised("a", form)], A, "raised")
    expect(ask(store, "delivery/barrier_days"), "barrier barrier_days\ntalent 20\n- 10")
    end = {"resolved_on": date(2025, 12, 21), "owner": "HR", "note": "hired"}
    row = ledger.resolved("a", "talent", form["raised_on"], end)
    stored = edits.keep(store, LOCAL_OWNER, "barriers", [row], A, "resolved")
    expect(ask(store, "delivery/barrier_days"), "barrier barrier_days\ntalent 10\n- 20")
    batches.undo(store, stored.batch_id, LOCAL_OWNER)
    batches.undo(store, "2", LOCAL_OWNER)
    assert ask(store, "delivery/barrier_days").equals(before)


def test_a_barrier_cannot_end_before_it_was_raised():
    day = date(2025, 12, 11)
    form = {"resolved_on": day - timedelta(days=1), "owner": "", "note": ""}
    with pytest.raises(ValueError, match="raised on 11 Dec 2025: it cannot end before"):
        ledger.resolved("a", "talent", day, form)


def test_every_barrier_of_the_article_is_a_card_with_what_it_took_and_holds(sample):
    cards = ledger.cards(
        ask(sample, "delivery/barrier_days"), ask(sample, "delivery/barriers_held")
    )
    assert {name for name, _ in cards} == set(ledger.LABELS) == set(ledger.HAPPENS)
    assert all("initiative-months waited" in says and "Must act: " in says for _, says in cards)
