"""What platforms show of one initiative: its runs, and where people differ."""

import streamlit as st

from dashboard import connecting
from dashboard.ui.asking import ask, chosen
from dashboard.ui.connectors import look_up
from dashboard.ui.moving import note
from dashboard.ui.showing import where_from


def runs(initiative_id: str) -> None:
    """How an initiative's pipelines run: last success, success rate, where to see it."""
    st.markdown("#### How its pipelines run")
    about = {"initiative_id": initiative_id}
    rows = ask("portfolio/runs", **about)
    if rows.empty:
        note("No platform has told of a run.")
        return
    st.markdown("\n".join(f"- {connecting.run(row)}" for row in rows.itertuples()))
    where_from("portfolio/runs", ("success_share",), **about)


def disputed(initiative_id: str) -> None:
    """Where somebody says of an initiative that what a platform shows is not in place."""
    rows = look_up("sources/disagreements", chosen().lens())
    rows = rows[rows["initiative_id"] == initiative_id]
    if len(rows):
        st.markdown("**Where people and platforms disagree**")
        st.markdown("\n".join(f"- {connecting.disagreement(row)}" for row in rows.itertuples()))
