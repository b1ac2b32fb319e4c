"""Every figure on screen, defined once: what it is called, its formula, which way is good.

One room per section of the board; a name belongs to one of them alone.
"""

from dashboard.terms import delivery, models, readiness, steering, value
from dashboard.terms.term import Term

__all__ = ["TERMS", "Term", "formula", "lower"]

TERMS: dict[str, Term] = {
    **delivery.TERMS,
    **models.TERMS,
    **readiness.TERMS,
    **steering.TERMS,
    **value.TERMS,
}


def formula(name: str, stalled_days: int) -> str:
    """A figure's formula, with the reader's own limit of waiting in it."""
    return TERMS[name].formula.format(stalled_days=stalled_days)


def lower(name: str) -> str:
    """A figure's label inside a sentence: its first letter small."""
    label = TERMS[name].label
    return label[0].lower() + label[1:]
