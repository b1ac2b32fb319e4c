"""The problems of a file, filtered, and mended in place."""

import streamlit as st

from dashboard import formats, importing
from dashboard.ui.moving import note
from data.importing import Prepared
from data.importing.mending import Mended


def problems(digest: str, prepared: Prepared) -> None:
    """What is wrong, filtered by severity, column, rule; a cell changed here is read anew."""
    tally = importing.tally(prepared)
    if not tally:
        st.markdown("Nothing is wrong with it.")
        _say_mended(digest)
        return
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    shown = left.pills(
        "Problems",
        list(tally),
        selection_mode="multi",
        default=[name for name in tally if name != "info"] or list(tally),
        format_func=lambda name: f"{importing.SEVERITIES[name]} ({tally[name]:,})",
        key="severities",
    )
    where = right.multiselect(
        "In columns", importing.columns_with_problems(prepared), key="problem_columns"
    )
    table = importing.problems_table(prepared, shown, where, _choose_rules(prepared))
    key = f"mend-{digest[:8]}-{len(_all(digest))}-{sum(map(len, _all(digest).values()))}"
    columns = {"row": "Row", "severity": "", "column": "Column", "value": "Value (mend it here)"}
    st.data_editor(
        table,
        key=key,
        hide_index=True,
        disabled=[name for name in table.columns if name != "value"],
        column_config={**columns, "says": "What is wrong", "mend": "How to mend it"},
        height=min(300, 38 + 36 * max(1, len(table))),
        on_change=lambda: _take(digest, key, table),
    )
    _say_mended(digest)


def _choose_rules(prepared: Prepared) -> list[str]:
    """The rules whose problems to show, asked only when more than one found something."""
    found = importing.rules_broken(prepared)
    if len(found) < 2:
        return []
    return st.multiselect(
        "Rule",
        list(found),
        format_func=lambda rule: f"{rule} ({found[rule]:,})",
        placeholder="Every rule",
        key="problem_rules",
    )


def mended_cells(digest: str) -> Mended:
    """The cells of this file that were mended on the page."""
    return {header: dict(cells) for header, cells in _all(digest).items()}


def _all(digest: str) -> dict[str, dict[int, str]]:
    kept = st.session_state.get("mended", {})
    return kept.get("cells", {}) if kept.get("digest") == digest else {}


def _take(digest: str, key: str, table) -> None:
    """Keep the edits of the table as cells of the file; problems of no cell cannot be mended."""
    cells = mended_cells(digest)
    for place, edit in st.session_state[key]["edited_rows"].items():
        row = table.iloc[int(place)]
        if row["row"] and row["column"]:
            cells.setdefault(row["column"], {})[int(row["row"])] = str(edit.get("value") or "")
    st.session_state["mended"] = {"digest": digest, "cells": cells}


def _say_mended(digest: str) -> None:
    count = sum(map(len, _all(digest).values()))
    if count:
        note(f"{formats.plural(count, 'cell')} mended here; the batch will remember which.")
        st.button(
            "Take the mended cells back",
            on_click=lambda: st.session_state.pop("mended", None),
            key="unmend",
        )
