"""Changes made on a page: who may make them, what the last one did, and the way to take it back."""

from collections.abc import Callable, Iterable

import streamlit as st

from dashboard import formats
from dashboard.ui.asking import chosen, store, viewer
from data import batches, edits
from data.errors import DataError

NOTHING_CHANGED = "Nothing changed: it is stored like that already."


def may_edit() -> bool:
    """Whether the reader may change what is stored; show no form to who may not."""
    return viewer().may("edit")


def keep_edit(place: str, table: str, rows: Iterable[edits.Row], says: str) -> None:
    """Store rows of a table as the reader's edit; call it from a button's callback.

    What became of it, with its undo, is shown by `edit_outcome` of the same place. `rows` and
    `says` are those of `data.edits.keep`.
    """
    keep_said(place, says, lambda: edits.keep(store(), viewer(), table, rows, chosen().as_of, says))


def keep_answers(place: str, rows: Iterable[edits.Row], says: str) -> None:
    """Store answers of the questionnaire; otherwise as `keep_edit`."""
    keep_said(place, says, lambda: edits.answer(store(), viewer(), rows, chosen().as_of, says))


def keep_said(
    place: str, says: str, storing: Callable[[], batches.Stored], act: str = "edit"
) -> bool:
    """Store, and remember for `edit_outcome` what became of it and the act that may undo it.

    Whether it was stored, or was there already: not refused.
    """
    try:
        stored = storing()
    except DataError as error:
        _remember(place, str(error), is_refused=True)
        return False
    said = f"Stored: {says}."
    last = st.session_state.get(f"edited-{place}") or {}
    is_pressed_twice = stored.batch_id is None and last.get("says") == said
    if not is_pressed_twice:
        _remember(place, said if stored.batch_id else NOTHING_CHANGED, stored.batch_id, act=act)
    return True


def edit_outcome(place: str) -> None:
    """What the last edit at this place did, with its undo, or why it was refused."""
    last = st.session_state.get(f"edited-{place}")
    if last is None:
        return
    if last["is_refused"]:
        st.error(formats.plain(last["says"]))
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"outcome-{place}"):
        st.success(formats.plain(last["says"]), icon=":material/check:")
        if last["batch_id"] and viewer().may(last["act"]):
            st.button("Undo", key=f"undo-{place}", on_click=undo, args=(place, last["batch_id"]))


def undo(place: str, batch_id: str) -> None:
    """Take a batch back, from a button's callback; what became of it is shown at the place."""
    try:
        batches.undo(store(), batch_id, viewer())
    except DataError as error:
        _remember(place, str(error), is_refused=True)
        return
    _remember(place, "Taken back; the history can bring it again.")


def _remember(
    place: str,
    says: str,
    batch_id: str | None = None,
    is_refused: bool = False,
    act: str = "edit",
) -> None:
    """Keep what became of an edit, for the run of the page that follows."""
    st.session_state[f"edited-{place}"] = {
        "says": says,
        "batch_id": batch_id,
        "is_refused": is_refused,
        "act": act,
    }
