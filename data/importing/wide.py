"""A sheet with a column per month, metric or capability, or for several tables, made narrow.

Nothing is read here: cells stay text, and every row keeps the number of the record it is from.
"""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from data.importing import paths, years
from data.importing.mapping import CURRENCY, Mapping, meaning
from data.importing.numbers import currency_in, is_scaled, looks, rate_of, scale_in
from data.importing.problems import FILE, INFO, Problem
from data.importing.sheet import Sheet, encoded
from data.importing.words import nothing
from data.importing.years import YEAR
from data.incoming import Unsaid
from data.tables import TABLES

MADE = "→ "
FILE_DAY = {"capabilities": "assessed_on", "barriers": "raised_on"}

Fixed = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """What one table gets of a sheet, as a sheet of its own with a plain mapping.

    `origins` gives, for every column that was put together, the headers it was put together from;
    `unsaid` the rows for which it was put together from none.
    """

    sheet: Sheet
    mapping: Mapping
    origins: Dictionary[str, tuple[str, ...]]
    unsaid: Unsaid = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """A table's columns in a wide sheet: headers by target, and by target for fixed values."""

    table: str
    plain: Dictionary[str, str]
    groups: Dictionary[Fixed, Dictionary[str, str]]

    @property
    def spread(self) -> list[str]:
        """The targets that have a column for each of several fixed values."""
        return list(dict.fromkeys(name for group in self.groups.values() for name in group))

    @property
    def fixed(self) -> list[str]:
        return list(dict.fromkeys(name for group in self.groups for name, _ in group))


def layouts(mapping: Mapping) -> dict[str, Layout]:
    """The tables that the mapping's targets beyond plain columns feed, and how."""
    found: dict[str, Layout] = {}
    for header, target in mapping.columns.items():
        if not paths.is_path(target):
            continue
        path = paths.parse(target, mapping.as_)
        own = found.setdefault(path.table, Layout(path.table, {}, {}))
        if path.fixed:
            key = tuple(sorted(path.fixed.items()))
            own.groups.setdefault(key, {})[path.column.name] = header
        else:
            own.plain[path.column.name] = header
    if mapping.as_ in found:
        found[mapping.as_].plain.update(
            {target: header for header, target in plain_columns(mapping).items()}
        )
    return found


def plain_columns(mapping: Mapping) -> dict[str, str]:
    """The columns that are mapped to columns of the table itself."""
    return {
        header: target
        for header, target in mapping.columns.items()
        if not paths.is_path(target) and target != YEAR.name
    }


def main(sheet: Sheet, mapping: Mapping, file_day: str) -> Part:
    """The part of the table the file is brought in as."""
    marked, mapping = _in_currencies(*_with_fixed(sheet, mapping))
    layout = layouts(mapping).get(mapping.as_)
    if not layout:
        marked = _dated(marked, mapping.header("month"), mapping.header(YEAR.name))
        return Part(marked, replace(mapping, columns=plain_columns(mapping)), {})
    part = melted(marked, mapping, layout, file_day)
    new = marked.problems[len(sheet.problems) :]
    return replace(part, sheet=replace(part.sheet, problems=(*part.sheet.problems, *new)))


def _dated(sheet: Sheet, months: str | None, years_: str | None) -> Sheet:
    """The sheet whose months have the years of another column, where they are named alone."""
    if not months or not years_:
        return sheet
    columns = list(sheet.texts)
    place = sheet.headers.index(months)
    columns[place] = years.dated(sheet.column(months), sheet.column(years_))
    return Sheet.of(sheet.headers, columns, sheet.numbers, sheet.reading, sheet.problems)


def _with_fixed(sheet: Sheet, mapping: Mapping) -> tuple[Sheet, Mapping]:
    """The sheet with a column for everything that is the same in every row."""
    if not mapping.fixed:
        return sheet, mapping
    headers = {MADE + target: target for target in mapping.fixed}
    made = [[value] * len(sheet) for value in mapping.fixed.values()]
    wider = Sheet.of(
        [*sheet.headers, *headers],
        [*sheet.texts, *made],
        sheet.numbers,
        sheet.reading,
        sheet.problems,
    )
    return wider, replace(mapping, columns={**mapping.columns, **headers}, fixed={})


