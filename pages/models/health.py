"""Are live models well, and what money rests on the sick ones?"""

import streamlit as st

from dashboard import formats, models, ui

ui.head("Model health", "Are live models well? What money rests on the sick ones?")

rows = ui.ask("models/health")
now = models.figures(rows)
before = models.figures(ui.ask("models/health", as_of=ui.chosen().compare_on))

st.markdown(f"### {formats.plain(models.finding(now))}")
for column, name in zip(st.columns(4, wrap=True), models.FOUR, strict=True):
    with column:
        ui.metric(name, now, before)
ui.note(formats.plain(models.basis(rows, ui.chosen().compare_on)))

show = ui.choose_one("Show", models.SHOWS, "models_show")
wanted = models.needed(rows) if show == "needed" else rows
st.markdown(f"**{formats.plural(len(wanted), 'row')} of {len(rows):,}**, the most money first")
if len(wanted):
    ui.models_table(wanted)
    ui.note("Click a row to open the model; without one, its initiative opens.")
ui.note(models.RULE)
ui.where_from("models/health", models.FOUR)
