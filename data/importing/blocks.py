"""Columns that belong together, one per month, category, metric or capability: what they are."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from data.importing import dates, numbers, periods, words, years
from data.importing.date_clues import NUMERIC
from data.importing.evidence import Suggestion, Values
from data.importing.paths import INVENTORIES, written
from data.importing.problems import Found
from data.importing.sheet import Reading
from data.tables import BARRIERS, CAPABILITIES, TABLES

MOSTLY = 0.8
SURE, LIKELY = 0.9, 0.75
ACTUAL = {"costs": "actual_amount", "benefits": "realised_amount"}

_PLAN = re.compile(r"\b(plan(ned)?|budget(ed)?|forecast|target|soll)\b", re.I)
_DONE = re.compile(r"\b(actuals?|spent|spend|realised|realized|ist|booked)\b", re.I)
_COST = re.compile(r"\b(costs?|spend|spent|budget|expenses?|kosten)\b", re.I)
_BENEFIT = re.compile(r"\b(benefits?|savings?|value|nutzen)\b", re.I)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00:00)?")
_BARRIER = re.compile(
    r"(?:main |key |primary |current )?(?:barrier|blocker|impediment|obstacle|blocked by)s?", re.I
)
_TOTAL = re.compile(
    r"(?:(?:total|overall|cumulative|full|project|actual|planned|approved|annual) )*"
    r"(?:costs?|budget|spend|spent|spending|investment|expenses?|funding|gesamtkosten|kosten)"
    r"(?: (?:to date|so far|total|spent|per year|actual|planned|(?:fy ?)?(?:20)?\d\d))?",
    re.I,
)
_LATE = date(2100, 1, 1)
OFFERED = (
    ("costs", "actual_amount", "category", "other"),
    ("costs", "planned_amount", "category", "other"),
    ("benefits", "realised_amount", "kind", "cost_saving"),
)
TURNS = (
    "The months are in no order and name no year: write the years into the headers, as Jan 2026."
)


def suggest(
    values: Mapping[str, Values],
    as_: str,
    as_of: date | None = None,
    year: tuple[str, str] = ("", ""),
) -> dict[str, Suggestion]:
    """What the columns that belong together are, by header; `year` as for `months`."""
    found = months(values, as_, as_of, year)
    if as_ in ACTUAL:
        found |= _longer(values)
    if as_ == "costs":
        found |= _categories(values)
    if as_ in INVENTORIES:
        found |= _totals({name: each for name, each in values.items() if name not in found}, as_of)
    if as_ in (*INVENTORIES, "capabilities"):
        found |= _capabilities(values, "" if as_ == "capabilities" else "capabilities")
    return found | (_barrier(values) if as_ in INVENTORIES else {})


def months(
    values: Mapping[str, Values], as_: str, as_of: date | None, year: tuple[str, str]
) -> dict[str, Suggestion]:
    """A column per month: two or more headers that are months, above amounts.

    `year` is the year of months that are named alone, and what says so; empty if nothing does.
    """
    known = months_of(values) or alone(values)
    block = {header: month for header, month in known.items() if _is_of_numbers(values[header])}
    if len(block) < 2 or (as_ not in ACTUAL and as_ not in INVENTORIES):
        return {}
    if _is_mixed(block.values()):
        return {header: Suggestion(header, None, 0.0, TURNS) for header in block}
    found: dict[str, Suggestion] = {}
    for header, month in block.items():
        each = _month(header, month, as_, as_of, year)
        is_taken = each.target in {other.target for other in found.values() if other.target}
        found[header] = _twice(each) if is_taken else each
    return found


def month_of(header: str) -> str | None:
    """The month a header names, alone or beside words for plan and actual: 2025-01."""
    bare = _bare(header)
    if day := _DAY.fullmatch(bare):
        return _whole_month(*map(int, day.groups()))
    if not dates.looks_like_month(bare):
        return None
    found: Found = dates.reader([bare], dates.Settings(_LATE), "month")(bare)
    return f"{found.value:%Y-%m}" if found.value else None


def months_of(headers: Iterable[str]) -> dict[str, str]:
    """The months that headers name, days such as 01/02/2025 together: one part is the first of all
    months or the last, the other tells them apart.

    >>> months_of(["Project", "01/01/2025", "01/02/2025"])
    {'01/01/2025': '2025-01', '01/02/2025': '2025-02'}
    """
    headers = list(headers)
    alone = {header: month for header in headers if (month := month_of(header))}
    days = {header: day for header in headers if (day := NUMERIC.fullmatch(_bare(header)))}
    for first, second in (("a", "b"), ("b", "a")):
        found = {
            header: _whole_month(_full(day["y"]), int(day[second]), int(day[first]))
            for header, day in days.items()
        }
        if len(found) > 1 and None not in found.values() and _are_apart(days.values(), second):
            return alone | found
    return alone


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _are_apart(days: Iterable[re.Match], part: str) -> bool:
    """Whether months differ by more than their year."""
    return len({day[part] for day in days}) > 1


def _whole_month(year: int, month: int, day: int) -> str | None:
    """The month that a spreadsheet keeps as its first day or its last."""
    is_month = 1 <= month <= 12 and year and day in (1, monthrange(year, month)[1])
    return f"{year:04}-{month:02}" if is_month else None


def _bare(header: str) -> str:
    """A header without money and without words for plan, actual, cost and benefit."""
    bare = numbers.without_money(header)
    for words_of in (_PLAN, _DONE, _COST, _BENEFIT):
        bare = words_of.sub(" ", bare)
    return " ".join(bare.strip(" -–:|/,").split())


def month_without_year(header: str) -> str | None:
    """The month a header names without a year, in two digits: 03."""
    bare = _bare(header)
    number = None if bare.isdecimal() else years.month_alone(bare)
    return f"{number:02}" if number else None


def _longer(values: Mapping[str, Values]) -> dict[str, Suggestion]:
    """A column per quarter or year is explained, as amounts are kept by month."""
    why = "It is longer than a month, and amounts are kept by month: split it over its months."
    return {
        header: Suggestion(header, None, 0.0, why)
        for header, each in values.items()
        if periods.looks(_bare(header)) and _is_of_numbers(each)
    }


def alone(headers: Iterable[str]) -> dict[str, str]:
    """The months that headers name without a year; after the turn of the year, of the next one.

    >>> alone(["Project", "Nov", "Dec", "Jan"])
    {'Nov': '11', 'Dec': '12', 'Jan': '01+1'}
    """
    found = {header: month for header in headers if (month := month_without_year(header))}
    order = list(dict.fromkeys(found.values()))
    later = next((order[at:] for at in range(1, len(order)) if order[at] < order[at - 1]), [])
    is_next = later == sorted(later) and bool(later) and later[-1] < order[0]
    return {
        header: month + years.NEXT if is_next and month in later else month
        for header, month in found.items()
    }


def year_of(headers: Iterable[str], reading: Reading, filename: str) -> tuple[str, str]:
    """The year of the first of the months named alone, and what says so; empty if nothing does."""
    is_turning = any(month.endswith(years.NEXT) for month in alone(headers).values())
    return years.said(reading, filename, is_turning)


def says_which(header: str) -> bool:
    """Whether a month's header says if its amounts are plan or actual; else the day decides."""
    return bool(_PLAN.search(header) or _DONE.search(header))