def _in_currencies(sheet: Sheet, mapping: Mapping) -> tuple[Sheet, Mapping]:
    """The sheet with its currency written before every amount: its row's or its header's."""
    of_rows = mapping.header(CURRENCY.name)
    amounts = {each for each, target in mapping.columns.items() if _is_amount(target, mapping.as_)}
    columns, problems = list(sheet.texts), list(sheet.problems)
    for place, header in enumerate(sheet.headers):
        named, scale = currency_in(header), scale_in(header)
        if header not in amounts or not (of_rows or named or scale):
            continue
        if scale:
            columns[place] = _scaled(encoded(columns[place]), scale)
            problems.append(_multiplied(header, scale))
        if of_rows:
            columns[place] = _marked(encoded(columns[place]), sheet.column(of_rows))
        elif named and rate_of(named, mapping.rates) != 1:
            columns[place] = _marked(encoded(columns[place]), encoded([named] * len(sheet)))
    marked = Sheet.of(sheet.headers, columns, sheet.numbers, sheet.reading, problems)
    rest = {each: target for each, target in mapping.columns.items() if each != of_rows}
    return marked, replace(mapping, columns=rest)


def _scaled(amounts: pa.DictionaryArray, scale: str) -> pa.DictionaryArray:
    """Amounts with the scale of their header behind them, where they have none of their own."""
    texts = [
        text if nothing(text) or is_scaled(text) or not looks(text) else f"{text.strip()} {scale}"
        for text in amounts.dictionary.to_pylist()
    ]
    return encoded(pa.array(texts, pa.string()).take(amounts.indices))


def _multiplied(header: str, scale: str) -> Problem:
    by = "1,000" if scale == "k" else "1,000,000"
    says = f"The header says so, so its amounts were multiplied by {by}."
    return Problem(FILE, header, "", INFO, says, "Check one of them.")


def _is_amount(target: str, as_: str) -> bool:
    return meaning(target, as_)[0].kind == "amount"


