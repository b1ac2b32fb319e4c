"""What storing a file would do, found out by doing it and taking it back in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import duckdb
import pandas as pd
import pyarrow as pa

from data.access import Viewer
from data.batches import Origin, Stored, carry_out
from data.incoming import Unsaid
from data.store import Lens, Store, look_through
from data.tables import TABLES, Table

SHOWN = 1_000
WAYS = ("new", "changed", "same", "removed")


@dataclass(frozen=True)
class Changes:
    """What becomes of one table: how many rows in each of the `WAYS`, and the first of each.

    `rows` holds the rows as the file has them (removed: as they are stored); of changed ones it
    holds a row per changed cell: its key, `column`, `was`, `becomes`.
    """

    counts: Mapping[str, int]
    rows: Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Rehearsal:
    """What storing would do: per table, to the batches, and to what somebody looked at after."""

    changes: Mapping[str, Changes]
    stored: Stored
    seen: object


def rehearse(
    store: Store,
    viewer: Viewer,
    tables: Mapping[str, pa.Table],
    origin: Origin,
    *,
    complete: Iterable[str] = (),
    instead_of: Iterable[str] = (),
    look: Callable[[duckdb.DuckDBPyConnection], object] = lambda cursor: None,
    lens: Lens | None = None,
    unsaid: Mapping[str, Unsaid] | None = None,
) -> Rehearsal:
    """Commit, look at the board through a lens, and roll everything back.

    Takes and refuses what `batches.commit` does. `look` gets a cursor of the viewer's that sees the
    rows as stored.
    """
    viewer.must("import")
    changes: dict[str, Changes] = {}
    with store.rehearsing() as cursor:

        def compare() -> None:
            changes.update({name: _changes(cursor, TABLES[name]) for name in tables})

        what = (tables, origin, complete, instead_of, compare)
        stored = carry_out(cursor, store, viewer, *what, unsaid=unsaid)
        look_through(cursor, viewer, lens or Lens())
        return Rehearsal(changes, stored, look(cursor))


def _changes(cursor: duckdb.DuckDBPyConnection, table: Table) -> Changes:
    """Incoming rows beside the current ones of the same key."""
    keys = ", ".join(f"{key} as key_{place}" for place, key in enumerate(table.key))
    cursor.execute(
        f"""
        create or replace temp table compared as
        select
            case
                when incoming.is_removed then 'removed'
                when stored.batch_id is null then 'new'
                when {_is_other(table)} then 'changed'
                else 'same'
            end as way,
            {_both(table)}
        from (select *, {keys} from incoming_{table.name}) as incoming
        left join (select *, {keys} from {table.name}_current) as stored
            using ({", ".join(f"key_{place}" for place in range(len(table.key)))})
        """
    )
    found = dict(cursor.execute("select way, count(*) from compared group by way").fetchall())
    counts = {way: found.get(way, 0) for way in WAYS}
    rows = {
        way: _cells(cursor, table) if way == "changed" else _rows(cursor, table, way)
        for way in WAYS
        if counts[way]
    }
    return Changes(counts, rows)


def _is_other(table: Table) -> str:
    return " or ".join(f"incoming.{name} is distinct from stored.{name}" for name in table.names)


def _both(table: Table) -> str:
    return ", ".join(f"incoming.{name}, stored.{name} as was_{name}" for name in table.names)


def _rows(cursor: duckdb.DuckDBPyConnection, table: Table, way: str) -> pd.DataFrame:
    return cursor.execute(
        f"select {', '.join(table.names)} from compared where way = $way "
        f"order by {', '.join(table.key)} limit {SHOWN}",
        {"way": way},
    ).df()


def _cells(cursor: duckdb.DuckDBPyConnection, table: Table) -> pd.DataFrame:
    """One row per changed cell, with the key it belongs to."""
    keys = ", ".join(table.key_names)
    cells = " union all by name ".join(
        f"select {place} as place, {keys}, '{name}' as \"column\", "
        f"{_text(table, f'was_{name}', name)} as was, {_text(table, name, name)} as becomes "
        f"from compared "
        f"where way = 'changed' and {name} is distinct from was_{name}"
        for place, name in enumerate(table.names)
    )
    return cursor.execute(
        f"select * exclude (place) from ({cells}) order by {keys}, place limit {SHOWN}"
    ).df()


def _text(table: Table, cell: str, name: str) -> str:
    if table.column(name).kind == "list":
        return f"array_to_string({cell}, '; ')"
    return f"{cell}::text"
