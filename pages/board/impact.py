"""What does the gap cost us?"""

import streamlit as st

from dashboard import briefing, formats, impact, ui
from dashboard.charts import board

ui.head("Impact", "What does the gap cost us? The impact table, and the evidence beside each row.")

now, before = ui.figures(), ui.figures(ui.chosen().compare_on)
ui.choose_benchmark()
benchmark, over_time = ui.benchmark(), ui.trend()

st.markdown(impact.table())
ui.note("An initiative can stand in several rows: never add the rows up.")
ui.note(formats.plain(briefing.against(now, ui.chosen())))

for row in impact.ROWS:
    with st.container(border=True, key=f"impact-{row.key}"):
        st.markdown(f"#### {row.area}: {formats.plain(impact.finding(row, now, benchmark))}")
        headline, trend = st.columns([1, 2], vertical_alignment="center")
        with headline:
            ui.metric(row.headline, now, before, border=False)
        if briefing.says_past(now):
            with trend:
                ui.small_chart(
                    board.trend(
                        over_time.index, over_time[row.headline], row.headline, ui.is_dark()
                    ),
                    f"{row.area}, the last twelve months",
                    f"trend-{row.key}",
                )
        st.markdown(formats.plain(impact.beside(row, now)))
        ui.note(formats.plain(impact.left_out(row, now)))
        with st.container(horizontal=True, vertical_alignment="center"):
            for group in (row.group, *row.side_groups):
                ui.link_to_group(group)
            ui.where_from(
                row.question, (row.headline, *row.beside), key=f"where-{row.key}", **row.parameters
            )
