"""Layers, steps and assessments: what the pages show equals plain loops and small tables."""

import math
import re
from datetime import date, timedelta
from types import SimpleNamespace

import pandas as pd
import pytest
import reference_readiness as reference
from conftest import ROOT, A, ask, expect, journeys, named, put
from reference import LIVE, OPEN

from dashboard import assessment, filters, layers, printing, readiness, terms
from dashboard.steps import BEYOND, EVERY_LAYER, LAYERS, STEPS
from data import batches, edits
from data.access import LOCAL_OWNER, Viewer
from data.errors import NotAllowed
from data.questionnaire import QUESTIONS
from data.sample import LAST_DAY
from data.store import Lens
from data.tables import CAPABILITIES, TEAMS

DAYS = [LAST_DAY, date(2026, 2, 15), date(2025, 6, 30), date(2024, 12, 31)]
DOCUMENT = ROOT.parent / "shared" / "document.md"


@pytest.fixture(scope="module")
def files():
    return reference.read(ROOT / "data" / "sample")


def same(ours, theirs) -> bool:
    if ours is None or pd.isna(ours):
        return theirs is None or pd.isna(theirs)
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_action_is_what_the_rows_say_on_every_day_of_the_trend(portfolios, files, day):
    answer = ask(portfolios.all, "readiness/actions", lens=Lens(as_of=day))
    shown = {(pd.Timestamp(row.day_on).date(), row.action): row for row in answer.itertuples()}
    trend = filters.trend_days(day)
    assert {on for on, _ in shown} <= set(trend)
    for on in trend if day == LAST_DAY else trend[::4]:
        expected = reference.actions(files, on)
        assert {action for when, action in shown if when == on} == set(expected)
        for action, row in expected.items():
            for name, value in row.items():
                assert same(getattr(shown[on, action], name), value), (on, action, name)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_step_is_the_mean_of_its_actions_beside_its_weakest(portfolios, files, day):
    answer = ask(portfolios.all, "readiness/actions", lens=Lens(as_of=day))
    now, expected = readiness.latest(answer), reference.actions(files, day)
    for step in STEPS:
        mean, low = reference.step_score(expected, step.number)
        assert same(readiness.mean(step, now), mean)
        weakest = readiness.weakest(step, now)
        assert (weakest is None) == (low is None)
        assert weakest is None or same(readiness.score(now, weakest.number), low)
        assert same(readiness.trend(step, answer).iloc[-1], mean)


def test_the_initiatives_behind_an_action_are_as_many_as_it_says(portfolios, files):
    evidence = ask(portfolios.all, "readiness/evidence")
    scores = reference.action_scores(files, LAST_DAY)
    shown = {(row.initiative_id, row.action): row.score for row in evidence.itertuples()}
    assert set(shown) == set(scores)
    assert all(same(shown[key], scores[key]) for key in scores)
    for step in STEPS:
        table = readiness.short_of(step, evidence)
        mine = [action.number for action in step.actions]
        short = {key for (key, n), s in scores.items() if n in mine and (s is None or s < 1)}
        assert set(table["initiative_id"]) == short
        assert len(table) == len(short) == readiness.count_short(step, evidence)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_output_counts_what_the_rows_say(portfolios, files, day):
    rows = ask(portfolios.all, "readiness/outputs", lens=Lens(as_of=day))
    for number, (met, total) in reference.outputs(files, day).items():
        mine = rows[rows["output"] == number]
        assert (int(mine["is_met"].sum()), len(mine)) == (met, total), number


@pytest.mark.parametrize("who, stages", [("live", LIVE), ("open", OPEN), ("all", OPEN + LIVE)])
@pytest.mark.parametrize("day", DAYS[:2], ids=str)
def test_a_layers_score_is_the_mean_of_what_it_must_have(portfolios, files, day, who, stages):
    rows = layers.of(ask(portfolios.all, "readiness/layers", lens=Lens(as_of=day)), who)
    expected = reference.layer_scores(files, day, stages)
    for layer in LAYERS:
        assert same(layers.score(rows, layer), expected[layer.key])


def test_what_a_capability_would_unblock_adds_up_to_all_that_lacks_something(portfolios, files):
    rows = ask(portfolios.all, "readiness/unblocking")
    expected = reference.unblocking(files, LAST_DAY)
    assert set(rows["capability"]) == set(expected)
    for row in rows.itertuples():
        want = expected[row.capability]
        assert (row.count_lacking_it, row.count_only_this) == (want["count"], want["alone"])
        assert same(row.unblocked_benefit_amount, want["share"])
        assert same(row.lacking_benefit_amount, want["whole"])
    assert rows["unblocked_benefit_amount"].is_monotonic_decreasing


