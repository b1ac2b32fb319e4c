"""What a meeting asks of the rows: what was decided and done, who moved, who needs a decision."""

from datetime import date

import pytest
from conftest import A, ask, expect, journeys, put

from dashboard import scenarios, valuing
from dashboard.filters import Filters
from dashboard.steering import agenda, deciding, sitting
from data.store import Lens

MEETINGS = """
    meeting_id  held_on     title    as_of
    m1          2025-06-20  First    2025-05-31
    m2          2025-09-20  Second   2025-08-31
    m3          2026-01-20  Third    2025-12-31
"""
DECISIONS = """
    decision_id  meeting_id  initiative_id  outcome   due_on      done_on
    d1           m1          a              stop      2025-07-31  2025-07-15
    d2           m1          gone           rework    2025-07-31  2025-08-15
    d3           m2          -              continue  2025-10-31  2026-01-10
    d4           m2          a              -         2025-12-31  -
    d5           m3          a              hold      2026-03-31  -
    d6           -           a              hold      2026-03-31  -
"""
ADA = "initiative_id name unit owner benefit_base_amount planned_live_on\n"


def test_decisions_read_as_of_a_day_know_only_what_was_done_by_then(store):
    put(store, initiatives="initiative_id name unit\na Ada Claims", meetings=MEETINGS)
    put(store, decisions=DECISIONS)
    seen = ask(store, "steering/decisions", lens=Lens(date(2025, 12, 15)))
    expect(
        seen,
        """
        decision_id | name | is_removed | state     | late_days | waiting_days
        d3          | -    | false      | late      | 45        | 86
        d4          | Ada  | false      | undecided | 0         | 86
        d1          | Ada  | false      | done      | 0         | 178
        d2          | -    | true       | done late | 15        | 178
        d6          | Ada  | false      | due       | 0         | -
        """,
    )
    assert agenda.named(seen)["name"].tolist()[3] == "an initiative removed since (gone)"


def test_moves_since_a_day_are_changes_of_stage_and_nothing_else(store):
    put(store, initiatives="initiative_id name unit\na Ada Claims\nb Bo Claims")
    steps = """
        a idea 2025-01-10 pilot 2025-07-01 production 2025-09-01
        b pilot 2025-02-01 pilot ~2025-08-01 stopped 2025-08-10
    """
    put(store, deployment_status=journeys(steps))
    since = ask(store, "steering/moves", lens=Lens(date(2025, 8, 31)), from_on=date(2025, 5, 31))
    expect(
        since,
        """
        initiative_id  from_stage  to_stage  moved_on
        b              pilot       stopped   2025-08-10
        a              idea        pilot     2025-07-01
        """,
    )
    first = ask(store, "steering/moves", lens=Lens(date(2025, 2, 15)))
    assert agenda.moves_shown(first)["from_stage"].tolist() == ["new", "new"]


@pytest.fixture
def waiting(store):
    """Three stalled, a gate to come, a red model; all as of the end of 2025."""
    put(
        store,
        initiatives=ADA
        + """
        a  Ada  Claims  Ann  1200000  2026-02-01
        b  Bo   Claims  -    520000   -
        c  Cy   Claims  Ann  -        -
        d  Di   Retail  Ann  365000   -
        e  Ed   Retail  Ann  104000   2026-03-31
        """,
        deployment_status=journeys(
            """
            a pilot 2025-01-01
            b pilot 2025-02-01
            c idea 2025-01-01
            d production 2024-01-01
            e pilot 2025-11-01
            """
        ),
        barriers="initiative_id barrier raised_on owner\na talent 2025-02-01 HR",
        model_metrics="""
            initiative_id  model  version  metric  measured_at       value
            d              m      1        auc     2025-12-02T06:00  0.5
            d              m      1        auc     2025-12-30T06:00  0.5
        """,
        metric_targets="metric kind higher_is_better amber red\nauc performance true 0.8 0.7",
    )
    return store


def test_who_needs_a_decision_why_and_what_a_week_without_costs(waiting):
    rows = ask(waiting, "steering/required")
    p = rows.loc[rows["initiative_id"] == "a", "live_share"].iloc[0]
    expect(
        rows,
        f"""
        initiative_id  reason   waiting_days  due_in_days  week_amount
        a              gate     0             32           {1_200_000 * p / 52:.6g}
        a              stalled  364           0            {1_200_000 * p / 52:.6g}
        d              red      29            0            7000
        b              stalled  333           0            {520_000 * p / 52:.6g}
        e              gate     0             90           {104_000 * p / 52:.6g}
        c              stalled  364           0            -
        """,
    )
    assert rows.set_index("reason").at["red", "value_at_risk_amount"] == 29_000


