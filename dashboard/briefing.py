"""What the board's first pages say: composed here from answers, rendered elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard import filters, formats, survival

DOCUMENT = "more than half of AI pilots never transition into production systems"
DOCUMENT_SOURCE = "research across enterprise technology programs"
WHY = (
    "This board measures execution: what reaches production, how fast, and at what cost. It never "
    "counts experiments. What does not reach production wastes the budget for innovation, costs "
    "engineers their confidence, and makes the next investment harder to defend."
)
YEAR_DAYS = 12 * survival.MONTH
FOUR = (
    "pilot_to_production_share",
    "live_in_year_share",
    "stalled_share",
    "stuck_spend_share",
)
Ask = Callable[..., pd.DataFrame]
"""Answers a question by its name and parameters: `ask("delivery/funnel")`."""

CODES = {"waiting": survival.CENSORED, "live": survival.LIVE, "exit": survival.EXITED}


_LEFT_OUT = {
    "no dated entry": "without a dated entry",
    "live but undated": "live but undated",
    "negative duration": "live before their entry",
}


@dataclass(frozen=True)
class Passage:
    """The way from a stage to production: the curve, the finishers' median, and who is left out."""

    curve: survival.Incidence
    naive_days: float | None
    followed: int
    left_out: Mapping[str, int]

    def says_left_out(self) -> str:
        """Who the figure rests on and whom it leaves out, in one sentence."""
        total = self.followed + sum(self.left_out.values())
        reasons = [f"{count:,} {_LEFT_OUT[reason]}" for reason, count in self.left_out.items()]
        basis = f"Based on {self.followed:,} of {formats.plural(total, 'initiative')}"
        return basis + (f"; left out: {formats.listed(reasons)}." if reasons else ".")


def passage(durations: pd.DataFrame) -> Passage:
    """The time-adjusted way to production from the answer to `delivery/time_to_production`."""
    followed = durations[durations["left_out"].isna()]
    days = followed["duration_days"].to_numpy(dtype=float)
    codes = followed["outcome"].map(CODES).to_numpy(dtype=int)
    return Passage(
        survival.cumulative_incidence(days, codes),
        survival.naive_median(days, codes),
        len(followed),
        durations["left_out"].dropna().value_counts().sort_index().to_dict(),
    )


def figures(headline: pd.DataFrame, impact: pd.DataFrame, durations: pd.DataFrame) -> dict:
    """Every figure of the brief on one day, by name; None where it is not defined.

    Takes the answers to `board/headline`, `board/impact` (one row each) and
    `delivery/time_to_production`, all as of that day.
    """
    way = passage(durations)
    share, low, high = (float(edge) for edge in way.curve.at(YEAR_DAYS))
    timed = {
        "live_in_year_share": share,
        "live_in_year_low_share": low,
        "live_in_year_high_share": high,
        "count_in_passage": way.followed,
        "median_live_days": way.curve.median,
        "naive_median_days": way.naive_days,
    }
    answers = headline.iloc[0].to_dict() | impact.iloc[0].to_dict() | timed
    return {name: formats.finite(value) for name, value in answers.items()}


def asked(ask: Ask) -> dict[str, float | None]:
    """`figures` of what `ask` sees."""
    return figures(
        ask("board/headline"),
        ask("board/impact"),
        ask("delivery/time_to_production", from_stage="pilot"),
    )


def sentence(now: Mapping[str, float | None], stalled_days: int) -> str:
    """The gap in one written sentence."""
    if not now["count_reached_pilot"]:
        return f"{gap(now)}."
    return f"{gap(now)}; {stuck(now, stalled_days)}."


def gap(now: Mapping[str, float | None]) -> str:
    """How many pilots went on to production."""
    pilots, live = now["count_reached_pilot"], now["count_reached_production"]
    if not pilots:
        return "No initiative has reached a pilot yet, so there is no gap to measure"
    return (
        f"Of {formats.plural(pilots, 'initiative')} that reached pilot, {formats.count(live)} "
        f"({formats.share(live / pilots)}) went on to production"
    )


