"""The sample, many times over: a store of any size, filled by the same door as any other."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from data import batches, sample
from data.access import SYSTEM
from data.store import Store
from data.tables import TABLES

# What else tells the copies of a row apart, in tables whose key is not the initiative's alone.
IDS = ("initiative_id", "decision_id", "respondent", "run_id")


def opened(folder: Path, times: int) -> Store:
    """The store in a folder with the sample's rows `times` over; built the first time."""
    path = folder / f"sample-{times}.duckdb"
    return Store(path) if path.exists() else _built(path, times)


def _built(path: Path, times: int) -> Store:
    store = Store(path)
    sample.load_benchmarks(store)
    rows = {
        name: multiplied(rows.cast(TABLES[name].schema), times)
        for name, rows in sample.tables().items()
    }
    batches.commit(store, SYSTEM, rows, batches.Origin("bench", sample.LAST_DAY))
    with store.connection.cursor() as cursor:
        cursor.execute("checkpoint")
    return store


def multiplied(rows: pa.Table, times: int) -> pa.Table:
    """The rows, `times` over: every copy has ids of its own and the units of the first.

    >>> rows = pa.table({"initiative_id": ["A1", None], "unit": ["Retail", "Retail"]})
    >>> multiplied(rows, 2)["initiative_id"].to_pylist()
    ['A1', None, 'A1-1']
    """
    return pa.concat_tables([rows, *(_copy(rows, number) for number in range(1, times))])


def _copy(rows: pa.Table, number: int) -> pa.Table:
    """One copy. What belongs to nobody in particular (a target for all, a meeting) has none."""
    ids = [name for name in IDS if name in rows.column_names]
    if not ids:
        return rows.slice(0, 0)
    copied = rows.filter(pc.is_valid(rows[ids[0]]))
    for name in ids:
        suffixed = pc.binary_join_element_wise(copied[name], f"-{number}", "")
        copied = copied.set_column(copied.column_names.index(name), rows.field(name), suffixed)
    return copied
