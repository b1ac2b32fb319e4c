"""Whole columns of text to values of a kind; what is not understood stays empty and is said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.formulas import undefused
from data.importing import dates, numbers, plain, words
from data.importing.choices import Choices
from data.importing.mapping import alike
from data.importing.problems import ERROR, MOST, Found, Problem, and_more, not_understood
from data.importing.sheet import encoded
from data.tables import KINDS, Column

_LONG_TEXT = frozenset({"description", "note", "rationale", "evidence", "question"})
_DEADLINES = frozenset({"planned_live_on", "due_on"})


@dataclass(frozen=True)
class Context:
    """What is known of the whole file when one of its columns is read."""

    as_of: date
    order: str | None = None
    delimiter: str = ","
    choices: Choices = Choices()
    rates: Mapping[str, float] = field(default_factory=dict)
    is_workbook: bool = False
    is_1904: bool = False

    @property
    def epoch(self) -> date | None:
        """Day zero of numbers that are days; None where nobody says that there are any."""
        if self.choices.days_from or self.is_workbook:
            is_1904 = self.choices.days_from == 1904 if self.choices.days_from else self.is_1904
            return dates.EPOCH_1904 if is_1904 else dates.EPOCH
        return None


@dataclass(frozen=True)
class Cells:
    """A converted column: one value per row, and what is to be said about some of them.

    Values have the target's Arrow type; text is dictionary-encoded, each value once. `places` are
    the rows of the problems, counted from 0; `more` is said of all the rows there are beyond those.
    """

    values: pa.Array
    problems: list[Problem]
    places: list[int]
    more: list[Problem]


def column(
    texts: pa.Array,
    numbers_: np.ndarray,
    header: str,
    target: Column,
    own_words: Mapping[str, str | None],
    context: Context,
) -> Cells:
    """The column as the target's kind; `numbers_` are the records' numbers, for the problems.

    Each distinct text is read once, then the rows take their values from there, unless all cells
    are plain and mostly differ.
    """
    if not pa.types.is_dictionary(texts.type):
        easy = None if own_words else _plain(texts, target, context)
        if easy is not None and easy.is_plain.all():
            return Cells(easy.values, [], [], [])
        texts = encoded(texts)
    easy = None if own_words else _plain(texts.dictionary, target, context)
    hard = np.arange(len(texts.dictionary)) if easy is None else np.flatnonzero(~easy.is_plain)
    distinct = texts.dictionary.take(hard).to_pylist()
    meant = [own_words.get(alike(text), text) or "" for text in distinct] if own_words else distinct
    read = reader(target, meant if easy is None else easy.evidence, context)
    found = [read(each) for each in meant]
    values = pa.array([each.value for each in found], KINDS[target.kind])
    doubts = {int(at): each for at, each in zip(hard, found, strict=True) if each.severity}
    doubted = np.flatnonzero(np.isin(texts.indices, list(doubts))) if doubts else np.array([])
    rows = doubted[:MOST].tolist()
    problems = [_doubt(texts, row, int(numbers_[row]), header, doubts) for row in rows]
    more = and_more(len(doubted), header, problems[0].severity, problems[0].mend) if rows else []
    if easy is not None:
        values = _together(easy, values, hard)
    return Cells(_taken(values, texts.indices), problems, rows, more)


def _plain(distinct: pa.Array, target: Column, context: Context) -> plain.Plain | None:
    def has_point(evidence: list[str]) -> bool:
        mark = context.choices.decimal_mark
        return numbers.clues(evidence, target.kind, context.delimiter, mark).mark == "."

    return plain.read(distinct, target.kind, context.as_of, has_point)


def _together(easy: plain.Plain, values: pa.Array, hard: np.ndarray) -> pa.Array:
    """What plain texts mean and, at the places of the others, what they mean."""
    at = np.full(len(easy.is_plain), -1)
    at[hard] = np.arange(len(hard))
    others = values.take(pa.array(at, mask=at < 0))
    return pc.if_else(pa.array(easy.is_plain), easy.values, others)


def _doubt(
    texts: pa.DictionaryArray, row: int, number: int, header: str, doubts: Mapping[int, Found]
) -> Problem:
    found = doubts[texts.indices[row].as_py()]
    return Problem(number, header, texts[row].as_py(), found.severity, found.says, found.mend)


def _taken(values: pa.Array, indices: pa.Array) -> pa.Array:
    """The values of all rows; of text only which row has which."""
    if not pa.types.is_string(values.type):
        return values.take(indices)
    once = values.dictionary_encode()
    return pa.DictionaryArray.from_arrays(once.indices.take(indices), once.dictionary)


def reader(target: Column, texts: Iterable[str], context: Context) -> Callable[[str], Found]:
    """What reads one cell of a column that holds `texts` and means `target`."""
    if target.kind in ("date", "month", "timestamp"):
        kind = "deadline" if target.name in _DEADLINES else target.kind
        chosen = context.choices
        known = dates.Settings(
            context.as_of,
            context.order,
            chosen.date_order,
            chosen.fiscal_year_start,
            context.epoch,
        )
        return dates.reader(texts, known, kind)
    if target.kind in ("amount", "number"):
        mark = context.choices.decimal_mark
        return numbers.reader(texts, target.kind, context.delimiter, mark, context.rates)
    if target.kind == "flag":
        return flag
    if target.kind == "list":
        return lambda text: items(text, target)
    if target.words:
        return lambda text: word(text, target)
    return lambda text: written(text, target)


def written(text: str, target: Column) -> Found:
    """Text as it stands, without needless white space; line breaks stay in long texts.

    NA stays: it can be a name or a region. Every other word for nothing is nothing.
    """
    lines = [" ".join(line.split()) for line in undefused(text.strip()).splitlines()]
    tidy = ("\n" if target.name in _LONG_TEXT else " ").join(lines)
    is_nothing = words.nothing(tidy) and tidy.casefold() != "na"
    return Found(None if is_nothing else tidy)


def word(text: str, target: Column) -> Found:
    """One of the target's words, said in any known way."""
    if words.nothing(text):
        return Found()
    value = words.meaning(text, target.words)
    if value:
        return Found(value)
    return not_understood(
        f"It is not clear which {target.label} this is; known are {words.choices(target.words)}.",
        f'Map the word in the mapping\'s "values" of {target.name}.',
    )


