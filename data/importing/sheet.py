"""A file's records as columns of text, and how they were read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data import keys
from data.importing.problems import Problem

MANY = 1_000_000
DOUBLED, ESCAPED, UNQUOTED = "doubled", "escaped", "none"
QUOTINGS = {
    DOUBLED: "quotation marks in cells doubled",
    ESCAPED: "quotation marks in cells after backslashes",
    UNQUOTED: "quotation marks kept as text",
}
DELIMITERS = {"\t": "tabs", ";": "semicolons", "|": "pipes", ",": "commas"}
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
}


@dataclass(frozen=True)
class Reading:
    """How a file was read, so that it can be shown, doubted and changed.

    `records` were read and are stored or refused; rows left out are in `empty_records` and, by
    reason, in `skipped`. `header_row` counts the rows of the text or sheet from 1; `tables` are all
    tables of the sheet in words, of which number `table` was read. `quoting` is empty where no
    cell has quotation marks; `titles` stand in the rows above the header.
    """

    encoding: str = ""
    delimiter: str = ""
    quoting: str = ""
    header_row: int = 1
    records: int = 0
    columns: int = 0
    empty_records: int = 0
    kind: str = "text"
    header_rows: int = 1
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    is_1904: bool = False
    table: int = 1
    tables: tuple[str, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def count_skipped(self) -> int:
        """How many rows were left out for a reason."""
        return sum(count for _, count in self.skipped)

    @property
    def says(self) -> str:
        """The decisions in one sentence."""
        sentence = (
            f"Read as {self._source}{self._header}: {_count(self.records, 'record')} of "
            f"{_count(self.columns, 'column')}"
        )
        empty = [_count(self.empty_records, "empty row")] if self.empty_records else []
        skipped = empty + [f"{_count(n, 'row')} ({why})" for why, n in self.skipped]
        return f"{sentence}, {', '.join(skipped)} skipped." if skipped else f"{sentence}."

    @property
    def _source(self) -> str:
        if self.kind == "workbook":
            hidden = f", {len(self.hidden_sheets)} hidden" if self.hidden_sheets else ""
            which = f'sheet "{self.sheet}" of {len(self.sheets)}{hidden}'
            since = ", days from 1904" if self.is_1904 else ""
            return f"a workbook{since}, {which}"
        if self.kind != "text":
            return self.kind
        separated = DELIMITERS.get(self.delimiter, self.delimiter)
        text = f"{ENCODINGS.get(self.encoding, self.encoding)} text separated by {separated}"
        return f"{text}, {QUOTINGS[self.quoting]}" if self.quoting else text

    @property
    def _header(self) -> str:
        if self.kind in ("JSON", "Parquet"):
            return ""
        last = self.header_row + self.header_rows - 1
        rows = (
            f"row {self.header_row}" if self.header_rows == 1 else f"rows {self.header_row}–{last}"
        )
        tables = f", table {self.table} of {len(self.tables)}" if len(self.tables) > 1 else ""
        return f"{tables}, header in {rows}"


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table of text, column by column; records that do not fit under the header are refused.

    `texts` are the cells under each header, dictionary-encoded unless they mostly differ, and all
    as many as `numbers`, which says from which record of the file each row is. Several rows may
    come from one record.
    """

    headers: tuple[str, ...]
    texts: tuple[pa.Array, ...]
    numbers: np.ndarray
    reading: Reading
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(
        cls,
        headers: Sequence[str],
        columns: Sequence[Sequence[str] | pa.Array],
        numbers: Sequence[int] | np.ndarray,
        reading: Reading,
        problems: Sequence[Problem] = (),
    ) -> Self:
        """A sheet of columns in any form: lists of text, or arrays as they are to be kept."""
        return cls(
            tuple(headers),
            tuple(map(_kept, columns)),
            np.asarray(numbers, dtype=np.int64),
            reading,
            tuple(problems),
        )

    def __len__(self) -> int:
        return len(self.numbers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sheet) and self._content == other._content

    @property
    def _content(self) -> tuple:
        cells = [self.cells(header) for header in self.headers]
        return self.headers, cells, self.numbers.tolist(), self.reading, self.problems

    @cached_property
    def refused(self) -> int:
        """How many records do not fit under the header."""
        fit = self.numbers if keys.is_rising(self.numbers) else np.unique(self.numbers)
        return self.reading.records - len(fit)

    def column(self, header: str) -> pa.DictionaryArray:
        """One column's texts, each once, and which row has which.

        Where nearly all of very many cells differ, they are not compared: each stands alone.
        """
        if header not in self._encoded:
            self._encoded[header] = encoded(self.as_kept(header))
        return self._encoded[header]

    @cached_property
    def _encoded(self) -> dict[str, pa.DictionaryArray]:
        return {}

    def as_kept(self, header: str) -> pa.Array:
        """One column's cells in the form in which they are held."""
        return self.texts[self.headers.index(header)]

    def cells(self, header: str) -> list[str]:
        """One column, top to bottom."""
        return self.as_kept(header).to_pylist()

    def counts(self, header: str) -> Counter[str]:
        """How often each text stands in a column, in the order they first appear."""
        column = self.column(header)
        times = np.bincount(column.indices, minlength=len(column.dictionary)).tolist()
        texts = column.dictionary.to_pylist()
        counted: Counter[str] = Counter()
        for text, count in zip(texts, times, strict=True):
            if count:
                counted[text] += count
        return counted

    def text(self, place: int, header: str) -> str:
        """One cell; `place` counts rows from 0."""
        return self.as_kept(header)[place].as_py()


def encoded(column: Sequence[str] | pa.Array | pa.ChunkedArray) -> pa.DictionaryArray:
    """Text as a dictionary of its cells, in the order they first appear.

    More than a million cells are not compared if more than nine in ten of the first differ.
    """
    if not isinstance(column, pa.Array | pa.ChunkedArray):
        column = pa.array(column, pa.string())
    texts = keys.whole(column)
    if len(texts) > MANY and not pa.types.is_dictionary(texts.type) and _mostly_differ(texts):
        return pa.DictionaryArray.from_arrays(numbered(np.arange(len(texts))), texts)
    return keys.dictionary(texts)


def _mostly_differ(texts: pa.Array) -> bool:
    return pc.count_distinct(texts.slice(0, MANY)).as_py() > 0.9 * MANY


def _kept(column: Sequence[str] | pa.Array | pa.ChunkedArray) -> pa.Array:
    is_array = isinstance(column, pa.Array | pa.ChunkedArray)
    return keys.whole(column) if is_array else encoded(column)


def numbered(numbers: np.ndarray) -> pa.Array:
    """Whole numbers as they are, without the second that `pa.array` takes to ask for pandas."""
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(numbers)])


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
