"""What a file's columns and words mean: written by an analyst or suggested, and always checked."""

import json
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from data.errors import MappingRefused
from data.importing import paths
from data.importing.choices import Choices
from data.importing.words import choices
from data.importing.years import YEAR
from data.tables import STAGES, TABLES, Column

INVENTORY = "inventory"
IMPORTABLE = (INVENTORY, *TABLES)

CURRENCY = Column("currency", "text", "the currency of the row's amounts")
_PARTS = ("as", "as_of", "columns", "values", "choices", "fixed", "rates")


@dataclass(frozen=True)
class Mapping:
    """Which header is which target, and which words stand for which values.

    A target is a plain column, or one of another table or for fixed values (see `paths`).
    `values` replaces whole cells of a target before they are read; None leaves the cell empty.
    `fixed` gives every row the same value of a target no column holds; `rates` says what one of a
    currency is in the reporting currency.
    """

    as_: str
    as_of: date | None = None
    columns: Dictionary[str, str] = field(default_factory=dict)
    values: Dictionary[str, Dictionary[str, str | None]] = field(default_factory=dict)
    choices: Choices = Choices()
    fixed: Dictionary[str, str] = field(default_factory=dict)
    rates: Dictionary[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """The shape of a mapping file."""
        more = {
            "choices": self.choices.to_dict(),
            "fixed": dict(self.fixed),
            "rates": dict(self.rates),
        }
        return {
            "as": self.as_,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "columns": dict(self.columns),
            "values": {target: dict(words) for target, words in self.values.items()},
        } | {name: given for name, given in more.items() if given}

    def header(self, target: str) -> str | None:
        """The header mapped to a target, if one is."""
        return next((header for header, name in self.columns.items() if name == target), None)

    def words(self, target: str) -> dict[str, str | None]:
        """The mapping's own words of a target, made alike for look-up."""
        return {alike(word): value for word, value in self.values.get(target, {}).items()}


def alike(text: str) -> str:
    """Text without the differences a mapping forgives: white space and letter case."""
    return " ".join(text.split()).casefold()


@cache
def targets(as_: str) -> Dictionary[str, Column]:
    """Everything a column of a file can mean when it is brought in as `as_`."""
    if as_ not in IMPORTABLE:
        raise MappingRefused(f'"{as_}" is no table: it must be {choices(IMPORTABLE)}.')
    if as_ not in paths.INVENTORIES:
        more = (CURRENCY, YEAR) if as_ in ("costs", "benefits") else ()
        return {column.name: column for column in (*TABLES[as_].columns, *more)}
    own = {column.name: column for column in TABLES["initiatives"].columns}
    own |= {name: _derivable(own[name]) for name in ("initiative_id", "unit")}
    more = (*_of_stages(), YEAR) if as_ == INVENTORY else (YEAR,)
    return own | {column.name: column for column in more}


def written_columns(as_: str) -> tuple[Column, ...]:
    """The columns a file to be filled in has: all that can be meant, each month with its year."""
    return tuple(column for column in targets(as_).values() if column is not YEAR)


def _derivable(column: Column) -> Column:
    says = {
        "initiative_id": "a short identifier that never changes; derived from unit and name if "
        "empty, the same for the same two",
        "unit": 'the business unit that answers for it; "No unit" if empty',
    }
    return replace(column, is_required=False, says=says[column.name])


def _of_stages() -> tuple[Column, ...]:
    """What an inventory says of an initiative's stages."""
    status = TABLES["deployment_status"]
    days = [
        Column(f"entered_on:{stage}", "date", f"the day it entered {stage}") for stage in STAGES
    ]
    stage = replace(status.column("stage"), is_required=False, says="the stage it is in")
    rest = [status.column(name) for name in ("entered_on", "observed_on", "note")]
    return (stage, *days, *rest)


def meaning(target: str, as_: str) -> tuple[Column, str]:
    """The column a target means, and the name under which `values` has its words."""
    if not paths.is_path(target):
        return targets(as_)[target], target
    path = paths.parse(target, as_)
    own = path.table == as_
    return path.column, path.column.name if own else f"{path.table}.{path.column.name}"


def from_json(source: str | bytes | dict, as_: str | None = None) -> Mapping:
    """The mapping written in a mapping file; raises MappingRefused naming what is wrong in it."""
    given = _parsed(source)
    unknown = set(given) - set(_PARTS)
    if unknown:
        raise MappingRefused(f'A mapping has no "{min(unknown)}": it may hold {", ".join(_PARTS)}.')
    columns, values = given.get("columns", {}), given.get("values", {})
    _check_shape(columns, values)
    table = given.get("as", as_)
    if table not in IMPORTABLE:
        raise MappingRefused(f'"as" is {json.dumps(table)}: it must be {choices(IMPORTABLE)}.')
    chosen = Choices.from_dict(given.get("choices", {}))
    fixed, rates = given.get("fixed", {}), given.get("rates", {})
    _check_fixed(fixed, rates)
    return Mapping(table, _day(given.get("as_of")), columns, values, chosen, fixed, rates)


def _check_fixed(fixed: object, rates: object) -> None:
    if not isinstance(fixed, dict) or not all(isinstance(each, str) for each in fixed.values()):
        raise MappingRefused('"fixed" must map targets to the text every row has.')
    numbers = isinstance(rates, dict) and all(
        isinstance(rate, int | float) and not isinstance(rate, bool) and 0 < rate < 1e6
        for rate in rates.values()
    )
    if not numbers:
        raise MappingRefused('"rates" must map currencies to numbers, as {"USD": 0.92}.')


def _parsed(source: str | bytes | dict) -> dict:
    if isinstance(source, dict):
        return source
    try:
        given = json.loads(source)
    except ValueError as error:
        raise MappingRefused(f"The mapping is not valid JSON: {error}.") from error
    if not isinstance(given, dict):
        raise MappingRefused('The mapping must be a JSON object with "as" and "columns".')
    return given


def _check_shape(columns: object, values: object) -> None:
    if not isinstance(columns, dict) or not all(isinstance(each, str) for each in columns.values()):
        raise MappingRefused('"columns" must map headers to targets, both text.')
    if not isinstance(values, dict) or not all(isinstance(each, dict) for each in values.values()):
        raise MappingRefused('"values" must map each target to its words and their values.')
    for target, words in values.items():
        for word, value in words.items():
            if not isinstance(value, str | None):
                raise MappingRefused(f'The value of "{word}" for {target} must be text or null.')


def _day(text: object) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise MappingRefused(f'"as_of" is {json.dumps(text)}: write it as 2024-12-31.') from error


def checked(mapping: Mapping, as_: str, headers: Iterable[str]) -> Mapping:
    """The mapping with the file's own headers; raises MappingRefused if it does not fit them."""
    if mapping.as_ != as_:
        raise MappingRefused(
            f"The mapping is for {mapping.as_} and the file is brought in as {as_}: "
            "use one of the two for both."
        )
    columns = _checked_columns(mapping, {alike(header): header for header in headers})
    _check_targets(as_, columns)
    for target in mapping.fixed:
        if target not in targets(as_) or target in columns.values():
            raise MappingRefused(
                f'"fixed" names "{target}": choose what no column holds of {choices(targets(as_))}.'
            )
    for target, words in mapping.values.items():
        _check_values(as_, target, words)
    return replace(mapping, columns=columns)


def _checked_columns(mapping: Mapping, known: Dictionary[str, str]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for header, target in mapping.columns.items():
        if alike(header) not in known:
            raise MappingRefused(
                f'The file has no column "{header}": it has {_some(known.values())}.'
            )
        if known[alike(header)] in columns:
            raise MappingRefused(f'The mapping names the column "{header}" twice: keep one.')
        columns[known[alike(header)]] = target.strip()
    return columns


def _check_targets(as_: str, columns: Dictionary[str, str]) -> None:
    seen: dict[str, str] = {}
    for header, target in columns.items():
        if paths.is_path(target):
            paths.parse(target, as_)
        elif target not in targets(as_):
            raise MappingRefused(
                f'"{target}", wanted for "{header}", is nothing {as_} knows: '
                f"choose {choices(targets(as_))}."
            )
        if target in seen:
            raise MappingRefused(
                f'Both "{seen[target]}" and "{header}" are mapped to {target}: keep one.'
            )
        seen[target] = header


def _check_values(as_: str, target: str, words: Dictionary) -> None:
    if target not in targets(as_) and not paths.is_path(target):
        raise MappingRefused(f'"values" names "{target}": choose {choices(targets(as_))}.')
    column, _ = meaning(target, as_)
    for word, value in words.items():
        if column.words and value and value not in column.words:
            raise MappingRefused(
                f'"{value}", wanted for "{word}", is no {column.label}: '
                f"choose {choices(column.words)}."
            )


def _some(names: Iterable[str], most: int = 20) -> str:
    """The names in quotation marks, the first of them if there are many."""
    quoted = [f'"{name}"' for name in names]
    more = f" and {len(quoted) - most} more" if len(quoted) > most else ""
    return ", ".join(quoted[:most]) + more
