"""What one column of a file shows: its values, counted, and what they look like."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.importing import characters, dates, numbers, words
from data.importing.date_clues import SERIAL, UNIX, has_serials

SAMPLE = 1_000


@dataclass(frozen=True)
class Suggestion:
    """What one column probably is (None: nothing we know), how sure that is, and why.

    `offers` are what it may also be taken for, by who knows.
    """

    header: str
    target: str | None
    confidence: float
    why: str
    offers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Values:
    """A column's cells, counted, looked at as evidence of what they are.

    Of columns with very many different cells, the first of them are looked at.
    """

    column: pa.Array

    @cached_property
    def sample(self) -> Counter[str]:
        """The first different cells, counted."""
        tidy: dict[str, int] = {}
        for text, count in zip(*self._first, strict=True):
            cell = " ".join(text.split())
            tidy[cell] = tidy.get(cell, 0) + count
        return Counter(tidy)

    @property
    def _first(self) -> tuple[list[str], list[int]]:
        """The first different cells as they stand, and how often each does."""
        if pa.types.is_dictionary(self.column.type):
            texts, places = self.column.dictionary.slice(0, SAMPLE), self.column.indices
        else:
            texts = _first_different(self.column)
            places = pc.index_in(self.column, texts).drop_null()
        times = np.bincount(places, minlength=len(texts))
        return texts.to_pylist(), times[: len(texts)].tolist()

    @cached_property
    def given(self) -> Counter[str]:
        """The cells that say something, counted."""
        if self._are_numbers:
            return self.sample
        return Counter({text: n for text, n in self.sample.items() if not words.nothing(text)})

    @cached_property
    def _are_numbers(self) -> bool:
        """Whether all cells are plain numbers, which many texts show as soon as one."""
        return characters.are_short_numbers(pa.array(list(self.sample), pa.string()))

    @property
    def count(self) -> int:
        return self.given.total()

    @property
    def has_empty(self) -> bool:
        """Whether some cells say nothing."""
        return self.count < self.sample.total()

    def share(self, holds: Callable[[str], object]) -> float:
        """The share of the given cells of which something holds."""
        return sum(n for text, n in self.given.items() if holds(text)) / max(self.count, 1)

    @cached_property
    def dates(self) -> float:
        if has_serials(self.given, is_workbook=True):
            return self.share(lambda text: SERIAL.fullmatch(text) or dates.looks(text))
        return max(self.share(dates.looks), float(self.share(UNIX.fullmatch) == 1))

    @cached_property
    def numbers(self) -> float:
        return float(self.count > 0) if self._are_numbers else self.share(numbers.looks)


def _first_different(texts: pa.Array) -> pa.Array:
    """The first different ones of texts that mostly differ; all are only looked at if need be."""
    for many in (2 * SAMPLE, len(texts)):
        found = pc.unique(texts.slice(0, many))
        if len(found) >= SAMPLE:
            break
    return found.slice(0, SAMPLE)
