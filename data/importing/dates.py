"""Days out of text: what is unclear in one cell is decided for a whole column, by evidence."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone

from data.importing import periods, years
from data.importing.date_clues import (
    DAY_FIRST,
    NUMERIC,
    SERIAL,
    SHORT,
    TIME,
    UNIX,
    Clues,
    Settings,
    bare,
    clues,
    only_order,
    usual_order,
)
from data.importing.months import NAME, NUMBERS
from data.importing.periods import DAY, YEARS_AHEAD, Span, full_year
from data.importing.problems import INFO, Found, not_understood
from data.importing.words import nothing

EARLIEST = date(1950, 1, 1)
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_1970 = datetime(1970, 1, 1)

# Texts that mean the same in every column, for who reads a great many at once (RE2 knows these).
PLAIN = {
    "date": r"\d{4}-\d{2}-\d{2}",
    "month": r"\d{4}-\d{2}-\d{2}",
    "timestamp": r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z?",
}

_D, _M, _Y = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?", r"(?P<m>\d{1,2})", r"(?P<y>\d{4})"
_SHORT_Y = r"(?P<y>\d{4}|\d{2})"
_YEAR = re.compile(r"(?:19|20)\d{2}")
_WRITTEN = [
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_Y}(?P<mark>[-/.]){_M}(?P=mark){_D}",
        rf"{_Y}(?P<m>\d{{2}})(?P<d>\d{{2}})",
        rf"{_D}[\s./-]*(?:of\s+)?{NAME}[\s,./-]*{_SHORT_Y}",
        rf"{NAME}[\s-]+{_D},?[\s-]+{_Y}",
        rf"{_Y}[\s/-]+{NAME}[\s/-]+{_D}",
        rf"{_Y}[-/]{_M}",
        rf"{_Y}\.(?P<m>\d{{2}})",
        rf"{_Y}(?P<m>0[1-9]|1[0-2])",
        rf"{_Y}-?m(?P<m>\d{{2}})",
        rf"{_M}[-/.]{_Y}",
        rf"{NAME}[\s,/-]*{_Y}",
        rf"{NAME}(?:-|\s?')(?P<y>\d{{2}})",
        rf"{_Y}[\s/-]+{NAME}",
    )
]

_REWRITE = "Write the day as 2024-12-31 in the file, or give the cell's meaning in the mapping."
_UNREADABLE = not_understood("This is not a complete date, so the cell was left empty.", _REWRITE)
_ONLY_A_YEAR = not_understood(
    "Only the year is known, so the cell was left empty.", "Write the day, or at least the month."
)
_NO_SUCH_DAY = not_understood("There is no such day, so the cell was left empty.", _REWRITE)
_NO_ORDER = not_understood(
    "Nothing in the file shows whether the day or the month comes first here, so the cell was "
    "left empty.",
    "Say which comes first, or write the column's dates as 2024-12-31.",
)
_WRONG_ORDER = not_understood(
    "This does not fit the order of day and month of its column, so the cell was left empty.",
    _REWRITE,
)
_NO_YEAR = not_understood(
    "This may be a day without a year or a month with one, so the cell was left empty.", _REWRITE
)
_NO_YEAR_OF_MONTH = not_understood(
    "This is a month and nothing says of which year, so the cell was left empty.",
    'Say the year (in a mapping: "fixed": {"calendar_year": "2026"}), or write 2026-03.',
)
_NO_SERIAL = not_understood(
    "This may be the number by which a spreadsheet keeps a day, but its column does not show it, "
    "so the cell was left empty.",
    "Format the column as dates in the spreadsheet, or write the day as 2024-12-31.",
)


def looks(text: str) -> bool:
    """Whether the text has the shape of a date, a month or a longer stretch."""
    day = bare(text)
    forms = (NUMERIC, SHORT, *_WRITTEN)
    return any(form.fullmatch(day) for form in forms) or periods.looks(day)


def looks_like_month(text: str) -> bool:
    """Whether the text names a month and its year, and no day, and nothing else can be meant."""
    tidy = " ".join(text.split())
    return not tidy.isdigit() and any(
        (match := form.fullmatch(tidy)) and not match.groupdict().get("d") for form in _WRITTEN
    )


def reader(texts: Iterable[str], settings: Settings, kind: str = "date") -> Callable[[str], Found]:
    """Reads one cell of the column whose cells are `texts` as kind: date, month, timestamp; or
    deadline, a date that is the last day of what is named."""
    shown = clues(texts, settings, kind)
    return lambda text: _read(text.strip(), shown, kind)


def _read(text: str, shown: Clues, kind: str) -> Found:
    if nothing(text):
        return Found()
    try:
        found = _moment(text, shown, kind)
    except (ValueError, OverflowError):
        return _NO_SUCH_DAY
    if isinstance(found, Found):
        return found
    moment, span = found
    return _implausible(span.first, shown.settings.as_of) or _found(moment, span, kind)


def _moment(text: str, shown: Clues, kind: str) -> tuple[datetime, Span] | Found:
    """The moment a text names and the stretch of time it stands for, or why there is none."""
    if kind == "month" and years.month_alone(text):
        return _NO_YEAR_OF_MONTH
    if UNIX.fullmatch(text) and shown.has_unix_times:
        seconds = float(text) / (1 if len(text.partition(".")[0]) == 10 else 1000)
        return _on_day(_1970 + timedelta(seconds=seconds))
    if SERIAL.fullmatch(text):
        return _serial(float(text), shown)
    clock = TIME.search(text)
    span = _span(bare(text), shown)
    if isinstance(span, Found):
        return span
    start = datetime(span.first.year, span.first.month, span.first.day, *_clock(clock))
    moment = start.replace(tzinfo=_zone(clock, kind)).astimezone(UTC).replace(tzinfo=None)
    return (moment, span) if span.length != DAY else _on_day(moment)


def _on_day(moment: datetime) -> tuple[datetime, Span]:
    return moment, Span(moment.date(), moment.date(), DAY)


def _serial(number: float, shown: Clues) -> tuple[datetime, Span] | Found:
    if not shown.has_serials:
        return _NO_SERIAL
    day = shown.settings.epoch or EPOCH
    seconds = round(number * 86_400)
    return _on_day(datetime(day.year, day.month, day.day) + timedelta(seconds=seconds))


def _found(moment: datetime, span: Span, kind: str) -> Found:
    if kind == "month":
        return _month(span)
    if kind == "deadline" and span.length != DAY:
        return _rounded(span.last, span)
    value = moment if kind == "timestamp" else moment.date()
    return Found(value) if span.length == DAY else _rounded(value, span)


def _month(span: Span) -> Found:
    if (span.first.year, span.first.month) == (span.last.year, span.last.month):
        return Found(span.first.replace(day=1))
    return not_understood(
        f"This is a {span.length}, and amounts are kept by month, so the cell was left empty.",
        "Split the amount over its months.",
    )


def _rounded(value: date, span: Span) -> Found:
    return Found(
        value,
        INFO,
        f"Only the {span.length} is known, so the day is taken as {value:%Y-%m-%d}.",
        "Write the full day if it is known.",
    )


def _span(text: str, shown: Clues) -> Span | Found:
    """The day, month or longer stretch a text names, or why there is none."""
    if match := NUMERIC.fullmatch(text):
        return _ordered(match, shown)
    if match := SHORT.fullmatch(text):
        return _short(match, shown)
    for form in _WRITTEN:
        if match := form.fullmatch(text):
            return _written(match.groupdict(), shown.settings.as_of)
    found = periods.read(text, shown.settings.as_of, shown.settings.fiscal_start)
    return found or (_ONLY_A_YEAR if _YEAR.fullmatch(text) else _UNREADABLE)


def _ordered(match: re.Match, shown: Clues) -> Span | Found:
    first, second = int(match["a"]), int(match["b"])
    year = full_year(match["y"], shown.settings.as_of)
    own = only_order(match)
    order = own or shown.order or usual_order(match)
    if own and shown.order and own != shown.order:
        return _WRONG_ORDER
    if order is None and first != second:
        return _NO_ORDER
    return _day(year, second, first) if order == DAY_FIRST else _day(year, first, second)


def _day(year: int, month: int, day: int) -> Span:
    return Span(date(year, month, day), date(year, month, day), DAY)


def _short(match: re.Match, shown: Clues) -> Span | Found:
    if not shown.has_short_months:
        return _NO_YEAR
    return periods.month(2000 + int(match["y"]), NUMBERS[match["name"].casefold()])


def _written(found: dict[str, str | None], as_of: date) -> Span:
    month = NUMBERS[found["name"].casefold()] if found.get("name") else int(found["m"])
    year = full_year(found["y"], as_of)
    if not found.get("d"):
        return periods.month(year, month)
    return _day(year, month, int(found["d"]))


def _clock(match: re.Match | None) -> tuple[int, int, int, int]:
    if not match:
        return (0, 0, 0, 0)
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].casefold() == "p" else 0)
    part = int(f"{match['part'] or '':0<6.6}")
    return hour, int(match["minute"]), int(match["second"] or 0), part


def _zone(match: re.Match | None, kind: str) -> timezone:
    """The zone a timestamp is given in; a day is the day that was written, wherever that was."""
    written = (match and match["zone"]) or ""
    if kind != "timestamp" or written[:1] not in ("+", "-"):
        return UTC
    hours, minutes = int(written[1:3]), int(written[3:].strip(":") or 0)
    return timezone((1 if written[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def _implausible(day: date, as_of: date) -> Found | None:
    serial = (day - EPOCH).days
    if 1990 <= serial <= 2035:
        return not_understood(
            f"A spreadsheet shows the year {serial} as {day.month}/{day.day}/{day.year}; only the "
            "year is known, so the cell was left empty.",
            f"Write the day in {serial}, or clear the cell.",
        )
    if day < EARLIEST:
        return not_understood("The date lies before 1950, so the cell was left empty.", _REWRITE)
    if day > latest(as_of):
        return not_understood(
            f"The date lies more than {YEARS_AHEAD} years after {as_of}, so the cell was left "
            "empty.",
            _REWRITE,
        )
    return None


def latest(as_of: date) -> date:
    """The last day that can be meant by a file that describes `as_of`."""
    return as_of.replace(year=as_of.year + YEARS_AHEAD, day=min(as_of.day, 28))
