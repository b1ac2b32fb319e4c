"""The year of months that are named alone, as Jan or 3: of a title, a name, a column, or asked."""

import re
from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from data.importing.months import NUMBERS
from data.importing.sheet import Reading, encoded
from data.tables import Column

YEAR = Column("calendar_year", "text", "the year of months that are named alone, as Jan or 3")

NEXT = "+1"
"""Behind a month that is of the year after the first one's, as January is after December."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_TEXT = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s?[/–-]\s?(?:20)?(\d\d)(?!\d))?(?!\d)")
_FISCAL = re.compile(r"(?:\bfy|fiscal year|financial year)\W{0,2}\d", re.I)


def month_alone(text: str) -> int | None:
    """The month that is named without a year: its name or its number.

    >>> [month_alone(text) for text in ("Jan", "märz", "3", "03", "13", "2025-03")]
    [1, 3, 3, 3, None, None]
    """
    bare = text.strip().removesuffix(NEXT).rstrip(".").casefold()
    if bare.isdecimal() and len(bare) <= 2:
        return int(bare) if 1 <= int(bare) <= 12 else None
    return NUMBERS.get(bare)


def is_year(text: str) -> bool:
    """Whether the text is a year of four digits."""
    return bool(_YEAR.fullmatch(text.strip()))


def full_month(month: str, year: str) -> str:
    """A month with its year, if either says one: `year` is that of the first of the months.

    >>> full_month("2025-03", ""), full_month("03+1", "2025"), full_month("03", "")
    ('2025-03', '2026-03', '')
    """
    if "-" in month or not year:
        return month if "-" in month else ""
    return f"{int(year) + month.endswith(NEXT)}-{month.removesuffix(NEXT)}"


def said(reading: Reading, filename: str, is_turning: bool = False) -> tuple[str, str]:
    """The only year that titles, else the sheet's name, else the file's name has, and where.

    Of months that go on after the turn of a year, it is the first one's: 2025 of 2025/26, and a
    single year is not clear.
    """
    places = (
        ("a row above the header", reading.titles),
        ("the name of the sheet", (reading.sheet,)),
        ("the file's name", (filename,)),
    )
    for where, texts in places:
        if len(found := _in(texts, is_turning)) == 1:
            return found.pop(), where
    return "", ""


def _in(texts: Iterable[str], is_turning: bool) -> set[str]:
    """The calendar years named in texts, or those that run over into the next one."""
    found: set[str] = set()
    for text in texts:
        for match in _IN_TEXT.finditer(text):
            runs_over = bool(match[2]) and int(match[2]) == (int(match[1]) + 1) % 100
            is_meant = runs_over if is_turning else not (runs_over or _FISCAL.search(text))
            found |= {match[1]} if is_meant else set()
    return found


def dated(months: pa.DictionaryArray, years: pa.DictionaryArray) -> pa.DictionaryArray:
    """Months with the year of their row, as 2025-03, where they are named alone."""
    size = len(years.dictionary)
    both = months.indices.to_numpy().astype(np.int64) * size + years.indices.to_numpy()
    pairs, places = np.unique(both, return_inverse=True)
    named, told = months.dictionary.to_pylist(), years.dictionary.to_pylist()
    texts = [_dated(named[pair // size], told[pair % size].strip()) for pair in pairs.tolist()]
    return encoded(pa.array(texts, pa.string()).take(pa.array(places)))


def _dated(month: str, year: str) -> str:
    number = month_alone(month)
    if not number or not is_year(year):
        return month
    return full_month(f"{number:02}{NEXT if month.endswith(NEXT) else ''}", year)
