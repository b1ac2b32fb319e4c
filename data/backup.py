"""Write the whole store to a folder, and bring it back, while people read.

A backup is one Parquet file per table plus a manifest; it does not depend on a version of DuckDB.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from data.access import Viewer
from data.errors import BackupError
from data.store import ROOT, Store

MANIFEST = "backup.json"
CHUNK_ROWS = 100_000


def home(store: Store) -> Path:
    """Where the board keeps backups: a folder beside the store's file."""
    return Path(store.path).parent / "backups"


def new_folder(store: Store) -> Path:
    """A folder for a backup written now, named by the moment (UTC)."""
    return home(store) / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S-%f}"


def kept(store: Store) -> list[Path]:
    """The complete backups beside the store, latest first."""
    return sorted((path.parent for path in home(store).glob(f"*/{MANIFEST}")), reverse=True)


def write(store: Store, folder: str | Path, viewer: Viewer) -> dict[str, int]:
    """Write a backup into an empty or new folder; the rows written, per table.

    All tables are read in one transaction. Raises BackupError when the folder has files already.
    """
    viewer.must("administer")
    folder = _new(Path(folder))
    with store.connection.cursor() as cursor:
        cursor.begin()
        counts = {name: _write_table(cursor, name, folder) for name in _tables(cursor)}
        cursor.rollback()
    manifest = {"schema": _newest_schema(), "rows": counts}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")
    return counts


def restore(store: Store, folder: str | Path, viewer: Viewer) -> dict[str, int]:
    """Replace everything in the store by a backup, all of it or none; the rows read, per table.

    Raises BackupError when the folder holds no complete backup, or one of a newer app.
    """
    viewer.must("administer")
    folder = Path(folder)
    counts = _manifest(folder)
    with store.writing() as cursor:
        for name in _tables(cursor):
            cursor.execute(f"delete from {name}")
            _read_table(cursor, name, counts, folder)
    return counts


def _new(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BackupError(
            f"There can be no folder {folder} ({error.strerror}): name another."
        ) from error
    if any(folder.iterdir()):
        raise BackupError(f"The folder {folder} is not empty: name a new one.")
    return folder


def _tables(cursor) -> list[str]:
    rows = cursor.execute(
        "select table_name from duckdb_tables() "
        "where not temporary and table_name <> 'schema_change'"
    )
    return sorted(name for (name,) in rows.fetchall())


def _write_table(cursor, name: str, folder: Path) -> int:
    reader = cursor.execute(f"from {name}").to_arrow_reader(CHUNK_ROWS)
    count = 0
    with pq.ParquetWriter(folder / f"{name}.parquet", reader.schema) as file:
        for batch in reader:
            file.write_batch(batch)
            count += batch.num_rows
    return count


def _read_table(cursor, name: str, counts: dict[str, int], folder: Path) -> None:
    """Read one table back; a table younger than the backup stays empty."""
    if name not in counts:
        return
    try:
        file = pq.ParquetFile(folder / f"{name}.parquet")
        if file.metadata.num_rows != counts[name]:
            raise BackupError(f"The backup {folder} is damaged: {name} has not the rows it had.")
        for batch in file.iter_batches(CHUNK_ROWS):
            cursor.register("kept", pa.Table.from_batches([batch]))
            cursor.execute(f"insert into {name} by name select * from kept")
            cursor.unregister("kept")
    except (OSError, pa.ArrowException, duckdb.Error) as error:
        raise BackupError(f"The backup {folder} is damaged: {name} cannot be read.") from error


def _manifest(folder: Path) -> dict[str, int]:
    """The rows of every table in a backup, once it is complete and of no newer app."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        schema, counts = int(manifest["schema"]), dict(manifest["rows"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(
            f"The folder {folder} holds no backup: name one that `python -m data backup` wrote."
        ) from error
    if schema > _newest_schema():
        raise BackupError(
            f"The backup {folder} was written by a newer version of this app: update it."
        )
    kept_tables = {file.stem for file in folder.glob("*.parquet")}
    if kept_tables != set(counts) or not {"batch", "batch_log"} <= kept_tables:
        raise BackupError(f"The backup {folder} is damaged: it has not the tables it had.")
    return counts


def _newest_schema() -> int:
    return max(int(file.name[:3]) for file in (ROOT / "schema").glob("*.sql"))
