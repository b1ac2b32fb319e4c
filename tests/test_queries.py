"""Every question says what it answers, keeps to its scope, and answers right.

Expected answers are worked out by hand, as of 31 December 2025.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
from conftest import ask, expect, journeys, named, put
from pandas.testing import assert_frame_equal

import queries
from data.access import LOCAL_OWNER, Viewer
from data.sample import LAST_DAY
from data.store import Lens
from data.tables import TABLES
from data.views import DERIVED

ROOT = Path(__file__).parents[1]
UPSTAIRS = "\n".join(
    file.read_text() for floor in ("pages", "dashboard") for file in (ROOT / floor).rglob("*.py")
)
every_question = pytest.mark.parametrize("name", queries.names())


def code(name: str) -> str:
    return re.sub(r"--.*", "", queries.text(name))


def parameters(name: str, initiative_id: str = "nobody") -> dict[str, object]:
    wanted = queries.parameters(name) - set(queries.DEFAULTS)
    known = dict.fromkeys(("initiative_id", "model", "metric"), initiative_id) | {"number": 1}
    assert wanted <= known.keys(), "a new parameter: say here what to ask for"
    return {name: known[name] for name in wanted}


def of_an_initiative(name: str) -> bool:
    return "initiative_id" in parameters(name)


@every_question
def test_a_question_says_what_it_answers_and_what_one_row_is(name):
    first, second = queries.text(name).splitlines()[:2]
    assert (first, second) == (f"-- {queries.question(name)}", f"-- {queries.grain(name)}")
    assert first.endswith("?") and second.endswith(".")


@every_question
def test_a_question_reads_views_only_and_leaves_scope_and_clocks_to_them(name):
    steps = set(re.findall(r"(\w+)(?: \([\w, ]+\))? as \(", code(name)))
    read = set(re.findall(r"(?<!distinct )\b(?:from|join)\s+([a-z_]\w*)", code(name)))
    assert read - steps <= {*TABLES, *DERIVED, "range"}
    assert not re.search(r"\b\w+_(row|current|history)\b|\bbatch_log\b", code(name))
    assert not re.search(r"scope|known_at|getvariable|set variable", code(name))


@every_question
def test_a_question_answers_on_an_empty_store(portfolios, name):
    assert list(ask(portfolios.none, name, **parameters(name)).columns)


@every_question
def test_a_question_is_asked_by_somebody(name):
    assert f'"{name}"' in UPSTAIRS


def test_an_unknown_question_lists_what_there_is(store):
    with pytest.raises(queries.QueryError, match="no question value/nope; there are board/"):
        ask(store, "value/nope")


def test_a_missing_parameter_names_the_file(store):
    for name in filter(of_an_initiative, queries.names()):
        with pytest.raises(queries.QueryError, match=rf"queries/{name}.sql needs \$initiative_id"):
            ask(store, name)


def same(one: pd.DataFrame, other: pd.DataFrame, name: str) -> None:
    if name == "sources/batches":
        one, other = one[["number", "as_of"]], other[["number", "as_of"]]
    assert_frame_equal(one, other)


@every_question
def test_a_viewer_of_one_unit_sees_what_there_would_be_if_it_were_alone(portfolios, name):
    given = parameters(name, portfolios.insider)
    alone = ask(portfolios.of_unit, name, **given)
    clerk = Viewer("ana", units=(portfolios.unit,))
    same(ask(portfolios.all, name, clerk, **given), alone, name)
    same(ask(portfolios.all, name, lens=Lens(units=(portfolios.unit,)), **given), alone, name)


@every_question
def test_a_sponsor_chosen_shows_what_there_would_be_if_alone(portfolios, name):
    given = parameters(name, portfolios.sponsored)
    alone = ask(portfolios.of_sponsor, name, **given)
    chosen = Lens(sponsors=(portfolios.sponsor,))
    same(ask(portfolios.all, name, lens=chosen, **given), alone, name)


@every_question
def test_who_may_see_nothing_or_when_nothing_was_known_sees_an_empty_store(portfolios, name):
    given, lens = parameters(name, portfolios.insider), Lens(as_of=LAST_DAY)
    clerk, nobody = Viewer("ana", units=(portfolios.unit,)), Viewer("bob", units=())
    nothing = ask(portfolios.none, name, lens=lens, **given)
    for viewer, through in (
        (nobody, lens),
        (clerk, replace(lens, units=(portfolios.other_unit,))),
        (LOCAL_OWNER, replace(lens, known_at=datetime(2000, 1, 1))),
    ):
        assert_frame_equal(ask(portfolios.all, name, viewer, through, **given), nothing, False)


def test_naming_an_initiative_of_another_unit_shows_nothing_of_it(portfolios):
    clerk = Viewer("ana", units=(portfolios.unit,))
    for name in filter(of_an_initiative, queries.names()):
        assert ask(portfolios.all, name, clerk, **parameters(name, portfolios.outsider)).empty


@every_question
def test_as_known_now_is_as_now(portfolios, name):
    given = parameters(name, portfolios.insider)
    now = Lens(known_at=datetime.now(UTC).replace(tzinfo=None))
    assert_frame_equal(
        ask(portfolios.all, name, lens=now, **given), ask(portfolios.all, name, **given)
    )


def test_questions_about_no_unit_are_open_to_a_viewer_of_any(portfolios):
    clerk = Viewer("ana", units=(portfolios.unit,))
    for name in ("delivery/benchmarks", "board/last_meeting", "sources/batches"):
        assert len(ask(portfolios.all, name, clerk)) == len(ask(portfolios.all, name)) > 0


@pytest.fixture
def staged(store):
    stays = journeys("""
        a  idea 2025-01-10  pilot 2025-03-01  production 2025-09-01
        b  pilot 2025-02-01
        c  idea 2025-10-02
        d  idea 2025-04-01  pilot ~2025-05-01  stopped 2025-06-01
        e  stopped 2025-05-01
        f  pilot 2025-10-05  idea 2025-11-05
        unknown  production 2025-01-01
    """)
    put(store, initiatives=named(*"abcdefg"), deployment_status=stays)
    return store


def test_funnel_counts_who_reached_each_stage_and_who_is_there(staged):
    expected = """
        stage             count_reached  count_here  count_stalled  count_lost_here  next_share
        idea              5              2           0              0                0.8
        proof_of_concept  4              0           0              0                1
        pilot             4              1           1              1                0.25
        production        1              1           0              0                0
        scaled            0              0           0              0                -
    """
    expect(ask(staged, "delivery/funnel"), expected)


def test_cohorts_count_only_who_had_the_whole_time(staged):
    columns = "quarter_on count_entered count_followed count_reached_pilot count_reached_production"
    for days, lines in {
        90: "2025-01-01 2 2 2 0 \n 2025-04-01 2 2 1 0 \n 2025-10-01 2 1 0 0",
        91: "2025-01-01 2 2 2 0 \n 2025-04-01 2 2 1 0 \n 2025-10-01 2 0 0 0",
        300: "2025-01-01 2 2 2 1 \n 2025-04-01 2 0 0 0 \n 2025-10-01 2 0 0 0",
    }.items():
        expect(ask(staged, "delivery/cohorts", within_days=days), f"{columns}\n{lines}")


def test_moves_between_stages_and_who_stays(staged):
    expected = """
        from_stage  to_stage    count_initiatives
        idea        pilot       2
        idea        -           2
        pilot       idea        1
        pilot       production  1
        pilot       stopped     1
        pilot       -           1
        production  -           1
        stopped     -           2
    """
    expect(ask(staged, "delivery/moves"), expected)


def test_flow_at_each_months_end_and_today(staged):
    expected = """
        day_on      stage    count_initiatives
        2025-01-31  idea     1
        2025-02-28  idea     1
        2025-02-28  pilot    1
        2025-03-31  pilot    2
        2025-04-30  idea     1
        2025-04-30  pilot    2
        2025-05-15  pilot    3
        2025-05-15  stopped  1
    """
    expect(ask(staged, "delivery/flow", lens=Lens(as_of=date(2025, 5, 15))), expected)


def test_time_to_production_says_how_each_wait_ended_or_why_it_is_left_out(store):
    put(
        store,
        initiatives=named(*"abcdefghi"),
        deployment_status=journeys("""
            a  pilot 2025-04-01  production 2025-04-01
            b  pilot 2025-01-01  scaled 2025-02-01  retired 2025-06-01
            c  pilot 2025-01-01  stopped 2025-03-01  production 2025-06-01
            d  stopped 2025-01-01  pilot 2025-02-01
            e  idea 2025-01-01  production 2025-02-01
            f  pilot 2025-01-01  production ~2025-02-01
            g  production 2025-01-01  pilot 2025-02-01
            h  idea 2025-01-01
        """),
    )
    expected = """
        initiative_id | duration_days | outcome | ended_on   | left_out
        a             | 0             | live    | 2025-04-01 | -
        b             | 31            | live    | 2025-02-01 | -
        c             | 59            | exit    | 2025-03-01 | -
        d             | 333           | waiting | 2025-12-31 | -
        e             | -             | -       | -          | no dated entry
        f             | -             | -       | -          | live but undated
        g             | -             | -       | -          | negative duration
    """
    expect(ask(store, "delivery/time_to_production"), expected)


def test_barriers_that_overlap_share_a_day_equally(store):
    put(
        store,
        initiatives=named("a", "b", "c"),
        deployment_status=journeys("""
            a  proof_of_concept 2025-01-01  pilot 2025-01-11  production 2025-02-10
            b  pilot 2025-12-21
            c  idea 2025-01-01
        """),
        barriers="""
            initiative_id  barrier         raised_on   resolved_on
            a              talent          2025-01-06  2025-01-21
            a              infrastructure  2025-01-16  2025-01-26
            a              ownership       2025-03-01  -
            b              talent          2025-11-01  2026-02-01
            c              talent          2025-01-01  -
        """,
    )
    expected = """
        barrier         barrier_days  count_initiatives
        infrastructure  7.5           1
        talent          22.5          2
        -               20            1
    """
    expect(ask(store, "delivery/barrier_days"), expected)


@pytest.fixture
def worked(store):
    put(
        store,
        initiatives="""
            initiative_id name unit owner engineers_fte benefit_base_amount planned_live_on
            a  Ada  Claims  Ana  -  1000  -
            b  Bo   Claims  Ben  2  1200  2025-12-01
            c  Cy   Claims  Cem  3  -     -
            d  Di   Retail  Dan  1  -     -
            e  Ed   Retail  -    -  500   -
            f  Flo  Retail  Fay  4  600   -
            g  Guy  Retail  Gus  -  -     -
            h  Hu   Retail  Hal  -  -     -
        """,
        deployment_status=journeys("""
            a  pilot 2025-03-01  production 2025-09-01
            b  pilot 2025-02-01
            c  idea 2025-04-01  stopped 2025-06-01
            d  idea 2025-11-01
            e  production 2025-10-01
            f  idea 2025-01-01
            g  pilot 2025-07-04
        """),
        costs="""
            initiative_id  month    category  actual_amount
            a              2025-08  people    400
            b              2025-08  people    1000
            b              2025-09  people    100
            b              2025-09  compute   50
            b              2025-10  people    200
            b              2025-11  people    250
            b              2026-01  people    999
            c              2025-05  people    100
            e              2025-10  people    600
        """,
        barriers="""
            initiative_id  barrier         raised_on   resolved_on  owner
            b              talent          2025-03-01  -            HR
            b              infrastructure  2025-02-15  2025-06-01   IT
            b              ownership       2025-05-01  2026-02-01   COO
        """,
        metric_targets="""
            metric  kind         higher_is_better  amber  red
            auc     performance  true              0.8    0.7
        """,
        model_metrics="""
            initiative_id  model  version  metric  measured_at       value
            a              churn  1        auc     2025-12-30T09:00  0.6
        """,
    )
    return store


def test_stalled_initiatives_with_what_they_wait_for_and_cost(worked):
    # Chances: pilot (2 live + 10 * 0.48) / (2 + 10); idea (2 live + 10 * 0.15) / (3 + 10).
    expected = """
        initiative_id days_in_stage barriers must_act cost_of_delay_amount monthly_cost_amount
        b  333  talent,ownership  COO,HR  56.6667  200
        f  364  none              none    13.4615  -
    """
    expect(ask(worked, "delivery/stalled"), expected)
    assert "g" in list(ask(worked, "delivery/stalled", lens=Lens(stalled_days=179)).initiative_id)


def test_initiatives_and_where_they_stand(worked):
    expected = """
        initiative_id stage days_in_stage  is_stalled  is_lost  slip_days  spent_amount  live_share
        a  production  121  false  false  -   400   1
        b  pilot       333  true   false  30  1600  0.5667
        c  stopped     213  false  true   -   100   -
        d  idea        60   false  false  -   -     0.2692
        e  production  91   false  false  -   600   1
        f  idea        364  true   false  -   -     0.2692
        g  pilot       180  false  false  -   -     0.5667
        h  -           -    false  false  -   -     -
    """
    expect(ask(worked, "portfolio/initiatives"), expected)


def test_impact_says_what_the_gap_costs(worked):
    figures = """
        count_in_pilot_work 2      count_stalled_pilots 1    stalled_share 0.5
        median_stalled_days 333    median_slip_days 30       waiting_benefit_amount 1200
        open_fte 7                 stalled_fte 6             stalled_fte_share 0.857
        count_live_red 1           count_live_unmeasured 1   count_live_ownerless 1
        at_risk_benefit_amount 1500                          idle_engineer_months 75.729
        spent_amount 2700          stuck_amount 1700         stuck_spend_share 0.63
        reached_production_amount 1000                       sunk_amount 100
    """
    words = iter(figures.split())
    expected = {name: float(next(words)) for name in words}
    answer = ask(worked, "board/impact").iloc[0].astype(float).round(3)
    assert answer[list(expected)].to_dict() == expected
