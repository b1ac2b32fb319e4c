"""Models on a page: the table, the choice of one, its raw points, and its targets set in place."""

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from dashboard import formats, models
from dashboard.charts import theme
from dashboard.ui.asking import ask, chosen
from dashboard.ui.choosing import choose_linked
from dashboard.ui.editing import edit_outcome, keep_edit, may_edit
from dashboard.ui.moving import INITIATIVE, go_to, link
from dashboard.ui.showing import is_dark
from dashboard.ui.tables import formatted, row_clicked, tall

MODEL = "pages/models/model.py"
LONGEST = timedelta(days=92)
AT_MOST = "At most 92 days at once; the chart above shows the rest."
WORDS = (("state", "State"), *models.KINDS.items())
SHADES = {"✕": "bad", "▲": "warn", "●": "good"}


def models_table(rows: pd.DataFrame) -> None:
    """The rows of `models/health`; a click opens the model, or the initiative that has none."""
    shown = models.shown(rows)
    event = st.dataframe(
        shown.style.map(_coloured, subset=["state", *models.KINDS]),
        key="models-table",
        hide_index=True,
        column_config={
            **formatted(models.COLUMNS),
            **{name: st.column_config.TextColumn(label, width=104) for name, label in WORDS},
            "performance_trend": st.column_config.LineChartColumn("26 weeks", width=96),
        },
        column_order=list(models.COLUMNS),
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
        height=tall(rows),
        placeholder="–",
    )
    place = row_clicked(event)
    if place is not None:
        _open(rows.iloc[place])


def _open(row: pd.Series) -> None:
    if formats.is_known(row["model"]):
        go_to(MODEL, model=models.key(row["initiative_id"], row["model"]))
    go_to(INITIATIVE, initiative_id=row["initiative_id"])


def _coloured(text: object) -> str:
    """A state's colour; its sign and word say the same."""
    colours = theme.palette(is_dark())
    return f"color: {getattr(colours, SHADES.get(str(text)[:1], 'muted'))}"


def metrics_table(rows: pd.DataFrame) -> None:
    """The metrics of a model, two versions in use side by side."""
    st.dataframe(
        rows.style.map(_coloured, subset=["state"]).format(
            "{:.4g}", subset=["value", "amber", "red"], na_rep="–"
        ),
        key="metrics-table",
        hide_index=True,
        column_config=formatted(models.METRICS),
        column_order=list(models.METRICS),
        placeholder="–",
    )


def choose_model() -> dict:
    """The model the reader chose, as a row of `models/known`; ends the page when there is none."""
    rows = ask("models/known")
    known = {models.key(row.initiative_id, row.model): row for row in rows.itertuples()}
    options = {key: f"{row.model} ({row.name})" for key, row in known.items()}
    return known[choose_linked("model", options, "a model", "Model health")]._asdict()


def choose_raw(series: pd.DataFrame, model: str, labels: dict[str, str]) -> tuple[str, date, date]:
    """Which metric in which days to read measurement by measurement; the last 30 days at first.

    Never more than 92 days at once: a history of years is a matter for the chart of days.
    """
    left, middle, right = st.columns([2, 1, 1])
    metric = left.selectbox(
        "Metric",
        sorted(series["metric"].unique()),
        format_func=lambda name: labels.get(name, name),
        key=f"raw_metric-{model}",
    )
    last = pd.Timestamp(series["measured_on"].max()).date()
    from_on = middle.date_input(
        "From", last - timedelta(days=30), key=f"raw_from-{model}", help=AT_MOST
    )
    until_on = right.date_input("To", last, key=f"raw_until-{model}")
    until_on = until_on or chosen().as_of
    earliest = until_on - LONGEST
    return metric, max(from_on or earliest, earliest), until_on


def set_target(state: pd.DataFrame, initiative_id: str) -> None:
    """Set a metric's lines in place, for this initiative or for all; the outcome has its undo."""
    edit_outcome("target")
    if not may_edit() or state.empty:
        return
    with st.expander("Set a target", expanded=bool(state["kind"].isna().any())):
        facts = state.sort_values("kind", na_position="first").drop_duplicates("metric")
        facts = facts.set_index("metric")
        metric = st.selectbox("Metric", list(facts.index), key="target_metric")
        known = facts.loc[metric]
        kinds = list(models.KINDS)
        with st.form(f"target-{metric}", border=False):
            kind = known["kind"] if known["kind"] in kinds else "performance"
            form = {"metric": metric}
            left, right = st.columns(2)
            form["kind"] = left.selectbox(
                "It watches", kinds, kinds.index(kind), format_func=models.KINDS.get
            )
            higher = known["higher_is_better"]
            better = right.selectbox(
                "Better is", ["higher", "lower"], int(formats.is_known(higher) and not higher)
            )
            numbers = {"format": "%g"}
            form["amber"] = left.number_input(
                "Amber line", value=formats.finite(known["amber"]), **numbers
            )
            form["red"] = right.number_input(
                "Red line", value=formats.finite(known["red"]), **numbers
            )
            for_all = st.checkbox("For every initiative, not this one alone")
            form |= {"higher": better == "higher", "for_all": for_all}
            if st.form_submit_button("Set the target"):
                _keep_target(form, initiative_id)


def _keep_target(form: dict, initiative_id: str) -> None:
    try:
        row = models.target(form, initiative_id)
    except ValueError as error:
        st.error(str(error))
        return
    keep_edit("target", "metric_targets", [row], f"a target for {form['metric']}")
    st.rerun()


def link_models(initiative_id: str) -> None:
    """A link to the page of every model of an initiative."""
    known = ask("models/known")
    for row in known[known["initiative_id"] == initiative_id].itertuples():
        link(MODEL, formats.plain(row.model), model=models.key(row.initiative_id, row.model))
