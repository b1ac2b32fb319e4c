"""A sheet and its mapping to the rows of every table it feeds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from data.importing import inventory, rows, wide
from data.importing.convert import Context
from data.importing.mapping import Mapping as Meaning
from data.importing.mapping import alike
from data.importing.paths import INVENTORIES
from data.importing.problems import FILE, INFO, Problem
from data.importing.sheet import Sheet


@dataclass(frozen=True)
class Fed:
    """What a sheet feeds: rows by table, what is to be said, how many records are refused."""

    tables: dict[str, rows.Rows]
    problems: list[Problem]
    count_refused: int


def feed(
    sheet: Sheet, mapping: Meaning, context: Context, known: Collection[str], tell: rows.Progress
) -> Fed:
    """Every table's rows; raises MappingRefused when one lacks what its rows cannot do without.

    `known` are the stored initiatives, at best with the unit and name of each (`identity.Named`).
    """
    file_day = context.as_of.isoformat()
    part = _by_name(wide.main(sheet, mapping, file_day), known)
    rows.check_required(part.mapping, sheet.headers)
    made = rows.draft(part.sheet, part.mapping, context, tell, part.unsaid)
    tables = _tables(made, context, known)
    problems = wide.in_the_files_words(made.problems, part, sheet)
    if part.origins:
        problems += [*sheet.problems, *_silent(sheet, part)]
    if mapping.as_ in INVENTORIES:
        identifiers = _identifiers(made)
        known = {*known, *identifiers.values()}
        for other in wide.others(sheet, mapping, file_day, identifiers):
            rows.check_required(other.mapping, sheet.headers)
            sheet_of, quietly = (other.sheet, other.mapping, context), lambda share, says: None
            hung = rows.draft(*sheet_of, quietly, other.unsaid)
            tables |= rows.plain(hung, context, known)
            problems += wide.in_the_files_words(hung.problems, other, sheet)
    return Fed(tables, problems, made.count_refused)


def _by_name(part: wide.Part, known: Collection[str]) -> wide.Part:
    """The part with the names of stored initiatives read as their identifiers, if one has each."""
    header = part.mapping.header("initiative_id")
    is_named = isinstance(known, Mapping) and known
    if not is_named or not header or part.mapping.as_ in INVENTORIES:
        return part
    identifiers: dict[str, set[str]] = {}
    for identifier, named in known.items():
        identifiers.setdefault(alike(named.name), set()).add(identifier)
    said = part.mapping.words("initiative_id")
    found = {
        text: next(iter(identifiers[alike(text)]))
        for text in part.sheet.counts(header)
        if text not in known and alike(text) not in said and _is_one(identifiers, text)
    }
    if not found:
        return part
    values = {
        **part.mapping.values,
        "initiative_id": {**part.mapping.values.get("initiative_id", {}), **found},
    }
    sheet = replace(part.sheet, problems=(*part.sheet.problems, _named(header, found)))
    return replace(part, sheet=sheet, mapping=replace(part.mapping, values=values))


def _is_one(identifiers: Mapping[str, set[str]], name: str) -> bool:
    return len(identifiers.get(alike(name), ())) == 1


def _named(header: str, found: Mapping[str, str]) -> Problem:
    name, identifier = next(iter(found.items()))
    says = f'Initiatives are known by their names, as "{name}" for {identifier}.'
    return Problem(FILE, header, "", INFO, says, "Check it, or write the identifiers.")


def _tables(made: rows.Draft, context: Context, known: Collection[str]) -> dict[str, rows.Rows]:
    if made.mapping.as_ in INVENTORIES:
        return inventory.tables(made, context, known)
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
