"""Bytes to a table of text: nothing is typed, nothing is guessed away, nothing gets lost."""

import io
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from data.errors import FileRefused
from data.importing import around, beside, layout, plainly, records, structure, workbooks
from data.importing.choices import Choices
from data.importing.problems import ERROR, INFO, WARNING, Problem
from data.importing.sheet import DOUBLED, ENCODINGS, Reading, Sheet, encoded

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"

_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "a text document"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table")
MOST_COLUMNS = 2_000
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read(content: bytes, *, choices: Choices | None = None, limit_mb: float | None = None) -> Sheet:
    """The table in a file's bytes; raises FileRefused with one sentence when there is none.

    `choices` override what the reader would decide. What is in a file decides how it is read, its
    name never does.
    """
    choices = choices or Choices()
    check_size(len(content), limit_mb)
    return plainly_read(content, choices) or _carefully(content, choices)


def plainly_read(content: bytes, choices: Choices) -> Sheet | None:
    """The sheet of a text if it proves to be plain, which takes little memory and time."""
    return _plainly(io.BytesIO(content), choices)


def read_file(path: Path, *, choices: Choices, limit_mb: float) -> Sheet:
    """The same of a file on disk: plain text is never in memory at once."""
    check_size(path.stat().st_size, limit_mb)
    with path.open("rb") as file:
        sheet = _plainly(file, choices)
    return sheet or _carefully(path.read_bytes(), choices)


def _carefully(content: bytes, choices: Choices) -> Sheet:
    _check_filled(content)
    if workbooks.is_workbook(content):
        grid = workbooks.grid(content, choices.sheet)
        reading = Reading(
            kind="workbook",
            sheet=grid.sheet,
            sheets=grid.sheets,
            hidden_sheets=grid.hidden,
            is_1904=grid.is_1904,
        )
        return _sheet(grid.records, reading, choices)
    if content.startswith(records.PARQUET):
        return _named(*records.of_parquet(content), "Parquet")
    _check_kind(content)
    encoding, text = decode(content, choices.encoding)
    if records.is_json(text[:99].lstrip("\ufeff").encode()):
        return _named(*records.of_json(text), "JSON")
    cells, delimiter, quoting = layout.split(text, choices.delimiter, choices.quoting)
    return _sheet(cells, Reading(encoding, delimiter, quoting), choices)


def upload_limit_mb(config: Path = CONFIG) -> float:
    """The size a file may have, as the app's own upload has it (Streamlit's default is 200)."""
    if not config.exists():
        return 200
    return tomllib.loads(config.read_text()).get("server", {}).get("maxUploadSize", 200)


def decode(content: bytes, wanted: str | None = None) -> tuple[str, str]:
    """The encoding and the text: byte order mark, strict UTF-8, UTF-16 by its NULs, then 1252."""
    if wanted:
        return wanted, _decoded(content, wanted)
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, content.decode(encoding, errors="replace")
    for encoding in _candidates(content):
        try:
            return encoding, content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _binary()


def _decoded(content: bytes, encoding: str) -> str:
    if encoding not in ENCODINGS:
        raise FileRefused(f"No encoding is called {encoding}: there are {', '.join(ENCODINGS)}.")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        named = ENCODINGS[encoding]
        raise FileRefused(f"The file is not {named} text: let its encoding be found.") from error


def _candidates(content: bytes) -> tuple[str, ...]:
    if b"\0" not in content:
        return ("utf-8", "cp1252", "latin-1")
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        nulls = content[first::2].count(0)
        if nulls * 4 > len(content) // 2 and nulls > 4 * content[1 - first :: 2].count(0):
            return (encoding,)
    raise _binary()


def check_size(size: int, limit_mb: float | None = None) -> None:
    """Raises FileRefused when there are more bytes than the limit, or than an upload may have."""
    megabytes, limit_mb = size / 1024**2, upload_limit_mb() if limit_mb is None else limit_mb
    if megabytes > limit_mb:
        raise FileRefused(
            f"The file has {megabytes:,.1f} MB and the limit is {limit_mb:,g} MB: split it, or "
            "bring it in with `python -m data import`, whose --limit-mb says how much it takes."
        )


