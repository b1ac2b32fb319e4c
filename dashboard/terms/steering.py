"""The figures of the steering meeting."""

from dashboard.terms.term import Term

TERMS = {
    "at_stake_amount": Term(
        "At stake, a year",
        "chance of going live (live ones 100 %) × base annual benefit, of an open or live "
        "initiative with a red model, unmeasured for 30 days, without an owner, stalled, behind a "
        "standing barrier, or promised live before the as-of date",
        "down",
    ),
}
