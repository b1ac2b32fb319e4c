"""How a page shows a figure: under its finding, with where it comes from beside it."""

import json
from collections.abc import Callable, Mapping

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

import queries
from dashboard import briefing, formats, stalled, terms
from dashboard.ui.asking import ask, choices, chosen, store, viewer
from dashboard.ui.moving import IMPORT, INITIATIVE, link
from dashboard.ui.moving import note as small
from dashboard.ui.taking import take

CHART_CONFIG = {"displayModeBar": False, "showSendToCloud": False, "responsive": True}


def is_dark() -> bool:
    """Whether the reader sees the dark mode."""
    return st.context.theme.type == "dark"


def head(title: str, question: str) -> None:
    """A page's title, its question and what is looked at; ends the page if there is nothing yet."""
    st.title(title)
    st.markdown(question)
    with st.container(key="filters-say"):
        small(formats.plain(chosen().says()))
    if not choices("board/units", viewer(), store().version()):
        nothing_yet()


def nothing_yet() -> None:
    """Say what to do on an empty store, and end the page."""
    st.info("There are no initiatives to see yet.")
    if viewer().may("import"):
        st.page_link(IMPORT, label="Bring a file in", icon=":material/upload_file:")
    else:
        st.markdown("Ask an analyst to bring the inventory in.")
    st.stop()


def metric(
    name: str,
    now: Mapping,
    before: Mapping,
    over_time: pd.DataFrame | None = None,
    border: bool = True,
) -> None:
    """One figure: its value, how it changed, and how it moved over the year."""
    term = terms.TERMS[name]
    has_past = "count_start_unknown" not in now or briefing.says_past(now)
    series = over_time[name].dropna().tolist() if over_time is not None and has_past else []
    moved = formats.change(name, now[name], before.get(name)) if has_past else None
    st.metric(
        term.label,
        formats.value(name, now[name]) if now[name] is not None else None,
        0 if moved == "0" else moved,
        delta_color=term.delta_color,
        help=formats.plain(terms.formula(name, chosen().stalled_days)),
        chart_data=series if len(series) > 1 else None,
        border=border,
    )


def small_chart(chart: go.Figure, says: str, key: str) -> None:
    """A chart that stands beside its figure and needs no title of its own."""
    st.plotly_chart(chart, key=key, theme=None, config=CHART_CONFIG, alt=says)


def show(
    chart: go.Figure,
    question: str,
    figures_shown: tuple[str, ...] = (),
    on_click: Callable[[dict], None] | None = None,
    note: str = "",
    key: str = "",
    **parameters: object,
) -> None:
    """A figure under its finding, with where it comes from below it. `on_click` gets the point.

    `key` tells two figures of one question on a page apart; `parameters` may name `computed` and
    `assumed` (see `where_from`).
    """
    where = f"where-{key}" if key else ""
    key = f"figure-{key or question.replace('/', '-')}"
    title = chart.layout.title.text
    chart.layout.title.text = None
    chart.layout.margin.t = 40 if chart.layout.showlegend else 8
    with st.container(key=key):
        st.markdown(f"#### {formats.plain(title)}")
        event = st.plotly_chart(
            chart,
            key=f"{key}-chart",
            theme=None,
            config=CHART_CONFIG,
            on_select="rerun" if on_click else "ignore",
            selection_mode="points",
            alt=title,
        )
        if note:
            small(note)
        where_from(question, figures_shown, where, **parameters)
    points = event["selection"]["points"] if on_click else []
    if points:
        on_click(points[0])


def where_from(
    question: str,
    figures_shown: tuple[str, ...] = (),
    key: str = "",
    computed: pd.DataFrame | None = None,
    assumed: str = "",
    label: str = "Where does this come from?",
    **parameters: object,
) -> None:
    """The question, formulas, rows, day and SQL behind a figure, opened on demand by `label`.

    Where a figure is worked out from the rows and assumptions, `computed` holds what it was worked
    out to, row by row, and `assumed` says the assumptions; both go into the download.
    """
    key = key or f"where-{question.replace('/', '-')}"
    with st.popover(label, key=key, on_change="rerun", type="tertiary") as box:
        if not box.open:
            return
        st.markdown(f"**{queries.question(question)}** {queries.grain(question)}")
        for name in figures_shown:
            formula = terms.formula(name, chosen().stalled_days)
            st.markdown(f"*{terms.TERMS[name].label}* = {formats.plain(formula)}")
        rows = computed if computed is not None else ask(question, **parameters)
        if assumed:
            small(f"Assumed: {formats.plain(assumed)}.")
            rows = rows.assign(assumptions=assumed)
        small(
            f"{formats.plain(chosen().says())}; {formats.plural(len(rows), 'row')}; data version "
            f"{store().version().partition('/')[0]}."
        )
        take(
            "Download the rows (CSV)",
            lambda: csv(rows),
            f"{question.replace('/', '-')}-{chosen().as_of}.csv",
            f"{key}-csv",
        )
        st.code(queries.text(question), language="sql")


def csv(rows: pd.DataFrame) -> bytes:
    """Rows as CSV for a spreadsheet; text that a spreadsheet would run as a formula is defused."""
    safe = rows.copy()
    for name in safe.columns:
        safe[name] = safe[name].map(_defused)
    return safe.to_csv(index=False).encode("utf-8-sig")


def _defused(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + cell
    return (
        json.dumps(list(cell))
        if hasattr(cell, "tolist") and not pd.api.types.is_scalar(cell)
        else cell
    )


def stalled_cards(rows: pd.DataFrame) -> None:
    """A few stalled initiatives, each as a sentence with its cost and a way to open it."""
    if rows.empty:
        st.markdown("Nothing is stalled.")
    for row in rows.itertuples():
        with st.container(border=True, key=f"stalled-{row.Index}"):
            link(INITIATIVE, formats.plain(row.name), initiative_id=row.initiative_id)
            st.markdown(formats.plain(stalled.says(row)))
