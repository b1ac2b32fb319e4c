"""How many cross from idea to production?"""

import streamlit as st

from dashboard import briefing, formats, funnel, ui
from dashboard.charts import delivery, passage

ui.head("Funnel", "How many initiatives cross from idea to production?")

reading = ui.choose_one("Reading", funnel.READINGS, "reading")
ui.note(funnel.EXPLAINED[reading])

if reading == "reported":
    ui.choose_benchmark()
    rows = ui.ask("delivery/funnel")
    ui.show(
        delivery.funnel(rows, ui.benchmark(), ui.is_dark()),
        "delivery/funnel",
        ("pilot_to_production_share", "next_share"),
        on_click=ui.open_stage,
        note=briefing.beside(ui.benchmark()),
    )
    st.markdown(formats.plain(funnel.steps(rows)))
    ui.note(formats.plain(briefing.basis(ui.figures(), ui.chosen())))
    ui.show(
        delivery.by_unit(ui.ask("delivery/funnel_by_unit"), ui.is_dark()),
        "delivery/funnel_by_unit",
        ("pilot_to_production_share",),
        on_click=ui.open_unit,
        note="Lines are Wilson 95 % intervals: a long line means too few pilots to judge. "
        "Dotted: half of the pilots.",
    )

if reading == "cohort":
    within_days = st.select_slider(
        "Followed for",
        funnel.SPANS,
        365,
        format_func=formats.days,
        key="within",
        bind="query-params",
    )
    rows = ui.ask("delivery/cohorts", within_days=within_days)
    ui.show(
        delivery.cohorts(rows, within_days, ui.is_dark()),
        "delivery/cohorts",
        note=funnel.young(rows, within_days),
        within_days=within_days,
    )

if reading == "adjusted":
    start = ui.choose_start()
    way = briefing.passage(ui.ask("delivery/time_to_production", from_stage=start))
    ui.show(
        passage.incidence(way.curve, way.naive_days, start, ui.is_dark()),
        "delivery/time_to_production",
        ("median_live_days", "naive_median_days"),
        note=way.says_left_out(),
        from_stage=start,
    )
    st.markdown(funnel.milestones(way))

st.markdown("#### What others report")
ui.note("Only shares of projects that move from pilot work to production compare with ours.")
ui.benchmarks()
