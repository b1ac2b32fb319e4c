"""What an analyst decides about reading a file, where the reader's own decision is not theirs."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Self

from data.errors import MappingRefused

OF_CELLS = ("date_order", "decimal_mark", "fiscal_year_start", "days_from")


@dataclass(frozen=True)
class Choices:
    """Each field overrides one decision; None leaves it to the reader.

    `delimiter` is the character itself; `quoting` says what quotation marks within cells are:
    "doubled", "escaped" by backslashes, or "none" of them special; `header_row` counts the rows
    of the file (or sheet) from 1, `table` the tables of one sheet from 1; `date_order` is "day
    first" or "month first",
    `decimal_mark` "." or ","; `fiscal_year_start` is the first month of the fiscal year, 1 to 12;
    `days_from` is 1900 or 1904, the year from which numbers that are days count.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quoting: str | None = None
    sheet: str | None = None
    table: int | None = None
    header_row: int | None = None
    date_order: str | None = None
    decimal_mark: str | None = None
    fiscal_year_start: int | None = None
    days_from: int | None = None

    @property
    def of_cells(self) -> Self:
        """What was decided of the meaning of cells; it does not change which cells there are."""
        return type(self)(**{name: getattr(self, name) for name in OF_CELLS})

    @property
    def of_reading(self) -> Self:
        """What was decided of where the cells are."""
        return replace(self, **dict.fromkeys(OF_CELLS))

    def or_else(self, other: Self) -> Self:
        """These choices, and another's where they leave something to the reader."""
        return type(self)(**{**other.to_dict(), **self.to_dict()})

    def to_dict(self) -> dict[str, str | int]:
        """What was decided, as JSON can hold it."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_dict(cls, given: dict[str, str | int]) -> Self:
        """The choices a mapping remembers. Raises MappingRefused for one that does not exist."""
        known = {field.name for field in fields(cls)}
        if unknown := set(given) - known:
            raise MappingRefused(
                f'Reading knows no choice "{min(unknown)}": it knows {", ".join(sorted(known))}.'
            )
        return cls(**given)
