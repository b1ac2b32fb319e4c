"""What the pages of money share: a choice in the URL, a kind word where there is no money."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.ui.asking import viewer
from dashboard.ui.moving import IMPORT, INITIATIVE, go_to
from dashboard.ui.tables import formatted, whole_percents


def choose_one(label: str, options: Mapping[str, str], key: str) -> str:
    """One of a few, the first unless chosen; kept in the URL."""
    return st.segmented_control(
        label,
        list(options),
        format_func=options.get,
        default=next(iter(options)),
        required=True,
        key=key,
        bind="query-params",
    )


def no_money(says: str) -> None:
    """Say kindly what is missing and what to do, and end the page."""
    st.info(says)
    if viewer().may("import"):
        st.page_link(IMPORT, label="Bring a file in", icon=":material/upload_file:")
    st.stop()


def open_initiative(point: Mapping) -> None:
    """Open the initiative somebody clicked in a chart."""
    go_to(INITIATIVE, initiative_id=point["customdata"])


def plain_table(rows: pd.DataFrame, key: str, columns: dict[str, str]) -> None:
    """A table of something other than initiatives."""
    st.dataframe(
        whole_percents(rows),
        key=key,
        hide_index=True,
        column_config=formatted(columns),
        column_order=list(columns),
        placeholder="–",
    )
