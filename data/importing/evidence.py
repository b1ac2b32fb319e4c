"""What one column of a file shows: its values, counted, and what they look like."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from data.importing import dates, numbers, words
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

    column: pa.DictionaryArray

    @cached_property
    def sample(self) -> Counter[str]:
        """The first different cells, counted."""
        times = np.bincount(self.column.indices, minlength=len(self.column.dictionary))
        tidy: Counter[str] = Counter()
        for text, count in zip(
            self.column.dictionary.slice(0, SAMPLE).to_pylist(), times.tolist(), strict=False
        ):
            tidy[" ".join(text.split())] += count
        return tidy

    @cached_property
    def given(self) -> Counter[str]:
        """The cells that say something, counted."""
        return Counter({text: n for text, n in self.sample.items() if not words.nothing(text)})

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
        return self.share(numbers.looks)
