"""Plain text read in one go, where a strict look at every byte proves that nothing can differ.

No NUL, one kind of line end, in every line exactly as many separators as in the header, and
quotation marks only around whole cells: then cells are what stands between separators, whoever
reads them.
"""

import csv
import io
import re
from collections.abc import Sequence
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from data import keys
from data.errors import FileRefused
from data.importing import characters, layout, sheet, structure
from data.importing.choices import Choices

BLOCK = 4 * 1024**2
FEW = 64 * 1024
_BOM = b"\xef\xbb\xbf"
_UNPLAIN = r"(?i)^[\s\pZ]*(?:total|totals|grand|sum|sub|summe|gesamt|zwischen|overall)"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TEXT, _ONCE = pa.string(), pa.dictionary(pa.int32(), pa.string())


class Plain:
    """A text that is plain as far as its head shows: its separator, and where its table is."""

    def __init__(self, file: BinaryIO, choices: Choices):
        """Raises NotPlain when the careful reader has to decide."""
        self._file = file
        opening = _opening(file)
        self.encoding = "utf-8-sig" if opening.startswith(_BOM) else "utf-8"
        head = _decoded(opening.removeprefix(_BOM))
        self.delimiter = _delimiter(head, choices)
        self.head = list(csv.reader(io.StringIO(head, newline=""), delimiter=self.delimiter))
        self.place = _place(self.head, choices)

    def columns(self) -> list[pa.Array]:
        """The cells below the header, column by column. Raises NotPlain unless the whole text
        proves to be plain on the way."""
        width, first = len(self.head[0]), self.place.first
        if any(len(row) != width for row in self.head):
            raise NotPlain
        self._file.seek(len(_BOM) if self.encoding == "utf-8-sig" else 0)
        counted = _Counted(self._file, self.delimiter.encode())
        kinds = [_kind(cells) for cells in zip(*self.head[first:], strict=True)]
        pieces = _pieces(counted, kinds, first)
        self.lines = counted.lines
        rows = sum(map(len, pieces[0]))
        if rows != self.lines - first or counted.separators != self.lines * (width - 1):
            raise NotPlain
        columns = [_joined(pieces.pop(0), kind) for kind in kinds]
        self.has_quotes = counted.has_quotes
        if self.has_quotes:
            columns = [_unquoted(column) for column in columns]
        _check_cells(columns, self.head[self.place.header])
        return columns


class _Counted(io.RawIOBase):
    """A text that counts its lines and separators while it is read, and stops at what is not plain.

    Raises NotPlain at NULs, and carriage returns unless every line ends in one.
    """

    def __init__(self, file: BinaryIO, delimiter: bytes):
        self._file, self._delimiter = file, delimiter[0]
        self._feeds = self._returns = self._pairs = self.separators = 0
        self._last = b"\n"
        self.has_quotes = False

    @property
    def lines(self) -> int:
        """How many lines were read; the last may lack its end."""
        return self._feeds + (self._last != b"\n")

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        if piece:
            self._count(piece)
        elif self._returns not in (0, self._feeds) or self._pairs != self._returns:
            raise NotPlain
        return piece

    def _count(self, piece: bytes) -> None:
        if b"\0" in piece:
            raise NotPlain
        self.has_quotes = self.has_quotes or b'"' in piece
        codes = np.frombuffer(piece, dtype=np.uint8)
        self._feeds += int(np.count_nonzero(codes == 10))
        self.separators += int(np.count_nonzero(codes == self._delimiter))
        if self._last == b"\r" or b"\r" in piece:
            self._returns += piece.count(b"\r")
            self._pairs += (self._last + piece).count(b"\r\n")
        self._last = piece[-1:]


def _kind(cells: Sequence[str]) -> pa.DataType:
    """How a column is read that begins so: numbers that mostly differ are not compared."""
    are_many = len(set(cells)) > 0.9 * len(cells)
    return _TEXT if are_many and all(map(_NUMBER.fullmatch, cells)) else _ONCE


