"""What a whole column of dates shows: which comes first, the day or the month, and what bare
numbers are."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from data.importing.months import NAME
from data.importing.words import nothing

DAY_FIRST, MONTH_FIRST = "day first", "month first"

TIME = re.compile(
    r"(?:T|[\s,]+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<part>\d{1,9}))?)?"
    r"\s*(?P<half>[ap])?(?:\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?$",
    re.I,
)
NUMERIC = re.compile(r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4}|\d{2})")
SHORT = re.compile(rf"(?P<y>\d{{1,2}})-{NAME}", re.I)
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
UNIX = re.compile(r"1\d{9}(?:\.\d+)?|1\d{12}")

_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]{0,4}day|s|rs|r)?\.?,?\s+", re.I)
_NUMBER = re.compile(r"\d{1,5}(?:\.\d+)?")


@dataclass(frozen=True)
class Settings:
    """What is known of dates beyond their column: the file shows it, or the analyst says it.

    `order` is what the file's other columns prove, `answer` what the analyst says of columns that
    prove nothing; `fiscal_start` is the first month of the fiscal year; `epoch` is the day zero of
    a workbook's serial numbers, None when the file is none.
    """

    as_of: date
    order: str | None = None
    answer: str | None = None
    fiscal_start: int | None = None
    epoch: date | None = None


@dataclass(frozen=True)
class Clues:
    """What the whole column shows about its dates."""

    settings: Settings
    order: str | None = None
    has_short_months: bool = False
    has_serials: bool = False
    has_unix_times: bool = False


def votes(texts: Iterable[str]) -> Counter[str]:
    """How many cells can only be read day first, and how many only month first."""
    return _counted(texts, usual_order)


def _counted(texts: Iterable[str], decide: Callable[[re.Match], str | None]) -> Counter[str]:
    matches = (match for text in texts if (match := NUMERIC.fullmatch(bare(text))))
    return Counter(order for match in matches if (order := decide(match)))


def bare(text: str) -> str:
    """The text without a time of the day and the name of the day."""
    return TIME.sub("", _WEEKDAY.sub("", text.strip(), count=1))


def only_order(match: re.Match) -> str | None:
    """The only order in which the numbers are a day."""
    first, second = int(match["a"]), int(match["b"])
    if first > 12 >= second:
        return DAY_FIRST
    return MONTH_FIRST if second > 12 >= first else None


def usual_order(match: re.Match) -> str | None:
    """The only possible order, or that of dates with points, which stands unless denied."""
    is_pointed = match["mark"] == "." and int(match["a"]) <= 12
    return only_order(match) or (DAY_FIRST if is_pointed else None)


def order_of(found: Counter[str]) -> str | None:
    """The order the cells prove; a stray exception among many does not unprove it."""
    ranked = found.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] < 20 * ranked[1][1]):
        return None
    return ranked[0][0]


def clues(texts: Iterable[str], settings: Settings, kind: str = "date") -> Clues:
    """What the column whose cells are `texts` shows, and the file and the analyst where it
    shows nothing."""
    texts = [text.strip() for text in texts]
    own = votes(texts)
    order = order_of(_counted(texts, only_order)) or settings.answer or order_of(own)
    return Clues(
        settings,
        order or (None if own else settings.order),
        _has_short_months(texts, settings.as_of),
        has_serials(texts, settings.epoch is not None),
        kind == "timestamp" and _all(UNIX, texts),
    )


def is_undecided(texts: Iterable[str], settings: Settings) -> bool:
    """Whether somebody must say if the day or the month comes first in this column."""
    texts = list(texts)
    return any(map(is_ordered, texts)) and clues(texts, settings).order is None


def is_ordered(text: str) -> bool:
    """Whether a cell is one day or another, depending on what comes first."""
    match = NUMERIC.fullmatch(bare(text))
    return bool(match) and match["a"] != match["b"] and not usual_order(match)


def _has_short_months(texts: Iterable[str], as_of: date) -> bool:
    """Whether cells such as 22-Jul are months: three or more, and no number beyond next year."""
    matches = [match for text in texts if (match := SHORT.fullmatch(text))]
    latest = as_of.year % 100 + 1
    plausible = [len(match["y"]) == 2 and int(match["y"]) <= latest for match in matches]
    return len(plausible) >= 3 and all(plausible)


def has_serials(texts: Iterable[str], is_workbook: bool = False) -> bool:
    """Whether the bare numbers of a column are a spreadsheet's days: three or more, nearly all of
    them between 1954 and 2064; in a workbook, which keeps days so, one will do."""
    numbers = [text.strip() for text in texts if _NUMBER.fullmatch(text.strip())]
    found = [text for text in numbers if SERIAL.fullmatch(text) and _is_day(text)]
    needed = 1 if is_workbook else 3
    return len(found) >= needed and len(found) > 20 * (len(numbers) - len(found))


def _is_day(serial: str) -> bool:
    return 20_000 <= float(serial) <= 60_000


def _all(form: re.Pattern, texts: Iterable[str]) -> bool:
    given = [text for text in texts if not nothing(text)]
    return bool(given) and all(form.fullmatch(text) for text in given)