def _check_filled(content: bytes) -> None:
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise FileRefused("The file is empty: export it again and check that it has rows.")


def _check_kind(content: bytes) -> None:
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            raise FileRefused(f"The file is {kind}, not text: open it and save it as CSV.")
    opening = content[:99].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith(_MARKUP):
        raise FileRefused(
            "The file is a web page or XML, not a table: download the data itself as CSV."
        )


def _may_be_other(opening: bytes) -> bool:
    """Whether a file that begins so is no text, or the text of something else than a table."""
    return (
        workbooks.is_workbook(opening)
        or opening.startswith((records.PARQUET, *(magic for magic, _ in _MAGIC)))
        or opening.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)
    )


def _binary() -> FileRefused:
    return FileRefused("The file is binary, not text: open it where it came from and save as CSV.")


def _check_width(names: Sequence[str]) -> None:
    if len(names) > MOST_COLUMNS:
        raise FileRefused(
            f"The table has {len(names):,} columns and at most {MOST_COLUMNS:,} can be read: turn "
            "it so that it has a row for each value, or delete columns."
        )


def _named(headers: Sequence[str], columns: Sequence, kind: str) -> Sheet:
    """The sheet of records that name their fields; records without any value are skipped."""
    _check_width(headers)
    arrays = [pa.array(each, pa.string()) if isinstance(each, list) else each for each in columns]
    total = len(arrays[0]) if arrays else 0
    has_value = np.zeros(total, dtype=bool)
    for each in arrays:
        has_value |= np.array([bool(text.strip()) for text in each.to_pylist()], dtype=bool)
    places = np.flatnonzero(has_value)
    if not len(places):
        raise FileRefused(f"The {kind} holds no records: export it with its rows.")
    reading = Reading(
        kind=kind, records=len(places), columns=len(headers), empty_records=total - len(places)
    )
    unique = structure.headers(headers, [[" "]])
    cells = [encoded(each.take(places)) for each in arrays]
    return Sheet.of(unique, cells, places + 1, reading, [*around.renamed(headers, unique)])


def _plainly(file: BinaryIO, choices: Choices) -> Sheet | None:
    """The sheet of a text that is proven to be plain; None if it is not."""
    opening = file.read(99)
    if choices.encoding not in (None, "utf-8") or _may_be_other(opening):
        return None
    file.seek(0)
    try:
        text = plainly.Plain(file, choices)
        columns = text.columns()
    except plainly.NotPlain:
        return None
    if text.has_quotes and choices.quoting not in (None, DOUBLED):
        return None
    header, records_ = text.head[text.place.header], text.lines - text.place.first
    _check_width(header)
    reading = Reading(
        encoding=text.encoding,
        delimiter=text.delimiter,
        quoting=DOUBLED if text.has_quotes else "",
        header_row=text.place.header + 1,
        records=records_,
        columns=len(header),
        tables=(_in_words(text.head, replace(text.place, end=text.lines)),),
        titles=around.titles(text.head, text.place.header),
    )
    numbers, headers = np.arange(1, records_ + 1), structure.headers(header, ())
    said = [*around.skipped(reading.titles), *around.renamed(header, headers)]
    return _without_empty_columns(Sheet.of(headers, columns, numbers, reading, said))


def _sheet(cells: list[Sequence[str]], reading: Reading, choices: Choices) -> Sheet:
    """The chosen table of a file's records, with everything that was decided about it."""
    found, at = structure.places(cells, choices)
    place, said_of = found[at], tuple(_in_words(cells, each) for each in found)
    cells = beside.cut(cells, place.columns) if place.columns else cells
    upper = cells[place.header]
    two = place.header_rows == 2
    names = structure.joined_header(upper, cells[place.header + 1]) if two else upper
    below = cells[place.first : place.end]
    names = structure.with_units(names, below)
    _check_width(names)
    headers = structure.headers(names, below)
    reading = replace(
        reading,
        header_row=place.header + 1,
        header_rows=place.header_rows,
        columns=len(headers),
        table=at + 1,
        tables=said_of,
        titles=around.titles(cells, place.header),
    )
    said = [*around.not_read(said_of, at), *around.skipped(reading.titles)]
    said += around.renamed(names, headers)
    return _without_empty_columns(_rows(headers, upper, below, reading, said))


