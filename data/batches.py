"""The one door for rows: commit, undo and redo a batch, all of it or none of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from data import ledger, scope
from data.access import Viewer
from data.errors import BatchUnknown, RowsRefused
from data.ledger import Origin
from data.progress import Progress, quietly
from data.store import Store
from data.tables import TABLES, Table

__all__ = ["Origin", "Stored", "carry_out", "commit", "redo", "undo"]


@dataclass(frozen=True)
class Stored:
    """What a commit did. `batch_id` is None when everything was there already: nothing stored."""

    batch_id: str | None
    rows_stored: dict[str, int]
    rows_removed: dict[str, int]


def commit(
    store: Store,
    viewer: Viewer,
    tables: Mapping[str, pa.Table],
    origin: Origin,
    *,
    complete: Iterable[str] = (),
    instead_of: Iterable[str] = (),
    act: str = "import",
    progress: Progress = quietly,
) -> Stored:
    """Store rows of one or more tables as one batch.

    `tables` gives Arrow tables of the schemas in `data.tables`. A table named in `complete` is a
    complete list: what the viewer sees of it and the list no longer contains is removed. Batches
    in `instead_of` are undone in the same breath. Rows that are all there already store nothing.
    `progress` is told a share from 0 to 1 and a few words. Raises RowsRefused, NotAllowed, or what
    `progress` raises; then nothing was stored.
    """
    viewer.must(act)
    with store.writing() as cursor:
        return carry_out(
            cursor, store, viewer, tables, origin, complete, instead_of, progress=progress
        )


def carry_out(
    cursor: duckdb.DuckDBPyConnection,
    store: Store,
    viewer: Viewer,
    tables: Mapping[str, pa.Table],
    origin: Origin,
    complete: Iterable[str] = (),
    instead_of: Iterable[str] = (),
    taken_in: Callable[[], object] = lambda: None,
    progress: Progress = quietly,
) -> Stored:
    """What a commit does, inside a transaction of the caller's, who may roll it back.

    `taken_in` is called once `incoming_<table>` stands beside what is stored.
    """
    for batch in instead_of:
        _turned(cursor, store, batch, viewer, "undone")
    for count, (name, rows) in enumerate(tables.items()):
        progress(count / len(tables) / 2, "Looking at the rows")
        _take_in(cursor, viewer, TABLES[name], rows, name in complete)
    before = scope.touched(cursor, tables)
    scope.refuse_foreign(viewer, before, {})
    taken_in()
    if not any(_brings_news(cursor, TABLES[name]) for name in tables):
        return Stored(None, dict.fromkeys(tables, 0), dict.fromkeys(tables, 0))
    batch_id = ledger.record(cursor, store, viewer, origin, _counts(cursor, tables))
    for count, name in enumerate(tables):
        progress(0.5 + count / len(tables) / 2, "Storing the rows")
        cursor.execute(
            f"insert into {name}_row by name "
            f"select $batch_id::uuid as batch_id, * from incoming_{name}",
            {"batch_id": batch_id},
        )
        _show(cursor, TABLES[name], batch_id, f"incoming_{name}")
    _pass_on_units(cursor, batch_id)
    scope.refuse_foreign(viewer, before, scope.touched(cursor, tables))
    progress(1.0, "Storing the rows")
    return Stored(batch_id, _counts(cursor, tables), _counts(cursor, tables, "is_removed"))


def undo(store: Store, batch: str, viewer: Viewer) -> str:
    """Stop a batch from counting; the rows before it show through again. Returns its id."""
    return _turn(store, batch, viewer, "undone")


def redo(store: Store, batch: str, viewer: Viewer) -> str:
    """Let an undone batch count again. Returns its id."""
    return _turn(store, batch, viewer, "redone")


def _take_in(
    cursor: duckdb.DuckDBPyConnection,
    viewer: Viewer,
    table: Table,
    rows: pa.Table,
    is_complete: bool,
) -> None:
    """Put checked rows, and tombstones for what a full list omits, into `incoming_<table>`."""
    cursor.register("given", rows.cast(table.schema))
    _check(cursor, table)
    cursor.execute(
        f"create or replace temp table incoming_{table.name} as "
        "select false as is_removed, * from given"
    )
    cursor.unregister("given")
    if is_complete:
        cursor.execute(
            f"""
            insert into incoming_{table.name} by name
            select true as is_removed, {", ".join(table.names)} from {table.name}_current
            where ({", ".join(table.key)}) not in (
                select ({", ".join(table.key)}) from incoming_{table.name}
            ) and {_in_scope(table)}
            """,
            {"scope": viewer.scope()},
        )


def _check(cursor: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Refuse rows with an empty or repeated key, or without what their table requires."""
    needed = list(table.key) + [column.name for column in table.columns if column.is_required]
    for expression in needed:
        [(count,)] = cursor.execute(
            f"select count(*) from given where ({expression}) is null"
        ).fetchall()
        if count:
            raise RowsRefused(
                f"{count} rows of {table.name} have no {expression}; nothing was stored."
            )
    keys = ", ".join(table.key)
    repeated = cursor.execute(
        f"select {keys} from given group by {keys} having count(*) > 1 limit 1"
    ).fetchall()
    if repeated:
        raise RowsRefused(
            f"Two rows of {table.name} are about the same {' / '.join(map(str, repeated[0]))}; "
            "nothing was stored."
        )


