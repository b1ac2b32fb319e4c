"""Every figure of money worked out a second time: slowly, in plain loops, from the files' rows.

Nothing here knows the queries, the store or the modules that the board works money out with.
"""

import calendar
import math
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pandas as pd
from reference import PRIORS, Row, Rows, _value, chance, histories, seen_on, standing, total
from test_figures_delivery import median_days, time_to_production

LADDER = ["claimed", "modelled", "measured", "confirmed"]
STAGES = ("idea", "proof_of_concept", "pilot")


def benefit_rows(folder: Path) -> list[Row]:
    frame = pd.read_csv(folder / "benefits.csv", dtype=str, keep_default_na=False)
    return [{k: _value(k, v) for k, v in row.items()} for row in frame.to_dict("records")]


def ahead(month: date, as_of: date) -> int:
    """How many calendar months after the as-of date's own."""
    return (month.year - as_of.year) * 12 + month.month - as_of.month


def known(row: Row, name: str, as_of: date) -> float | None:
    """An actual of the future does not exist."""
    return row[name] if row["month"] <= as_of else None


def stage_in(history: list[Row], month: date, as_of: date) -> str | None:
    last = date(month.year, month.month, calendar.monthrange(month.year, month.month)[1])
    stages = [row["stage"] for row in history if seen_on(row) <= min(last, as_of)]
    return stages[-1] if stages else None


def spend_split(rows: Rows, as_of: date) -> dict[tuple, tuple[float, float]]:
    units = {row["initiative_id"]: row["unit"] for row in rows.initiatives}
    past, sums = histories(rows, as_of), {}
    for cost in rows.costs:
        key = cost["initiative_id"]
        if key in units and cost["month"] <= as_of:
            stage = stage_in(past.get(key, []), cost["month"], as_of)
            planned, actual = sums.get((units[key], cost["category"], stage), (0.0, 0.0))
            sums[units[key], cost["category"], stage] = (
                planned + (cost["planned_amount"] or 0),
                actual + (cost["actual_amount"] or 0),
            )
    return sums


def by_month(table: list[Row], actual: str, as_of: date, least: str = "claimed") -> dict:
    """Planned and actual (costs) or realised (benefits, of at least an evidence) by month."""
    months: dict[date, list] = {}
    for row in table:
        sums = months.setdefault(row["month"], [[], []])
        sums[0].append(row["planned_amount"])
        if proven(row, least):
            sums[1].append(known(row, actual, as_of))
    return {month: (total(planned), total(got)) for month, (planned, got) in months.items()}


def proven(row: Row, least: str) -> bool:
    return LADDER.index(row.get("evidence") or "claimed") >= LADDER.index(least)


def overruns(rows: Rows, as_of: date) -> dict[str, tuple]:
    """Planned, spent and variance to date of each initiative."""
    found = {}
    for facts in rows.initiatives:
        mine = [
            cost
            for cost in rows.costs
            if cost["initiative_id"] == facts["initiative_id"] and cost["month"] <= as_of
        ]
        planned = total(cost["planned_amount"] for cost in mine)
        spent = total(cost["actual_amount"] for cost in mine)
        both = planned is not None and spent is not None
        found[facts["initiative_id"]] = (planned, spent, spent - planned if both else None)
    return found


def returned(rows: Rows, benefits: list[Row], as_of: date, least: str) -> dict[str, Row]:
    """Per initiative: spent, realised, realised in plan, planned to date; none is None."""
    spends = overruns(rows, as_of)
    found = {}
    for facts in rows.initiatives:
        key = facts["initiative_id"]
        mine = [row for row in benefits if row["initiative_id"] == key and row["month"] <= as_of]
        count = [row for row in mine if proven(row, least)]
        found[key] = {
            "unit": facts["unit"],
            "spent": spends[key][1],
            "realised": total(row["realised_amount"] for row in count),
            "in_plan": total(
                row["realised_amount"] for row in count if row["planned_amount"] is not None
            ),
            "planned": total(row["planned_amount"] for row in mine),
        }
    return found


def rated(parts: list[Row]) -> Row:
    """ROI and track record of some initiatives together."""
    sums = {
        name: total(part[name] for part in parts)
        for name in ("spent", "realised", "in_plan", "planned")
    }
    spent, planned = sums["spent"], sums["planned"]
    return sums | {
        "roi": ((sums["realised"] or 0) - spent) / spent if spent else None,
        "track": (sums["in_plan"] or 0) / planned if planned else None,
    }


