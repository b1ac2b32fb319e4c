"""A file on its way into the store: prepared, shown, then stored as one batch."""

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from data import batches, mappings, rehearsal
from data.access import Viewer
from data.errors import FileRefused
from data.importing import Content, Prepared, Sheet, checks, prepare, warm
from data.importing.apart import PLAIN
from data.importing.content import copied as content_of
from data.importing.identity import Named
from data.importing.mapping import Mapping
from data.importing.mending import Mended
from data.importing.problems import FILE, INFO, Problem, in_order
from data.importing.read import check_size
from data.importing.words import choices
from data.incoming import completed, in_groups
from data.progress import Progress, quietly
from data.rehearsal import Rehearsal
from data.store import Lens, Store
from data.tables import TABLES


@dataclass(frozen=True)
class Outcome:
    """What became of a file: what it held, what was stored of it, and that in one sentence."""

    prepared: Prepared
    stored: batches.Stored
    says: str


def look_at(
    store: Store,
    viewer: Viewer,
    content: bytes | Content,
    filename: str,
    as_: str,
    as_of: date | None = None,
    mapping: Mapping | None = None,
    mended: Mended | None = None,
    limit_mb: float | None = None,
    sheet: Sheet | None = None,
    progress: Progress = quietly,
) -> Prepared:
    """Read a file and find out what it would store; nothing is stored.

    `limit_mb` is the size a file may have, without it that of an upload; `sheet` is the file as
    read by the mapping's choices, if it was. `progress` is told a share from 0 to 1 and a few
    words; what it raises ends the work.
    """
    viewer.must("import")
    known = known_initiatives(store, viewer)
    prepared = prepare(
        content,
        filename,
        as_,
        as_of=as_of,
        mapping=mapping,
        mended=mended,
        known=known,
        limit_mb=limit_mb,
        sheet=sheet,
        progress=lambda share, says: progress(0.8 * share, says),
    )
    with store.reader(viewer) as cursor:
        prepared = _still_standing(cursor, prepared)
        whole, staying = _completed(cursor, prepared)
        broken = checks.run(cursor, whole, lambda share, says: progress(0.8 + share / 5, says))
    problems = [*prepared.problems, *_stays(staying), *broken]
    return replace(prepared, problems=in_order(problems))


def _still_standing(cursor: DuckDBPyConnection, prepared: Prepared) -> Prepared:
    """The file whose barriers without a day stand since the day stored, where they are open."""
    rows, targets = prepared.tables.get("barriers"), prepared.mapping.columns.values()
    if rows is None or prepared.as_ == "barriers" or "barriers.raised_on" in targets:
        return prepared
    cursor.register("told", in_groups(rows.append_column("place", pa.array(range(len(rows))))))
    found = cursor.execute(
        """
        select told.* exclude (place) replace (coalesce(open.since, told.raised_on) as raised_on)
        from told left join (
            select initiative_id, barrier, max(raised_on) as since
            from barriers where resolved_on is null and raised_on <= $day group by all
        ) as open using (initiative_id, barrier)
        order by place
        """,
        {"day": prepared.as_of},
    ).to_arrow_table()
    cursor.unregister("told")
    return replace(prepared, tables={**prepared.tables, "barriers": found})


def _completed(cursor: DuckDBPyConnection, prepared: Prepared) -> tuple[Prepared, list[str]]:
    """The file with what is stored of what it says nothing of, and the labels of that."""
    tables, staying = dict(prepared.tables), set()
    for name, unsaid in prepared.unsaid.items():
        table, given = TABLES[name], tables[name]
        tables[name] = whole = completed(cursor, table, given, unsaid, name)
        staying |= {
            table.column(column).label
            for column in unsaid
            if whole.column(column).null_count < given.column(column).null_count
        }
    return replace(prepared, tables=tables), sorted(staying)


def _stays(labels: list[str]) -> list[Problem]:
    if not labels:
        return []
    says = f"The file says nothing of {choices(labels)}: what is stored of it stays."
    return [Problem(FILE, "", "", INFO, says, "Give it a column if it should change.")]


