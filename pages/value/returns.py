"""What did it return?"""

import streamlit as st

from dashboard import formats, returns, ui
from dashboard.charts import value as charts

ui.head("Returns", "What did it return, and how well is that proven?")

least = ui.choose_one("Count only", returns.LEVELS, "evidence")
rows = ui.ask("value/returns", least_evidence=least)
if not returns.has_money(rows):
    ui.no_money(returns.NO_MONEY)
ui.note(returns.EXPLAINED)
now = returns.figures(rows)
st.markdown(f"### {formats.plain(returns.finding(now, least))}")
for column, name in zip(st.columns(4, wrap=True), returns.FOUR, strict=True):
    with column:
        ui.metric(name, now, {})
ui.note(formats.plain(returns.basis(rows)))
ui.where_from("value/returns", returns.FOUR, least_evidence=least)

by_month = ui.ask("value/returns_by_month", least_evidence=least)
ui.show(
    charts.by_month(
        by_month,
        ui.chosen().as_of,
        returns.months_finding(by_month),
        ("planned_amount", "realised_amount"),
        False,
        ui.is_dark(),
    ),
    "value/returns_by_month",
    ("realised_amount",),
    least_evidence=least,
)
ui.show(
    charts.bubbles(rows, ui.is_dark()),
    "value/returns",
    ("spent_amount", "realised_amount"),
    on_click=ui.open_initiative,
    note="Above the dotted line more came back than was spent. Size: benefit promised a year. "
    "Filled: at least half of what came back is measured or confirmed. Click one to open it.",
    key="bubbles",
    least_evidence=least,
)

st.markdown("#### By unit")
ui.plain_table(returns.by_unit(rows), "returns-by-unit", returns.BY_UNIT)
ui.note("The forecast offers a unit's track record as a haircut on its benefits.")
st.markdown("#### By initiative")
ui.table(returns.each(rows), "returns-table", returns.SHOWN, height=420)
ui.where_from("value/returns", ("roi_share", "track_share"), key="where-each", least_evidence=least)
