"""The steps of an import: each appears once the one before it has what it needs."""

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import streamlit as st

from dashboard import formats, importing
from dashboard.ui import mending
from dashboard.ui.asking import store, viewer
from dashboard.ui.meaning import (
    begun_with,
    choose_fixed,
    choose_words,
    said_year,
    say_questions,
)
from dashboard.ui.moving import note
from dashboard.ui.reading import forget_choices, read_file, sheet_of
from dashboard.ui.working import made
from data import mappings, uploads
from data.errors import DataError
from data.importing import Mapping, Prepared, Suggestion, suggest, warm
from data.importing.choices import Choices
from data.importing.day import suggested as suggested_day
from data.importing.mapping import from_json
from data.importing.mending import mended
from data.importing.recognize import TableGuess, table
from data.importing.sheet import Sheet
from data.mappings import Saved
from data.progress import Progress

FUNNEL = "pages/delivery/funnel.py"
TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "xlsb", "ods", "json", "jsonl", "parquet"]


def choose_file():
    """The uploaded file; ends the page with what to do until there is one."""
    upload = st.file_uploader(
        "A file: a workbook, CSV or other separated text, JSON lines, Parquet",
        type=TYPES,
        key="file",
        on_change=_start_anew,
    )
    _say_what_was_stored()
    if upload is None:
        warm()
        st.info(
            "Any list of AI initiatives with a name and a stage will do; its columns are "
            "recognized. Nothing is stored before you say so, and every upload can be taken back."
        )
        st.stop()
    return upload


def read_upload(upload) -> tuple[Sheet, Choices]:
    """The table in the uploaded file, and how the analyst wants it read."""
    digest = _digest(upload)
    sheet, choices = read_file(digest, upload.getvalue())
    return mended(sheet, mending.mended_cells(digest)), choices


def known_mapping(upload, sheet: Sheet) -> Saved | None:
    """The mapping to begin with: one the analyst gives, else the one kept for these headers."""
    saved = mappings.find(store(), viewer(), sheet, upload.name)
    with st.popover("Use a mapping file", icon=":material/upload:", type="tertiary"):
        given = st.file_uploader("A mapping (JSON)", type=["json"], key="mapping_file")
    if given:
        try:
            mapping = mappings.fitted(from_json(given.getvalue()), sheet, upload.name)
            return Saved(mapping, given.name, viewer().name, datetime.now(UTC))
        except DataError as error:
            st.error(str(error))
            st.stop()
    if saved:
        st.info(importing.recognized(saved), icon=":material/history:")
    return saved


def choose_kind(upload, read: tuple[Sheet, Choices], saved: Saved | None) -> tuple[str, date, bool]:
    """What the file is, the day it describes, and whether it is a complete list."""
    kinds = importing.kinds()
    names = list(kinds)
    stem = Path(upload.name).stem.removesuffix("-stored")
    sheet, choices = read
    guess = _guessed(_digest(upload), choices, sheet)
    likely = saved.mapping.as_ if saved else stem if stem in names else guess.as_
    left, middle, right = st.columns([3, 1.2, 1.5], vertical_alignment="bottom")
    as_ = left.selectbox(
        "This file is",
        names,
        index=names.index(likely) if likely in names else 0,
        format_func=kinds.get,
        key="import_as",
    )
    day, why = _day(_digest(upload), choices, sheet, upload.name, date.today())
    as_of = middle.date_input(
        "It describes",
        day,
        key="import_as_of",
        help=f"Suggested: {formats.day(day)} ({formats.plain(why)}).",
    )
    is_complete = right.checkbox(
        "It is a complete list",
        key="import_complete",
        help="What is stored and no longer in the file is removed (undo brings it back).",
    )
    if not saved:
        note(formats.plain(importing.guess(guess)))
    note(f"{formats.day(day)} is suggested: {formats.plain(why)}.")
    return as_, as_of, is_complete


