"""Write the whole store to a folder, and bring it back, while people read.

A backup is one Parquet file per table plus a manifest; it does not depend on a version of DuckDB.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

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
    folder = Path(folder)
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"The folder {folder} is not empty: name a new one.")
    folder.mkdir(parents=True, exist_ok=True)
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
    manifest = _manifest(folder)
    with store.writing() as cursor:
        for name in _tables(cursor):
            cursor.execute(f"delete from {name}")
        for name, count in manifest["rows"].items():
            if name != "schema_change":
                _read_table(cursor, name, count, folder)
    return manifest["rows"]


def _tables(cursor) -> list[str]:
    rows = cursor.execute(
        "select table_name from duckdb_tables() where not temporary and table_name <> 'schema_change'"
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


def _read_table(cursor, name: str, count: int, folder: Path) -> None:
    try:
        file = pq.ParquetFile(folder / f"{name}.parquet")
        if file.metadata.num_rows != count:
            raise BackupError(f"The backup {folder} is damaged: {name} has not the rows it had.")
        for batch in file.iter_batches(CHUNK_ROWS):
            cursor.register("kept", pa.Table.from_batches([batch]))
            cursor.execute(f"insert into {name} by name select * from kept")
            cursor.unregister("kept")
    except (OSError, pa.ArrowException) as error:
        raise BackupError(f"The backup {folder} is damaged: {name} cannot be read.") from error


def _manifest(folder: Path) -> dict:
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise BackupError(
            f"The folder {folder} holds no backup: name one that `python -m data backup` wrote."
        ) from error
    if manifest["schema"] > _newest_schema():
        raise BackupError(
            f"The backup {folder} was written by a newer version of this app: update it."
        )
    return manifest


def _newest_schema() -> int:
    return max(int(file.name[:3]) for file in (ROOT / "schema").glob("*.sql"))
