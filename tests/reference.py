"""Every figure worked out a second time: slowly, in plain loops, from the rows of the files.

Nothing here knows the store, its views, its queries or its importer, so that a mistake in them
cannot hide here as well. Each function takes `Rows` and a day, and answers as the query of its
name does: a list of rows as dictionaries, or one dictionary.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from statistics import median

import pandas as pd

ORDER = ["idea", "proof_of_concept", "pilot", "production", "scaled", "stopped", "retired"]
ACTIVE, PILOT_WORK, EXITS = ORDER[:5], ["proof_of_concept", "pilot"], ["stopped", "retired"]
OPEN, LIVE = ["idea", *PILOT_WORK], ["production", "scaled"]
PRIORS = {"idea": 0.15, "proof_of_concept": 0.25, "pilot": 0.48}
MONTH = 30.4375
NAMED = ("initiative_id", "name", "unit", "sponsor", "owner", "declared_status")
GIVEN = ("planned_live_on", "engineers_fte", "benefit_base_amount")

Row = dict


@dataclass(frozen=True)
class Rows:
    """The rows of the files, one list per table, every value already a date, a number or a text."""

    initiatives: list[Row]
    deployment_status: list[Row]
    costs: list[Row] = field(default_factory=list)
    barriers: list[Row] = field(default_factory=list)
    model_metrics: list[Row] = field(default_factory=list)
    metric_targets: list[Row] = field(default_factory=list)

    def of(self, *units: str) -> "Rows":
        """Only the initiatives of these units."""
        return replace(self, initiatives=[row for row in self.initiatives if row["unit"] in units])


# Reading


def sample_rows(folder: Path) -> Rows:
    """The rows of the sample's files."""
    tables = {}
    for name in Rows.__dataclass_fields__:
        frame = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        records = frame.to_dict("records")
        tables[name] = [{key: _value(key, text) for key, text in row.items()} for row in records]
    return Rows(**tables)


def _value(name: str, text: str) -> object:
    if not text.strip():
        return None
    if name.endswith("_on") or name == "month":
        return date.fromisoformat(text)
    if name.endswith(("_amount", "_fte")) or name in ("value", "amber", "red"):
        return float(text)
    return text == "true" if name == "higher_is_better" else text


# Stages


def seen_on(status: Row) -> date:
    return status["entered_on"] or status["observed_on"]


def rank(stage: str) -> int:
    return ORDER.index(stage) + 1


def histories(rows: Rows, as_of: date) -> dict[object, list[Row]]:
    """The status rows of every initiative that has some by that day, in the order they happened."""
    known = {row["initiative_id"]: [] for row in rows.initiatives}
    for status in rows.deployment_status:
        if status["initiative_id"] in known and seen_on(status) <= as_of:
            known[status["initiative_id"]].append(status)
    for history in known.values():
        history.sort(key=lambda status: (seen_on(status), rank(status["stage"])))
    return {identifier: history for identifier, history in known.items() if history}


def standing(rows: Rows, as_of: date, stalled_days: int = 180) -> dict[object, Row]:
    """Where every initiative with a history stands."""
    stands = {}
    for identifier, history in histories(rows, as_of).items():
        stage = history[-1]["stage"]
        stay = _last_run(history, [stage])
        entered_on = max((row["entered_on"] for row in stay if row["entered_on"]), default=None)
        furthest = max(rank(row["stage"]) * (row["stage"] in ACTIVE) for row in history)
        days = (as_of - entered_on).days if entered_on else None
        entries = [row["entered_on"] for row in history if row["entered_on"]]
        stands[identifier] = {
            "stage": stage,
            "entered_on": entered_on,
            "days_in_stage": days,
            "first_on": min(entries, default=None),
            "is_start_unknown": not any(
                row["entered_on"] == seen_on(history[0]) for row in history if row["entered_on"]
            ),
            "furthest_rank": furthest,
            "exit_on": seen_on(_last_run(history, EXITS)[0]) if stage in EXITS else None,
            "is_open": stage in OPEN,
            "is_in_pilot_work": stage in PILOT_WORK,
            "is_live": stage in LIVE,
            "is_lost": stage == "stopped" or (stage == "retired" and furthest < 4),
            "is_stalled": stage in OPEN and days is not None and days > stalled_days,
        }
    return stands


