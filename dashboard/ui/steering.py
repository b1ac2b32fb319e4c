"""The steering meeting looked at: which one, through which clocks, and what it is told."""

import pandas as pd
import streamlit as st

from dashboard.steering import agenda, bridge, deciding
from dashboard.steering.sitting import ALWAYS, Meeting, Sitting, meetings
from dashboard.ui.asking import ask, chosen, latest_day, store, through, viewer
from dashboard.ui.forecast import FIRST, record, valued


def all_meetings(seen_by: Meeting | None = None) -> list[Meeting]:
    """Every meeting, newest first, those still to come too; or as a closed meeting knew them."""
    known_at = seen_by.known_at if seen_by else None
    latest = seen_by.as_of if known_at else latest_day(store().version())
    with through(chosen().on(ALWAYS).known(known_at)):
        return meetings(ask("steering/meetings"), latest)


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


def outlook(sitting: Sitting) -> tuple[str, ...]:
    """What the portfolio is worth from here, and what half of the money would best fund."""
    return _outlook(sitting, viewer(), store().version())


@st.cache_data(max_entries=50, show_spinner=False)
def _outlook(sitting: Sitting, who, version: str) -> tuple[str, ...]:
    with through(sitting.now):
        return agenda.outlook(valued(FIRST))
