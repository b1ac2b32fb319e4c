"""One DuckDB file: opened once, read through a cursor per query, written by one at a time."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from data import journal, views
from data.access import Viewer
from data.errors import StoreDamaged, StoreError, StoreFull, StoreLocked, StoreTooNew

ROOT = Path(__file__).parent
STALLED_DAYS = 180

# Enough for any question; longer work goes on beside the store's file, where there is room.
MEMORY_MB = 768
THREADS = 6

_LOCK_DOWN = f"""
set global TimeZone = 'UTC';
set global memory_limit = '{MEMORY_MB}MB';
set global threads = {min(os.cpu_count() or 1, THREADS)};
set global python_enable_replacements = false;
set global autoinstall_known_extensions = false;
set global autoload_known_extensions = false;
set global allow_community_extensions = false;
set global enable_external_access = false;
set global lock_configuration = true;
"""


def default_path() -> Path:
    """Where the store is unless told otherwise: `EXECUTION_GAP_STORE`, else data/store."""
    return Path(os.environ.get("EXECUTION_GAP_STORE") or ROOT / "store" / "portfolio.duckdb")


@dataclass(frozen=True)
class Lens:
    """What a reader looks through: two clocks, chosen units and sponsors, when waiting is stalling.

    `as_of` None is the latest day a counting batch describes; `known_at` None is now (UTC).
    """

    as_of: date | None = None
    known_at: datetime | None = None
    units: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    stalled_days: int = STALLED_DAYS


class Store:
    """An open store. Close it, or use it as a context manager."""

    def __init__(self, path: str | Path = ":memory:"):
        """Open the store at path, creating it or bringing its schema up to date.

        Raises StoreLocked, StoreTooNew or StoreDamaged, each with one sentence saying what to do.
        """
        self.path = str(path)
        self._writer = threading.RLock()
        if self.path != ":memory:":
            _make_room(Path(self.path))
        self.connection = _open(self.path)
        self._version = self._last_event()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.connection.close()

    def reader(self, viewer: Viewer, lens: Lens | None = None) -> duckdb.DuckDBPyConnection:
        """A cursor of its own that shows what this viewer may see through this lens."""
        cursor = self.connection.cursor()
        look_through(cursor, viewer, lens or Lens())
        return cursor

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor inside a transaction: all of the block's writes, or none. One at a time."""
        with self._writer, self.connection.cursor() as cursor, _said_when_full():
            cursor.begin()
            try:
                yield cursor
            except BaseException:
                cursor.rollback()
                raise
            cursor.commit()
            self._version = self._last_event()

    @contextmanager
    def rehearsing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor inside a transaction that is always rolled back. Readers go on meanwhile."""
        with self._writer, self.connection.cursor() as cursor:
            cursor.begin()
            try:
                yield cursor
            finally:
                cursor.rollback()

    def version(self, known_at: datetime | None = None) -> str:
        """Changes with every store, undo, redo and restore, so readers know when to look again.

        What was known at a moment that has passed changes no more.
        """
        return self._last_event(known_at) if known_at else self._version

    def _last_event(self, known_at: datetime | None = None) -> str:
        with self.connection.cursor() as cursor:
            [(count, last)] = cursor.execute(
                """
                select count(*), max_by(event_id, happened_at) from batch_log
                where $known_at is null or happened_at <= $known_at::timestamp
                """,
                {"known_at": known_at},
            ).fetchall()
        return f"{count}/{last}"

    def is_new(self) -> bool:
        """Whether nothing was ever stored here."""
        return self.version().startswith("0/")

    def now(self, cursor: duckdb.DuckDBPyConnection) -> datetime:
        """The moment of the next event: UTC, and later than every event the cursor sees."""
        [(at,)] = cursor.execute(
            """
            select greatest($now::timestamp, max(happened_at) + interval 1 microsecond)
            from batch_log
            """,
            {"now": datetime.now(UTC).replace(tzinfo=None)},
        ).fetchall()
        return at


def look_through(cursor: duckdb.DuckDBPyConnection, viewer: Viewer, lens: Lens) -> None:
    """Let a cursor show what this viewer may see through this lens, and nothing else."""
    viewer.must("look")
    settings = {
        "known_at": lens.known_at,
        "scope": viewer.scope(lens.units),
        "sponsors": list(lens.sponsors) or None,
        "stalled_days": lens.stalled_days,
    }
    if lens.known_at:
        cursor.execute(f"set search_path = '{views.PAST}'")
    for name, value in settings.items():
        cursor.execute(f"set variable {name} = $value", {"value": value})
    cursor.execute(
        "set variable as_of = $value", {"value": lens.as_of or _latest_day(cursor, lens)}
    )


@contextmanager
def _said_when_full() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        if "No space left" not in str(error):
            raise
        raise StoreFull(
            "There is no room left on the disk of the store, so nothing was stored: free some, "
            "then try again."
        ) from error


def _latest_day(cursor: duckdb.DuckDBPyConnection, lens: Lens) -> date:
    # What others published says nothing of the day our own data describe.
    [(day,)] = cursor.execute(
        "select max(as_of) from batch_counting where source <> 'benchmarks'"
    ).fetchall()
    return day or date.today()


def _make_room(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"There can be no store at {path} ({error.strerror}): name another."
        ) from error


def _open(path: str) -> duckdb.DuckDBPyConnection:
    try:
        journal.drop_unfinished(path)
        connection = duckdb.connect(path)
    except duckdb.Error as error:
        raise _why_not_opened(path, str(error)) from error
    try:
        _bring_up_to_date(connection, path)
        views.create(connection)
        connection.execute(_LOCK_DOWN)
    except duckdb.Error as error:
        connection.close()
        raise _why_not_opened(path, str(error)) from error
    except StoreError:
        connection.close()
        raise
    return connection


def _why_not_opened(path: str, says: str) -> StoreError:
    says = says.replace(path, "")
    if "Could not set lock" in says:
        return StoreLocked(
            f"Another process has the store {path} open: close the board or the command that uses "
            "it, or name another store with --store."
        )
    if "No space left" in says:
        return StoreFull(
            f"There is no room left on the disk of the store {path}: free some, then open it again."
        )
    if "version number" in says:
        return StoreTooNew(
            f"The store {path} was written by a newer DuckDB: install the versions in "
            "requirements.txt of the newer app."
        )
    if "configuration has been locked" in says or "different configuration" in says:
        return StoreLocked(f"This process has the store {path} open already: use that one.")
    if "Permission denied" in says or "Cannot open" in says or "a directory" in says:
        return StoreError(f"The store {path} cannot be opened: check that you may write there.")
    return StoreDamaged(_damaged(path))


def _damaged(path: str) -> str:
    return (
        f"The file {path} is not a readable store: move it aside and bring the last backup back "
        "with `python -m data restore DIR`, or start anew."
    )


def _bring_up_to_date(connection: duckdb.DuckDBPyConnection, path: str) -> None:
    steps = {int(file.name[:3]): file for file in sorted((ROOT / "schema").glob("*.sql"))}
    done = _schema_number(connection, path)
    if done > max(steps):
        raise StoreTooNew(
            f"The store {path} was written by a newer version of this app (schema {done}, this app "
            f"knows {max(steps)}): update the app."
        )
    for number, file in steps.items():
        if number > done:
            connection.begin()
            connection.execute(file.read_text())
            connection.execute(
                "insert into schema_change values ($1, $2, $3)",
                [number, file.name, datetime.now(UTC).replace(tzinfo=None)],
            )
            connection.commit()


def _schema_number(connection: duckdb.DuckDBPyConnection, path: str) -> int:
    tables = {
        name
        for (name,) in connection.execute(
            """
            select table_name from duckdb_tables()
            union all select view_name from duckdb_views() where not internal
            """
        ).fetchall()
    }
    if tables and "schema_change" not in tables:
        raise StoreDamaged(
            f"The file {path} is a database, but not a store of this app: name another."
        )
    connection.execute(
        "create table if not exists schema_change "
        "(number integer not null, file text not null, applied_at timestamp not null)"
    )
    [(number,)] = connection.execute(
        "select coalesce(max(number), 0) from schema_change"
    ).fetchall()
    return number
