"""Drawing the worth of a large portfolio, against the bare random numbers it takes."""

import resource
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.ratios import Line, in_turns
from dashboard import roi, simulate

INITIATIVES, DRAWS, HORIZON, RATE = 5_000, simulate.DRAWS, 36, 0.10
GOAL_GIGABYTES = 2.0
_AT_ONCE = 40


def portfolio() -> simulate.Prospects:
    """Five thousand initiatives, a fifth of them live."""
    rng = np.random.default_rng(1)
    base = rng.uniform(1e5, 6e6, INITIATIVES)
    return simulate.Prospects(
        low=base * 0.6,
        base=base,
        high=base * 1.5,
        live_share=rng.uniform(0.1, 0.9, INITIATIVES),
        is_live=rng.random(INITIATIVES) < 0.2,
        delay_months=rng.integers(1, 30, INITIATIVES),
        fixed_cost=rng.uniform(1e5, 2e6, INITIATIVES),
        monthly_cost=np.zeros(INITIATIVES),
        ramped=roi.ramped_values(HORIZON, RATE),
        annuity=roi.annuity_values(HORIZON, RATE),
    )


def bare(rng: np.random.Generator) -> None:
    """Nothing but the numbers: two normal scores and one piece of luck per cell."""
    for _ in range(0, INITIATIVES, _AT_ONCE):
        rng.standard_normal((_AT_ONCE, DRAWS))
        rng.standard_normal((_AT_ONCE, DRAWS))
        rng.random((_AT_ONCE, DRAWS))


def lines(folder: Path) -> Iterator[Line]:
    """How many times the bare numbers the whole takes, and the most memory it held."""
    drawn = portfolio()
    ratio, ours, theirs = in_turns(
        lambda: simulate.net_present_values(drawn, np.random.default_rng(1)),
        lambda: bare(np.random.default_rng(1)),
        rounds=3,
    )
    size = f"{DRAWS:,} draws x {INITIATIVES:,} x {HORIZON} months"
    yield Line(size, ratio, None, f"{ours:,.1f} s against {theirs:,.1f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    yield Line("most memory of this process, GB", peak, GOAL_GIGABYTES)
