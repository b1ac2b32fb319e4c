"""What the initiatives cost and what they bring, month by month."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from data.sample.story import (
    AS_OF,
    OVERRUNS,
    PLAN_END,
    WITHOUT_BENEFIT_CASE,
    WITHOUT_COSTS,
    WITHOUT_PLAN_AHEAD,
)
from data.sample.track import EXITS, LIVE, Track, dice, later, months_between

EVIDENCE = ["claimed", "modelled", "measured", "confirmed"]
OPTIMISM = 1.15
"""Benefits are planned this much above the base case."""

# stage: thousand euros a month in the smallest and in the largest initiative
MONTHLY = {
    "idea": (1.2, 4),
    "proof_of_concept": (7, 24),
    "pilot": (11, 58),
    "production": (12, 44),
    "scaled": (18, 62),
}
# stage: how the month's cost splits
SPLIT = {
    "idea": {"people": 1},
    "proof_of_concept": {"people": 0.74, "compute": 0.14, "data": 0.12},
    "pilot": {
        "people": 0.58,
        "compute": 0.14,
        "licences": 0.08,
        "data": 0.08,
        "integration": 0.12,
    },
    "production": {
        "people": 0.42,
        "compute": 0.25,
        "licences": 0.14,
        "integration": 0.14,
        "other": 0.05,
    },
    "scaled": {
        "people": 0.36,
        "compute": 0.31,
        "licences": 0.19,
        "integration": 0.08,
        "other": 0.06,
    },
}


def benefit_base(track: Track) -> float:
    """The yearly benefit once live, between 150 thousand and 6 million."""
    spread = dice("benefit base", track.name).lognormal(-0.1, 0.6)
    euros = np.clip(track.process.benefit_thousands * 1000 * spread, 150_000, 6_000_000)
    return float(round(euros, -4))


def monthly_cost(track: Track, stage: str) -> float:
    """Planned euros a month in a stage: larger initiatives cost more."""
    small, large = MONTHLY[stage]
    size = np.clip(benefit_base(track) / 4_500_000, 0, 1) ** 0.6
    spread = dice("monthly cost", track.name).uniform(0.8, 1.2)
    return float(np.clip((small + (large - small) * size) * spread, small * 0.9, large) * 1000)


def cost_rows(track: Track, live_on: date | None) -> Iterator[list[str]]:
    """Months of plan and actual until today, then months of plan."""
    if not track.steps or track.name in WITHOUT_COSTS:
        return
    rng = dice("costs", track.name)
    overrun = OVERRUNS.get(track.name, track.unit.overrun * rng.lognormal(0, 0.07))
    for month in track.months():
        yield from cost_month(track, month, track.stage_in(month), overrun, rng)
    if track.now in EXITS or track.name in WITHOUT_PLAN_AHEAD:
        return
    for month in months_between(later(AS_OF, 1), PLAN_END):
        stage = "production" if live_on and month >= live_on else track.now
        stage = "scaled" if track.now == "scaled" else stage
        yield from cost_month(track, month, stage, None, rng)


def cost_month(track, month, stage, overrun, rng) -> Iterator[list[str]]:
    """One row per category; the first three months live cost more, for the roll-out."""
    total = monthly_cost(track, stage)
    live = track.day("production")
    if live and month < later(live, 3) and stage == "production":
        total *= 1.5
    for category, share in SPLIT[stage].items():
        planned = round(total * share, -2)
        actual = ""
        if overrun is not None:
            more = overrun * (1.1 if category == "integration" else 1)
            actual = f"{planned * more * rng.lognormal(0, 0.13):.2f}"
        yield [track.initiative_id, f"{month}", category, f"{planned:.0f}", actual]


def benefit_rows(track: Track, live_on: date | None) -> Iterator[list[str]]:
    """Months of benefit since going live, and the months still planned."""
    went_live = track.day("production")
    begins = went_live or live_on
    if not begins or not track.steps or (track.now in EXITS and not went_live):
        return
    rng = dice("benefits", track.name)
    share = track.unit.return_share * rng.lognormal(0, 0.12)
    best = EVIDENCE.index(proof(track))
    last = track.end if track.now in EXITS else PLAN_END
    for age, month in enumerate(months_between(later(begins, 1), last)):
        is_known = bool(went_live) and month <= AS_OF
        for kind, part in zip(track.process.kinds, (0.7, 0.3), strict=False):
            part = 1 if len(track.process.kinds) == 1 else part
            planned = benefit_base(track) / 12 * OPTIMISM * part * min((age + 1) / 6, 1)
            got = planned * share * min((age + 3) / 12, 1) * rng.lognormal(0, 0.09)
            yield [
                track.initiative_id,
                f"{month}",
                kind,
                f"{round(planned, -2):.0f}",
                f"{got:.2f}" if is_known else "",
                EVIDENCE[evidence(best, age, month)] if is_known else "",
            ]


def evidence(best: int, age: int, month: date) -> int:
    """Proof takes time: claims first; finance confirms a quarter later."""
    reached = 0 if age < 2 else 1 if age < 4 else 2 if age < 7 else 3
    recent = 2 if month >= later(AS_OF, -2) else 3
    return min(best, reached, recent)


def proof(track: Track) -> str:
    """The best evidence this initiative will bring: its unit's, sometimes one better or worse."""
    step = int(dice("proof", track.name).choice([-1, 0, 0, 0, 1]))
    return EVIDENCE[int(np.clip(EVIDENCE.index(track.unit.proof) + step, 0, 3))]


def benefit_case(track: Track) -> list[str]:
    """Low, base and high benefit per year, and what they rest on."""
    if track.name in WITHOUT_BENEFIT_CASE:
        return ["", "", "", ""]
    rng = dice("benefit case", track.name)
    base = benefit_base(track)
    low, high = base * rng.uniform(0.4, 0.7), base * rng.uniform(1.25, 1.7)
    if track.now in LIVE:
        evidence = proof(track)
    elif track.now in ("idea", ""):
        evidence = "claimed"
    else:
        evidence = str(rng.choice(["claimed", "modelled", "measured"], p=[0.5, 0.4, 0.1]))
    return [f"{round(low, -4):.0f}", f"{base:.0f}", f"{round(high, -4):.0f}", evidence]
