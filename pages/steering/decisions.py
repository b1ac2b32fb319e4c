"""What was decided: what is overdue, what comes next, and were they good decisions?"""

import streamlit as st

from dashboard import formats, ui
from dashboard.steering import following

ui.head("Decisions", "What is overdue, what comes next, and were they good decisions?")

every = ui.ask("steering/decisions")
rows = ui.choose_decisions(every)
st.markdown(f"### {formats.plain(following.finding(rows, every))}")
if len(rows):
    ui.decisions_table(rows)
    ui.note("Overdue first. Click a row to open the initiative; units are chosen at the side.")
    ui.take_decisions(rows)
ui.where_from("steering/decisions", ("late_days",))
ui.link("pages/steering/meeting.py", "Say in the meeting what was done")

st.markdown("### Were they good decisions?")
judged = ui.ask("steering/quality")
st.markdown(f"#### {formats.plain(following.scaled_finding(judged))}")
scaled = following.scaled(judged)
if len(scaled):
    ui.table(scaled, "scaled-table", following.SCALED)
st.markdown(f"#### {formats.plain(following.held_finding(judged))}")
held = following.held(judged)
if len(held):
    ui.table(held, "held-table", following.HELD)
ui.where_from(
    "steering/quality",
    ("returning_share", "realised_since_amount", "spent_since_amount")
    + ("held_days", "hold_month_amount", "wait_amount"),
)