def test_readiness_spread_and_agreement_are_what_the_answers_say(portfolios, files):
    rows = ask(portfolios.all, "readiness/answers")
    known = assessment.known(rows)
    assert not known.says_left_out() and len(known.answers) == len(files.answers)
    actions = ask(portfolios.all, "readiness/actions")
    for day in assessment.rounds(known.answers):
        now = assessment.of_round(known.answers, day)
        expected = reference.readiness(files, day.isoformat())
        assert assessment.scores(now) == pytest.approx(expected)
        assert assessment.overall(now) == pytest.approx(sum(expected.values()) / 5)
        assert assessment.weakest(now) == min(expected, key=expected.get)
        for name, line in assessment.lines(known.answers, "teams", day).items():
            team = name.replace(" ", "_")
            assert line == pytest.approx(reference.readiness(files, day.isoformat(), team))
        for step in assessment.agreement(now, actions):
            mean, _ = reference.step_score(reference.actions(files, LAST_DAY), step.number)
            assert step.gap_share == pytest.approx(expected[step.number] / 4 - mean)


@pytest.fixture
def small(store):
    put(
        store,
        initiatives="""
            initiative_id | name | unit   | process | success_metric | target | integrates_with | teams       | benefit_base_amount
            a             | Ada  | Claims | letters | minutes        | 5      | CRM             | engineering | 1000
            b             | Bo   | Claims | -       | minutes        | -      | -               | -           | 600
            c             | Cy   | Claims | calls   | -              | 5      | -               | finance     | -
        """,  # noqa: E501
        deployment_status=journeys("""
            a  pilot 2025-03-01  production 2025-09-01
            b  pilot 2025-02-01
            c  idea 2025-04-01  stopped 2025-06-01
        """),
        capabilities="""
            initiative_id  capability               assessed_on  state
            a              data_pipeline            2025-05-01   missing
            a              data_pipeline            2025-10-01   in_place
            a              application_integration  2025-10-01   missing
            b              data_pipeline            2025-05-01   partial
            b              alerting                 2025-05-01   in_place
            c              data_pipeline            2025-05-01   in_place
        """,
    )
    return store


def test_actions_count_the_open_and_the_live_and_say_who_was_not_assessed(small):
    rows = ask(small, "readiness/actions")
    now = rows[pd.to_datetime(rows["day_on"]).dt.date == A]
    expected = """
        action  count_initiatives  count_known  score_share  count_short  short_benefit_amount
        1.1  2  2  0.5     1  600
        1.2  2  2  0.5     1  600
        1.3  2  2  0       2  1600
        2.1  2  2  0.75    1  600
        2.2  2  0  -       2  1600
        2.3  2  0  -       2  1600
        3.1  2  0  -       2  1600
        3.2  2  0  -       2  1600
        3.3  2  1  0.1667  2  1600
        4.1  2  1  0.5     1  600
        4.2  1  1  0       1  1000
        4.3  2  0  -       2  1600
        5.1  2  0  -       2  1600
        5.2  2  2  0       2  1600
        5.3  1  1  0       1  1000
    """
    expect(now, expected)


def test_an_action_asked_of_live_ones_alone_is_not_defined_where_none_is_live(small):
    now = readiness.latest(ask(small, "readiness/actions", lens=Lens(as_of=date(2025, 4, 30))))
    assert readiness.score(now, "5.3") is None and readiness.score(now, "4.2") is None
    [step] = [step for step in STEPS if step.number == 5]
    assert readiness.mean(step, now) == 0 and "2 actions not defined" in readiness.headline(
        step, now
    )
    outputs = ask(small, "readiness/outputs", lens=Lens(as_of=date(2025, 4, 30)))
    assert "not defined, as there are no live" in readiness.output_says(
        step.outputs[0], outputs
    ) or len(outputs)


def test_on_an_empty_store_no_step_is_defined(store):
    put(store, initiatives=named("a"))
    now = readiness.latest(ask(store, "readiness/actions"))
    assert all(readiness.mean(step, now) is None for step in STEPS)
    assert "Nothing can be said" in readiness.finding(STEPS, now)
    assert all("Not defined" in readiness.headline(step, now) for step in STEPS)


def test_not_assessed_is_told_from_missing_and_both_count_nothing(small):
    rows = ask(small, "readiness/layers")
    cells = rows.set_index(["initiative_id", "thing"])
    assert set(rows["initiative_id"]) == {"a", "b"}
    assert cells.loc[("a", "application_integration"), "state"] == "missing"
    assert pd.isna(cells.loc[("b", "application_integration"), "state"])
    assert pd.isna(cells.loc[("b", "finance"), "state"])  # nobody said who takes part
    assert cells.loc[("a", "finance"), "state"] == "missing"
    live = layers.of(rows, "live")
    said = dict(layers.without(live))
    assert said["application_integration"].startswith("1 of 1 runs without") and (
        "1 missing" in said["application_integration"] and "not assessed" in said["alerting"]
    )
    assert "data_pipeline" not in said and "engineering" not in said
    assert layers.score(live, LAYERS[1]) is None  # nothing of that layer was ever assessed


