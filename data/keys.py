"""The keys of many rows at a time: which rows have the same, and in which order they lie."""

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_COALESCE = re.compile(r"coalesce\((.+)\)")
_NOTHING = "''"
# Up to so many times as many codes as rows are counted rather than sorted.
FEW = 16


def names(expression: str) -> list[str]:
    """The columns of a key's SQL expression, in which only `coalesce` and '' may stand.

    >>> names("coalesce(entered_on, observed_on)")
    ['entered_on', 'observed_on']
    """
    return [part for part in _parts(expression) if part != _NOTHING]


def _parts(expression: str) -> list[str]:
    within = _COALESCE.fullmatch(expression)
    return [part.strip() for part in (within[1] if within else expression).split(",")]


def column(rows: pa.Table, expression: str) -> pa.Array:
    """A key's SQL expression over the rows, without asking the database."""
    first, *others = [whole(rows.column(name)) for name in names(expression)]
    if others:
        first = pc.coalesce(first, *others)
    return dictionary(first).cast(pa.string()).fill_null("") if _NOTHING in expression else first


def whole(values: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The values in one piece; text that is kept once stays so."""
    if not isinstance(values, pa.ChunkedArray):
        return values
    if pa.types.is_dictionary(values.type):
        values = values.unify_dictionaries()
    return values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()


def dictionary(values: pa.Array) -> pa.DictionaryArray:
    """The values, each kept once."""
    return values if pa.types.is_dictionary(values.type) else values.dictionary_encode()


def counted(once: pa.DictionaryArray) -> tuple[np.ndarray, np.ndarray]:
    """For each text of a dictionary the first row that has it, and how many have."""
    places = once.indices.to_numpy()
    first, backwards = np.full(len(once.dictionary), len(places)), np.arange(len(places))[::-1]
    first[places[backwards]] = backwards
    return first, np.bincount(places, minlength=len(first))


def codes(columns: Sequence[pa.Array]) -> np.ndarray:
    """A number for each row, equal where the columns are and in their order (empty is first)."""
    joined = np.zeros(len(columns[0]), dtype=np.int64)
    for values in columns:
        own, size = _ranks(values)
        if len(joined) and int(joined.max()) >= 2**62 // size:
            joined = np.unique(joined, return_inverse=True)[1]
        joined *= size
        joined += own
    return joined


def _ranks(values: pa.Array) -> tuple[np.ndarray, int]:
    """Each row's place among the different values from 1, 0 if empty; how many there may be."""
    once = dictionary(values)
    ranks = pc.rank(once.dictionary, tiebreaker="dense").to_numpy().astype(np.int64)
    numbers, indices = np.append(ranks, 0), once.indices
    places = indices.fill_null(len(ranks)) if indices.null_count else indices
    return numbers[places.to_numpy()], len(numbers)


def first_alike(columns: Sequence[pa.Array]) -> np.ndarray:
    """For each row the place of the first row that is equal to it in all columns."""
    found = codes(columns)
    if not any_repeated(found):
        return np.arange(len(found))
    _, first, back = np.unique(found, return_index=True, return_inverse=True)
    return first[back]


def any_repeated(found: np.ndarray) -> bool:
    """Whether two of the codes are equal."""
    if is_rising(found):
        return False
    if len(found) and found.max() < FEW * len(found):
        return bool(np.bincount(found).max() > 1)
    ordered = np.sort(found)
    return bool((ordered[1:] == ordered[:-1]).any())


def is_rising(found: np.ndarray) -> bool:
    """Whether each code is greater than the one before it."""
    return bool((found[1:] > found[:-1]).all())


def first_repeated(found: np.ndarray) -> int | None:
    """The place of a row whose code an earlier one has; None if all differ."""
    if not any_repeated(found):
        return None
    order = np.argsort(found, kind="stable")
    again = found[order[1:]] == found[order[:-1]]
    return int(order[1:][again].min())
