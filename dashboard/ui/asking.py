"""Who is looking, what they chose, and the answers to what pages ask."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache, partial

import pandas as pd
import streamlit as st

import queries
from dashboard import briefing, filters
from data import access, sample
from data.store import STALLED_DAYS, Lens, Store, default_path

_looking_through: ContextVar[filters.Filters | None] = ContextVar("looking_through", default=None)


@st.cache_resource(show_spinner="Opening the store …", on_release=Store.close)
def store() -> Store:
    """The store, opened once; a new one gets the invented sample."""
    opened = Store(default_path())
    if opened.is_new():
        sample.load(opened)
    sample.load_benchmarks(opened)
    return opened


def viewer() -> access.Viewer:
    """Who is looking."""
    return access.viewer(st.user.to_dict())


@contextmanager
def through(looked: filters.Filters) -> Iterator[None]:
    """Everything asked, said and drawn inside is through these filters, not the reader's own.

    Not inside a fragment: what is rerun alone runs without what surrounds it.
    """
    token = _looking_through.set(looked)
    try:
        yield
    finally:
        _looking_through.reset(token)


def chosen() -> filters.Filters:
    """What is looked through: what the reader chose, with the defaults filled in."""
    return _looking_through.get() or _readers_own()


def _readers_own() -> filters.Filters:
    state = st.session_state
    as_of = state.get("as_of") or latest_day(store().version())
    compare = state.get("compare") or _default_compare(as_of, viewer(), store().version())
    return filters.Filters(
        as_of=as_of,
        compare_on=compare,
        units=tuple(state.get("unit") or ()),
        sponsors=tuple(state.get("sponsor") or ()),
        stalled_days=int(state.get("stalled_days") or STALLED_DAYS),
    )


@lru_cache(maxsize=50)
def latest_day(version: str) -> date:
    """The latest day the data of a version describe."""
    with store().reader(access.SYSTEM) as cursor:
        return cursor.execute("select as_of()").fetchall()[0][0]


@lru_cache(maxsize=50)
def _default_compare(as_of: date, who: access.Viewer, version: str) -> date:
    with store().reader(who, Lens(as_of=as_of)) as cursor:
        held = queries.run(cursor, "board/last_meeting")["held_on"]
    return filters.default_compare(as_of, held.iloc[0].date() if len(held) else None)


@st.cache_data(max_entries=50, show_spinner=False)
def choices(question: str, who: access.Viewer, version: str) -> list[str]:
    with store().reader(who) as cursor:
        return queries.run(cursor, question).iloc[:, 0].tolist()


def ask(name: str, as_of: date | None = None, **parameters: object) -> pd.DataFrame:
    """The answer to a question, under the filters the reader chose (or on another day)."""
    return answer_through(chosen().lens(as_of))(name, **parameters)


def answer_through(lens: Lens) -> Callable[..., pd.DataFrame]:
    """A way to ask through a lens of one's own, as `ask` does through the reader's."""
    who, version = viewer(), store().version(lens.known_at)
    return lambda name, **given: _answer(name, queries.text(name), given, who, lens, version)


@st.cache_data(max_entries=500, show_spinner=False)
def _answer(
    name: str, sql: str, parameters: dict, who: access.Viewer, lens: Lens, version: str
) -> pd.DataFrame:
    with store().reader(who, lens) as cursor:
        return queries.run(cursor, name, **parameters)


def figures(as_of: date | None = None) -> dict[str, float | None]:
    """Every figure of the brief, on the as-of date or another."""
    lens = chosen().lens(as_of)
    return _figures(lens, viewer(), store().version(lens.known_at))


@st.cache_data(max_entries=500, show_spinner=False)
def _figures(lens: Lens, who: access.Viewer, version: str) -> dict[str, float | None]:
    with store().reader(who, lens) as cursor:
        return brief(cursor)


def brief(cursor) -> dict[str, float | None]:
    """Every figure of the brief, asked through a cursor."""
    return briefing.asked(partial(queries.run, cursor))


def trend() -> pd.DataFrame:
    """The brief's figures at each month's end of the last year: a row per day, oldest first."""
    now = chosen()
    return _trend(now, viewer(), store().version())


@st.cache_data(max_entries=100, show_spinner=False)
def _trend(now: filters.Filters, who: access.Viewer, version: str) -> pd.DataFrame:
    days = filters.trend_days(now.as_of)
    return pd.DataFrame(
        [_figures(now.lens(day), who, version) for day in days], index=days, dtype=float
    )


def benchmark() -> dict | None:
    """The published figure the reader chose to compare with; the document's own unless chosen."""
    rows = ask("delivery/benchmarks")
    rows = rows[rows["is_comparable"]].set_index("benchmark_id", drop=False)
    name = st.session_state.get("benchmark") or "document"
    return rows.loc[name].to_dict() if name in rows.index else None
