"""Mappings kept for the next file with the same headers."""

import json
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256

from data.access import Viewer
from data.importing import Prepared, recognize
from data.importing.blocks import months_of, says_which
from data.importing.mapping import Mapping, alike, from_json
from data.importing.sheet import Sheet
from data.importing.years import YEAR
from data.store import Store


@dataclass(frozen=True)
class Saved:
    """A mapping somebody used: who, when, for which file."""

    mapping: Mapping
    file_name: str
    saved_by: str
    saved_at: datetime


def fingerprint(headers: Iterable[str]) -> str:
    """The same for files with the same headers, in any order and letter case.

    A header that is a month stands for all months: next month's file has one more.

    >>> fingerprint(["Name", "Mar 2026"]) == fingerprint(["Apr 2026", "name", "Mar 2026"])
    True
    """
    headers = list(headers)
    months = months_of(headers)
    names = {"a month" if header in months else alike(header) for header in headers}
    return sha256("\n".join(sorted(names)).encode()).hexdigest()


def save(store: Store, viewer: Viewer, prepared: Prepared) -> bool:
    """Keep the mapping a file was stored with, unless the same is kept; whether it was."""
    viewer.must("import")
    mapping = replace(prepared.mapping, as_of=None)
    kept = _latest(store, prepared.headers)
    if kept and kept.mapping == mapping:
        return False
    with store.writing() as cursor:
        cursor.execute(
            "insert into mapping_saved "
            "values (uuidv7(), $fingerprint, $mapping::json, $file_name, $who, $at)",
            {
                "fingerprint": fingerprint(prepared.headers),
                "mapping": json.dumps(mapping.to_dict()),
                "file_name": prepared.filename,
                "who": viewer.name,
                "at": datetime.now(UTC).replace(tzinfo=None),
            },
        )
    return True


def find(
    store: Store, viewer: Viewer, sheet: Sheet, filename: str = "", as_of: date | None = None
) -> Saved | None:
    """The latest mapping kept for a file with these headers, fitted to this file."""
    viewer.must("import")
    kept = _latest(store, sheet.headers)
    return replace(kept, mapping=fitted(kept.mapping, sheet, filename, as_of)) if kept else None


def fitted(
    mapping: Mapping, sheet: Sheet, filename: str = "", as_of: date | None = None, year: str = ""
) -> Mapping:
    """A mapping without the columns a file does not have, and with its new months as suggested.

    The year of months that are named alone is this file's, or has to be said anew: never last
    year's. Where some months were plan and others actual by the day alone, they are by the day
    this file describes, `as_of`: what was to come last month has been spent since.
    """
    headers = {alike(header): header for header in sheet.headers}
    columns = {
        headers[alike(header)]: name
        for header, name in mapping.columns.items()
        if alike(header) in headers
    }
    suggested, _ = recognize.suggest(sheet, mapping.as_, as_of, filename, year)
    same = {name: value for name, value in mapping.fixed.items() if name != YEAR.name}
    of_year = suggested.fixed if YEAR.name in mapping.fixed else {}
    months = {
        header: name
        for header, name in suggested.columns.items()
        if header not in columns and header in months_of(sheet.headers)
    }
    if as_of and mapping.as_of != as_of:
        months |= _by_day(columns, suggested.columns)
    return replace(mapping, columns=columns | months, fixed=same | of_year)


def _by_day(columns: dict[str, str], suggested: Dictionary[str, str]) -> dict[str, str]:
    """The months of which the day alone said whether they are plan or actual, as it says now."""
    months = {
        header: target.partition("@")
        for header, target in columns.items()
        if "month=" in target and not says_which(header) and header in suggested
    }
    if len({measure for measure, _, _ in months.values()}) < 2:
        return {}
    return {
        header: suggested[header].partition("@")[0] + at + month
        for header, (_, at, month) in months.items()
    }


def _latest(store: Store, headers: Iterable[str]) -> Saved | None:
    with store.connection.cursor() as cursor:
        rows = cursor.execute(
            """
            select mapping::text, file_name, saved_by, saved_at from mapping_saved
            where fingerprint = $fingerprint order by saved_at desc, mapping_id desc limit 1
            """,
            {"fingerprint": fingerprint(headers)},
        ).fetchall()
    return Saved(from_json(rows[0][0]), *rows[0][1:]) if rows else None