def choose_mapping(
    upload, read: tuple[Sheet, Choices], as_: str, as_of: date, saved: Saved | None
) -> Mapping:
    """What each column and each word means: suggested, and the analyst's to change."""
    sheet, choices = read
    key = f"{as_}-{_digest(upload)[:8]}"
    year = said_year(key)
    file = (_digest(upload), choices, sheet, as_, as_of, upload.name, year)
    suggested, suggestions = _suggested(*file)
    if saved:
        mapping = mappings.fitted(saved.mapping, sheet, upload.name, as_of, year)
        saved = replace(saved, mapping=mapping)
        choices = choices.or_else(mapping.choices.of_cells)
    kept = saved.mapping.values if saved and saved.mapping.as_ == as_ else {}
    if saved and saved.mapping.as_ == as_:
        suggestions = importing.as_saved(suggestions, saved)
    known = sum(1 for each in suggestions if each.target)
    all_columns = formats.plural(len(sheet.headers), "column")
    with st.expander(f"{known} of {all_columns} are recognized", not saved):
        edited = st.data_editor(
            importing.columns_table(sheet, suggestions),
            key=f"columns-{key}",
            hide_index=True,
            disabled=["header", "confidence", "why", "values"],
            column_config={
                "header": "Column of the file",
                "target": st.column_config.SelectboxColumn(
                    "Means", options=importing.choices(as_, suggestions), required=True
                ),
                "confidence": st.column_config.NumberColumn("Sure", format="percent"),
                "why": "Why",
                "values": "Some values",
            },
            height=280,
        )
    columns = {
        header: target
        for header, target in zip(edited["header"], edited["target"], strict=True)
        if target != importing.NOT_USED
    }
    fixed, rates = begun_with(saved, suggested, year)
    mapping = Mapping(as_, as_of, columns, {**kept}, choices, {}, rates)
    mapping = choose_fixed(key, mapping, fixed)
    return say_questions(key, sheet, choose_words(key, sheet, mapping))


def prepare_file(upload, mapping: Mapping) -> Prepared:
    """What the file would store; ends the page with one sentence when the mapping does not fit."""
    cells = mending.mended_cells(_digest(upload))
    said = importing.as_text(mapping)
    key = (_digest(upload), upload.name, said, store().version(), viewer(), str(cells))

    def work(tell: Progress) -> Prepared:
        content = upload.getvalue()
        file = (content, upload.name, mapping.as_, mapping.as_of, mapping, cells)
        sheet = sheet_of(_digest(upload), mapping.choices, content)
        return uploads.look_at(store(), viewer(), *file, sheet=sheet, progress=tell)

    try:
        return made("checking", key, "Checking every row …", upload.size, work)
    except DataError as error:
        st.error(str(error))
        st.stop()


def problems(upload, prepared: Prepared) -> None:
    """What is wrong, to be filtered and mended in place."""
    mending.problems(_digest(upload), prepared)


def _say_what_was_stored() -> None:
    says = st.session_state.get("just_stored", {}).get("says")
    if says:
        st.success(says)
        with st.container(horizontal=True):
            st.page_link(FUNNEL, label="See the funnel")
            st.page_link("pages/sources/history.py", label="Take it back in History")


def _start_anew() -> None:
    """Another file has its own kind and day."""
    for key in ("import_as", "import_as_of", "import_complete"):
        st.session_state.pop(key, None)
    forget_choices()


def _digest(upload) -> str:
    """The file's content as the key of everything remembered about it."""
    return sha256(upload.getbuffer()).hexdigest()


@st.cache_data(max_entries=8, show_spinner="Recognizing its columns …")
def _suggested(
    digest: str, choices: Choices, _sheet: Sheet, as_: str, as_of: date, filename: str, year: str
) -> tuple[Mapping, list[Suggestion]]:
    return suggest(_sheet, as_, as_of, filename, year)


@st.cache_data(max_entries=8, show_spinner="Recognizing what it is …")
def _guessed(digest: str, choices: Choices, _sheet: Sheet) -> TableGuess:
    return table(_sheet)[0]


@st.cache_data(max_entries=8, show_spinner=False)
def _day(
    digest: str, choices: Choices, _sheet: Sheet, filename: str, today: date
) -> tuple[date, str]:
    return suggested_day(_sheet, filename, today)
