"""The messy workbooks, written cell by cell so that they can be reviewed; tests make them anew."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import xlsxwriter


def titles_and_totals(book: xlsxwriter.Workbook) -> None:
    """A report as finance sends it: titles, an empty column, months as days, a total, a note."""
    notes = book.add_worksheet("Read me")
    notes.write("A1", "This workbook was exported on 3 March.")
    sheet = book.add_worksheet("Costs")
    day = book.add_format({"num_format": "mmm yy"})
    sheet.merge_range("B2:F2", "AI costs 2025")
    sheet.write("B3", "Source: ledger")
    sheet.write_row("B5", ["Initiative", "Month", "Category", "Planned", "Actual"])
    sheet.write_row("B6", ["", "", "", "EUR", "EUR"])
    for at, (month, plan, actual) in enumerate([(1, 1000, 1234.567), (2, 1000, 990)], start=6):
        sheet.write_row(at, 1, ["P1", "", "people", plan, actual])
        sheet.write_datetime(at, 2, datetime(2025, month, 1), day)
    sheet.write_row("B9", ["Total", "", "", 2000])
    sheet.write_formula("F9", "=SUM(F7:F8)", None, 2224.567)
    sheet.write("B11", "Figures are preliminary.")


def hidden_sheet(book: xlsxwriter.Workbook) -> None:
    """The largest sheet is hidden: an old copy nobody means."""
    sheet = book.add_worksheet("Use cases")
    sheet.write_row(0, 0, ["name", "unit", "stage"])
    sheet.write_row(1, 0, ["Triage", "Claims", "Pilot"])
    old = book.add_worksheet("Old")
    old.hide()
    for row in range(20):
        old.write_row(row, 0, ["name", "unit", "stage"] if not row else ["X", "Y", "Idea"])


def merged_unit(book: xlsxwriter.Workbook) -> None:
    """One unit merged over its initiatives."""
    sheet = book.add_worksheet("List")
    sheet.write_row(0, 0, ["unit", "name", "stage"])
    sheet.merge_range("A2:A4", "Claims")
    for at, name in enumerate(["Triage", "Fraud", "Photos"], start=1):
        sheet.write_row(at, 1, [name, "Pilot"])
    sheet.write_row(4, 0, ["Retail", "Pricing", "Idea"])


def two_headers(book: xlsxwriter.Workbook) -> None:
    """Groups of columns with the same names below them."""
    sheet = book.add_worksheet("Benefits")
    sheet.merge_range("A1:A2", "Initiative")
    sheet.merge_range("B1:C1", "Q1")
    sheet.merge_range("D1:E1", "Q2")
    sheet.write_row("B2", ["Plan", "Actual", "Plan", "Actual"])
    sheet.write_row("A3", ["P1", 10, 11, 12, 13])
    sheet.write_row("A4", ["P2", 20, 21, 22, 23])


def days_of_1904(book: xlsxwriter.Workbook) -> None:
    """A workbook of an old Mac, whose days count from 1904."""
    sheet = book.add_worksheet("List")
    sheet.write_row(0, 0, ["name", "unit", "pilot start"])
    sheet.write_row(1, 0, ["Triage", "Claims"])
    sheet.write_datetime(1, 2, datetime(2024, 3, 1), book.add_format({"num_format": "d/m/yy"}))


def two_tables(book: xlsxwriter.Workbook) -> None:
    """Two tables below each other; the larger one is meant."""
    sheet = book.add_worksheet("All")
    sheet.write_row("A1", ["Meeting", "Held on"])
    sheet.write_row("A2", ["M1", "2025-01-10"])
    sheet.write("A4", "Costs of the year")
    sheet.write_row("A5", ["initiative id", "month", "category", "actual"])
    for at, month in enumerate(["2025-01", "2025-02", "2025-03"], start=5):
        sheet.write_row(at, 0, ["P1", month, "people", 100 + at])


def months_as_days(book: xlsxwriter.Workbook) -> None:
    """Months across as a spreadsheet keeps them: real days, shown as "Jan 25"."""
    sheet = book.add_worksheet("Costs")
    month = book.add_format({"num_format": "mmm yy"})
    sheet.write("A1", "Costs by month")
    sheet.write_row("A3", ["Project", "Category"])
    for at in range(12):
        sheet.write_datetime(2, 2 + at, datetime(2025, at + 1, 1), month)
        sheet.write_row(3, 2 + at, [100 + at])
        sheet.write_row(4, 2 + at, [200 + at] if at % 2 else [""])
    sheet.write_row("A4", ["P1", "people"])
    sheet.write_row("A5", ["P2", "cloud"])


MAKERS: dict[str, Callable[[xlsxwriter.Workbook], None]] = {
    "titles_and_totals": titles_and_totals,
    "hidden_sheet": hidden_sheet,
    "merged_unit": merged_unit,
    "two_headers": two_headers,
    "days_of_1904": days_of_1904,
    "two_tables": two_tables,
    "months_as_days": months_as_days,
}


def made(name: str, folder: Path) -> Path:
    """The workbook of that name, written to the folder."""
    path = folder / f"{name}.xlsx"
    options = {"date_1904": name == "days_of_1904"}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": date(2025, 1, 1)})
        MAKERS[name](book)
    return path
