"""What became of decisions: which are still to be done, and whether they were good ones. Pure."""

from collections.abc import Sequence

import pandas as pd

from dashboard import formats
from dashboard.steering.agenda import OPEN_STATES, named

STATES = {
    "all": "All",
    "late": "Late",
    "open": "Not done",
    "done": "Done",
}
_OF_STATE = {"late": ("late",), "open": OPEN_STATES, "done": ("done", "done late")}
_ORDER = {"late": 0, "due": 1, "undecided": 1, "done late": 2, "done": 2}
UNDECIDED = "undecided"
COLUMNS = {
    "state": "State",
    "late_days": "Late, days",
    "due_on": "Due",
    "name": "Initiative",
    "outcome": "Decided",
    "owner": "Owner",
    "question": "Question",
    "done_on": "Done",
    "unit": "Unit",
    "title": "Meeting",
}
SCALED = {
    "name": "Initiative",
    "stands": "So far",
    "realised_since_amount": "Realised since",
    "spent_since_amount": "Spent since",
    "stage": "Stage now",
    "title": "Meeting",
}
HELD = {
    "name": "Initiative",
    "wait_amount": "What the wait cost",
    "hold_month_amount": "A month of holding",
    "held_days": "Held, days",
    "stands": "Until",
    "title": "Meeting",
}


def outcomes(rows: pd.DataFrame) -> list[str]:
    """What was decided, each word once; a decision put off is undecided."""
    return sorted(_outcome(rows).unique())


def owners(rows: pd.DataFrame) -> list[str]:
    """Who has to do something, each once."""
    return sorted(rows["owner"].dropna().unique())


def _outcome(rows: pd.DataFrame) -> pd.Series:
    return rows["outcome"].fillna(UNDECIDED)


def chosen(
    rows: pd.DataFrame, state: str, owners: Sequence[str] = (), outcomes: Sequence[str] = ()
) -> pd.DataFrame:
    """The decisions of a state, of some owners and outcomes (none: all); the longest overdue first.

    After those come the ones to be done next, then what was done, the latest first.
    """
    keep = pd.Series(True, index=rows.index)
    if state in _OF_STATE:
        keep &= rows["state"].isin(_OF_STATE[state])
    if owners:
        keep &= rows["owner"].isin(owners)
    if outcomes:
        keep &= _outcome(rows).isin(outcomes)
    late_days = rows["late_days"].where(rows["late_days"] > 0)
    rows = named(rows.assign(outcome=_outcome(rows), late_days=late_days)[keep])
    due = pd.to_datetime(rows["due_on"])
    done = -pd.to_datetime(rows["done_on"]).astype("int64").where(rows["done_on"].notna(), 0)
    order = rows["state"].map(_ORDER)
    rows = rows.assign(_order=order, _done=done.where(order == 2, 0), _due=due)
    ordered = rows.sort_values(["_order", "_done", "_due", "decision_id"], na_position="last")
    return ordered.drop(columns=["_order", "_done", "_due"])


def finding(rows: pd.DataFrame, every: pd.DataFrame) -> str:
    """How many of how many decisions are shown, and how they stand."""
    if every.empty:
        return "No decision has been recorded by this day"
    says = f"{len(rows):,} of {formats.plural(len(every), 'decision')}"
    counts = rows["state"].value_counts()
    told = {"late": "late", "due": "not due yet", "undecided": "put off"}
    parts = [f"{counts[state]} {words}" for state, words in told.items() if state in counts]
    done = int(rows["state"].isin(_OF_STATE["done"]).sum())
    parts += [f"{done} done"] if done else []
    return f"{says}: {formats.listed(parts)}" if parts else says


def scaled(rows: pd.DataFrame) -> pd.DataFrame:
    """The decisions to scale of `steering/quality`, with what came of them in words."""
    rows = rows[rows["outcome"] == "scale"]
    return _shown(rows).assign(stands=[_came(row) for row in rows.itertuples()])


def held(rows: pd.DataFrame) -> pd.DataFrame:
    """The decisions to hold of `steering/quality`, with until when, the costliest wait first."""
    rows = rows[rows["outcome"] == "hold"]
    rows = _shown(rows).assign(stands=[_until(row) for row in rows.itertuples()])
    return rows.sort_values("wait_amount", ascending=False, na_position="last", kind="stable")


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    named_ = named(rows.assign(is_removed=rows["name"].isna()))
    return named_.assign(stage=rows["stage"].map(formats.words))


def _came(row) -> str:
    if not formats.is_known(row.is_returning):
        return "nothing recorded since" if row.is_live else "not live, nothing recorded since"
    if row.is_returning:
        return "live and returning"
    return "live, not returning" if row.is_live else "not live"


def _until(row) -> str:
    return "still held" if row.is_still_held else formats.day(row.held_until_on)


def returning_share(rows: pd.DataFrame) -> float | None:
    """Of the scaled with something recorded since, how many are live and returning."""
    judged = rows.loc[rows["outcome"] == "scale", "is_returning"].dropna()
    return float(judged.astype(bool).mean()) if len(judged) else None


def scaled_finding(rows: pd.DataFrame) -> str:
    """Of those we scaled, how many are live and returning."""
    mine = rows[rows["outcome"] == "scale"]
    if mine.empty:
        return "No decision to scale an initiative was taken by this day"
    judged = mine["is_returning"].dropna().astype(bool)
    live = mine.loc[mine["is_live"].astype(bool), "initiative_id"].nunique()
    returning = int(judged.sum())
    says = f"Of {_counted(mine)} we decided to scale, {live:,} {'is' if live == 1 else 'are'} live"
    if judged.empty:
        return f"{says}; nothing recorded since says what they return"
    share = formats.share(returning_share(rows))
    recorded = f"{returning:,} of {len(judged):,} with a record since ({share})"
    return f"{says}; {recorded} gave back more than was spent"


def _counted(rows: pd.DataFrame) -> str:
    """How many initiatives these decisions are about, and how many decisions if those are more."""
    initiatives = rows["initiative_id"].nunique()
    says = formats.plural(initiatives, "initiative")
    return says if initiatives == len(rows) else f"{says} in {len(rows):,} decisions"


def held_finding(rows: pd.DataFrame) -> str:
    """Of those we held, what the wait cost so far."""
    mine = rows[rows["outcome"] == "hold"]
    if mine.empty:
        return "No decision to hold an initiative was taken by this day"
    costed = mine["wait_amount"].dropna()
    says = f"Holding {_counted(mine)} has cost "
    says += formats.money(costed.sum()) if len(costed) else "an amount that is not defined"
    still = mine.loc[mine["is_still_held"].astype(bool), "initiative_id"].nunique()
    left_out = len(mine) - len(costed)
    says += " of expected benefit so far" if len(costed) else ""
    says += f"; {still} still held" if still else ""
    return f"{says}; {left_out} cannot be costed" if left_out and len(costed) else says
