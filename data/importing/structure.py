"""Where in a sheet's records a table is: its header, its rows, and what stands around them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from data.errors import FileRefused
from data.importing import beside
from data.importing.blocks import months_of
from data.importing.choices import Choices
from data.importing.numbers import is_money, names_money
from data.importing.years import is_year, month_alone

SAMPLE = 1_000
TITLE_ROWS = 50
_NUMBER_OR_DAY = re.compile(
    r"[-+$€£(]{0,2}\s?\d[\d.,'\s]*[%)]?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b.*|\d{4}-\d\d"
)
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b.*|\d{4}-\d\d")
_UNITS = frozenset(
    {"eur", "usd", "gbp", "chf", "€", "$", "£", "%", "k€", "k$", "keur", "teur", "tusd", "kusd"}
    | {"meur", "musd", "mio", "million", "millions", "thousands", "days", "day", "hours", "h"}
    | {"weeks", "months", "years", "fte", "count", "number", "text", "date", "yyyy-mm-dd"}
    | {"dd.mm.yyyy", "dd/mm/yyyy", "mm/dd/yyyy", "yyyy-mm", "#", "-", "–"}
)
_TOTALS = frozenset(
    {"total", "totals", "grand total", "sum", "subtotal", "sub total", "sub-total", "summe"}
    | {"gesamt", "gesamtsumme", "zwischensumme", "total général", "totale", "overall total"}
)
UNIT_ROW, TOTAL_ROW = "units of the columns", "totals of other rows"
HEADER_ROW, NOTE_ROW = "the header repeated", "notes below the table"

Record = Sequence[str]


@dataclass(frozen=True)
class Place:
    """A table among a sheet's records: `header` to `end`; `header_rows` rows are its header.

    `columns` are those it has where other tables stand beside it, as (first, behind the last).
    """

    header: int
    header_rows: int
    end: int
    columns: beside.Columns | None = None

    @property
    def first(self) -> int:
        return self.header + self.header_rows


def filled(record: Record) -> int:
    """How many cells of the record hold something."""
    return sum(map(bool, map(str.strip, record)))


def places(records: Sequence[Record], choices: Choices) -> tuple[list[Place], int]:
    """Every table of the records, and which of them is meant: the chosen or the largest one."""
    if choices.header_row:
        return [_at_row(records, choices.header_row)], 0
    ranges = list(_ranges(records))
    found = [place for each in ranges for place in _places_beside(records, *each, len(ranges) > 1)]
    if choices.table and not 0 < choices.table <= len(found):
        raise FileRefused(f"The sheet has no table {choices.table}: it has {len(found)}.")
    if choices.table:
        return found, choices.table - 1
    return found, max(range(len(found)), key=lambda at: _size(records, found[at]))


def _size(records: Sequence[Record], place: Place) -> int:
    rows = records[place.first : place.end]
    return sum(map(filled, beside.cut(rows, place.columns) if place.columns else rows))


def _places_beside(
    records: Sequence[Record], start: int, end: int, is_one_of_many: bool
) -> list[Place]:
    """The tables from `start` to `end`: one, or some that stand side by side."""
    found = []
    for columns in beside.blocks(records[start:end]):
        own = beside.cut(records, columns)
        place = _place(own, start, end, True)
        if place and _has_figures(own, place):
            found.append(replace(place, end=_last_filled(own, place), columns=columns))
    parts = [_part(records, place) for place in found]
    if len(found) > 1 and beside.are_tables(parts):
        return found
    place = _place(records, start, end, is_one_of_many)
    return [place] if place else []


def _part(records: Sequence[Record], place: Place) -> tuple[Record, list[Record]]:
    own = beside.cut(records[: place.end], place.columns)
    return own[place.header], own[place.first :]


def _has_figures(records: Sequence[Record], place: Place) -> bool:
    """Whether a column below the header is of numbers or days."""
    return _fits_below(records[place.header], records[place.first : place.first + 20])


def _last_filled(records: Sequence[Record], place: Place) -> int:
    return max(at for at in range(place.header, place.end) if filled(records[at])) + 1


def _at_row(records: Sequence[Record], row: int) -> Place:
    if not (0 < row <= len(records) and filled(records[row - 1])):
        raise FileRefused(f"Row {row} cannot be the header: it is empty or not in the file.")
    starts = [start for start, _ in _ranges(records) if start >= row]
    return Place(row - 1, 1, min(starts, default=len(records)))


def _ranges(records: Sequence[Record]) -> Iterator[tuple[int, int]]:
    """The records from where a table opens to where the next one does; titles go with the next."""
    start, is_table, after_empty = 0, False, False
    names: set[str] = set()
    for at, record in enumerate(records):
        count = filled(record)
        if not is_table and count > 1:
            names = names_of(record)
        if count and after_empty and is_table and _opens(records, at, names):
            yield start, at
            start, names = at, names_of(record)
        is_table = is_table or (count > 1 and at + 1 < len(records) and filled(records[at + 1]) > 1)
        after_empty = not count or (after_empty and count == 1)
    yield start, len(records)


def names_of(record: Record) -> set[str]:
    """What the record's filled cells say, whatever their letter case."""
    return {cell.casefold() for cell in cells_of(record)}