def _in_scope(table: Table) -> str:
    if table.name == "initiatives" or table.is_of_initiative:
        return "(list_contains($scope, '*') or list_contains($scope, unit))"
    return "len($scope) > 0"


def _brings_news(cursor: duckdb.DuckDBPyConnection, table: Table) -> bool:
    names = ", ".join(table.names)
    [(count,)] = cursor.execute(
        f"""
        select (
            select count(*) from (
                select {names} from incoming_{table.name} where not is_removed
                except select {names} from {table.name}_current
            )
        ) + (select count(*) from incoming_{table.name} where is_removed)
        """
    ).fetchall()
    return count > 0


def _counts(
    cursor: duckdb.DuckDBPyConnection, tables: Iterable[str], which: str = "not is_removed"
) -> dict[str, int]:
    return {
        name: cursor.execute(f"select count(*) from incoming_{name} where {which}").fetchall()[0][0]
        for name in tables
    }


def _turn(store: Store, batch: str, viewer: Viewer, event: str) -> str:
    with store.writing() as cursor:
        return _turned(cursor, store, batch, viewer, event)


def _turned(cursor, store: Store, batch: str, viewer: Viewer, event: str) -> str:
    batch_id, counts = ledger.find(cursor, batch)
    viewer.must(ledger.act(cursor, batch_id))
    if counts != (event == "undone"):
        state = "counts already" if counts else "is undone already"
        raise BatchUnknown(f"Batch {batch} {state}; nothing was changed.")
    tables = [table for table in TABLES.values() if _has_rows(cursor, table, batch_id)]
    for table in tables:
        _make_incoming(cursor, table, batch_id)
    before = scope.touched(cursor, [table.name for table in tables])
    ledger.log(cursor, batch_id, event, store.now(cursor), viewer)
    for table in tables:
        _show(cursor, table, batch_id, f"{table.name}_history")
    _pass_on_units(cursor, batch_id)
    scope.refuse_foreign(viewer, before, scope.touched(cursor, [table.name for table in tables]))
    return batch_id


def _has_rows(cursor: duckdb.DuckDBPyConnection, table: Table, batch_id: str) -> bool:
    return bool(
        cursor.execute(
            f"select 1 from {table.name}_row where batch_id = $batch_id::uuid limit 1",
            {"batch_id": batch_id},
        ).fetchall()
    )


def _make_incoming(cursor: duckdb.DuckDBPyConnection, table: Table, batch_id: str) -> None:
    cursor.execute(
        f"""
        create or replace temp table incoming_{table.name} as
        select * exclude (batch_id) from {table.name}_row where batch_id = $batch_id::uuid
        """,
        {"batch_id": batch_id},
    )


def _show(cursor: duckdb.DuckDBPyConnection, table: Table, batch_id: str, source: str) -> None:
    """Make the current rows of a batch's keys those of `source`: the batch, or its history."""
    key = f"({', '.join(table.key)})"
    keys = f"select {key} from incoming_{table.name}"
    carried = ", i.unit, i.sponsor" if table.is_of_initiative else ""
    join = "left join initiatives_current as i using (initiative_id)" if carried else ""
    rows = (
        f"select $batch_id::uuid as batch_id, * from {source} where not is_removed"
        if source.startswith("incoming_")
        else f"select *, false as is_removed from {source} where {key} in ({keys})"
    )
    # A series lies together, so that its raw points are found without reading all the others.
    order = f"order by {', '.join(table.key)}" if table.name == "model_metrics" else ""
    cursor.execute(f"delete from {table.name}_current where {key} in ({keys})")
    cursor.execute(
        f"insert into {table.name}_current by name "
        f"select fresh.*{carried} from ({rows}) as fresh {join} {order}",
        {"batch_id": batch_id} if "$batch_id" in rows else {},
    )
    if table.name == "model_metrics":
        _roll_up(cursor)


def _roll_up(cursor: duckdb.DuckDBPyConnection) -> None:
    """Keep the daily roll-up of the days an incoming batch touches true."""
    day = "(initiative_id, model, version, metric, measured_at::date)"
    days = f"select {day} from incoming_model_metrics"
    cursor.execute(
        f"""
        delete from model_metrics_daily_current
        where (initiative_id, model, version, metric, measured_on) in ({days})
        """
    )
    cursor.execute(
        f"""
        insert into model_metrics_daily_current by name
        select
            initiative_id, model, version, metric, measured_at::date as measured_on,
            max_by(value, measured_at) as value, min(value) as value_low, max(value) as value_high,
            count(*) as count_values, any_value(unit) as unit, any_value(sponsor) as sponsor
        from model_metrics_current
        where {day} in ({days})
        group by all
        """
    )


def _pass_on_units(cursor: duckdb.DuckDBPyConnection, batch_id: str) -> None:
    """Carry units and sponsors of a batch's initiatives to the current rows that hang on them."""
    if not _has_rows(cursor, TABLES["initiatives"], batch_id):
        return
    hanging = [table.name for table in TABLES.values() if table.is_of_initiative]
    for name in [*hanging, "model_metrics_daily"]:
        cursor.execute(
            f"""
            update {name}_current as hanging set unit = fresh.unit, sponsor = fresh.sponsor
            from (
                select incoming.initiative_id, now.unit, now.sponsor
                from incoming_initiatives as incoming
                left join initiatives_current as now using (initiative_id)
            ) as fresh
            where hanging.initiative_id = fresh.initiative_id
                and (hanging.unit, hanging.sponsor) is distinct from (fresh.unit, fresh.sponsor)
            """
        )
