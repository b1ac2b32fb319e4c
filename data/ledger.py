"""The ledger: every batch, where it came from, and when it was stored, undone and redone."""

import json
from dataclasses import dataclass
from datetime import date

import duckdb

from data.access import Viewer
from data.errors import BatchUnknown
from data.store import Store


@dataclass(frozen=True)
class Origin:
    """Where a batch comes from, and the day it describes."""

    source: str
    as_of: date
    file_name: str | None = None
    file_hash: str | None = None
    mapping: dict | None = None


def find(cursor: duckdb.DuckDBPyConnection, batch: str) -> tuple[str, bool]:
    """The id of the batch with this id or number, and whether it counts. Raises BatchUnknown."""
    rows = cursor.execute(
        """
        select batch.batch_id::text, counting.batch_id is not null
        from batch left join batch_counting as counting using (batch_id)
        where batch.batch_id::text = $batch or batch.number::text = $batch
        """,
        {"batch": str(batch)},
    ).fetchall()
    if not rows:
        raise BatchUnknown(f"There is no batch {batch}: `python -m data batches` lists them.")
    return rows[0]


def record(
    cursor: duckdb.DuckDBPyConnection,
    store: Store,
    viewer: Viewer,
    origin: Origin,
    row_counts: dict[str, int],
) -> str:
    """Write a batch down, with how many rows each table gets; its id."""
    at = store.now(cursor)
    [(batch_id,)] = cursor.execute(
        """
        insert into batch by name
        select
            uuidv7() as batch_id,
            (select coalesce(max(number), 0) + 1 from batch) as number,
            $source as source, $file_name as file_name, $file_hash as file_hash,
            $mapping::json as mapping, $as_of as as_of, $who as stored_by, $at as stored_at,
            $row_counts::json as row_counts
        returning batch_id::text
        """,
        {
            "source": origin.source,
            "file_name": origin.file_name,
            "file_hash": origin.file_hash,
            "mapping": json.dumps(origin.mapping) if origin.mapping is not None else None,
            "as_of": origin.as_of,
            "who": viewer.name,
            "at": at,
            "row_counts": json.dumps(row_counts),
        },
    ).fetchall()
    log(cursor, batch_id, "stored", at, viewer)
    return batch_id


def log(cursor: duckdb.DuckDBPyConnection, batch_id: str, event: str, at, viewer: Viewer) -> None:
    """Write down that a batch was stored, undone or redone."""
    cursor.execute(
        "insert into batch_log values (uuidv7(), $batch_id::uuid, $event, $at, $who)",
        {"batch_id": batch_id, "event": event, "at": at, "who": viewer.name},
    )


def act(cursor: duckdb.DuckDBPyConnection, batch_id: str) -> str:
    """The act that takes a batch back: who may edit a cell may undo an edit, but no upload, and
    who may decide what a meeting recorded."""
    [(source,)] = cursor.execute(
        "select source from batch where batch_id = $batch_id::uuid", {"batch_id": batch_id}
    ).fetchall()
    return {"edit": "edit", "meeting": "decide"}.get(source, "import")
