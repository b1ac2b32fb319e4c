"""The barrier ledger: where the months in pilot work went, and what a shorter wait would bring."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from dashboard import briefing, formats, survival

# What the article calls each barrier, and what it says happens.
LABELS = {
    "ownership": "Unclear ownership",
    "infrastructure": "Infrastructure not built for AI",
    "talent": "AI engineering talent",
    "procurement_governance": "Slow procurement and governance",
    "unclear_roi": "Unclear ROI",
}
HAPPENS = {
    "ownership": "It starts in an innovation or data-science group, production needs several "
    "departments; it stalls during deployment.",
    "infrastructure": "Large-scale data processing, GPU training or real-time inference is "
    "missing; deployment is slow and expensive.",
    "talent": "Deployment, MLOps pipelines and scalable inference find too few engineers.",
    "procurement_governance": "The small experimental environment cannot scale; governance "
    "delays the move to production.",
    "unclear_roi": "The return cannot be measured, so it stays a pilot instead of getting full "
    "investment.",
}
KEPT = (1.0, 0.75, 0.5, 0.25, 0.0)
EXPLAINED = (
    "What if: the waiting days behind a barrier, in every way from pilot to production (finished, "
    "given up or still under way), are multiplied by what you keep of them; each way is re-timed "
    "and the Aalen–Johansen median worked out again. Value = sum over initiatives still on their "
    "way of chance of going live × annual benefit / 12 × months by which the median comes earlier. "
    "A median moves in steps, from one day on which somebody went live to another."
)


@dataclass(frozen=True)
class WhatIf:
    """The way to production as it is and as it would be; months and value None: not defined."""

    now: survival.Incidence
    then: survival.Incidence
    months_earlier: float | None
    value_amount: float | None

    def briefly(self) -> str:
        """The same in a few words."""
        if self.months_earlier is None:
            return formats.NOT_DEFINED
        if not self.months_earlier:
            return "no earlier"
        worth = "" if self.value_amount is None else f", {formats.money(self.value_amount)}"
        return f"{self.months_earlier:.1f} months earlier{worth}"

    def says(self) -> str:
        """What the shorter waits would bring, in one sentence."""
        if self.months_earlier is None:
            return "The median is not reached with or without the change: no months to compare"
        if not self.months_earlier:
            return (
                f"The median from pilot to production is {formats.days(self.now.median)}; "
                "keep less of a wait to see what that would bring"
            )
        said = (
            f"The median from pilot to production would come {self.months_earlier:.1f} months "
            f"earlier: {formats.days(self.then.median)} instead of {formats.days(self.now.median)}"
        )
        if self.value_amount is None:
            return f"{said}; what that is worth is not defined, as no benefit is estimated"
        return f"{said}, worth {formats.money(self.value_amount)}"


def what_if(
    durations: pd.DataFrame,
    waits: pd.DataFrame,
    initiatives: pd.DataFrame,
    kept: Mapping[str, float],
) -> WhatIf:
    """What keeping only a share (0 to 1, by barrier) of each wait would do.

    Takes the answers to `delivery/time_to_production` (from pilot), `delivery/barrier_waits` and
    `portfolio/initiatives`; a barrier that `kept` does not name keeps all of its wait.
    """
    followed = durations[durations["left_out"].isna()]
    codes = followed["outcome"].map(briefing.CODES).to_numpy(dtype=int)
    days = followed["duration_days"].to_numpy(dtype=float)
    now = survival.cumulative_incidence(days, codes)
    shorter = np.maximum(days - saved_days(followed, waits, kept), 0)
    then = survival.cumulative_incidence(shorter, codes)
    if now.median is None or then.median is None:
        return WhatIf(now, then, None, None)
    months = (now.median - then.median) / survival.MONTH
    waiting = followed.loc[followed["outcome"] == "waiting", "initiative_id"]
    delays = initiatives.set_index("initiative_id")["cost_of_delay_amount"]
    delay = formats.finite(delays.reindex(waiting).astype(float).sum(min_count=1))
    return WhatIf(now, then, months, None if delay is None else delay * months)


def halved(
    durations: pd.DataFrame, waits: pd.DataFrame, initiatives: pd.DataFrame
) -> dict[str, str]:
    """What halving the wait behind each barrier alone would bring, in a few words."""
    return {name: what_if(durations, waits, initiatives, {name: 0.5}).briefly() for name in LABELS}


def saved_days(spells: pd.DataFrame, waits: pd.DataFrame, kept: Mapping[str, float]) -> np.ndarray:
    """The days each way would be shorter by: its waits within it × (1 - what is kept of them)."""
    spans = spells[["initiative_id", "started_on", "ended_on"]]
    met = waits.merge(spans, on="initiative_id")
    if met.empty:
        return np.zeros(len(spells))
    from_on = pd.concat([met["from_on"], met["started_on"]], axis=1).max(axis=1)
    until_on = pd.concat([met["until_on"], met["ended_on"]], axis=1).min(axis=1)
    days = (until_on - from_on).dt.days.clip(lower=0) * met["day_share"]
    dropped = 1 - met["barrier"].map(dict(kept)).astype(float).fillna(1.0)
    saved = (days * dropped).groupby(met["initiative_id"]).sum()
    return saved.reindex(spells["initiative_id"]).fillna(0).to_numpy(dtype=float)


def cards(days: pd.DataFrame, held: pd.DataFrame) -> list[tuple[str, str]]:
    """Each barrier and what it took and holds, as a sentence; the longest waits first.

    Takes the answers to `delivery/barrier_days` and `delivery/barriers_held`.
    """
    waited = days.groupby("barrier")["barrier_days"].sum()
    total = days["barrier_days"].sum()
    facts = held.set_index("barrier").to_dict("index")
    order = sorted(LABELS, key=lambda name: -waited.get(name, 0))
    return [(name, _card(waited.get(name, 0.0), total, facts.get(name))) for name in order]


def _card(waited: float, total: float, held: Mapping | None) -> str:
    months = f"{waited / formats.MONTH_DAYS:,.1f} initiative-months waited"
    if total:
        months += f" ({formats.share(waited / total)} of all pilot work)"
    if held is None:
        return f"{months}. It stands before no open initiative now."
    unknown = held["count_without_benefit"]
    rest = f" ({unknown:,} without an estimate)" if unknown else ""
    owners = formats.listed(list(held["must_act"])) or "nobody named"
    return (
        f"{months}. Now it holds {formats.plural(held['count_initiatives'], 'open initiative')}, "
        f"{formats.money(held['held_benefit_amount'])} of benefit a year{rest}; a month costs "
        f"{formats.money(held['held_delay_amount'])} of expected benefit and "
        f"{formats.money(held['held_cost_amount'])} in running cost. Must act: {owners}."
    )


def raised(initiative_id: str, form: Mapping[str, object]) -> dict[str, object]:
    """The row of `barriers` a form to raise one asks for."""
    return {
        "initiative_id": initiative_id,
        "barrier": form["barrier"],
        "raised_on": form["raised_on"],
        "resolved_on": None,
        "owner": form["owner"],
        "note": form["note"],
    }


def resolved(
    initiative_id: str, barrier: str, raised_on: date, form: Mapping[str, object]
) -> dict[str, object]:
    """The row that ends a standing barrier. Raises ValueError if it would end before it began."""
    if form["resolved_on"] < raised_on:
        raise ValueError(f"It was raised on {formats.day(raised_on)}: it cannot end before that.")
    row = {"initiative_id": initiative_id, "barrier": barrier, "raised_on": raised_on}
    return row | {name: form[name] for name in ("resolved_on", "owner", "note")}