def _opens(records: Sequence[Record], at: int, before: set[str]) -> bool:
    """Whether a header stands here: only words, and below it numbers or days in some column; or
    some, but not all, of the names of the header before."""
    header = records[at]
    names = [cell.strip() for cell in header if cell.strip()]
    if len(names) < 2 or len(set(names)) < len(names):
        return False
    below = []
    for record in records[at + 1 : at + 21]:
        if not filled(record):
            break
        below.append(record)
    is_named = not any(map(_is_figure, names)) or _names_months(header, below)
    if not is_named or not below:
        return False
    return _is_other(names, before) or _fits_below(header, below)


def _is_other(names: list[str], before: set[str]) -> bool:
    """Whether names are a header's: one of the header before is among them, and so are others."""
    own = {name.casefold() for name in names}
    return bool(own & before) and not own <= before


def _fits_below(header: Record, below: list[Record]) -> bool:
    width, has_figures = len(header), False
    for place in range(max(map(len, below), default=0)):
        cells = [row[place].strip() for row in below if place < len(row) and row[place].strip()]
        if cells and (place >= width or not header[place].strip()):
            return False
        has_figures = has_figures or (bool(cells) and all(map(_is_figure, cells)))
    return has_figures


def _place(records: Sequence[Record], start: int, end: int, is_one_of_many: bool) -> Place | None:
    try:
        at = start + header_at(records[start:end])
    except FileRefused:
        if is_one_of_many:
            return None
        raise
    rows = 2 if at + 2 < end and _continues(records[at], records[at + 1]) else 1
    if rows == 1 and at > start and _groups(records[at - 1], records[at]):
        return Place(at - 1, 2, end)
    return Place(at, rows, end)


def header_at(records: Sequence[Record]) -> int:
    """The place of the header: the first row as full as the table's rows, made of words."""
    widths = Counter(len(record) for record in records[:SAMPLE] if len(record) > 1)
    width = max(widths, key=widths.get, default=0)
    counts = [filled(record[:width]) for record in records[:TITLE_ROWS]]
    needed = max(2, 0.6 * max(counts, default=0))
    for at, record in enumerate(records[:TITLE_ROWS]):
        if counts[at] >= needed:
            below = records[at + 1 : at + 21]
            if _is_header(record) or _names_months(record, below) or _has_years(record, below):
                return at
            break
    raise FileRefused(
        "No header was found: the first full row holds numbers or dates, not names of columns. "
        "Write one row with the columns' names above the data."
    )


def _is_header(record: Record) -> bool:
    """Whether more than half of the row's cells are words."""
    cells = [cell.strip() for cell in record if cell.strip()]
    words = [cell for cell in cells if not _is_figure(cell)]
    return 2 * len(words) > len(cells)


def _names_months(record: Record, below: Sequence[Record]) -> bool:
    """Whether a row of words and days is a header: its days are months, and amounts are below."""
    days = {at: cell for at, cell in enumerate(record) if cell.strip() and _is_figure(cell.strip())}
    months = months_of(days.values())
    if len(days) == filled(record) or len(set(months.values())) < max(2, len(days)):
        return False
    under = [row[at].strip() for row in below for at in days if at < len(row) and row[at].strip()]
    return any(map(_is_figure, under)) and not any(map(_DAY.fullmatch, under))


