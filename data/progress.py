"""How far long work is: who does it tells, and who waits may end it by raising."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Progress = Callable[[float, str], object]

_CLEAR = "\r\x1b[K"


def quietly(share: float, says: str) -> None:
    """Nobody waits to be told of a share from 0 to 1, and what is done now."""


@contextmanager
def on_terminal(stream: TextIO | None = None) -> Iterator[Progress]:
    """One line of a terminal that says how far the work is, gone at its end; else nothing.

    A line of the output for errors, unless told otherwise.
    """
    stream = stream or sys.stderr
    if not stream.isatty():
        yield quietly
        return

    def tell(share: float, says: str) -> None:
        stream.write(f"{_CLEAR}{share:4.0%} {says} …")
        stream.flush()

    try:
        yield tell
    finally:
        stream.write(_CLEAR)
        stream.flush()
