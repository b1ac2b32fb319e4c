"""A sheet and its mapping to the rows of every table it feeds."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from data.importing import inventory, rows, wide
from data.importing.convert import Context
from data.importing.mapping import Mapping
from data.importing.paths import INVENTORIES
from data.importing.problems import INFO, Problem
from data.importing.sheet import Sheet


@dataclass(frozen=True)
class Fed:
    """What a sheet feeds: rows by table, what is to be said, how many records are refused."""

    tables: dict[str, rows.Rows]
    problems: list[Problem]
    count_refused: int


def feed(
    sheet: Sheet, mapping: Mapping, context: Context, known: Collection[str], tell: rows.Progress
) -> Fed:
    """Every table's rows; raises MappingRefused when one lacks what its rows cannot do without."""
    file_day = context.as_of.isoformat()
    part = wide.main(sheet, mapping, file_day)
    rows.check_required(part.mapping, sheet.headers)
    made = rows.draft(part.sheet, part.mapping, context, tell)
    tables = _tables(made, context, known)
    problems = wide.in_the_files_words(made.problems, part, sheet)
    if part.sheet is not sheet:
        problems += [*sheet.problems, *_silent(sheet, part)]
    if mapping.as_ in INVENTORIES:
        identifiers = _identifiers(made)
        known = {*known, *identifiers.values()}
        for other in wide.others(sheet, mapping, file_day, identifiers):
            rows.check_required(other.mapping, sheet.headers)
            hung = rows.draft(other.sheet, other.mapping, context, lambda share, says: None)
            tables |= rows.plain(hung, context, known)
            problems += wide.in_the_files_words(hung.problems, other, sheet)
    return Fed(tables, problems, made.count_refused)


def _tables(made: rows.Draft, context: Context, known: Collection[str]) -> dict[str, rows.Rows]:
    if made.mapping.as_ in INVENTORIES:
        return inventory.tables(made, context)
    return rows.plain(made, context, known)


def _identifiers(made: rows.Draft) -> dict[int, str]:
    """The initiative of each record that is kept."""
    identifiers = made.values("initiative_id")
    return {made.number(place): identifiers[place] for place in made.kept.tolist()}


def _silent(sheet: Sheet, part: wide.Part) -> list[Problem]:
    """Say of which records nothing was made, as all their cells are empty."""
    says = "Every cell of the columns that were read together is empty: no row was made of it."
    mend = "Nothing needs to be done, if it has none."
    silent = np.setdiff1d(sheet.numbers, part.sheet.numbers)
    return [Problem(number, "", "", INFO, says, mend) for number in silent.tolist()]
