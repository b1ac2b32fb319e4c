"""Numbers out of text: the decimal mark is decided for a whole column, by evidence."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from data import currency as money
from data.importing.problems import INFO, Found, not_understood
from data.importing.words import nothing

LARGEST = Decimal(10) ** 16
_SCALES = {"k": 3, "t": 3, "tsd": 3, "thousand": 3, "thousands": 3, "lakh": 5, "lakhs": 5}
_SCALES |= {"m": 6, "mn": 6, "mm": 6, "mio": 6, "million": 6, "millions": 6}
_SCALES |= {"crore": 7, "crores": 7, "cr": 7, "b": 9, "bn": 9, "mrd": 9, "billion": 9}
_CODES = (
    "usd|eur|gbp|chf|jpy|cny|cad|aud|nzd|inr|sek|nok|dkk|pln|czk|huf|sgd|hkd|zar|brl|mxn|krw|aed|"
    "sar|ils|thb|idr|myr|vnd|twd|ron|bgn|isk|rub|uah|clp|egp|ngn|kes"
)
_CURRENCY = rf"us\$|[$€£¥₹]|{_CODES}"
_SCALE = rf"(?:{'|'.join(sorted(_SCALES, key=len, reverse=True))})(?![a-z])\.?"
_NUMBER = re.compile(
    rf"(?P<about>~|≈|ca\.?|c\.|approx\.?|about|circa)?\s*(?P<open>\()?\s*(?P<before>[-+−–])?\s*"
    rf"(?:(?P<scaled>[kt]|mio\.?|mrd\.?)\s?(?=eur|usd|gbp|chf|[€$£]))?(?P<currency>{_CURRENCY})?\s*"
    r"(?P<after>[-+−–])?\s*(?P<digits>\d(?:[\d.,'’\s]*\d)?|[.,]\d+)(?P<power>e[-+]?\d{1,3})?"
    rf"(?:[.,][-–—])?\s*(?P<scale>{_SCALE}|[kt](?=€|eur|usd|gbp|chf))?"
    rf"\s*(?P<behind>{_CURRENCY})?\s*(?P<trailing>[-−])?\s*(?P<percent>%|percent|pct)?"
    r"\s*(?P<unit>[^\W\d_][^\W\d_/]{0,19}(?:[ /][^\W\d_]{1,12})?\.?)?\s*(?P<close>\))?",
    re.I,
)
_WORDS = (
    "fte ftes people persons head heads engineers days day hours hour hrs h weeks months years ms "
    "s sec secs seconds min mins minutes gb tb mb points pts pct units pieces pcs"
)
_UNITS = frozenset(_WORDS.split(" "))
_HEADER_SCALE = re.compile(
    r"(?<![a-z0-9])(?:(?P<k>[kt]\s?(?:eur|usd|gbp|chf|[€$£])|(?:us\$|eur|usd|gbp|chf|[€$£])\s?k|(?:in\s+)?thousands?|"
    r"tsd\.?|[’']?000s|[’']000|\(000\))|(?:m\s?(?:eur|usd|gbp|chf|[€$£])|(?:us\$|eur|usd|gbp|chf|[€$£])\s?mn?|(?:in\s+)?"
    r"millions?|mio\.?))(?![a-z0-9])",
    re.I,
)
_IN_HEADER = re.compile(rf"(?<![a-z])[ktm]?((?:{_CODES}|us\$)(?![a-z])|[$€£¥₹])", re.I)
_GROUPS = re.compile(r"\d{1,3}(?:[,.'’\s]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+")
_RANGE = re.compile(r"\S*\d\S*\s*(?:-|–|—|to|bis)\s*\S*\d\S*", re.I)
_NOT_DIGIT = re.compile(r"\D")
_ALIKE = {"us$": "$", "usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "inr": "₹"}

# Texts that are the same number in every column whose decimal mark is a point (RE2 knows this).
PLAIN = {"amount": r"-?\d{1,15}(\.\d{1,15})?", "number": r"-?\d{1,15}(\.\d{1,20})?"}

_UNREADABLE = not_understood(
    "This is not a number, so the cell was left empty.", "Write the number alone, as 1234.56."
)
_NO_MARK = not_understood(
    "Nothing in the column shows whether the mark stands before decimals or between thousands, "
    "so the cell was left empty.",
    "Write the column's numbers as 1234.56.",
)
_IS_RANGE = not_understood(
    "These are two numbers, not one, so the cell was left empty.",
    "Write one number, or the two in columns of their own.",
)
_NOT_A_NUMBER = not_understood(
    "The cell holds NaN or infinity, which a failed computation leaves behind, so it was left "
    "empty.",
    "Clear the cell, or write the number.",
)
_IS_ERROR = not_understood(
    "A formula failed here, so the cell was left empty.", "Mend the formula in the spreadsheet."
)
_TOO_LARGE = not_understood(
    "The number is too large to be stored, so the cell was left empty.", "Check the number."
)


@dataclass(frozen=True)
class Clues:
    """What the whole column shows about its numbers, or the analyst says of them.

    `mark` is the decimal mark, None when nothing proves it; `usual` the currency and `unit` the
    word behind the number of most cells; `rates` what one of a currency is in the reporting one.
    """

    mark: str | None
    usual: str = ""
    unit: str = ""
    rates: Mapping[str, Decimal] = field(default_factory=dict)


def looks(text: str) -> bool:
    """Whether the text has the shape of a number; with a word behind it, of a unit we know."""
    match = _match(text)
    return bool(match) and (not match["unit"] or _unit(match) in _UNITS)


def currency_in(text: str) -> str:
    """The currency a number's text or a header such as "Cost (USD)" names; empty if none."""
    if match := _match(text):
        return _currency(match)
    words = set(map(_alike, _IN_HEADER.findall(text)))
    return words.pop() if len(words) == 1 else ""


