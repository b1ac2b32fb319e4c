"""Amounts that lie far apart, of one initiative and sort: all that rules of scale need to see."""

import duckdb
import numpy as np
import pyarrow as pa

from data import keys
from data.tables import Table

# The rules ask for three hundred times; what is not even this much apart, no rounding makes so.
TIMES = 299


def has_sorts(table: Table) -> bool:
    """Whether the table has amounts of many months, which should be of one size."""
    return "month" in table.key


def sort(table: Table) -> list[str]:
    """The columns that amounts have in common which should be of one size."""
    return [each for each in table.key if each != "month"]


def words(table: Table) -> dict[str, str]:
    """The column of sorts, and that of amounts that are more than a plan."""
    [which] = [each for each in sort(table) if each != "initiative_id"]
    [done] = [each for each in _amounts(table) if each != "planned_amount"]
    return {"sort": which, "done": done}


def stored(cursor: duckdb.DuckDBPyConnection, table: Table) -> pa.Table:
    """Of each sort the highest and the lowest amount that is stored."""
    sizes = [f"abs({each})" for each in _amounts(table)]
    return cursor.sql(
        f"""
        select {", ".join(sort(table))},
            max(greatest({", ".join(sizes)})) as highest,
            min(least({", ".join(f"nullif({each}, 0)" for each in sizes)})) as lowest
        from {table.name}
        group by all
        """
    ).to_arrow_table()


def places(table: Table, rows: pa.Table, stored: pa.Table) -> np.ndarray:
    """Which rows are of a sort of which some amount, given or stored, is `TIMES` another.

    Amounts of zero are left out, as nothing is a multiple of them.
    """
    found = keys.codes([_joined(rows[each], stored[each]) for each in sort(table)])
    highest = np.zeros(found.max(initial=0) + 1)
    lowest = np.full(len(highest), np.inf)
    for own, other in zip(_amounts(table), ("highest", "lowest"), strict=True):
        sizes = np.append(_sizes(rows[own]), _sizes(stored[other]))
        np.maximum.at(highest, found, sizes)
        np.minimum.at(lowest, found, np.where(sizes == 0, np.inf, sizes))
    return (highest >= TIMES * lowest)[found[: len(rows)]]


def _amounts(table: Table) -> list[str]:
    return [each.name for each in table.columns if each.kind == "amount"]


def _sizes(amounts: pa.ChunkedArray) -> np.ndarray:
    return np.abs(amounts.cast(pa.float64()).fill_null(0).to_numpy())


def _joined(given: pa.ChunkedArray, stored: pa.ChunkedArray) -> pa.DictionaryArray:
    """Text of the file and text that is stored, one after the other."""
    return keys.whole(
        pa.chunked_array([keys.dictionary(keys.whole(part)) for part in (given, stored)])
    )
