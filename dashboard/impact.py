"""The document's impact table, word for word, and the live evidence beside each of its rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import briefing, formats, terms


@dataclass(frozen=True)
class Row:
    """A row of the table: the document's three cells, its headline figure, the figures beside it.

    `group` names the initiatives behind the headline (see `dashboard.portfolio.GROUPS`),
    `side_groups` those behind figures beside it.
    """

    key: str
    area: str
    happens: str
    consequence: str
    headline: str
    beside: tuple[str, ...]
    group: str
    side_groups: tuple[str, ...] = ()
    question: str = "board/impact"

    @property
    def parameters(self) -> dict[str, str]:
        """What the question behind the headline is asked with."""
        return {"from_stage": "pilot"} if self.question == "delivery/time_to_production" else {}


ROWS = (
    Row(
        "innovation",
        "Innovation Stalls",
        "AI projects remain stuck in pilot stage",
        "Delayed product innovation",
        "stalled_share",
        ("waiting_benefit_amount", "median_stalled_days", "median_slip_days"),
        "stalled_pilots",
        ("in_pilot_work",),
    ),
    Row(
        "talent",
        "Talent Frustration",
        "Engineers work on experiments that never deploy",
        "Reduced team motivation",
        "stalled_fte_share",
        ("stalled_fte", "idle_engineer_months"),
        "stalled",
        ("lost_or_stalled",),
    ),
    Row(
        "risk",
        "Strategic Risk",
        "Competitors deploy AI faster",
        "Market advantage lost",
        "live_in_year_share",
        (
            "at_risk_benefit_amount",
            "count_live_red",
            "count_live_unmeasured",
            "count_live_ownerless",
        ),
        "reached_pilot",
        ("at_risk",),
        "delivery/time_to_production",
    ),
    Row(
        "budget",
        "Budget Waste",
        "AI investments produce limited impact",
        "Reduced executive confidence",
        "stuck_spend_share",
        ("stuck_amount", "reached_production_amount", "sunk_amount"),
        "lost_or_stalled",
        ("lost", "reached_production"),
    ),
)


MISSING = {
    "innovation": "no initiative is in pilot work",
    "talent": "no open initiative names its engineers",
    "risk": "no pilot with a dated entry was followed for 12 months",
    "budget": "no actual costs are stored",
}


def table() -> str:
    """The document's table, word for word, in Markdown."""
    lines = ["| **Impact Area** | **What Happens** | **Business Consequences** |", "|---|---|---|"]
    lines += [f"| **{row.area}** | **{row.happens}** | **{row.consequence}** |" for row in ROWS]
    return "\n".join(lines)


def finding(row: Row, now: Mapping[str, float | None], benchmark: Mapping | None) -> str:
    """The headline figure of a row as a sentence that says what it is made of."""
    if now[row.headline] is None:
        return f"not defined, as {MISSING[row.key]}"
    return _FINDINGS[row.key](now, benchmark)


def _innovation(now: Mapping, benchmark: Mapping | None) -> str:
    pilots = formats.plural(now["count_in_pilot_work"], "initiative")
    verb = "is" if now["count_stalled_pilots"] == 1 else "are"
    return f"{formats.count(now['count_stalled_pilots'])} of {pilots} in pilot work {verb} stalled"


def _talent(now: Mapping, benchmark: Mapping | None) -> str:
    stalled, opened = formats.decimal(now["stalled_fte"]), formats.decimal(now["open_fte"])
    return f"{stalled} of {opened} engineers (FTE) on open initiatives work on stalled ones"


def _risk(now: Mapping, benchmark: Mapping | None) -> str:
    says = f"{formats.share(now['live_in_year_share'])} of pilots are live within 12 months"
    if benchmark is None:
        return says
    figure = formats.share(benchmark["figure"])
    return f"{says}, against {figure} ({briefing.source(benchmark)})"


def _budget(now: Mapping, benchmark: Mapping | None) -> str:
    stuck, spent = formats.money(now["stuck_amount"]), formats.money(now["spent_amount"])
    return f"{stuck} of {spent} spent went into initiatives now lost or stalled"


_FINDINGS = {"innovation": _innovation, "talent": _talent, "risk": _risk, "budget": _budget}


def beside(row: Row, now: Mapping[str, float | None]) -> str:
    """The figures beside the headline, as one line."""
    figures = [f"{terms.lower(name)}: {formats.value(name, now[name])}" for name in row.beside]
    return f"Beside it, {'; '.join(figures)}."


def left_out(row: Row, now: Mapping[str, float | None]) -> str:
    """What a row's figures leave out, and why; empty when nothing is."""
    reasons = {
        "innovation": [
            (
                "count_pilot_work_undated",
                "in pilot work without an entry date, stalled or not",
            ),
            ("count_stalled_without_benefit", "stalled without a benefit estimate"),
        ],
        "talent": [
            ("count_open_without_fte", "open without engineers on record"),
            ("count_idle_unknown", "lost or stalled without engineers or dates"),
        ],
        "risk": [("count_without_stage", "without a stage by that day")],
        "budget": [("count_without_costs", "without costs")],
    }[row.key]
    said = [f"{formats.count(now[name])} {why}" for name, why in reasons if now.get(name)]
    return f"Left out: {'; '.join(said)}." if said else ""
