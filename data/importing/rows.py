"""Records to the rows of one table: every record becomes a row or is refused with a reason."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field

import pyarrow as pa

from data.errors import MappingRefused
from data.importing import convert
from data.importing.mapping import Mapping, targets
from data.importing.problems import ERROR, FILE, INFO, WARNING, Problem
from data.importing.read import Sheet
from data.tables import TABLES, Table

_WORD = re.compile(r"[a-z_]+")
Progress = Callable[[float, str], object]


@dataclass
class Draft:
    """A sheet's columns as values, while its rows are checked; `refused` holds their places."""

    sheet: Sheet
    mapping: Mapping
    columns: dict[str, list]
    problems: list[Problem] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)

    def get(self, target: str) -> list:
        """The target's values, all empty when no column is mapped to it."""
        if target not in self.columns:
            self.columns[target] = [None] * len(self.sheet.rows)
        return self.columns[target]

    @property
    def kept(self) -> list[int]:
        """The places of the rows that are not refused."""
        return [place for place in range(len(self.sheet.rows)) if place not in self.refused]

    def text(self, place: int, target: str) -> str:
        """What the file says for a target in one record."""
        header = self.mapping.header(target)
        return self.sheet.rows[place][self.sheet.headers.index(header)] if header else ""

    def tell(self, place: int, target: str, severity: str, says: str, mend: str) -> None:
        """Report something about one record's target."""
        number, header = self.sheet.numbers[place], self.mapping.header(target) or ""
        value = self.text(place, target)
        self.problems.append(Problem(number, header, value, severity, says, mend))

    def tell_of_file(self, severity: str, says: str, mend: str) -> None:
        """Report something about the file as a whole."""
        self.problems.append(Problem(FILE, "", "", severity, says, mend))

    def refuse(self, place: int, target: str, says: str, mend: str) -> None:
        """Keep a record out of the rows, and say why."""
        self.refused.add(place)
        self.tell(place, target, ERROR, says, mend)


def required(as_: str) -> set[str]:
    """The targets without which no row of `as_` can be stored."""
    names = {name for name, column in targets(as_).items() if column.is_required}
    return names - {"unit", "initiative_id"} if as_ in ("inventory", "initiatives") else names


def check_required(mapping: Mapping, headers: Iterable[str]) -> None:
    """Raises MappingRefused when a target no row can do without has no column."""
    missing = sorted(required(mapping.as_) - set(mapping.columns.values()))
    if missing:
        quoted = ", ".join(f'"{header}"' for header in list(headers)[:20])
        raise MappingRefused(
            f"No column is known to hold {' and '.join(missing)}, which {mapping.as_} needs: name "
            f"it in a mapping; the file has {quoted}."
        )


def draft(sheet: Sheet, mapping: Mapping, context: convert.Context, progress: Progress) -> Draft:
    """All mapped columns converted, and the records that lack what they need refused."""
    made = Draft(sheet, mapping, {}, list(sheet.problems))
    for count, (header, target) in enumerate(mapping.columns.items(), start=1):
        column, texts = targets(mapping.as_)[target], sheet.cells(header)
        cells = convert.column(texts, sheet.numbers, header, column, mapping.words(target), context)
        made.columns[target] = cells.values
        if column.is_required and target != "unit":
            _refuse_empty(made, target, cells)
        else:
            made.problems += cells.problems
        progress(0.2 + 0.6 * count / len(mapping.columns), f"Read {header}")
    return made


def _refuse_empty(made: Draft, target: str, cells: convert.Cells) -> None:
    """Refuse the records without a value; what was said of their cells becomes the reason."""
    said = {problem.row: problem for problem in cells.problems}
    header, column = made.mapping.header(target) or "", targets(made.mapping.as_)[target]
    for place, value in enumerate(cells.values):
        if value is None:
            number = made.sheet.numbers[place]
            text, doubt = made.text(place, target), said.pop(number, None)
            made.refused.add(place)
            made.problems.append(convert.refusal(number, header, text, column, doubt))
    made.problems += said.values()


def plain(made: Draft, context: convert.Context, known: Collection[str]) -> dict[str, pa.Table]:
    """The rows of one table, one per record."""
    table = TABLES[made.mapping.as_]
    if table.name == "deployment_status":
        _observe_undated(made, context)
    refuse_repeated(made, table)
    if table.is_of_initiative:
        warn_of_unknown(made, known)
    return {table.name: arrow(table, made.columns, made.kept)}


def _observe_undated(made: Draft, context: convert.Context) -> None:
    """A stage without any day was seen on the day the file describes."""
    entered, observed = made.get("entered_on"), list(made.get("observed_on"))
    for place in made.kept:
        if entered[place] is None and observed[place] is None:
            observed[place] = context.as_of
            says = f"No day is known, so the stage counts as seen on {context.as_of}."
            made.tell(place, "entered_on", INFO, says, "Write the day the stage was entered.")
    made.columns["observed_on"] = observed


def refuse_repeated(made: Draft, table: Table) -> None:
    """Refuse the later ones of records with equal keys: the last would win without a word."""
    first: dict[tuple, int] = {}
    columns = [[made.get(name) for name in _names(expression)] for expression in table.key]
    for place in made.kept:
        key = tuple(_first_given(column, place) for column in columns)
        if key in first:
            number = made.sheet.numbers[first[key]]
            says = f"The row has the same {_labels(table)} as row {number}, which was kept."
            target = _names(table.key[0])[0]
            made.refuse(place, target, says, "Keep one of the two rows, or tell them apart.")
        else:
            first[key] = place


def _names(expression: str) -> list[str]:
    """The columns of a key's SQL expression."""
    return [name for name in _WORD.findall(expression) if name != "coalesce"]


def _first_given(columns: list[list], place: int) -> object:
    return next((column[place] for column in columns if column[place] is not None), None)


def _labels(table: Table) -> str:
    named = [" or ".join(_names(expression)) for expression in table.key]
    return ", ".join(named).replace("_", " ")


def warn_of_unknown(made: Draft, known: Collection[str]) -> None:
    """Say which initiatives of the file the store does not know, once each."""
    identifiers, known = made.get("initiative_id"), set(known)
    unknown = Counter(identifiers[place] for place in made.kept) - Counter({None: len(identifiers)})
    first = {identifiers[place]: place for place in reversed(made.kept)}
    for identifier, count in unknown.items():
        if identifier not in known:
            rows = "1 row counts" if count == 1 else f"{count:,} rows count"
            says = (
                f'No initiative "{identifier}" is stored yet; its {rows} in no figure until it is.'
            )
            mend = "Check the identifier, or bring the initiative in as well."
            made.tell(first[identifier], "initiative_id", WARNING, says, mend)


def arrow(table: Table, columns: Dictionary[str, list], kept: Iterable[int]) -> pa.Table:
    """The kept values as an Arrow table with exactly the table's schema."""
    kept = list(kept)
    arrays = []
    for each in table.schema:
        values = columns.get(each.name)
        picked = [values[place] for place in kept] if values else [None] * len(kept)
        arrays.append(pa.array(picked, type=each.type))
    return pa.Table.from_arrays(arrays, schema=table.schema)
