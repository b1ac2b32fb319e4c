"""Which batches built on another: what its undo leaves standing, and what it leaves hanging."""

from dataclasses import dataclass

import duckdb

from data import ledger
from data.access import Viewer
from data.store import Store
from data.tables import TABLES, Table


@dataclass(frozen=True)
class Dependent:
    """A batch that built on another: rows it said anew later, and rows left without the initiative
    or the meeting they are about."""

    number: int
    name: str
    count_replaced: int
    count_left: int


def of(store: Store, viewer: Viewer, batch: str) -> list[Dependent]:
    """The counting batches that built on this one, in order.

    Replaced are rows of later batches with the same keys: they stay as the later batch has them.
    Left are rows about initiatives, and decisions of meetings, which only this batch knows: they
    count in no figure without it.
    """
    viewer.must("import")
    with store.connection.cursor() as cursor:
        batch_id, _ = ledger.find(cursor, batch)
        replaced = _counted(cursor, batch_id, [_replaced(table) for table in TABLES.values()])
        hanging = [
            _left(table, known)
            for table in TABLES.values()
            for known in ("initiatives", "meetings")
            if table is not TABLES[known] and set(TABLES[known].key) <= set(table.names)
        ]
        left = _counted(cursor, batch_id, hanging)
        names = cursor.execute(
            "select number, coalesce(file_name, source) from batch_counting order by number"
        ).fetchall()
    return [
        Dependent(number, name, replaced.get(number, 0), left.get(number, 0))
        for number, name in names
        if number in replaced or number in left
    ]


def _counted(cursor: duckdb.DuckDBPyConnection, batch_id: str, parts: list[str]) -> dict[int, int]:
    """Rows per batch number, all tables together."""
    rows = cursor.execute(
        f"select number, count(*) from ({' union all '.join(parts)}) group by number",
        {"batch_id": batch_id},
    )
    return dict(rows.fetchall())


def _replaced(table: Table) -> str:
    key = f"({', '.join(table.key)})"
    return f"""
        select later.number
        from {table.name}_row join batch_counting as later using (batch_id)
        where later.number > (select number from batch where batch_id = $batch_id::uuid)
            and {key} in (select {key} from {table.name}_row where batch_id = $batch_id::uuid)
    """


def _left(table: Table, known: str) -> str:
    """The rows of a table that are about something `known` holds by this batch alone."""
    [key] = TABLES[known].key
    return f"""
        select other.number
        from {table.name}_current as hanging join batch_counting as other using (batch_id)
        where hanging.batch_id <> $batch_id::uuid and hanging.{key} in (
            select {key} from {known}_row
            where batch_id = $batch_id::uuid and not is_removed
        ) and hanging.{key} not in (
            select {key} from {known}_row join batch_counting using (batch_id)
            where batch_id <> $batch_id::uuid and not is_removed
        )
    """
