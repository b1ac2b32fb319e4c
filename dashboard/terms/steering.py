"""The figures of a steering meeting: what changed since the last one, and what waiting costs."""

from dashboard.terms.term import Term

_ITS = "of an initiative open or live at both meetings, its risk-weighted NPV with"

TERMS = {
    "at_stake_amount": Term(
        "At stake, a year",
        "chance of going live (live ones 100 %) × base annual benefit, of an open or live "
        "initiative with a red model, unmeasured for 30 days, without an owner, stalled, behind a "
        "standing barrier, or promised live before the as-of date",
        "down",
    ),
    "restated_amount": Term(
        "Restated",
        "rNPV of the last meeting's day as known to this meeting - as known to the last one; "
        "initiatives removed from the list since are here",
        "up",
    ),
    "new_amount": Term(
        "New", "rNPV of initiatives that are open or live now and were neither then", "up"
    ),
    "moved_amount": Term(
        "Stage moved",
        f"{_ITS} its stage of now and the chance the portfolio's own record gives that stage now "
        "- its rNPV then; live is a chance of 1",
        "up",
    ),
    "slipped_amount": Term(
        "Dates slipped",
        f"{_ITS} the day it is expected live now as well - the step before; without a planned "
        "date that is the as-of date + the stage's median of now, so who waits slips every day",
        "up",
    ),
    "reestimated_amount": Term(
        "Re-estimated and time passed",
        f"{_ITS} everything of now, benefits and costs to come too - the step before; time passing "
        "is here (benefits nearer, planned costs spent and so out), and an rNPV that appears or "
        "is lost because an estimate does",
        "up",
    ),
    "passed_amount": Term(
        "Time passing alone",
        "the part of re-estimated that comes with no new estimate: the same amounts, looked at "
        "from this meeting's day",
        "",
    ),
    "left_amount": Term(
        "Left", "rNPV then of initiatives that are neither open nor live now (lost, retired)", "up"
    ),
    "before_amount": Term("At the last meeting", "the portfolio's rNPV as that meeting saw it"),
    "after_amount": Term("At this meeting", "the portfolio's rNPV as this meeting sees it"),
    "week_amount": Term(
        "A week undecided",
        "open: cost of delay a month × 12 / 52; live with a red model: base annual benefit / 365 "
        "× 7, which is what a week adds to the value at risk",
        "down",
    ),
    "waiting_days": Term(
        "Waiting",
        "as-of date - the day the stalled one entered its stage, the promised live date of a gate, "
        "or the day the model turned red; 0 before a gate's day",
        "down",
    ),
    "late_days": Term(
        "Late", "the day it was done, or the meeting's day - the day it was due, if later", "down"
    ),
    "realised_since_amount": Term(
        "Realised since",
        "realised benefit of the months that began after the meeting, up to the as-of date",
        "up",
    ),
    "spent_since_amount": Term(
        "Spent since",
        "actual cost of the months that began after the meeting, up to the as-of date",
        "down",
    ),
    "returning_share": Term(
        "Scaled, live and returning",
        "decisions to scale an initiative that is live now and has realised more than it cost "
        "since the meeting, of all decisions to scale with a cost or a benefit recorded since",
        "up",
    ),
    "held_days": Term(
        "Held",
        "from the meeting to the first of: done, decided anew, live or left, the as-of date",
        "down",
    ),
    "hold_month_amount": Term(
        "A month of holding",
        "chance of going live of the stage it was in at the meeting × base annual benefit / 12; "
        "not defined for one that was live or without a stage then, or has no benefit estimate",
        "down",
    ),
    "wait_amount": Term(
        "What the wait cost", "a month of holding × days held / 30.4375 (a month's mean)", "down"
    ),
}
