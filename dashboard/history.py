"""Batches, in words."""

import json

import pandas as pd

from dashboard import formats
from data.dependents import Dependent

BACKUP = (
    "A backup holds everything, undone batches too, and can be written and brought back while "
    "people read. With the board closed, `python -m data backup DIR` and `restore DIR` do the same."
)


def finding(rows: pd.DataFrame) -> str:
    """How many batches there are and how many count."""
    undone = int((~rows["is_counting"]).sum())
    says = f"{formats.plural(len(rows), 'batch', 'batches')}"
    return f"{says}, {undone} of them undone." if undone else f"{says}, none of them undone."


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


def built_upon(number: int, dependents: list[Dependent]) -> str:
    """What an undo of a batch means for those that built on it, as a Markdown list."""
    lines = [f"Others have built on batch {number} since. If you undo it:", ""]
    for each in dependents:
        name = f"{each.number}. {formats.plain(each.name)}"
        if each.count_replaced:
            rows = formats.plural(each.count_replaced, "row")
            says = "these stay as it has them, with what it left as it was"
            lines.append(f"- **{name}** said {rows} anew: {says}.")
        if each.count_left:
            rows = formats.plural(each.count_left, "row")
            lines.append(
                f"- **{name}** has {rows} about initiatives or meetings only this batch knows: "
                "they count in no figure until somebody brings those in again."
            )
    return "\n".join([*lines, "", "Redo brings everything back as it is now."])


def tables(row) -> list[str]:
    """The tables a batch brought rows to."""
    return list(json.loads(row.row_counts))


def mapping_file(row) -> str | None:
    """A batch's mapping as a file the command line and the import page take."""
    if not isinstance(row.mapping, str):
        return None
    mapping = json.loads(row.mapping)
    mapping.pop("mended", None)
    return json.dumps(mapping, ensure_ascii=False, indent=2) + "\n"
