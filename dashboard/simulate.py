"""What the portfolio may be worth, drawn many times. Pure: arrays in, arrays out, `rng` passed in.

One draw settles, for every initiative, its benefit (triangular between low, base and high), the
time it takes to go live (its expected months times a lognormal factor of median 1) and whether it
goes live at all (with its chance). One common factor F moves all of them: the score of a benefit is
√ρ·F + √(1-ρ)·ε, the score of a delay -√ρ·F + √(1-ρ)·η, so that in a bad draw benefits are low and
delays long together. Any two scores correlate by ρ (0.3), in sign as said.

The present value of an initiative depends on its month of going live alone, so the tables of
`roi.ramped_values` and `roi.annuity_values` are worked out once and a draw looks them up: equal to
adding up its months one by one, to the cent.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 10_000
SPREAD = 0.35
CORRELATION = 0.3
SOURCES = ("benefit", "delay", "going_live")
_BLOCK_CELLS = 400_000

Amounts = NDArray[np.float64]


@dataclass(frozen=True)
class Prospects:
    """What is drawn from, one entry per initiative (n,), and the tables of worth by month.

    Benefits are a year's, once live; `delay_months` is the expected month of going live (any number
    for those already live); `fixed_cost` is the present value of costs that come whenever it goes
    live; `monthly_cost` is paid until it does. `ramped`, `annuity`: (horizon + 1,), see `roi`.
    """

    low: Amounts
    base: Amounts
    high: Amounts
    live_share: Amounts
    is_live: NDArray[np.bool_]
    delay_months: NDArray[np.int64]
    fixed_cost: Amounts
    monthly_cost: Amounts
    ramped: Amounts
    annuity: Amounts

    def __len__(self) -> int:
        return len(self.base)


@dataclass(frozen=True)
class Outlook:
    """What the draws say of the portfolio's NPV: its 10, 50 and 90 % points, mean, P(NPV < 0)."""

    p10: float
    p50: float
    p90: float
    mean: float
    loss_share: float


def net_present_values(
    prospects: Prospects,
    rng: np.random.Generator,
    draws: int = DRAWS,
    spread: float = SPREAD,
    correlation: float = CORRELATION,
    varying: tuple[str, ...] = SOURCES,
) -> Amounts:
    """The NPV of the whole portfolio in each draw: (draws,).

    `spread` is the σ of the delay's lognormal factor. What is not `varying` stays at its base: the
    base benefit, the expected month, the chance itself instead of a yes or no.
    """
    common = rng.standard_normal(draws)
    total = np.zeros(draws)
    for block in _blocks(len(prospects), draws):
        total += _worth(prospects, block, rng, common, spread, correlation, varying)
    return total


def cumulative_nets(
    prospects: Prospects,
    costs: Amounts,
    rng: np.random.Generator,
    draws: int = DRAWS,
    spread: float = SPREAD,
    correlation: float = CORRELATION,
    ramp_months: int = 6,
) -> Amounts:
    """Of one initiative: the cumulative net, not discounted, by month in each draw.

    `prospects` holds that one; `costs` (months,) are those that come whenever it goes live, beside
    its `monthly_cost` until it does. The answer is (draws, months).
    """
    common, waits = rng.standard_normal((2, draws))
    scores, luck = rng.standard_normal((1, draws)), rng.random(draws)
    shared, own = np.sqrt(correlation) * common, np.sqrt(1 - correlation)
    benefit = triangular(prospects, slice(None), own * scores + shared)[0]
    delay = np.floor(prospects.delay_months * np.exp(spread * (own * waits - shared)) + 0.5)
    goes_live = luck < prospects.live_share
    months = np.arange(1, len(costs) + 1)
    earned = np.clip((months - delay[:, None]) / ramp_months, 0, 1) * goes_live[:, None]
    if prospects.is_live[0]:
        earned = np.ones((draws, len(costs)))
    waiting = prospects.monthly_cost * (months <= delay[:, None])
    return np.cumsum(benefit[:, None] / 12 * earned - waiting - costs, axis=1)


def outlook(values: Amounts) -> Outlook:
    """The draws in five figures.

    >>> outlook(np.arange(-10.0, 91.0))
    Outlook(p10=0.0, p50=40.0, p90=80.0, mean=40.0, loss_share=0.09900990099009901)
    """
    p10, p50, p90 = (float(point) for point in np.quantile(values, (0.1, 0.5, 0.9)))
    return Outlook(p10, p50, p90, float(values.mean()), float((values < 0).mean()))


def _blocks(count: int, draws: int) -> Iterator[slice]:
    """A few initiatives at a time, so that memory stays small whatever the portfolio."""
    size = max(1, _BLOCK_CELLS // draws)
    for start in range(0, count, size):
        yield slice(start, start + size)


def _worth(
    prospects: Prospects,
    block: slice,
    rng: np.random.Generator,
    common: Amounts,
    spread: float,
    correlation: float,
    varying: tuple[str, ...],
) -> Amounts:
    """The NPV of a block of initiatives, added up, in each draw: (draws,)."""
    shape = (len(prospects.base[block]), len(common))
    is_open = ~prospects.is_live[block]
    scores = rng.standard_normal(shape)
    waits = rng.standard_normal((int(is_open.sum()), shape[1]))
    luck = rng.random(waits.shape)
    shared, own = np.sqrt(correlation), np.sqrt(1 - correlation)
    if "benefit" in varying:
        benefit = triangular(prospects, block, own * scores + shared * common)
    else:
        benefit = np.broadcast_to(prospects.base[block, None], shape)
    months = prospects.delay_months[block][is_open, None]
    if "delay" in varying:
        months = np.floor(months * np.exp(spread * (own * waits - shared * common)) + 0.5)
    months = np.clip(months, 0, len(prospects.ramped) - 1).astype(np.intp)
    chance = prospects.live_share[block][is_open, None]
    goes_live = luck < chance if "going_live" in varying else chance
    worth = benefit[~is_open].sum(axis=0) / 12 * prospects.annuity[-1]
    worth = worth + (benefit[is_open] / 12 * prospects.ramped[months] * goes_live).sum(axis=0)
    running = prospects.monthly_cost[block][is_open, None] * prospects.annuity[months]
    return worth - running.sum(axis=0) - prospects.fixed_cost[block].sum()


def triangular(prospects: Prospects, block: slice, scores: Amounts) -> Amounts:
    """The benefit a year at each normal score: (initiatives, draws), by the inverse distribution.

    With low, base and high the same it is exactly the base.
    """
    from scipy.special import ndtr

    low, base, high = (
        values[block, None] for values in (prospects.low, prospects.base, prospects.high)
    )
    width = high - low
    below = ndtr(scores)
    is_low = below * width < base - low
    reach = np.sqrt(
        np.where(is_low, below * width * (base - low), (1 - below) * width * (high - base))
    )
    return np.where(is_low, low + reach, high - reach)
