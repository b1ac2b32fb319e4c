"""What happened since the last meeting, in words and short tables. Pure."""

from collections.abc import Mapping

import pandas as pd

from dashboard import budgets, forecast, formats, terms, valuing
from dashboard.steering import bridge
from dashboard.steering.content import Chart, Series
from dashboard.steering.sitting import BEGINNING, Sitting

FOLLOWED = {
    "name": "Initiative",
    "question": "Question",
    "outcome": "Decided",
    "owner": "Owner",
    "due_on": "Due",
    "done_on": "Done",
    "state": "State",
    "late_days": "Late, days",
}
MOVES = {
    "name": "Initiative",
    "unit": "Unit",
    "from_stage": "From",
    "to_stage": "To",
    "moved_on": "On",
}
RESTATED = {"label": "Figure", "then": "As that meeting saw it", "again": "As known now"}
BRIDGE = {
    "name": "Initiative",
    "unit": "Unit",
    "before_amount": "Then",
    **{name: terms.TERMS[name].label for name in bridge.PARTS},
    "after_amount": "Now",
    "note": "Note",
}
REMOVED = "an initiative removed since"
OPEN_STATES = ("undecided", "late", "due")


def followed(decisions: pd.DataFrame, sitting: Sitting) -> pd.DataFrame:
    """The last meeting's decisions, and the earlier ones that are open or were done since it: late
    first, done last.

    Takes `steering/decisions` as of the meeting's day; what was decided on that very day, here or
    elsewhere, is left out.
    """
    rows = decisions[decisions["held_on"] != pd.Timestamp(sitting.meeting.held_on)]
    last = sitting.previous
    of_last = rows["meeting_id"] == (last.meeting_id if last else None)
    done_since = rows["done_on"] > pd.Timestamp(last.held_on if last else BEGINNING)
    rows = rows[of_last | done_since | rows["state"].isin(OPEN_STATES)]
    order = rows["state"].map({"late": 0, "undecided": 1, "due": 2, "done late": 3, "done": 4})
    return named(rows.assign(order=order).sort_values(["order", "due_on", "decision_id"]))


def of_meeting(decisions: pd.DataFrame, sitting: Sitting) -> pd.DataFrame:
    """What this meeting decided."""
    return named(decisions[decisions["meeting_id"] == sitting.meeting.meeting_id])


def named(rows: pd.DataFrame) -> pd.DataFrame:
    """Decisions with a name to show: of an initiative that is no longer listed, that it is not."""
    gone = rows["initiative_id"].astype("object").map(lambda key: f"{REMOVED} ({key})")
    return rows.assign(name=rows["name"].where(~rows["is_removed"].astype(bool), gone))


def followed_finding(rows: pd.DataFrame) -> str:
    """How many of the decisions to follow up are done, late, due and undecided."""
    if rows.empty:
        return "Nothing was decided before that could be done by now."
    counts = rows["state"].value_counts()
    told = {
        "late": "late",
        "undecided": "not decided yet",
        "due": "not due yet",
        "done late": "done late",
        "done": "done in time",
    }
    says = [f"{counts[state]} {words}" for state, words in told.items() if state in counts]
    return f"Of {formats.plural(len(rows), 'earlier decision')}, {formats.listed(says)}."


def bridge_finding(rows: pd.DataFrame, sitting: Sitting) -> str:
    """How much the portfolio's rNPV changed, in one sentence."""
    if not bridge.is_valued(rows):
        return (
            "What the portfolio is worth is not defined, then or now: no initiative has both a "
            "benefit estimate and costs"
        )
    sums = bridge.totals(rows)
    change, worth = bridge.change(sums), formats.money(sums["after_amount"])
    if abs(change) < 0.005:
        return f"The portfolio's risk-weighted NPV did not change since {sitting.since}: {worth}"
    verb = "rose" if change > 0 else "fell"
    return (
        f"The portfolio's risk-weighted NPV {verb} by {formats.money(abs(change))} to "
        f"{worth} since {sitting.since}"
    )


def bridge_parts(rows: pd.DataFrame) -> str:
    """The six parts with how many initiatives have each, and what time passing does by itself; ""
    where nobody has a worth."""
    if not bridge.is_valued(rows):
        return ""
    sums, counts = bridge.totals(rows), bridge.counts(rows)
    parts = [
        f"{terms.lower(name)} {_signed(sums[name])} ({formats.plural(counts[name], 'initiative')})"
        for name in bridge.PARTS
    ]
    says = f"{formats.listed(parts)}, which add up to {_signed(bridge.change(sums))}."
    passed = f"Of re-estimated, {_signed(sums['passed_amount'])} is time passing alone"
    return f"{says[0].upper()}{says[1:]} {passed}: benefits nearer, planned costs spent."


def _signed(amount: float) -> str:
    return ("+" if amount > 0 else "") + formats.money(amount)


def bridge_left_out(rows: pd.DataFrame) -> str:
    """Who has no rNPV, and whose appeared or was lost."""
    notes = rows["note"].value_counts()
    told = {
        bridge.NOT_VALUED: "without a value at both meetings, as an estimate is missing",
        "valued for the first time": "valued for the first time (in re-estimated)",
        "no longer valued": "no longer valued, as an estimate is missing now (in re-estimated)",
        "no longer known for that day": "no longer known for that day (in restated)",
    }
    says = [f"{notes[note]} {words}" for note, words in told.items() if note in notes]
    valued = len(rows) - int(notes.get(bridge.NOT_VALUED, 0))
    basis = f"Based on {valued} of {formats.plural(len(rows), 'initiative')} open or live at either"
    return f"{basis}; {'; '.join(says)}." if says else f"{basis}."


