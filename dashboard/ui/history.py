"""The batches, each with its undo or redo."""

import math
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import formats, history
from dashboard.ui.asking import store, viewer
from dashboard.ui.moving import note
from dashboard.ui.taking import take
from data import backup, batches, dependents, exports
from data.errors import DataError

AT_ONCE = 20


def page_of_batches(rows: pd.DataFrame) -> pd.DataFrame:
    """The batches of the chosen page, twenty at a time, latest first."""
    pages = max(1, math.ceil(len(rows) / AT_ONCE))
    if pages == 1:
        return rows
    page = st.pagination(pages, key="batch_page", bind="query-params")
    return rows.iloc[(page - 1) * AT_ONCE : page * AT_ONCE]


def batch(row) -> None:
    """One batch: what it holds and the way to take it back or let it count again."""
    with st.container(border=True, key=f"batch-{row.number}"):
        text, action = st.columns([5, 1], vertical_alignment="center")
        state = "" if row.is_counting else " (undone)"
        text.markdown(f"**{formats.plain(history.title(row))}**{state}")
        with text:
            note(formats.plain(history.says(row)))
        pressed = action.button(
            "Undo" if row.is_counting else "Redo", key=f"turn-{row.number}", width="stretch"
        )
        _details(row)
    if pressed:
        _ask_or_turn(row)


def _details(row) -> None:
    """What a batch holds, on demand: its file's hash, its mapping, its rows."""
    with st.popover(
        "Details", key=f"details-{row.number}", on_change="rerun", type="tertiary"
    ) as box:
        if not box.open:
            return
        if isinstance(row.file_hash, str):
            st.markdown(f"SHA-256 of the file: `{row.file_hash}`")
        mapping, opened, who = history.mapping_file(row), store(), viewer()
        if mapping:
            take(
                "Its mapping (JSON)",
                lambda: mapping,
                f"batch-{row.number}-mapping.json",
                f"mapping-{row.number}",
            )
        for name in history.tables(row):
            take(
                f"Its {formats.words(name)} (CSV)",
                partial(exports.batch_csv, opened, who, row.batch_id, name),
                f"batch-{row.number}-{name}.csv",
                f"rows-{row.number}-{name}",
            )


def _ask_or_turn(row) -> None:
    """Turn a batch at once, unless an undo touches what later batches built on it."""
    if not row.is_counting:
        _turn(batches.redo, row.batch_id)
        return
    others = dependents.of(store(), viewer(), row.batch_id)
    if others:
        _confirm_undo(row, others)
    else:
        _turn(batches.undo, row.batch_id)


@st.dialog("Undo this batch?")
def _confirm_undo(row, others: list[dependents.Dependent]) -> None:
    st.markdown(history.built_upon(row.number, others))
    if st.button("Undo it", key="undo-now", type="primary"):
        _turn(batches.undo, row.batch_id)


def _turn(turn, batch_id: str) -> None:
    try:
        turn(store(), batch_id, viewer())
    except DataError as error:
        st.error(str(error))
        return
    st.rerun()


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
