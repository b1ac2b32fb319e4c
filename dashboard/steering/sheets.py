"""Sheets of a workbook written from top to bottom; no cell is a formula or a link."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from numbers import Real

import pandas as pd
import xlsxwriter

from dashboard import formats
from dashboard.steering import written
from data.workbooks import MOST_ROWS

LONGEST_TEXT = 32_767
LONGEST_NAME = 31
FIRST_YEAR = 1900
HEAD = {"bold": True, "bg_color": "#e8eef5", "bottom": 1}
Row = Iterable[tuple[str, object]]
"""The cells of a row: the name whose ending says how the value is written, and the value."""


@dataclass
class Book:
    """A workbook, its formats, and its sheets in order."""

    opened: xlsxwriter.Workbook
    sheets: list["Sheet"] = field(default_factory=list)
    _formats: dict[tuple, object] = field(default_factory=dict)

    def sheet(self, name: str, title: str) -> "Sheet":
        """A new sheet under its title; its name becomes one Excel takes, and no other sheet has."""
        taken = {each.name.lower() for each in self.sheets}
        named = sheet_name(name, taken)
        self.sheets.append(Sheet(self, self.opened.add_worksheet(named), named, title))
        self.sheets[-1].line(title, is_bold=True)
        return self.sheets[-1]

    def form(self, look: Mapping):
        """A format, made once."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.opened.add_format(dict(look))
        return self._formats[key]


def sheet_name(name: str, taken: set[str] = frozenset()) -> str:
    """A name Excel takes: at most 31 letters, none of []:*?/\\, not that of another sheet.

    >>> sheet_name("1.1 board/headline"), sheet_name("Funnel", {"funnel"})
    ('1.1 board-headline', 'Funnel~2')
    """
    clean = re.sub(r"[\[\]:*?/\\]", "-", written.legible(name)).strip("' ") or "Sheet"
    found, number = clean[:LONGEST_NAME].strip("' "), 1
    while found.lower() in taken:
        number += 1
        found = f"{clean[: LONGEST_NAME - 1 - len(str(number))]}~{number}"
    return found


@dataclass
class Sheet:
    """A sheet, its title, the row to write next, and how many rows its tables hold."""

    book: Book
    drawn: object
    name: str
    title: str
    row: int = 0
    count: int = 0

    def line(self, *values: object, is_bold: bool = False) -> None:
        """A row of values, each in its own type."""
        for place, value in enumerate(values):
            self._cell(place, "", value, {"align": "left", "bold": is_bold})
        self.row += 1

    def table(self, head: Sequence[str], rows: Iterable[Row]) -> None:
        """Rows below a head; where a sheet is full, its last row says so."""
        for place, label in enumerate(head):
            self._cell(place, "", label, HEAD)
        self.row += 1
        for row in rows:
            if self.row >= MOST_ROWS - 1:
                self.line("There are more rows than a sheet can hold.")
                return
            for place, (name, value) in enumerate(row):
                self._cell(place, name, value, {})
            self.row, self.count = self.row + 1, self.count + 1
        self.row += 1

    def widths(self, *widths: int) -> None:
        """The widths of the first columns, in letters."""
        for place, width in enumerate(widths):
            self.drawn.set_column(place, place, width)

    def _cell(self, place: int, name: str, value: object, look: Mapping) -> None:
        """One value in its own type; text is text, whatever it begins with."""
        if isinstance(value, list | tuple | set) or getattr(value, "ndim", 0):
            value = "; ".join(map(written.legible, value))
        if not formats.is_known(value):
            return
        if isinstance(value, bool) or pd.api.types.is_bool(value):
            value = "yes" if value else "no"
        if isinstance(value, Real | Decimal):
            self._number(place, name, float(value), look)
        elif isinstance(value, date) and value.year >= FIRST_YEAR:
            self._day(place, value, look)
        else:
            text = written.legible(value)[:LONGEST_TEXT]
            self.drawn.write_string(self.row, place, text, self.book.form(look))

    def _day(self, place: int, value: date, look: Mapping) -> None:
        code = "yyyy-mm-dd"
        if isinstance(value, datetime):
            moment = pd.Timestamp(value)
            moment = moment.tz_convert("UTC").tz_localize(None) if moment.tz else moment
            code += " hh:mm" if moment != moment.normalize() else ""
            value = moment.floor("us").to_pydatetime()
        self.drawn.write_datetime(
            self.row, place, value, self.book.form({"num_format": code, **look})
        )

    def _number(self, place: int, name: str, value: float, look: Mapping) -> None:
        if formats.finite(value) is None:
            return
        has_unit = name.startswith("count_") or name.endswith(written.UNITS)
        look = {"num_format": written.office(name), **look} if has_unit else look
        self.drawn.write_number(self.row, place, value, self.book.form(look))
