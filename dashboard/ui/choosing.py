"""What a reader can choose: the shared filters, a benchmark, an initiative; all kept in the URL."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard import briefing, formats, portfolio
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
                link(IMPORT, "Replace it with your own data")
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
    """The initiative the reader chose, as one row; ends the page when none is chosen."""
    linked = choose_linked(
        "initiative_id", initiative_names(), "an initiative", "the list of initiatives"
    )
    return ask("portfolio/initiative", initiative_id=linked).iloc[0].to_dict()


def initiative_names() -> dict[str, str]:
    """What every initiative is called in a list to choose from, by its identifier."""
    return portfolio.names(ask("portfolio/initiatives"))


def choose_linked(name: str, options: Mapping[str, str], what: str, elsewhere: str) -> str:
    """One of the options by its identifier; ends the page, with a hint, when none is chosen.

    The identifier is in the URL under `name`, not what it is called, so that a link outlives a new
    name. `what` is "an initiative", `elsewhere` where one can be opened from.
    """
    noun, key = what.split()[-1], f"{name}_chosen"
    linked = st.query_params.get(name)
    if linked in options:
        st.session_state[key] = linked
    st.selectbox(
        noun.capitalize(),
        list(options),
        index=None,
        format_func=options.get,
        placeholder=f"Choose {what}, or type to find it",
        key=key,
        on_change=_link,
        args=(name, key),
    )
    if linked not in options:
        if linked:
            st.warning(f"There is no {noun} {formats.plain(linked)} under these filters.")
        st.info(f"Choose {what} above, or open one from {elsewhere}.")
        st.stop()
    return linked


def _link(name: str, key: str) -> None:
    if st.session_state[key]:
        st.query_params[name] = st.session_state[key]


def choose_one(label: str, options: Mapping[str, str], key: str, default: str | None = None) -> str:
    """One of a few, the first or the default unless chosen; kept in the URL."""
    return st.segmented_control(
        label,
        list(options),
        format_func=options.get,
        default=default or next(iter(options)),
        required=True,
        key=key,
        bind="query-params",
    )


def choose_start() -> str:
    """From which stage on the way to production is timed."""
    stages = {stage: formats.words(stage) for stage in portfolio.STARTS}
    return choose_one("From", stages, "start", "pilot")
