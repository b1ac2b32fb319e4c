"""What became of decisions: which are overdue, what came of the scaled, what the held ones cost."""

import itertools
from datetime import date, timedelta

import pandas as pd
import pytest
import reference_steering as slow
from conftest import ROOT, ask, expect, journeys, look, put
from reference import sample_rows
from reference_value import benefit_rows

from dashboard.steering import following
from data.store import Lens

SAMPLE = ROOT / "data" / "sample"
HELD_ON = {
    "MTG-2025-4": date(2025, 12, 11),
    "MTG-2026-1": date(2026, 3, 19),
    "MTG-2026-2": date(2026, 6, 18),
    "MTG-2026-3": date(2026, 9, 24),
}
MEETINGS = """
    meeting_id  held_on     title
    m1          2025-06-20  First
    m2          2025-09-20  Second
"""


def invented(initiatives: list[str]) -> list[dict]:
    """Three decisions about every initiative, to scale, hold or else, done, done late or not."""
    turns = itertools.cycle(["hold", "scale", "hold", "rework", "scale"])
    meetings = itertools.cycle(HELD_ON)
    return [
        {
            "decision_id": f"X-{key}-{turn}",
            "meeting_id": (meeting := next(meetings)),
            "initiative_id": key,
            "outcome": next(turns),
            "done_on": HELD_ON[meeting] + timedelta(days=40 * turn) if turn else None,
        }
        for key in initiatives
        for turn in range(3)
    ]


@pytest.mark.parametrize("as_of", [date(2026, 4, 30), date(2026, 10, 31)])
def test_what_became_of_decisions_is_what_plain_loops_find(sample, as_of):
    rows, benefits = sample_rows(SAMPLE), benefit_rows(SAMPLE)
    asked = look(sample, "select initiative_id, meeting_id, outcome from decisions")
    decisions = [
        each
        for each in invented([row["initiative_id"] for row in rows.initiatives])
        if (each["initiative_id"], each["meeting_id"], each["outcome"]) not in asked
    ]
    columns = list(decisions[0])
    lines = ["|".join(str(each[name] or "-") for name in columns) for each in decisions]
    put(sample, date(2026, 10, 31), decisions="\n".join(["|".join(columns), *lines]))
    found = ask(sample, "steering/quality", lens=Lens(as_of)).set_index("decision_id")
    found = found[found.index.str.startswith("X-")]
    expected = slow.quality(rows, benefits, HELD_ON, decisions, as_of)
    assert set(found.index) == set(expected) and len(expected) > 50
    seen = set()
    for key, wanted in expected.items():
        for name, value in wanted.items():
            got = found.at[key, name]
            assert (None if pd.isna(got) else got) == pytest.approx(value), (key, name)
            seen.add((name, value is None or bool(value)))
    assert {("is_returning", True), ("is_returning", False), ("wait_amount", True)} <= seen


def test_a_hold_ends_when_it_is_done_decided_anew_or_its_initiative_moves_on(store):
    put(
        store,
        initiatives="initiative_id name unit benefit_base_amount\n"
        + "\n".join(f"{key} {key} Claims 120000" for key in "abcdef"),
        meetings=MEETINGS,
        deployment_status=journeys("""
            a pilot 2025-01-10
            b pilot 2025-01-10
            c pilot 2025-01-10
            d pilot 2025-01-10 production 2025-07-20
            e production 2025-01-10
        """),
        decisions="""
            decision_id  meeting_id  initiative_id  outcome  done_on
            a1           m1          a              hold     -
            a2           m1          a              hold     -
            b1           m1          b              hold     2025-08-20
            c1           m1          c              hold     -
            c2           m2          c              rework   -
            d1           m1          d              hold     -
            e1           m1          e              hold     -
            f1           m1          f              hold     2025-06-01
            g1           m1          gone           hold     -
            x1           m1          -              hold     -
            x2           -           a              hold     -
        """,
    )
    rows = ask(store, "steering/quality", lens=Lens(date(2025, 12, 31)))
    month = (2 + 10 * 0.48) / (2 + 10) * 120_000 / 12
    expect(
        rows,
        f"""
        decision_id  held_until_on  is_still_held  held_days  wait_amount
        a1           2025-12-31     true           194        {month * 194 / 30.4375:g}
        b1           2025-08-20     false          61         {month * 61 / 30.4375:g}
        c1           2025-09-20     false          92         {month * 92 / 30.4375:g}
        d1           2025-07-20     false          30         {month * 30 / 30.4375:g}
        e1           2025-12-31     true           194        -
        f1           2025-06-01     false          0          -
        g1           2025-12-31     true           194        -
        """,
    )
    shown = following.held(rows)
    assert shown["decision_id"].tolist() == ["a1", "c1", "b1", "d1", "e1", "f1", "g1"]
    assert shown["name"].tolist()[-1] == "an initiative removed since (gone)"
    says = following.held_finding(rows)
    assert says.startswith("Holding 7 initiatives has cost €")
    assert says.endswith("so far; 3 still held; 3 cannot be costed")


