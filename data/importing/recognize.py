"""What the columns of a file probably mean: their headers suggest it, their values decide."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz

from data.importing import blocks, characters, date_clues, paths, words, years
from data.importing.evidence import Suggestion, Values
from data.importing.headers import PLAN_WORDS, SYNONYMS
from data.importing.mapping import IMPORTABLE, INVENTORY, Mapping, targets
from data.importing.read import Sheet
from data.importing.years import YEAR
from data.tables import TABLES, Column

LIKELY = 0.65
SIMILAR = 88
MOSTLY = 0.8
FEW_ROWS = 20

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_REMARK = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LIKE_DAY = r"(^|\s)\d{1,2}[/.-]\d{1,2}[/.-]\d{2}"
_BETWEEN_DAYS = b"/.-"
_HAPPENED = ("entered_on", "actual", "realised")


@dataclass(frozen=True)
class TableGuess:
    """What a file may be brought in as, how sure that is (0 to 1), and why."""

    as_: str
    confidence: float
    why: str


def table(sheet: Sheet) -> list[TableGuess]:
    """What the file may be, likeliest first: by the columns each table needs and those it knows."""
    values = _values(sheet)
    guesses = [_guess(sheet, as_, values) for as_ in IMPORTABLE]
    return sorted(guesses, key=lambda guess: -guess.confidence)


def _guess(sheet: Sheet, as_: str, values: dict[str, Values]) -> TableGuess:
    _, suggestions = _suggested(sheet, values, as_, None, "")
    used = {each.target: each.confidence for each in suggestions if each.target}
    names = {name: confidence for target, confidence in used.items() for name in _held(target, as_)}
    needed = {name for name, column in targets(as_).items() if column.is_required}
    needed |= {"stage"} if as_ == INVENTORY else set()
    needed |= {"initiative_id", "unit"} if as_ == "initiatives" else set()
    missing = sorted(needed - set(names))
    covered = sum(names.get(name, 0.0) for name in needed) / len(needed)
    confidence = round(0.6 * covered + 0.4 * sum(used.values()) / len(sheet.headers), 2)
    if missing:
        lacks = ", ".join(missing).replace("_", " ")
        return TableGuess(as_, round(confidence * 0.6, 2), f"No column seems to hold {lacks}.")
    return TableGuess(
        as_, confidence, f"{len(used)} of its {len(sheet.headers)} columns are those of {as_}."
    )


def _held(target: str, as_: str) -> set[str]:
    """The columns of the table that a target fills; stage dates tell the stage."""
    if target.startswith("entered_on:"):
        return {"stage"}
    if not paths.is_path(target):
        return {target}
    path = paths.parse(target, as_)
    return {path.column.name, *path.fixed} if path.table == as_ else set()


def suggest(
    sheet: Sheet, as_: str, as_of: date | None = None, filename: str = "", year: str = ""
) -> tuple[Mapping, list[Suggestion]]:
    """The likeliest mapping of a file's columns, and the reason for each column.

    `year` is what somebody says of months that are named alone, if the file does not.
    """
    return _suggested(sheet, _values(sheet), as_, as_of, filename, year)


def _values(sheet: Sheet) -> dict[str, Values]:
    """What each column shows, looked at once for all tables a file may be."""
    return {header: Values(sheet.as_kept(header)) for header in sheet.headers}


def _suggested(
    sheet: Sheet,
    values: dict[str, Values],
    as_: str,
    as_of: date | None,
    filename: str,
    said: str = "",
) -> tuple[Mapping, list[Suggestion]]:
    year = blocks.year_of(sheet.headers, sheet.reading, filename)
    year = year if year[0] else (said, "the answer below")
    chosen = blocks.suggest(values, as_, as_of, year)
    scores = [
        (*score(header, values[header], target, as_), header, target.name)
        for header in sheet.headers
        for target in targets(as_).values()
        if header not in chosen
    ]
    taken = {name for each in chosen.values() if each.target for name in _held(each.target, as_)}
    for likelihood, why, header, target in sorted(scores, key=lambda each: -each[0]):
        if likelihood >= LIKELY and header not in chosen and target not in taken:
            chosen[header] = Suggestion(header, target, round(likelihood, 2), why)
            taken.add(target)
    chosen |= blocks.metrics(values, as_, chosen)
    if as_ == "costs" and "category" not in taken:
        chosen = blocks.of_no_category(chosen)
    chosen, fixed = _with_year(chosen, values, year[0])
    suggestions = [
        chosen.get(header) or _unknown(header, scores, chosen) for header in sheet.headers
    ]
    columns = {each.header: each.target for each in suggestions if each.target}
    return Mapping(as_, as_of, columns, fixed=fixed), suggestions


def _with_year(
    chosen: dict[str, Suggestion], values: dict[str, Values], year: str
) -> tuple[dict[str, Suggestion], dict[str, str]]:
    """The suggestions with a column of years only where months need it, else the year said."""
    is_needed = any(
        months_alone(each.target, values[header]) for header, each in chosen.items() if each.target
    )
    if not is_needed:
        return {name: each for name, each in chosen.items() if each.target != YEAR.name}, {}
    has_column = any(each.target == YEAR.name for each in chosen.values())
    return chosen, {YEAR.name: year} if year and not has_column else {}


def months_alone(target: str, values: Values) -> bool:
    """Whether a column is of months, or its cells are, that are named without a year."""
    if "@" in target:
        return re.search(r"@(?:.*,)?month=\d\d(?:\+1)?(?:,|$)", target) is not None
    return target == "month" and values.share(years.month_alone) >= MOSTLY


def _unknown(header: str, scores: list, chosen: dict[str, Suggestion]) -> Suggestion:
    """Why a column is not used: another fits better, its values deny it, or it is unknown."""
    own = [(likelihood, why, target) for likelihood, why, of, target in scores if of == header]
    likelihood, why, target = max(own, key=lambda each: (each[0], bool(each[1])))
    better = [each.header for each in chosen.values() if each.target == target]
    if likelihood >= LIKELY and better:
        why = f'"{better[0]}" fits {target} better.'
    return Suggestion(header, None, 0.0, why or "Nothing we know is called so.")


def score(header: str, values: Values, target: Column, as_: str) -> tuple[float, str]:
    """How likely the column is the target (0 to 1), and why."""
    called = words.plain(_CAMEL.sub(" ", header))
    if called == words.plain(target.name) and _can_be(values, target):
        return 1.0, "The header is the column's own name."
    named, synonym = _named(header, target.name, as_)
    if _is_all_stages(values, target) and named < LIKELY:
        return LIKELY + 0.01, "Its values are stages."
    if named < LIKELY or (target.name.startswith(_HAPPENED) and PLAN_WORDS & set(called.split())):
        return 0.0, ""
    denial = _denial(values, target, as_)
    if denial:
        return 0.0, f'The header is like "{synonym}", but {denial}.'
    confirmed = 1.0 if values.count else 0.5
    why = "its values fit" if values.count else "it has no values"
    return 0.9 * named + 0.1 * confirmed, f'The header is like "{synonym}" and {why}.'


def _can_be(values: Values, target: Column) -> bool:
    """Whether at least something in a column of days or numbers is a day or a number."""
    if not values.count or target.kind in ("text", "list", "flag"):
        return True
    is_number = target.kind in ("amount", "number")
    return (values.numbers if is_number else values.dates) > 0


def _named(header: str, target: str, as_: str) -> tuple[float, str]:
    """How well a header fits the likeliest of a target's names; later names weigh a little less."""
    names = SYNONYMS.get(target, (words.plain(target),))
    if target == "initiative_id" and as_ not in paths.INVENTORIES:
        names += SYNONYMS["name"]
    fits = [
        (_similarity(called, synonym) - 0.002 * place - malus, synonym)
        for called, malus in _readings(header)
        for place, synonym in enumerate(names)
    ]
    return max(fits)


