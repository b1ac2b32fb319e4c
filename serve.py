"""The board as a server: opened before the first visitor, with headers that keep it to itself.

streamlit run serve.py
"""

import logging
import uuid
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from data.connectors.background import in_background
from data.errors import DataError

HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"SAMEORIGIN",
    b"referrer-policy": b"same-origin",
}
log = logging.getLogger("execution_gap")


class KeepToItself:
    """Adds the security headers to every answer."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def send_with_headers(message):
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS.items()]
            await send(message)

        await self.app(scope, receive, send_with_headers)


@asynccontextmanager
async def opened(app):
    """Make the server ready for a first visitor who comes by a deep link; pull meanwhile."""
    # Until a session has called st.navigation, Streamlit takes pages/ for its own flat folder and
    # greets a deep link with "Page not found".
    PagesManager.uses_pages_directory = False
    with in_background(the_store):
        yield {}


def the_store():
    """The store the pages read. Imported late: its caches want a server that runs."""
    from dashboard import ui

    return ui.store()


def say_so(error: Exception) -> bool:
    """Log what went wrong and tell the reader one sentence, never a stack trace."""
    if isinstance(error, DataError):
        st.error(str(error))
        return True
    number = uuid.uuid4().hex[:8]
    log.error("error %s", number, exc_info=error)
    st.error(
        f"Something went wrong here (error {number}); the server's log says what. "
        "Nothing that is stored was changed."
    )
    return True


app = st.App(
    "app.py", lifespan=opened, middleware=[Middleware(KeepToItself)], on_script_error=say_so
)
