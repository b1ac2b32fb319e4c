"""What stands in very many texts at a time, seen in their bytes without reading them one by one."""

import numpy as np
import pyarrow as pa

_FIRST_LETTER = ord("A")


def has_letters(texts: pa.Array) -> bool:
    """Whether a text may have a letter; not where all are of digits, blanks and their marks."""
    codes, _ = _bytes(texts)
    return bool(len(codes)) and int(codes.max()) >= _FIRST_LETTER


def most(texts: pa.Array, characters: bytes) -> int:
    """How many of these ASCII characters the text has that has the most of them.

    >>> most(pa.array(["3/4/2025", "-1.5", ""]), b"/.-")
    2
    """
    codes, ends = _bytes(texts)
    if not len(texts):
        return 0
    is_wanted = np.zeros(256, dtype=bool)
    is_wanted[list(characters)] = True
    before = np.append(0, np.cumsum(is_wanted[codes], dtype=np.int32))
    return int(np.diff(before[ends]).max())


def _bytes(texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """The bytes of all texts one after another, and where each begins and the last ends."""
    texts = texts.cast(pa.string())
    _, ends, data = texts.buffers()
    ends = np.frombuffer(ends, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    if not len(texts) or data is None:
        return np.zeros(0, np.uint8), np.zeros(len(texts) + 1, np.int32)
    codes = np.frombuffer(data, dtype=np.uint8)[ends[0] : ends[-1]]
    return codes, ends - ends[0]