@cache
def _readings(header: str) -> tuple[tuple[str, float], ...]:
    """The header in plain words, whole and without remarks in brackets, which weighs less."""
    whole = words.plain(_CAMEL.sub(" ", header))
    bare = words.plain(_CAMEL.sub(" ", _REMARK.sub(" ", header)))
    return ((whole, 0.0),) if bare in ("", whole) else ((whole, 0.0), (bare, 0.02))


def _similarity(called: str, synonym: str) -> float:
    """1 for the same words; less for other order or spelling, or for a part of a longer header."""
    if called == synonym:
        return 1.0
    if (ratio := fuzz.token_sort_ratio(called, synonym, score_cutoff=SIMILAR)) and len(synonym) > 4:
        return ratio / 100 - 0.03
    if f" {synonym} " in f" {called} ":
        is_phrase = " " in synonym
        return (0.62 if is_phrase else 0.52) + 0.35 * len(synonym) / len(called)
    return 0.0


def _is_all_stages(values: Values, target: Column) -> bool:
    """Whether a column can be nothing but stages, whatever its header says."""
    if target.name != "stage":
        return False
    meant = set()
    for text in values.given:
        if not (stage := words.meaning(text, target.words)):
            return False
        meant.add(stage)
    return len(meant) > 2


def _denial(values: Values, target: Column, as_: str) -> str:
    """What the values say against the target; empty if nothing."""
    if not values.count:
        return ""
    if target is YEAR:
        return "" if values.share(years.is_year) >= MOSTLY else "its values are no years"
    if target.kind == "month" and values.share(years.month_alone) >= MOSTLY:
        return ""
    if target.kind in ("date", "month", "timestamp"):
        return "" if values.dates >= 0.5 else "most of its values are no dates"
    if target.kind in ("amount", "number"):
        return "" if values.numbers >= MOSTLY else "its values are no numbers"
    if target.kind == "flag":
        said = values.share(lambda text: text.casefold() in words.YES | words.NO)
        return "" if said >= MOSTLY else "its values are not yes or no"
    if target.words and target.kind == "text":
        known = values.share(lambda text: words.meaning(text, target.words))
        return "" if known >= 0.5 else f"most of its values are no {target.label}"
    return _denial_of_text(values, target, as_)