def _month(
    header: str, month: str, as_: str, as_of: date | None, year: tuple[str, str]
) -> Suggestion:
    table = as_ if as_ in ACTUAL else _table(header)
    if not table:
        offers = tuple(
            written(column, table, month=month, **({part: value} if part else {}))
            for table, column, part, value in OFFERED
        )
        why = f'It is a month, and nothing says of what: map it as "{offers[0]}", if of costs.'
        return Suggestion(header, None, 0.0, why, offers)
    is_plan, is_done = bool(_PLAN.search(header)), bool(_DONE.search(header))
    full = years.full_month(month, year[0])
    is_later = bool(as_of and full) and date.fromisoformat(f"{full}-01") > as_of
    is_planned = is_plan or (is_later and not is_done)
    column = "planned_amount" if is_planned else ACTUAL[table]
    fixed = {"month": month}
    if table != as_:
        fixed |= {"category": "other"} if table == "costs" else {"kind": "cost_saving"}
    said = "and says so" if is_plan or is_done else "taken by default, as no word says plan"
    of_year = f" of {full[:4]}, as {year[1]} says" if full != month and full else ""
    of_next = "; after the turn of the year" if month.endswith(years.NEXT) else ""
    why = f"A column per month{of_year}{of_next}; {column.replace('_', ' ')} {said}."
    is_sure = (is_plan or is_done) and table == as_
    return Suggestion(
        header,
        written(column, "" if table == as_ else table, **fixed),
        SURE if is_sure else LIKELY,
        why,
    )


def _is_mixed(found: Iterable[str]) -> bool:
    """Whether months named alone are in no order, so that their years cannot be told."""
    named = [month for month in dict.fromkeys(found) if "-" not in month]
    return named != sorted(named, key=lambda month: (month.endswith(years.NEXT), month))


