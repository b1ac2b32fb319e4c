"""What fits on a slide: letters, lines, columns and rows, reckoned before anything is drawn.

Lengths are in inches, sizes of letters in points. Letters are as wide as those of a common sans
serif, a little too wide rather than too narrow.
"""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.steering import written
from dashboard.steering.content import Table

EM = 0.56
LINE = 1.22
TABLE_SIZES = (16, 14, 13, 12, 11, 10, 9, 8)
PAD = 0.11
MOST_LINES = (6, 2)
BOLD = 1.15
WIDEST = 60
SHORT = 14


def ems(text: str) -> float:
    """How wide a text is, in widths of a common letter: letters of the East count twice.

    >>> ems("abc"), ems("日本")
    (3, 4)
    """
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def lines(text: str, width: float, size: float) -> int:
    """How many lines a text takes at a width and a size of letters."""
    return max(1, math.ceil(ems(text) * EM * size / 72 / width))


def cut(text: str, width: float, size: float, most_lines: int) -> str:
    """The text, shortened with … where it would take more lines."""
    if lines(text, width, size) <= most_lines:
        return text
    return cut_to(text, int(most_lines * width * 72 / size / EM))


def cut_to(text: str, most: int) -> str:
    """The text, shortened with … where it is wider than so many common letters.

    >>> cut_to("Pricing", 7), cut_to("Pricing engine", 8), cut_to("日本語", 5)
    ('Pricing', 'Pricing…', '日本…')
    """
    if ems(text) <= most:
        return text
    kept = width = 0
    while (width := width + ems(text[kept])) < most:
        kept += 1
    return text[:kept].rstrip() + "…"


@dataclass(frozen=True)
class Text:
    """Paragraphs as they fit: their size, as they are shown, and those that had to be cut."""

    size: float
    shown: tuple[str, ...]
    cut: tuple[str, ...]
    height: float


def text(paragraphs: Sequence[str], width: float, height: float, sizes: Sequence[float]) -> Text:
    """Paragraphs in the largest of the sizes at which they fit a box, cut where none does."""
    said = [written.legible(paragraph) for paragraph in paragraphs]
    for size in sizes:
        taken = _height(said, width, size)
        if taken <= height:
            return Text(size, tuple(said), (), taken)
    size, shown = sizes[-1], []
    room = max(1, int(height / (size * LINE / 72)))
    for place, paragraph in enumerate(said):
        left = room - (len(said) - place - 1)
        if room < 1:
            break
        shown.append(cut(paragraph, width, size, max(1, left)))
        room -= lines(shown[-1], width, size)
    hidden = [
        whole for place, whole in enumerate(said) if place >= len(shown) or whole != shown[place]
    ]
    return Text(size, tuple(shown), tuple(hidden), _height(shown, width, size))


def _height(paragraphs: Sequence[str], width: float, size: float) -> float:
    return sum(lines(each, width, size) for each in paragraphs) * size * LINE / 72


@dataclass(frozen=True)
class Grid:
    """A table as it fits: rows of text below a head, widths, heights, what was cut or left out."""

    size: float
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    is_number: tuple[bool, ...]
    cut: tuple[str, ...]
    left_out: int

    def says(self) -> str:
        """How many rows there was no room for, "" when all are there."""
        if not self.left_out:
            return ""
        total = len(self.rows) + self.left_out
        return f"{len(self.rows)} of {total:,} rows; all of them are in the Excel pack."


def grid(table: Table, width: float, height: float) -> Grid:
    """A table in the largest letters at which all its rows fit; at the smallest, its first rows."""
    names = list(table.labels)
    head = tuple(written.columns(table).values())
    rows = [
        tuple(written.cell(name, value) for name, value in zip(names, row, strict=True))
        for row in table.rows[names].itertuples(index=False, name=None)
    ]
    for size, most in ((size, most) for most in MOST_LINES for size in TABLE_SIZES):
        widths = _widths(head, rows, width, size)
        fitted = [_cut_row(row, widths, size, most) for row in (head, *rows)]
        heights = [_row_height(fitted[0], widths, size * BOLD)]
        heights += [_row_height(row, widths, size) for row in fitted[1:]]
        is_roomy = fitted == [head, *rows] and not _breaks(rows, widths, size)
        if sum(heights) <= height and (most < MOST_LINES[0] or is_roomy):
            break
    kept = 1
    while kept < len(fitted) and sum(heights[: kept + 1]) <= height:
        kept += 1
    hidden = [
        whole
        for full, shown in zip((head, *rows), fitted[:kept], strict=False)
        for whole, part in zip(full, shown, strict=True)
        if whole != part
    ]
    numbers = tuple(_is_number(table, name) for name in names)
    shown = fitted[1:kept]
    left_out = len(rows) - len(shown)
    return Grid(
        size,
        fitted[0],
        tuple(shown),
        widths,
        tuple(heights[:kept]),
        numbers,
        tuple(hidden),
        left_out,
    )


def _is_number(table: Table, name: str) -> bool:
    known = table.rows[name].dropna()
    kind = pd.api.types.infer_dtype(known)
    return bool(len(known)) and kind in ("integer", "floating", "mixed-integer-float", "decimal")


def _widths(
    head: Sequence[str], rows: Sequence[Sequence[str]], width: float, size: float
) -> tuple[float, ...]:
    """Each column as wide as its longest text, shared out where they are too wide together.

    Numbers never wrap, so narrow columns keep what they need and wide ones share the rest.
    """
    letter = EM * size / 72
    needs = []
    for place, label in enumerate(head):
        longest = max([ems(row[place]) for row in rows], default=0)
        word = max((ems(each) for each in label.split()), default=0)
        named = max(min(word, 20) * BOLD, ems(label) / 2) * BOLD
        needs.append(max(min(longest, WIDEST), named) * letter + 2 * PAD)
    if sum(needs) <= width:
        spare = (width - sum(needs)) / len(needs)
        return tuple(need + spare for need in needs)
    fair = _fair(needs, width)
    return tuple(min(need, fair) for need in needs)


def _fair(needs: Sequence[float], width: float) -> float:
    """The widest a column may be so that all fit: those that need less leave it to the others."""
    left, count = width, len(needs)
    for need in sorted(needs):
        if need * count >= left:
            return left / count
        left, count = left - need, count - 1
    return max(needs)


def _cut_row(
    row: Sequence[str], widths: Sequence[float], size: float, most: int
) -> tuple[str, ...]:
    return tuple(
        cut(each, width - 2 * PAD, size, most) for each, width in zip(row, widths, strict=True)
    )


def _breaks(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float) -> bool:
    """Whether a short text, such as a day, would stand on two lines."""
    return any(
        ems(each) <= SHORT and lines(each, width - 2 * PAD, size) > 1
        for row in rows
        for each, width in zip(row, widths, strict=True)
    )


def row_pad(size: float) -> float:
    """The room above and below the letters of a row together: less where letters are small."""
    return 0.08 if size > 10 else 0.04


def _row_height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    most = max(
        (lines(each, width - 2 * PAD, size) for each, width in zip(row, widths, strict=True)),
        default=1,
    )
    return most * size * LINE / 72 + row_pad(size)
