"""Tables rendered in every dialect come back cell by cell: nothing crashes, nothing is lost."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data.importing import Choices, Sheet, read
from data.importing.problems import ERROR
from data.importing.read import read as read_here
from data.importing.workbooks import shown
from tests.messy import biff12

HEADERS = ["name of it", "unit", "note", "remark"]
SAID = {
    "utf-8": None,
    "utf-8-sig": None,
    "utf-16": None,
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp1252": "cp1252",
    "latin-1": "latin-1",
}
ODD = [
    'say "x"',
    "a,b;c|d",
    "two\nlines",
    "two\r\nlines",
    "tab\there",
    "back\\slash",
    "\\",
    "é€",
    "",
]
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8
) | st.sampled_from(ODD)


@dataclass(frozen=True)
class Dialect:
    """How a table is written: what parts cells, lines, quotes; and in which encoding."""

    delimiter: str
    quoting: str
    encoding: str
    ends: tuple[str, ...]
    is_all_quoted: bool

    def bytes(self, rows: list[list[str]]) -> bytes:
        """The rows, each ended by the next of the line ends in turn."""
        text = "".join(
            self._line(row, self.ends[at % len(self.ends)]) for at, row in enumerate(rows)
        )
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError:
            assume(False)

    def _line(self, row: list[str], end: str) -> str:
        out = io.StringIO(newline="")
        breaks = any(mark in cell for cell in row for mark in "\r\n")
        ways = {"doublequote": self.quoting == "doubled"}
        ways |= {"escapechar": "\\"} if self.quoting == "escaped" else {}
        csv.writer(
            out,
            delimiter=self.delimiter,
            lineterminator=end,
            quoting=csv.QUOTE_ALL if self.is_all_quoted or breaks else csv.QUOTE_MINIMAL,
            **ways,
        ).writerow(row)
        return out.getvalue()

    @property
    def choices(self) -> Choices:
        return Choices(SAID[self.encoding], self.delimiter, self.quoting, header_row=1)


DIALECTS = st.builds(
    Dialect,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["doubled", "escaped"]),
    st.sampled_from(list(SAID)),
    st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=1, max_size=3).map(tuple),
    st.booleans(),
)
WIDTHS = st.integers(-2, 2)


@st.composite
def tables(draw, cells=TEXTS) -> list[list]:
    """Rows as wide as the header, each begun by a word of its own, so that all are records."""
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=2, max_size=6))
    return [[f"row {at}", *row] for at, row in enumerate(rows, start=1)]


def rows_of(sheet: Sheet) -> dict[int, list[str]]:
    columns = [sheet.cells(header) for header in sheet.headers]
    return dict(zip(sheet.numbers.tolist(), map(list, zip(*columns, strict=True)), strict=True))


@settings(max_examples=300)
@given(tables(), DIALECTS, st.lists(WIDTHS, min_size=6, max_size=6))
def test_every_row_in_any_dialect_is_stored_whole_or_refused_and_said(table, dialect, changes):
    width = len(table[0])
    ragged = [
        row[: max(1, width + by)] + ["more"] * by
        for row, by in zip(table, [0, *changes], strict=False)
    ]
    sheet = read(dialect.bytes([HEADERS[:width], *ragged]), choices=dialect.choices)
    refused = {each.row for each in sheet.problems if each.severity == ERROR}
    found = rows_of(sheet)
    for number, row in enumerate(ragged, start=1):
        if len(row) > width:
            assert number in refused and number not in found
        else:
            filled = [*row, *[""] * (width - len(row))]
            assert [*found[number], *[""] * (width - len(sheet.headers))] == filled
    told = {each.row for each in sheet.problems}
    assert {at for at, row in enumerate(ragged, start=1) if len(row) != width} <= told
    assert sheet.reading.records == len(table) == len(found) + len(refused)


CELLS = (
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn"]), max_size=8)
    | st.integers(-(10**9), 10**9)
    | st.decimals(-(10**6), 10**6, places=2).map(float)
    | st.dates(date(1950, 1, 1), date(2040, 1, 1)).map(
        lambda day: datetime(day.year, day.month, day.day)
    )
    | st.booleans()
)


@settings(max_examples=60)
@given(tables(CELLS), st.booleans())
def test_every_cell_of_a_workbook_comes_back_as_it_is_shown(tmp_path_factory, table, is_1904):
    folder = tmp_path_factory.mktemp("book")
    expected = [[shown(cell) for cell in row] for row in table]
    for made in (as_xlsx, as_xlsb):
        found = rows_of(read_here(made(folder, table, is_1904).read_bytes()))
        width = len(next(iter(found.values())))
        assert list(found.values()) == [row[:width] for row in expected]
        assert not any("".join(row[width:]).strip() for row in expected)


def as_xlsx(folder: Path, table: list[list], is_1904: bool) -> Path:
    path = folder / "table.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": is_1904}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for at, row in enumerate([HEADERS[: len(table[0])], *table]):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, place, cell)
                else:
                    sheet.write(at, place, cell, day if isinstance(cell, datetime) else None)
    return path


def as_xlsb(folder: Path, table: list[list], is_1904: bool) -> Path:
    rows = {
        at: {
            place: (cell, biff12.DAY if isinstance(cell, datetime) else biff12.GENERAL)
            for place, cell in enumerate(row)
        }
        for at, row in enumerate([HEADERS[: len(table[0])], *table])
    }
    return biff12.write(folder / "table.xlsb", {"Sheet": {"rows": rows}}, is_1904)


@settings(max_examples=60)
@given(tables())
def test_records_that_name_their_fields_come_back_from_parquet(table):
    headers, out = HEADERS[: len(table[0])], io.BytesIO()
    columns = [pa.array(column, pa.string()) for column in zip(*table, strict=True)]
    pq.write_table(pa.table(columns, names=headers), out)
    assert list(rows_of(read_here(out.getvalue())).values()) == table