def _pieces(text: _Counted, kinds: list[pa.DataType], first: int) -> list[list[pa.Array]]:
    """Each column's cells, block by block as they are read."""
    names = [str(at) for at in range(len(kinds))]
    pieces: list[list[pa.Array]] = [[] for _ in names]
    try:
        with arrow_csv.open_csv(
            text,
            arrow_csv.ReadOptions(skip_rows=first, column_names=names, block_size=BLOCK),
            arrow_csv.ParseOptions(
                delimiter=chr(text._delimiter),
                quote_char=False,
                double_quote=False,
                escape_char=False,
                ignore_empty_lines=False,
            ),
            arrow_csv.ConvertOptions(
                column_types=dict(zip(names, kinds, strict=True)), strings_can_be_null=False
            ),
        ) as batches:
            for batch in batches:
                for column, cells in zip(pieces, batch.columns, strict=True):
                    column.append(cells)
    except pa.ArrowInvalid as error:
        raise NotPlain from error
    return pieces


def _joined(pieces: list[pa.Array], kind: pa.DataType) -> pa.Array:
    """One column of all its pieces; where very many cells differ, they are not compared."""
    if kind == _TEXT:
        return pa.concat_arrays(pieces)
    if sum(map(len, pieces)) > sheet.MANY and _differ(pieces):
        return sheet.encoded(
            pa.concat_arrays([piece.dictionary.take(piece.indices) for piece in pieces])
        )
    return keys.whole(pa.chunked_array(pieces))


def _differ(pieces: list[pa.DictionaryArray]) -> bool:
    """Whether more than nine in ten of the first million cells differ."""
    ends = np.cumsum([len(piece) for piece in pieces])
    first = int(np.searchsorted(ends, sheet.MANY)) + 1
    texts = pa.chunked_array([piece.dictionary for piece in pieces[:first]])
    return pc.count_distinct(texts).as_py() > 0.9 * ends[first - 1]


def _unquoted(column: pa.Array) -> pa.Array:
    """Cells without the quotation marks around them. Raises NotPlain where any stand elsewhere."""
    is_once = pa.types.is_dictionary(column.type)
    texts = column.dictionary if is_once else column
    quoted = pc.match_substring(texts, '"')
    if not pc.any(quoted).as_py():
        return column
    within = texts.filter(quoted)
    if not pc.all(pc.match_substring_regex(within, r'(?s)^"[^"]*"$')).as_py():
        raise NotPlain
    bare = pc.if_else(quoted, pc.utf8_trim(texts, '"'), texts)
    if not is_once:
        return bare
    once = bare.dictionary_encode()
    if len(once.dictionary) == len(bare):
        return pa.DictionaryArray.from_arrays(column.indices, bare)
    return pa.DictionaryArray.from_arrays(once.indices.take(column.indices), once.dictionary)


class NotPlain(Exception):
    """The text needs the careful reader."""


def _opening(file: BinaryIO) -> bytes:
    """The lines by which separator and header are decided."""
    opening = file.read(FEW)
    if len(opening) < FEW:
        raise NotPlain
    while opening.count(b"\n") < structure.SAMPLE and len(opening) < BLOCK:
        more = file.read(FEW)
        opening += more
        if not more:
            raise NotPlain
    at = 0
    for _ in range(structure.SAMPLE):
        at = opening.find(b"\n", at) + 1
        if not at:
            raise NotPlain
    if b"\0" in opening:
        raise NotPlain
    return opening[:at]


def _decoded(head: bytes) -> str:
    try:
        return head.decode()
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


def _check_cells(columns: list[pa.Array], header: list[str]) -> None:
    """No row is empty, repeats the header or may be a total."""
    is_empty: np.ndarray | None = None
    for at, column in enumerate(columns):
        is_once = pa.types.is_dictionary(column.type)
        texts = column.dictionary if is_once else column
        if characters.has_letters(texts) and _may_be_total(texts):
            raise NotPlain
        if at == 0 and pc.any(pc.equal(texts, header[0])).as_py():
            raise NotPlain
        if at == 0 or is_empty is not None:
            here = _empty(texts)
            if here is not None and is_once:
                here = here[column.indices]
            is_empty = here if at == 0 else _both(is_empty, here)
    if is_empty is not None and is_empty.any():
        raise NotPlain


def _empty(texts: pa.Array) -> np.ndarray | None:
    """Which texts are empty; None if none is."""
    blank = pc.equal(pc.utf8_trim_whitespace(texts), "")
    return blank.to_numpy(zero_copy_only=False) if pc.any(blank).as_py() else None


def _may_be_total(texts: pa.Array) -> bool:
    return pc.any(pc.match_substring_regex(texts, _UNPLAIN)).as_py()


def _both(one: np.ndarray | None, other: np.ndarray | None) -> np.ndarray | None:
    return None if one is None or other is None else one & other