def test_of_two_assessments_the_later_counts_and_on_a_day_between_the_earlier(small):
    for day, state in ((date(2025, 9, 30), "missing"), (A, "in_place")):
        rows = ask(small, "readiness/layers", lens=Lens(as_of=day))
        cell = rows.set_index(["initiative_id", "thing"]).loc[("a", "data_pipeline")]
        assert cell["state"] == state


def test_benefit_is_shared_among_what_open_assessed_initiatives_lack(small):
    rows = ask(small, "readiness/unblocking").set_index("capability")
    assert "alerting" not in rows.index and len(rows) == 12
    assert rows.loc["data_pipeline", "unblocked_benefit_amount"] == 50
    assert rows["unblocked_benefit_amount"].sum() == 600


def test_a_cell_changed_in_place_is_a_batch_that_can_be_taken_back(small):
    cell = {"initiative_id": "b", "capability": "data_pipeline", "assessed_on": A}
    stored = edits.keep(small, LOCAL_OWNER, "capabilities", [cell | {"state": "in_place"}], A, "b")
    query = "readiness/unblocking"
    assert "data_pipeline" not in set(ask(small, query)["capability"])
    batches.undo(small, stored.batch_id, LOCAL_OWNER)
    assert "data_pipeline" in set(ask(small, query)["capability"])


def test_an_edit_of_the_table_names_only_what_was_changed():
    rows = pd.DataFrame(
        {"thing": ["alerting", "gpu_compute"], "state": ["partial", None], "evidence": [None, None]}
    )
    before = layers.editable(rows)
    assert not layers.changed(rows, before, before.copy())
    after = before.copy()
    after.loc[0, "evidence"] = "pager"
    after.loc[1, "evidence"] = "no state said, so nothing can be stored"
    assert layers.changed(rows, before, after) == {"alerting": ("partial", "pager")}


def answers(*lines: str) -> pd.DataFrame:
    header = ["assessed_on", "respondent", "question", "team", "score", "evidence"]
    rows = [dict(zip(header, [*line.split(), None], strict=True)) for line in lines]
    return pd.DataFrame(rows, columns=header).astype({"score": float})


def test_answers_to_unknown_questions_and_impossible_scores_are_said_not_dropped_silently():
    known = assessment.known(
        answers(
            "2025-01-01 Ana 1.1 finance 3",
            "2025-01-01 Ana 9.9 finance 3",
            "2025-01-01 Ana 1.2 finance 7",
        )
    )
    assert list(known.answers["question"]) == ["1.1"]
    said = known.says_left_out()
    assert "(9.9)" in said and "(1.2)" in said and "score outside 0 to 4" in said


def test_a_half_done_assessment_counts_what_is_answered_and_says_who_has_not_finished():
    known = assessment.known(
        answers("2025-01-01 Ana 1.1 finance 1", "2025-01-01 Bo 1.1 product 4")
    ).answers
    day = date(2025, 1, 1)
    assert assessment.scores(known) == {1: 2.5, 2: None, 3: None, 4: None, 5: None}
    assert assessment.overall(known) == 2.5
    assert "Ana 1 of 15" in assessment.unfinished(known, day)
    assert "1 to 4" in assessment.disagreement(known)
    assert "nothing to compare" in assessment.disagreement(known.head(1))
    given = assessment.given(known, day, "Ana")
    assert given == {"1.1": (1.0, "")} and assessment.first_open(given) == 1
    assert assessment.progress(given) == "1 of 15 answered; go on with step 1."


def test_agreement_without_a_computed_score_is_not_defined():
    step = assessment.Agreement(1, "Align", 3.2, None)
    assert step.gap_share is None and "not defined" in step.says()
    other = assessment.Agreement(1, "Align", 3.2, 0.35)
    assert other.says() == "1. Align: you say 3.2 of 4, your portfolio shows 1.4 of 4"
    assert other.gap_share == pytest.approx(0.45)


