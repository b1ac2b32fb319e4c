"""How far long work is: who does it tells, and who waits may end it by raising."""

from collections.abc import Callable

Progress = Callable[[float, str], object]


def quietly(share: float, says: str) -> None:
    """Nobody waits to be told of a share from 0 to 1, and what is done now."""
