"""Pull every N minutes beside whatever else the process does, until it ends."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from data.access import SYSTEM
from data.connectors import pulling, settings
from data.errors import DataError
from data.store import Store

LOOK_S = 20
"""How often to look whether a pull is due, and whether the settings have changed."""

log = logging.getLogger(__name__)


class Ended(BaseException):
    """The process ends, and with it the pull that is under way."""


@contextmanager
def in_background(store: Callable[[], Store]) -> Iterator[threading.Thread]:
    """A thread that pulls what is on, now and every `every_minutes`, while the block runs.

    Nothing is pulled while nobody asks for it; the settings are read again before each pull.
    `store` opens the store, or gives the open one. A pull under way at the end is given up and
    stores nothing.
    """
    ended = threading.Event()
    thread = threading.Thread(target=_keep_pulling, args=(store, ended), name="pull", daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        ended.set()
        thread.join(30)


def _keep_pulling(store: Callable[[], Store], ended: threading.Event) -> None:
    said: list[str] = []
    pulled_at = float("-inf")
    while not ended.is_set():
        minutes = _every_minutes(said)
        if minutes is not None and time.monotonic() - pulled_at >= minutes * 60:
            pulled_at = time.monotonic()
            _pull(store, ended)
        ended.wait(LOOK_S)


def _every_minutes(said: list[str]) -> float | None:
    """How often to pull by the settings of now; what is wrong with them is logged once."""
    try:
        minutes, wrong = settings.every_minutes(), settings.nobody_knows()
    except DataError as error:
        minutes, wrong = None, [f"No background pull: {error}"]
    for says in wrong:
        if says not in said:
            log.warning(says)
    said[:] = wrong
    return minutes


def _pull(store: Callable[[], Store], ended: threading.Event) -> None:
    def go_on(share: float, says: str) -> None:
        if ended.is_set():
            raise Ended

    try:
        for outcome in pulling.pull_all(store(), SYSTEM, progress=go_on):
            log.log(logging.INFO if outcome.is_good else logging.WARNING, outcome.says)
    except Ended:
        return
    except Exception as error:
        log.error("The background pull failed (%s); the next one is due.", type(error).__name__)
