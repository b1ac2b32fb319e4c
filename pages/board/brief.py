"""In one minute: how wide is our execution gap, is it closing, what must be decided?"""

import streamlit as st

from dashboard import briefing, formats, impact, stalled, ui
from dashboard.charts import delivery

ui.head("The execution gap", "How wide is it, is it closing, and what must be decided?")

chosen = ui.chosen()
now, before = ui.figures(), ui.figures(chosen.compare_on)

st.markdown(f"### {formats.plain(briefing.sentence(now, chosen.stalled_days))}")
st.markdown(formats.plain(briefing.tendency(now, before, formats.day(chosen.compare_on))))

over_time = ui.trend()
for column, name in zip(st.columns(4, wrap=True), briefing.FOUR, strict=True):
    with column:
        ui.metric(name, now, before, over_time)
ui.note(formats.plain(briefing.basis(now, chosen)))

benchmark = ui.benchmark()
ui.show(
    delivery.funnel(ui.ask("delivery/funnel"), benchmark, ui.is_dark()),
    "delivery/funnel",
    ("pilot_to_production_share",),
    on_click=ui.open_stage,
    note=briefing.beside(benchmark),
)

st.markdown("#### What it costs us")
for row in impact.ROWS:
    with st.container(border=True, key=f"impact-{row.key}"):
        st.markdown(f"**{row.area}**: {formats.plain(impact.finding(row, now, benchmark))}")
ui.link("pages/board/impact.py", "The impact table, with its evidence and trends")

rows = ui.ask("delivery/stalled")
st.markdown(f"#### {stalled.first(rows)}")
ui.stalled_cards(rows.head(3))
ui.link("pages/delivery/stalled.py", "Everybody who is stuck, and behind what")

ui.note(briefing.WHY)
