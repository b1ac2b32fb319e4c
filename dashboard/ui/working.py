"""Long work on a page: how far it is, a way to cancel it, and what it made."""

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from dashboard import formats
from data.progress import Progress, quietly

LONG = 1_000_000
KEPT = 2
Made = TypeVar("Made")


def made(kind: str, key: Hashable, says: str, size: int, work: Callable[[Progress], Made]) -> Made:
    """What `work` makes, made once per key; of each kind the last two are kept.

    Work on a file of a megabyte or more (`size`, bytes) shows how far it is and can be cancelled;
    then the page ends with a way to begin again.
    """
    kept = st.session_state.setdefault(f"made_{kind}", {})
    if key not in kept:
        _end_if_cancelled(kind, key)
        if size < LONG:
            with st.spinner(says):
                found = work(quietly)
        else:
            place = st.empty()
            found = work(progress(place, says, f"cancel_{kind}", lambda: _cancel(kind, key)))
            place.empty()
        kept[key] = found
        while len(kept) > KEPT:
            del kept[next(iter(kept))]
    return kept[key]


def progress(place, says: str, key: str, on_cancel: Callable[[], object] | None = None) -> Progress:
    """Shows a share of the work and a button in `place`; pressing it ends the work when next told.

    A press begins the page anew, which stops the running script at its next word to the page.
    """
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, says)
        st.button("Cancel", key=key, on_click=on_cancel)
    return lambda share, words: bar.progress(min(max(share, 0.0), 1.0), formats.plain(words))


def _cancel(kind: str, key: Hashable) -> None:
    st.session_state["cancelled"] = (kind, key)


def _end_if_cancelled(kind: str, key: Hashable) -> None:
    if st.session_state.get("cancelled") == (kind, key):
        st.info("Cancelled: nothing was stored.")
        st.button("Begin again", key="begin_again", on_click=_forget)
        st.stop()


def _forget() -> None:
    st.session_state.pop("cancelled", None)
