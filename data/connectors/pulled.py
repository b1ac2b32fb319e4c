"""What a pull brings, before anybody stores it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from data.tables import TABLES

GONE = "no longer at the source; what was stored of it stays"
RETAGGED = (
    "of another initiative now; what was stored for the one before stays until its batch is undone"
)


@dataclass(frozen=True)
class Link:
    """Which initiative an object of a platform belongs to, and the name of its model here."""

    initiative_id: str
    model: str | None = None


@dataclass(frozen=True)
class Unmapped:
    """An object of a platform that names no initiative.

    `kind` says what it is ("registered model", "DAG", "pipeline", "run", "series"), `key` is its
    identity at the source and what a saved link is found by, `url` opens it there.
    """

    kind: str
    key: str
    name: str
    url: str | None = None


@dataclass(frozen=True)
class Pulled:
    """Rows by table, of the Arrow schemas in `data.tables`; who is not mapped; what was left out.

    `listed_whole` names the kinds of objects every pull lists all of: what is no longer among
    `unmapped` was tagged or is gone. `left_out` counts records that could not become rows, by
    reason, in words for the reader.
    """

    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    unmapped: tuple[Unmapped, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    listed_whole: tuple[str, ...] = ()


def table(name: str, rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """Rows as the Arrow table of that name; what a row does not say is empty."""
    return pa.Table.from_pylist(list(rows), schema=TABLES[name].schema)
