"""The three readings of the funnel, in words."""

import math

import pandas as pd

from dashboard import formats, survival
from dashboard.briefing import Passage

READINGS = {"reported": "As reported", "cohort": "By cohort", "adjusted": "Time-adjusted"}
EXPLAINED = {
    "reported": "Counts every initiative by the furthest stage it ever entered. Young ones have "
    "not had their time yet, so this reading is too dark for a growing portfolio.",
    "cohort": "Groups initiatives by the quarter of their first dated entry and gives each the "
    "same time; those that have not had it yet are not counted.",
    "adjusted": "The share live by the time since entry. Those still waiting count for as long as "
    "they were followed, and those given up count as never live, so nobody is dropped.",
}
SPANS = (90, 180, 365, 545, 730)
MILESTONES = (6, 12, 18, 24)


def steps(rows: pd.DataFrame) -> str:
    """Every step's conversion with its interval, as one paragraph.

    `rows` is the answer to `delivery/funnel`.
    """
    said = []
    following = rows["stage"].shift(-1)
    for row, onward in zip(rows.itertuples(), following, strict=True):
        if isinstance(onward, str) and row.count_reached:
            low, high = survival.wilson(row.count_reached_next, row.count_reached)
            said.append(
                f"{formats.words(row.stage)} to {formats.words(onward)} "
                f"{formats.share(row.next_share)} ({formats.share(low)} to {formats.share(high)})"
            )
    return (
        f"Step by step, with 95 % intervals: {'; '.join(said)}."
        if said
        else "No step was made yet."
    )


def young(rows: pd.DataFrame, within_days: int) -> str:
    """Who is not in the cohorts' denominators, and why."""
    entered, followed = int(rows["count_entered"].sum()), int(rows["count_followed"].sum())
    return (
        f"Based on {followed:,} of {formats.plural(entered, 'initiative')} with a dated entry; "
        f"{entered - followed:,} entered less than {formats.days(within_days)} before the "
        "as-of date."
    )


def median(way: Passage) -> str:
    """The time-adjusted median in words; "not reached" while less than half are live."""
    if not way.followed:
        return formats.NOT_DEFINED
    return formats.days(way.curve.median) if way.curve.median is not None else "not reached"


def milestones(way: Passage) -> str:
    """The share live after 6, 12, 18 and 24 months, as a table in Markdown; empty without any."""
    if not way.followed:
        return ""
    days = [months * survival.MONTH for months in MILESTONES]
    shares, lows, highs = way.curve.at(days)
    lines = ["| After | Live | 95 % interval | Still waiting |", "|---|--:|--:|--:|"]
    for months, share, low, high, at_risk in zip(
        MILESTONES, shares, lows, highs, way.curve.count_at_risk(days), strict=True
    ):
        edge = (
            f"{formats.share(low)} to {formats.share(high)}"
            if not math.isnan(low)
            else "not defined"
        )
        lines.append(f"| {months} months | {formats.share(share)} | {edge} | {at_risk:,} |")
    return "\n".join(lines)
