"""What stands in very many texts at a time, seen in their bytes without reading them one by one."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

_FIRST_LETTER = ord("A")
_SHORT, _MANY = 15, 100_000


def has_letters(texts: pa.Array) -> bool:
    """Whether a text may have a letter; not where all are of digits, blanks and their marks."""
    codes, _ = _bytes(texts)
    return bool(len(codes)) and int(codes.max()) >= _FIRST_LETTER


def are_near(texts: pa.Array, characters: bytes, apart: int) -> bool:
    """Whether a text has two of these ASCII characters one after the other, so near or nearer.

    >>> are_near(pa.array(["3/4/2025"]), b"/.-", 2), are_near(pa.array(["-1.5", "-"]), b"/.-", 1)
    (True, False)
    """
    return any(_is_near(*_bytes(part), characters, apart) for part in _parts(texts))


def are_short_numbers(texts: pa.Array) -> bool:
    """Whether each text is a number as 120, -1.5 or 0.25, of at most fifteen characters."""
    return len(texts) > 0 and all(_is_short_number(*_bytes(part)) for part in _parts(texts))


def _parts(texts: pa.Array) -> Iterator[pa.Array]:
    """The texts, so many at a time that what is found in their bytes takes little memory."""
    return (texts.slice(at, _MANY) for at in range(0, len(texts), _MANY))


def _is_near(codes: np.ndarray, ends: np.ndarray, characters: bytes, apart: int) -> bool:
    places = np.flatnonzero(np.logical_or.reduce([codes == each for each in characters]))
    first = np.flatnonzero(np.diff(places) <= apart)
    here, there = (np.searchsorted(ends, places[at], "right") for at in (first, first + 1))
    return bool((here == there).any())


def _is_short_number(codes: np.ndarray, ends: np.ndarray) -> bool:
    lengths = np.diff(ends)
    if lengths.min() < 1 or lengths.max() > _SHORT:
        return False
    is_digit, is_point, is_minus = codes - ord("0") < 10, codes == ord("."), codes == ord("-")
    first, last, points = ends[:-1], ends[1:] - 1, np.flatnonzero(is_point)
    return bool(
        (is_digit | is_point | is_minus).all()
        and np.count_nonzero(is_minus) == np.count_nonzero(is_minus[first])
        and is_digit[last].all()
        and not is_point[first].any()
        and is_digit[points - 1].all()
        and np.count_nonzero(np.logical_or.reduceat(is_point, first)) == len(points)
    )


def _bytes(texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """The bytes of all texts one after another, and where each begins and the last ends."""
    texts = texts.cast(pa.string())
    _, ends, data = texts.buffers()
    ends = np.frombuffer(ends, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    if not len(texts) or data is None:
        return np.zeros(0, np.uint8), np.zeros(len(texts) + 1, np.int32)
    codes = np.frombuffer(data, dtype=np.uint8)[ends[0] : ends[-1]]
    return codes, ends - ends[0]
