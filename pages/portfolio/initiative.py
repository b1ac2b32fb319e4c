"""What is there to know about one initiative, and why does it stand where it stands?"""

import streamlit as st

from dashboard import formats, initiative, prospect, ui
from dashboard.charts import forecast as forecast_charts
from dashboard.charts import portfolio as charts

ui.head("Initiative", "Everything about one initiative: where it stands, since when, and why.")

one = ui.choose_initiative()
about = {"initiative_id": one["initiative_id"]}

st.markdown(f"## {formats.plain(one['name'])}")
st.markdown(formats.plain(initiative.standing(one)))
st.markdown(formats.plain(one["description"]))
figures = initiative.figures(one)
for column, name in zip(st.columns(4, wrap=True), figures, strict=True):
    with column:
        ui.metric(name, figures, {})
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
    ui.note("No costs and no benefits are recorded.")

st.markdown("#### What it will be worth")
valued, paid, way = ui.prospect(one["initiative_id"])
st.markdown(formats.plain(prospect.says(valued, paid)))
if way is not None:
    ui.show(
        forecast_charts.cash(way, ui.is_dark()),
        "value/forecast",
        ("rnpv_amount", "payback_month", "irr_share"),
        key="cash",
        note=f"Assumed: {formats.plain(ui.FIRST.says())}.",
        computed=valued,
        assumed=ui.FIRST.says(),
    )

ui.section("What holds it back", "portfolio/barriers", initiative.BARRIERS, **about)
ui.mend_barriers(one["initiative_id"])
ui.section("What was decided about it", "portfolio/decisions", initiative.DECISIONS, **about)
ui.section("How its models do", "portfolio/models", initiative.MODELS, **about)
ui.link_models(one["initiative_id"])
ui.runs(one["initiative_id"])
ui.equipment(one["initiative_id"], one["name"])
ui.disputed(one["initiative_id"])

st.markdown("#### Its record")
st.markdown(initiative.record(one))