def needs(store) -> list[deciding.Need]:
    valued = valuing.value(ask(store, "value/forecast"), scenarios.Assumptions())
    return deciding.needs(ask(store, "steering/required"), valued)


def test_one_of_each_kind_is_suggested_first_each_initiative_once(waiting):
    asked = needs(waiting)
    first = deciding.suggested(asked)
    assert [(one.initiative_id, one.reason) for one in first] == [
        ("a", "stalled"),
        ("e", "gate"),
        ("d", "red"),
    ]
    assert len(deciding.table(asked)) == len(asked) == 6
    only_stalled = [one for one in asked if one.reason == "stalled"]
    assert [one.initiative_id for one in deciding.suggested(only_stalled)] == ["a", "b", "c"]
    assert deciding.suggested([]) == []


def test_each_recommendation_follows_its_rule_and_says_it(waiting):
    says = {(one.initiative_id, one.reason): one for one in needs(waiting)}
    told = {key: (one.recommended, one.because.split(":")[0]) for key, one in says.items()}
    assert told == {
        ("a", "gate"): ("rework", "it is held by talent"),
        ("a", "stalled"): ("rework", "it is held by talent"),
        ("b", "stalled"): ("hold", "nobody owns it"),
        ("c", "stalled"): ("rework", "nobody has said what it is worth"),
        ("d", "red"): (
            "rework",
            "Ann brings the model back over its line, or takes it out of use",
        ),
        ("e", "gate"): ("continue", "nothing recorded holds it"),
    }
    assert "€29k at risk so far" in says["d", "red"].context
    assert "each week undecided puts €7k more at risk" in says["d", "red"].waits()
    assert "take it live now" in dict(says["e", "gate"].options)["scale"]
    assert all("scale" not in dict(one.options) for key, one in says.items() if key[0] != "e")


def test_what_costs_more_than_it_is_worth_is_recommended_to_stop(store):
    put(
        store,
        initiatives=ADA + "a Ada Claims Ann 1000 -",
        deployment_status=journeys("a pilot 2025-01-01"),
        costs="initiative_id month category planned_amount\na 2026-02 people 500000",
    )
    [one] = needs(store)
    assert one.recommended == "stop" and "costs more than it is worth" in one.because
    assert dict(one.options)["stop"].startswith("save €500k of costs to come; avoids €")


def test_meetings_of_one_day_follow_neither_each_other_nor_what_the_other_decided(store):
    put(
        store,
        initiatives="initiative_id name unit\na Ada Claims",
        meetings="meeting_id held_on\nm0 2025-05-01\nm1 2025-06-01\nm2 2025-06-01",
        decisions="decision_id meeting_id outcome\nd0 m0 hold\nd1 m1 hold\nd2 m2 hold\nd3 - hold",
    )
    known = sitting.meetings(ask(store, "steering/meetings", lens=Lens(sitting.ALWAYS)), A)
    for one in known[:2]:
        seated = sitting.seated(one, known, Filters(A, A))
        assert seated.previous.meeting_id == "m0"
        seen = ask(store, "steering/decisions", lens=seated.day.lens())
        assert set(agenda.followed(seen, seated)["decision_id"]) == {"d0", "d3"}


def test_figures_of_the_last_meeting_that_read_otherwise_now_are_named():
    then = {"stalled_share": 0.2, "spent_amount": 100.0, "median_live_days": None, "count_open": 3}
    assert agenda.restated(then, then).empty
    again = then | {"spent_amount": 2_000.0, "median_live_days": 400.0}
    rows = agenda.restated(then, again)
    assert rows[["figure", "then", "again"]].to_numpy().tolist() == [
        ["spent_amount", "€100", "€2k"],
        ["median_live_days", "not defined", "13 months"],
    ]


def test_earlier_decisions_come_late_first_and_say_how_they_stand(store):
    put(store, initiatives="initiative_id name unit\na Ada Claims", meetings=MEETINGS)
    put(store, decisions=DECISIONS)
    rows = ask(store, "steering/meetings", lens=Lens(sitting.ALWAYS))
    known = sitting.meetings(rows, A)
    seated = sitting.seated(known[0], known, Filters(A, A))
    assert (seated.previous.meeting_id, seated.before.as_of) == ("m2", date(2025, 8, 31))
    seen = ask(store, "steering/decisions", lens=seated.day.lens())
    shown = agenda.followed(seen, seated)
    assert shown["decision_id"].tolist() == ["d4", "d6", "d3"]
    assert agenda.followed_finding(shown) == (
        "Of 3 earlier decisions, 1 not decided yet, 1 not due yet and 1 done late."
    )
    assert agenda.of_meeting(seen, seated)["decision_id"].tolist() == ["d5"]