def stuck(now: Mapping[str, float | None], stalled_days: int) -> str:
    """How many do not move, and the benefit that waits with them."""
    benefit = now["waiting_benefit_amount"]
    is_one = now["count_stalled_pilots"] == 1
    them = "it" if is_one else "them"
    waits = f", and with {them} {formats.money(benefit)} of benefit a year waits" if benefit else ""
    return (
        f"{formats.plural(now['count_stalled_pilots'], 'initiative')} in pilot work "
        f"{'has' if is_one else 'have'} not moved for more than "
        f"{stalled_days} days{waits}"
    )


def tendency(
    now: Mapping[str, float | None], before: Mapping[str, float | None], since: str
) -> str:
    """Whether the gap is closing, from the reported rate and the share live in a year of pilot."""
    if not says_past(now):
        return ""
    says = []
    for name, what in (
        ("pilot_to_production_share", "the share of pilots that reached production"),
        ("live_in_year_share", "the share live within 12 months of pilot"),
    ):
        moved = formats.change(name, now[name], before[name])
        if moved is not None:
            says.append(f"{what} {_moved(moved)}")
    return f"Since {since}, {formats.listed(says)}." if says else ""


def _moved(change: str) -> str:
    if change == "0":
        return "did not change"
    return f"{'rose' if change.startswith('+') else 'fell'} by {change.lstrip('+-')}"


def beside(benchmark: Mapping | None) -> str:
    """The published figure drawn beside our own, in Markdown: what it counts, who says so."""
    if benchmark is None:
        return ""
    line = f"Dotted line: {formats.share(benchmark['figure'])} of pilots."
    if benchmark["benchmark_id"] == "document":
        return f'{line} The article says **"{DOCUMENT}"** (share of pilots; {DOCUMENT_SOURCE}).'
    publisher, label = formats.plain(benchmark["publisher"]), formats.plain(benchmark["label"])
    counted = f"share of {benchmark['counts_what']}"
    return f"{line} {label} ({publisher}, {benchmark['year']:.0f}; {counted})."


def source(benchmark: Mapping) -> str:
    """Who reports a published figure, in a few words."""
    if benchmark["benchmark_id"] == "document":
        return "the article"
    return f"{benchmark['publisher']} {benchmark['year']:.0f}"


def says_past(now: Mapping[str, float | None]) -> bool:
    """Whether earlier figures rest on the same initiatives as today's.

    Where more than a tenth were first seen in a stage without a date, nobody knows whether they
    were there before, and a change or a trend would compare different initiatives.
    """
    return now["count_start_unknown"] <= 0.1 * now["count_initiatives"]


def basis(now: Mapping[str, float | None], chosen: filters.Filters) -> str:
    """What the figures of the brief rest on, what they leave out, what they are held against."""
    return f"{rests_on(now)} {against(now, chosen)}"


def rests_on(now: Mapping[str, float | None]) -> str:
    """What the figures of the brief rest on, and what they leave out."""
    counted, unstaged = now["count_initiatives"], now["count_without_stage"]
    says = [f"Based on {counted:,.0f} of {formats.plural(counted + unstaged, 'initiative')}"]
    for name, why in (
        ("count_without_stage", "no stage by that day"),
        ("count_open_undated", "no entry date though open, and cannot count as stalled"),
        ("count_exit_only", "no stage on record but the exit"),
        ("count_without_costs", "no costs"),
    ):
        if now[name]:
            says.append(f"{formats.have(now[name])} {why}")
    return f"{'; '.join(says)}."


def against(now: Mapping[str, float | None], chosen: filters.Filters) -> str:
    """What changes are measured against, or why none is shown."""
    if says_past(now):
        return f"Changes are against {formats.day(chosen.compare_on)}."
    return no_past(now)


def no_past(now: Mapping[str, float | None]) -> str:
    """Why no change is shown; empty where changes are."""
    if says_past(now):
        return ""
    return (
        f"No changes and no trends are shown: {now['count_start_unknown']:,.0f} initiatives have "
        "no dated start, so earlier figures would rest on other initiatives."
    )
