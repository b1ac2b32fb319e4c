"""The batches, each with its undo or redo."""

import streamlit as st

from dashboard import formats, history
from dashboard.ui.asking import store, viewer
from dashboard.ui.moving import note
from data import backup, batches
from data.errors import DataError

AT_ONCE = 20


def batches_shown() -> int:
    """How many batches to show: the latest twenty, or as many more as the reader asked for."""
    return st.session_state.setdefault("batches_shown", AT_ONCE)


def batch(row) -> None:
    """One batch: what it holds and the way to take it back or let it count again."""
    with st.container(border=True, key=f"batch-{row.number}"):
        text, action = st.columns([5, 1], vertical_alignment="center")
        state = "" if row.is_counting else " (undone)"
        text.markdown(f"**{formats.plain(history.title(row))}**{state}")
        with text:
            note(formats.plain(history.says(row)))
        turn = batches.undo if row.is_counting else batches.redo
        action.button(
            "Undo" if row.is_counting else "Redo",
            key=f"turn-{row.number}",
            on_click=_turn,
            args=(turn, row.batch_id),
            width="stretch",
        )


def _turn(turn, batch_id: str) -> None:
    try:
        turn(store(), batch_id, viewer())
    except DataError as error:
        st.toast(str(error), icon=":material/error:")


def backups() -> None:
    """Write a backup while people read, or bring one back (what is there is backed up first)."""
    viewer().must("administer")
    if st.button("Write a backup now", icon=":material/save:"):
        _write_backup()
    kept = backup.kept(store())
    if not kept:
        note("No backup was written here yet.")
        return
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    name = left.selectbox("Backups", [folder.name for folder in kept], key="backup")
    if right.button("Bring it back …", key="restore", width="stretch"):
        _confirm(name)


def _write_backup() -> str:
    with st.spinner("Writing …"):
        folder = backup.new_folder(store())
        counts = backup.write(store(), folder, viewer())
    st.toast(f"Backed up {sum(counts.values()):,} rows to {folder.name}.")
    return folder.name


@st.dialog("Bring a backup back?")
def _confirm(name: str) -> None:
    st.markdown(
        f"Everything in the store is replaced by the backup {formats.plain(name)}. "
        "What is there now is backed up first."
    )
    if st.button("Bring it back", key="restore-now"):
        try:
            _write_backup()
            backup.restore(store(), backup.home(store()) / name, viewer())
        except DataError as error:
            st.error(str(error))
            return
        st.rerun()
