"""Which initiatives stand behind a figure."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from dashboard import formats, watermelons

STARTS = ("idea", "proof_of_concept", "pilot")
RANKS = {"idea": 1, "proof_of_concept": 2, "pilot": 3, "production": 4, "scaled": 5}


@dataclass(frozen=True)
class Group:
    """Initiatives that share something: its name on screen, and a mask of who belongs."""

    label: str
    belongs: Callable[[pd.DataFrame], pd.Series]


def names(rows: pd.DataFrame) -> dict[str, str]:
    """What every initiative is called in a list to choose from, by its identifier."""
    named = rows.set_index("initiative_id")["name"]
    return {key: f"{name} ({key})" for key, name in named.items()}


def _reached(stage: str) -> Group:
    label = f"Reached {stage.replace('_', ' ')}"
    return Group(label, lambda rows: rows["furthest_rank"] >= RANKS[stage])


GROUPS = {
    "all": Group("All", lambda rows: rows["furthest_rank"] >= 0),
    "open": Group("Open", lambda rows: rows["is_open"]),
    "in_pilot_work": Group("In pilot work", lambda rows: rows["is_in_pilot_work"]),
    "stalled": Group("Stalled", lambda rows: rows["is_stalled"]),
    "stalled_pilots": Group(
        "Stalled in pilot work", lambda rows: rows["is_in_pilot_work"] & rows["is_stalled"]
    ),
    "live": Group("Live", lambda rows: rows["is_live"]),
    "at_risk": Group(
        "Live, at risk",
        lambda rows: rows["is_live_red"] | rows["is_live_unmeasured"] | rows["is_live_ownerless"],
    ),
    "lost": Group("Lost", lambda rows: rows["is_lost"]),
    "lost_or_stalled": Group("Lost or stalled", lambda rows: rows["is_lost"] | rows["is_stalled"]),
    **{f"reached_{stage}": _reached(stage) for stage in RANKS},
    "without_stage": Group("Without a stage", lambda rows: ~rows["has_stage"]),
}


def members(rows: pd.DataFrame, group: str) -> pd.DataFrame:
    """The rows of `portfolio/initiatives` that belong to a group."""
    return rows[GROUPS[group].belongs(rows)]


COLUMNS = {
    "name": "Initiative",
    "unit": "Unit",
    "stage": "Stage",
    "standing": "Standing",
    **watermelons.COLUMNS,
    "days_in_stage": "Days in stage",
    "barriers": "Behind",
    "owner": "Owner",
    "benefit_base_amount": "Benefit, a year",
    "spent_amount": "Spent to date",
    "live_share": "Chance of going live",
    "cost_of_delay_amount": "Cost of delay, a month",
    "planned_live_on": "Planned live",
}


def found(rows: pd.DataFrame, wanted: str) -> pd.DataFrame:
    """The rows whose name, unit, owner or sponsor holds the wanted text, whatever the case."""
    if not (wanted or "").strip():
        return rows
    text = rows[["name", "unit", "owner", "sponsor"]].fillna("").agg(" ".join, axis=1)
    return rows[text.str.contains(wanted.strip(), case=False, regex=False)]


def finding(rows: pd.DataFrame, every: pd.DataFrame) -> str:
    """How many of how many are shown, and what they cost and promise."""
    spent, benefit = rows["spent_amount"], rows["benefit_base_amount"]
    said = [f"{len(rows):,} of {formats.plural(len(every), 'initiative')}"]
    if spent.notna().any():
        said.append(f"{formats.money(spent.sum())} spent by {spent.notna().sum():,} with costs")
    if benefit.notna().any():
        said.append(
            f"{formats.money(benefit.sum())} of benefit a year estimated "
            f"for {benefit.notna().sum():,}"
        )
    return "; ".join(said) + "."


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with stored words as people read them, and one word for how each stands."""
    return rows.assign(
        stage=rows["stage"].map(formats.words),
        standing=[_standing(row) for row in rows.itertuples()],
        barriers=[
            formats.listed([formats.words(name) for name in held]) for held in rows["barriers"]
        ],
    )


def _standing(row) -> str:
    """Sign, shape and word, so that nobody needs the colour."""
    if not row.has_stage:
        return "? no stage"
    if row.is_lost:
        return "✕ lost"
    if row.is_live:
        at_risk = row.is_live_red or row.is_live_unmeasured or row.is_live_ownerless
        return "▲ live, at risk" if at_risk else "● live"
    if row.is_open:
        return "◆ stalled" if row.is_stalled else "○ open"
    return "– retired"


def benchmark_figure(row) -> str:
    """A published figure with its unit: 54 %, 8 months."""
    if row.measured_in == "months":
        return f"{row.figure:g} months"
    return formats.share(row.figure)
