"""Pull a platform: read it, then store what is news as one batch that can be undone.

Three steps, so that nothing holds the store while the network is slow: `begin` (what is known),
`read` (network only), `keep` or `rehearse` (the store only). A pull that fails at any of them
stores nothing, moves no mark, and is written down with its sentence.
"""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib import import_module
from types import ModuleType

from data import rehearsal
from data.access import Viewer
from data.batches import Origin, Stored, carry_out
from data.connectors import links, pulls, settings
from data.connectors.fitting import Fitted, fit
from data.connectors.http import Http
from data.connectors.pulled import Link, Pulled
from data.connectors.settings import SOURCES, Settings
from data.errors import ConnectorError, DataError, NotAllowed
from data.progress import Progress, quietly
from data.rehearsal import Rehearsal
from data.store import Store

log = logging.getLogger(__name__)
_under_way: set[tuple[str, str]] = set()
_guard = threading.Lock()


class UnderWay(ConnectorError):
    """The same platform is being pulled already; this pull never began."""


@dataclass(frozen=True)
class Begun:
    """What a pull knows before it asks the platform."""

    source: str
    started_at: datetime
    settings: Settings = field(repr=False)
    start: pulls.Start
    links: Mapping[str, Link]


@dataclass(frozen=True)
class Read:
    """What the platform said, and where the next pull begins."""

    begun: Begun
    pulled: Pulled
    mark: object


@dataclass(frozen=True)
class Outcome:
    """What became of a pull, in one sentence; `stored`, or what it would change in a rehearsal."""

    source: str
    says: str
    is_good: bool = True
    stored: Stored | None = None
    rehearsal: Rehearsal | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    count_unmapped: int = 0


def turned_on() -> list[str]:
    """The platforms that are on, those with wrong settings among them."""
    return [name for name in SOURCES if _is_on(name)]


def pull(
    store: Store,
    viewer: Viewer,
    source: str,
    *,
    is_rehearsal: bool = False,
    progress: Progress = quietly,
) -> Outcome:
    """Pull one platform, or see what that would change; the outcome says it if it fails.

    `progress` is told a share from 0 to 1 and a few words; what it raises ends the pull and nothing
    is stored. Raises NotAllowed.
    """
    may_pull(viewer)
    started_at = now()
    try:
        with _alone(store, source):
            begun = begin(store, source)
            got = read(begun, lambda share, says: progress(0.8 * share, says))
            if is_rehearsal:
                return rehearse(store, viewer, got)
            return keep(store, viewer, got, lambda share, says: progress(0.8 + share / 5, says))
    except UnderWay as error:
        return Outcome(source, str(error), is_good=False)
    except DataError as error:
        return failed(store, viewer, source, started_at, error, is_rehearsal)


def pull_all(store: Store, viewer: Viewer, **how: object) -> list[Outcome]:
    """Pull every platform that is on, one after the other; none blocks the next."""
    return [pull(store, viewer, source, **how) for source in turned_on()]


def may_pull(viewer: Viewer) -> None:
    """Raise NotAllowed unless the viewer may import rows of every unit."""
    viewer.must("import")
    if not viewer.sees_every_unit:
        raise NotAllowed(
            f"{viewer.name} sees some units only, and a pull brings rows of all: ask somebody who "
            "sees every unit."
        )


def begin(store: Store, source: str) -> Begun:
    """What a pull has to know: settings, links, where to begin. Raises ConnectorError."""
    given, at = settings.of(source), now()
    if given is None:
        raise ConnectorError(
            f"{SOURCES[source].label} is off: add [connectors.{source}] to .streamlit/secrets.toml."
        )
    start = pulls.start(store, source, given.fingerprint(), at)
    return Begun(source, at, given, start, links.of(store, source))


def read(begun: Begun, progress: Progress = quietly) -> Read:
    """Ask the platform. Touches no store. Raises ConnectorError, without anything secret in it."""
    source, given = begun.source, begun.settings
    try:
        module = connector(source)
        records, mark = module.fetch(given, begun.start.mark, Http(source, given, progress))
        return Read(begun, module.rows(records, begun.links, given), mark)
    except DataError as error:
        raise ConnectorError(given.without_secrets(str(error))) from None
    except Exception as error:
        name = type(error).__name__
        log.error("%s: %s", source, given.without_secrets(f"{name}: {error}"))
        raise ConnectorError(
            f"{SOURCES[source].label} answered what the board does not understand ({name}): "
            "see that its version is one the README names; the log says more."
        ) from None


