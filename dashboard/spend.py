"""What was planned and spent, in words and sums."""

from collections.abc import Mapping

import pandas as pd

from dashboard import formats

SPLITS = {"category": "Category", "unit": "Unit", "stage": "Stage in that month"}
READINGS = {"monthly": "By month", "cumulative": "Cumulative"}
FOUR = ("spent_amount", "planned_amount", "variance_amount", "reached_production_share")
NO_MONEY = (
    "No costs are stored for these initiatives, so there is no spending to show. Bring in a file "
    "with an initiative, a month, and a planned or actual cost; everything else here works without."
)
COLUMNS = {
    "name": "Initiative",
    "unit": "Unit",
    "stage": "Stage",
    "planned_amount": "Planned to date",
    "spent_amount": "Spent to date",
    "variance_amount": "Over plan",
    "variance_share": "Over plan, share",
}


def has_money(overruns: pd.DataFrame) -> bool:
    """Whether any cost, planned or actual, is known by that day."""
    return bool(overruns[["planned_amount", "spent_amount"]].notna().any(axis=None))


def figures(overruns: pd.DataFrame) -> dict[str, float | None]:
    """The figures of the page, from the answer to `value/overruns`; None where not defined."""
    spent = formats.finite(overruns["spent_amount"].sum(min_count=1))
    planned = formats.finite(overruns["planned_amount"].sum(min_count=1))
    live = overruns.loc[overruns["is_reached_production"], "spent_amount"].sum()
    is_both = spent is not None and planned is not None
    return {
        "spent_amount": spent,
        "planned_amount": planned,
        "variance_amount": spent - planned if is_both else None,
        "variance_share": (spent - planned) / planned if is_both and planned else None,
        "reached_production_share": float(live) / spent if spent else None,
    }


def finding(now: Mapping[str, float | None]) -> str:
    """Plan against actual in one sentence."""
    if now["spent_amount"] is None:
        return "No actual costs are on record yet."
    spent = f"{formats.money(now['spent_amount'])} spent to date"
    if now["variance_amount"] is None:
        return f"{spent}; there is no plan to hold it against."
    over = now["variance_amount"]
    by = formats.money(abs(over))
    share = f" ({formats.share(abs(now['variance_share']))})" if now["planned_amount"] else ""
    side = "over" if over > 0 else "under"
    return f"{spent}, {by}{share} {side} the plan of {formats.money(now['planned_amount'])}."


def months_finding(by_month: pd.DataFrame) -> str:
    """In how many months spending ran over plan, from the answer to `value/spend_by_month`."""
    both = by_month.dropna(subset=["planned_amount", "actual_amount"])
    if both.empty:
        return "No month has both a plan and an actual cost yet"
    over = int((both["actual_amount"] > both["planned_amount"]).sum())
    return f"Spending ran over plan in {over} of {formats.plural(len(both), 'month')}"


def basis(overruns: pd.DataFrame, split: pd.DataFrame) -> str:
    """What the figures rest on and where plan and actual do not face each other."""
    known = overruns[["planned_amount", "spent_amount"]].notna().any(axis=1)
    says = [f"Based on {known.sum():,} of {formats.plural(len(overruns), 'initiative')}"]
    if (~known).any():
        says.append(f"{formats.have((~known).sum())} no costs")
    for name, what in (
        ("unplanned_amount", "spent without a plan counts as overspent"),
        ("unreported_amount", "planned without an actual counts as underspent"),
    ):
        amount = split[name].sum()
        if amount:
            says.append(f"{formats.money(amount)} {what}")
    return "; ".join(says) + "."


def by(split: pd.DataFrame, name: str) -> pd.DataFrame:
    """Planned, actual and variance per category, unit or stage, the largest actual first."""
    groups = split.assign(**{name: split[name].fillna("before its first stage")}).groupby(name)
    sums = groups[["planned_amount", "actual_amount"]].sum()
    sums = sums.assign(variance_amount=sums["actual_amount"] - sums["planned_amount"])
    return sums.sort_values(["actual_amount", "planned_amount"], ascending=False).reset_index()


def label(name: str, value: str) -> str:
    """A category, unit or stage as people read it; only our own words are spelt out."""
    return formats.chart_text(value if name == "unit" else formats.words(value), 30)


def overspent(overruns: pd.DataFrame) -> pd.DataFrame:
    """The initiatives with a plan that cost more than it, the largest overrun first."""
    rows = overruns[overruns["variance_amount"] > 0]
    return rows.assign(stage=rows["stage"].map(formats.words))
