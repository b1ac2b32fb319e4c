"""The steps of an import: each appears once the one before it has what it needs."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import streamlit as st

from dashboard import formats, importing
from dashboard.ui.asking import store, viewer
from data import uploads
from data.errors import DataError
from data.importing import Mapping, Prepared, read, suggest
from data.importing.read import Sheet

FUNNEL = "pages/delivery/funnel.py"
TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "xlsb", "ods", "json", "jsonl", "parquet"]


def choose_file():
    """The uploaded file; ends the page with what to do until there is one."""
    upload = st.file_uploader(
        "A file: a workbook, CSV or other separated text, JSON lines, Parquet",
        type=TYPES,
        key="file",
    )
    _say_what_was_stored()
    if upload is None:
        st.info(
            "Any list of AI initiatives with a name and a stage will do; its columns are "
            "recognized. Nothing is stored before you say so, and every upload can be taken back."
        )
        st.stop()
    return upload


def read_file(upload) -> Sheet:
    """The table in the file; ends the page with one sentence when there is none."""
    try:
        return _sheet(upload.getvalue())
    except DataError as error:
        st.error(str(error))
        st.stop()


def choose_kind(upload) -> tuple[str, date, bool]:
    """What the file is, the day it describes, and whether it is a complete list."""
    kinds = importing.kinds()
    names = list(kinds)
    stem = Path(upload.name).stem
    left, middle, right = st.columns([3, 1.2, 1.5], vertical_alignment="bottom")
    as_ = left.selectbox(
        "This file is",
        names,
        index=names.index(stem) if stem in names else 0,
        format_func=kinds.get,
        key="import_as",
    )
    as_of = middle.date_input("It describes", "today", key="import_as_of")
    is_complete = right.checkbox(
        "It is a complete list",
        key="import_complete",
        help="What is stored and no longer in the file is removed (undo brings it back).",
    )
    return as_, as_of, is_complete


def choose_mapping(sheet: Sheet, as_: str, as_of: date) -> Mapping:
    """What each column and each word means: suggested, and the analyst's to change."""
    suggested, suggestions = _suggested(sheet, as_)
    all_columns = formats.plural(len(sheet.headers), "column")
    with st.expander(f"{len(suggested.columns)} of {all_columns} are recognized", True):
        edited = st.data_editor(
            importing.columns_table(sheet, suggestions),
            key=f"columns-{as_}",
            hide_index=True,
            disabled=["header", "confidence", "why", "values"],
            column_config={
                "header": "Column of the file",
                "target": st.column_config.SelectboxColumn(
                    "Means", options=importing.choices(as_), required=True
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
    mapping = Mapping(as_, as_of, columns)
    return _choose_words(sheet, mapping) if mapping.header("stage") else mapping


def prepare_file(upload, mapping: Mapping) -> Prepared:
    """What the file would store; ends the page with one sentence when the mapping does not fit."""
    try:
        return _prepared(upload.getvalue(), upload.name, mapping)
    except DataError as error:
        st.error(str(error))
        st.stop()


def problems(prepared: Prepared) -> None:
    """What is wrong, filtered by severity."""
    tally = importing.tally(prepared)
    if not tally:
        st.markdown("Nothing is wrong with it.")
        return
    shown = st.pills(
        "Problems",
        list(tally),
        selection_mode="multi",
        default=[name for name in tally if name != "info"] or list(tally),
        format_func=lambda name: f"{importing.SEVERITIES[name]} ({tally[name]:,})",
        key="severities",
    )
    columns = {"row": "Row", "severity": "", "column": "Column", "value": "Value"}
    st.dataframe(
        importing.problems_table(prepared, shown),
        key="problems",
        hide_index=True,
        column_config={**columns, "says": "What is wrong", "mend": "How to mend it"},
        height=260,
    )


def _say_what_was_stored() -> None:
    says = st.session_state.get("just_stored")
    if says:
        st.success(says)
        with st.container(horizontal=True):
            st.page_link(FUNNEL, label="See the funnel")
            st.page_link("pages/sources/history.py", label="Take it back in History")


def _choose_words(sheet: Sheet, mapping: Mapping) -> Mapping:
    """The same mapping with what each word of the stage column means."""
    known = _known_words(sheet, mapping)
    table = importing.values_table(sheet, mapping, "stage", known)
    unclear = int((table["means"] == importing.NOT_USED).sum())
    label = (
        f"{len(table) - unclear} of {formats.plural(len(table), 'word')} for a stage are understood"
    )
    with st.expander(label, bool(unclear)):
        edited = st.data_editor(
            table,
            key=f"words-{mapping.as_}-{mapping.header('stage')}",
            hide_index=True,
            disabled=["word", "count"],
            column_config={
                "word": "In the file",
                "count": "Rows",
                "means": st.column_config.SelectboxColumn(
                    "Means", options=importing.stages(), required=True
                ),
            },
        )
    words = {
        word: None if means == importing.NOT_USED else means
        for word, means in zip(edited["word"], edited["means"], strict=True)
        if (None if means == importing.NOT_USED else means) != known.get(word)
    }
    return replace(mapping, values={"stage": words} if words else {})


@st.cache_data(max_entries=4, show_spinner="Reading the file …")
def _sheet(content: bytes) -> Sheet:
    return read(content)


@st.cache_data(max_entries=8, show_spinner="Recognizing its columns …", hash_funcs={Sheet: id})
def _suggested(sheet: Sheet, as_: str):
    return suggest(sheet, as_)


def _known_words(sheet: Sheet, mapping: Mapping) -> dict[str, str | None]:
    return importing.understood(sheet.cells(mapping.header("stage")))


def _prepared(content: bytes, filename: str, mapping: Mapping) -> Prepared:
    return _prepared_as(content, filename, importing.as_text(mapping), store().version())


@st.cache_data(max_entries=4, show_spinner="Checking every row …")
def _prepared_as(content: bytes, filename: str, mapping: str, version: str) -> Prepared:
    given = importing.from_text(mapping)
    return uploads.look_at(store(), viewer(), content, filename, given.as_, given.as_of, given)