def keep(store: Store, viewer: Viewer, got: Read, progress: Progress = quietly) -> Outcome:
    """Store what is news of what was read, and write the pull down in the same transaction.

    Raises ConnectorError, or another DataError of the store's; then nothing was stored.
    """
    try:
        return _kept(store, viewer, got, progress)
    except DataError:
        raise
    except Exception as error:
        label, name = SOURCES[got.begun.source].label, type(error).__name__
        log.error("%s: %s: %s", got.begun.source, name, error)
        raise ConnectorError(
            f"What {label} answered could not be stored ({name}): nothing was; the log says more."
        ) from error


def _kept(store: Store, viewer: Viewer, got: Read, progress: Progress) -> Outcome:
    begun = got.begun
    with store.writing() as cursor:
        fitted = fit(cursor, got.pulled, begun.started_at.date())
        origin = _origin(begun)
        stored = carry_out(cursor, store, viewer, fitted.tables, origin, progress=progress)
        outcome = _outcome(got, fitted, stored)
        pulls.record(
            cursor,
            viewer,
            begun.source,
            (begun.started_at, now()),
            "stored" if stored.batch_id else "nothing_new",
            outcome.says,
            begun.start,
            batch_id=stored.batch_id,
            mark=got.mark,
            settings=begun.settings.fingerprint(),
            left_out=dict(fitted.left_out),
            found=_found(got, fitted),
        )
    return outcome


def rehearse(store: Store, viewer: Viewer, got: Read) -> Outcome:
    """What `keep` would change; nothing is stored or written down."""
    with store.rehearsing() as cursor:
        fitted = fit(cursor, got.pulled, got.begun.started_at.date())
    found = rehearsal.rehearse(store, viewer, fitted.tables, _origin(got.begun))
    outcome = _outcome(got, fitted, found.stored, "Would store")
    return replace(outcome, stored=None, rehearsal=found)


def failed(
    store: Store,
    viewer: Viewer,
    source: str,
    started_at: datetime,
    error: DataError,
    is_rehearsal: bool = False,
) -> Outcome:
    """A pull that went wrong, written down with its sentence unless it was a rehearsal."""
    if source in SOURCES and not is_rehearsal:
        with store.writing() as cursor:
            pulls.record(cursor, viewer, source, (started_at, now()), "failed", str(error))
    return Outcome(source, str(error), is_good=False)


def connector(source: str) -> ModuleType:
    """The module that reads a platform."""
    return import_module(f"data.connectors.{source}")


@contextmanager
def _alone(store: Store, source: str) -> Iterator[None]:
    """One pull of a source at a time."""
    key = store.path, source
    with _guard:
        if key in _under_way:
            raise UnderWay(f"{SOURCES[source].label} is being pulled already: wait for it.")
        _under_way.add(key)
    try:
        yield
    finally:
        with _guard:
            _under_way.discard(key)


def _is_on(source: str) -> bool:
    try:
        return settings.of(source) is not None
    except ConnectorError:
        return True


def now() -> datetime:
    """This moment, UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


def _origin(begun: Begun) -> Origin:
    at = f"{begun.started_at:%d %b %Y, %H:%M} UTC"
    return Origin(begun.source, begun.started_at.date(), f"{SOURCES[begun.source].label}, {at}")


def _found(got: Read, fitted: Fitted) -> pulls.Found:
    """What the source has besides rows, as this pull and those before it found."""
    return fitted.found.with_older(got.begun.start.found, got.pulled.listed_whole)


def _outcome(got: Read, fitted: Fitted, stored: Stored, does: str = "Stored") -> Outcome:
    label = SOURCES[got.begun.source].label
    rows = [_rows(name, count) for name, count in stored.rows_stored.items()]
    listed = " and ".join(filter(None, [", ".join(rows[:-1]), *rows[-1:]]))
    says = f"{does} {listed}" if stored.batch_id else "Nothing new"
    says += f" from {label}"
    if fitted.left_out:
        reasons = [f"{reason} ({count:,})" for reason, count in fitted.left_out.items()]
        says += f"; left out: {', '.join(reasons)}"
    unmapped = len(_found(got, fitted).unmapped)
    if unmapped:
        says += f"; not mapped: {unmapped:,}"
    return Outcome(got.begun.source, f"{says}.", True, stored, None, fitted.left_out, unmapped)


def _rows(table: str, count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'} of {table.replace('_', ' ')}"