def _table(header: str) -> str:
    """Whether an inventory's month is of costs or of benefits."""
    is_cost, is_benefit = bool(_COST.search(header)), bool(_BENEFIT.search(header))
    return "costs" if is_cost and not is_benefit else "benefits" if is_benefit else ""


def _twice(each: Suggestion) -> Suggestion:
    return Suggestion(each.header, None, 0.0, f"Another column is {each.target} already.")


def _is_of_numbers(values: Values) -> bool:
    return not values.count or values.numbers >= MOSTLY


def _categories(values: Mapping[str, Values]) -> dict[str, Suggestion]:
    """A column per category of cost, or one of plan and one of actual: two or more categories as
    headers, above amounts."""
    named = {
        (category, bool(_PLAN.search(header))): header
        for header, each in reversed(values.items())
        if (category := _category(header)) and each.count and _is_of_numbers(each)
    }
    if len({category for category, _ in named}) < 2:
        return {}
    return {
        header: Suggestion(
            header,
            written("planned_amount" if is_plan else "actual_amount", category=category),
            LIKELY,
            f"A column per category; its name is {category}, its values are amounts.",
        )
        for (category, is_plan), header in named.items()
    }


def _category(header: str) -> str | None:
    """The category of cost a header names, alone or beside words for plan and actual."""
    known = TABLES["costs"].column("category").words
    return words.meaning(header, known) or words.meaning(_bare(header), known)


def _capabilities(values: Mapping[str, Values], table: str) -> dict[str, Suggestion]:
    """A column per capability: headers that are capabilities, above words for yes, partly, no."""
    states = TABLES["capabilities"].column("state").words
    named = {
        words.meaning(header, CAPABILITIES): header
        for header, each in reversed(values.items())
        if words.meaning(header, CAPABILITIES)
        and each.count
        and each.share(lambda text: words.meaning(text, states)) >= MOSTLY
    }
    return {
        header: Suggestion(
            header,
            written("state", table, capability=capability),
            SURE,
            f"Its name is the capability {capability.replace('_', ' ')}, its values say yes or no.",
        )
        for capability, header in named.items()
    }


def _totals(values: Mapping[str, Values], as_of: date | None) -> dict[str, Suggestion]:
    """A column of total costs or budgets is explained, as costs are kept by month and category."""
    month = f"{as_of or date.today():%Y-%m}"
    offers = tuple(
        written(column, "costs", month=month, category="other")
        for column in ("actual_amount", "planned_amount")
    )
    why = (
        "It seems to be a total of costs, and costs are kept by month and category: bring them in "
        f'as a file of costs, or book all in one month by choosing "{offers[0]}".'
    )
    return {
        header: Suggestion(header, None, 0.0, why, offers)
        for header, each in values.items()
        if _TOTAL.fullmatch(_tidy(header)) and each.count and each.numbers >= MOSTLY
    }


def _tidy(header: str) -> str:
    return " ".join(numbers.without_money(header).split())


def _barrier(values: Mapping[str, Values]) -> dict[str, Suggestion]:
    for header, each in values.items():
        is_named = _BARRIER.fullmatch(" ".join(header.split())) and each.count
        if is_named and each.share(lambda text: words.meaning(text, BARRIERS)) >= 0.5:
            why = "The header says barrier, and so do most of its values."
            return {header: Suggestion(header, "barriers.barrier", LIKELY, why)}
    return {}


def metrics(
    values: Mapping[str, Values], as_: str, chosen: Mapping[str, Suggestion]
) -> dict[str, Suggestion]:
    """A column per metric: what is left of numbers, when no column holds metrics or values."""
    taken = {each.target for each in chosen.values()}
    if as_ != "model_metrics" or "metric" in taken or "value" in taken:
        return {}
    found: dict[str, Suggestion] = {}
    for header, each in values.items():
        if header in chosen or not each.count or each.numbers < MOSTLY:
            continue
        metric = words.plain(header).replace(" ", "_")
        why = f"A column of numbers, taken for the metric {metric}."
        found[header] = Suggestion(header, written("value", metric=metric), LIKELY, why)
    return found


def of_no_category(chosen: Mapping[str, Suggestion]) -> dict[str, Suggestion]:
    """Months of costs that no column puts in a category: they are in "other", and it is said."""
    why = 'No column says the category, so it is "other".'
    return {
        header: replace(each, target=f"{each.target},category=other", why=f"{each.why} {why}")
        if each.target and "@month=" in each.target
        else each
        for header, each in chosen.items()
    }