def _denial_of_text(values: Values, target: Column, as_: str) -> str:
    is_table_of_names = as_ in ("inventory", "initiatives")
    if _is_own_id(target, as_):
        return _denial_of_identifier(values)
    if as_ not in paths.INVENTORIES and (target.name,) == TABLES[as_].key:
        return _denial_of_key(values)
    if target.name in ("version", "sample", "respondent", "initiative_id", "meeting_id"):
        return ""
    if values.dates >= 0.5 or values.numbers >= 0.5:
        return "its values are dates or numbers"
    if is_table_of_names and target.name == "name" and len(values.given) < values.count / 2:
        return "its values repeat too often to be names"
    if target.name == "unit" and values.count > FEW_ROWS and len(values.given) > values.count / 2:
        return "nearly every value differs, as no unit's would"
    return ""


def _is_own_id(target: Column, as_: str) -> bool:
    return as_ in paths.INVENTORIES and target.name == "initiative_id"


def _denial_of_identifier(values: Values) -> str:
    """Empty cells are no denial where most are filled: they get an identifier."""
    is_sparse = values.count < values.sample.total() / 2
    return "most of its cells are empty" if is_sparse else _denial_of_repeats(values.given)


def _denial_of_key(values: Values) -> str:
    if values.has_empty and len(values.given) == values.count:
        return "some of its cells are empty"
    return _denial_of_repeats(values.given)


def _denial_of_repeats(given: Counter[str]) -> str:
    if len(given) < given.total():
        return "its values repeat"
    longest = max(map(len, given))
    return "its values are too long for identifiers" if longest > 60 else ""


def date_order(sheet: Sheet, headers: Iterable[str] | None = None) -> str | None:
    """The order of day and month which the file's dates prove together."""
    wanted = sheet.headers if headers is None else headers
    found = sum((date_clues.votes(_like_days(sheet, each)) for each in wanted), Counter())
    return date_clues.order_of(found)


def _like_days(sheet: Sheet, header: str) -> list[str]:
    """The different cells of a column that could be days such as 3/4/2025."""
    kept = sheet.as_kept(header)
    is_once = pa.types.is_dictionary(kept.type)
    if not characters.are_near(kept.dictionary if is_once else kept, _BETWEEN_DAYS, 3):
        return []
    texts = sheet.column(header).dictionary
    return texts.filter(pc.match_substring_regex(texts, _LIKE_DAY)).to_pylist()