def names_money(header: str) -> bool:
    """Whether a header names a currency or a scale."""
    return bool(currency_in(header) or scale_in(header))


def is_money(unit: str) -> bool:
    """Whether a text is a currency or a scale and nothing else.

    >>> [is_money(unit) for unit in ("kEUR", "US$", "€ million", "Plan (EUR)", "5 EUR", "")]
    [True, True, True, False, False, False]
    """
    return names_money(unit) and not without_money(unit).strip()


def own_rates(rates: Mapping[str, float]) -> dict[str, float]:
    """The rates with that of the board's own currency, which is 1 unless they say otherwise."""
    return {money.configured().sign: 1.0, **rates}


def rate_of(currency: str, rates: Mapping[str, float]) -> float | None:
    """What one of a currency is by these rates, however it is written; the board's own is 1."""
    return {_alike(code): rate for code, rate in own_rates(rates).items()}.get(_alike(currency))


def scale_in(header: str) -> str:
    """What a header such as "Budget (kEUR)" or "Cost, in thousands" multiplies by: k, m or ""."""
    found = _HEADER_SCALE.search(header)
    return ("k" if found["k"] else "m") if found else ""


def without_money(header: str) -> str:
    """A header without its currency and its scale."""
    bare = _HEADER_SCALE.sub(" ", header)
    return re.sub(r"[()\[\]]", " ", _IN_HEADER.sub(" ", bare))


def is_scaled(text: str) -> bool:
    """Whether a number's own text says thousands or millions."""
    match = _match(text)
    return bool(match) and bool(match["scale"] or match["scaled"])


def clues(
    texts: Iterable[str],
    kind: str,
    delimiter: str = ",",
    answer: str | None = None,
    rates: Mapping[str, float] | None = None,
) -> Clues:
    """What the column whose cells are `texts` shows; `answer` is the decimal mark an analyst gives
    for columns that prove none."""
    matches = [match for text in texts if (match := _match(text))]
    mark = _mark([match["digits"] for match in matches], kind, delimiter) or answer
    known = {_alike(code): Decimal(str(rate)) for code, rate in (rates or {}).items()}
    return Clues(mark, _most(map(_currency, matches)), _most(map(_unit, matches)), known)


def reader(
    texts: Iterable[str],
    kind: str,
    delimiter: str = ",",
    answer: str | None = None,
    rates: Mapping[str, float] | None = None,
) -> Callable[[str], Found]:
    """Reads one cell of the column whose cells are `texts`; kind is amount or number."""
    shown = clues(texts, kind, delimiter, answer, rates)
    return lambda text: _read(text.strip(), kind, shown)


def is_undecided(texts: Iterable[str], kind: str, delimiter: str = ",") -> bool:
    """Whether somebody must say which mark stands before the decimals of this column."""
    texts = list(texts)
    return clues(texts, kind, delimiter).mark is None and any(looks(text) for text in texts)


def _most(words: Iterable[str]) -> str:
    usual = Counter(filter(None, words)).most_common(1)
    return usual[0][0] if usual else ""


def _match(text: str) -> re.Match | None:
    match = _NUMBER.fullmatch(text.strip())
    return match if match and bool(match["open"]) == bool(match["close"]) else None


def _currency(match: re.Match) -> str:
    return _alike(match["currency"] or match["behind"] or "")


def _alike(currency: str) -> str:
    written = currency.strip().casefold()
    return _ALIKE.get(written, written)


def _unit(match: re.Match) -> str:
    return _low(match["unit"]).rstrip(".")


def _mark(digits: list[str], kind: str, delimiter: str) -> str | None:
    """The decimal mark the column proves; None if its cells can be read either way."""
    proofs = {mark for each in digits if (mark := _proof(each))}
    if len(proofs) == 1:
        return proofs.pop()
    unclear = {mark for each in digits for mark in ",." if mark in each and not _proof(each)}
    if proofs or len(unclear) == 2 or (unclear and delimiter == ";"):
        return None
    return None if unclear == {"."} and kind == "amount" else "."


