"""What a reader can choose: the shared filters, a benchmark, an initiative; all kept in the URL."""

from datetime import date

import streamlit as st

from dashboard import briefing, formats
from dashboard.ui.asking import ask, choices, latest_day, store, viewer
from dashboard.ui.moving import IMPORT, SHARED, link, note
from data import sample
from data.store import STALLED_DAYS


def choose_filters() -> None:
    """The shared filters, in the sidebar and in the URL."""
    for key in SHARED:
        if f"wanted_{key}" in st.session_state:
            st.session_state[key] = st.session_state.pop(f"wanted_{key}")
    latest = latest_day(store().version())
    days = {"value": None, "min_value": date(1990, 1, 1), "max_value": date(2100, 1, 1)}
    with st.sidebar:
        if sample.counting(store()):
            note("You are looking at an invented sample portfolio.")
            if viewer().may("import"):
                link(IMPORT, "Replace it by your own data")
        for key, question in (("unit", "board/units"), ("sponsor", "board/sponsors")):
            options = choices(question, viewer(), store().version())
            st.multiselect(
                f"{key.capitalize()}s", options, key=key, placeholder="All", bind="query-params"
            )
        st.date_input(
            "As of",
            key="as_of",
            bind="query-params",
            help=f"Empty: {formats.day(latest)}, the latest day the data describe.",
            **days,
        )
        st.date_input(
            "Compare with",
            key="compare",
            bind="query-params",
            help="Empty: the last steering meeting before, else three months earlier.",
            **days,
        )
        st.number_input(
            "Stalled after, days",
            1,
            3650,
            STALLED_DAYS,
            30,
            key="stalled_days",
            bind="query-params",
        )


def choose_benchmark() -> None:
    """Which published figure to draw beside ours."""
    rows = ask("delivery/benchmarks")
    labels = {
        row.benchmark_id: f"{briefing.source(row._asdict())}: {formats.share(row.figure)}"
        for row in rows[rows["is_comparable"]].itertuples()
    }
    if labels:
        st.selectbox(
            "Benchmark",
            list(labels),
            index=list(labels).index("document") if "document" in labels else 0,
            format_func=lambda name: labels[name],
            key="benchmark",
            bind="query-params",
            width=420,
        )


def choose_initiative() -> dict:
    """The initiative the reader chose, as one row; ends the page when none is chosen.

    Its identifier is in the URL, not its name, so that a link outlives a new name.
    """
    names = ask("portfolio/initiatives").set_index("initiative_id")["name"].to_dict()
    linked = st.query_params.get("initiative_id")
    if linked in names:
        st.session_state["initiative"] = linked
    st.selectbox(
        "Initiative",
        list(names),
        index=None,
        format_func=lambda key: f"{names[key]} ({key})",
        placeholder="Choose an initiative, or type to find it",
        key="initiative",
        on_change=_link_initiative,
    )
    if linked not in names:
        _say_none_chosen(linked)
    return ask("portfolio/initiative", initiative_id=linked).iloc[0].to_dict()


def _link_initiative() -> None:
    if st.session_state["initiative"]:
        st.query_params["initiative_id"] = st.session_state["initiative"]


def _say_none_chosen(linked: str | None) -> None:
    if linked:
        st.warning(f"There is no initiative {formats.plain(linked)} under these filters.")
    st.info("Choose an initiative above, or open one from the list of initiatives.")
    st.stop()
