"""The minutes of a meeting: put it down, record what is decided, tick what is done, close it.

Every record is a batch with its undo. Who may not decide sees no form; `data.meetings` checks too.
"""

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st

from dashboard import formats
from dashboard.steering.deciding import OUTCOMES
from dashboard.steering.sitting import Meeting, Sitting
from dashboard.ui.asking import latest_day, store, viewer
from dashboard.ui.choosing import initiative_names
from dashboard.ui.editing import edit_outcome, keep_said, undo
from dashboard.ui.moving import note
from data import batches, meetings

DAYS_TO_DO = 28
OUTCOME_KEY = "minutes"
MEETING, OTHER = "meeting", "other"
"""Where the outcome of a record is shown: below the meeting, or with the other decisions; else at
the initiative or decision it is about."""
FIELDS = ("question", "outcome", "rationale", "dissent", "owner", "due_on")


def may_record(meeting: Meeting) -> bool:
    """Whether the reader may record in this meeting now."""
    return viewer().may("decide") and not meeting.is_closed


def minutes_outcome(place: str) -> None:
    """What the last record did, with its undo, or why it was refused, where it was said."""
    if st.session_state.get("said_at") == place:
        edit_outcome(OUTCOME_KEY)


def _keep(place: str, says: str, storing: Callable[[], batches.Stored], form: str = "") -> None:
    """Store from a button's callback; the form it was filled in is closed unless it was refused."""
    st.session_state["said_at"] = place
    if keep_said(OUTCOME_KEY, says, storing, "decide") and form:
        st.session_state[form] = False


def create_meeting() -> None:
    """A form for a new meeting; the page then shows it."""
    if not meetings.may_convene(viewer()):
        return
    with st.popover(
        "New meeting", icon=":material/add:", key="new-meeting", on_change="rerun"
    ) as box:
        if not box.open:
            return
        latest = latest_day(store().version())
        with st.form("new-meeting-form", border=False):
            st.text_input("Title", "AI steering", max_chars=120, key="new_title")
            st.date_input("Held on", max(date.today(), latest), key="new_held_on")
            st.date_input("Figures as of", latest, key="new_as_of")
            st.form_submit_button("Create the meeting", type="primary", on_click=_create)


def _create() -> None:
    title, held_on, as_of = (
        st.session_state[f"new_{name}"] for name in ("title", "held_on", "as_of")
    )

    def held() -> batches.Stored:
        stored, meeting_id = meetings.hold(store(), viewer(), title, held_on, as_of)
        st.query_params["meeting"] = meeting_id
        return stored

    _keep(MEETING, f"{title}, {formats.day(held_on)}", held, form="new-meeting")


def decide(
    sitting: Sitting,
    place: str,
    about: dict[str, str | None],
    recommended: str | None = None,
    settles: str | None = None,
    label: str = "Decide",
) -> None:
    """A form to record a decision, on demand. `about` has what is known: initiative_id (to be
    chosen where it is not named), question, owner. `settles` is the decision put off before."""
    if not may_record(sitting.meeting):
        return
    with st.popover(
        label, icon=":material/gavel:", key=f"decide-{place}", on_change="rerun"
    ) as box:
        if not box.open:
            return
        with st.form(f"form-{place}", border=False):
            _form(sitting, place, about, recommended)
            st.form_submit_button(
                "Record the decision",
                type="primary",
                key=f"record-{place}",
                on_click=_record,
                args=(sitting, place, about.get("initiative_id"), settles),
            )


def _form(sitting: Sitting, place: str, about: dict, recommended: str | None) -> None:
    held_on = sitting.meeting.held_on
    if "initiative_id" not in about:
        _choose_initiative(place)
    st.text_input("Question", about.get("question") or "", key=f"question-{place}")
    st.segmented_control(
        "Outcome",
        OUTCOMES,
        default=recommended,
        key=f"outcome-{place}",
        help="A stop also changes its stage on the meeting's day: stopped, or retired if it was "
        "ever live.",
    )
    st.text_area("Rationale", key=f"rationale-{place}", height=80)
    st.text_input("Dissent: who, and why", key=f"dissent-{place}")
    st.text_input("Who does it", about.get("owner") or "", key=f"owner-{place}")
    due_on = held_on + timedelta(days=DAYS_TO_DO)
    st.date_input("By when", due_on, min_value=held_on, key=f"due_on-{place}")


def _choose_initiative(place: str) -> None:
    names = initiative_names()
    st.selectbox(
        "Initiative",
        list(names),
        index=None,
        format_func=names.get,
        placeholder="None in particular",
        key=f"initiative_id-{place}",
    )


def _record(sitting: Sitting, place: str, initiative_id: str | None, settles: str | None) -> None:
    said = {name: st.session_state[f"{name}-{place}"] for name in FIELDS}
    said["initiative_id"] = initiative_id or st.session_state.get(f"initiative_id-{place}")
    meeting_id = sitting.meeting.meeting_id
    _keep(
        place,
        f"{said['outcome']} decided for {said['initiative_id'] or 'no initiative in particular'}",
        lambda: meetings.decide(store(), viewer(), meeting_id, said, settles),
        form=f"decide-{place}",
    )


def tick(sitting: Sitting, decision_id: str, is_done: bool) -> None:
    """A button that says a decision is done on the meeting's day, or is not done after all."""
    if not may_record(sitting.meeting):
        return
    day = sitting.meeting.held_on
    said = "not done" if is_done else f"done on {formats.day(day)}"
    done = {decision_id: None if is_done else day}
    st.button(
        "Mark as not done" if is_done else "Mark as done",
        key=f"tick-{decision_id}",
        on_click=_keep,
        args=(
            decision_id,
            f"{decision_id} {said}",
            lambda: meetings.tick(store(), viewer(), done, day),
        ),
    )


def take_back(sitting: Sitting, decision_id: str) -> None:
    """A button that takes a decision recorded on the board back."""
    if not may_record(sitting.meeting):
        return
    batch = meetings.recorded(store(), viewer(), sitting.meeting.meeting_id).get(decision_id)
    if batch:
        st.button("Take back", key=f"back-{decision_id}", on_click=_take_back, args=(batch,))


def _take_back(batch: str) -> None:
    st.session_state["said_at"] = OTHER
    undo(OUTCOME_KEY, batch)


def close_meeting(sitting: Sitting) -> None:
    """Whether the meeting is open or closed, what that means, and the button that changes it."""
    meeting = sitting.meeting
    day = formats.day(meeting.as_of)
    if meeting.is_closed:
        note(
            f"Closed: it shows what the room saw, as of {day} and as known "
            f"on {formats.moment(meeting.known_at)}, whatever was stored since."
        )
    else:
        note(
            f"Open: it shows what is known now, as of {day}, its own day and not the one chosen at "
            "the side. Closing it freezes both."
        )
    if viewer().may("decide") and not meetings.may_convene(viewer()):
        note("A meeting concerns every unit: who sees them all creates, closes and reopens one.")
    if not meetings.may_convene(viewer()):
        return
    st.button(
        "Reopen the meeting" if meeting.is_closed else "Close the meeting",
        icon=":material/lock_open:" if meeting.is_closed else ":material/lock:",
        key="turn-meeting",
        on_click=_turn,
        args=(meeting,),
    )


def _turn(meeting: Meeting) -> None:
    key, as_of = meeting.meeting_id, meeting.as_of
    if meeting.is_closed:
        _keep(MEETING, "open again", lambda: meetings.reopen(store(), viewer(), key))
    else:
        _keep(MEETING, "closed", lambda: meetings.close(store(), viewer(), key, as_of))
