"""The last steps of an import: what would change, and storing it."""

import streamlit as st

from dashboard import formats, importing, previewing, returning
from dashboard.ui.asking import brief, chosen, figures, latest_day, store, viewer
from dashboard.ui.moving import go_to, note
from dashboard.ui.taking import take
from dashboard.ui.working import progress
from data import sample, uploads
from data.errors import DataError
from data.importing import Prepared
from data.importing.read import Sheet
from data.rehearsal import Rehearsal
from data.store import Lens


def taken_out(prepared: Prepared) -> list[str]:
    """The batches of the invented sample, when the analyst agrees to replace it."""
    ids = sample.counting(store())
    if ids and st.checkbox(
        "Replace the invented sample",
        "initiatives" in prepared.tables,
        key="take_sample_out",
        help="The sample is undone in the same breath; History brings it back.",
    ):
        return ids
    return []


def changes(prepared: Prepared, is_complete: bool, instead_of: list[str]) -> None:
    """What storing would change: rows by rows, and the board before and after."""
    if previewing.is_many(prepared.rows) and not st.button("Work out what would change"):
        note("The file is long, so the comparison is made when you ask for it.")
        return
    try:
        found = _rehearsed(prepared, is_complete, instead_of)
    except DataError as error:
        st.error(str(error))
        st.stop()
    st.markdown(f"**{previewing.finding(found.changes)}.**")
    rows_changed(found)
    if previewing.is_news(found):
        _board_changed(found)


def rows_changed(found: Rehearsal, key: str = "changes") -> None:
    """One table of changes at a time, each a click away."""
    kinds = {label: kind for *kind, label in previewing.counted(found.changes)}
    label = st.pills("Look at the rows", list(kinds), key=f"{key}_shown")
    if label:
        name, way, count = kinds[label]
        rows = found.changes[name].rows[way]
        st.dataframe(
            previewing.shown(rows), key=f"{key}-{name}-{way}", hide_index=True, placeholder="–"
        )
        note(previewing.says(way, count, len(rows)))


def _board_changed(found: Rehearsal) -> None:
    """The headline figures now and then, side by side."""
    after, day = found.seen
    now_on = latest_day(store().version())
    before = figures(st.session_state.get("as_of") or now_on)
    st.markdown("**What it does to the board**")
    now_on = st.session_state.get("as_of") or now_on
    st.markdown(previewing.board(before, after, now_on, day))


def _rehearsed(prepared: Prepared, is_complete: bool, instead_of: list[str]) -> Rehearsal:
    state = st.session_state
    lens = Lens(state.get("as_of"), None, chosen().units, chosen().sponsors, chosen().stalled_days)
    key = (
        prepared.sha256,
        prepared.filename,
        str(prepared.mapping.to_dict()),
        is_complete,
        tuple(instead_of),
        store().version(),
        lens,
        viewer(),
    )
    return _rehearsal(key, prepared, is_complete, instead_of, lens)


@st.cache_data(max_entries=4, show_spinner="Working out what would change …")
def _rehearsal(key: tuple, _prepared, _is_complete, _instead_of, _lens) -> Rehearsal:
    return uploads.rehearse(
        store(), viewer(), _prepared, _look, _is_complete, _instead_of, lens=_lens
    )


def _look(cursor):
    return brief(cursor), cursor.execute("select as_of()").fetchall()[0][0]


def store_file(sheet: Sheet, prepared: Prepared, is_complete: bool, instead_of: list[str]) -> None:
    """Store what is good as one batch, and give back what is not, ready to be mended."""
    good, bad = sum(prepared.rows.values()), prepared.rows_refused
    label = f"Store the good rows ({good:,})" if bad else f"Store ({good:,} rows)"
    if bad:
        st.markdown(
            f"{formats.plural(bad, 'row')} cannot be stored as they are. Store the good rows now "
            "and send the rest again once it is mended; or mend everything first: until you press "
            "the button nothing is stored."
        )
    with st.container(horizontal=True):
        pressed = st.button(label, disabled=not good, key="store", type="primary")
        if prepared.problems:
            _give_back(sheet, prepared)
    if st.session_state.get("just_stored", {}).pop("is_stopped", False):
        st.info("Storing was cancelled: nothing was stored.")
    if pressed:
        _store(prepared, is_complete, instead_of)


def _give_back(sheet: Sheet, prepared: Prepared) -> None:
    """The file with its problems beside its rows: the refused ones alone, or all."""
    stem, ending = formats.file_stem(prepared.filename), returning.ending(sheet)
    if prepared.rows_refused:
        take(
            f"Download the rest ({prepared.rows_refused:,})",
            lambda: returning.file(sheet, prepared, only_refused=True),
            f"{stem}-refused.{ending}",
            "download_refused",
        )
    take(
        "Download the file with its problems",
        lambda: returning.file(sheet, prepared),
        f"{stem}-problems.{ending}",
        "download_problems",
        help="Two more columns say what is wrong in each row and how to mend it. Mend it there and "
        "send the same file again.",
    )


def take_mapping(prepared: Prepared) -> None:
    """What the columns of a file were said to mean, to be used again."""
    take(
        "Download the mapping",
        lambda: importing.mapping_file(prepared),
        f"{formats.file_stem(prepared.filename)}-mapping.json",
        "download_mapping",
    )


def _store(prepared: Prepared, is_complete: bool, instead_of: list[str]) -> None:
    place, told = st.empty(), st.session_state.setdefault("just_stored", {})
    show = progress(place, "Storing …", "cancel_storing")

    def tell(share: float, says: str) -> None:
        """Show how far it is; a page that is stopped meanwhile says so when it begins anew."""
        try:
            show(share, says)
        except BaseException:
            told["is_stopped"] = True
            raise

    try:
        outcome = uploads.keep(
            store(), viewer(), prepared, "upload", is_complete, instead_of, progress=tell
        )
    except DataError as error:
        place.error(str(error))
        return
    told["says"] = outcome.says
    go_to("pages/sources/import_file.py")
