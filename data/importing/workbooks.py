"""Workbooks to records of text: .xlsx, .xls, .xlsb and .ods, cached values only."""

import io
import re
import struct
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from data.errors import FileRefused
from data.importing import innards
from data.importing.words import joined

# The sheets of our own templates that explain and hold no data.
COMPANIONS = ("Dictionary", "Examples", "Words")

ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UNPACKED_MB = 512
DAMAGE = (CalamineError, zipfile.BadZipFile, OSError, ParseError, struct.error) + (
    KeyError,
    IndexError,
    UnicodeDecodeError,
)
CELLS = 50_000_000
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_SEEMS_GROUPED = re.compile(r"-?\d{1,3}\.\d{3}")


@dataclass(frozen=True)
class Grid:
    """A sheet's cells as text, which sheets its workbook has, and if its days count from 1904."""

    records: list[list[str]]
    sheet: str
    sheets: tuple[str, ...]
    hidden: tuple[str, ...]
    is_1904: bool = False


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin like a workbook's."""
    return content.startswith((ZIP, OLD))


def grid(content: bytes, wanted: str | None = None) -> Grid:
    """The wanted sheet, or the visible one with the most cells. Raises FileRefused."""
    if content.startswith(ZIP):
        check_unpacked(content)
    try:
        with load_workbook(io.BytesIO(content)) as book:
            return _chosen(book, content, wanted)
    except PasswordError as error:
        raise FileRefused("The workbook has a password: save it without one.") from error
    except DAMAGE as error:
        raise FileRefused(
            "The file is no workbook that can be read: open it and save it as .xlsx or CSV."
        ) from error


def check_unpacked(content: bytes, limit_mb: float = UNPACKED_MB) -> None:
    """Refuse what unpacks beyond the limit, by what it says of itself and by what it really is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _refuse_beyond(sum(member.file_size for member in members), limit_mb)
            total = 0
            for member in members:
                total = _unpacked(archive, member, total, limit_mb)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise FileRefused(
            "The file is a damaged or protected archive: save the workbook again without a "
            "password."
        ) from error


def _unpacked(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, total: int, limit_mb: float
) -> int:
    with archive.open(member) as unpacked:
        opening = unpacked.read(4096)
        if member.filename.endswith((".xml", ".rels")) and _ENTITY.search(opening):
            raise FileRefused("The workbook holds XML entities, which no workbook needs.")
        total += len(opening)
        while block := unpacked.read(1024**2):
            total += len(block)
            _refuse_beyond(total, limit_mb)
    return total


def _refuse_beyond(unpacked: int, limit_mb: float) -> None:
    if unpacked > limit_mb * 1024**2:
        raise FileRefused(
            f"The workbook unpacks to more than {limit_mb:,g} MB: delete unused sheets and "
            "formats, or save the sheet as CSV."
        )


def _chosen(book: CalamineWorkbook, content: bytes, wanted: str | None) -> Grid:
    sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    hidden = tuple(each.name for each in sheets if each.visible != SheetVisibleEnum.Visible)
    names = tuple(each.name for each in sheets)
    if wanted is not None and wanted not in names:
        raise FileRefused(f'The workbook has no sheet "{wanted}": it has {", ".join(names)}.')
    visible = [name for name in names if name not in hidden]
    of_data = [name for name in visible if name not in COMPANIONS] or visible
    candidates = [wanted] if wanted else of_data if COMPANIONS[0] in names else visible
    if not candidates:
        raise FileRefused("The workbook has no visible sheet with rows: unhide or name one.")
    read = {name: _records(book.get_sheet_by_name(name)) for name in candidates}
    best = max(candidates, key=lambda name: _count_filled(read[name]))
    for (top, left), (bottom, _) in _merged(book.get_sheet_by_name(best), content):
        _fill_down(read[best], top, bottom, left)
    return Grid(read[best], best, names, hidden, innards.is_1904(content))


def _count_filled(records: list[list[str]]) -> int:
    return sum(1 for record in records for cell in record if cell)


def _records(sheet: CalamineSheet) -> list[list[str]]:
    if sheet.total_height * sheet.total_width > CELLS:
        raise FileRefused(
            f'The sheet "{sheet.name}" spans {sheet.total_height:,} rows and '
            f"{sheet.total_width:,} columns: delete the empty ones, or save it as CSV."
        )
    return [[shown(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _merged(sheet: CalamineSheet, content: bytes) -> list[innards.Range]:
    """The merged ranges; not every kind of workbook has them told by its reader."""
    told = sheet.merged_cell_ranges
    if told is not None:
        return told
    return innards.merged(content, sheet.name) if content.startswith(ZIP) else []


def _fill_down(records: list[list[str]], top: int, bottom: int, left: int) -> None:
    """Text merged over rows belongs to each of them; a number stands once, it may be summed."""
    text = records[top][left] if top < len(records) and left < len(records[top]) else ""
    if text and not _is_number(text):
        for record in records[top + 1 : bottom + 1]:
            record[left] = record[left] or text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def shown(cell: object) -> str:
    """A typed cell as the text an analyst would write: days in ISO form, numbers with a point.

    A number such as 1.234 is written 1.2340, so that nobody takes its point for a thousands mark.

    >>> shown(datetime(2025, 3, 1)), shown(1.234), shown(12.0), shown(True), shown(None)
    ('2025-03-01', '1.2340', '12', 'true', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        text = f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
        return text + "0" if _SEEMS_GROUPED.fullmatch(text) else text
    if isinstance(cell, datetime):
        midnight = cell.time() == time() and cell.tzinfo is None
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, list | tuple):
        return joined(map(shown, cell))
    return str(cell)
