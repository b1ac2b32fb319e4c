"""Bytes to a table of text: nothing is typed, nothing is guessed away, nothing gets lost."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from data.errors import FileRefused
from data.importing import layout
from data.importing.problems import ERROR, WARNING, Problem
from data.importing.sheet import Reading, Sheet

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"

_MAGIC = (
    (b"PK\x03\x04", "a workbook or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF document"),
    (b"PAR1", "a Parquet file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "a text document"),
)
_MARKUP = (
    ((b"<!doctype", b"<html", b"<?xml"), "a web page or XML"),
    ((b'{"', b"[{"), "JSON"),
)
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read(content: bytes, *, limit_mb: float | None = None) -> Sheet:
    """The table in a file's bytes; raises FileRefused with one sentence when there is none."""
    _check_size(content, upload_limit_mb() if limit_mb is None else limit_mb)
    _check_kind(content)
    encoding, text = decode(content)
    records, delimiter = layout.split(text)
    at = layout.header_at(records)
    headers = layout.headers(records[at], records[at + 1 :])
    return _sheet(headers, records[at + 1 :], encoding, delimiter, at + 1)


def upload_limit_mb(config: Path = CONFIG) -> float:
    """The size a file may have, as the app's own upload has it (Streamlit's default is 200)."""
    if not config.exists():
        return 200
    return tomllib.loads(config.read_text()).get("server", {}).get("maxUploadSize", 200)


def decode(content: bytes) -> tuple[str, str]:
    """The encoding and the text: byte order mark, strict UTF-8, UTF-16 by its NULs, then 1252."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, content.decode(encoding, errors="replace")
    for encoding in _candidates(content):
        try:
            return encoding, content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _binary()


def _candidates(content: bytes) -> tuple[str, ...]:
    if b"\0" not in content:
        return ("utf-8", "cp1252", "latin-1")
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        nulls = content[first::2].count(0)
        if nulls * 4 > len(content) // 2 and nulls > 4 * content[1 - first :: 2].count(0):
            return (encoding,)
    raise _binary()


def _check_size(content: bytes, limit_mb: float) -> None:
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise FileRefused("The file is empty: export it again and check that it has rows.")
    megabytes = len(content) / 1024**2
    if megabytes > limit_mb:
        raise FileRefused(
            f"The file has {megabytes:,.1f} MB and the limit is {limit_mb:,g} MB: split it, or "
            "raise server.maxUploadSize in .streamlit/config.toml."
        )


def _check_kind(content: bytes) -> None:
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            raise FileRefused(f"The file is {kind}, not text: open it and save it as CSV.")
    opening = content[:99].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for openings, kind in _MARKUP:
        if opening.startswith(openings):
            raise FileRefused(f"The file is {kind}, not a table: download the data itself as CSV.")


def _binary() -> FileRefused:
    return FileRefused("The file is binary, not text: open it where it came from and save as CSV.")


def _sheet(headers, records, encoding, delimiter, header_row) -> Sheet:
    numbers, rows, problems, empty = [], [], [], 0
    for number, record in enumerate(records, start=1):
        if not layout.filled(record):
            empty += 1
            continue
        row, problem = _fitted(record, number, headers)
        problems += [problem] if problem else []
        if row is not None:
            numbers.append(number)
            rows.append(row)
    count = len(records) - empty
    if not count:
        raise FileRefused("The file has a header and no rows below it: export it with its rows.")
    reading = Reading(encoding, delimiter, header_row, count, len(headers), empty)
    columns = list(zip(*rows, strict=True)) or [()] * len(headers)
    return Sheet.of(headers, columns, numbers, reading, problems)


def _fitted(record, number, headers) -> tuple[Sequence[str] | None, Problem | None]:
    """The record as wide as the header; a record with cells beyond it cannot be trusted."""
    width = len(headers)
    if len(record) == width:
        return record, None
    if len(record) < width:
        return [*record, *[""] * (width - len(record))], _short(record, number, headers)
    extra = [cell for cell in record[width:] if cell.strip()]
    return (None, _long(extra, number, width)) if extra else (record[:width], None)


def _short(record, number, headers) -> Problem:
    return Problem(
        number,
        headers[len(record)],
        "",
        WARNING,
        f"The row has {len(record)} cells where the header has {len(headers)}; "
        "the missing ones at its end are taken as empty.",
        "Check that no separator is missing in this row.",
    )


def _long(extra: list[str], number: int, width: int) -> Problem:
    return Problem(
        number,
        "",
        extra[0],
        ERROR,
        f"The row has {width + len(extra)} or more cells where the header has {width}.",
        "Put quotation marks around cells that contain the separator.",
    )
