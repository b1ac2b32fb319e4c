"""What a workbook says that its reader does not pass on: day zero, merged cells of two formats.

Of .xlsx and .xls the reader tells merged cells itself. Records of .xlsb are those of [MS-XLSB], of
.xls those of [MS-XLS]; .ods is XML.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

Range = tuple[tuple[int, int], tuple[int, int]]

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SPANS = re.compile(rb'number-rows-spanned="(?!1")')
_ZERO_OF_ODS = re.compile(rb"<table:null-date[^>]*1904-01-01")
_ZERO_OF_XLSX = re.compile(rb'<workbookPr[^>]*\bdate1904="(?:1|true|on)"')
_BEGIN_OF_XLS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_DATE_MODE, _END_OF_GLOBALS = 0x22, 0x0A
_PROPERTIES, _SHEET, _MERGED = 153, 156, 176
_LINK = re.compile(r'<Relationship\b[^>]*\bId="(?P<a>[^"]*)"[^>]*\bTarget="(?P<b>[^"]*)"')


def is_1904(content: bytes) -> bool:
    """Whether the workbook's days count from 1904, as an old Mac's do."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return _is_1904_xls(content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = set(book.namelist())
        if "xl/workbook.bin" in names:
            found = dict(_records(book.read("xl/workbook.bin")))
            return bool(found.get(_PROPERTIES, b"\0")[0] & 1)
        if "xl/workbook.xml" in names:
            return bool(_ZERO_OF_XLSX.search(book.read("xl/workbook.xml")))
        return "content.xml" in names and bool(_ZERO_OF_ODS.search(book.read("content.xml")))


def merged(content: bytes, sheet: str) -> list[Range]:
    """The merged cells of a sheet of an .xlsb or .ods workbook: first and last cell, from 0."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = set(book.namelist())
        if "xl/workbook.bin" in names:
            return _merged_xlsb(book, sheet)
        return _merged_ods(book.read("content.xml"), sheet) if "content.xml" in names else []


def _is_1904_xls(content: bytes) -> bool:
    """The date mode stands among the first records of a workbook's globals."""
    at = content.find(_BEGIN_OF_XLS)
    while 0 <= at < len(content) - 4:
        kind, size = struct.unpack_from("<HH", content, at)
        if kind == _DATE_MODE:
            return content[at + 4 : at + 5] == b"\1"
        if kind == _END_OF_GLOBALS:
            break
        at += 4 + size
    return False


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(content):
        kind, at = content[at], at + 1
        if kind & 128:
            kind, at = kind & 127 | content[at] << 7, at + 1
        size, shift = 0, 0
        while True:
            byte, at = content[at], at + 1
            size |= (byte & 127) << shift
            shift += 7
            if not byte & 128:
                break
        yield kind, content[at : at + size]
        at += size


def _merged_xlsb(book: zipfile.ZipFile, sheet: str) -> list[Range]:
    links = {
        match["a"]: match["b"]
        for match in _LINK.finditer(book.read("xl/_rels/workbook.bin.rels").decode())
    }
    for kind, content in _records(book.read("xl/workbook.bin")):
        if kind == _SHEET:
            link, at = _text(content, 8)
            if _text(content, at)[0] == sheet:
                part = book.read(f"xl/{links[link]}")
                return [_range(each) for kind, each in _records(part) if kind == _MERGED]
    return []


def _range(content: bytes) -> Range:
    top, bottom, left, right = struct.unpack_from("<IIII", content)
    return (top, left), (bottom, right)


def _text(content: bytes, at: int) -> tuple[str, int]:
    """A counted text of UTF-16, and where it ends."""
    end = at + 4 + 2 * struct.unpack_from("<I", content, at)[0]
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def _merged_ods(content: bytes, sheet: str) -> list[Range]:
    if not _SPANS.search(content):
        return []
    for _, element in ElementTree.iterparse(io.BytesIO(content), ["end"]):
        if element.tag == f"{_TABLE}table" and element.get(f"{_TABLE}name") == sheet:
            return list(_spans(element))
    return []


def _spans(table: ElementTree.Element) -> Iterator[Range]:
    top = 0
    for row in table.iter(f"{_TABLE}table-row"):
        left = 0
        for cell in row:
            down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
            right = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
            if down > 1:
                yield (top, left), (top + down - 1, left + right - 1)
            left += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        top += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
