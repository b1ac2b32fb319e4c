"""Rows on their way in: checked, and laid beside what is stored as `incoming_<table>`."""

from collections.abc import Mapping

import duckdb
import numpy as np
import pyarrow as pa

from data import keys
from data.access import Viewer
from data.errors import RowsRefused
from data.tables import Table

# A group of rows as the database keeps them: what it reads, sorts and writes in one go.
GROUP = 122_880
FEW = 1_000
# A series lies together, so that its raw points are found without reading all the others.
KEPT_IN_ORDER = ("model_metrics",)

Unsaid = Mapping[str, np.ndarray]
"""By column, the rows whose file says nothing of it, so that what is stored of it stays."""


def take_in(
    cursor: duckdb.DuckDBPyConnection,
    viewer: Viewer,
    table: Table,
    rows: pa.Table,
    is_complete: bool,
    unsaid: Unsaid | None = None,
) -> None:
    """Lay checked rows, and tombstones for what a full list omits, out as `incoming_<table>`.

    `given_<table>` are the rows alone, completed where `unsaid`; nothing else is copied. Raises
    RowsRefused.
    """
    rows = completed(cursor, table, rows, unsaid or {}, f"{table.name}_current")
    cursor.register(f"given_{table.name}", in_groups(_checked(table, _cast(table, rows))))
    kept = f"({', '.join(table.key)})"
    names = ", ".join(table.names)
    cursor.execute(
        f"""
        create or replace temp table removed_{table.name} as
        select true as is_removed, {names} from {table.name}_current
        where {str(is_complete).lower()} and {_in_scope(table)}
            and {kept} not in (select {kept} from given_{table.name})
        """,
        {"scope": viewer.scope()},
    )
    cursor.execute(
        f"""
        create or replace temp view incoming_{table.name} as
        select false as is_removed, {names} from given_{table.name}
        union all select is_removed, {names} from removed_{table.name}
        """
    )


def completed(
    cursor: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table, unsaid: Unsaid, stored: str
) -> pa.Table:
    """The rows, where `unsaid`, with what the table `stored` holds of their key.

    So a file that has no column for something does not empty what others said of it.
    """
    if not unsaid or not len(rows):
        return rows
    key = f"({', '.join(table.key)})"
    told = rows.append_column("place", pa.array(np.arange(len(rows))))
    for name, mask in unsaid.items():
        told = told.append_column(f"is_unsaid_{name}", pa.array(mask, pa.bool_()))
    cursor.register("told", in_groups(told))
    values = ", ".join(
        f"if(told.is_unsaid_{name} and now.key is not null, now.{name}, told.{name}) as {name}"
        if name in unsaid
        else f"told.{name}"
        for name in table.names
    )
    found = cursor.execute(
        f"""
        select {values} from (select *, {key} as key from told) as told
        left join (select *, {key} as key from {stored}) as now using (key)
        order by place
        """
    ).to_arrow_table()
    cursor.unregister("told")
    return found


def take_again(cursor: duckdb.DuckDBPyConnection, table: Table, batch_id: str) -> None:
    """Lay the rows of a stored batch out as `incoming_<table>`."""
    cursor.execute(
        f"""
        create or replace temp view incoming_{table.name} as
        select * exclude (batch_id) from {table.name}_row where batch_id = '{batch_id}'::uuid
        """
    )


def brings_news(cursor: duckdb.DuckDBPyConnection, table: Table) -> bool:
    """Whether anything would be other than it is; the first rows often show it."""
    [(given, removed, stored)] = cursor.execute(
        f"""
        select
            (select count(*) from given_{table.name}),
            (select count(*) from removed_{table.name}),
            (select count(*) from {table.name}_current)
        """
    ).fetchall()
    if removed or given > stored:
        return True
    names = ", ".join(table.names)
    first = f"from given_{table.name} limit {FEW}"
    [(known,)] = cursor.execute(
        f"""
        select count(*) from (
            select {names} from {table.name}_current intersect select {names} from ({first})
        )
        """
    ).fetchall()
    return known < min(given, FEW) or (given > FEW and _differs(cursor, table, names))


def _differs(cursor: duckdb.DuckDBPyConnection, table: Table, names: str) -> bool:
    return bool(
        cursor.execute(
            f"select {names} from given_{table.name} "
            f"except select {names} from {table.name}_current limit 1"
        ).fetchall()
    )


def _cast(table: Table, rows: pa.Table) -> pa.Table:
    """The rows in the table's schema, except that text may be dictionary-encoded."""
    fields = [
        pa.field(each.name, given.type if _is_encoded(given.type) else each.type)
        for each, given in zip(table.schema, rows.schema, strict=True)
    ]
    return rows.cast(pa.schema(fields))


def _is_encoded(kind: pa.DataType) -> bool:
    return pa.types.is_dictionary(kind) and pa.types.is_string(kind.value_type)


def _checked(table: Table, rows: pa.Table) -> pa.Table:
    """The rows; refused if a key is empty or repeated, or what their table requires is missing."""
    parts = [keys.column(rows, expression) for expression in table.key]
    required = {each.name: rows.column(each.name) for each in table.columns if each.is_required}
    for name, values in {**dict(zip(table.key, parts, strict=True)), **required}.items():
        if values.null_count:
            raise RowsRefused(
                f"{values.null_count} rows of {table.name} have no {name}; nothing was stored."
            )
    found = keys.codes(parts)
    if (place := keys.first_repeated(found)) is not None:
        named = " / ".join(str(part[place].as_py()) for part in parts)
        raise RowsRefused(
            f"Two rows of {table.name} are about the same {named}; nothing was stored."
        )
    if table.name not in KEPT_IN_ORDER or keys.is_rising(found):
        return rows
    return rows.take(pa.array(np.argsort(found)))


def in_groups(rows: pa.Table) -> pa.Table:
    """The rows in pieces, so that several threads can read them."""
    whole = [keys.whole(column) for column in rows.columns]
    batches = pa.table(whole, schema=rows.schema).to_batches(GROUP)
    return pa.Table.from_batches(batches, rows.schema)


def _in_scope(table: Table) -> str:
    if table.name == "initiatives" or table.is_of_initiative:
        return "(list_contains($scope, '*') or list_contains($scope, unit))"
    return "len($scope) > 0"
