"""How long does it take, counting those still waiting?"""

import streamlit as st

from dashboard import briefing, formats, funnel, terms, ui
from dashboard.charts import passage

ui.head("Time to production", "How long does it take to go live, counting those still waiting?")

start = ui.choose_start()
way = briefing.passage(ui.ask("delivery/time_to_production", from_stage=start))
adjusted, naive, followed = st.columns(3)
adjusted.metric(
    "Median, counting all",
    funnel.median(way),
    border=True,
    help=terms.TERMS["median_live_days"].formula,
)
naive.metric(
    "Median of finishers only",
    formats.days(way.naive_days),
    border=True,
    help=terms.TERMS["naive_median_days"].formula,
)
followed.metric("Initiatives followed", formats.count(way.followed), border=True)

ui.show(
    passage.incidence(way.curve, way.naive_days, start, ui.is_dark()),
    "delivery/time_to_production",
    ("median_live_days", "naive_median_days"),
    note=way.says_left_out(),
    from_stage=start,
)
st.markdown(funnel.milestones(way))

ui.show(passage.flow(ui.ask("delivery/flow"), ui.is_dark()), "delivery/flow")
ui.show(passage.moves(ui.ask("delivery/moves"), ui.is_dark()), "delivery/moves")