def flag(text: str) -> Found:
    """Yes or no."""
    said = text.strip().casefold()
    if said in words.YES or said in words.NO:
        return Found(said in words.YES)
    if words.nothing(text):
        return Found()
    return not_understood(
        "This is neither yes nor no, so the cell was left empty.", "Write yes or no."
    )


def items(text: str, target: Column) -> Found:
    """The items of a list in one cell, each once; unknown ones are left out and said."""
    given = words.parts(undefused(text.strip()))
    if not target.words:
        return Found(given or None)
    meant = {part: words.meaning(part, target.words) for part in given}
    values = list(dict.fromkeys(value for value in meant.values() if value)) or None
    unknown = [part for part, value in meant.items() if value is None]
    if not unknown:
        return Found(values)
    doubt = not_understood(
        f'"{unknown[0]}" is none of the known {target.label}, which are '
        f"{words.choices(target.words)}; it was left out.",
        "Write the list with these words.",
    )
    return Found(values, doubt.severity, doubt.says, doubt.mend)


def refusal(number: int, header: str, text: str, target: Column, said: Problem | None) -> Problem:
    """Why a record without a value its table cannot do without was refused."""
    if said:
        return Problem(number, header, text, ERROR, f"{said.says} The row was refused.", said.mend)
    return Problem(
        number,
        header,
        text,
        ERROR,
        f"The {target.label} is missing, and no row can be stored without it.",
        f"Fill in the {target.label}.",
    )
