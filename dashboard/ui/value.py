"""What the pages of money share: a kind word where there is no money, a way to the initiative."""

from collections.abc import Mapping

import streamlit as st

from dashboard.ui.asking import viewer
from dashboard.ui.moving import IMPORT, INITIATIVE, go_to


def no_money(says: str) -> None:
    """Say kindly what is missing and what to do, and end the page."""
    st.info(says)
    if viewer().may("import"):
        st.page_link(IMPORT, label="Bring a file in", icon=":material/upload_file:")
    st.stop()


def open_initiative(point: Mapping) -> None:
    """Open the initiative somebody clicked in a chart."""
    go_to(INITIATIVE, initiative_id=point["customdata"])