class Forecast:
    """The forecast of every open or live initiative, month by month."""

    def __init__(
        self,
        rows: Rows,
        benefits: list[Row],
        as_of: date,
        rate: float = 0.10,
        horizon: int = 36,
        ramp: int = 6,
        wait: int = 12,
        case: str = "base",
        priors: dict | None = None,
        haircut: bool = False,
        run_on: bool = False,
    ):
        self.rows, self.benefits, self.as_of = rows, benefits, as_of
        self.rate, self.horizon, self.ramp, self.wait = rate, horizon, ramp, wait
        self.case, self.haircut, self.run_on = case, haircut, run_on
        self.stands = standing(rows, as_of)
        self.likely = self._chances(priors or PRIORS)
        self.medians = {s: median_days(time_to_production(rows, as_of, s)) for s in STAGES}
        past = returned(rows, benefits, as_of, "claimed")
        self.track = {}
        for unit in {part["unit"] for part in past.values()}:
            self.track[unit] = rated([p for p in past.values() if p["unit"] == unit])["track"]
        self.facts = {
            row["initiative_id"]: row
            for row in rows.initiatives
            if row["initiative_id"] in self.stands
            and (self.stands[row["initiative_id"]]["is_open"] or self._is_live(row))
        }
        self.costs: dict[str, list[Row]] = {key: [] for key in self.facts}
        for cost in rows.costs:
            self.costs.get(cost["initiative_id"], []).append(cost)
        for slow in ("delay", "p", "recent", "plan", "yearly", "parts"):
            setattr(self, slow, cache(getattr(self, slow)))

    def _is_live(self, facts: Row) -> bool:
        return self.stands[facts["initiative_id"]]["is_live"]

    def _chances(self, priors: dict) -> dict[str, float]:
        if priors == PRIORS:
            return chance(self.rows, self.as_of)
        found = {}
        for stage, prior in priors.items():
            (k, n) = self.record(stage)
            found[stage] = (k + 10 * prior) / (n + 10)
        return found

    def record(self, stage: str) -> tuple[int, int]:
        reached = [s for s in self.stands.values() if s["furthest_rank"] >= STAGES.index(stage) + 1]
        live = sum(s["is_live"] for s in reached)
        return live, live + sum(s["is_lost"] for s in reached)

    def p(self, key: str) -> float:
        return 1.0 if self._is_live(self.facts[key]) else self.likely[self.stands[key]["stage"]]

    def live_on(self, key: str) -> date | None:
        if self._is_live(self.facts[key]):
            return None
        planned = self.facts[key]["planned_live_on"]
        if planned and planned > self.as_of:
            return planned
        days = self.medians[self.stands[key]["stage"]]
        if days is not None:
            return self.as_of + timedelta(days=days)
        month = self.as_of.month - 1 + self.wait
        return date(self.as_of.year + month // 12, month % 12 + 1, 1)

    def delay(self, key: str) -> int:
        day = self.live_on(key)
        return 0 if day is None else ahead(day, self.as_of)

    def yearly(self, key: str, case: str | None = None) -> float | None:
        base = self.facts[key]["benefit_base_amount"]
        amount = self.facts[key][f"benefit_{case or self.case}_amount"]
        if base is None:
            return None
        track = self.track[self.facts[key]["unit"]] if self.haircut else None
        return (base if amount is None else amount) * (1 if track is None else min(track, 1))

    def share(self, key: str, m: int, delay: int) -> float:
        if self._is_live(self.facts[key]):
            return 1.0
        return min(max(m - delay, 0), self.ramp) / self.ramp

    def recent(self, key: str) -> float | None:
        months: dict[date, float] = {}
        for cost in self.costs[key]:
            if cost["month"] <= self.as_of and cost["actual_amount"] is not None:
                months[cost["month"]] = months.get(cost["month"], 0) + cost["actual_amount"]
        last = sorted(months)[-3:]
        return sum(months[month] for month in last) / len(last) if last else None

    def plan(self, key: str) -> dict[int, float]:
        found: dict[int, float] = {}
        for cost in self.costs[key]:
            if cost["month"] > self.as_of and cost["planned_amount"] is not None:
                m = ahead(cost["month"], self.as_of)
                found[m] = found.get(m, 0) + cost["planned_amount"]
        return found

    def cost(self, key: str, delay: int | None = None) -> list[float] | None:
        """The costs of months 1 … horizon; None where nobody knows them."""
        plan, recent = self.plan(key), self.recent(key)
        delay = self.delay(key) if delay is None else delay
        months = range(1, self.horizon + 1)
        if plan:
            last = sorted(plan)[-3:]
            after = sum(plan[m] for m in last) / len(last) if self.run_on else 0
            return [after if m > max(plan) else plan.get(m, 0) for m in months]
        if recent is None or (self._is_live(self.facts[key]) and not self.run_on):
            return None
        return [recent if self.run_on or m <= delay else 0 for m in months]

    def pv(self, stream: list[float]) -> float:
        return sum(x / (1 + self.rate) ** (m / 12) for m, x in enumerate(stream, start=1))

    def stream(self, key: str, delay: int | None = None) -> list[float]:
        delay = self.delay(key) if delay is None else delay
        months = range(1, self.horizon + 1)
        return [self.yearly(key) / 12 * self.share(key, m, delay) for m in months]

    def parts(self, key: str) -> Row:
        yearly, cost = self.yearly(key), self.cost(key)
        pv_b = None if yearly is None else self.pv(self.stream(key))
        pv_c = None if cost is None else self.pv(cost)
        is_known = pv_b is not None and pv_c is not None
        base = self.facts[key]["benefit_base_amount"]
        is_open = not self._is_live(self.facts[key])
        return {
            "live_share": self.p(key),
            "delay_months": self.delay(key),
            "pv_benefit_amount": pv_b,
            "pv_cost_amount": pv_c,
            "cost_to_come_amount": None if cost is None else sum(cost),
            "npv_amount": pv_b - pv_c if is_known else None,
            "rnpv_amount": self.p(key) * pv_b - pv_c if is_known else None,
            "cost_of_delay_amount": self.p(key) * base / 12
            if is_open and base is not None
            else None,
        }

    def valued(self) -> list[str]:
        return [key for key in sorted(self.facts) if self.parts(key)["rnpv_amount"] is not None]

    def worth(self) -> float:
        return sum(self.parts(key)["rnpv_amount"] for key in self.valued())

    def net(self, key: str) -> list[tuple[int, float]]:
        """Month and net since the first cost, actuals and then the forecast."""
        paid: dict[int, float] = {}
        got: dict[int, float] = {}
        for row in self.costs[key]:
            if row["month"] <= self.as_of and row["actual_amount"] is not None:
                m = ahead(row["month"], self.as_of)
                paid[m] = paid.get(m, 0) + row["actual_amount"]
        for row in self.benefits:
            if row["initiative_id"] == key and known(row, "realised_amount", self.as_of):
                m = ahead(row["month"], self.as_of)
                got[m] = got.get(m, 0) + row["realised_amount"]
        for m, (benefit, cost) in enumerate(zip(self.stream(key), self.cost(key), strict=True), 1):
            got[m], paid[m] = benefit, cost
        started = [m for m, x in sorted(paid.items()) if x > 0]
        if not started:
            return []
        return [(m, got.get(m, 0) - paid.get(m, 0)) for m in range(started[0], self.horizon + 1)]

    def payback(self, key: str, rate: float = 0.0) -> int | None:
        return back_at_zero(self.net(key), rate)

    def irr(self, key: str) -> float | None:
        return rate_of([x for _, x in self.net(key)])


def back_at_zero(net: list[tuple[int, float]], rate: float = 0.0) -> int | None:
    """The month in which a net since the first cost is first back at nothing."""
    so_far = 0.0
    for m, x in net:
        so_far += x / (1 + rate) ** (m / 12)
        if so_far >= -0.005:
            return m
    return None


def rate_of(flows: list[float]) -> float | None:
    """The yearly rate at which monthly flows are worth nothing, if they turn exactly once."""
    signs = [x > 0 for x in flows if abs(x) >= 0.005]
    if sum(a != b for a, b in zip(signs, signs[1:], strict=False)) != 1:
        return None
    low, high = -0.9, 99.0

    def worth(rate):
        return sum(x / (1 + rate) ** m for m, x in enumerate(flows))

    rises = worth(high) > worth(low)
    for _ in range(200):
        middle = (low + high) / 2
        if (worth(middle) > 0) == rises:
            high = middle
        else:
            low = middle
    return (1 + low) ** 12 - 1


def best_worth(worth: list[float], cents: list[int], budget: int) -> float:
    """The best sum within a budget: every set not beaten by a cheaper one, item by item."""
    states = [(0, 0.0)]
    for value, cost in zip(worth, cents, strict=True):
        merged = sorted(
            states + [(spent + cost, got + value) for spent, got in states],
            key=lambda state: (state[0], -state[1]),
        )
        states = list(_unbeaten(merged, budget))
    return max(got for _, got in states)


def _unbeaten(states: list[tuple[int, float]], budget: int) -> Iterator[tuple[int, float]]:
    best = -math.inf
    for spent, got in states:
        if spent <= budget and got > best:
            best = got
            yield spent, got
