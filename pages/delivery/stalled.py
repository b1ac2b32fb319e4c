"""Who is stuck, since when, behind which barrier, at what cost per month?"""

import streamlit as st

from dashboard import formats, stalled, ui
from dashboard.charts import delivery

ui.head("Stalled", "Who is stuck, since when, behind which barrier, at what cost per month?")

rows = ui.ask("delivery/stalled")
st.markdown(f"### {formats.plain(stalled.finding(rows, ui.chosen().stalled_days))}")
ui.note(formats.plain(stalled.left_out(ui.figures())))
if len(rows):
    ui.table(stalled.shown(rows), "stalled-table", stalled.COLUMNS)
ui.where_from("delivery/stalled", ("cost_of_delay_amount", "monthly_cost_amount", "days_in_stage"))

ui.show(
    delivery.barrier_days(ui.ask("delivery/barrier_days"), ui.is_dark()),
    "delivery/barrier_days",
    note=stalled.LEDGER,
)