def _marked(amounts: pa.DictionaryArray, currencies: pa.DictionaryArray) -> pa.DictionaryArray:
    """Amounts such as "EUR 12.50"; what says nothing, or its currency already, stays as it is."""
    size = len(currencies.dictionary)
    both = amounts.indices.to_numpy().astype(np.int64) * size + currencies.indices.to_numpy()
    pairs, places = np.unique(both, return_inverse=True)
    said, units = amounts.dictionary.to_pylist(), currencies.dictionary.to_pylist()
    texts = [_money(said[pair // size], units[pair % size]) for pair in pairs.tolist()]
    return encoded(pa.array(texts, pa.string()).take(pa.array(places)))


def _money(amount: str, currency: str) -> str:
    is_marked = nothing(amount) or nothing(currency) or currency_in(amount)
    return amount if is_marked else f"{currency.strip()} {amount.strip()}"


def others(
    sheet: Sheet, mapping: Mapping, file_day: str, identifiers: Dictionary[int, str]
) -> list[Part]:
    """The parts of other tables; `identifiers` are the initiatives by their record's number."""
    sheet, mapping = _in_currencies(*_with_fixed(sheet, mapping))
    return [
        _identified(melted(sheet, mapping, layout, file_day), identifiers)
        for table, layout in layouts(mapping).items()
        if table != mapping.as_
    ]


def melted(sheet: Sheet, mapping: Mapping, layout: Layout, file_day: str) -> Part:
    """A row for each record and fixed value under which the record has something to say."""
    groups = layout.groups or {(): dict(layout.plain)}
    kept = [_filled(sheet, list(group.values())) for group in groups.values()]
    places = np.concatenate(kept)
    order = np.argsort(places, kind="stable")
    columns = {header: sheet.column(header).take(places[order]) for header in layout.plain.values()}
    for name in layout.spread:
        pieces = [
            _piece(sheet, group.get(name), rows)
            for group, rows in zip(groups.values(), kept, strict=True)
        ]
        columns[MADE + name] = _stacked(pieces).take(order)
    for name in layout.fixed:
        pieces = [
            pa.array([dict(key).get(name, "")] * len(rows), pa.string()).dictionary_encode()
            for key, rows in zip(groups, kept, strict=True)
        ]
        columns[MADE + name] = _stacked(pieces).take(order)
    of_year = mapping.header(YEAR.name)
    month = MADE + "month" if "month" in layout.fixed else layout.plain.get("month")
    if of_year and month in columns:
        columns[month] = years.dated(columns[month], sheet.column(of_year).take(places[order]))
    part = _part(sheet, mapping, layout, columns, places[order], file_day)
    return replace(part, unsaid=_unsaid(layout, groups, kept, order))


def _unsaid(layout: Layout, groups: Dictionary, kept: list[np.ndarray], order) -> Unsaid:
    """The rows of fixed values under which the sheet has no column for a target."""
    found = {
        name: np.concatenate(
            [
                np.full(len(rows), name not in group)
                for group, rows in zip(groups.values(), kept, strict=True)
            ]
        )[order]
        for name in layout.spread
    }
    return {name: mask for name, mask in found.items() if mask.any()}


def _filled(sheet: Sheet, headers: Sequence[str]) -> np.ndarray:
    """The places of the rows that say something under at least one of the headers."""
    says = np.zeros(len(sheet), dtype=bool)
    for header in headers:
        column = sheet.column(header)
        given = [not nothing(text) for text in column.dictionary.to_pylist()]
        says |= np.array(given, dtype=bool)[column.indices.to_numpy()]
    return np.flatnonzero(says)


def _piece(sheet: Sheet, header: str | None, places: np.ndarray) -> pa.DictionaryArray:
    if header is None:
        return pa.array([""] * len(places), pa.string()).dictionary_encode()
    return sheet.column(header).take(places)


def _stacked(pieces: Sequence[pa.DictionaryArray]) -> pa.DictionaryArray:
    return encoded(pa.concat_arrays([piece.cast(pa.string()) for piece in pieces]))


def _part(sheet, mapping, layout, columns, places, file_day) -> Part:
    targets = {header: target for target, header in layout.plain.items()}
    targets |= {MADE + name: name for name in (*layout.spread, *layout.fixed)}
    day = FILE_DAY.get(layout.table)
    problems = []
    if day and day not in targets.values():
        columns[MADE + day] = [file_day] * len(places)
        targets[MADE + day] = day
        problems.append(_day_taken(day, file_day))
    narrow = Sheet.of(
        list(columns), list(columns.values()), sheet.numbers[places], sheet.reading, problems
    )
    origins = {
        MADE + name: tuple(group[name] for group in layout.groups.values() if name in group)
        for name in layout.spread
    }
    values = {
        target.removeprefix(f"{layout.table}."): words for target, words in mapping.values.items()
    }
    known = {name: words for name, words in values.items() if name in TABLES[layout.table].names}
    own = replace(mapping, as_=layout.table, columns=targets, values=known)
    return Part(narrow, own, origins)


def _day_taken(day: str, file_day: str) -> Problem:
    says = f"No column says {day.replace('_', ' ')}: it is taken as {file_day}, the file's day."
    mend = f"Map a column to {day}, if the file has one."
    return Problem(FILE, "", "", INFO, says, mend)


def _identified(part: Part, identifiers: Dictionary[int, str]) -> Part:
    """The part with the initiative of each row; rows of records without one fall away."""
    known = [identifiers.get(number) for number in part.sheet.numbers.tolist()]
    kept = np.flatnonzero([identifier is not None for identifier in known])
    header = f"{MADE}initiative_id"
    sheet = Sheet.of(
        [*part.sheet.headers, header],
        [
            *(column.take(kept) for column in part.sheet.texts),
            [known[place] for place in kept.tolist()],
        ],
        part.sheet.numbers[kept],
        part.sheet.reading,
        part.sheet.problems,
    )
    columns = {**part.mapping.columns, header: "initiative_id"}
    unsaid = {name: mask[kept] for name, mask in part.unsaid.items()}
    mapping = replace(part.mapping, columns=columns)
    return replace(part, sheet=sheet, mapping=mapping, unsaid=unsaid)


def in_the_files_words(problems: Sequence[Problem], part: Part, sheet: Sheet) -> list[Problem]:
    """The problems of a part under the headers the file has."""
    if not any(problem.column.startswith(MADE) for problem in problems):
        return list(problems)
    places = {number: place for place, number in enumerate(sheet.numbers.tolist())}
    taken: set[tuple[int, str]] = set()
    told = []
    for problem in problems:
        if problem.column.startswith(MADE):
            header = _origin(problem, part, sheet, places, taken)
            taken.add((problem.row, header))
            problem = replace(problem, column=header)
        told.append(problem)
    return told


def _origin(problem, part, sheet, places, taken) -> str:
    """The header under which the file has the cell a problem is about; repeated ones in turn."""
    place = places.get(problem.row)
    headers = part.origins.get(problem.column, ())
    alike = [header for header in headers if sheet.text(place, header) == problem.value]
    return next((header for header in alike if (problem.row, header) not in taken), "")
