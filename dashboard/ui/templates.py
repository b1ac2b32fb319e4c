"""Templates to fill in, and what is stored in the same shape."""

import pandas as pd
import streamlit as st

from dashboard import importing
from dashboard.ui.asking import chosen, store, viewer
from dashboard.ui.moving import IMPORT, link, note
from dashboard.ui.taking import take
from data import exports, workbooks
from data.importing.mapping import written_columns
from data.store import Lens
from data.tables import TABLES


def choose_table() -> str:
    """The table a template or an export is wanted of; the inventory unless chosen."""
    kinds = importing.kinds()
    return st.selectbox(
        "Table", list(kinds), format_func=kinds.get, key="template", bind="query-params"
    )


def dictionary(name: str) -> None:
    """What the columns of a table mean and how they are written."""
    columns = ["Column", "What it means", "How it is written", "Needed", "Words"]
    st.dataframe(
        pd.DataFrame(workbooks.dictionary(written_columns(name)), columns=columns),
        key="dictionary",
        hide_index=True,
    )


def template_files(name: str) -> None:
    """The template as a workbook and as CSV."""
    with st.container(horizontal=True):
        excel, csv = f"{name}.xlsx", f"{name}.csv"
        take("Excel template", lambda: workbooks.template(name), excel, "template_xlsx")
        take("CSV template", lambda: workbooks.template_csv(name), csv, "template_csv")


def stored_files(name: str) -> None:
    """What is stored of a table, to edit and bring in again."""
    if name not in TABLES:
        note("An inventory is stored as initiatives and deployment status: export those two.")
        return
    who, opened = viewer(), store()
    lens = Lens(units=chosen().units, sponsors=chosen().sponsors)
    count = exports.counts(opened, who, lens)[name]
    if not count:
        note("Nothing is stored of it yet.")
        return
    with st.container(horizontal=True):
        if count <= workbooks.MOST_ROWS:
            take(
                f"Excel, {count:,} rows",
                lambda: exports.as_workbook(opened, who, name, lens),
                f"{name}-stored.xlsx",
                "stored_xlsx",
            )
        take(
            f"CSV, {count:,} rows",
            lambda: exports.as_csv(opened, who, name, lens),
            f"{name}-stored.csv",
            "stored_csv",
        )


def link_to_import() -> None:
    """The way to where a filled-in file goes."""
    link(IMPORT, "Import a file")
