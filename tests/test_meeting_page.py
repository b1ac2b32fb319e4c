"""The meeting is run from its page: decided, ticked, closed and opened again, with undo."""

from datetime import date
from functools import partial

import hostile
import pytest
from conftest import ask, look, put
from on_page import press, refusals, words
from streamlit.testing.v1 import AppTest

from dashboard import ui
from dashboard.steering import sitting
from data import batches, meetings
from data.access import LOCAL_OWNER
from data.store import Lens, Store

MEETING = "pages/steering/meeting.py"
PEOPLE = {
    role: {"is_logged_in": True, "email": f"{role}@example.org", "role": role}
    for role in ("executive", "analyst", "chair")
}
STALLED = "INI-044"


@pytest.fixture
def opened(opened):
    """Opens the meeting page on the store in a file, for the chair unless somebody else looks."""
    return partial(opened, page=MEETING, user=PEOPLE["chair"])


def said(app: AppTest) -> str:
    return words(app).replace("\\", "")


def agenda_of(app: AppTest) -> str:
    """All that stands below the meeting's title, as far as the page goes."""
    return (
        said(app)
        .partition("## AI steering")[2]
        .partition(":small[:gray[You are looking")[0]
        .strip()
    )


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def record(app: AppTest, place: str, **fields) -> AppTest:
    """Open a form, fill it in and store it."""
    app.session_state[f"decide-{place}"] = True
    app.run()
    for name, value in fields.items():
        kinds = (*app.text_input, *app.text_area, *app.button_group, *app.date_input)
        [field] = [each for each in kinds if each.key == f"{name}-{place}"]
        field.set_value(value)
    [button] = [each for each in app.button if each.key == f"record-{place}"]
    return button.click().run()


def decisions(meeting_id: str) -> list[tuple]:
    sql = "select initiative_id, outcome, owner, dissent from decisions where meeting_id"
    return look(ui.store(), f"{sql} = '{meeting_id}'", lens=Lens(sitting.ALWAYS))


def test_a_decision_is_recorded_in_place_and_undo_takes_it_back(opened, sample_path):
    app = opened(sample_path, meeting="MTG-2026-3")
    before = decisions("MTG-2026-3")
    app = record(app, STALLED, owner="Ann <b>", dissent="Bob: too soon")
    assert not refusals(app) and "Stored: rework decided for INI-044" in said(app)
    assert set(decisions("MTG-2026-3")) - set(before) == {
        (STALLED, "rework", "Ann <b>", "Bob: too soon")
    }
    assert "Decided in this meeting: **rework**" in said(app)
    assert "Decided in this meeting: 5" in said(app) and "Take back" in labels(app)
    app = press(app, "Undo")
    assert not refusals(app) and decisions("MTG-2026-3") == before


def test_a_stop_recorded_in_the_room_changes_the_status(opened, sample_path):
    app = record(opened(sample_path, meeting="MTG-2026-3"), STALLED, outcome="stop")
    assert not refusals(app)
    stage = f"select stage from standing where initiative_id = '{STALLED}'"
    assert look(ui.store(), stage) == [("stopped",)]
    app = press(app, "Take back")
    assert not refusals(app) and look(ui.store(), stage) == [("pilot",)]


def test_who_is_stopped_on_the_day_the_room_looks_at_leaves_the_agenda_and_undo_brings_back(
    opened, sample_path
):
    day = date(2026, 10, 31)
    with Store(sample_path) as store:
        meetings.hold(store, LOCAL_OWNER, "AI steering", day, day)
    app = record(opened(sample_path, meeting="MTG-2026-10-31"), STALLED, outcome="stop")
    assert not refusals(app) and f"Stored: stop decided for {STALLED}" in said(app)
    assert f"record-{STALLED}" not in {button.key for button in app.button}
    app = press(app, "Undo")
    assert not refusals(app) and "Nothing was decided in this meeting yet." in said(app)


def test_a_mistake_is_said_in_a_sentence_and_the_form_stays_open(opened, sample_path):
    app = opened(sample_path, meeting="MTG-2026-3")
    app.session_state["decide-other"] = True
    app.run()
    [button] = [each for each in app.button if each.key == "record-other"]
    app = button.click().run()
    assert "an outcome is missing" in refusals(app)[0].replace("\\", "")
    assert app.session_state["decide-other"]


def test_the_last_decisions_are_ticked_done_on_the_meetings_day(opened, sample_path):
    app = opened(sample_path, meeting="MTG-2026-3")
    assert "Of 6 earlier decisions, 3 late and 3 done in time." in said(app)
    [button] = [each for each in app.button if each.key == "tick-DEC-011"]
    app = button.click().run()
    assert not refusals(app)
    assert "Of 6 earlier decisions, 2 late, 1 done late and 3 done in time." in said(app)
    app = next(each for each in app.button if each.key == "tick-DEC-006").click().run()
    assert "Of 6 earlier decisions, 1 late, 2 done late and 3 done in time." in said(app)
    app = press(app, "Undo")
    assert "Of 6 earlier decisions, 2 late, 1 done late and 3 done in time." in said(app)
    done = "select done_on from decisions where decision_id = 'DEC-011'"
    assert look(ui.store(), done) == [(date(2026, 9, 24),)]


