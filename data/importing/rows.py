"""Records to the rows of one table: every record becomes a row or is refused with a reason."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data import keys
from data.errors import MappingRefused
from data.importing import convert
from data.importing.mapping import Mapping, targets
from data.importing.problems import ERROR, FILE, INFO, MOST, WARNING, Problem, and_more
from data.importing.sheet import Sheet, numbered
from data.incoming import Unsaid
from data.progress import Progress
from data.tables import KINDS, STAGES, TABLES, Table

# Initiatives that are not stored, told one by one.
UNKNOWN = 200


@dataclass
class Draft:
    """A sheet's columns as Arrow values, while its rows are checked; `refused` marks rows.

    `unsaid` marks, by target, rows of which a wide sheet has no column for it.
    """

    sheet: Sheet
    mapping: Mapping
    problems: list[Problem]
    columns: dict[str, pa.Array] = field(default_factory=dict)
    unsaid: Unsaid = field(default_factory=dict)
    refused: np.ndarray = field(init=False)
    _listed: dict[str, list] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.refused = np.zeros(len(self.sheet), dtype=bool)

    def get(self, target: str) -> pa.Array:
        """The target's values, all empty when no column is mapped to it."""
        if target not in self.columns:
            kind = KINDS[targets(self.mapping.as_)[target].kind]
            self.columns[target] = pa.nulls(len(self.sheet), kind)
        return self.columns[target]

    def set(self, target: str, values: list) -> None:
        """Give a target its values anew."""
        self.columns[target] = pa.array(values, KINDS[targets(self.mapping.as_)[target].kind])
        self._listed.pop(target, None)

    def values(self, target: str) -> list:
        """The target's values as a list, for what looks at one row after another."""
        if target not in self._listed:
            self._listed[target] = self.get(target).to_pylist()
        return self._listed[target]

    @property
    def kept(self) -> np.ndarray:
        """The places of the rows that are not refused."""
        return np.flatnonzero(~self.refused)

    def keep(self, values: pa.Array) -> pa.Array:
        """The values of the rows that are not refused."""
        return values.take(pa.array(self.kept)) if self.refused.any() else values

    @property
    def count_refused(self) -> int:
        """How many of the file's records have rows that are refused."""
        return len(np.unique(self.sheet.numbers[self.refused]))

    def number(self, place: int) -> int:
        """The number of the record a row is from."""
        return int(self.sheet.numbers[place])

    def text(self, place: int, target: str) -> str:
        """What the file says for a target in one row."""
        header = self.mapping.header(target)
        return self.sheet.text(int(place), header) if header else ""

    def tell(self, place: int, target: str, severity: str, says: str, mend: str) -> None:
        """Report something about one row's target."""
        header, value = self.mapping.header(target) or "", self.text(place, target)
        self.problems.append(Problem(self.number(place), header, value, severity, says, mend))

    def tell_of_file(self, severity: str, says: str, mend: str) -> None:
        """Report something about the file as a whole."""
        self.problems.append(Problem(FILE, "", "", severity, says, mend))

    def refuse(self, place: int, target: str, says: str, mend: str) -> None:
        """Keep a row out, and say why."""
        self.refused[place] = True
        self.tell(place, target, ERROR, says, mend)


@dataclass(frozen=True)
class Rows:
    """What a table gets from a file: its rows, and the number of the record each is from.

    The rows have the table's schema, except that text may be dictionary-encoded. `unsaid` marks, by
    column, the rows of which the file has no cell for it.
    """

    rows: pa.Table
    numbers: pa.Array
    unsaid: Unsaid = field(default_factory=dict)


def required(as_: str) -> set[str]:
    """The targets without which no row of `as_` can be stored."""
    return {name for name, column in targets(as_).items() if column.is_required}


def check_required(mapping: Mapping, headers: Iterable[str]) -> None:
    """Raises MappingRefused when a target no row can do without has no column."""
    missing = sorted(required(mapping.as_) - set(mapping.columns.values()))
    if missing:
        quoted = ", ".join(f'"{header}"' for header in list(headers)[:20])
        raise MappingRefused(
            f"No column is known to hold {' and '.join(missing)}, which {mapping.as_} needs: name "
            f"the column, or say it once for every row; the file has {quoted}."
        )


def draft(
    sheet: Sheet,
    mapping: Mapping,
    context: convert.Context,
    progress: Progress,
    unsaid: Unsaid | None = None,
) -> Draft:
    """All mapped columns converted, and the records that lack what they need refused."""
    made = Draft(sheet, mapping, list(sheet.problems), unsaid=unsaid or {})
    for count, (header, target) in enumerate(mapping.columns.items(), start=1):
        column, texts = targets(mapping.as_)[target], sheet.as_kept(header)
        cells = convert.column(texts, sheet.numbers, header, column, mapping.words(target), context)
        made.columns[target] = cells.values
        if column.is_required:
            _refuse_empty(made, target, cells)
        else:
            made.problems += cells.problems + cells.more
        progress(0.2 + 0.6 * count / len(mapping.columns), f"Read {header}")
    return made


def _refuse_empty(made: Draft, target: str, cells: convert.Cells) -> None:
    """Refuse the rows without a value; what was said of their cells becomes the reason."""
    header, column = made.mapping.header(target) or "", targets(made.mapping.as_)[target]
    empty = empty_places(cells.values)
    said = dict(zip(cells.places, cells.problems, strict=True))
    for place in empty[:MOST].tolist():
        number, text, doubt = made.number(place), made.text(place, target), said.pop(place, None)
        made.problems.append(convert.refusal(number, header, text, column, doubt))
    made.refused[empty] = True
    made.problems += [*said.values(), *cells.more]
    made.problems += and_more(len(empty), header, ERROR, f"Fill in the {column.label}.")


