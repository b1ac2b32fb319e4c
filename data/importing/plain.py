"""Plain cells read many at a time: days as 2024-12-31, moments, numbers as 1234.56.

They mean in every column what they mean alone, so all of them together say no more of a column than
one of each shape; what is not plain is read text by text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.importing import characters, dates, numbers
from data.tables import KINDS

FEW = 1_000

_UNCLEAR = r"^-?[1-9]\d{0,2}\.\d{3}$"


@dataclass(frozen=True)
class Plain:
    """Which of some texts are plain, what those mean, and the evidence all texts together are."""

    is_plain: np.ndarray
    values: pa.Array
    evidence: list[str]


def read(
    texts: pa.Array, kind: str, as_of: date, has_point: Callable[[list[str]], bool]
) -> Plain | None:
    """The plain ones of distinct texts as a kind; None where it is not worth it.

    `has_point` says whether a column with this evidence has the point as its decimal mark.
    """
    if len(texts) < FEW or kind not in (*dates.PLAIN, "amount", "number"):
        return None
    is_number = kind in ("amount", "number")
    shaped = _shaped(texts, kind)
    evidence = _evidence(texts, shaped, is_number)
    if is_number and not has_point(evidence):
        return None
    try:
        values = _values(pc.if_else(shaped, texts, None), kind)
    except pa.ArrowInvalid:
        return None
    if not is_number:
        shaped = pc.and_(shaped, _is_plausible(values, as_of))
    return Plain(shaped.to_numpy(zero_copy_only=False), values, evidence)


def _shaped(texts: pa.Array, kind: str) -> pa.Array:
    """Which texts have the form of what is plain."""
    if kind in numbers.PLAIN and characters.are_short_numbers(texts):
        return pa.array(np.ones(len(texts), dtype=bool))
    form = numbers.PLAIN[kind] if kind in numbers.PLAIN else dates.PLAIN[kind]
    return pc.match_substring_regex(texts, f"^(?:{form})$")


def _evidence(texts: pa.Array, shaped: pa.Array, is_number: bool) -> list[str]:
    """All texts that are not plain, and one plain text of each shape."""
    rest = texts.filter(pc.invert(shaped)).to_pylist()
    known = texts.filter(shaped) if rest else texts
    if not is_number:
        return rest + known.slice(0, 1).to_pylist()
    point = pc.find_substring(known, ".").to_numpy()
    is_unclear = _is_unclear(known, point)
    shapes = (point < 0, is_unclear, (point >= 0) & ~is_unclear)
    return rest + [known[int(shape.argmax())].as_py() for shape in shapes if shape.any()]


def _is_unclear(known: pa.Array, point: np.ndarray) -> np.ndarray:
    """Whether the point of each text, if it has one, could stand between thousands."""
    behind = pc.binary_length(known).to_numpy() - point
    may_be = (point >= 0) & (behind == len(".000"))
    if may_be.any():
        may_be[may_be] = pc.match_substring_regex(known.filter(pa.array(may_be)), _UNCLEAR)
    return may_be


def _values(texts: pa.Array, kind: str) -> pa.Array:
    if kind == "number":
        return texts.cast(pa.float64())
    if kind == "amount":
        return _amounts(texts)
    if kind == "timestamp":
        bare = pc.replace_substring(pc.replace_substring(texts, "T", " "), "Z", "")
        return bare.cast(KINDS[kind])
    days = texts.cast(pa.date32())
    return pc.floor_temporal(days, unit="month").cast(pa.date32()) if kind == "month" else days


def _amounts(texts: pa.Array) -> pa.Array:
    """Amounts, rounded to cents: in floating point where none is so large or so near the half of
    a cent that it could matter."""
    if not texts.null_count:
        exact = texts.cast(pa.float64()).to_numpy() * 100
        cents = np.rint(exact)
        if np.abs(cents).max() < 2**44 and (np.abs(exact - cents) < 0.49).all():
            return _of_cents(cents.astype(np.int64))
    try:
        return texts.cast(KINDS["amount"])
    except pa.ArrowInvalid:  # Some have more decimals than are kept.
        exact = texts.cast(pa.decimal128(38, 15))
        return pc.round(exact, 2, "half_towards_infinity").cast(KINDS["amount"])


def _of_cents(cents: np.ndarray) -> pa.Array:
    """Whole numbers of 64 bits as the decimals of 128 that amounts are kept in."""
    wide = np.stack([cents, cents >> 63], axis=1)
    return pa.Array.from_buffers(KINDS["amount"], len(cents), [None, pa.py_buffer(wide)])


def _is_plausible(values: pa.Array, as_of: date) -> pa.Array:
    """Whether days lie where days of an organization do; what does not is read alone."""
    days = values.cast(pa.date32())
    after = pc.greater_equal(days, pa.scalar(dates.EARLIEST, pa.date32()))
    latest = dates.latest(as_of).replace(day=1)
    before = pc.less_equal(days, pa.scalar(latest, pa.date32()))
    return pc.fill_null(pc.and_(after, before), False)
