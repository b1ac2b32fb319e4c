"""Which day a file probably describes, and why."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from data.importing import dates, years
from data.importing.blocks import alone, months_of, year_of
from data.importing.date_clues import Settings
from data.importing.headers import PLAN_WORDS
from data.importing.sheet import Sheet
from data.importing.words import plain

MOSTLY = 0.8
_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?([0-2]\d|3[01]))?(?!\d)")


def suggested(sheet: Sheet, filename: str, today: date) -> tuple[date, str]:
    """The day in the file's name, else the latest in its cells that has passed, else today.

    Columns of plans do not count. A month stands for its last day, if that has passed.
    """
    named = _in_name(filename)
    if named and named <= today:
        return named, "the file's name says so"
    year, _ = year_of(sheet.headers, sheet.reading, filename)
    months = months_of(sheet.headers) or alone(sheet.headers)
    found = [
        (end, header)
        for header in sheet.headers
        if (end := _of_header(header, months, year)) and end <= today
    ] + [
        (day, header)
        for header in sheet.headers
        if not PLAN_WORDS & set(plain(header).split()) and (day := _latest(sheet, header, today))
    ]
    if found:
        day, header = max(found)
        return day, f'the latest day the file knows is in "{header}"'
    return today, "today, as the file names no day"


def _in_name(filename: str) -> date | None:
    match = _IN_NAME.search(filename)
    if not match:
        return None
    year, month = int(match[1]), int(match[2])
    last = monthrange(year, month)[1]
    return date(year, month, min(int(match[3]), last) if int(match[3] or 0) else last)


def _of_header(header: str, months: Mapping[str, str], year: str) -> date | None:
    """The last day of the month a column is about, unless it is about a plan; `year` is that of
    months named alone."""
    month = years.full_month(months.get(header, ""), year) if header in months else ""
    if not month or PLAN_WORDS & set(plain(header).split()):
        return None
    day = date.fromisoformat(f"{month}-01")
    return day.replace(day=monthrange(day.year, day.month)[1])


def _latest(sheet: Sheet, header: str, today: date) -> date | None:
    """The latest day in a column of dates that is not after today; None for other columns."""
    texts = [text for text in sheet.counts(header) if text.strip()]
    looking = [text for text in texts if dates.looks(text) and not text.strip().isdigit()]
    if not looking or len(looking) < MOSTLY * len(texts):
        return None
    read = dates.reader(texts, Settings(today), "date")
    days = [_end(read(text).value, text) for text in looking]
    return max((day for day in days if day and day <= today), default=None)


def _end(day: date | None, text: str) -> date | None:
    """The day, or of a month its last."""
    if day and dates.looks_like_month(text):
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day