def test_an_initiative_scaled_twice_is_one_initiative_in_two_decisions(store):
    put(
        store,
        initiatives="initiative_id name unit\na Ada Claims",
        meetings=MEETINGS,
        deployment_status=journeys("a scaled 2025-01-10"),
        benefits="initiative_id month kind realised_amount\na 2025-08 revenue 9",
        decisions="decision_id meeting_id initiative_id outcome\n1 m1 a scale\n2 m2 a scale",
    )
    says = following.scaled_finding(ask(store, "steering/quality", lens=Lens(date(2025, 12, 31))))
    assert says.replace("\u00a0", " ").startswith(
        "Of 1 initiative in 2 decisions we decided to scale, 1 is live; 1 of 1 with a record since"
    )


def test_of_those_we_scaled_it_is_said_how_many_are_live_and_return(store):
    put(
        store,
        initiatives="initiative_id name unit\n"
        + "\n".join(f"{key} {key} Claims" for key in "abcd"),
        meetings=MEETINGS,
        deployment_status=journeys("""
            a scaled 2025-01-10
            b production 2025-07-10
            c pilot 2025-01-10
            d production 2025-01-10
        """),
        costs="""
            initiative_id  month    category  actual_amount
            a              2025-06  people    900
            a              2025-07  people    100
            b              2025-07  people    300
            b              2026-02  people    1
        """,
        benefits="""
            initiative_id  month    kind         realised_amount
            a              2025-07  cost_saving  150
            b              2025-08  cost_saving  200
            c              2025-08  revenue      900
        """,
        decisions="""
            decision_id  meeting_id  initiative_id  outcome
            1            m1          a              scale
            2            m1          b              scale
            3            m1          c              scale
            4            m1          d              scale
        """,
    )
    rows = ask(store, "steering/quality", lens=Lens(date(2025, 12, 31)))
    expect(
        rows,
        """
        initiative_id  is_live  realised_since_amount  spent_since_amount  is_returning
        a              true     150                    100                 true
        b              true     200                    300                 false
        c              false    900                    -                   false
        d              true     -                      -                   -
        """,
    )
    assert following.scaled(rows)["stands"].tolist() == [
        "live and returning",
        "live, not returning",
        "not live",
        "nothing recorded since",
    ]
    assert following.scaled_finding(rows).replace("\u00a0", " ") == (
        "Of 4 initiatives we decided to scale, 3 are live; 1 of 3 with a record since (33 %) gave "
        "back more than was spent"
    )


def test_without_decisions_nothing_is_judged(store):
    rows = ask(store, "steering/quality")
    assert following.returning_share(rows) is None
    assert following.scaled_finding(rows).startswith("No decision to scale")
    assert following.held_finding(rows).startswith("No decision to hold")
    assert len(following.scaled(rows)) == len(following.held(rows)) == 0
    every = ask(store, "steering/decisions")
    assert (
        following.finding(following.chosen(every, "all"), every)
        == "No decision has been recorded by this day"
    )


@pytest.fixture
def decided(store) -> pd.DataFrame:
    put(
        store,
        initiatives="initiative_id name unit\na Ada Claims",
        meetings=MEETINGS,
        decisions="""
            decision_id  meeting_id  initiative_id  outcome   owner  due_on      done_on
            soon         m1          a              hold      Rui    2026-02-01  -
            late         m1          a              hold      Eva    2025-12-01  -
            later        m2          -              rework    Rui    2025-11-01  -
            done         m1          a              scale     Rui    2025-08-01  2025-07-30
            slow         m1          a              scale     Eva    2025-08-01  2025-09-30
            off          m2          gone           -         -      -           -
            never        m2          a              continue  -      -           -
        """,
    )
    return ask(store, "steering/decisions", lens=Lens(date(2025, 12, 31)))


def keys(rows: pd.DataFrame) -> list[str]:
    return rows["decision_id"].tolist()


def test_the_longest_overdue_comes_first_then_what_is_next_then_what_was_done(decided):
    rows = following.chosen(decided, "all")
    assert keys(rows) == ["later", "late", "soon", "never", "off", "slow", "done"]
    assert following.finding(rows, decided) == (
        "7 of 7 decisions: 2 late, 2 not due yet, 1 put off and 2 done"
    )


def test_decisions_are_chosen_by_state_owner_and_outcome(decided):
    assert keys(following.chosen(decided, "late")) == ["later", "late"]
    assert keys(following.chosen(decided, "open")) == ["later", "late", "soon", "never", "off"]
    assert keys(following.chosen(decided, "done")) == ["slow", "done"]
    assert keys(following.chosen(decided, "all", owners=["Eva"])) == ["late", "slow"]
    assert keys(following.chosen(decided, "open", ["Rui"], ["hold", "scale"])) == ["soon"]
    assert keys(following.chosen(decided, "all", outcomes=["undecided"])) == ["off"]
    assert following.owners(decided) == ["Eva", "Rui"]
    assert following.outcomes(decided) == ["continue", "hold", "rework", "scale", "undecided"]
