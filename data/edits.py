"""A change made on a page: a few rows of one table, stored as a batch like any other.

So an edit is in the history, has its undo, and a past meeting is still read as it was.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa

from data import batches
from data.access import Viewer
from data.errors import NotAllowed, RowsRefused
from data.ledger import Origin
from data.store import Store
from data.tables import TABLES, Column, Table

SOURCE = "edit"
MINUTES = ("meetings", "decisions")
"""What only those write who may decide."""
Row = Mapping[str, object]


def keep(
    store: Store, viewer: Viewer, table: str, rows: Iterable[Row], as_of: date, says: str
) -> batches.Stored:
    """Store rows of one table as one batch, in the name of who changed them.

    A row names its key and what changes: a column it does not name keeps the value stored now, None
    empties it. `as_of` is the day the reader looks at, not today: an edit says something of that
    day, and a board whose data end in October must not jump to November because somebody mended a
    cell. `says` is the edit in one line, for the history. Rows that change nothing store nothing.

    Raises NotAllowed, or RowsRefused for a word its column does not know, a number that is not
    finite, and a row that could not be seen on that day. Then nothing was stored.
    """
    viewer.must("decide" if table in MINUTES else "edit")
    return carry_in(store, viewer, {table: rows}, Origin(SOURCE, as_of, says), "edit")


def answer(
    store: Store, viewer: Viewer, rows: Iterable[Row], as_of: date, says: str
) -> batches.Stored:
    """Store answers of the readiness questionnaire as one batch.

    Who may edit may enter anybody's answers; everybody else answers in their own name alone.
    Raises NotAllowed and RowsRefused as `keep` does.
    """
    viewer.must("answer")
    rows = list(rows)
    others = {row["respondent"] for row in rows} - {viewer.name}
    if others and not viewer.may("edit"):
        raise NotAllowed(f"{viewer.name} may not answer for {min(others)}; {_NOTHING.lower()}")
    return carry_in(store, viewer, {"assessments": rows}, Origin(SOURCE, as_of, says), "answer")


def carry_in(
    store: Store,
    viewer: Viewer,
    tables: Mapping[str, Iterable[Row]],
    origin: Origin,
    act: str,
    seen_on: date | None = None,
) -> batches.Stored:
    """Store rows of one or more tables as one batch, as `keep` does for those of one.

    `seen_on` is the day they must be seen on, where that is not the day the batch describes.
    """
    with store.writing() as cursor:  # nobody changes what is there between reading and storing
        whole = {}
        for name, rows in tables.items():
            kind = TABLES[name]
            tidy = [{key: _tidied(kind.column(key), row[key]) for key in row} for row in rows]
            completed = list(_completed(cursor, kind, tidy))
            whole[name] = pa.Table.from_pylist(completed, schema=kind.schema)
            _refuse_unseen(cursor, kind, whole[name], seen_on or origin.as_of)
        return batches.commit(store, viewer, whole, origin, act=act)


def _tidied(column: Column, value: object) -> object:
    """A value as its column holds it: no blanks around a text, an empty one is none."""
    if isinstance(value, str):
        value = value.strip() or None
    if value is None:
        return None
    for word in value if column.kind == "list" else [value]:
        if column.words and word not in column.words:
            known = ", ".join(column.words)
            raise RowsRefused(f"{word} is no {column.label}: say one of {known}. {_NOTHING}")
    if column.kind in ("number", "amount") and not math.isfinite(value):
        raise RowsRefused(f"The {column.label} must be a number. {_NOTHING}")
    return round(Decimal(str(value)), 2) if column.kind == "amount" else value


_NOTHING = "Nothing was stored."


def _completed(cursor: duckdb.DuckDBPyConnection, table: Table, rows: list[Row]) -> Iterator[Row]:
    """Every row with what is stored of its key now, where it says nothing itself."""
    named = [{"place": place, **row} for place, row in enumerate(rows)]
    schema = table.schema.insert(0, pa.field("place", pa.int64()))
    cursor.register("given", pa.Table.from_pylist(named, schema=schema))
    key = f"({', '.join(table.key)})"
    stored = cursor.execute(
        f"""
        select given.place, now.* from (select place, {key} as key from given) as given
        join (select *, {key} as key from {table.name}_current) as now using (key)
        """
    ).to_arrow_table()
    cursor.unregister("given")
    now = {row["place"]: row for row in stored.select(["place", *table.names]).to_pylist()}
    return ({**now.get(place, {}), **row} for place, row in enumerate(rows))


def _refuse_unseen(
    cursor: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table, as_of: date
) -> None:
    """Refuse rows and values not known as of the day: whoever stored them would not see them."""
    seen = [table.exists] + [
        f"({name} is null or {known_on} <= as_of())"
        for name, known_on in table.unknown_before.items()
    ]
    cursor.execute("set variable as_of = $value", {"value": as_of})
    cursor.register("given", rows)
    [(count,)] = cursor.execute(
        f"select count(*) from given where not ({' and '.join(seen)})"
    ).fetchall()
    cursor.unregister("given")
    if count:
        raise RowsRefused(
            f"It is dated after {as_of}, the day you look at, and would not be seen: choose a "
            f"later as-of date first. {_NOTHING}"
        )
