"""What Delivery shows equals what plain loops over the raw rows say."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from math import exp, log
from statistics import NormalDist, median

import pytest
from reference import (
    ACTIVE,
    EXITS,
    GIVEN,
    LIVE,
    NAMED,
    ORDER,
    PILOT_WORK,
    Row,
    Rows,
    chance,
    histories,
    monthly_costs,
    open_barriers,
    rank,
    seen_on,
    share,
    slip_days,
    standing,
)
from test_figures_cases import Case, assert_same, every_case, opened, plain

from dashboard import briefing

MONTH = 30.4375


def funnel(rows: Rows, as_of: date) -> list[Row]:
    stands = list(standing(rows, as_of).values())
    steps = []
    for stage in ACTIVE:
        reached = [s for s in stands if s["furthest_rank"] >= rank(stage)]
        here = [s for s in stands if s["stage"] == stage]
        further = [s for s in stands if s["furthest_rank"] > rank(stage)]
        is_last = stage == "scaled"
        steps.append(
            {
                "stage": stage,
                "stage_rank": rank(stage),
                "count_reached": len(reached),
                "count_here": len(here),
                "count_stalled": sum(s["is_stalled"] for s in here),
                "count_lost_here": sum(
                    s["is_lost"] and s["furthest_rank"] == rank(stage) for s in stands
                ),
                "count_reached_next": None if is_last else len(further),
                "next_share": None if is_last else share(len(further), len(reached)),
            }
        )
    return steps


def funnel_by_unit(rows: Rows, as_of: date) -> list[Row]:
    answer = []
    for unit in {row["unit"] for row in rows.initiatives}:
        stands = list(standing(rows.of(unit), as_of).values())
        pilots = sum(s["furthest_rank"] >= 3 for s in stands)
        live = sum(s["furthest_rank"] >= 4 for s in stands)
        answer.append(
            {
                "unit": unit,
                "count_initiatives": len(stands),
                "count_reached_pilot": pilots,
                "count_reached_production": live,
                "count_stalled": sum(s["is_stalled"] for s in stands),
                "pilot_to_production_share": share(live, pilots),
            }
        )
    return [row for row in answer if row["count_initiatives"]]


def cohorts(rows: Rows, as_of: date, within_days: int) -> list[Row]:
    quarters: dict[date, Row] = {}
    for history in histories(rows, as_of).values():
        entries = [row["entered_on"] for row in history if row["entered_on"]]
        if not entries:
            continue
        first = min(entries)
        quarter = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
        count = quarters.setdefault(
            quarter,
            {"quarter_on": quarter, "count_entered": 0, "count_followed": 0}
            | {f"count_reached_{stage}": 0 for stage in ACTIVE[1:]},
        )
        count["count_entered"] += 1
        until = first + timedelta(days=within_days)
        if until > as_of:
            continue
        count["count_followed"] += 1
        ranks = [rank(r["stage"]) for r in history if r["stage"] in ACTIVE and seen_on(r) <= until]
        for stage in ACTIVE[1:]:
            count[f"count_reached_{stage}"] += max(ranks, default=0) >= rank(stage)
    return list(quarters.values())


def time_to_production(rows: Rows, as_of: date, from_stage: str) -> list[Row]:
    answer = []
    facts = {row["initiative_id"]: row for row in rows.initiatives}
    for identifier, history in histories(rows, as_of).items():
        if max(rank(r["stage"]) * (r["stage"] in ACTIVE) for r in history) < rank(from_stage):
            continue
        started = _first(r["entered_on"] for r in history if r["stage"] == from_stage)
        live = _first(r["entered_on"] for r in history if r["stage"] in LIVE)
        has_been_live = any(r["stage"] in LIVE for r in history)
        row = {key: facts[identifier][key] for key in ("initiative_id", "name", "unit")}
        row |= {"started_on": started, "ended_on": None, "duration_days": None, "outcome": None}
        if started is None:
            row["left_out"] = "no dated entry"
        elif has_been_live and live is None:
            row["left_out"] = "live but undated"
        elif live is not None and live < started:
            row["left_out"] = "negative duration"
        else:
            left = _first(
                seen_on(r) for r in history if r["stage"] in EXITS and seen_on(r) >= started
            )
            ended, outcome = (live, "live") if live else (as_of, "waiting")
            if left is not None and (live is None or left < live):
                ended, outcome = left, "exit"
            row |= {"ended_on": ended, "outcome": outcome, "left_out": None}
            row["duration_days"] = (ended - started).days
        answer.append(row)
    return answer


def _first(days) -> date | None:
    return min((day for day in days if day is not None), default=None)


def incidence(
    durations: list[Row], until: float
) -> tuple[float | None, float | None, float | None]:
    """The share live within so many days, with its interval, straight from the formulas."""
    watched = [(row["duration_days"], row["outcome"]) for row in durations if not row["left_out"]]
    live, steps, surviving = 0.0, [], 1.0
    for day in sorted({day for day, outcome in watched if outcome != "waiting" and day <= until}):
        n = sum(days >= day for days, _ in watched)
        d = sum(days == day and outcome == "live" for days, outcome in watched)
        e = sum(days == day and outcome == "exit" for days, outcome in watched)
        live += surviving * d / n
        steps.append((live, surviving, n, d, d + e))
        surviving *= 1 - (d + e) / n
    if not watched or (surviving > 0 and until > max(day for day, _ in watched)):
        return None, None, None
    if not 0 < live < 1:
        return live, None, None
    variance = 0.0
    for at, before, n, d, events in steps:
        if n > events:
            variance += (live - at) ** 2 * events / (n * (n - events))
        variance += before**2 * d * (n - d) / n**3 - 2 * (live - at) * before * d / n**2
    reach = NormalDist().inv_cdf(0.975) * variance**0.5 / ((1 - live) * log(1 - live))
    return live, 1 - (1 - live) ** exp(reach), 1 - (1 - live) ** exp(-reach)


def median_days(durations: list[Row]) -> int | None:
    """The first day by which half are live."""
    days = sorted({r["duration_days"] for r in durations if r["outcome"] == "live"})
    place = bisect_left(days, 0.5 - 1e-12, key=lambda day: incidence(durations, day)[0] or 0)
    return days[place] if place < len(days) else None


def naive_median_days(durations: list[Row]) -> float | None:
    days = [row["duration_days"] for row in durations if row["outcome"] == "live"]
    return median(days) if days else None


def stalled(rows: Rows, as_of: date, stalled_days: int = 180) -> list[Row]:
    answer, likely, costs = [], chance(rows, as_of), monthly_costs(rows, as_of)
    stands = standing(rows, as_of, stalled_days)
    for facts in rows.initiatives:
        identifier = facts["initiative_id"]
        if identifier not in stands or not stands[identifier]["is_stalled"]:
            continue
        stand, held = stands[identifier], open_barriers(rows, identifier, as_of)
        months = [amount for _, amount in sorted(costs.get(identifier, {}).items())][-3:]
        benefit = facts["benefit_base_amount"]
        p = likely[stand["stage"]]
        answer.append(
            {key: facts[key] for key in (*NAMED, *GIVEN)}
            | {key: stand[key] for key in ("stage", "entered_on", "days_in_stage")}
            | {
                "slip_days": slip_days(facts, as_of),
                "barriers": tuple(barrier["barrier"] for barrier in held),
                "must_act": tuple(sorted({b["owner"] for b in held if b["owner"]})),
                "live_share": p,
                "cost_of_delay_amount": None if benefit is None else p * benefit / 12,
                "monthly_cost_amount": sum(months) / len(months) if months else None,
            }
        )
    return answer


def barrier_days(rows: Rows, as_of: date) -> list[Row]:
    units = {row["initiative_id"]: row["unit"] for row in rows.initiatives}
    raised: dict[object, list[Row]] = {}
    for barrier in rows.barriers:
        raised.setdefault(barrier["initiative_id"], []).append(barrier)
    days: dict[tuple, float] = {}
    whose: dict[tuple, set] = {}
    for identifier, day in pilot_work_days(rows, as_of):
        standing_then = [
            barrier["barrier"]
            for barrier in raised.get(identifier, [])
            if barrier["raised_on"] <= day and not (barrier["resolved_on"] or date.max) <= day
        ]
        for name in standing_then or [None]:
            key = units[identifier], name
            days[key] = days.get(key, 0) + 1 / max(len(standing_then), 1)
            whose.setdefault(key, set()).add(identifier)
    return [
        {"unit": unit, "barrier": name, "barrier_days": days[unit, name]}
        | {"count_initiatives": len(whose[unit, name])}
        for unit, name in days
    ]


def pilot_work_days(rows: Rows, as_of: date):
    """Every initiative and day on which it was in pilot work, the as-of day not yet over."""
    for identifier, history in histories(rows, as_of).items():
        ends = [seen_on(status) for status in history[1:]] + [as_of]
        for status, end in zip(history, ends, strict=True):
            if status["stage"] in PILOT_WORK:
                for number in range((end - seen_on(status)).days):
                    yield identifier, seen_on(status) + timedelta(days=number)


def flow(rows: Rows, as_of: date) -> list[Row]:
    answer = []
    for back in range(35, -1, -1):
        months = as_of.year * 12 + as_of.month - back
        month_end = date(months // 12, months % 12 + 1, 1) - timedelta(days=1)
        day = min(month_end, as_of)
        stages = [stand["stage"] for stand in standing(rows, day).values()]
        for stage in ORDER:
            if stage in stages:
                row = {"day_on": day, "stage": stage, "count_initiatives": stages.count(stage)}
                answer.append(row)
    return answer


def moves(rows: Rows, as_of: date) -> list[Row]:
    who: dict[tuple, set] = {}
    for identifier, history in histories(rows, as_of).items():
        stages = [status["stage"] for status in history]
        for here, there in zip(stages, [*stages[1:], None], strict=True):
            if here != there:
                who.setdefault((here, there), set()).add(identifier)
    return [
        {"from_stage": here, "stage_rank": rank(here), "to_stage": there}
        | {"count_initiatives": len(identifiers)}
        for (here, there), identifiers in who.items()
    ]


@pytest.fixture(scope="module", **every_case)
def case(request, tmp_path_factory) -> Iterator[Case]:
    with opened(request, tmp_path_factory.mktemp("case")) as it:
        yield it


EACH = {
    "delivery/funnel": funnel,
    "delivery/funnel_by_unit": funnel_by_unit,
    "delivery/barrier_days": barrier_days,
    "delivery/flow": flow,
    "delivery/moves": moves,
}


@pytest.mark.parametrize("name", EACH)
def test_delivery_counts_what_the_rows_say(case, name):
    assert_same(case.ask(name), EACH[name](case.rows, case.as_of))


@pytest.mark.parametrize("within_days", [180, 365, 730])
def test_a_cohort_counts_who_got_there_in_the_same_time(case, within_days):
    answer = case.ask("delivery/cohorts", within_days=within_days)
    assert_same(answer, cohorts(case.rows, case.as_of, within_days))
    assert answer["quarter_on"].is_monotonic_increasing


@pytest.mark.parametrize("from_stage", ["idea", "proof_of_concept", "pilot"])
def test_the_way_to_production_is_measured_from_dated_entries(case, from_stage):
    answer = case.ask("delivery/time_to_production", from_stage=from_stage)
    durations = time_to_production(case.rows, case.as_of, from_stage)
    assert_same(answer, durations, case.without)
    way = briefing.passage(answer)
    reasons = [row["left_out"] for row in durations if row["left_out"]]
    assert way.left_out == {reason: reasons.count(reason) for reason in set(reasons)}
    assert way.followed == len(durations) - len(reasons)


@pytest.mark.parametrize("from_stage", ["idea", "proof_of_concept", "pilot"])
def test_those_still_waiting_count_for_as_long_as_they_were_watched(case, from_stage):
    way = briefing.passage(case.ask("delivery/time_to_production", from_stage=from_stage))
    durations = time_to_production(case.rows, case.as_of, from_stage)
    for months in (6, 12, 18, 24):
        shown = [plain(edge) for edge in way.curve.at(months * MONTH)]
        assert shown == pytest.approx(incidence(durations, months * MONTH), abs=1e-9)
    assert way.curve.median == median_days(durations)
    assert way.naive_days == naive_median_days(durations)


def test_the_stalled_are_those_and_their_delay_costs_that(case):
    answer = case.ask("delivery/stalled")
    answer["must_act"] = [tuple(sorted(names)) for names in answer["must_act"]]
    assert_same(answer, stalled(case.rows, case.as_of), case.without)
    assert answer["cost_of_delay_amount"].dropna().is_monotonic_decreasing
