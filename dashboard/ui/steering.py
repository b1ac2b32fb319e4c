"""The steering meeting looked at: which one, through which clocks, and what it is told."""

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.steering import bridge, deciding
from dashboard.steering.sitting import ALWAYS, Meeting, Sitting, meetings, seated
from dashboard.ui.asking import ask, chosen, latest_day, store, through, viewer
from dashboard.ui.forecast import FIRST, record, valued


def all_meetings() -> list[Meeting]:
    """Every meeting, newest first, those still to come too."""
    with through(chosen().on(ALWAYS)):
        return meetings(ask("steering/meetings"), latest_day(store().version()))


def choose_meeting() -> Sitting | None:
    """The meeting the reader chose, kept in the URL; the newest unless chosen, None without any."""
    known = {meeting.meeting_id: meeting for meeting in all_meetings()}
    if not known:
        return None
    linked = st.query_params.get("meeting")
    if linked is not None and linked not in known:
        st.warning(f"There is no meeting {formats.plain(linked)}: this is the newest one.")
    picked = known.get(linked) or next(iter(known.values()))
    st.session_state["chosen_meeting"] = picked.meeting_id
    st.selectbox(
        "Meeting",
        list(known),
        format_func=lambda key: known[key].says() + (" (closed)" if known[key].is_closed else ""),
        key="chosen_meeting",
        on_change=_link_meeting,
    )
    return seated(picked, list(known.values()), chosen())


def _link_meeting() -> None:
    st.query_params["meeting"] = st.session_state["chosen_meeting"]


def bridged(sitting: Sitting) -> pd.DataFrame:
    """Why the portfolio's rNPV is not what it was at the last meeting: a row per initiative."""
    return _bridged(sitting, viewer(), store().version())


@st.cache_data(max_entries=50, show_spinner="Comparing with the last meeting …")
def _bridged(sitting: Sitting, who, version: str) -> pd.DataFrame:
    points = []
    for looked in (sitting.before, sitting.again, sitting.now):
        with through(looked):
            points.append(bridge.Point(ask("value/forecast"), record()))
    return bridge.split(*points, FIRST)


def decisions(sitting: Sitting) -> pd.DataFrame:
    """Every decision of the meetings held by this one's day, and what was done by then."""
    with through(sitting.day):
        return ask("steering/decisions")


def moves(sitting: Sitting) -> pd.DataFrame:
    """The moves between stages from the last meeting's as-of date to this one's."""
    with through(sitting.now):
        return ask("steering/moves", from_on=sitting.before.as_of)


def needs(sitting: Sitting) -> list[deciding.Need]:
    """Everything a decision is asked for, the costliest week first."""
    with through(sitting.now):
        return deciding.needs(ask("steering/required"), valued(FIRST))
