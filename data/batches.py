"""The one door for rows: commit, undo and redo a batch, all of it or none of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from data import incoming, ledger, scope
from data.access import Viewer
from data.errors import BatchUnknown
from data.incoming import Unsaid
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
    unsaid: Mapping[str, Unsaid] | None = None,
) -> Stored:
    """Store rows of one or more tables as one batch.

    `tables` gives Arrow tables of the schemas in `data.tables`. A table named in `complete` is a
    complete list: what the viewer sees of it and the list no longer contains is removed. Batches
    in `instead_of` are undone in the same breath. Rows that are all there already store nothing.
    Of what they leave `unsaid`, what is stored stays.
    `progress` is told a share from 0 to 1 and a few words. Raises RowsRefused, NotAllowed, or what
    `progress` raises; then nothing was stored.
    """
    viewer.must(act)
    with store.writing() as cursor:
        what = (tables, origin, complete, instead_of)
        return carry_out(cursor, store, viewer, *what, progress=progress, unsaid=unsaid)


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
    unsaid: Mapping[str, Unsaid] | None = None,
) -> Stored:
    """What a commit does, inside a transaction of the caller's, who may roll it back.

    `taken_in` is called once `incoming_<table>` stands beside what is stored.
    """
    for batch in instead_of:
        _turned(cursor, store, batch, viewer, "undone")
    for count, (name, rows) in enumerate(tables.items()):
        progress(count / len(tables) / 2, "Looking at the rows")
        own = (unsaid or {}).get(name)
        incoming.take_in(cursor, viewer, TABLES[name], rows, name in complete, own)
    before = scope.touched(cursor, viewer, tables)
    scope.refuse_foreign(viewer, before, {})
    taken_in()
    if not any(incoming.brings_news(cursor, TABLES[name]) for name in tables):
        return Stored(None, dict.fromkeys(tables, 0), dict.fromkeys(tables, 0))
    batch_id = ledger.record(cursor, store, viewer, origin, _counts(cursor, tables))
    for count, name in enumerate(tables):
        progress(0.5 + count / len(tables) / 2, "Storing the rows")
        cursor.execute(
            f"insert into {name}_row by name "
            f"select $batch_id::uuid as batch_id, * from incoming_{name}",
            {"batch_id": batch_id},
        )
        _show(cursor, TABLES[name], _as_given(TABLES[name], batch_id))
    _pass_on_units(cursor, batch_id)
    scope.refuse_foreign(viewer, before, scope.touched(cursor, viewer, tables))
    progress(1.0, "Storing the rows")
    return Stored(batch_id, _counts(cursor, tables), _counts(cursor, tables, "is_removed"))


def undo(store: Store, batch: str, viewer: Viewer) -> str:
    """Stop a batch from counting; the rows before it show through again. Returns its id."""
    return _turn(store, batch, viewer, "undone")


def redo(store: Store, batch: str, viewer: Viewer) -> str:
    """Let an undone batch count again. Returns its id."""
    return _turn(store, batch, viewer, "redone")


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
        incoming.take_again(cursor, table, batch_id)
    names = [table.name for table in tables]
    before = scope.touched(cursor, viewer, names)
    ledger.log(cursor, batch_id, event, store.now(cursor), viewer)
    for table in tables:
        _show(cursor, table, _as_before(table), _order(table))
    _pass_on_units(cursor, batch_id)
    scope.refuse_foreign(viewer, before, scope.touched(cursor, viewer, names))
    return batch_id


def _has_rows(cursor: duckdb.DuckDBPyConnection, table: Table, batch_id: str) -> bool:
    return bool(
        cursor.execute(
            f"select 1 from {table.name}_row where batch_id = $batch_id::uuid limit 1",
            {"batch_id": batch_id},
        ).fetchall()
    )


def _show(cursor: duckdb.DuckDBPyConnection, table: Table, rows: str, order: str = "") -> None:
    """Let these be the current rows of the keys that came in."""
    key = f"({', '.join(table.key)})"
    carried = ", i.unit, i.sponsor" if table.is_of_initiative else ""
    join = "left join initiatives_current as i using (initiative_id)" if carried else ""
    cursor.execute(
        f"delete from {table.name}_current where {key} in (select {key} from incoming_{table.name})"
    )
    cursor.execute(
        f"insert into {table.name}_current by name "
        f"select fresh.*{carried} from ({rows}) as fresh {join} {order}"
    )
    if table.name == "model_metrics":
        _roll_up(cursor)


def _as_given(table: Table, batch_id: str) -> str:
    """The rows as they came in, which are in order already."""
    return f"select '{batch_id}'::uuid as batch_id, false as is_removed, * from given_{table.name}"


def _as_before(table: Table) -> str:
    """The latest counting rows of the keys that came in."""
    key = f"({', '.join(table.key)})"
    return f"""
        select *, false as is_removed from {table.name}_history
        where {key} in (select {key} from incoming_{table.name})
    """


def _order(table: Table) -> str:
    return f"order by {', '.join(table.key)}" if table.name in incoming.KEPT_IN_ORDER else ""


def _roll_up(cursor: duckdb.DuckDBPyConnection) -> None:
    """Keep the daily roll-up of the days that incoming rows touch true."""
    series = "initiative_id, model, version, metric"
    cursor.execute(
        f"""
        create or replace temp table touched_days as
        select distinct {series}, measured_at::date as measured_on from incoming_model_metrics
        """
    )
    cursor.execute(
        f"""
        delete from model_metrics_daily_current
        where ({series}, measured_on) in (select ({series}, measured_on) from touched_days)
        """
    )
    cursor.execute(
        f"""
        insert into model_metrics_daily_current by name
        select
            {series}, measured_on,
            max_by(value, measured_at) as value, min(value) as value_low, max(value) as value_high,
            count(*) as count_values, any_value(unit) as unit, any_value(sponsor) as sponsor
        from (select *, measured_at::date as measured_on from model_metrics_current)
        semi join touched_days using ({series}, measured_on)
        group by all
        """
    )


def _pass_on_units(cursor: duckdb.DuckDBPyConnection, batch_id: str) -> None:
    """Carry units and sponsors of a batch's initiatives to the current rows that hang on them."""
    if not _has_rows(cursor, TABLES["initiatives"], batch_id):
        return
    for name in _of_another_unit(cursor):
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


def _of_another_unit(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables with rows that carry another unit or sponsor than their incoming initiative."""
    names = [table.name for table in TABLES.values() if table.is_of_initiative]
    rows = " union all ".join(
        f"select '{name}' as name, initiative_id, unit, sponsor from {name}_current"
        for name in [*names, "model_metrics_daily"]
    )
    found = cursor.execute(
        f"""
        select distinct hanging.name
        from ({rows}) as hanging
        semi join incoming_initiatives using (initiative_id)
        left join initiatives_current as now using (initiative_id)
        where (hanging.unit, hanging.sponsor) is distinct from (now.unit, now.sponsor)
        order by hanging.name
        """
    )
    return [name for (name,) in found.fetchall()]