def _last_run(history: list[Row], stages: list[str]) -> list[Row]:
    """The unbroken last rows of a history that are in one of the stages."""
    run = []
    for status in reversed(history):
        if status["stage"] not in stages:
            break
        run.insert(0, status)
    return run


def chance(rows: Rows, as_of: date) -> dict[str, float]:
    """How likely an open initiative of each stage goes live."""
    likely = {}
    for stage, prior in PRIORS.items():
        reached = [s for s in standing(rows, as_of).values() if s["furthest_rank"] >= rank(stage)]
        live = sum(s["is_live"] for s in reached)
        finished = sum(s["is_live"] or s["is_lost"] for s in reached)
        likely[stage] = (live + 10 * prior) / (finished + 10)
    return likely


# Money, models


def total(values) -> float | None:
    """The sum of the values that are known; nothing when none is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def share(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None


def monthly_costs(rows: Rows, as_of: date) -> dict[object, dict[date, float]]:
    """What each initiative cost in each month by that day."""
    spent: dict[object, dict[date, float]] = {}
    for cost in rows.costs:
        if cost["month"] <= as_of and cost["actual_amount"] is not None:
            months = spent.setdefault(cost["initiative_id"], {})
            months[cost["month"]] = months.get(cost["month"], 0) + cost["actual_amount"]
    return spent


def risks(rows: Rows, as_of: date) -> dict[object, tuple[bool, bool, bool]]:
    """Of every live initiative: is its model red, is it unmeasured, has it no owner."""
    measured: dict[object, list[Row]] = {}
    for metric in rows.model_metrics:
        if metric["measured_at"][:10] <= as_of.isoformat():
            measured.setdefault(metric["initiative_id"], []).append(metric)
    owners = {row["initiative_id"]: row["owner"] for row in rows.initiatives}
    return {
        identifier: (
            _is_red(rows, measured.get(identifier, []), as_of),
            not any(_age(metric, as_of) <= 30 for metric in measured.get(identifier, [])),
            not (owners[identifier] or "").strip(),
        )
        for identifier, stands in standing(rows, as_of).items()
        if stands["is_live"]
    }


def _age(metric: Row, as_of: date) -> int:
    return (as_of - date.fromisoformat(metric["measured_at"][:10])).days


def _is_red(rows: Rows, measured: list[Row], as_of: date) -> bool:
    """Whether a performance or service metric of a model's newest version is past its red line."""
    newest, latest = {}, {}
    for metric in sorted(measured, key=lambda metric: metric["measured_at"]):
        newest[metric["model"]] = metric["version"]
        latest[metric["model"], metric["version"], metric["metric"]] = metric
    for (model, version, name), metric in latest.items():
        target = _target(rows, name, metric["initiative_id"])
        is_watched = target and target["kind"] in ("performance", "service")
        if newest[model] != version or not is_watched or _age(metric, as_of) > 30:
            continue
        line, value = target["red"], metric["value"]
        if line is not None and (value < line if target["higher_is_better"] else value > line):
            return True
    return False


def _target(rows: Rows, metric: str, identifier: object) -> Row | None:
    """The initiative's own target before the general one."""
    for owner in (identifier, None):
        for target in rows.metric_targets:
            if target["metric"] == metric and target["initiative_id"] == owner:
                return target
    return None


# The board


def headline(rows: Rows, as_of: date) -> Row:
    stands = list(standing(rows, as_of).values())
    pilots = sum(s["furthest_rank"] >= 3 for s in stands)
    live = sum(s["furthest_rank"] >= 4 for s in stands)
    lost = sum(s["is_lost"] for s in stands)
    return {
        "count_initiatives": len(stands),
        "count_open": sum(s["is_open"] for s in stands),
        "count_live": sum(s["is_live"] for s in stands),
        "count_lost": lost,
        "count_in_pilot_work": sum(s["is_in_pilot_work"] for s in stands),
        "count_reached_pilot": pilots,
        "count_reached_production": live,
        "count_exit_only": sum(s["furthest_rank"] == 0 for s in stands),
        "count_open_undated": sum(s["is_open"] and s["days_in_stage"] is None for s in stands),
        "count_start_unknown": sum(s["is_start_unknown"] for s in stands),
        "pilot_to_production_share": share(live, pilots),
        "lost_share": share(lost, lost + live),
        "count_without_stage": len(rows.initiatives) - len(stands),
    }


