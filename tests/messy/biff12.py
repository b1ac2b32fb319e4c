"""A small writer of .xlsb workbooks (BIFF12), as nothing else here can make them.

Its records are those of [MS-XLSB]: a number and a size, seven bits a byte, then the content.
"""

import struct
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

GENERAL, DAY, MOMENT, SHARE, MONEY = 0, 1, 2, 3, 4
FORMATS = {DAY: "dd/mm/yyyy", MOMENT: "yyyy-mm-dd hh:mm", SHARE: "0%", MONEY: '#,##0.00 "€"'}
_MAIN = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.ms-excel"

Cell = tuple[object, int]


def write(path: Path, sheets: dict[str, dict], is_1904: bool) -> Path:
    """A workbook of sheets, each {"rows": {row: {column: (value, format)}}, "merged", "hidden"}."""
    names = list(sheets)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", _content_types(names))
        book.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.bin")]))
        parts = [("worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(names) + 1)]
        linked = _relations([*parts, ("styles", "styles.bin")])
        book.writestr("xl/_rels/workbook.bin.rels", linked)
        book.writestr("xl/workbook.bin", b"".join(_workbook(sheets, is_1904)))
        book.writestr("xl/styles.bin", b"".join(_styles()))
        for number, name in enumerate(names, start=1):
            content = b"".join(_sheet(sheets[name], is_1904))
            book.writestr(f"xl/worksheets/sheet{number}.bin", content)
    return path


def _record(number: int, content: bytes = b"") -> bytes:
    head = bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])
    size, left = b"", len(content)
    while left > 127:
        size, left = size + bytes([left & 127 | 128]), left >> 7
    return head + size + bytes([left]) + content


def _text(text: str) -> bytes:
    units = text.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


def _workbook(sheets: dict[str, dict], is_1904: bool) -> Iterator[bytes]:
    yield _record(131)
    yield _record(153, struct.pack("<II", int(is_1904), 0) + _text(""))
    yield _record(143)
    for number, (name, sheet) in enumerate(sheets.items(), start=1):
        state = struct.pack("<II", int(sheet.get("hidden", False)), number)
        yield _record(156, state + _text(f"rId{number}") + _text(name))
    yield _record(144) + _record(132)


def _styles() -> Iterator[bytes]:
    yield _record(278) + _record(615, struct.pack("<I", len(FORMATS)))
    for number, written in FORMATS.items():
        yield _record(44, struct.pack("<H", 163 + number) + _text(written))
    yield _record(616) + _record(617, struct.pack("<I", len(FORMATS) + 1))
    for number in (0, *(163 + each for each in FORMATS)):
        yield _record(47, struct.pack("<HHHHHBBHH", 0, number, 0, 0, 0, 0, 0, 0, 0)[:16])
    yield _record(618) + _record(279)


def _sheet(sheet: dict, is_1904: bool) -> Iterator[bytes]:
    rows = sheet["rows"]
    widest = max(max(cells) for cells in rows.values())
    yield _record(129) + _record(148, struct.pack("<IIII", min(rows), max(rows), 0, widest))
    yield _record(145)
    for row, cells in sorted(rows.items()):
        span = struct.pack("<III", 1, min(cells), max(cells))
        yield _record(0, struct.pack("<IIHHB", row, 0, 300, 0, 0) + span)
        yield from (_cell(column, *cell, is_1904) for column, cell in sorted(cells.items()))
    yield _record(146)
    if merged := sheet.get("merged"):
        yield _record(177, struct.pack("<I", len(merged)))
        yield from (_record(176, struct.pack("<IIII", *each)) for each in merged)
        yield _record(178)
    yield _record(130)


def _cell(column: int, value: object, form: int, is_1904: bool) -> bytes:
    place = struct.pack("<II", column, form)
    if isinstance(value, bool):
        return _record(4, place + bytes([value]))
    if isinstance(value, datetime):
        value = serial(value, is_1904)
    if isinstance(value, int | float):
        return _record(5, place + struct.pack("<d", value))
    return _record(6, place + _text(str(value)))


def serial(moment: datetime, is_1904: bool) -> float:
    """The number by which a workbook keeps a day."""
    zero = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)
    return (moment - zero).total_seconds() / 86_400


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, start=1)
    )
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{_MAIN}/relationships">{links}</Relationships>'
    )


def _content_types(names: Sequence[str]) -> str:
    parts = {"/xl/workbook.bin": "sheet.binary.macroEnabled.main", "/xl/styles.bin": "styles"}
    parts |= {f"/xl/worksheets/sheet{n}.bin": "worksheet" for n in range(1, len(names) + 1)}
    said = "".join(
        f'<Override PartName="{part}" ContentType="{_KIND}.{kind}"/>'
        for part, kind in parts.items()
    )
    links = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<?xml version="1.0"?><Types xmlns="{_MAIN}/content-types">'
        f'<Default Extension="rels" ContentType="{links}"/>{said}</Types>'
    )
