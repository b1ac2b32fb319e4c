"""Who is stuck, since when, behind which barrier, at what cost per month?"""

import streamlit as st

from dashboard import formats, ledger, stalled, ui
from dashboard.charts import delivery
from dashboard.charts import ledger as charts

ui.head("Stalled", "Who is stuck, since when, behind which barrier, at what cost per month?")

rows = ui.ask("delivery/stalled")
st.markdown(f"### {formats.plain(stalled.finding(rows, ui.chosen().stalled_days))}")
ui.note(formats.plain(stalled.left_out(ui.figures())))
if len(rows):
    ui.table(stalled.shown(rows), "stalled-table", stalled.COLUMNS)
    ui.note("Click a row to open the initiative.")
ui.where_from("delivery/stalled", ("cost_of_delay_amount", "monthly_cost_amount", "days_in_stage"))

every = ui.ask("portfolio/initiatives")
chosen = ui.choose_held(every[every["is_open"]])
if chosen:
    ui.mend_barriers(chosen)

st.markdown("### The barrier ledger: where the months went")
days = ui.ask("delivery/barrier_days")
ui.show(delivery.barrier_days(days, ui.is_dark()), "delivery/barrier_days", note=stalled.LEDGER)

durations = ui.ask("delivery/time_to_production", from_stage="pilot")
waits = ui.ask("delivery/barrier_waits")
kept = ui.choose_waits(
    ledger.cards(days, ui.ask("delivery/barriers_held")),
    {
        name: ledger.what_if(durations, waits, every, {name: 0.5}).briefly()
        for name in ledger.LABELS
    },
)
ui.note("An initiative behind two barriers stands in both rows: never add the rows up.")
ui.where_from(
    "delivery/barriers_held", ("held_benefit_amount", "held_delay_amount", "held_cost_amount")
)

ui.show(
    charts.what_if(ledger.what_if(durations, waits, every, kept), ui.is_dark()),
    "delivery/barrier_waits",
    ("earlier_months", "earlier_amount"),
    note=ledger.EXPLAINED,
)
ui.show(
    charts.by_quarter(ui.ask("delivery/barrier_quarters"), ui.is_dark()),
    "delivery/barrier_quarters",
    note="Initiative-months; the stronger the shade, the larger the share of its quarter.",
)
ui.show(
    charts.by_unit(days, ui.is_dark()),
    "delivery/barrier_days",
    note="Initiative-months; the stronger the shade, the larger the share of its unit.",
    key="by-unit",
)
