"""Workbooks to fill in: drop-downs, a dictionary, examples, and no cell that is a formula."""

import csv
import io
from collections.abc import Container, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from data.importing.mapping import written_columns
from data.importing.words import joined
from data.importing.workbooks import COMPANIONS
from data.tables import TABLES, Column

SAMPLE = Path(__file__).parent / "sample"
MOST_ROWS = 1_048_575
MOST_TEXT = 32_767
CHECKED_ROWS = 10_000
EXAMPLES = 5
PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "default_date_format": "yyyy-mm-dd",
}
WRITTEN = {
    "text": ("text", "@"),
    "list": ('words separated by semicolons; in quotation marks if they hold one: a; "b, c"', "@"),
    "date": ("a day: 2026-10-31", "yyyy-mm-dd"),
    "month": ("a month: 2026-10", "yyyy-mm"),
    "timestamp": ("a day and time in UTC: 2026-10-31 14:00", "yyyy-mm-dd hh:mm:ss"),
    "amount": ("an amount in the reporting currency: 1234.50", "#,##0.00"),
    "number": ("a number: 0.85", "General"),
    "flag": ("yes or no", "@"),
}
INVENTORY_EXAMPLE = {
    "initiative_id": "FIN-001",
    "name": "Invoice matching",
    "description": "Matches supplier invoices to orders.",
    "unit": "Finance",
    "sponsor": "Head of finance",
    "owner": "A. Example",
    "stage": "pilot",
    "entered_on:idea": "2026-01-15",
    "entered_on:pilot": "2026-05-04",
}


def template(as_: str) -> bytes:
    """An empty workbook for a table or the inventory: to fill in, dictionary, examples."""
    return workbook(as_, written_columns(as_), (), examples(as_))


def template_csv(as_: str) -> bytes:
    """The columns of a table or the inventory as a CSV file without rows."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([column.name for column in written_columns(as_)])
    return out.getvalue().encode("utf-8-sig")


def examples(as_: str) -> list[dict[str, str]]:
    """A few rows as they may look: of the invented sample, each by column name, as text."""
    if as_ not in TABLES:
        return [INVENTORY_EXAMPLE]
    with (SAMPLE / f"{as_}.csv").open(newline="", encoding="utf-8-sig") as file:
        return [row for row, _ in zip(csv.DictReader(file), range(EXAMPLES), strict=False)]


def dictionary(columns: Iterable[Column]) -> list[tuple[str, str, str, str, str]]:
    """Every column: its name, meaning, how it is written, if needed, and the words it may hold."""
    return [
        (
            column.name,
            column.says,
            WRITTEN[column.kind][0],
            "yes" if column.is_required else "",
            ", ".join(column.words),
        )
        for column in columns
    ]


def workbook(
    as_: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    shown: Sequence[dict[str, str]] = (),
) -> bytes:
    """A workbook with the rows (in the order of the columns) on its first sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **PLAIN}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#e8eef5", "bottom": 1})
        sheet = book.add_worksheet(as_[:31])
        _head(sheet, [column.name for column in columns], bold)
        words = _word_lists(columns)
        for place, column in enumerate(columns):
            form = book.add_format({"num_format": WRITTEN[column.kind][1]})
            sheet.set_column(place, place, max(12, len(column.name) + 2), form)
            _check(sheet, place, column, words)
        for number, row in enumerate(rows, start=1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                _write(sheet, number, place, column, value)
        if shown:
            _examples(book.add_worksheet(COMPANIONS[1]), columns, shown, bold)
        _dictionary(book.add_worksheet(COMPANIONS[0]), columns, bold)
        if words:
            _words(book.add_worksheet(COMPANIONS[2]), words, bold)
    return out.getvalue()


def marked(
    headers: Sequence[str], rows: Iterable[Sequence[str]], places: Iterable[Container[int]]
) -> bytes:
    """A workbook of texts as they are; `places` gives, per row, the columns whose cells to mark."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **PLAIN}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bg_color": "#e8eef5", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        wrong = book.add_format({"num_format": "@", "bg_color": "#fbe3c0"})
        _head(sheet, headers, bold)
        sheet.set_column(0, len(headers) - 1, 18)
        for number, (cells, here) in enumerate(zip(rows, places, strict=True), start=1):
            for place, cell in enumerate(cells):
                sheet.write_string(
                    number, place, cell[:MOST_TEXT], wrong if place in here else text
                )
    return out.getvalue()


def _head(sheet, names: Sequence[str], form) -> None:
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, form)
    sheet.freeze_panes(1, 0)


def _write(sheet, row: int, place: int, column: Column, value: object) -> None:
    """One cell in its own type; text is written as text, whatever it begins with."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, place, "yes" if value else "no")
    elif isinstance(value, datetime | date):
        sheet.write_datetime(row, place, value)
    elif column.kind in ("amount", "number"):
        sheet.write_number(row, place, value)
    elif isinstance(value, list):
        sheet.write_string(row, place, joined(value))
    else:
        sheet.write_string(row, place, str(value))


def _word_lists(columns: Iterable[Column]) -> dict[str, tuple[str, ...]]:
    lists = {column.name: column.words for column in columns if column.words}
    flags = {column.name: ("yes", "no") for column in columns if column.kind == "flag"}
    return lists | flags


def _check(sheet, place: int, column: Column, words: dict[str, tuple[str, ...]]) -> None:
    """A drop-down where a column has words, and a hint on what it means everywhere."""
    rule = {
        "validate": "any",
        "input_title": column.name[:32],
        "input_message": f"{column.says}; {WRITTEN[column.kind][0]}"[:255],
    }
    if column.name in words and column.kind != "list":
        letter = chr(ord("A") + list(words).index(column.name))
        last = len(words[column.name]) + 1
        rule |= {"validate": "list", "source": f"=Words!${letter}$2:${letter}${last}"}
    sheet.data_validation(1, place, CHECKED_ROWS, place, rule)


def _examples(sheet, columns: Sequence[Column], shown: Sequence[dict[str, str]], bold) -> None:
    _head(sheet, [column.name for column in columns], bold)
    for number, row in enumerate(shown, start=1):
        for place, column in enumerate(columns):
            sheet.write_string(number, place, row.get(column.name) or "")
    sheet.set_column(0, len(columns), 18)


def _dictionary(sheet, columns: Sequence[Column], bold) -> None:
    _head(sheet, ["column", "what it means", "how it is written", "needed", "words"], bold)
    for number, line in enumerate(dictionary(columns), start=1):
        for place, text in enumerate(line):
            sheet.write_string(number, place, text)
    for place, width in enumerate((24, 48, 40, 8, 60)):
        sheet.set_column(place, place, width)


def _words(sheet, words: dict[str, tuple[str, ...]], bold) -> None:
    _head(sheet, list(words), bold)
    for place, each in enumerate(words.values()):
        for number, word in enumerate(each, start=1):
            sheet.write_string(number, place, word)
    sheet.set_column(0, len(words), 24)
