"""What a file leaves open, for somebody to decide: its words, and how its cells are to be read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from data import currency as money
from data.importing import date_clues, dates, numbers, periods, recognize, words, years
from data.importing.evidence import Values
from data.importing.mapping import CURRENCY, Mapping, meaning
from data.importing.sheet import Sheet
from data.tables import Column

SIMILAR = 82
MOST = 20_000
FAR = date(2100, 1, 1)
SHOWN = 3

YEAR, DATE_ORDER, FISCAL_YEAR, DECIMAL_MARK, RATES = (
    years.YEAR.name,
    "date_order",
    "fiscal_year_start",
    "decimal_mark",
    "rates",
)
_ASKS = {
    DATE_ORDER: "Does the day or the month come first?",
    FISCAL_YEAR: "In which month does the fiscal year begin?",
    DECIMAL_MARK: "Which mark stands before the decimals, the point or the comma?",
    RATES: "The board counts in {own} (EXECUTION_GAP_CURRENCY can name another): what is one of "
    "each other currency in it? Amounts without a rate are left out.",
}


@dataclass(frozen=True)
class Word:
    """A word of a column: how often it stands there, what it may mean, and whether that is sure."""

    word: str
    count: int
    means: str | None
    is_sure: bool


@dataclass(frozen=True)
class Question:
    """What somebody must say before the cells under some headers can be read; some such cells."""

    about: str
    asks: str
    headers: tuple[str, ...]
    examples: tuple[str, ...]


def open_words(sheet: Sheet, mapping: Mapping) -> dict[str, list[Word]]:
    """Every word of every column that holds words we know, by target, the most frequent first.

    What the mapping says is sure, as is a known way to say something; what only sounds like it is
    a suggestion.
    """
    found: dict[str, Counter[str]] = {}
    known: dict[str, Column] = {}
    for header, target in mapping.columns.items():
        column, name = meaning(target, mapping.as_)
        if column.words or column.kind == "flag":
            known[name] = column
            found.setdefault(name, Counter()).update(_said(sheet, header, column))
    return {
        name: [_word(word, n, known[name], mapping.words(name)) for word, n in counts.most_common()]
        for name, counts in found.items()
    }


def _said(sheet: Sheet, header: str, column: Column) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, count in sheet.counts(header).items():
        parts = words.parts(text) if column.kind == "list" else [" ".join(text.split())]
        counts.update({part: count for part in parts if not words.nothing(part)})
    return counts


def _word(word: str, count: int, column: Column, own: dict[str, str | None]) -> Word:
    said = word.casefold()
    if said in own:
        return Word(word, count, own[said], True)
    if column.kind == "flag":
        means = "yes" if said in words.YES else "no" if said in words.NO else None
        return Word(word, count, means, means is not None)
    if means := words.meaning(word, column.words):
        return Word(word, count, means, True)
    return Word(word, count, _sounds_like(word, column.words), False)


def _sounds_like(word: str, values: tuple[str, ...]) -> str | None:
    """The value that some way to say it is nearly this word."""
    known = words.vocabulary(values)
    best = process.extractOne(
        words.plain(word), known.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR
    )
    return known[best[0]] if best else None


def questions(sheet: Sheet, mapping: Mapping) -> list[Question]:
    """What must be said before all mapped cells can be read; not what the mapping's choices and
    rates say already."""
    settings = dates.Settings(FAR, _order(sheet), mapping.choices.date_order)
    found: dict[str, dict[str, list[str]]] = {}
    if alone := _months_alone(sheet, mapping):
        found[YEAR] = alone
    for header, target in mapping.columns.items():
        column, _ = meaning(target, mapping.as_)
        texts = list(sheet.counts(header))[:MOST]
        for about in _open(texts, column, settings, sheet.reading.delimiter, mapping):
            found.setdefault(about, {})[header] = _examples(about, texts)
    if unrated := _unrated(sheet, mapping):
        found[RATES] = unrated
    own = money.configured().sign
    asks = _ASKS | {YEAR: _asks_year(mapping)}
    return [
        Question(
            about, asks[about].format(own=own), tuple(headers), tuple(_first(headers.values()))
        )
        for about, headers in found.items()
    ]


def _months_alone(sheet: Sheet, mapping: Mapping) -> dict[str, list[str]]:
    """The columns whose months nothing gives a year, with examples."""
    if mapping.header(YEAR) or YEAR in mapping.fixed:
        return {}
    return {
        header: [] if "@" in target else list(sheet.counts(header))[:SHOWN]
        for header, target in mapping.columns.items()
        if recognize.months_alone(target, Values(sheet.column(header)))
    }


def _asks_year(mapping: Mapping) -> str:
    if any(years.NEXT in target for target in mapping.columns.values()):
        return "Of which year is the first month? Those after the turn of the year are of the next."
    return "Of which year are the months that are named alone?"


def _unrated(sheet: Sheet, mapping: Mapping) -> dict[str, list[str]]:
    """The columns with amounts in currencies that no rate is given for, with examples."""
    found: dict[str, list[str]] = {}
    for header, target in mapping.columns.items():
        is_amount = meaning(target, mapping.as_)[0].kind == "amount"
        if not (is_amount or target == CURRENCY.name):
            continue
        texts = [header, *sheet.counts(header)][:MOST] if is_amount else list(sheet.counts(header))
        named = {text: numbers.currency_in(text) for text in texts}
        foreign = [
            text
            for text, currency in named.items()
            if currency and numbers.rate_of(currency, mapping.rates) is None
        ]
        if foreign:
            found[header] = foreign[:SHOWN]
    return found


def _order(sheet: Sheet) -> str | None:
    votes: Counter[str] = Counter()
    for header in sheet.headers:
        votes += date_clues.votes(list(sheet.counts(header))[:MOST])
    return date_clues.order_of(votes)


def _open(texts, column, settings, delimiter, mapping) -> Iterable[str]:
    choices = mapping.choices
    if column.kind in ("date", "month", "timestamp"):
        if date_clues.is_undecided(texts, settings):
            yield DATE_ORDER
        if choices.fiscal_year_start is None and any(map(periods.is_fiscal, texts)):
            yield FISCAL_YEAR
    is_number = column.kind in ("amount", "number") and choices.decimal_mark is None
    if is_number and numbers.is_undecided(texts, column.kind, delimiter):
        yield DECIMAL_MARK


def _examples(about: str, texts: Iterable[str]) -> list[str]:
    tells = {
        DATE_ORDER: date_clues.is_ordered,
        FISCAL_YEAR: periods.is_fiscal,
        DECIMAL_MARK: lambda text: "." in text or "," in text,
    }
    return [text for text in texts if tells[about](text)][:SHOWN]


def _first(examples: Iterable[list[str]]) -> list[str]:
    return [each for some in examples for each in some][:SHOWN]
