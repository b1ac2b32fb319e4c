"""Barriers on a page: what each took, what a shorter wait would bring, raising and resolving."""

import pandas as pd
import streamlit as st

from dashboard import formats, ledger
from dashboard.ui.asking import ask, chosen
from dashboard.ui.editing import edit_outcome, keep_edit, may_edit
from dashboard.ui.moving import note


def choose_waits(cards: list[tuple[str, str]], halved: dict[str, str]) -> dict[str, float]:
    """Every barrier with its facts and a slider; what is kept of each wait, kept in the URL.

    `halved` says of each barrier what halving its wait alone would bring.
    """
    kept = {}
    for name, says in cards:
        with st.container(border=True, key=f"barrier-{name}"):
            text, slider = st.columns([3, 1.2], vertical_alignment="center")
            text.markdown(f"**{ledger.LABELS[name]}.** {ledger.HAPPENS[name]}")
            text.markdown(formats.plain(says))
            kept[name] = slider.select_slider(
                "Of its wait, keep",
                ledger.KEPT,
                1.0,
                format_func=formats.share,
                key=f"wait_{name}",
                bind="query-params",
            )
            with slider:
                note(formats.plain(f"Halved: {halved[name]}"))
    return kept


def choose_held(rows: pd.DataFrame) -> str | None:
    """Which of these initiatives to raise or resolve a barrier for."""
    if rows.empty or not may_edit():
        return None
    names = dict(zip(rows["initiative_id"], rows["name"], strict=True))
    return st.selectbox(
        "Raise or resolve a barrier of",
        list(names),
        index=None,
        format_func=lambda key: f"{names[key]} ({key})",
        placeholder="Choose an initiative",
        key="barrier_initiative",
    )


def mend_barriers(initiative_id: str) -> None:
    """Raise a barrier of an initiative, or resolve one that stands; each with its undo."""
    place = f"barriers-{initiative_id}"
    edit_outcome(place)
    if not may_edit():
        return
    rows = ask("portfolio/barriers", initiative_id=initiative_id)
    standing = rows[rows["resolved_on"].isna()]
    with st.container(horizontal=True):
        for row in standing.itertuples():
            label = ledger.LABELS.get(row.barrier, row.barrier)
            with st.popover(f"Resolve: {label}", icon=":material/task_alt:"):
                _resolve(place, initiative_id, row)
        with st.popover("Raise a barrier", icon=":material/add:"):
            _raise(place, initiative_id, set(standing["barrier"]))


def _resolve(place: str, initiative_id: str, row) -> None:
    raised_on = pd.Timestamp(row.raised_on).date()
    with st.form(f"resolve-{initiative_id}-{row.barrier}-{raised_on}", border=False):
        form = {
            "resolved_on": st.date_input(
                "Resolved on", chosen().as_of, min_value=raised_on, max_value=chosen().as_of
            ),
            "owner": st.text_input("Who acted", row.owner if formats.is_known(row.owner) else ""),
            "note": st.text_input("Note", row.note if formats.is_known(row.note) else ""),
        }
        if st.form_submit_button("Resolve it"):
            try:
                ended = ledger.resolved(initiative_id, row.barrier, raised_on, form)
            except ValueError as error:
                st.error(str(error))
                return
            _keep(place, ended, "resolved")


def _raise(place: str, initiative_id: str, standing: set[str]) -> None:
    free = [name for name in ledger.LABELS if name not in standing]
    if not free:
        st.markdown("Every barrier stands already.")
        return
    with st.form(f"raise-{initiative_id}", border=False):
        form = {
            "barrier": st.selectbox("Barrier", free, format_func=ledger.LABELS.get),
            "raised_on": st.date_input("Since", chosen().as_of, max_value=chosen().as_of),
            "owner": st.text_input("Who must act"),
            "note": st.text_input("Note"),
        }
        if st.form_submit_button("Raise it"):
            _keep(place, ledger.raised(initiative_id, form), "raised")


def _keep(place: str, row: dict, what: str) -> None:
    says = f"{ledger.LABELS[row['barrier']]} {what} for {row['initiative_id']}"
    keep_edit(place, "barriers", [row], says)
    st.rerun()
