"""Batches, in words."""

import json

import pandas as pd

from dashboard import formats

BACKUP = (
    "A backup holds everything, undone batches too, and can be written and brought back while "
    "people read. With the board closed, `python -m data backup DIR` and `restore DIR` do the same."
)


def finding(rows: pd.DataFrame) -> str:
    """How many batches there are and how many count."""
    undone = int((~rows["is_counting"]).sum())
    says = f"{formats.plural(len(rows), 'batch', 'batches')}"
    return f"{says}, {undone} of them undone." if undone else f"{says}, all of them count."


def title(row) -> str:
    """A batch in one line: its number, its file."""
    return f"{row.number}. {row.file_name or row.source}"


def says(row) -> str:
    """Who stored what, when, as of which day, and whether it still counts."""
    counts = json.loads(row.row_counts)
    rows = formats.listed(
        [f"{count:,} {formats.words(name)}" for name, count in counts.items() if count]
    )
    stored = f"{row.stored_at:%d %b %Y, %H:%M} UTC"
    text = (
        f"{rows or 'removals only'}; as of {formats.day(row.as_of)}; "
        f"{row.source} by {row.stored_by}, {stored}"
    )
    if not row.is_counting:
        text += f"; undone by {row.undone_by}, {row.undone_at:%d %b %Y, %H:%M} UTC"
    return text + "."
