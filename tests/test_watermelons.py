"""A declared green that is red by what is recorded is found; what is unknown is not made up."""

from datetime import date, timedelta

import pandas as pd
import pytest
from conftest import A, ask, expect, journeys, put
from reference import open_barriers, risks, standing
from reference_models import cells, day_of, metric_states, of_model
from test_figures_cases import rows_of

from dashboard import watermelons
from data.sample import LAST_DAY
from data.store import Lens

STATUS = "initiative_id declared_status computed_status because rosy_steps"


def computed(rows, facts, day, stands, risk):
    """The computed status by the rule in words, from the rows of the files."""
    identifier = facts["initiative_id"]
    stand = stands.get(identifier)
    if stand is None or not (stand["is_open"] or stand["is_live"]):
        return None
    planned, live = facts["planned_live_on"], stand["is_live"]
    late = (day - planned).days if planned else None
    models = {r["model"] for r in rows.model_metrics if r["initiative_id"] == identifier}
    measured = [of_model(rows, identifier, model, day) for model in models]
    measured = [points for points in measured if points]
    states = [
        state for points in measured for _, state in metric_states(rows, points, day).values()
    ]
    is_late = stand["is_open"] and late is not None and late > 0
    if stand["is_stalled"] or (is_late and late > 90) or (live and "red" in states):
        return "red"
    red, unmeasured, ownerless = risk.get(identifier, (False, False, False))
    is_held = stand["is_open"] and open_barriers(rows, identifier, day)
    if is_late or is_held or (live and "amber" in states) or (measured and unmeasured) or ownerless:
        return "amber"
    known = stand["is_open"] and (stand["days_in_stage"] is not None or planned is not None)
    return "green" if known or measured else None


@pytest.mark.parametrize("day", [LAST_DAY, date(2025, 12, 31)])
def test_every_computed_status_is_what_plain_loops_say(sample, day):
    rows = rows_of("sample")
    answer = ask(sample, "portfolio/status", lens=Lens(as_of=day))
    got = answer.set_index("initiative_id")["computed_status"]
    known = standing(rows, day), risks(rows, day)
    expected = {row["initiative_id"]: computed(rows, row, day, *known) for row in rows.initiatives}
    assert {
        key: value if isinstance(value, str) else None for key, value in got.items()
    } == expected
    assert {"red", "amber", "green", None} == set(expected.values())


@pytest.fixture
def declared(store):
    put(
        store,
        as_of=A - timedelta(days=100),
        initiatives="""
            initiative_id name unit owner declared_status planned_live_on
            a  a  Claims  Ana  green  2025-09-01
            b  b  Claims  Ana  green  2025-12-01
            c  c  Claims  Ben  red    -
            d  d  Claims  Ben  green  -
            e  e  Claims  Ben  green  -
        """,
        deployment_status=journeys("""
            a pilot 2025-11-01
            b pilot 2025-11-01
            c pilot 2025-11-01
            d pilot 2025-11-01  stopped 2025-12-01
        """),
    )
    put(store, costs="initiative_id month category actual_amount\na 2025-01 people 1")
    return store


def test_a_green_long_past_its_promise_is_a_watermelon_and_what_left_is_not_judged(declared):
    rows = watermelons.beside(
        ask(declared, "portfolio/initiatives"), ask(declared, "portfolio/status")
    )
    expect(
        rows,
        """
        initiative_id | because                                   | declared | computed
        a             | promised date passed by more than 90 days | ● green  | ✕ red
        b             | promised date passed                      | ● green  | ▲ amber
        c             |                                           | ✕ red    | ● green
        d             |                                           | ● green  | – not defined
        e             |                                           | ● green  | – not defined
        """,
    )
    says = watermelons.finding(rows)
    assert says == (
        "1 of 2 initiatives declared green is red by what is recorded; 1 declared worse than "
        "computed; 2 cannot be compared."
    )
    assert list(watermelons.disagreeing(rows)["initiative_id"]) == ["a", "b", "c"]


def test_whose_greens_turned_red_is_told_from_lists_of_an_earlier_day(declared):
    greens = ask(declared, "portfolio/greens")
    expect(
        greens,
        """
        initiative_id  owner  declared_on  is_lost  is_turned
        a              Ana    2025-09-22   false    true
        d              Ben    2025-09-22   true     true
        b              Ana    2025-09-22   false    false
        e              Ben    2025-09-22   false    false
        """,
    )
    assert "Ana: 1 of 2" in watermelons.turned(greens)


def test_disagreements_come_first_the_rosiest_on_top(sample):
    every = ask(sample, "portfolio/initiatives")
    steps = watermelons.beside(every, ask(sample, "portfolio/status"))["rosy_steps"].tolist()
    known = [step for step in steps if not isinstance(step, type(pd.NA))]
    assert known == sorted(known, key=lambda step: (step <= 0, step == 0, -abs(step)))
    assert steps[: len(known)] == known


def test_without_an_earlier_list_nobody_is_accused(sample):
    greens = ask(sample, "portfolio/greens")
    assert greens.empty and "Not known yet" in watermelons.turned(greens)


def test_worse_metrics_name_their_cell():
    states = {("auc", "1"): ("performance", "red"), ("psi", "1"): ("data_drift", "amber")}
    assert cells(states)["performance"] == "red" and cells(states)["service"] == "unmeasured"
    assert day_of({"measured_at": "2025-01-02 06:00:00"}) == date(2025, 1, 2)
