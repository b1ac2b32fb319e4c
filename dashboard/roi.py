"""What money over time is worth. Pure: arrays in, arrays out; all amounts in one currency.

Months are counted from the month of the as-of date: month 1 is the next one, and its money falls at
its end, m months later. A yearly rate r becomes (1 + r)^(1/12) - 1 a month. Who goes live in month
d earns nothing in d itself, then 1/6, 2/6 … 6/6 of the full monthly benefit in d + 1, d + 2 …
Risk is never in the rate: it is in the probability (see `risked`).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

MONTHS_A_YEAR = 12
RAMP_MONTHS = 6
HALF_A_CENT = 0.005
# What a unit of the next month may be worth in this one: rates from -90 % to 9,900 % a month.
_WORTH = (1e-2, 1e1)

Amounts = NDArray[np.float64]


def monthly_rate(rate: ArrayLike) -> Amounts:
    """The monthly rate that compounds to a yearly rate (0.10 is 10 % a year; any shape).

    >>> float(round(monthly_rate(0.10), 6)), float(monthly_rate(0.0))
    (0.007974, 0.0)
    """
    return (1.0 + np.asarray(rate, dtype=float)) ** (1 / MONTHS_A_YEAR) - 1.0


def discount_factors(rate: float, months: ArrayLike) -> Amounts:
    """What one unit at the end of each month is worth now. Months before now are negative.

    >>> discount_factors(0.10, [0, 12, 24]).round(4).tolist()
    [1.0, 0.9091, 0.8264]
    """
    return (1.0 + monthly_rate(rate)) ** -np.asarray(months, dtype=float)


def present_value(streams: ArrayLike, rate: float) -> Amounts:
    """The worth now of what comes at the ends of months 1, 2 …: (…, months) to (…).

    420,000 a year from now at 5 % are worth 400,000 (Brealey, Myers and Allen, chapter 2):

    >>> float(present_value([0.0] * 11 + [420_000.0], 0.05).round(2))
    400000.0
    """
    streams = np.asarray(streams, dtype=float)
    return streams @ discount_factors(rate, np.arange(1, streams.shape[-1] + 1))


def ramp(horizon: int, delay: int, ramp_months: int = RAMP_MONTHS) -> Amounts:
    """The share of the full benefit earned in months 1 … horizon when going live in month `delay`.

    >>> ramp(8, 2).round(2).tolist()
    [0.0, 0.0, 0.17, 0.33, 0.5, 0.67, 0.83, 1.0]
    """
    live_for = np.arange(1, horizon + 1) - delay
    return np.clip(live_for / max(ramp_months, 1), 0.0, 1.0)


def ramped_values(horizon: int, rate: float, ramp_months: int = RAMP_MONTHS) -> Amounts:
    """The worth now of one unit of monthly benefit, by month of going live: (horizon + 1,).

    Entry d is the worth when going live in month d (0 … horizon; the last is nothing), so that a
    forecast of any delay is a look-up.

    >>> ramped_values(3, 0.0).round(4).tolist()
    [1.0, 0.5, 0.1667, 0.0]
    """
    streams = [ramp(horizon, delay, ramp_months) for delay in range(horizon + 1)]
    return present_value(streams, rate)


def annuity_values(horizon: int, rate: float) -> Amounts:
    """The worth now of one unit in each of months 1 … d, by d: (horizon + 1,).

    1,000 a month for a year at 12 % compounded monthly (12.6825 % a year) are worth 11,255.08:

    >>> float((1_000 * annuity_values(12, 1.01**12 - 1)[12]).round(2))
    11255.08
    """
    factors = discount_factors(rate, np.arange(1, horizon + 1))
    return np.concatenate([[0.0], np.cumsum(factors)])


def net_present_value(benefits: ArrayLike, costs: ArrayLike, rate: float) -> Amounts:
    """Σ (benefit - cost) / (1 + monthly rate)^m over months m = 1 …: (…, months) to (…)."""
    return present_value(np.asarray(benefits, dtype=float) - np.asarray(costs, dtype=float), rate)


def risked(live_share: ArrayLike, benefits: ArrayLike, costs: ArrayLike) -> Amounts:
    """rNPV = p · PV(benefits) - PV(costs): benefits come only if it goes live, costs come anyway.

    >>> float(risked(0.5, 1_000_000, 300_000))
    200000.0
    """
    return np.asarray(live_share) * np.asarray(benefits) - np.asarray(costs)


def cost_of_delay(live_share: ArrayLike, benefit_a_year: ArrayLike) -> Amounts:
    """What one month of waiting costs in expected benefit: p · benefit a year / 12.

    >>> float(cost_of_delay(0.5, 240_000))
    10000.0
    """
    return np.asarray(live_share) * np.asarray(benefit_a_year) / MONTHS_A_YEAR


def return_on(realised: ArrayLike, spent: ArrayLike) -> Amounts:
    """ROI to date = (realised - spent) / spent; not a number where nothing was spent.

    >>> return_on([150.0, 0.0, 10.0], [100.0, 50.0, 0.0]).tolist()
    [0.5, -1.0, nan]
    """
    spent = np.asarray(spent, dtype=float)
    spent = np.where(spent > 0, spent, np.nan)
    return (np.asarray(realised, dtype=float) - spent) / spent


def since_first_cost(benefits: ArrayLike, costs: ArrayLike) -> Amounts:
    """The net stream from the first month with a cost on: (…, months); nan where nothing costs.

    >>> since_first_cost([5.0, 0.0, 7.0], [0.0, 3.0, 0.0]).tolist()
    [0.0, -3.0, 7.0]
    """
    benefits, costs = np.asarray(benefits, dtype=float), np.asarray(costs, dtype=float)
    has_begun = np.maximum.accumulate(costs > 0, axis=-1)
    net = np.where(has_begun, benefits - costs, 0.0)
    return np.where(has_begun[..., -1:], net, np.nan)


def payback(nets: ArrayLike, rate: float = 0.0) -> Amounts:
    """How many months after the first one counted the cumulative net is first back at zero.

    `nets` is what `since_first_cost` gives: (…, months) to (…). The answer is a column's place, nan
    for "not within the horizon" and where nothing costs. Discounted at a yearly rate if one is
    given; the month discounted to does not matter, as it scales every month alike.

    100 spent and 40 back a month is back in the third month after:

    >>> float(payback([-100.0, 40.0, 40.0, 40.0])), float(payback([-100.0, 40.0, 40.0]))
    (3.0, nan)
    """
    nets = np.asarray(nets, dtype=float)
    flows = nets * discount_factors(rate, np.arange(nets.shape[-1]))
    has_begun = np.maximum.accumulate(nets != 0, axis=-1)
    is_back = has_begun & (np.cumsum(flows, axis=-1) >= -HALF_A_CENT)
    return np.where(is_back.any(axis=-1), is_back.argmax(axis=-1), np.nan)


def sign_changes(streams: ArrayLike) -> NDArray[np.int64]:
    """How often a stream turns from paying to getting or back: (…, months) to (…).

    Zeros, and less than half a cent, do not count.

    >>> sign_changes([[-5.0, 0.0, 3.0, 4.0], [-5.0, 3.0, -1.0, 0.0]]).tolist()
    [1, 2]
    """
    streams = np.asarray(streams, dtype=float)
    signs = np.where(np.abs(streams) < HALF_A_CENT, 0.0, np.sign(streams))
    places = np.where(signs != 0, np.arange(signs.shape[-1]), 0)
    filled = np.take_along_axis(signs, np.maximum.accumulate(places, axis=-1), axis=-1)
    return (filled[..., 1:] * filled[..., :-1] < 0).sum(axis=-1)


def irr(streams: ArrayLike, periods_a_year: int = MONTHS_A_YEAR) -> Amounts:
    """The yearly rate at which a stream is worth nothing: (…, periods) to (…).

    Not a number ("not defined") where the stream turns never or more than once: then no rate, or
    several, would do. With one turn there is exactly one (Descartes), found between bounds.

    The textbook stream -100, 39, 59, 55, 20 has 28.09 % (the example of numpy-financial):

    >>> float(irr([-100.0, 39.0, 59.0, 55.0, 20.0], periods_a_year=1).round(4))
    0.2809
    >>> float(irr([-100.0, 230.0, -132.0])), float(irr([100.0, 20.0]))
    (nan, nan)
    """
    from scipy.optimize.elementwise import find_root

    streams = np.asarray(streams, dtype=float)
    flat = streams.reshape(-1, streams.shape[-1])
    rates = np.full(len(flat), np.nan)
    turned = np.flatnonzero((sign_changes(flat) == 1) & np.isfinite(flat).all(axis=-1))
    if len(turned):
        bounds = tuple(np.full(len(turned), worth) for worth in _WORTH)
        found = find_root(
            lambda worth, row: _worth_of(flat[row], worth),
            bounds,
            args=(turned,),
            tolerances={"xatol": 0.0, "xrtol": 1e-14, "fatol": 0.0, "frtol": 0.0},
        )
        root = np.where(found.success, found.x, np.nan)
        rates[turned] = root**-periods_a_year - 1.0
    return rates.reshape(streams.shape[:-1])


def _worth_of(streams: Amounts, worth: Amounts) -> Amounts:
    """Streams at `worth`, what a unit of the next period is worth in this one (Horner's rule)."""
    total = np.zeros_like(worth)
    for column in streams.T[::-1]:
        total = total * worth + column
    return total
