"""The due dates of decisions as a calendar file (RFC 5545). Pure."""

import re
from collections.abc import Iterator
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

import pandas as pd

from dashboard import formats

LINE_OCTETS = 75
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def file(rows: pd.DataFrame, made_at: datetime) -> bytes:
    """A calendar with an all-day event for each decision of `steering/decisions` that has a day.

    An event keeps its identity however often it is made: a calendar that reads the file again
    changes it and adds none. `made_at` is in UTC.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Execution Gap//Decisions//EN"]
    lines += ["CALSCALE:GREGORIAN"]  # no METHOD: that would be an invitation, from an ORGANIZER
    for row in dated(rows).itertuples():
        lines += _event(row, made_at)
    folded = (part for line in [*lines, "END:VCALENDAR"] for part in fold(line))
    return "".join(f"{part}\r\n" for part in folded).encode()


def dated(rows: pd.DataFrame) -> pd.DataFrame:
    """The decisions that have a day to be done by."""
    return rows[rows["due_on"].notna()]


def _event(row, made_at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{uuid5(NAMESPACE_URL, f'decision:{row.decision_id}')}",
        f"DTSTAMP:{made_at:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{row.due_on:%Y%m%d}",
        f"SUMMARY:{escaped(_summary(row))}",
        f"DESCRIPTION:{escaped(_description(row))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _summary(row) -> str:
    done = " (done)" if formats.is_known(row.done_on) else ""
    outcome = row.outcome if formats.is_known(row.outcome) else "decide"
    name = row.name if formats.is_known(row.name) else "no initiative in particular"
    return f"{outcome.capitalize()}: {name}{done}"


def _description(row) -> str:
    told = (
        ("", row.question),
        ("Who does it: ", row.owner),
        ("Why: ", row.rationale),
        ("Dissent: ", row.dissent),
        ("Decided: ", _meeting(row)),
    )
    return "\n".join(f"{label}{said}" for label, said in told if formats.is_known(said))


def _meeting(row) -> str | None:
    if not formats.is_known(row.held_on):
        return None
    title = f"{row.title}, " if formats.is_known(row.title) else ""
    return f"{title}{formats.day(row.held_on)}"


def escaped(text: str) -> str:
    r"""Text as a calendar's value: what has a meaning there is escaped, other controls are spaces.

    >>> print(escaped("stop; or\nwait, \\ what"))
    stop\; or\nwait\, \\ what
    """
    text = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", r"\n")


def fold(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, no character torn; after the first each has a space.

    >>> [len(part.encode()) for part in fold("é" * 50)]
    [74, 27]
    """
    part = ""
    for character in line:
        if len((part + character).encode()) > LINE_OCTETS:
            yield part
            part = " "
        part += character
    yield part
