"""The stalled, in words."""

from collections.abc import Mapping

import pandas as pd

from dashboard import formats

COLUMNS = {
    "name": "Initiative",
    "unit": "Unit",
    "stage": "Stage",
    "days_in_stage": "Days",
    "cost_of_delay_amount": "Delay, a month",
    "barriers": "Behind",
    "must_act": "Must act",
    "monthly_cost_amount": "Cost, a month",
    "slip_days": "Slip, days",
    "declared_status": "Declared",
    "owner": "Owner",
}
LEDGER = (
    "Initiative-months in proof of concept and pilot up to the as-of date. Where barriers overlap "
    "they share the days equally; days behind no recorded barrier are working."
)


def says(row) -> str:
    """One row of `delivery/stalled` as a sentence: where, how long, behind what, at what cost."""
    held = formats.listed([formats.words(barrier) for barrier in row.barriers])
    behind = f", held by {held}" if held else ", with no barrier recorded"
    cost = (
        f"each month of waiting costs {formats.money(row.cost_of_delay_amount)} of expected benefit"
        if formats.is_known(row.cost_of_delay_amount)
        else "its cost of delay is not defined (no benefit estimate)"
    )
    waited = f"{formats.words(row.stage)} for {formats.days(row.days_in_stage)}"
    return f"{row.unit}; {waited}{behind}; {cost}."


def finding(rows: pd.DataFrame, stalled_days: int) -> str:
    """How many are stuck and what a month of it costs."""
    if rows.empty:
        return f"No open initiative has waited longer than {stalled_days} days."
    have = "has" if len(rows) == 1 else "have"
    number = formats.plural(len(rows), "initiative")
    waited = f"{number} {have} waited longer than {stalled_days} days"
    delay = rows["cost_of_delay_amount"]
    if not delay.notna().any():
        return f"{waited}; what that costs is not defined, as none has a benefit estimate."
    rest = (
        f" ({delay.isna().sum()} without a benefit estimate not counted)"
        if delay.isna().any()
        else ""
    )
    cost = f"each month of it costs {formats.money(delay.sum())} of expected benefit"
    return f"{waited}; {cost}{rest}."


def first(rows: pd.DataFrame) -> str:
    """What the first rows of `delivery/stalled` are: the costliest, or the longest where none is
    costed."""
    if rows["cost_of_delay_amount"].notna().any():
        return "To decide first: the stalled initiatives that cost most per month"
    return "To decide first: the initiatives stalled longest"


def left_out(now: Mapping[str, float | None]) -> str:
    """Who cannot be told stalled or not."""
    undated, opened = now["count_open_undated"], now["count_open"]
    if not undated:
        return f"Based on all {formats.plural(opened, 'open initiative')}."
    return (
        f"Based on {opened - undated:,.0f} of {formats.plural(opened, 'open initiative')}; "
        f"{formats.have(undated)} no entry date, so nobody knows how long."
    )


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with stored words as people read them."""
    return rows.assign(
        stage=rows["stage"].map(formats.words),
        barriers=[
            formats.listed([formats.words(name) for name in held]) for held in rows["barriers"]
        ],
        must_act=[formats.listed(list(names)) for names in rows["must_act"]],
    )
