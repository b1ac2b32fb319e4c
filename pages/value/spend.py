"""Where did the money go?"""

import streamlit as st

from dashboard import formats, spend, ui
from dashboard.charts import value as charts

ui.head("Spend", "Where did the money go, and how much of it reached production?")

overruns, split = ui.ask("value/overruns"), ui.ask("value/spend_split")
if not spend.has_money(overruns):
    ui.no_money(spend.NO_MONEY)
now = spend.figures(overruns)
st.markdown(f"### {formats.plain(spend.finding(now))}")
for column, name in zip(st.columns(4, wrap=True), spend.FOUR, strict=True):
    with column:
        ui.metric(name, now, {})
ui.note(formats.plain(spend.basis(overruns, split)))
ui.where_from("value/overruns", spend.FOUR)

reading = ui.choose_one("Months", spend.READINGS, "spend_reading")
by_month = ui.ask("value/spend_by_month")
ui.show(
    charts.by_month(
        by_month,
        ui.chosen().as_of,
        spend.months_finding(by_month),
        ("planned_amount", "actual_amount"),
        reading == "cumulative",
        ui.is_dark(),
    ),
    "value/spend_by_month",
    note="After the as-of date there is only the plan.",
)

group = ui.choose_one("Split by", spend.SPLITS, "spend_split")
grouped = spend.by(split, group)
ui.show(charts.split(grouped, group, ui.is_dark()), "value/spend_split", ("spent_amount",))
ui.show(
    charts.waterfall(grouped, group, ui.is_dark()),
    "value/spend_split",
    ("variance_amount",),
    key="variance",
)

st.markdown("#### Overruns, the largest first")
rows = spend.overspent(overruns)
if len(rows):
    ui.table(rows, "overruns-table", spend.COLUMNS, height=420)
else:
    ui.note("No initiative with a plan has cost more than it.")
ui.where_from("value/overruns", ("variance_amount", "variance_share"), key="where-overruns")
