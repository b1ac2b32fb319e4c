"""What is stored, table by table, in the shape it comes in: export, edit, import is a loop."""

import io
from dataclasses import replace
from datetime import date

import duckdb
from pyarrow import csv

from data import ledger, workbooks
from data.access import Viewer
from data.errors import RowsRefused
from data.importing.words import NEEDS_QUOTES
from data.store import Lens, Store
from data.tables import TABLES, Column, Table

_ITEM = f"""case
    when regexp_matches(item, '{NEEDS_QUOTES}') then '"' || replace(item, '"', '""') || '"'
    else item
end"""
EVER = date(9999, 12, 31)
CHUNK_ROWS = 100_000
_UNITS = """left join (
    select initiative_id as of_id, unit as of_unit from initiatives_current
) on initiative_id = of_id"""


def as_csv(store: Store, viewer: Viewer, name: str, lens: Lens | None = None) -> bytes:
    """A table's stored rows that the viewer may see, as CSV whose cells are no live formulas.

    All rows, whatever day they describe: an export cut at a day would erase the rest when it comes
    in again. The lens narrows units and sponsors and says as known when.
    """
    table, out = TABLES[name], io.BytesIO()
    cells = ", ".join(f"{_text(column)} as {column.name}" for column in table.columns)
    with store.reader(viewer, _ever(lens)) as cursor:
        reader = _rows(cursor, table, cells).to_arrow_reader(CHUNK_ROWS)
        with csv.CSVWriter(out, reader.schema) as file:
            for rows in reader:
                file.write_batch(rows)
    return b"\xef\xbb\xbf" + out.getvalue()


def as_workbook(store: Store, viewer: Viewer, name: str, lens: Lens | None = None) -> bytes:
    """The same as a workbook in the shape of the table's template. Raises RowsRefused if too long.

    Its cells are dates, numbers and texts, never formulas.
    """
    table = TABLES[name]
    with store.reader(viewer, _ever(lens)) as cursor:
        if (count := count_of(cursor, name)) > workbooks.MOST_ROWS:
            raise RowsRefused(
                f"{table.name} has {count:,} rows and a sheet holds {workbooks.MOST_ROWS:,}: "
                "export it as CSV."
            )
        rows = _rows(cursor, table, ", ".join(table.names)).fetchall()
    return workbooks.workbook(name, table.columns, rows)


def batch_csv(store: Store, viewer: Viewer, batch: str, name: str) -> bytes:
    """The rows of one table that a batch brought and the viewer may see, as CSV.

    `is_removed` marks the rows a complete list took out. Undone batches keep their rows.
    """
    viewer.must("import")
    table, out = TABLES[name], io.BytesIO()
    cells = ", ".join(f"{_text(column)} as {column.name}" for column in table.columns)
    is_own = name == "initiatives"
    unit = "unit" if is_own else "of_unit"
    is_seen = f"(list_contains($scope, '*') or list_contains($scope, {unit}))"
    with store.connection.cursor() as cursor:
        batch_id, _ = ledger.find(cursor, batch)
        reader = cursor.execute(
            f"""
            select {cells}, case when is_removed then 'yes' else '' end as is_removed
            from {name}_row {"" if is_own or not table.is_of_initiative else _UNITS}
            where batch_id = $batch_id::uuid
                and {is_seen if is_own or table.is_of_initiative else "len($scope) > 0"}
            order by {", ".join(table.key)}
            """,
            {"batch_id": batch_id, "scope": viewer.scope()},
        ).to_arrow_reader(CHUNK_ROWS)
        with csv.CSVWriter(out, reader.schema) as file:
            for rows in reader:
                file.write_batch(rows)
    return b"\xef\xbb\xbf" + out.getvalue()


def count_of(cursor: duckdb.DuckDBPyConnection, name: str) -> int:
    """How many rows of a table the cursor sees."""
    return cursor.execute(f"select count(*) from {name}").fetchall()[0][0]


def counts(store: Store, viewer: Viewer, lens: Lens | None = None) -> dict[str, int]:
    """How many rows an export of each table would have."""
    with store.reader(viewer, _ever(lens)) as cursor:
        return {name: count_of(cursor, name) for name in TABLES}


def _ever(lens: Lens | None) -> Lens:
    return replace(lens or Lens(), as_of=EVER)


def _rows(cursor: duckdb.DuckDBPyConnection, table: Table, cells: str):
    order = ", ".join(f"{table.name}.{name}" for name in table.key_names)
    return cursor.execute(f"select {cells} from {table.name} order by {order}")


def _text(column: Column) -> str:
    """The SQL that writes a column as text the importer reads back to the same value."""
    name = column.name
    if column.kind == "text":
        return _harmless(name)
    return {
        "list": _harmless(f"array_to_string(list_transform({name}, lambda item: {_ITEM}), '; ')"),
        "date": f"strftime({name}, '%Y-%m-%d')",
        "month": f"strftime({name}, '%Y-%m')",
        "timestamp": f"{name}::text",
        "flag": f"case when {name} then 'yes' when not {name} then 'no' end",
    }.get(column.kind, f"{name}::text")


def _harmless(text: str) -> str:
    """The SQL of a text that no spreadsheet runs as a formula."""
    live = f"regexp_matches({text}, '^''*[=+@\\t\\r-]')"
    return f"case when {live} then '''' || {text} else {text} end"
