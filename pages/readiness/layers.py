"""Which initiative has which of the five layers every production AI system needs?"""

import streamlit as st

from dashboard import formats, layers, ui
from dashboard.charts import readiness as charts
from dashboard.steps import EVERY_LAYER

ui.head("Layers", "Which initiative has which of the five layers a production system needs?")

who = ui.choose_one("Initiatives", layers.WHO, "who")
rows = layers.of(ui.ask("readiness/layers"), who)
if rows.empty:
    st.info("No initiative is in these stages on this day: choose others above.")
    st.stop()
st.markdown(f"### {formats.plain(layers.finding(rows, who))}")

applications = ui.ask("readiness/applications")
for layer in EVERY_LAYER:
    st.markdown(f"- {layers.says(layer, rows, applications)}")
ui.where_from("readiness/applications")
if not layers.is_assessed(rows):
    st.info(layers.NOT_ASSESSED)

scores = layers.by_unit(rows)
ui.show(
    charts.by_unit(scores, layers.unit_finding(scores), ui.is_dark()),
    "readiness/layers",
    ("layer_share",),
    note="Percent; ? where nothing is known. Choose a unit on the left to look at it alone.",
    key="by-unit",
)

st.markdown(f"#### What {layers.WHO[who].lower()} initiatives run without")
ui.run_without(rows, who)

unblocking = ui.ask("readiness/unblocking")
st.markdown("#### The next capability that would unblock the most benefit")
st.markdown(formats.plain(layers.unblocks(unblocking)))
if len(unblocking):
    ui.show(
        charts.unblocking(unblocking, "What each capability would unblock, a year", ui.is_dark()),
        "readiness/unblocking",
        ("unblocked_benefit_amount",),
        note=layers.UNBLOCKING,
    )

lacks = ui.choose_lacking()
shown = layers.lacking(rows, lacks)
if layers.is_assessed(shown):
    ui.layer_map(shown)
else:
    ui.note("There is nothing to draw: no capability of these initiatives was assessed.")
