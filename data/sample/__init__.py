"""The invented sample portfolio: loaded into a new store, taken out with one undo.

The published benchmarks beside it are no invention: they are a batch of their own and stay.
"""

from datetime import date
from pathlib import Path

import pyarrow as pa

from data import batches
from data.access import SYSTEM, Viewer
from data.importing import prepare
from data.store import Store
from data.tables import TABLES

ROOT = Path(__file__).parent
SOURCE = "sample"
BENCHMARKS = "benchmarks"
LAST_DAY = date(2026, 10, 31)


def load(store: Store, viewer: Viewer = SYSTEM) -> batches.Stored:
    """Store the whole sample as one batch that describes its own last day."""
    origin = batches.Origin(SOURCE, LAST_DAY, "the invented sample portfolio")
    return batches.commit(store, viewer, tables(), origin)


def load_benchmarks(store: Store, viewer: Viewer = SYSTEM) -> None:
    """Store the published benchmarks, unless they ever were (somebody may have undone them)."""
    with store.connection.cursor() as cursor:
        [(count,)] = cursor.execute(
            "select count(*) from batch where source = $source", {"source": BENCHMARKS}
        ).fetchall()
    if not count:
        origin = batches.Origin(BENCHMARKS, LAST_DAY, "published benchmarks")
        batches.commit(store, viewer, {BENCHMARKS: _read(BENCHMARKS)}, origin)


def tables() -> dict[str, pa.Table]:
    """The sample's rows, table by table, read through the importer like any other file."""
    initiatives = _read("initiatives")
    known = initiatives["initiative_id"].to_pylist()
    others = {
        name: _read(name, known) for name in TABLES if name not in ("initiatives", BENCHMARKS)
    }
    return {"initiatives": initiatives, **others}


def counting(store: Store) -> list[str]:
    """The ids of the sample's batches that count."""
    with store.connection.cursor() as cursor:
        rows = cursor.execute(
            "select batch_id::text from batch_counting where source = $source", {"source": SOURCE}
        ).fetchall()
    return [batch_id for (batch_id,) in rows]


def take_out(store: Store, viewer: Viewer) -> int:
    """Undo the sample's batches; how many there were."""
    ids = counting(store)
    for batch_id in ids:
        batches.undo(store, batch_id, viewer)
    return len(ids)


def _read(name: str, known: list[str] | tuple = ()) -> pa.Table:
    content = (ROOT / f"{name}.csv").read_bytes()
    return prepare(content, f"{name}.csv", name, as_of=LAST_DAY, known=known).tables[name]
