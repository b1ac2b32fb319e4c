"""How does one model do, metric by metric, and since when?"""

import streamlit as st

from dashboard import formats, models, ui
from dashboard.charts import models as charts

ui.head("Model", "One model: every metric with its lines, versions, and what changed beside it.")

one = ui.choose_model()
about = {"initiative_id": one["initiative_id"], "model": one["model"]}
state = ui.ask("models/state", **about)
series = ui.ask("models/series", **about)

st.markdown(f"## {formats.plain(one['model'])}")
ui.link(ui.INITIATIVE, formats.plain(one["name"]), initiative_id=one["initiative_id"])
st.markdown(formats.plain(models.standing(state, one, ui.chosen().as_of)))
ui.note(formats.plain(models.later(ui.ask("models/later", **about))))

ui.show(
    charts.series(series, state, one["model"], ui.is_dark()),
    "models/series",
    note=models.buckets(series),
    **about,
)

st.markdown("#### Where it stands")
ui.metrics_table(models.metrics_shown(state))
ui.note(formats.plain(models.untargeted(state)))
ui.note(models.RULE)
ui.where_from("models/state", ("value_at_risk_amount",), **about)
ui.set_target(state, one["initiative_id"])

st.markdown("#### Measurement by measurement")
labels = models.labels(state)
metric, from_on, until_on = ui.choose_raw(series, one["model"], labels)
raw = ui.ask("models/raw", metric=metric, from_on=from_on, until_on=until_on, **about)
ui.note(models.raw_says(raw))
ui.show(
    charts.raw(raw, labels.get(metric, metric), ui.is_dark()),
    "models/raw",
    metric=metric,
    from_on=from_on,
    until_on=until_on,
    **about,
)
