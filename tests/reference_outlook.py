"""What may come of the forecast, worked out a second time: draw by draw, in plain loops.

Only the order in which random numbers are taken is the board's. A draw's formulas are those of the
definitions: a benefit is triangular, a delay its expected months times a lognormal factor, going
live a throw with its chance, and one common factor moves benefits up and delays down.
"""

import math
from functools import cache
from statistics import NormalDist

from reference_value import Forecast

SOURCES = ("benefit", "delay", "going_live")
SPREAD, RHO = 0.35, 0.3
phi = NormalDist().cdf


@cache
def beta_point(hits: float, misses: float, share: float) -> float:
    """Where a Beta distribution has so much of itself below, by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if beta_below(hits, misses, middle) < share:
            low = middle
        else:
            high = middle
    return low


def beta_below(a: float, b: float, x: float) -> float:
    """How much of Beta(a, b) lies below x: its power series, every term positive."""
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front += a * math.log(x) + b * math.log(1 - x)
    term = added = 1.0
    n = 0
    while term > 1e-17 * added:
        term *= x * (a + b + n) / (a + 1 + n)
        added += term
        n += 1
    return math.exp(front) / a * added


def worth_at_chance(forecast: Forecast, priors: dict, share: float) -> float:
    """The portfolio's rNPV with each open initiative's chance at a point of its Beta.

    The prior counts as 10 finished ones, so that the mean is (k + 10 · prior) / (n + 10).
    """
    found = 0.0
    for key in forecast.valued():
        p, parts = 1.0, forecast.parts(key)
        if not forecast._is_live(forecast.facts[key]):
            stage = forecast.stands[key]["stage"]
            live, finished = forecast.record(stage)
            hits = live + 10 * priors[stage]
            misses = finished - live + 10 * (1 - priors[stage])
            p = hits / (hits + misses)
            if hits and misses:
                p = beta_point(hits, misses, share)
        found += p * parts["pv_benefit_amount"] - parts["pv_cost_amount"]
    return found


def together(forecast: Forecast, keys: list[str]) -> list[tuple[int, float]]:
    """Month and net of some initiatives since the first cost of any; benefits to come count with
    their chance."""
    paid: dict[int, float] = {}
    got: dict[int, float] = {}
    for key in keys:
        for m, benefit, cost in cash(forecast, key):
            weight = forecast.p(key) if m > 0 else 1
            got[m] = got.get(m, 0) + weight * benefit
            paid[m] = paid.get(m, 0) + cost
    begun = [m for m, cost in paid.items() if cost > 0]
    months = range(min(begun), forecast.horizon + 1) if begun else []
    return [(m, got.get(m, 0) - paid.get(m, 0)) for m in months]


def cash(forecast: Forecast, key: str) -> list[tuple[int, float, float]]:
    """Month, benefit and cost: the actuals' rows, then the forecast's months."""
    found = []
    for table, name, is_cost in (
        (forecast.rows.costs, "actual_amount", True),
        (forecast.benefits, "realised_amount", False),
    ):
        for row in table:
            is_past = row["month"] <= forecast.as_of and row[name] is not None
            if row["initiative_id"] == key and is_past:
                away = (row["month"].year - forecast.as_of.year) * 12
                away += row["month"].month - forecast.as_of.month
                amount = row[name]
                found.append((away, 0.0, amount) if is_cost else (away, amount, 0.0))
    ahead = zip(forecast.stream(key), forecast.cost(key), strict=True)
    return found + [(m, benefit, cost) for m, (benefit, cost) in enumerate(ahead, start=1)]


def quantile(values: list[float], share: float) -> float:
    """A point of sorted values, between two of them in proportion."""
    place = (len(values) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])


class Draws:
    """Draws of a forecast; what hangs on a delay alone is worked out once per delay."""

    def __init__(self, forecast: Forecast, spread: float = SPREAD):
        self.forecast, self.spread = forecast, spread
        self.common, self.own = math.sqrt(RHO), math.sqrt(1 - RHO)
        self.live = {key: forecast._is_live(forecast.facts[key]) for key in sorted(forecast.facts)}
        self.unit_worth, self.paid = cache(self._unit_worth), cache(self._paid)
        self.estimates = cache(self._estimates)

    def _unit_worth(self, key: str, delay: int) -> float:
        """What one a year is worth, if it goes live in that month."""
        months = range(1, self.forecast.horizon + 1)
        return self.forecast.pv([self.forecast.share(key, m, delay) / 12 for m in months])

    def _paid(self, key: str, delay: int) -> float:
        return self.forecast.pv(self.forecast.cost(key, delay))

    def _estimates(self, key: str) -> tuple[float, float, float]:
        low, base, high = (self.forecast.yearly(key, case) for case in ("low", "base", "high"))
        return (low, base, high) if low <= base <= high else (base, base, base)

    def benefit(self, key: str, score: float) -> float:
        """The benefit a year that so much of the triangle lies below."""
        low, base, high = self.estimates(key)
        if low == high:
            return base
        u = phi(score)
        if u < (base - low) / (high - low):
            return low + math.sqrt(u * (high - low) * (base - low))
        return high - math.sqrt((1 - u) * (high - low) * (high - base))

    def delay(self, key: str, score: float) -> int:
        return math.floor(self.forecast.delay(key) * math.exp(self.spread * score) + 0.5)

    def portfolio(self, rng, count: int, varying: tuple[str, ...] = SOURCES) -> list[float]:
        """The portfolio's NPV in each draw; what does not vary stays at its base."""
        found = [0.0] * count
        common, keys = rng.standard_normal(count).tolist(), self.forecast.valued()
        size = max(1, 400_000 // count)
        for block in (keys[start : start + size] for start in range(0, len(keys), size)):
            opened = [key for key in block if not self.live[key]]
            scores = rng.standard_normal((len(block), count)).tolist()
            waits = rng.standard_normal((len(opened), count)).tolist()
            luck = rng.random((len(opened), count)).tolist()
            for place, key in enumerate(block):
                at = None if self.live[key] else opened.index(key)
                numbers = (
                    (scores[place], None, None)
                    if at is None
                    else (scores[place], waits[at], luck[at])
                )
                for draw, net in enumerate(self._of_one(key, common, *numbers, varying)):
                    found[draw] += net
        return found

    def _of_one(self, key, common, scores, waits, luck, varying):
        base, p = self.forecast.yearly(key, "base"), self.forecast.p(key)
        for draw, shared in enumerate(common):
            yearly, delay, live = base, self.forecast.delay(key), p
            if "benefit" in varying:
                yearly = self.benefit(key, self.own * scores[draw] + self.common * shared)
            if waits and "delay" in varying:
                delay = self.delay(key, self.own * waits[draw] - self.common * shared)
            if waits and "going_live" in varying:
                live = luck[draw] < p
            yield live * yearly * self.unit_worth(key, delay) - self.paid(key, delay)

    def fan(self, key: str, rng, count: int) -> list[list[float]]:
        """By month ahead, what one initiative's cumulative net may be: every draw, in order."""
        common, waits = rng.standard_normal((2, count)).tolist()
        scores, luck = rng.standard_normal(count).tolist(), rng.random(count).tolist()
        so_far = sum(benefit - cost for m, benefit, cost in cash(self.forecast, key) if m <= 0)
        found: list[list[float]] = [[] for _ in range(self.forecast.horizon)]
        shares, costs = cache(self._shares), cache(self.forecast.cost)
        for draw in range(count):
            shared = self.common * common[draw]
            monthly = self.benefit(key, self.own * scores[draw] + shared) / 12
            delay = self.delay(key, self.own * waits[draw] - shared)
            live = luck[draw] < self.forecast.p(key)
            net = so_far
            months = zip(shares(key, delay), costs(key, delay), found, strict=True)
            for share, cost, month in months:
                net += monthly * share * live - cost
                month.append(net)
        return [sorted(month) for month in found]

    def _shares(self, key: str, delay: int) -> list[float]:
        return [self.forecast.share(key, m, delay) for m in range(1, self.forecast.horizon + 1)]
