"""What is wrong in somebody's file, as data: where it is, what it is, how to mend it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

ERROR = "error"
WARNING = "warning"
INFO = "info"
FILE = 0
# Of one kind that many are told one by one: who has more mends the file's source, not its cells.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an analyst should know about one cell, one row, or (row 0) the whole file.

    `row` counts the records of the file, 1 is the first below the header; `column` is the file's
    header. An error means the row was refused, a warning that a cell was left empty or deserves a
    look, an info what was decided. `rule` is the rule across rows that is broken, as a sentence; it
    is empty for what was found in reading a cell.
    """

    row: int
    column: str
    value: str
    severity: str
    says: str
    mend: str
    rule: str = ""

    def as_dict(self) -> dict[str, object]:
        """What the command line says of it: where it is, what it is, how to mend it."""
        return {name: said for name, said in asdict(self).items() if name != "rule"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell's text was understood as, and what is to be said about it."""

    value: object = None
    severity: str = ""
    says: str = ""
    mend: str = ""


def not_understood(says: str, mend: str) -> Found:
    """A cell left empty, with a warning."""
    return Found(None, WARNING, says, mend)


def and_more(count: int, header: str, severity: str, mend: str) -> list[Problem]:
    """What is said of all beyond the `MOST` that are told one by one; nothing if there are none."""
    if count <= MOST:
        return []
    return [Problem(FILE, header, "", severity, f"And {count - MOST:,} more of this kind.", mend)]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by row, as a reader of the file meets them."""
    return sorted(problems, key=lambda problem: problem.row)
