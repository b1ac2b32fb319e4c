"""Where a text's cells are: which character separates them, which row is the header."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from data.errors import FileRefused
from data.importing.sheet import DELIMITERS

QUOTINGS = (
    {"doublequote": True},
    {"doublequote": False, "escapechar": "\\"},
    {"quoting": csv.QUOTE_NONE},
)
SAMPLE = 1_000
TITLE_ROWS = 50

_NUMBER_OR_DAY = re.compile(r"[-+$€£(]?\d[\d.,'\s]*[%)]?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b.*")

csv.field_size_limit(2**31 - 1)

Record = Sequence[str]


def split(text: str) -> tuple[list[Record], str]:
    """All records of the text and the separator that makes a table of them."""
    for quoting in QUOTINGS:
        for delimiter in _delimiters(text, quoting):
            try:
                return list(_records(text, delimiter, quoting)), delimiter
            except csv.Error:
                continue
    raise FileRefused(
        "The file is not a table: no comma, semicolon, tab or pipe divides its rows into the same "
        "columns. Save it as CSV with at least two columns, quotation marks closed."
    )


def _records(text: str, delimiter: str, quoting: dict) -> Iterator[Record]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, **quoting)


def _delimiters(text: str, quoting: dict) -> list[str]:
    """The separators that fit the first records, best first."""
    scores = {delimiter: _fit(text, delimiter, quoting) for delimiter in DELIMITERS}
    fitting = [delimiter for delimiter, (fit, _) in scores.items() if fit >= _needed(quoting)]
    return sorted(fitting, key=scores.get, reverse=True)


def _needed(quoting: dict) -> float:
    """Without quotation marks nothing protects a separator, so every record must agree."""
    return 1.0 if quoting.get("quoting") == csv.QUOTE_NONE else 0.5


def _fit(text: str, delimiter: str, quoting: dict) -> tuple[float, int]:
    """The share of records as wide as most are, titles above counting half; and that width."""
    try:
        widths = [
            len(record) for record in islice(_records(text, delimiter, quoting), SAMPLE) if record
        ]
    except csv.Error:
        return 0.0, 0
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return 0.0, 0
    width = max(wide, key=lambda each: (wide[each], each))
    below = widths[next(at for at, each in enumerate(widths) if each >= width) :]
    titles = len(widths) - len(below)
    return below.count(width) / (len(below) + titles / 2), width


def filled(record: Record) -> int:
    """How many cells of the record hold something."""
    return sum(1 for cell in record if cell and not cell.isspace())


def header_at(records: Sequence[Record]) -> int:
    """The place of the header: the first row as full as the table's rows, made of words."""
    widths = Counter(len(record) for record in records[:SAMPLE] if len(record) > 1)
    width = max(widths, key=widths.get, default=0)
    counts = [filled(record[:width]) for record in records[:TITLE_ROWS]]
    needed = max(2, 0.6 * max(counts, default=0))
    for at, record in enumerate(records[:TITLE_ROWS]):
        if counts[at] >= needed:
            if _is_header(record):
                return at
            break
    raise FileRefused(
        "No header was found: the first full row holds numbers or dates, not names of columns. "
        "Write one row with the columns' names above the data."
    )


def _is_header(record: Record) -> bool:
    """Whether more than half of the row's cells are words."""
    cells = [cell.strip() for cell in record if cell.strip()]
    words = [cell for cell in cells if not _NUMBER_OR_DAY.fullmatch(cell)]
    return 2 * len(words) > len(cells)


def headers(record: Record, below: Sequence[Record]) -> tuple[str, ...]:
    """One name per column, none empty, none twice; nameless empty columns at the end fall away."""
    names = [" ".join(cell.split()) for cell in record]
    while not names[-1] and not any(_has_cell(each, len(names) - 1) for each in below):
        names.pop()
    named = [name or f"column {place}" for place, name in enumerate(names, start=1)]
    return tuple(_apart(named))


def _has_cell(record: Record, place: int) -> bool:
    return len(record) > place and bool(record[place].strip())


def _apart(names: list[str]) -> Iterator[str]:
    """Repeated names numbered: owner, owner (2)."""
    taken: set[str] = set()
    for name in names:
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{name} ({number})"
        taken.add(candidate.casefold())
        yield candidate
