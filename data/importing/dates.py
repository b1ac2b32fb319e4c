"""Days out of text: the order of day and month is decided for a whole column, by evidence."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from data.importing.problems import INFO, Found, not_understood
from data.importing.words import nothing

DAY_FIRST, MONTH_FIRST = "day first", "month first"
EARLIEST = date(1950, 1, 1)
YEARS_AHEAD = 15

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_LONG = "january february march april may june july august september october november december"
_NAMES = {name: at for at, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_NAMES |= {name: at for at, name in enumerate(_LONG.split(), 1)}
_NAME = rf"(?P<name>{'|'.join(sorted(_NAMES, key=len, reverse=True))})\.?"
_D, _M, _Y = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?", r"(?P<m>\d{1,2})", r"(?P<y>\d{4})"
_SHORT_Y = r"(?P<y>\d{4}|\d{2})"

_TIME = re.compile(
    r"(?:T|[\s,]+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<part>\d{1,9}))?)?"
    r"\s*(?P<half>[ap])?(?:\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?$",
    re.I,
)
_NUMERIC = re.compile(rf"(?P<a>\d{{1,2}})(?P<mark>[/.-])(?P<b>\d{{1,2}})(?P=mark){_SHORT_Y}")
_SHORT = re.compile(rf"(?P<y>\d{{1,2}})-{_NAME}", re.I)
_PLAIN = [
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_Y}(?P<mark>[-/.]){_M}(?P=mark){_D}",
        rf"{_Y}(?P<m>\d{{2}})(?P<d>\d{{2}})",
        rf"{_D}[\s./-]+(?:of\s+)?{_NAME}[\s,./-]+{_SHORT_Y}",
        rf"{_NAME}[\s-]+{_D},?[\s-]+{_Y}",
        rf"{_Y}[\s/-]+{_NAME}[\s/-]+{_D}",
        rf"{_Y}[-/]{_M}",
        rf"{_M}[-/.]{_Y}",
        rf"{_NAME}[\s,/-]*{_Y}",
        rf"{_NAME}(?:-|\s?')(?P<y>\d{{2}})",
        rf"{_Y}[\s/-]+{_NAME}",
    )
]

_REWRITE = "Write the day as 2024-12-31 in the file, or give the cell's meaning in the mapping."
_UNREADABLE = not_understood("This is not a complete date, so the cell was left empty.", _REWRITE)
_NO_SUCH_DAY = not_understood("There is no such day, so the cell was left empty.", _REWRITE)
_NO_ORDER = not_understood(
    "Nothing in the file shows whether the day or the month comes first here, so the cell was "
    "left empty.",
    "Write the column's dates as 2024-12-31.",
)
_WRONG_ORDER = not_understood(
    "This does not fit the order of day and month of its column, so the cell was left empty.",
    _REWRITE,
)
_NO_YEAR = not_understood(
    "This may be a day without a year or a month with one, so the cell was left empty.", _REWRITE
)


@dataclass(frozen=True)
class Clues:
    """What the whole column, or the whole file, shows about its dates."""

    as_of: date
    order: str | None = None
    has_short_months: bool = False


def looks(text: str) -> bool:
    """Whether the text has the shape of a date or a month."""
    bare = _TIME.sub("", text.strip())
    return any(pattern.fullmatch(bare) for pattern in (_NUMERIC, _SHORT, *_PLAIN))


def votes(texts: Iterable[str]) -> Counter[str]:
    """How many cells can only be read day first, and how many only month first."""
    found: Counter[str] = Counter()
    for text in texts:
        match = _NUMERIC.fullmatch(_TIME.sub("", text.strip()))
        if match and (order := _only_order(match)):
            found[order] += 1
    return found


def _only_order(match: re.Match) -> str | None:
    first, second = int(match["a"]), int(match["b"])
    if first > 12 >= second:
        return DAY_FIRST
    if second > 12 >= first:
        return MONTH_FIRST
    return DAY_FIRST if match["mark"] == "." and first <= 12 else None


def order_of(found: Counter[str]) -> str | None:
    """The order the cells prove; a stray exception among many does not unprove it."""
    ranked = found.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] < 20 * ranked[1][1]):
        return None
    return ranked[0][0]


def reader(
    texts: Iterable[str], as_of: date, order: str | None = None, kind: str = "date"
) -> Callable[[str], Found]:
    """Reads one cell of the column whose cells are `texts`; `order` is what the file proves."""
    texts = list(texts)
    own = votes(texts)
    clues = Clues(as_of, order_of(own) if own else order, _has_short_months(texts, as_of))
    return lambda text: _read(text.strip(), clues, kind)


def _has_short_months(texts: Iterable[str], as_of: date) -> bool:
    """Whether cells such as 22-Jul are months: three or more, and no number beyond next year."""
    matches = [match for text in texts if (match := _SHORT.fullmatch(text.strip()))]
    latest = as_of.year % 100 + 1
    plausible = [len(match["y"]) == 2 and int(match["y"]) <= latest for match in matches]
    return len(plausible) >= 3 and all(plausible)


def _read(text: str, clues: Clues, kind: str) -> Found:
    if nothing(text):
        return Found()
    clock = _TIME.search(text)
    parts = _parts(text[: clock.start()] if clock else text, clues)
    if isinstance(parts, Found):
        return parts
    year, month, day = parts
    try:
        moment = datetime(year, month, day or 1, *_clock(clock)).replace(tzinfo=_zone(clock, kind))
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return _NO_SUCH_DAY
    if doubt := _implausible(moment.date(), clues.as_of):
        return doubt
    return _found(moment, day, kind)


def _found(moment: datetime, day: int | None, kind: str) -> Found:
    if kind == "month":
        return Found(moment.date().replace(day=1))
    value = moment if kind == "timestamp" else moment.date()
    if day is None:
        return Found(
            value,
            INFO,
            f"Only the month is known, so the day is taken as {moment:%Y-%m-%d}.",
            "Write the full day if it is known.",
        )
    return Found(value)


def _parts(text: str, clues: Clues) -> tuple[int, int, int | None] | Found:
    """Year, month and day (None: only the month is known), or why there are none."""
    if match := _NUMERIC.fullmatch(text):
        return _ordered(match, clues)
    if match := _SHORT.fullmatch(text):
        return _short(match, clues)
    for pattern in _PLAIN:
        if match := pattern.fullmatch(text):
            return _named(match.groupdict(), clues)
    return _UNREADABLE


def _ordered(match: re.Match, clues: Clues) -> tuple[int, int, int] | Found:
    first, second, year = int(match["a"]), int(match["b"]), _full(match["y"], clues.as_of)
    order = _only_order(match)
    if first == second:
        return year, first, second
    if order and clues.order and order != clues.order:
        return _WRONG_ORDER
    order = order or clues.order
    if order is None:
        return _NO_ORDER
    return (year, second, first) if order == DAY_FIRST else (year, first, second)


def _short(match: re.Match, clues: Clues) -> tuple[int, int, None] | Found:
    if not clues.has_short_months:
        return _NO_YEAR
    return 2000 + int(match["y"]), _NAMES[match["name"].casefold()], None


def _named(found: dict[str, str | None], clues: Clues) -> tuple[int, int, int | None]:
    month = _NAMES[found["name"].casefold()] if found.get("name") else int(found["m"])
    day = int(found["d"]) if found.get("d") else None
    return _full(found["y"], clues.as_of), month, day


def _full(year: str, as_of: date) -> int:
    """The year of two digits or four: 24 is 2024, 99 is 1999."""
    if len(year) == 4:
        return int(year)
    return 2000 + int(year) if int(year) <= as_of.year % 100 + YEARS_AHEAD else 1900 + int(year)


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
    hours, minutes = int(written[1:3]), int(written[-2:])
    return timezone((1 if written[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def _implausible(day: date, as_of: date) -> Found | None:
    serial = (day - date(1899, 12, 30)).days
    if 1990 <= serial <= 2035:
        return not_understood(
            f"A spreadsheet shows the year {serial} as {day.month}/{day.day}/{day.year}; only the "
            "year is known, so the cell was left empty.",
            f"Write the day in {serial}, or clear the cell.",
        )
    if day < EARLIEST:
        return not_understood("The date lies before 1950, so the cell was left empty.", _REWRITE)
    if day > _years_after(as_of, YEARS_AHEAD):
        return not_understood(
            f"The date lies more than {YEARS_AHEAD} years after {as_of}, so the cell was left "
            "empty.",
            _REWRITE,
        )
    return None


def _years_after(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28))
