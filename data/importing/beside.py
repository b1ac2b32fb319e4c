"""Tables that stand side by side in one sheet, told from one table with an empty column in it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

Record = Sequence[str]
Columns = tuple[int, int]

LOOKED_AT = 1_000


def blocks(records: Sequence[Record]) -> list[Columns]:
    """Stretches of two or more columns, each between columns that are empty in every row."""
    opening = records[:LOOKED_AT]
    width = max(map(len, opening), default=0)
    if len(list(_stretches(opening, width))) < 2:
        return []
    width = max(map(len, records))
    return [(left, right) for left, right in _stretches(records, width) if right - left > 1]


def _stretches(records: Sequence[Record], width: int) -> Iterator[Columns]:
    used = [False] * (width + 1)
    for record in records:
        for at, cell in enumerate(record):
            used[at] = used[at] or bool(cell) and not cell.isspace()
    edges = [at for at, (one, other) in enumerate(pairwise([False, *used])) if one != other]
    return zip(edges[::2], edges[1::2], strict=True)


def cut(records: Sequence[Record], columns: Columns) -> list[Record]:
    """The records' cells in a stretch of columns."""
    return [record[columns[0] : columns[1]] for record in records]


def are_tables(parts: Sequence[tuple[Record, Sequence[Record]]]) -> bool:
    """Whether parts (header and rows of each) are tables of their own, rather than one.

    They are if some of their columns have the same name, if one goes on for two rows or more when
    another, which began every row until then, has ended, or if their rows begin with the same
    names in another order.
    """
    names = [{cell.strip().casefold() for cell in header if cell.strip()} for header, _ in parts]
    is_named_alike = any(one & other for one, other in pairwise(names))
    ends = [len(rows) for _, rows in parts]
    shortest = min((rows for _, rows in parts), key=len)
    is_begun = all(row and row[0].strip() for row in shortest)
    if is_named_alike or (is_begun and max(ends) - min(ends) > 1):
        return True
    return any(_begin_alike(one, other) for (_, one), (_, other) in pairwise(parts))


def _begin_alike(rows: Sequence[Record], others: Sequence[Record]) -> bool:
    """Whether most rows of one begin with names that rows of the other have, yet elsewhere."""
    first, second = _beginnings(rows), _beginnings(others)
    known = set(first) & set(second) - {""}
    shared = sum(name in known for name in second)
    is_elsewhere = any(one != other for one, other in zip(first, second, strict=False))
    return is_elsewhere and len(known) > 1 and 2 * shared > len(second)


def _beginnings(rows: Sequence[Record]) -> list[str]:
    """What each row begins with, if that has a letter: numbers are no names."""
    names = [row[0].strip().casefold() if row else "" for row in rows]
    return [name if any(map(str.isalpha, name)) else "" for name in names]