def _proof(digits: str) -> str | None:
    """The decimal mark this number can only have, if there is only one."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return max(",.", key=digits.rfind)
    if points + commas == 0:
        return None
    mark, other = (".", ",") if points else (",", ".")
    if points + commas > 1:
        return other
    whole, decimals = digits.split(mark)
    is_group = len(decimals) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return None if is_group else mark


def _read(text: str, kind: str, shown: Clues) -> Found:
    if doubt := _no_number(text):
        return doubt
    if nothing(text):
        return Found()
    match = _match(text)
    if not match or (match["percent"] and kind == "amount"):
        return _IS_RANGE if _RANGE.fullmatch(text) else _UNREADABLE
    if doubt := _foreign(match, kind, shown):
        return doubt
    own = shown.mark or _proof(match["digits"])
    if own is None and ("." in match["digits"] or "," in match["digits"]):
        return _NO_MARK
    digits = _plain(match["digits"], own or ".")
    return _value(digits, match, kind, shown) if digits else _UNREADABLE


def _no_number(text: str) -> Found | None:
    """What a computation that failed leaves in a cell."""
    said = text.casefold().lstrip("+-")
    if said in ("nan", "inf", "infinity", "∞"):
        return _NOT_A_NUMBER
    return _IS_ERROR if said.startswith("#") and said != "#n/a" else None


def _foreign(match: re.Match, kind: str, shown: Clues) -> Found | None:
    """Why the number cannot stand beside the others of its column."""
    currency, unit = _currency(match), _unit(match)
    if currency and shown.rates and kind == "amount":
        return None if currency in shown.rates else _no_rate(currency)
    if currency and currency != shown.usual:
        return _other_currency(currency, shown.usual)
    if unit and kind == "amount":
        return not_understood(
            f'"{match["unit"]}" is no currency, so the cell was left empty.',
            "Write the amount alone, as 1234.56.",
        )
    if unit and unit != shown.unit:
        return not_understood(
            f'The number is in "{match["unit"]}" and most of its column in "{shown.unit}", so the '
            "cell was left empty.",
            "Write all numbers of the column in one unit, without the word.",
        )
    return None


def _plain(digits: str, mark: str) -> str | None:
    """The digits as Python writes them, or None if the thousands are not in threes."""
    whole, _, decimals = digits.partition(mark)
    if not (_GROUPS.fullmatch(whole) or not whole) or (decimals and not decimals.isdigit()):
        return None
    return f"{_NOT_DIGIT.sub('', whole) or '0'}.{decimals or '0'}"


def _value(digits: str, match: re.Match, kind: str, shown: Clues) -> Found:
    value = Decimal(digits + (match["power"] or "")).scaleb(_scale(match))
    if match["open"] or _is_negative(match):
        value = -value
    value = value.scaleb(-2) if match["percent"] else value
    if kind == "amount":
        value *= shown.rates.get(_currency(match), Decimal(1))
    if abs(value) >= LARGEST:
        return _TOO_LARGE
    number = _amount(value) if kind == "amount" else Found(float(value))
    return _remarked(number, value, match, kind)


def _remarked(number: Found, value: Decimal, match: re.Match, kind: str) -> Found:
    """The number with what should be said of how it was read."""
    if number.value is None:
        return number
    if match["percent"]:
        return Found(number.value, INFO, f"Read as the share {value.normalize():f}.", "Check it.")
    if match["about"]:
        says = f"Said to be about {value.normalize():f}, and stored as if it were exact."
        return Found(number.value, INFO, says, "Write the number alone.")
    if match["unit"] and kind == "number":
        says = f'The word "{match["unit"]}" was left out; the number is stored without a unit.'
        return Found(number.value, INFO, says, "Write the number alone, the unit in the header.")
    return number


def _scale(match: re.Match) -> int:
    written = _low(match["scale"] or match["scaled"]).rstrip(".")
    return _SCALES.get(written, 0)


def _amount(value: Decimal) -> Found:
    try:
        return Found(value.quantize(Decimal("0.01"), ROUND_HALF_UP))
    except InvalidOperation:
        return _TOO_LARGE


def _is_negative(match: re.Match) -> bool:
    signs = (match["before"], match["after"], match["trailing"])
    return any(sign and sign in "-−–" for sign in signs)


def _low(text: str | None) -> str:
    return (text or "").casefold()


def _no_rate(currency: str) -> Found:
    return not_understood(
        f"The amount is in {currency.upper()} and no rate is given for it, so the cell was left "
        "empty.",
        f'Give a rate in the mapping\'s "rates": what one {currency.upper()} is in the reporting '
        "currency.",
    )


def _other_currency(currency: str, usual: str) -> Found:
    return not_understood(
        f"The amount is in {currency.upper()} and most of its column in {usual.upper()}, "
        "so the cell was left empty.",
        "Convert it to the currency of the others, or give rates.",
    )
