"""How far are we on each of the five steps, action by action?"""

import streamlit as st

from dashboard import formats, readiness, ui
from dashboard.charts import board
from dashboard.charts import readiness as charts
from dashboard.steps import STEPS

ui.head("Five steps", "How far are we on each of the five steps that bridge the gap?")

actions = ui.ask("readiness/actions")
now = readiness.latest(actions)
st.markdown(f"### {formats.plain(readiness.finding(STEPS, now))}")
if now.empty:
    st.info("No initiative is open or live on this day: choose another as-of date or other units.")
    st.stop()
ui.show(
    charts.steps(*readiness.both(STEPS, now), "Mean and weakest action of each step", ui.is_dark()),
    "readiness/actions",
    ("step_share",),
    note=readiness.BASIS,
)
for step in STEPS:
    series = readiness.trend(step, actions)
    ui.step(step, actions, board.trend(series.index, series, "step_share", ui.is_dark()))
