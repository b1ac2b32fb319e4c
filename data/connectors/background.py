"""Pull every N minutes beside whatever else the process does, until it ends."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from data.access import SYSTEM
from data.connectors import pulling, settings
from data.errors import DataError
from data.store import Store

log = logging.getLogger(__name__)


class Ended(BaseException):
    """The process ends, and with it the pull that is under way."""


@contextmanager
def in_background(store: Callable[[], Store]) -> Iterator[threading.Thread | None]:
    """A thread that pulls what is on, now and every `every_minutes`, while the block runs.

    None when nobody asked for it. `store` opens the store, or gives the open one. A pull under way
    at the end is given up and stores nothing.
    """
    try:
        minutes = settings.every_minutes()
    except DataError as error:
        log.error("No background pull: %s", error)
        minutes = None
    if minutes is None:
        yield None
        return
    ended = threading.Event()
    thread = threading.Thread(
        target=_keep_pulling, args=(store, minutes, ended), name="pull", daemon=True
    )
    thread.start()
    try:
        yield thread
    finally:
        ended.set()
        thread.join(30)


def _keep_pulling(store: Callable[[], Store], minutes: float, ended: threading.Event) -> None:
    def go_on(share: float, says: str) -> None:
        if ended.is_set():
            raise Ended

    while not ended.is_set():
        try:
            for outcome in pulling.pull_all(store(), SYSTEM, progress=go_on):
                log.log(logging.INFO if outcome.is_good else logging.WARNING, outcome.says)
        except Ended:
            return
        except Exception as error:
            log.error("The background pull failed (%s); the next one is due.", type(error).__name__)
        ended.wait(minutes * 60)