def empty_places(values: pa.Array) -> np.ndarray:
    """The places of the rows without a value."""
    return np.flatnonzero(pc.is_null(values))


def plain(made: Draft, context: convert.Context, known: Collection[str]) -> dict[str, Rows]:
    """The rows of one table, one per row of the sheet."""
    table = TABLES[made.mapping.as_]
    if table.name == "deployment_status":
        _observe_undated(made, context)
    refuse_repeated(made, table)
    if table.is_of_initiative:
        warn_of_unknown(made, known)
    return {table.name: kept(made, table)}


def _observe_undated(made: Draft, context: convert.Context) -> None:
    """A stage without any day was seen on the day the file describes, if it is the latest one."""
    undated = pc.and_(pc.is_null(made.get("entered_on")), pc.is_null(made.get("observed_on")))
    undated = np.asarray(pc.and_(undated, pa.array(~made.refused)))
    furthest = _furthest_stages(made) if undated.any() else {}
    says = f"No day is known, so the stage counts as seen on {context.as_of}."
    mend = "Write the day the stage was entered."
    for place in np.flatnonzero(undated).tolist():
        stage = STAGES.index(made.values("stage")[place])
        if stage < furthest[made.values("initiative_id")[place]]:
            passed = "No day is known, and the file has the initiative in a later stage."
            made.refuse(place, "entered_on", f"{passed} The row was refused.", mend)
            continue
        made.tell(place, "entered_on", INFO, says, mend)
    seen = pa.array(undated & ~made.refused)
    day = pa.scalar(context.as_of, pa.date32())
    made.columns["observed_on"] = pc.if_else(seen, day, made.get("observed_on"))


def _furthest_stages(made: Draft) -> dict[str, int]:
    """The place among the stages of the latest one that the file has each initiative in."""
    furthest: dict[str, int] = {}
    for place in made.kept.tolist():
        initiative, stage = made.values("initiative_id")[place], made.values("stage")[place]
        furthest[initiative] = max(furthest.get(initiative, 0), STAGES.index(stage))
    return furthest


def refuse_repeated(made: Draft, table: Table) -> None:
    """Refuse the later ones of rows with equal keys: the last would win without a word."""
    firsts = keys.first_alike([made.keep(_key(made, each)) for each in table.key])
    repeated = np.flatnonzero(firsts != np.arange(len(firsts)))
    if not len(repeated):
        return
    kept, target = made.kept, keys.names(table.key[0])[0]
    mend = "Keep one of the two rows, or tell them apart."
    for at in repeated[:MOST].tolist():
        number = made.number(kept[firsts[at]])
        says = f"The row has the same {_labels(table)} as row {number}, which was kept."
        made.refuse(kept[at], target, says, mend)
    made.refused[kept[repeated]] = True
    made.problems += and_more(len(repeated), made.mapping.header(target) or "", ERROR, mend)


def _key(made: Draft, expression: str) -> pa.Array:
    """A part of the key: the first of its columns that has a value."""
    first, *others = [made.get(name) for name in keys.names(expression)]
    return pc.coalesce(first, *others) if others else first


def _labels(table: Table) -> str:
    named = [" or ".join(keys.names(expression)) for expression in table.key]
    return ", ".join(named).replace("_", " ")


def warn_of_unknown(made: Draft, known: Collection[str]) -> None:
    """Say which initiatives of the file the store does not know, once each."""
    given, known, kept = made.get("initiative_id"), set(known), made.kept
    if given.null_count:
        kept = kept[np.asarray(pc.is_valid(given))[kept]]
    given = keys.dictionary(given if len(kept) == len(given) else given.take(pa.array(kept)))
    first, times = keys.counted(given)
    named = given.dictionary.to_pylist()
    unknown = [
        (at, named[at]) for at in np.argsort(first).tolist() if times[at] and named[at] not in known
    ]
    mend = "Check the identifier, or bring the initiative in as well."
    for at, identifier in unknown[:UNKNOWN]:
        rows = "1 row counts" if times[at] == 1 else f"{times[at]:,} rows count"
        says = f'No initiative "{identifier}" is stored yet; its {rows} in no figure until it is.'
        made.tell(kept[first[at]], "initiative_id", WARNING, says, mend)
    if (rest := len(unknown) - UNKNOWN) > 0:
        made.tell_of_file(WARNING, f"{rest:,} more initiatives are not stored yet.", mend)


def kept(made: Draft, table: Table) -> Rows:
    """The rows of a table that are not refused."""
    numbers = made.keep(numbered(made.sheet.numbers))
    columns = [made.columns.get(each.name, pa.nulls(0)) for each in table.schema]
    arrays = [
        made.keep(column) if len(column) else pa.nulls(len(numbers), each.type)
        for column, each in zip(columns, table.schema, strict=True)
    ]
    return Rows(pa.table(arrays, names=list(table.names)), numbers, _unsaid(made, table))


def _unsaid(made: Draft, table: Table) -> Unsaid:
    """The rows, by column that is no key, for which the file has no cell."""
    said, count = set(made.mapping.columns.values()), len(made.kept)
    free = [name for name in table.names if name not in table.key_names]
    found = {name: np.ones(count, dtype=bool) for name in free if name not in said}
    partly = {name: made.unsaid[name][made.kept] for name in free if name in made.unsaid}
    return found | {name: mask for name, mask in partly.items() if mask.any()}
