"""Pages of the board opened on the store in a file, without a browser."""

import os
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[1] / "app.py"


def hold(path: Path) -> None:
    """Let the board hold the store in a file: it and what it answered stay, as on a server."""
    if os.environ.get("EXECUTION_GAP_STORE") != str(path):
        forget()
        os.environ["EXECUTION_GAP_STORE"] = str(path)


def forget() -> None:
    """Close the store the board holds, and remember no answer."""
    os.environ.pop("EXECUTION_GAP_STORE", None)
    st.cache_data.clear()
    st.cache_resource.clear()


def open_page(
    path: Path, page: str, user: dict | None = None, state: dict | None = None, **link
) -> AppTest:
    """A page as a link opens it, through the front door; `state` is what was chosen on it."""
    hold(path)
    app = AppTest.from_file(APP, default_timeout=60)
    app.user = user or {"is_logged_in": False}
    app.query_params.update(link)
    for name, value in (state or {}).items():
        app.session_state[name] = value
    return app.switch_page(page).run()
