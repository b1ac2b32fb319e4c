"""Numbers out of text: the decimal mark is decided for a whole column, by evidence."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from data.importing.problems import INFO, Found, not_understood
from data.importing.words import nothing

LARGEST = Decimal(10) ** 16
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mio": 6, "million": 6}
_SCALES |= {"b": 9, "bn": 9, "billion": 9}
_CURRENCY = r"us\$|[$€£¥₹]|usd|eur|gbp|chf|jpy|cad|aud|inr|sek|nok|dkk"
_NUMBER = re.compile(
    rf"(?P<open>\()?\s*(?P<before>[-+−])?\s*(?P<currency>{_CURRENCY})?\s*(?P<after>[-+−])?\s*"
    r"(?P<digits>\d(?:[\d.,'\s]*\d)?|[.,]\d+)(?P<power>e[-+]?\d{1,3})?"
    rf"\s*(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})?"
    rf"\s*(?P<behind>{_CURRENCY})?\s*(?P<percent>%)?\s*(?P<close>\))?",
    re.I,
)
_GROUPS = re.compile(r"\d{1,3}(?:[,.'\s]\d{3})+|\d+")
_NOT_DIGIT = re.compile(r"\D")
_ALIKE = {"us$": "$", "usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "inr": "₹"}

_UNREADABLE = not_understood(
    "This is not a number, so the cell was left empty.", "Write the number alone, as 1234.56."
)
_NO_MARK = not_understood(
    "Nothing in the column shows whether the mark stands before decimals or between thousands, "
    "so the cell was left empty.",
    "Write the column's numbers as 1234.56.",
)
_TOO_LARGE = not_understood(
    "The number is too large to be stored, so the cell was left empty.", "Check the number."
)


def looks(text: str) -> bool:
    """Whether the text has the shape of a number."""
    return bool(_match(text))


def reader(texts: Iterable[str], kind: str, delimiter: str = ",") -> Callable[[str], Found]:
    """Reads one cell of the column whose cells are `texts`; kind is amount or number."""
    matches = [match for text in texts if (match := _match(text))]
    mark = _mark([match["digits"] for match in matches], kind, delimiter)
    usual = Counter(filter(None, map(_currency, matches))).most_common(1)
    return lambda text: _read(text, kind, mark, usual[0][0] if usual else "")


def _match(text: str) -> re.Match | None:
    match = _NUMBER.fullmatch(text.strip())
    return match if match and bool(match["open"]) == bool(match["close"]) else None


def _currency(match: re.Match) -> str:
    written = (match["currency"] or match["behind"] or "").casefold()
    return _ALIKE.get(written, written)


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


def _read(text: str, kind: str, mark: str | None, usual: str) -> Found:
    if nothing(text):
        return Found()
    match = _match(text)
    if not match or (match["percent"] and kind == "amount"):
        return _UNREADABLE
    if (currency := _currency(match)) and currency != usual:
        return _other_currency(currency, usual)
    own = mark or _proof(match["digits"])
    if own is None and ("." in match["digits"] or "," in match["digits"]):
        return _NO_MARK
    digits = _plain(match["digits"], own or ".")
    return _value(digits, match, kind) if digits else _UNREADABLE


def _plain(digits: str, mark: str) -> str | None:
    """The digits as Python writes them, or None if the thousands are not in threes."""
    whole, _, decimals = digits.partition(mark)
    if not (_GROUPS.fullmatch(whole) or not whole) or (decimals and not decimals.isdigit()):
        return None
    return f"{_NOT_DIGIT.sub('', whole) or '0'}.{decimals or '0'}"


def _value(digits: str, match: re.Match, kind: str) -> Found:
    value = Decimal(digits + (match["power"] or "")).scaleb(_SCALES.get(_low(match["scale"]), 0))
    if match["open"] or "-" in _signs(match):
        value = -value
    value = value.scaleb(-2) if match["percent"] else value
    if abs(value) >= LARGEST:
        return _TOO_LARGE
    if kind == "amount":
        return _amount(value)
    if match["percent"]:
        return Found(float(value), INFO, f"Read as the share {value.normalize():f}.", "Check it.")
    return Found(float(value))


def _amount(value: Decimal) -> Found:
    try:
        return Found(value.quantize(Decimal("0.01"), ROUND_HALF_UP))
    except InvalidOperation:
        return _TOO_LARGE


def _signs(match: re.Match) -> str:
    return f"{match['before'] or ''}{match['after'] or ''}".replace("−", "-")


def _low(text: str | None) -> str:
    return (text or "").casefold()


def _other_currency(currency: str, usual: str) -> Found:
    return not_understood(
        f"The amount is in {currency.upper()} and most of its column in {usual.upper()}, "
        "so the cell was left empty.",
        "Convert it to the currency of the others.",
    )