def test_a_meeting_is_created_and_the_page_shows_it(opened, sample_path):
    app = opened(sample_path)
    app.session_state["new-meeting"] = True
    app.run()
    app.date_input(key="new_held_on").set_value(date(2026, 12, 10))
    app.text_input(key="new_title").set_value(hostile.NAMES[2])
    app = press(app, "Create the meeting")
    assert not refusals(app) and "<b>bold</b>, 10 Dec 2026" in said(app)
    assert app.query_params["meeting"] == "MTG-2026-12-10"
    assert "put off, 2.5 months ago" in said(app) or "put off, 3 months ago" in said(app)
    assert "Changes are since AI steering, third quarter 2026" in said(app)
    app = record(app, "DEC-016", outcome="continue")
    assert not refusals(app) and decisions("MTG-2026-12-10") == [
        ("INI-026", "continue", "Tomasz Wierzbowicz", None)
    ]


def test_a_closed_meeting_reads_the_same_after_all_was_replaced_and_has_no_forms(
    opened, sample_path
):
    app = opened(sample_path, meeting="MTG-2026-3")
    app = press(app, "Close the meeting")
    assert not refusals(app) and "as known on" in said(app)
    assert not {"Mark as done", "Decide", "Record another decision"} & labels(app)
    before = agenda_of(app)
    batches.undo(ui.store(), "1", LOCAL_OWNER)
    put(ui.store(), initiatives="initiative_id name unit\nx Ex Claims")
    app = opened(sample_path, meeting="MTG-2026-3")
    assert len(before) > 2_000 and agenda_of(app) == before


def test_what_is_told_after_the_last_meeting_closed_is_marked_as_restated(opened, sample_path):
    press(opened(sample_path, meeting="MTG-2026-2"), "Close the meeting")
    costs = "initiative_id month category planned_amount actual_amount"
    put(ui.store(), costs=f"{costs}\nINI-001 2026-04 people 1000 900000")
    put(ui.store(), initiatives="initiative_id name unit\nINI-022 Parts Logistics")
    app = opened(sample_path, meeting="MTG-2026-3")
    assert not refusals(app)
    assert "Spent to date" in said(app) and "were restated since:" in said(app)
    assert "Restated -€15" in said(app) and "1 no longer valued" not in said(app)
    assert "as known on" in said(app).partition("Changes are since")[2].partition("Where we")[0]


def test_reopening_lets_the_room_record_again(opened, sample_path):
    app = press(opened(sample_path, meeting="MTG-2026-2"), "Close the meeting")
    app = press(app, "Reopen the meeting")
    assert (
        not refusals(app)
        and "Record another decision" in str([each.key for each in app.button])
        or "Mark as done" in labels(app)
    )


@pytest.mark.parametrize("role", ["executive", "analyst"])
def test_who_may_not_decide_sees_everything_and_no_form(opened, sample_path, role):
    app = opened(sample_path, user=PEOPLE[role], meeting="MTG-2026-3")
    assert not refusals(app) and "Decisions required" in said(app)
    assert not {"Mark as done", "Mark as not done", "Close the meeting", "Take back"} & labels(app)


def test_a_chair_of_one_unit_decides_there_and_is_told_who_closes_the_meeting(opened, sample_path):
    cleo = PEOPLE["chair"] | {"units": ["Logistics"]}
    app = opened(sample_path, user=cleo, meeting="MTG-2026-3")
    assert not refusals(app) and "who sees them all creates, closes and reopens one" in said(app)
    assert "Close the meeting" not in labels(app)
    app.session_state["decide-other"] = True
    assert "record-other" in {button.key for button in app.run().button}


def test_the_first_meeting_compares_with_the_beginning(opened, sample_path):
    app = opened(sample_path, meeting="MTG-2025-4")
    assert not refusals(app)
    assert "There was no meeting before this one, so changes are since the beginning." in said(app)
    assert "Nothing was decided before that could be done by now." in said(app)


def test_a_meeting_nobody_knows_is_said_and_the_newest_is_shown(opened, sample_path):
    app = opened(sample_path, meeting="MTG-<b>")
    assert not refusals(app)
    assert "There is no meeting MTG-<b>" in "".join(each.value for each in app.warning).replace(
        "\\", ""
    )


def test_a_full_screen_with_nothing_to_show_has_a_title_and_a_way_out(opened, tmp_path):
    path = tmp_path / "nothing.duckdb"
    with Store(path) as store:
        put(store, initiatives="initiative_id name unit\na Ada Claims")
        batches.undo(store, "1", LOCAL_OWNER)
    for name in ("present", "pack"):
        app = opened(path).switch_page(f"pages/steering/{name}.py").run()
        assert app.title[0].value == "Nothing to show yet" and not refusals(app)
        assert "There are no initiatives to see yet." in said(app)


def test_a_portfolio_without_meetings_offers_to_create_one(opened, tmp_path):
    path = tmp_path / "small.duckdb"
    with Store(path) as store:
        put(store, initiatives="initiative_id name unit\na Ada Claims")
    app = opened(path)
    assert not refusals(app) and "There is no steering meeting yet" in said(app)
    app.session_state["new-meeting"] = True
    app.run()
    app = press(app, "Create the meeting")
    assert not refusals(app) and "Decisions required" in said(app)
    assert len(ask(ui.store(), "steering/meetings", lens=Lens(sitting.ALWAYS))) == 1
