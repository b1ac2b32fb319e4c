"""Stretches longer than a day, as people write them: weeks, quarters, half-years, fiscal years."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from data.importing.problems import Found, not_understood

DAY, WEEK, MONTH, QUARTER, HALF, YEAR = "day", "week", "month", "quarter", "half-year", "year"
YEARS_AHEAD = 15

_FISCAL = r"(?P<fy>fy\s?|(?:fiscal|financial)\s+year\s+)"
_YEAR = r"'?(?P<y>\d{4}|\d{2})(?:[/-](?P<until>\d{4}|\d{2}))?"
_QUARTER = (
    r"(?:(?:q|quarter)\s?(?P<q1>[1-4])|(?P<q2>[1-4])\s?q"
    r"|(?P<q3>[1-4])(?:st|nd|rd|th)\s+quarter(?:\s+of)?)"
)
_HALF = r"(?:h\s?(?P<h1>[12])|(?P<h2>[12])h|(?P<h3>[12])(?:st|nd)\s+half(?:\s+of)?)"
_JOINT = r"[\s,./-]*"
_WEEK = r"(?:calendar\s+week|week|wk|kw|cw|w)"
_FORMS = [
    re.compile(pattern, re.I)
    for pattern in (
        *(rf"{part}{_JOINT}{_FISCAL}?{_YEAR}" for part in (_QUARTER, _HALF)),
        *(rf"{_FISCAL}?{_YEAR}{_JOINT}{part}" for part in (_QUARTER, _HALF)),
        rf"{_FISCAL}{_YEAR}",
        r"(?P<y>\d{4})-?w(?P<w>\d{2})(?:-?(?P<weekday>[1-7]))?",
        rf"{_WEEK}\s?(?P<w>\d{{1,2}}){_JOINT}(?P<y>\d{{4}}|\d{{2}})",
        rf"(?P<y>\d{{4}}){_JOINT}{_WEEK}\s?(?P<w>\d{{1,2}})",
    )
]

_NO_FISCAL_YEAR = not_understood(
    "This counts in fiscal years, and the month in which they begin is not known, so the cell was "
    "left empty.",
    "Say in which month the fiscal year begins.",
)


@dataclass(frozen=True)
class Span:
    """The days from `first` to `last`, both included, and how long a stretch that is."""

    first: date
    last: date
    length: str


def looks(text: str) -> bool:
    """Whether the text has the shape of such a stretch."""
    return any(form.fullmatch(text) for form in _FORMS)


def is_fiscal(text: str) -> bool:
    """Whether the text can be read only by who knows when the fiscal year begins."""
    return bool((found := _found(text)) and (found.get("fy") or found.get("until")))


def read(text: str, as_of: date, fiscal_start: int | None = None) -> Span | Found | None:
    """The stretch a text names, a doubt, or None if it names none; ValueError if none such exists.

    `fiscal_start` is the first month of the fiscal year, which is named after the year it ends in;
    quarters and halves of plain years follow it too, once it is given.
    """
    found = _found(text)
    if not found:
        return None
    year = full_year(found["y"], as_of)
    if found.get("w"):
        return _week(year, int(found["w"]), found.get("weekday"))
    if until := found.get("until"):
        year += 1
        if int(until) % 100 != year % 100:
            return None
    if fiscal_start is None and is_fiscal(text):
        return _NO_FISCAL_YEAR
    return _part(year, fiscal_start or 1, *_which(found))


def _found(text: str) -> dict[str, str | None] | None:
    matches = (form.fullmatch(text) for form in _FORMS)
    return next((match.groupdict() for match in matches if match), None)


def _which(found: dict[str, str | None]) -> tuple[int, int]:
    """How many months the stretch has, and the number of the one of its year it is."""
    for letter, months in (("q", 3), ("h", 6)):
        if number := next(filter(None, (found.get(f"{letter}{at}") for at in (1, 2, 3))), None):
            return months, int(number)
    return 12, 1


def _part(year: int, fiscal_start: int, months: int, number: int) -> Span:
    begun = (year - (fiscal_start > 1)) * 12 + fiscal_start - 1 + months * (number - 1)
    after = begun + months
    last = date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    length = {3: QUARTER, 6: HALF, 12: YEAR}[months]
    return Span(date(begun // 12, begun % 12 + 1, 1), last, length)


def _week(year: int, week: int, weekday: str | None) -> Span:
    """An ISO week, from its Monday, or one day of it."""
    day = date.fromisocalendar(year, week, int(weekday or 1))
    return Span(day, day, DAY) if weekday else Span(day, day + timedelta(days=6), WEEK)


def month(year: int, number: int) -> Span:
    """A whole month."""
    after = date(year + number // 12, number % 12 + 1, 1)
    return Span(date(year, number, 1), after - timedelta(days=1), MONTH)


def full_year(year: str, as_of: date) -> int:
    """The year of two digits or four: 24 is 2024, 99 is 1999."""
    if len(year) == 4:
        return int(year)
    return 2000 + int(year) if int(year) <= as_of.year % 100 + YEARS_AHEAD else 1900 + int(year)
