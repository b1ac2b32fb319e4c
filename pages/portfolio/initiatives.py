"""Which initiatives do we have and where do they stand?"""

import streamlit as st

from dashboard import formats, portfolio, ui, watermelons

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
found = portfolio.found(portfolio.members(every, group), wanted)
rows = watermelons.beside(found, ui.ask("portfolio/status"))
st.markdown(f"**{formats.plain(portfolio.finding(rows, every))}**")
st.markdown(formats.plain(watermelons.finding(rows)))
only = st.toggle(
    "Only where declared and computed status disagree", key="disagree", bind="query-params"
)
rows = watermelons.disagreeing(rows) if only else rows
if len(rows):
    ui.table(portfolio.shown(rows), "initiatives-table", portfolio.COLUMNS, height=560)
    ui.note("Disagreements first. Click a row to open the initiative.")
ui.where_from("portfolio/initiatives", ("cost_of_delay_amount", "spent_amount", "days_in_stage"))
ui.note(watermelons.RULE)
ui.where_from("portfolio/status", ("computed_status",), label="Where does the status come from?")

st.markdown("#### Whose greens turned red later")
st.markdown(watermelons.turned(ui.ask("portfolio/greens")))
ui.where_from("portfolio/greens")
