"""One messy list in every kind of workbook: titles, merged cells, units, a total, a hidden sheet.

The .xls and .ods files beside this are what LibreOffice made of the .xlsx:
`soffice --headless --convert-to xls --outdir tests/messy/workbooks <the .xlsx>`.
"""

from datetime import datetime
from pathlib import Path

import xlsxwriter

from tests.messy import biff12
from tests.messy.biff12 import DAY, GENERAL, MOMENT, MONEY, SHARE

FOLDER = Path(__file__).parent / "workbooks"
HEADER = ["Unit", "Name", "Stage", "Pilot start", "Go live", "Annual benefit", "Baseline", "Noted"]
TITLES, UNITS, FIRST, TOTAL, NOTE = (1, 2), 5, 6, 9, 11


def rows(is_1904: bool) -> dict[int, dict[int, biff12.Cell]]:
    """Cells by row and column, from 0, each with its format; "Go live" is formatted as a number."""
    cells: dict[int, dict[int, biff12.Cell]] = {
        TITLES[0]: {1: ("AI use cases 2025", GENERAL)},
        TITLES[1]: {1: ("Source: portfolio office", GENERAL)},
        4: {column: (name, GENERAL) for column, name in enumerate(HEADER, start=1)},
        UNITS: {6: ("EUR", GENERAL), 7: ("%", GENERAL)},
        TOTAL: {1: ("Total", GENERAL), 6: (2236.912, MONEY)},
        NOTE: {1: ("Figures are preliminary.", GENERAL)},
    }
    records = [("Triage", "Live", 1234.567), ("Photos", "Pilot", 990), ("Prices", "Live", 12.345)]
    for at, (name, stage, benefit) in enumerate(records):
        month = at + 1
        cells[FIRST + at] = {
            2: (name, GENERAL),
            3: (stage, GENERAL),
            4: (datetime(2024, month, 1), DAY),
            6: (benefit, MONEY),
            7: (0.125, SHARE),
            8: (datetime(2025, month, 28, 13, 45), MOMENT),
        }
        if stage == "Live":
            gone = biff12.serial(datetime(2025, month, 15), is_1904)
            cells[FIRST + at][5] = (gone, GENERAL)
    cells[FIRST][1], cells[FIRST + 2][1] = ("Claims", GENERAL), ("Retail", GENERAL)
    return cells


def content_of(kind: str, is_1904: bool, folder: Path) -> bytes:
    """The list as a workbook of a kind: made anew, or the one kept here."""
    name = f"{'1904' if is_1904 else '1900'}.{kind}"
    made = {"xlsx": as_xlsx, "xlsb": as_xlsb}.get(kind)
    return (made(folder / name, is_1904) if made else FOLDER / name).read_bytes()


def as_xlsb(path: Path, is_1904: bool) -> Path:
    """The list as a binary workbook."""
    merged = [(1, 1, 1, 8), (FIRST, FIRST + 1, 1, 1)]
    old = {row: {column: ("X", GENERAL) for column in range(4)} for row in range(30)}
    sheets = {
        "Read me": {"rows": {0: {0: ("Exported on 3 March.", GENERAL)}}},
        "Use cases": {"rows": rows(is_1904), "merged": merged},
        "Old": {"rows": old, "hidden": True},
    }
    return biff12.write(path, sheets, is_1904)


def as_xlsx(path: Path, is_1904: bool) -> Path:
    """The list as people keep it today."""
    with xlsxwriter.Workbook(path, {"date_1904": is_1904}) as book:
        book.add_worksheet("Read me").write("A1", "Exported on 3 March.")
        sheet, old = book.add_worksheet("Use cases"), book.add_worksheet("Old")
        old.hide()
        for row in range(30):
            old.write_row(row, 0, ["X"] * 4)
        written = {None: "General", **biff12.FORMATS}
        forms = {each: book.add_format({"num_format": say}) for each, say in written.items()}
        sheet.merge_range("B2:I2", "")
        sheet.merge_range(FIRST, 1, FIRST + 1, 1, "")
        for row, cells in rows(is_1904).items():
            for column, (value, form) in cells.items():
                sheet.write(row, column, value, forms.get(form))
    return path
