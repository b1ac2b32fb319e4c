"""From a figure to what stands behind it, keeping the reader's filters."""

from collections.abc import Mapping

import streamlit as st

from dashboard import portfolio

INITIATIVES = "pages/portfolio/initiatives.py"
INITIATIVE = "pages/portfolio/initiative.py"
IMPORT = "pages/sources/import_file.py"
HISTORY = "pages/sources/history.py"
SHARED = ("unit", "sponsor", "as_of", "compare", "stalled_days")


def note(text: str) -> None:
    """A quiet line in Markdown. Streamlit's own captions are too pale to be read by everybody."""
    if text:
        st.markdown(f":small[:gray[{text}]]")


def link(page: str, label: str, **parameters: str) -> None:
    """A link to another page that keeps the reader's filters."""
    arrow = ":material/arrow_forward:"
    st.page_link(page, label=label, icon=arrow, query_params=_kept(parameters))


def go_to(page: str, **parameters: str | list[str]) -> None:
    """Open another page, keeping the reader's filters."""
    # The shared filters keep themselves; Streamlit refuses them here, as they are bound to widgets.
    for name in SHARED:
        if name in parameters:
            st.session_state[f"wanted_{name}"] = parameters.pop(name)
    st.switch_page(page, query_params=parameters)


def open_stage(point: Mapping) -> None:
    """Open the initiatives that reached the stage somebody clicked in a funnel."""
    go_to(INITIATIVES, group=portfolio.GROUPS[f"reached_{point['customdata']}"].label)


def open_unit(point: Mapping) -> None:
    """Open the initiatives of the unit somebody clicked."""
    go_to(INITIATIVES, unit=[point["customdata"][0]], group=portfolio.GROUPS["reached_pilot"].label)


def link_to_group(group: str) -> None:
    """A link to the initiatives of a group."""
    label = portfolio.GROUPS[group].label
    link(INITIATIVES, f"{label}: which ones?", group=label)


def _kept(parameters: Mapping[str, str]) -> dict[str, list[str] | str]:
    kept = {key: st.query_params.get_all(key) for key in SHARED if key in st.query_params}
    return {**kept, **parameters}
