"""Which initiatives do we have and where do they stand?"""

import streamlit as st

from dashboard import formats, portfolio, ui

ui.head("Initiatives", "Which initiatives do we have and where do they stand?")

group = st.selectbox(
    "Show",
    list(portfolio.GROUPS),
    format_func=lambda name: portfolio.GROUPS[name].label,
    key="group",
    bind="query-params",
)
wanted = st.text_input("Find", key="find", bind="query-params", placeholder="name, owner or unit")

every = ui.ask("portfolio/initiatives")
rows = portfolio.found(portfolio.members(every, group), wanted)
st.markdown(f"**{formats.plain(portfolio.finding(rows, every))}**")
if len(rows):
    ui.table(portfolio.shown(rows), "initiatives-table", portfolio.COLUMNS, height=560)
    ui.note("Click a row to open the initiative.")
ui.where_from("portfolio/initiatives", ("cost_of_delay_amount", "spent_amount", "days_in_stage"))
