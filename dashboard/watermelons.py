"""Declared status beside computed status: green outside, red inside."""

import pandas as pd

from dashboard import formats
from dashboard.models import SIGNS

COLUMNS = {
    "declared": "Declared",
    "computed": "Computed",
    "because": "Because",
}
RULE = (
    "Computed red: stalled, or open and promised live more than 90 days ago, or live with a red "
    "model. Amber: open and promised live up to 90 days ago, or open behind a standing barrier, or "
    "live with an amber metric, with models not measured for 30 days, or without an owner. Green: "
    "none of these, where an entry date, a promised date or a measured model is there to judge by. "
    "Otherwise, and once it has left, it is not defined."
)


def beside(rows: pd.DataFrame, status: pd.DataFrame) -> pd.DataFrame:
    """The rows of `portfolio/initiatives` with those of `portfolio/status`; disagreements first."""
    facts = status.drop(columns="declared_status")
    both = rows.merge(facts, on="initiative_id", how="left", validate="1:1")
    both = both.assign(
        declared=both["declared_status"].map(SIGNS).fillna("– none"),
        computed=both["computed_status"].map(SIGNS).fillna("– not defined"),
        because=[formats.listed(list(why)) for why in both["because"]],
        rosy_steps=both["rosy_steps"].astype("Float64"),
    )
    return both.sort_values("rosy_steps", key=_order, kind="stable")


def _order(steps: pd.Series) -> pd.Series:
    """Too rosy first, the most at the top, then too dark, then agreement, then the unknown."""
    return (-steps).where(steps > 0, 1 + steps / 10).mask(steps == 0, 2.0).mask(steps.isna(), 3.0)


def disagreeing(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose computed status is not the declared one, both being known."""
    return rows[rows["rosy_steps"].fillna(0) != 0]


def finding(rows: pd.DataFrame) -> str:
    """How many greens are red inside, and how many cannot be compared."""
    both = rows["rosy_steps"].notna()
    if not both.any():
        return "No initiative has both a declared and a computed status to compare."
    green = (rows["declared_status"] == "green") & both
    melons = int((green & (rows["rosy_steps"] == 2)).sum())
    darker = int((rows["rosy_steps"].fillna(0) < 0).sum())
    said = (
        f"{melons:,} of {formats.plural(green.sum(), 'initiative')} declared green "
        f"{'is' if melons == 1 else 'are'} red by what is recorded"
    )
    if darker:
        said += f"; {darker:,} declared worse than computed"
    left_out = int((~both).sum())
    return said + (f"; {left_out:,} cannot be compared." if left_out else ".")


def turned(greens: pd.DataFrame) -> str:
    """Whose greens turned red later, as a Markdown list, from the answer to `portfolio/greens`."""
    if greens.empty:
        return (
            "Not known yet: declared statuses are kept as of the day of each list, and no list "
            "describes a day before this one."
        )
    by_owner = greens.assign(owner=greens["owner"].fillna("nobody named")).groupby("owner")
    counts = by_owner["is_turned"].agg(["sum", "count"]).query("sum > 0")
    total = f"{greens['is_turned'].sum():,} of {len(greens):,} once declared green"
    lines = [f"{total} are red or lost now."] + [
        f"- {formats.plain(owner)}: {row['sum']:,} of {row['count']:,}"
        for owner, row in counts.sort_values("sum", ascending=False).head(10).iterrows()
    ]
    return "\n".join(lines)