def changed(rows: pd.DataFrame) -> pd.DataFrame:
    """The initiatives whose rNPV changed by more than time alone, the largest change first."""
    change = rows["after_amount"] - rows["before_amount"] - rows["passed_amount"]
    rows = rows.assign(change=change.abs())
    return rows[rows["change"] >= 0.005].sort_values("change", ascending=False, kind="stable")


def moves_finding(rows: pd.DataFrame, sitting: Sitting) -> str:
    """How many moves between stages there were, and where to."""
    if rows.empty:
        return f"No initiative moved to another stage since {sitting.since}."
    counts = rows["to_stage"].value_counts()
    says = [f"{count} to {formats.words(stage)}" for stage, count in counts.items()]
    return f"{formats.plural(len(rows), 'stage move')}: {formats.listed(says)}."


def moves_shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The moves with stages as people read them."""
    first = rows["from_stage"].map(lambda stage: formats.words(stage) or "new")
    return rows.assign(from_stage=first, to_stage=rows["to_stage"].map(formats.words))


def restated(then: Mapping[str, float | None], again: Mapping[str, float | None]) -> pd.DataFrame:
    """The brief's figures that read differently now than the last meeting saw them."""
    names = [name for name in then if name in terms.TERMS and _differs(then[name], again[name])]
    return pd.DataFrame(
        {
            "figure": names,
            "label": [terms.TERMS[name].label for name in names],
            "then": [formats.value(name, then[name]) for name in names],
            "again": [formats.value(name, again[name]) for name in names],
        }
    )


def _differs(then: float | None, again: float | None) -> bool:
    if then is None or again is None:
        return (then is None) != (again is None)
    return abs(then - again) > 1e-9 * max(abs(then), abs(again), 1.0)


def restated_finding(rows: pd.DataFrame, sitting: Sitting) -> str:
    """Which figures the last meeting saw otherwise than they are known now."""
    if sitting.before.known_at == sitting.again.known_at:
        return (
            "Nobody can say what was restated since: the last meeting was not closed before this."
        )
    if rows.empty:
        return "No figure of the last meeting was restated since."
    which = f"{formats.plural(len(rows), 'figure')} of {sitting.since}"
    verb = "was" if len(rows) == 1 else "were"
    return f"{which} {verb} restated since: {formats.listed(list(rows['label']))}."


def bridge_chart(rows: pd.DataFrame, sitting: Sitting) -> Chart | None:
    """The bridge as a waterfall: from the last meeting's rNPV over the six parts to this one's;
    none where nobody has a worth."""
    if not bridge.is_valued(rows):
        return None
    sums = bridge.totals(rows)
    names = (bridge.ENDS[0], *bridge.PARTS, bridge.ENDS[1])
    labels = [terms.TERMS[name].label for name in names]
    if sitting.previous is None:
        labels[0] = "At the beginning"
    effects = ("total", *(_effect(sums[name]) for name in bridge.PARTS), "total")
    values = tuple(sums[name] for name in names)
    series = Series(terms.TERMS["rnpv_amount"].label, values, effects=effects)
    return Chart("waterfall", tuple(labels), (series,), "amount", "risk-weighted NPV")


def _effect(amount: float) -> str:
    """Each part is good where it adds; what is nothing to the cent is neither."""
    return "" if abs(amount) < 0.005 else "good" if amount > 0 else "bad"


def says(row) -> str:
    """One decision in a sentence: what was decided, who does it, by when, and how it stands."""
    asked = f"{row.question} " if formats.is_known(row.question) else ""
    outcome = row.outcome if formats.is_known(row.outcome) else "not decided"
    owner = row.owner if formats.is_known(row.owner) else "nobody named"
    due = f", due {formats.day(row.due_on)}" if formats.is_known(row.due_on) else ", no day set"
    return f"{asked}{outcome[0].upper()}{outcome[1:]}; {owner}{due}: {_stands(row)}."


def _stands(row) -> str:
    if row.state in ("done", "done late"):
        late = f", {formats.days(row.late_days)} late" if row.state == "done late" else ""
        return f"done on {formats.day(row.done_on)}{late}"
    if row.state == "late":
        return f"not done, {formats.days(row.late_days)} late"
    if row.state == "undecided":
        waited = formats.days(row.waiting_days)
        return f"put off, {waited} ago" if row.waiting_days > 0 else "put off"
    return "not due yet"


def minutes(row) -> str:
    """Why it was decided and who did not agree, in a sentence or two; empty if nobody said."""
    told = [row.rationale] if formats.is_known(row.rationale) else []
    if formats.is_known(row.dissent):
        told.append(f"Dissent: {row.dissent}")
    return " ".join(told)


def outlook(valued: pd.DataFrame) -> tuple[str, ...]:
    """What the portfolio is worth from here, and what half of the money to come would best fund."""
    if valuing.portfolio_worth(valued) is None:
        return (forecast.NO_MONEY,)
    rows = budgets.candidates(valued)
    if rows.empty:
        return (forecast.finding(valued),)
    half = budgets.half_the_cost(rows)
    best = budgets.best(rows, half, [], [])
    count = int(best.chosen.sum())
    return (
        forecast.finding(valued),
        f"Half of what the open ones are planned to cost, {formats.money(half)}, is best spent on "
        f"{count} of {formats.plural(len(rows), 'initiative')}: {formats.money(best.worth)} of the "
        f"{formats.money(rows['rnpv_amount'].sum())} that all of them are worth.",
    )
