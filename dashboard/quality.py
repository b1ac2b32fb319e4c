"""How complete and how fresh what is stored is, which figures rest on it, and who can mend it."""

from dataclasses import dataclass

import pandas as pd

from dashboard import formats


@dataclass(frozen=True)
class Need:
    """What figures need of an initiative: its name, the lack of it, those figures, who mends it."""

    label: str
    lacks: str
    figures: str
    who: str


NEEDS = {
    "has_stage": Need("Stage", "no stage", "every count and the funnel", "owner"),
    "has_start": Need("Dated start", "no dated start", "time to production and cohorts", "owner"),
    "has_entry": Need(
        "Entry dated", "no day of entry", "who is stalled and days in stage", "owner"
    ),
    "has_owner": Need(
        "Owner", "no owner", "who must act, and who is live without an owner", "sponsor"
    ),
    "has_sponsor": Need("Sponsor", "no sponsor", "the sponsor filter", "unit"),
    "has_benefit": Need("Benefit", "no expected benefit", "benefit waiting and value", "sponsor"),
    "has_engineers": Need("Engineers", "no engineers", "talent frustration", "owner"),
    "has_plan": Need("Planned live", "no planned live date", "slips and forecast", "owner"),
    "has_costs": Need("Costs", "no actual costs", "budget waste, spend and ROI", "owner"),
    "has_metrics": Need("Metrics, 30 days", "no metric in 30 days", "model health", "owner"),
}
FRESH = {"seen_on": "Last status", "last_cost_on": "Last cost", "last_measured_on": "Last metric"}
MENDED = {
    "name": "Initiative",
    "mends": "Who can mend it",
    "unit": "Unit",
    "stage": "Stage",
    "owner": "Owner",
    "sponsor": "Sponsor",
    "benefit_base_amount": "Benefit, a year",
}


def finding(rows: pd.DataFrame) -> str:
    """The largest gap, in one sentence."""
    counts = missing(rows)
    if not counts:
        return f"All {len(rows):,} initiatives have everything the figures need."
    name = max(counts, key=counts.get)
    applies = int(rows[name].notna().sum())
    if counts[name] == applies:
        return (
            f"All {formats.plural(applies, 'initiative')} have {NEEDS[name].lacks}: "
            f"nothing can be said of {NEEDS[name].figures}."
        )
    return (
        f"{counts[name]:,} of {formats.plural(applies, 'initiative')} have "
        f"{NEEDS[name].lacks}: what is said of {NEEDS[name].figures} rests on the others."
    )


def missing(rows: pd.DataFrame) -> dict[str, int]:
    """How many initiatives lack each need that applies to them, the most frequent first."""
    counts = {name: int(rows[name].eq(False).sum()) for name in NEEDS}  # empty: does not apply
    return {name: n for name, n in sorted(counts.items(), key=lambda each: -each[1]) if n}


def by_unit(rows: pd.DataFrame) -> pd.DataFrame:
    """Per unit the share that has each need, and the latest days; all units together first."""
    groups = [("All units", rows), *rows.groupby("unit", sort=True)]
    return pd.DataFrame([{"unit": unit, **_measures(each)} for unit, each in groups])


def _measures(rows: pd.DataFrame) -> dict[str, object]:
    shares = {f"{name}_share": _share(rows[name]) for name in NEEDS}
    return {"count_initiatives": len(rows), **shares, **{name: rows[name].max() for name in FRESH}}


def _share(has: pd.Series) -> float | None:
    """The share of those a need applies to; None where it applies to nobody."""
    known = has.dropna()
    return round(float(known.astype(bool).mean()), 2) if len(known) else None


def unit_columns() -> dict[str, str]:
    """The columns of the table by unit, with their names on screen."""
    needs = {f"{name}_share": need.label for name, need in NEEDS.items()}
    return {"unit": "Unit", "count_initiatives": "Initiatives", **needs, **FRESH}


def rests_on(rows: pd.DataFrame) -> str:
    """Which figures rest on how many of the initiatives they are about, as a Markdown table."""
    lines = ["| Figures | Rest on | Of those they are about | Share |", "|---|---|--:|--:|"]
    for name, need in NEEDS.items():
        known = rows[name].dropna().astype(bool)
        if len(known):
            count, share = f"{known.sum():,} of {len(known):,}", formats.share(known.mean())
            lines.append(f"| {need.figures} | {need.label.lower()} | {count} | {share} |")
    return "\n".join(lines)


def label(name: str, counts: dict[str, int]) -> str:
    """A gap and how many have it."""
    return f"{NEEDS[name].lacks} ({counts[name]:,})"


def lacking(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The initiatives that lack a need, the most promising first, with who can mend it."""
    found = rows[rows[name].eq(False)]  # empty: does not apply
    who = [_who(row, NEEDS[name].who) for row in found.itertuples()]
    found = found.assign(mends=who, stage=found["stage"].map(formats.words))
    return found.sort_values("benefit_base_amount", ascending=False, kind="stable")


def _who(row, first: str) -> str:
    """The owner, else the sponsor, else the unit; for owners the sponsor is asked first."""
    order = {"owner": ("owner", "sponsor"), "sponsor": ("sponsor", "owner"), "unit": ()}[first]
    named = next((getattr(row, each) for each in order if formats.is_known(getattr(row, each))), "")
    return named or f"the unit {row.unit}"
