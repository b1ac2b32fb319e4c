"""The steering meetings there are, and the room of one: what it asks, through its own clocks."""

import streamlit as st

from dashboard.steering import agenda
from dashboard.steering import room as rooms
from dashboard.steering.room import Room
from dashboard.steering.sitting import ALWAYS, Meeting, Sitting, meetings
from dashboard.ui.asking import answer_through, ask, chosen, latest_day, store, through, viewer


def all_meetings(seen_by: Meeting | None = None) -> list[Meeting]:
    """Every meeting, newest first, those still to come too; or as a closed meeting knew them."""
    known_at = seen_by.known_at if seen_by else None
    latest = seen_by.as_of if known_at else latest_day(store().version())
    with through(chosen().on(ALWAYS).known(known_at)):
        return meetings(ask("steering/meetings"), latest)


def room_of(sitting: Sitting) -> Room:
    """The room of a meeting; what it works out once is remembered by data version."""
    return _room(sitting, viewer(), store().version(sitting.now.known_at))


@st.cache_resource(max_entries=20, show_spinner=False)
def _room(sitting: Sitting, who, version: str) -> Room:
    return rooms.enter(sitting, answer_through)


def outlook(room: Room) -> tuple[str, ...]:
    """What the portfolio is worth from here, and what half of the money would best fund."""
    return _outlook(room.sitting, viewer(), store().version(room.seen.known_at))


@st.cache_data(max_entries=50, show_spinner=False)
def _outlook(sitting: Sitting, who, version: str) -> tuple[str, ...]:
    return agenda.outlook(room_of(sitting).valued)
