"""How a file was read, said in one line, each decision the analyst's to change."""

from dataclasses import fields

import streamlit as st

from dashboard import formats, reading
from dashboard.ui.working import made
from data.errors import DataError
from data.importing import read
from data.importing.choices import Choices
from data.importing.sheet import Reading, Sheet
from data.progress import Progress

KEYS = tuple(field.name for field in fields(Choices))


def read_file(digest: str, content: bytes) -> tuple[Sheet, Choices]:
    """The table in the file as the analyst wants it read; ends the page with one sentence if none.

    What was decided is said in one line; a popover beside it changes each decision.
    """
    choices = Choices(**{name: st.session_state.get(f"choice_{name}") for name in KEYS})
    try:
        sheet = sheet_of(digest, choices, content)
    except DataError as error:
        st.error(str(error))
        if choices != Choices():
            _change(Reading(kind="workbook" if choices.sheet else "text"))
        st.stop()
    st.success(formats.plain(sheet.reading.says), icon=":material/description:")
    _change(sheet.reading)
    return sheet, choices


def forget_choices() -> None:
    """Another file is read afresh."""
    for name in KEYS:
        st.session_state.pop(f"choice_{name}", None)


def _change(found: Reading) -> None:
    """Every decision of reading with what was found, to be changed; which table, at first sight."""
    if len(found.tables) > 1:
        labels = dict(enumerate(found.tables, start=1))
        label = f"{len(found.tables)} tables were found; this one is read"
        _choose("table", label, labels, found.table)
    with st.popover("Read it differently", icon=":material/tune:", type="tertiary"):
        if found.kind == "workbook":
            _choose("sheet", "Sheet", [*found.sheets, *found.hidden_sheets])
        elif found.kind == "text":
            _choose("encoding", "Encoding", reading.ENCODINGS)
            _choose("delimiter", "Separated by", reading.DELIMITERS)
            _choose("quoting", "Quotation marks within cells are", reading.QUOTINGS)
        _number("header_row", f"Header in row (found: {found.header_row})", 10_000)
        _choose("date_order", "Days and months", reading.DATE_ORDERS)
        _choose("decimal_mark", "Decimals after", reading.DECIMAL_MARKS)
        _choose("days_from", "Days kept as numbers count from", reading.DAYS_FROM)
        _choose("fiscal_year_start", "The fiscal year starts in", reading.MONTHS)


def _choose(name: str, label: str, options, found=None) -> None:
    """One decision among several; empty leaves it to the reader, who `found` one."""
    said = options if isinstance(options, dict) else {option: option for option in options}
    st.selectbox(
        label,
        list(said),
        index=None,
        format_func=lambda option: str(said[option]),
        placeholder=str(said[found]) if found else "As found",
        key=f"choice_{name}",
    )


def _number(name: str, label: str, most: int) -> None:
    st.number_input(
        label, 1, most, value=None, step=1, placeholder="As found", key=f"choice_{name}"
    )


def sheet_of(digest: str, choices: Choices, content: bytes) -> Sheet:
    """The table in the file, read once however often it is asked for. Raises FileRefused."""

    def work(tell: Progress) -> Sheet:
        return read(content, choices=choices, waiting=lambda: tell(0.0, says))

    says = "Reading the file …"
    choices = choices.of_reading
    return made("reading", (digest, choices), says, len(content), work)
