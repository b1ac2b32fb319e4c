"""Plain text read in one go, where a strict look at every byte proves that nothing can differ.

No quotation mark, no NUL, one kind of line end, and in every line exactly as many separators as
in the header: then cells are what stands between separators, whoever reads them.
"""

import csv
import io
import re

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from data.errors import FileRefused
from data.importing import layout, structure
from data.importing.choices import Choices

BLOCK = 16 * 1024**2
FEW = 64 * 1024
_BOM = b"\xef\xbb\xbf"
_UNPLAIN = re.compile(r"^\s*(?:total|totals|grand|sum|sub|summe|gesamt|zwischen|overall)", re.I)


class Plain:
    """A text that was proven to be plain: its separator, its lines, where its table is."""

    def __init__(self, content: bytes, choices: Choices):
        """Raises NotPlain when the careful reader has to decide."""
        self.encoding = "utf-8-sig" if content.startswith(_BOM) else "utf-8"
        self.buffer = pa.py_buffer(content).slice(len(_BOM) if content.startswith(_BOM) else 0)
        head = _head(content)
        self.delimiter = _delimiter(head, choices)
        self.head = list(csv.reader(io.StringIO(head, newline=""), delimiter=self.delimiter))
        self.lines = _lines(self.buffer, self.delimiter.encode(), len(self.head[0]) - 1)
        self.place = _place(self.head, choices)

    def columns(self) -> list[pa.ChunkedArray]:
        """The cells below the header, column by column. Raises NotPlain."""
        width, text = len(self.head[0]), pa.dictionary(pa.int32(), pa.string())
        names = [str(at) for at in range(width)]
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(self.buffer),
                arrow_csv.ReadOptions(skip_rows=self.place.first, column_names=names),
                arrow_csv.ParseOptions(
                    delimiter=self.delimiter,
                    quote_char=False,
                    double_quote=False,
                    escape_char=False,
                    ignore_empty_lines=False,
                ),
                arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, text), strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid as error:
            raise NotPlain from error
        if table.num_rows != self.lines - self.place.first:
            raise NotPlain
        columns = table.unify_dictionaries().combine_chunks().columns
        _check_cells(columns, self.head[self.place.header])
        return columns


class NotPlain(Exception):
    """The text needs the careful reader."""


def _head(content: bytes) -> str:
    """The lines by which separator and header are decided."""
    if len(content) < FEW or b'"' in content or b"\0" in content:
        raise NotPlain
    at = 0
    for _ in range(structure.SAMPLE):
        at = content.find(b"\n", at) + 1
        if not at:
            raise NotPlain
    try:
        return content[:at].removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        raise NotPlain from error


def _delimiter(head: str, choices: Choices) -> str:
    found = (
        [choices.delimiter]
        if choices.delimiter
        else layout.delimiters(head, layout.QUOTINGS[layout.DOUBLED])
    )
    if not found or len(found[0].encode()) != 1:
        raise NotPlain
    return found[0]


def _lines(buffer: pa.Buffer, delimiter: bytes, needed: int) -> int:
    """How many lines there are, each with exactly the needed number of separators."""
    content, lines, at = np.frombuffer(buffer, dtype=np.uint8), 0, 0
    with_return = content[: 4 * FEW].tobytes().count(b"\r") > 0
    while at < len(content):
        block = content[at : at + BLOCK]
        ends = np.flatnonzero(block == 10)
        is_last = at + len(block) == len(content)
        if not len(ends):
            raise NotPlain
        if is_last and ends[-1] + 1 < len(block):
            ends = np.append(ends, len(block))
        block = block[: ends[-1] + 1]
        _check_returns(block, ends, with_return)
        marks = np.searchsorted(np.flatnonzero(block == delimiter[0]), ends)
        if (np.diff(marks, prepend=0) != needed).any():
            raise NotPlain
        lines += len(ends)
        at += int(ends[-1]) + 1
    return lines


def _check_returns(block: np.ndarray, ends: np.ndarray, expected: bool) -> None:
    """Every line ends alike: with a line feed, or with a carriage return before each of them."""
    found = np.flatnonzero(block == 13)
    inner = ends[ends < len(block)]
    if len(found) and not (expected and np.array_equal(found, inner - 1)):
        raise NotPlain
    if expected and len(found) != len(inner):
        raise NotPlain


def _place(head: list[list[str]], choices: Choices) -> structure.Place:
    try:
        [place], _ = structure.places(head, choices)
    except (FileRefused, ValueError) as error:
        raise NotPlain from error
    first = head[place.first : place.first + 2]
    header = head[place.header]
    if place.header_rows != 1 or not all(name.strip() for name in header) or len(first) < 2:
        raise NotPlain
    if structure.why_skipped(first[0], header, True, first[1]):
        raise NotPlain
    return place


def _check_cells(columns: list[pa.ChunkedArray], header: list[str]) -> None:
    """No row is empty, repeats the header or may be a total."""
    empty: np.ndarray | None = None
    for at, column in enumerate(columns):
        encoded = column.chunk(0)
        texts = encoded.dictionary.to_pylist()
        if any(text[:1] in "tTsSgGzZoO \t" and _UNPLAIN.match(text) for text in texts if text):
            raise NotPlain
        if at == 0 and header[0] in texts:
            raise NotPlain
        blank = [place for place, text in enumerate(texts) if not text or text.isspace()]
        is_blank = np.isin(encoded.indices, blank) if blank else None
        empty = is_blank if at == 0 else _both(empty, is_blank)
    if empty is not None and empty.any():
        raise NotPlain


def _both(one: np.ndarray | None, other: np.ndarray | None) -> np.ndarray | None:
    return None if one is None or other is None else one & other
