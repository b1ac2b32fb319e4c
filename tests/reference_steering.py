"""What a steering meeting is told, worked out a second time, in plain loops from the rows."""

from datetime import date, timedelta

from reference import Row, Rows, chance, histories, seen_on, standing, total
from reference_value import Forecast, ahead

PARTS = ("restated", "new", "moved", "slipped", "reestimated", "left")


def bridge(old: Forecast, new: Forecast) -> dict[str, dict[str, float]]:
    """Per initiative the parts of its change of rNPV between two days, nothing restated."""
    found = {}
    for key in {*old.facts, *new.facts}:
        start = old.parts(key)["rnpv_amount"] if key in old.facts else None
        end = new.parts(key)["rnpv_amount"] if key in new.facts else None
        parts = dict.fromkeys((*PARTS, "passed"), 0.0)
        if key not in old.facts:
            parts["new"] = end or 0.0
        elif key not in new.facts:
            parts["left"] = -(start or 0.0)
        elif start is None or end is None:
            parts["reestimated"] = (end or 0.0) - (start or 0.0)
        else:
            staged = _staged(old, new, key)
            staged = start if staged is None else staged
            dated = _dated(old, new, key)
            dated = staged if dated is None else dated
            passed = _passed(old, new, key)
            parts["moved"], parts["slipped"] = staged - start, dated - staged
            parts["reestimated"] = end - dated
            parts["passed"] = 0.0 if passed is None else passed - dated
        found[key] = parts | {"before": start or 0.0, "after": end or 0.0}
    return found


def _worth(old: Forecast, new: Forecast, key: str, delay: int, plan: dict) -> float | None:
    """The worth of the old estimates with the new stage and chance."""
    is_live, recent = new._is_live(new.facts[key]), old.recent(key)
    if not plan and (recent is None or is_live):
        return None
    worth = 0.0
    for m in range(1, old.horizon + 1):
        share = 1.0 if is_live else min(max(m - delay, 0), old.ramp) / old.ramp
        cost = plan.get(m, 0.0) if plan else recent if m <= delay else 0.0
        worth += (new.p(key) * old.yearly(key) / 12 * share - cost) / (1 + old.rate) ** (m / 12)
    return worth


def _staged(old: Forecast, new: Forecast, key: str) -> float | None:
    """The day to be live: still the old promise, else the old median of the stage it is in now."""
    planned, days = old.facts[key]["planned_live_on"], old.medians.get(new.stands[key]["stage"])
    if old._is_live(old.facts[key]):
        planned = None
    if planned and planned > old.as_of:
        delay = ahead(planned, old.as_of)
    else:
        delay = old.wait
        if days is not None:
            delay = ahead(old.as_of + timedelta(days=days), old.as_of)
    return _worth(old, new, key, delay, old.plan(key))


def _dated(old: Forecast, new: Forecast, key: str) -> float | None:
    return _worth(old, new, key, _until(new, key, old.as_of), old.plan(key))


def _passed(old: Forecast, new: Forecast, key: str) -> float | None:
    gone = ahead(new.as_of, old.as_of)
    left = {m - gone: cost for m, cost in old.plan(key).items() if m > gone}
    return _worth(old, new, key, _until(new, key, new.as_of), left)


def _until(new: Forecast, key: str, day: date) -> int:
    live_on = new.live_on(key)
    return 0 if live_on is None else ahead(live_on, day)


def quality(
    rows: Rows, benefits: list[Row], held_on: dict[str, date], decisions: list[Row], as_of: date
) -> dict[str, dict]:
    """What became of each decision to scale or to hold; `held_on` is a meeting's day."""
    likely, stands, past = chance(rows, as_of), standing(rows, as_of), histories(rows, as_of)
    facts = {row["initiative_id"]: row for row in rows.initiatives}
    taken = [each for each in decisions if held_on[each["meeting_id"]] <= as_of]
    found = {}
    for each in taken:
        key, day = each["initiative_id"], held_on[each["meeting_id"]]
        if each["outcome"] == "scale":
            spent = _since(rows.costs, "actual_amount", key, day, as_of)
            realised = _since(benefits, "realised_amount", key, day, as_of)
            is_live = key in stands and stands[key]["is_live"]
            returns = None
            if spent is not None or realised is not None:
                returns = is_live and (realised or 0) > (spent or 0)
            found[each["decision_id"]] = {"is_live": is_live, "is_returning": returns}
        if each["outcome"] == "hold":
            ends = [as_of]
            if each["done_on"] and each["done_on"] <= as_of:
                ends.append(each["done_on"])
            for other in taken:
                if other["initiative_id"] == key and held_on[other["meeting_id"]] > day:
                    ends.append(held_on[other["meeting_id"]])
            stage = None
            for step in past.get(key, []):
                if seen_on(step) <= day:
                    stage = step["stage"]
                elif step["stage"] in ("production", "scaled", "stopped", "retired"):
                    ends.append(seen_on(step))
            days, benefit = (min(ends) - day).days, facts[key]["benefit_base_amount"]
            month = None
            if stage in likely and benefit is not None:
                month = likely[stage] * benefit / 12
            cost = None if month is None else month * days / 30.4375
            found[each["decision_id"]] = {"held_days": days, "wait_amount": cost}
    return found


def _since(table: list[Row], name: str, key: str, day: date, as_of: date) -> float | None:
    return total(
        row[name] for row in table if row["initiative_id"] == key and day < row["month"] <= as_of
    )
