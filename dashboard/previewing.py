"""What storing a file would change, in words and small tables."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from dashboard import briefing, formats, terms
from data.rehearsal import SHOWN, WAYS, Changes, Rehearsal

MANY = 200_000
BESIDE = ("count_initiatives", "count_reached_production", "spent_amount", "waiting_benefit_amount")
SAID = {
    "new": "new",
    "changed": "changed",
    "same": "the same",
    "removed": "removed",
}
SHOWN_AS = {
    "new": "as the file has them",
    "changed": "cell by cell: what it was, what it becomes",
    "same": "stored already",
    "removed": "stored, and no longer in the file",
}


def finding(changes: Mapping[str, Changes]) -> str:
    """What changes, all tables together, in one sentence."""
    totals = {way: sum(each.counts[way] for each in changes.values()) for way in WAYS}
    if not totals["new"] + totals["changed"] + totals["removed"]:
        return f"Nothing new: all {totals['same']:,} rows are stored already"
    said = [f"{count:,} {SAID[way]}" for way, count in totals.items() if count]
    return f"Rows: {formats.listed(said)}"


def counted(changes: Mapping[str, Changes]) -> list[tuple[str, str, int, str]]:
    """Every kind of change there is: table, way, how many rows, and that as a label."""
    return [
        (name, way, count, f"{formats.words(name)}: {count:,} {SAID[way]}")
        for name, each in changes.items()
        for way, count in each.counts.items()
        if count
    ]


def says(way: str, count: int, shown: int) -> str:
    """What a table of changes shows, and of how many it is the first."""
    first = f"The first {shown:,}, " if shown == SHOWN and count >= SHOWN else ""
    text = f"{first}{SHOWN_AS[way]}."
    return text[0].upper() + text[1:]


def board(
    before: Mapping[str, float | None],
    after: Mapping[str, float | None],
    before_on: date,
    after_on: date,
) -> str:
    """The headline figures before and after storing, side by side, as a Markdown table."""
    lines = [
        f"| | Now, as of {formats.day(before_on)} | Then, as of {formats.day(after_on)} | Change |",
        "|---|--:|--:|--:|",
    ]
    for name in (*briefing.FOUR, *BESIDE):
        change = formats.change(name, after[name], before[name]) or formats.NOT_DEFINED
        now, then = formats.value(name, before[name]), formats.value(name, after[name])
        label = terms.TERMS[name].label
        lines.append(f"| {label} | {now} | {then} | {'none' if change == '0' else change} |")
    return "\n".join(lines)


def is_many(tables: Mapping[str, int]) -> bool:
    """Whether a file has so many rows that the reader should ask for the comparison."""
    return sum(tables.values()) > MANY


def is_news(rehearsal: Rehearsal) -> bool:
    """Whether storing would change anything."""
    return rehearsal.stored.batch_id is not None


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows for the screen, their columns named as people say them."""
    return rows.rename(columns=lambda name: str(name).replace("_", " "))
