"""The one currency of a store's amounts: its sign and its decimals."""

import os
from dataclasses import dataclass

SETTING = "EXECUTION_GAP_CURRENCY"
LONGEST_SIGN = 4


@dataclass(frozen=True)
class Currency:
    """A sign, written before the amount, and the decimals of amounts written in full."""

    sign: str = "€"
    decimals: int = 0


def parse(text: str) -> Currency:
    """A currency from its setting: a sign, and decimals if there should be any.

    Raises ValueError with one sentence when it is neither.

    >>> parse("US$ 2"), parse("")
    (Currency(sign='US$', decimals=2), Currency(sign='€', decimals=0))
    """
    words = text.split()
    if not words:
        return Currency()
    sign, *rest = words
    is_sign = len(sign) <= LONGEST_SIGN and not set(sign) & set("0123456789<>&%-")
    is_whole = len(rest) <= 1 and all(word in ("0", "1", "2", "3") for word in rest)
    if not (is_sign and is_whole):
        raise ValueError(
            f"{SETTING} is {text!r}: write a sign of at most {LONGEST_SIGN} letters and, if "
            "wanted, its decimals from 0 to 3, as in 'US$ 2'."
        )
    return Currency(sign, int(rest[0]) if rest else 0)


def configured() -> Currency:
    """The currency this server was told (EXECUTION_GAP_CURRENCY), or the euro."""
    return parse(os.environ.get(SETTING, ""))
