"""Everything about one: timeline, money, models, layers, barriers, decisions."""

import streamlit as st

from dashboard import formats, initiative, ui
from dashboard.charts import portfolio as charts

ui.head("Initiative", "Everything about one initiative: where it stands, since when, and why.")

one = ui.choose_initiative()
about = {"initiative_id": one["initiative_id"]}

st.markdown(f"## {formats.plain(one['name'])}")
st.markdown(formats.plain(initiative.standing(one)))
st.markdown(formats.plain(one["description"]))
for column, (label, value) in zip(st.columns(4, wrap=True), initiative.figures(one), strict=True):
    column.metric(label, value, border=True)
ui.where_from("portfolio/initiative", initiative.TERMS, **about)

timeline = ui.ask("portfolio/timeline", **about)
if len(timeline):
    ui.show(
        charts.timeline(timeline, ui.chosen().as_of, ui.is_dark()),
        "portfolio/timeline",
        note=initiative.undated(timeline),
        **about,
    )

money = ui.ask("portfolio/money", **about)
if len(money):
    ui.show(charts.money(money, ui.chosen().as_of, ui.is_dark()), "portfolio/money", **about)
else:
    st.caption("No costs and no benefits are recorded.")

left, right = st.columns(2)
with left:
    ui.section(
        "What holds it back",
        "portfolio/barriers",
        initiative.BARRIERS,
        "No barrier is recorded.",
        **about,
    )
    ui.section(
        "Decisions",
        "portfolio/decisions",
        initiative.DECISIONS,
        "Nothing was decided about it yet.",
        **about,
    )
with right:
    ui.section(
        "Its models",
        "portfolio/models",
        initiative.MODELS,
        "Nothing was measured of a model.",
        **about,
    )
    ui.section(
        "Its layers", "portfolio/layers", initiative.LAYERS, "No capability was assessed.", **about
    )

st.markdown("#### Its record")
st.markdown(initiative.record(one))