def impact(rows: Rows, as_of: date) -> Row:
    stands, risk = standing(rows, as_of), risks(rows, as_of)
    facts = {row["initiative_id"]: row for row in rows.initiatives}
    spends = monthly_costs(rows, as_of)
    costs = {key: sum(spends[key].values()) for key in facts if key in spends}
    work = [key for key, s in stands.items() if s["is_in_pilot_work"]]
    stuck = [key for key in work if stands[key]["is_stalled"]]
    opened = [key for key, s in stands.items() if s["is_open"]]
    lost = [key for key, s in stands.items() if s["is_lost"]]
    idle = lost + [key for key, s in stands.items() if s["is_stalled"]]
    sand = [key for key, reasons in risk.items() if any(reasons)]
    reached = [key for key, s in stands.items() if s["furthest_rank"] >= 4]
    fte = total(facts[key]["engineers_fte"] for key in opened)
    stalled_fte = total(facts[k]["engineers_fte"] for k in opened if stands[k]["is_stalled"])
    stalled_fte = None if fte is None else stalled_fte or 0
    months = [engineer_months(facts[key], stands[key], as_of) for key in idle]
    slips = [slip_days(facts[key], as_of) for key in stuck]
    slips = [slip for slip in slips if slip is not None]
    spent = total(costs.values())

    def benefit(keys):
        return total(facts[key]["benefit_base_amount"] for key in keys) if keys else 0

    def cost(keys):
        return sum(costs.get(key, 0) for key in keys) if costs else None

    return {
        "count_initiatives": len(stands),
        "count_in_pilot_work": len(work),
        "count_stalled_pilots": len(stuck),
        "count_pilot_work_undated": sum(stands[key]["days_in_stage"] is None for key in work),
        "stalled_share": share(len(stuck), len(work)),
        "waiting_benefit_amount": benefit(stuck),
        "count_stalled_without_benefit": sum(
            facts[key]["benefit_base_amount"] is None for key in stuck
        ),
        "median_stalled_days": median(stands[key]["days_in_stage"] for key in stuck)
        if stuck
        else None,
        "median_slip_days": median(slips) if slips else None,
        "count_slipped": len(slips),
        "count_open": len(opened),
        "count_open_without_fte": sum(facts[key]["engineers_fte"] is None for key in opened),
        "open_fte": fte,
        "stalled_fte": stalled_fte,
        "stalled_fte_share": share(stalled_fte, fte),
        "idle_engineer_months": total(months),
        "count_idle_unknown": months.count(None),
        "count_live": len(risk),
        "count_at_risk": len(sand),
        "count_live_red": sum(red for red, _, _ in risk.values()),
        "count_live_unmeasured": sum(unmeasured for _, unmeasured, _ in risk.values()),
        "count_live_ownerless": sum(ownerless for _, _, ownerless in risk.values()),
        "at_risk_benefit_amount": benefit(sand),
        "spent_amount": spent,
        "count_without_costs": len(set(stands) - set(costs)),
        "stuck_amount": cost(idle),
        "stuck_spend_share": share(cost(idle), spent),
        "reached_production_amount": cost(reached),
        "sunk_amount": cost(lost),
    }


def engineer_months(facts: Row, stands: Row, as_of: date) -> float | None:
    """What an initiative took of engineers from its first dated row to its exit, or until now."""
    if facts["engineers_fte"] is None or stands["first_on"] is None:
        return None
    return facts["engineers_fte"] * ((stands["exit_on"] or as_of) - stands["first_on"]).days / MONTH


def slip_days(facts: Row, as_of: date) -> int | None:
    planned = facts["planned_live_on"]
    return (as_of - planned).days if planned and planned < as_of else None


def open_barriers(rows: Rows, identifier: object, as_of: date) -> list[Row]:
    """The barriers an initiative stands before on that day, the oldest first."""
    standing_now = [
        barrier
        for barrier in rows.barriers
        if barrier["initiative_id"] == identifier
        and barrier["raised_on"] <= as_of < (barrier["resolved_on"] or date.max)
    ]
    return sorted(standing_now, key=lambda barrier: (barrier["raised_on"], barrier["barrier"]))