def _has_years(record: Record, below: Sequence[Record]) -> bool:
    """Whether a row of words and years is the upper one of a header, months under the years."""
    figures = [cell for cell in map(str.strip, record) if _is_figure(cell)]
    return bool(figures and below) and all(map(is_year, figures)) and _continues(record, below[0])


def _is_figure(text: str) -> bool:
    return bool(_NUMBER_OR_DAY.fullmatch(text))


def _continues(upper: Record, lower: Record) -> bool:
    """Whether the row below a header with gaps fills them with words, so that both are one."""
    names = [cell.strip() for cell in lower if cell.strip()]
    gaps = [at for at, cell in enumerate(upper) if not cell.strip()]
    fills = [at for at in gaps if at < len(lower) and lower[at].strip()]
    are_told_apart = len(set(names)) < len(names) or all(map(month_alone, names))
    return len(fills) > 0 and are_told_apart and not any(map(_is_figure, names))


def _groups(upper: Record, lower: Record) -> bool:
    """Whether the row above a header tells its repeated names apart."""
    names = [cell.strip().casefold() for cell in lower if cell.strip()]
    joined = [name.casefold() for name in joined_header(upper, lower)]
    return filled(upper) > 1 and len(set(names)) < len(names) and len(set(joined)) == len(joined)


def joined_header(upper: Record, lower: Record) -> list[str]:
    """Two header rows as one; a name above goes on over the empty cells to its right."""
    width, group, names = max(len(upper), len(lower)), "", []
    for place in range(width):
        above = upper[place].strip() if place < len(upper) else ""
        below = lower[place].strip() if place < len(lower) else ""
        group = above or group
        names.append(" ".join(dict.fromkeys(filter(None, (group if below else above, below)))))
    return names


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


def notes_from(records: Sequence[Record]) -> int:
    """Where the notes below a table begin: lone cells behind an empty row; else its end."""
    at = len(records)
    while at and (filled(records[at - 1]) <= 1 or _is_total(cells_of(records[at - 1]))):
        at -= 1
    empty = next((n for n in range(at, len(records)) if not filled(records[n])), None)
    return len(records) if empty is None or not at else empty


def why_skipped(record: Record, header: Record, above: bool, below: Record) -> str | None:
    """Why a row is no record, if it is none; `above`: nothing stands between it and the header."""
    if above and _are_units(record, below):
        return UNIT_ROW
    if list(record) == list(header):
        return HEADER_ROW
    return TOTAL_ROW if _is_total(cells_of(record)) else None


def cells_of(record: Record) -> list[str]:
    """What the record's filled cells say."""
    return [cell.strip() for cell in record if cell.strip()]


def _are_units(record: Record, below: Record) -> bool:
    """Whether a row holds units only, and the row below it figures in their columns."""
    bare = [cell.strip(" ()[]\n\t").casefold() for cell in record]
    if not all(cell in _UNITS or is_money(cell) for cell in bare if cell):
        return False
    under = [
        each.strip() for unit, each in zip(bare, below, strict=False) if unit not in ("", "-", "–")
    ]
    given = [each for each in under if each]
    return bool(given) and sum(map(_is_figure, given)) * 2 > len(given)


def with_units(names: Sequence[str], below: Sequence[Record]) -> list[str]:
    """The names with the currencies and thousands a row of units below them tells.

    >>> with_units(["Month", "Plan"], [["", "kEUR"], ["2025-01", "12"]])
    ['Month', 'Plan (kEUR)']
    """
    if len(below) < 2 or not _are_units(below[0], below[1]):
        return list(names)
    units = [cell.strip(" ()[]\n\t") for cell in below[0]]
    units += [""] * (len(names) - len(units))
    return [
        f"{name} ({unit})" if is_money(unit) and not names_money(name) else name
        for name, unit in zip(names, units, strict=False)
    ]


def _is_total(cells: list[str]) -> bool:
    if not cells or cells[0][:1] not in "tTsSgGzZoO":
        return False
    first = cells[0].rstrip(":").casefold()
    is_named = first in _TOTALS or first.startswith(("total ", "sum of ", "subtotal "))
    return is_named and len(cells) > 1 and all(map(_is_figure, cells[1:]))