def _in_words(cells: list[Sequence[str]], place: structure.Place) -> str:
    first, behind = place.columns or (0, None)
    names = [cell.strip() for cell in cells[place.header][first:behind] if cell.strip()]
    more = ", …" if len(names) > 3 else ""
    where = f", columns {first + 1} to {behind}" if place.columns else ""
    return f"rows {place.header + 1} to {place.end}{where}: {', '.join(names[:3])}{more}"


def _rows(headers, header: Sequence[str], below: list, reading: Reading, said: list) -> Sheet:
    """Every record stored, refused, or skipped for a reason; `said` is what is known before."""
    numbers, rows, problems, empty = [], [], said, 0
    skipped: Counter[str] = Counter()
    end = structure.notes_from(below)
    for number, record in enumerate(below, start=1):
        if not structure.filled(record):
            empty += 1
        elif why := _why_skipped(record, header, below, number, end):
            skipped[why] += 1
            problems.append(_left_out(record, number, why))
        else:
            row, problem = _fitted(record, number, headers)
            problems += [problem] if problem else []
            if row is not None:
                numbers.append(number)
                rows.append(row)
    count = len(below) - empty - skipped.total()
    if not count:
        raise FileRefused("The file has a header and no rows below it: export it with its rows.")
    reading = replace(reading, records=count, empty_records=empty, skipped=tuple(skipped.items()))
    columns = list(zip(*rows, strict=True)) or [()] * len(headers)
    return Sheet.of(headers, columns, numbers, reading, problems)


def _why_skipped(record, header, below: list, number: int, end: int) -> str | None:
    following = below[number] if number < len(below) else ()
    why = structure.why_skipped(record, header, number == 1, following)
    return structure.NOTE_ROW if number > end and not why else why


def _left_out(record: Sequence[str], number: int, why: str) -> Problem:
    first = next(cell for cell in record if cell.strip())
    return Problem(
        number,
        "",
        first,
        INFO,
        f"The row was skipped: it holds {why}.",
        "If it is a record, choose another header row or change its first cell.",
    )


def _without_empty_columns(sheet: Sheet) -> Sheet:
    """The sheet without columns that have neither a name nor a value."""
    used = [
        at
        for at, name in enumerate(sheet.headers)
        if name != f"column {at + 1}" or any(text.strip() for text in sheet.counts(name))
    ]
    if len(used) == len(sheet.headers):
        return sheet
    headers = [sheet.headers[at] for at in used]
    columns = [sheet.texts[at] for at in used]
    reading = replace(sheet.reading, columns=len(used))
    empty = set(sheet.headers) - set(headers)
    said = [each for each in sheet.problems if each.column not in empty]
    return Sheet.of(headers, columns, sheet.numbers, reading, said)


def _fitted(record, number, headers) -> tuple[Sequence[str] | None, Problem | None]:
    """The record as wide as the header; a record with cells beyond it cannot be trusted."""
    width = len(headers)
    if len(record) == width:
        return record, None
    if len(record) < width:
        return [*record, *[""] * (width - len(record))], _short(record, number, headers)
    extra = [cell for cell in record[width:] if cell.strip()]
    return (None, _long(record, number, width)) if extra else (record[:width], None)


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


def _long(record: Sequence[str], number: int, width: int) -> Problem:
    return Problem(
        number,
        "",
        " | ".join(record),
        ERROR,
        f"The row has {len(record)} cells where the header has {width}.",
        "Put quotation marks around cells that contain the separator.",
    )
