"""What is missing, gap by gap, each with the initiatives behind it."""

import pandas as pd
import streamlit as st

from dashboard import quality
from dashboard.ui.moving import note
from dashboard.ui.tables import table


def gaps(rows: pd.DataFrame) -> None:
    """The initiatives that lack something, one gap at a time; a click opens the initiative."""
    counts = quality.missing(rows)
    if not counts:
        note("Nothing is missing.")
        return
    name = st.pills(
        "Gap",
        list(counts),
        default=next(iter(counts)),
        format_func=lambda each: quality.label(each, counts),
        key="gap",
        label_visibility="collapsed",
        bind="query-params",
    )
    if name:
        found = quality.lacking(rows, name)
        table(found, "gaps-table", quality.MENDED, height=min(400, 36 * len(found) + 38))
        note(f"Needed for {quality.NEEDS[name].figures}. Click a row to open the initiative.")
