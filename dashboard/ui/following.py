"""The decisions to follow up: choose some, take them along as a calendar or a table."""

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from dashboard.steering import calendar, following
from dashboard.ui.asking import chosen
from dashboard.ui.choosing import choose_one
from dashboard.ui.moving import INITIATIVE, go_to
from dashboard.ui.showing import csv
from dashboard.ui.tables import formatted, row_clicked, tall
from dashboard.ui.taking import take


def choose_decisions(rows: pd.DataFrame) -> pd.DataFrame:
    """The decisions of the state, owners and outcomes the reader chose; kept in the URL."""
    with st.container(horizontal=True, key="decision-filters"):
        state = choose_one("State", following.STATES, "decision_state")
        owners = _choose("Owners", following.owners(rows), "decision_owner")
        outcomes = _choose("Decided", following.outcomes(rows), "decision_outcome")
    return following.chosen(rows, state, owners, outcomes)


def _choose(label: str, options: list[str], key: str) -> list[str]:
    return st.multiselect(
        label, options, key=key, placeholder="All", bind="query-params", width=230
    )


def decisions_table(rows: pd.DataFrame) -> None:
    """The decisions, one row each; a click opens the initiative, if it is about one."""
    event = st.dataframe(
        rows,
        key="decisions-table",
        hide_index=True,
        column_config=formatted(following.COLUMNS),
        column_order=list(following.COLUMNS),
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
        height=tall(rows),
        placeholder="–",
    )
    place = row_clicked(event)
    if place is not None and not rows.iloc[place][["initiative_id", "unit"]].isna().any():
        go_to(INITIATIVE, initiative_id=rows.iloc[place]["initiative_id"])


def take_decisions(rows: pd.DataFrame) -> None:
    """The decisions as a calendar of their due dates, and as CSV."""
    with st.container(horizontal=True, key="decision-files"):
        take(
            f"Due dates for a calendar ({len(calendar.dated(rows))})",
            lambda: calendar.file(rows, datetime.now(UTC)),
            f"decisions-{chosen().as_of}.ics",
            "decisions-ics",
            icon="event",
            disabled=calendar.dated(rows).empty,
        )
        take(
            "Decisions (CSV)",
            lambda: csv(rows),
            f"decisions-{chosen().as_of}.csv",
            "decisions-csv",
        )
