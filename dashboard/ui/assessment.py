"""The questionnaire on a page: who answers, step by step, saved as it goes; and its paper."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import assessment, formats, printing
from dashboard.steps import STEPS
from dashboard.ui.asking import chosen, viewer
from dashboard.ui.editing import edit_outcome, keep_answers, may_edit
from dashboard.ui.moving import note
from dashboard.ui.taking import take
from data.questionnaire import QUESTIONS


def choose_round(days: list[date]) -> date:
    """Which assessment to look at: the latest unless chosen."""
    return st.selectbox("Assessment", days, format_func=formats.day, key="round", width=260)


def nobody_answered() -> None:
    """Say what to do when there are no answers, and end the page."""
    st.info("Nobody has answered yet: choose “Answer the questions” above and be the first.")
    print_questionnaire()
    st.stop()


def answer(rows: pd.DataFrame) -> None:
    """Who answers, then one step after the other; what was saved before is there again."""
    respondent, team = _who(rows)
    if not respondent:
        note("Say who answers. Come back under the same name, and your answers are there again.")
        print_questionnaire()
        return
    day = _day(rows, respondent)
    given = assessment.given(rows, day, respondent)
    edit_outcome("assessment")
    st.progress(min(len(given) / len(QUESTIONS), 1.0), formats.plain(assessment.progress(given)))
    _questions(_step(given), respondent, team, day, given)
    print_questionnaire(respondent, day, given)


def _who(rows: pd.DataFrame) -> tuple[str | None, str | None]:
    left, right = st.columns(2)
    names = sorted(rows["respondent"].unique()) if may_edit() else [viewer().name]
    linked = st.query_params.get("respondent") if may_edit() else viewer().name
    names = names if not linked or linked in names else [*names, linked]
    respondent = left.selectbox(
        "Who answers",
        names,
        index=names.index(linked) if linked else None,
        accept_new_options=may_edit(),
        disabled=not may_edit(),
        placeholder="Type your name, or choose it",
        key="respondent",
    )
    respondent = (respondent or "").strip()
    if may_edit() and respondent and respondent != linked:
        st.query_params["respondent"] = respondent
    known = assessment.teams(rows)
    before = assessment.team_of(rows, respondent)
    team = right.selectbox(
        "Team",
        known,
        index=known.index(before) if before in known else None,
        format_func=formats.words,
        accept_new_options=True,
        placeholder="Choose or type",
        key=f"team-{respondent}",
    )
    return respondent or None, team


def _day(rows: pd.DataFrame, respondent: str) -> date:
    """The assessment answered: one begun and not finished, else one of the as-of day."""
    as_of = chosen().as_of
    days = list(dict.fromkeys([as_of, *assessment.rounds(assessment.known(rows).answers)]))
    begun = [
        day for day in days if 0 < len(assessment.given(rows, day, respondent)) < len(QUESTIONS)
    ]
    return st.selectbox(
        "Assessment",
        days,
        index=days.index(begun[0]) if begun else 0,
        format_func=lambda day: f"{formats.day(day)}{' (the as-of day)' if day == as_of else ''}",
        key=f"answered-{respondent}",
        width=320,
        help="Everybody who answers under one day belongs to one assessment. Join one, or begin "
        "another under the as-of day.",
    )


def _step(given: dict) -> int:
    numbers = [step.number for step in STEPS]
    st.session_state.setdefault("step", assessment.first_open(given))
    return st.segmented_control(
        "Step",
        numbers,
        format_func=lambda number: f"{number}. {STEPS[number - 1].name}",
        required=True,
        key="step",
    )


def _questions(number: int, respondent: str, team: str | None, day: date, given: dict) -> None:
    mine = [question for question in QUESTIONS.values() if question.step == number]
    # A stored answer is part of the key, so that an undo shows what is stored again.
    keys = {
        question.key: f"said-{day}-{respondent}-{question.key}-{given.get(question.key)}"
        for question in mine
    }
    with st.container(key=f"questions-{number}"), st.form(f"step-{number}", border=False):
        for question in mine:
            score, evidence = given.get(question.key, (None, ""))
            is_one = score is not None and score in range(len(question.answers))
            st.radio(
                f"**{question.key}** {question.asks}",
                range(len(question.answers)),
                index=int(score) if is_one else None,
                format_func=question.answers.__getitem__,
                key=keys[question.key],
            )
            if score is not None and not is_one:
                note(f"Stored is {score:g}, which is none of these answers.")
            st.text_input(
                "What does that rest on?",
                evidence,
                key=f"{keys[question.key]}-evidence",
                placeholder="a document, a figure, an example",
            )
        st.form_submit_button(
            "Save and go on" if number < len(STEPS) else "Save",
            type="primary",
            on_click=_save,
            args=(number, respondent, team, day, given, keys),
        )


def _save(number: int, respondent: str, team: str | None, day: date, given: dict, keys) -> None:
    """Store the answers to a step that are new or changed, as one batch."""
    said = {}
    for question, key in keys.items():
        score, evidence = st.session_state[key], st.session_state[f"{key}-evidence"].strip()
        if score is not None and given.get(question) != (score, evidence):
            said[question] = (score, evidence)
    rows = [
        {
            "assessed_on": day,
            "respondent": respondent,
            "question": question,
            "team": team,
            "score": float(score),
            "evidence": evidence,
        }
        for question, (score, evidence) in said.items()
    ]
    if rows:
        what = f"{formats.plural(len(rows), 'answer')} of {respondent} to step {number}"
        keep_answers("assessment", rows, what)
    if all(st.session_state[key] is not None for key in keys.values()):
        st.session_state["step"] = min(number + 1, len(STEPS))


def print_questionnaire(
    respondent: str | None = None, day: date | None = None, given: dict | None = None
) -> None:
    """The questionnaire as a page to print."""
    take(
        "The questionnaire to print (HTML)",
        lambda: printing.questionnaire(respondent, day, given or {}),
        "readiness-questionnaire.html",
        "print-questionnaire",
        icon="print",
        type="tertiary",
    )


def print_results(answers: pd.DataFrame, day: date, steps: list, left_out: str) -> None:
    """The results of an assessment as a page to print."""
    says = chosen().says()
    take(
        "These results to print (HTML)",
        lambda: printing.results(answers, day, steps, says, left_out),
        f"readiness-{day}.html",
        "print-results",
        icon="print",
    )