def test_the_paper_escapes_every_name_and_fetches_nothing(portfolios):
    nasty = "<img src=http://example.org/x>"
    rows = answers("2025-01-01 Ana 1.1 finance 3", "2025-01-01 Bo 2.1 finance 3")
    rows["respondent"], rows["evidence"], rows["team"] = nasty, nasty, nasty
    known = assessment.known(rows).answers
    steps = [assessment.Agreement(step.number, step.name, 3.0, None) for step in STEPS]
    day = date(2025, 1, 1)
    for page in (
        printing.results(known, day, steps, nasty, nasty),
        printing.questionnaire(nasty, day, {"1.1": (3.0, nasty)}),
    ):
        assert nasty not in page and "&lt;img" in page
        assert not re.search(r"<(script|link|img|iframe)|url\(", page)
    blank = printing.questionnaire(None, None, {})
    assert all(question.asks in blank.replace("&#x27;", "'") for question in QUESTIONS.values())


def test_the_questionnaire_asks_three_questions_a_step_and_the_sample_answers_them(files):
    for step in STEPS:
        mine = [question for question in QUESTIONS.values() if question.step == step.number]
        assert 3 <= len(mine) <= 4
    assert {row["question"] for row in files.answers} == set(QUESTIONS)
    for question in QUESTIONS.values():
        assert len(set(question.answers)) == 5 and question.asks.endswith("?")


def test_the_layers_are_made_of_what_can_be_stored_and_every_figure_is_defined():
    stored = {thing for layer in EVERY_LAYER for thing in layer.things}
    assert stored == {*CAPABILITIES, *TEAMS} and set(LAYERS[-1].things) == set(TEAMS)
    assert set(BEYOND.things) == set(reference.BESIDE)
    named = {each.term for step in STEPS for each in (*step.actions, *step.outputs)}
    assert len(named) == 25 and named <= set(terms.TERMS)


def test_every_cell_of_the_documents_steps_and_layers_stands_word_for_word():
    if not DOCUMENT.exists():
        pytest.skip(f"{DOCUMENT.name} is not beside this project")
    text = DOCUMENT.read_text()
    for step in STEPS:
        actions = " · ".join(action.says for action in step.actions)
        outputs = " · ".join(output.says for output in step.outputs)
        row = f"| {step.number} | {step.name} | {step.objective} | {actions} | {outputs} |"
        assert row in text
    for layer in LAYERS:
        assert f"| {layer.name} |" in text


def test_a_table_of_who_falls_short_tells_not_assessed_from_no(small):
    step = STEPS[1]
    table = readiness.short_of(step, ask(small, "readiness/evidence")).set_index("initiative_id")
    assert table.loc["b", "2.1"].startswith("◐") and table.loc["b", "2.2"] == "? not assessed"
    live_only = readiness.short_of(STEPS[4], ask(small, "readiness/evidence"))
    assert live_only.set_index("initiative_id").loc["b", "5.3"] == "– not asked"


def test_pages_of_the_map_hold_every_initiative_once(portfolios):
    rows = ask(portfolios.all, "readiness/layers")
    pages = [layers.page_of(rows, number + 1) for number in range(layers.pages(rows))]
    ids = [key for page in pages for key in page["initiative_id"].unique()]
    assert len(ids) == len(set(ids)) == layers.count(rows)
    assert max(layers.count(page) for page in pages) == layers.AT_ONCE
    lacking = layers.lacking(rows, "alerting")
    assert set(lacking[lacking["thing"] == "alerting"]["score"]) <= {0.0, 0.5}


def test_the_cell_of_a_heat_map_says_state_day_and_evidence():
    cell = SimpleNamespace(thing="alerting", state=None, assessed_on=None, evidence=None)
    assert layers.about(vars(cell)) == "**alerting** ? not assessed"
    seen = vars(cell) | {"state": "partial", "assessed_on": A, "evidence": "mail"}
    assert "assessed on 31 Dec 2025" in layers.about(seen) and "mail" in layers.about(seen)


def test_a_year_is_thirteen_days_and_ends_on_the_day(portfolios):
    days = pd.to_datetime(ask(portfolios.all, "readiness/actions")["day_on"]).dt.date.unique()
    assert list(days) == filters.trend_days(LAST_DAY)
    assert days[-1] - days[0] == timedelta(days=365)


def test_everybody_answers_in_their_own_name_and_who_may_edit_for_others(small):
    row = {"assessed_on": A, "question": "1.1", "team": "finance", "score": 3.0}
    eve = Viewer("eve", "executive", ("Retail",))  # sees one unit alone
    edits.answer(small, eve, [row | {"respondent": "eve"}], A, "eve")
    with pytest.raises(NotAllowed, match="eve may not answer for Ana"):
        edits.answer(small, eve, [row | {"respondent": "Ana"}], A, "Ana")
    with pytest.raises(NotAllowed, match="may not edit"):
        edits.keep(small, eve, "assessments", [row | {"respondent": "eve"}], A, "eve")
    edits.answer(small, Viewer("cleo", "chair"), [row | {"respondent": "Ana"}], A, "Ana")
    assert list(ask(small, "readiness/answers")["respondent"]) == ["Ana", "eve"]
