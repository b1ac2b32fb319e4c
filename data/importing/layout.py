"""Where a text's cells are: which character separates them, and how cells are quoted."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from data.errors import FileRefused
from data.importing.sheet import DELIMITERS, DOUBLED, ESCAPED, UNQUOTED

QUOTINGS = {
    DOUBLED: {"doublequote": True},
    ESCAPED: {"doublequote": False, "escapechar": "\\"},
    UNQUOTED: {"quoting": csv.QUOTE_NONE},
}
SAMPLE = 1_000

csv.field_size_limit(2**31 - 1)

Record = Sequence[str]


def split(
    text: str, wanted: str | None = None, quoting: str | None = None
) -> tuple[list[Record], str, str]:
    """All records of the text, the separator that makes a table of them, how cells are quoted.

    Separator and quoting may be given; quoting is empty when the text has no quotation mark.
    """
    if quoting and quoting not in QUOTINGS:
        raise FileRefused(f'No quoting is called "{quoting}": there are {", ".join(QUOTINGS)}.')
    for name in [quoting] if quoting else QUOTINGS:
        way = QUOTINGS[name]
        for delimiter in [wanted] if wanted else delimiters(text, way):
            try:
                found = list(_records(text, delimiter, way))
            except csv.Error:
                continue
            return found, delimiter, name if '"' in text else ""
    raise FileRefused(
        "The file is not a table: no comma, semicolon, tab or pipe divides its rows into the same "
        "columns. Save it as CSV with at least two columns, quotation marks closed."
    )


def _records(text: str, delimiter: str, quoting: dict) -> Iterator[Record]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, **quoting)


def delimiters(text: str, quoting: dict) -> list[str]:
    """The separators that fit the first records, best first."""
    scores = {delimiter: _fit(text, delimiter, quoting) for delimiter in DELIMITERS}
    fitting = [delimiter for delimiter, (fit, _) in scores.items() if fit >= _needed(quoting)]
    return sorted(fitting, key=scores.get, reverse=True)


def _needed(quoting: dict) -> float:
    """Without quotation marks nothing protects a separator, so every record must agree."""
    return 1.0 if quoting.get("quoting") == csv.QUOTE_NONE else 0.5


def _fit(text: str, delimiter: str, quoting: dict) -> tuple[float, int]:
    """The share of records as wide as most are, titles above counting half; and that width."""
    if delimiter not in text:
        return 0.0, 0
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
    fit = below.count(width) / (len(below) + titles / 2)
    return (max(fit, 0.5) if _are_stretches(widths) else fit), width


def _are_stretches(widths: Sequence[int]) -> bool:
    """Whether the records are several tables, each of one width, with few titles between them."""
    wide = [(length, len(list(same))) for length, same in groupby(widths) if length > 1]
    records = sum(count for _, count in wide)
    return 2 * records > len(widths) and all(count > 1 for _, count in wide) and len(wide) < 9
