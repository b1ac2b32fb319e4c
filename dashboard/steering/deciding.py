"""What a meeting is asked to decide: why, between which options, what the rules recommend. Pure.

The rules are few and said beside each recommendation; whoever decides may decide otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from dashboard import formats

OUTCOMES = ("scale", "continue", "rework", "hold", "stop")
REASONS = {"stalled": "Stalled", "gate": "Stage gate due", "red": "Red model"}
FIRST = 3
COLUMNS = {
    "name": "Initiative",
    "kind": "Because",
    "waiting_days": "Waiting, days",
    "week_amount": "A week costs",
    "recommended": "Recommended",
    "because": "By the rule",
    "owner": "Owner",
}
RULES = (
    "The first rule that applies recommends. Without a benefit estimate: rework. Worth less than "
    "nothing: stop. Without an owner: hold. With a red model, behind a standing barrier, or "
    "promised live and not in pilot yet: rework. Else: continue."
)


@dataclass(frozen=True)
class Need:
    """One decision asked for. Texts are plain text.

    `options` gives what each outcome means here; `week_amount` is what each week without a decision
    costs (None: not defined); `waiting_days` how long it has waited (0: not due yet).
    """

    initiative_id: str
    name: str
    reason: str
    question: str
    context: str
    options: tuple[tuple[str, str], ...]
    recommended: str
    because: str
    week_amount: float | None
    waiting_days: int | None
    owner: str | None

    @property
    def kind(self) -> str:
        return REASONS[self.reason]

    def waits(self) -> str:
        """How long it has waited, and what a week of that costs.

        >>> ask = ("", "", "gate", "", "", (), "", "")
        >>> Need(*ask, 1_500.0, 0, None).waits(), Need(*ask, None, 12, None).waits()
        ('Not due yet; each week undecided costs €2k.', 'Waiting for 12 days; what a week costs \
is not defined (no benefit estimate).')
        """
        if self.waiting_days is None:
            waited = "Nobody knows how long it has waited"
        elif self.waiting_days == 0:
            waited = "Not due yet"
        else:
            waited = f"Waiting for {formats.plural(self.waiting_days, 'day')}"
        if self.week_amount is None:
            return f"{waited}; what a week costs is not defined (no benefit estimate)."
        verb = "puts {} more at risk" if self.reason == "red" else "costs {}"
        return f"{waited}; each week undecided {verb.format(formats.money(self.week_amount))}."


def needs(rows: pd.DataFrame, valued: pd.DataFrame) -> list[Need]:
    """Everything a decision is asked for, the costliest week first.

    Takes the answer to `steering/required` and what `valuing.value` worked out on the same day.
    """
    worth = valued.set_index("initiative_id")[["rnpv_amount", "cost_to_come_amount"]]
    joined = rows.merge(worth, how="left", left_on="initiative_id", right_index=True)
    return [_need(row) for row in joined.itertuples(index=False)]


def suggested(asked: Iterable[Need]) -> list[Need]:
    """The at most three to decide first: the costliest stalled, gate and red one, then the rest.

    A gate that is not stalled as well goes first: what is stalled is suggested already.
    """
    asked = list(asked)
    stalled = {need.initiative_id for need in asked if need.reason == "stalled"}
    queues = [
        [need for need in asked if need.reason == "stalled"],
        [need for need in asked if need.reason == "gate" and need.initiative_id not in stalled],
        [need for need in asked if need.reason == "red"],
        asked,
        asked,
        asked,
    ]
    found: list[Need] = []
    for queue in queues:
        taken = {need.initiative_id for need in found}
        found += [need for need in queue if need.initiative_id not in taken][:1]
    return found[:FIRST]


def finding(asked: list[Need]) -> str:
    """How much waits for a decision, and what each week without costs; each initiative once."""
    if not asked:
        return "Nothing waits for a decision: none stalled, no gate due, no model red."
    weeks = {need.initiative_id: need.week_amount for need in asked}
    known = [amount for amount in weeks.values() if amount is not None]
    verb = "needs" if len(weeks) == 1 else "need"
    says = f"{formats.plural(len(weeks), 'initiative')} {verb} a decision"
    if not known:
        return f"{says}; what waiting costs is not defined, as none has a benefit estimate."
    rest = len(weeks) - len(known)
    left = f" ({rest} without a benefit estimate not counted)" if rest else ""
    return f"{says}; each week without one costs or risks {formats.money(sum(known))}{left}."


def table(asked: Iterable[Need]) -> pd.DataFrame:
    """All that is asked for: a row per need, its initiative_id and COLUMNS."""
    names = ["initiative_id", *COLUMNS]
    return pd.DataFrame(
        [{name: getattr(need, name) for name in names} for need in asked], columns=names
    )


def _need(row) -> Need:
    recommended, because = _recommendation(row)
    return Need(
        row.initiative_id,
        row.name,
        row.reason,
        _question(row),
        _context(row),
        _options(row),
        recommended,
        because,
        formats.finite(row.week_amount),
        int(row.waiting_days) if formats.is_known(row.waiting_days) else None,
        row.owner if formats.is_known(row.owner) else None,
    )


def _question(row) -> str:
    if row.reason == "red":
        return f"Its model is red: repair {row.name} or take it out of use?"
    if row.reason == "gate":
        when = formats.day(row.planned_live_on)
        verb = "was" if row.waiting_days else "is"
        return f"{row.name} {verb} promised live on {when}: does it go live, and when?"
    return f"{row.name} has not moved for {formats.days(row.days_in_stage)}: what gets it moving?"


def _context(row) -> str:
    """Where it stands, what holds it, what it costs and what waits with it."""
    says = [str(row.unit), _stands(row)]
    if row.reason == "red":
        since = formats.day(row.waiting_since_on)
        says.append(f"{formats.listed(list(row.red_models))} red since {since}")
        if formats.is_known(row.value_at_risk_amount):
            says.append(f"{formats.money(row.value_at_risk_amount)} at risk so far")
    elif len(row.barriers):
        says.append(f"held by {_barriers(row)}{_must_act(row)}")
    else:
        says.append("no barrier recorded")
    if formats.is_known(row.monthly_cost_amount):
        says.append(f"it costs {formats.money(row.monthly_cost_amount)} a month")
    if formats.is_known(row.benefit_base_amount):
        rests = "rests on it" if row.is_live else "waits for it"
        says.append(f"{formats.money(row.benefit_base_amount)} of benefit a year {rests}")
    return f"{'; '.join(says)}."


def _stands(row) -> str:
    stage = formats.words(row.stage)
    if formats.is_known(row.days_in_stage):
        return f"{stage} for {formats.days(row.days_in_stage)}"
    return f"{stage}, nobody knows since when"


def _barriers(row) -> str:
    return formats.listed([formats.words(barrier) for barrier in row.barriers])


def _must_act(row) -> str:
    return f" (must act: {formats.listed(list(row.must_act))})" if len(row.must_act) else ""


def _recommendation(row) -> tuple[str, str]:
    """The first rule that applies, and why it does."""
    rnpv = formats.finite(row.rnpv_amount)
    if not formats.is_known(row.benefit_base_amount):
        return "rework", "nobody has said what it is worth: an estimate before more is spent"
    if rnpv is not None and rnpv < 0:
        return (
            "stop",
            f"its risk-weighted NPV is {formats.money(rnpv)}: it costs more than it is worth",
        )
    if not (formats.is_known(row.owner) and str(row.owner).strip()):
        verb = "out of use" if row.is_live else "no more spending"
        return "hold", f"nobody owns it: {verb} until somebody does"
    if row.reason == "red":
        return "rework", f"{row.owner} brings the model back over its line, or takes it out of use"
    if len(row.barriers):
        return "rework", f"it is held by {_barriers(row)}: that first{_must_act(row)}"
    if row.reason == "gate" and row.stage != "pilot":
        return "rework", f"promised live and still in {formats.words(row.stage)}: a day it can keep"
    worth = f" and it is worth {formats.money(rnpv)}" if rnpv is not None else ""
    return "continue", f"nothing recorded holds it{worth}: a day to be live by"


def _options(row) -> tuple[tuple[str, str], ...]:
    """What each outcome would mean, in its own figures."""
    rework = f"deal with {_barriers(row)}" if len(row.barriers) else "come back with a plan"
    burn = (
        f" ({formats.money(row.monthly_cost_amount)} a month)"
        if formats.is_known(row.monthly_cost_amount)
        else ""
    )
    if row.reason == "red":
        says = {
            "continue": "leave it in use, red",
            "rework": "repair it while it runs",
            "hold": "take it out of use until it is well",
            "stop": "retire it",
        }
    else:
        says = _going_live(row) | {
            "continue": f"go on as it is{burn}, with a day to be live by",
            "rework": rework,
            "hold": f"spend nothing{burn} until it is clear who does what",
            "stop": _stopping(row),
        }
    return tuple(says.items())


def _going_live(row) -> dict[str, str]:
    """What scaling means at a gate: nobody rolls out what is held, or not in pilot yet."""
    if row.reason != "gate" or row.stage != "pilot" or len(row.barriers):
        return {}
    worth = formats.money(row.benefit_base_amount)
    a_year = f": {worth} a year" if formats.is_known(row.benefit_base_amount) else ""
    return {"scale": f"take it live now, wherever it is of use{a_year}"}


def _stopping(row) -> str:
    cost, rnpv = formats.finite(row.cost_to_come_amount), formats.finite(row.rnpv_amount)
    if cost is None or rnpv is None:
        return "end it; what that saves and gives up is not known"
    gives = "gives up" if rnpv >= 0 else "avoids"
    return (
        f"save {formats.money(cost)} of costs to come; {gives} {formats.money(abs(rnpv))} of "
        "risk-weighted NPV"
    )