def keep(
    store: Store,
    viewer: Viewer,
    prepared: Prepared,
    source: str,
    is_complete: bool = False,
    instead_of: Collection[str] = (),
    progress: Progress = quietly,
) -> Outcome:
    """Store a prepared file as one batch; a complete list removes what it no longer contains.

    Of an inventory, that is the initiatives it no longer names; their status history stays with
    them. A list with refused rows cannot say what it no longer contains, so nothing is removed
    then. Batches in `instead_of` are undone in the same breath. `progress` is told a share from 0
    to 1 and a few words; when it raises, nothing was stored.
    """
    complete = _complete(prepared, is_complete)
    stored = batches.commit(
        store,
        viewer,
        prepared.tables,
        _origin(prepared, source),
        complete=complete,
        instead_of=instead_of,
        progress=progress,
        unsaid=prepared.unsaid,
    )
    if stored.batch_id:
        mappings.save(store, viewer, prepared)
    says = _says(prepared, stored)
    if is_complete and not complete:
        says += " Nothing was removed, as a list with refused rows may be incomplete."
    return Outcome(prepared, stored, says)


def rehearse(
    store: Store,
    viewer: Viewer,
    prepared: Prepared,
    look: Callable[[DuckDBPyConnection], object],
    is_complete: bool = False,
    instead_of: Collection[str] = (),
    lens: Lens | None = None,
) -> Rehearsal:
    """What `keep` would do to the rows, and what `look` would see then; nothing is stored."""
    return rehearsal.rehearse(
        store,
        viewer,
        prepared.tables,
        _origin(prepared, "rehearsal"),
        complete=_complete(prepared, is_complete),
        instead_of=instead_of,
        look=look,
        lens=lens,
        unsaid=prepared.unsaid,
    )


def _origin(prepared: Prepared, source: str) -> batches.Origin:
    mapping = prepared.mapping.to_dict()
    if prepared.mended:
        mapping["mended"] = {header: dict(cells) for header, cells in prepared.mended.items()}
    return batches.Origin(source, prepared.as_of, prepared.filename, prepared.sha256, mapping)


def _complete(prepared: Prepared, is_complete: bool) -> list[str]:
    """The tables of which the file is a complete list."""
    return [next(iter(prepared.tables))] if is_complete and not prepared.rows_refused else []


def read_file(path: str | Path) -> bytes:
    """The bytes of a file. Raises FileRefused with what to do when it cannot be read."""
    with _said_when_unreadable(path):
        return Path(path).read_bytes()


@contextmanager
def copied(path: str | Path, limit_mb: float) -> Iterator[Content]:
    """A private copy of a file of any size up to the limit, which is gone afterwards.

    So it may change while it is read. Raises FileRefused.
    """
    with ExitStack() as held:
        with _said_when_unreadable(path):
            check_size(size := Path(path).stat().st_size, limit_mb)
            if size > PLAIN:
                warm()  # it starts while the file is copied
            content = held.enter_context(content_of(Path(path)))
        yield content


@contextmanager
def _said_when_unreadable(path: str | Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise FileRefused(f"There is no file {path}: check its name.") from None
    except OSError as error:
        raise FileRefused(f"The file {path} cannot be read ({error.strerror}).") from error


def write_file(path: str | Path, content: bytes) -> None:
    """Write a new file. Raises FileRefused when it is there already or cannot be written."""
    try:
        with Path(path).open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise FileRefused(f"The file {path} is there already: name a new one.") from None
    except OSError as error:
        raise FileRefused(f"The file {path} cannot be written ({error.strerror}).") from error


def known_initiatives(store: Store, viewer: Viewer) -> dict[str, Named]:
    """The initiatives the viewer can see now, whatever the day, with their units and names."""
    with store.reader(viewer, Lens()) as cursor:
        rows = cursor.execute("select initiative_id, unit, name from initiatives").fetchall()
    return {identifier: Named(unit, name) for identifier, unit, name in rows}


def _says(prepared: Prepared, stored: batches.Stored) -> str:
    if stored.batch_id is None and not prepared.rows_refused:
        return (
            f"Nothing new: all {prepared.rows_read} rows of {prepared.filename} are stored already."
        )
    if stored.batch_id is None:
        return (
            f"Nothing new was stored of {prepared.filename}: of {prepared.rows_read} rows "
            f"{prepared.rows_refused} were refused, the others are stored already."
        )
    counts = ", ".join(
        f"{count:,} {name.replace('_', ' ')} rows" for name, count in stored.rows_stored.items()
    )
    removed = sum(stored.rows_removed.values())
    return (
        f"Stored {counts} from {prepared.rows_read:,} records of {prepared.filename}"
        + (f", {prepared.rows_refused} refused" if prepared.rows_refused else "")
        + (f", {removed} no longer listed" if removed else "")
        + f"; as of {prepared.as_of}."
    )
