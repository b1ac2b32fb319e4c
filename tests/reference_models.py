"""Live models worked out a second time, day by day in plain loops, from the rows of the files."""

from datetime import date, timedelta

from reference import Row, Rows, _target, standing

KINDS = ("performance", "model_drift", "data_drift", "service")


def day_of(metric: Row) -> date:
    return date.fromisoformat(metric["measured_at"][:10])


def of_model(rows: Rows, identifier: str, model: str, as_of: date) -> list[Row]:
    found = [
        r for r in rows.model_metrics if (r["initiative_id"], r["model"]) == (identifier, model)
    ]
    return sorted((r for r in found if day_of(r) <= as_of), key=lambda r: r["measured_at"])


def in_use(measured: list[Row], as_of: date) -> set[str]:
    first, last = {}, {}
    for metric in measured:
        first.setdefault(metric["version"], day_of(metric))
        last[metric["version"]] = day_of(metric)
    newest = max(first.values(), default=None)
    fresh = as_of - timedelta(days=30)
    return {
        version
        for version, day in last.items()
        if day >= newest and (day >= fresh or day == max(last.values()))
    }


def metric_states(rows: Rows, measured: list[Row], as_of: date) -> dict[tuple, tuple]:
    """Of every metric and version in use: its kind and its state."""
    used, latest = in_use(measured, as_of), {}
    for metric in measured:
        if metric["version"] in used:
            latest[metric["metric"], metric["version"]] = metric
    return {key: _state(rows, metric, as_of) for key, metric in latest.items()}


def _state(rows: Rows, metric: Row, as_of: date) -> tuple[str | None, str]:
    target = _target(rows, metric["metric"], metric["initiative_id"])
    kind = target and target["kind"]
    if (as_of - day_of(metric)).days > 30:
        return kind, "stale"
    if target is None or (target["amber"] is None and target["red"] is None):
        return kind, "no target"

    def past(line):
        value = metric["value"]
        return line is not None and (value < line if target["higher_is_better"] else value > line)

    if past(target["red"]) and kind in ("performance", "service"):
        return kind, "red"
    return kind, "amber" if past(target["red"]) or past(target["amber"]) else "green"


def cells(states: dict[tuple, tuple]) -> dict[str, str]:
    answer = {}
    for kind in KINDS:
        here = [state for its, state in states.values() if its == kind]
        for word in ("red", "amber", "no target", "green", "stale"):
            if word in here:
                answer[kind] = word
                break
        else:
            answer[kind] = "unmeasured"
    return answer


def overall(by_kind: dict[str, str], states: dict[tuple, tuple]) -> str:
    for word in ("red", "amber", "stale"):
        if word in by_kind.values():
            return word
    asks = any(kind is None or state == "no target" for kind, state in states.values())
    if by_kind["performance"] == "unmeasured":
        return "no target" if asks else "unmeasured"
    return "no target" if "no target" in by_kind.values() else "green"


def red_since(rows: Rows, measured: list[Row], as_of: date) -> date | None:
    """Going back from the as-of day, the first day of the unbroken days on which it was red."""
    day, since = as_of, None
    while measured and day >= day_of(measured[0]):
        then = [metric for metric in measured if day_of(metric) <= day]
        if "red" not in {state for _, state in metric_states(rows, then, day).values()}:
            break
        since, day = day, day - timedelta(days=1)
    return since


def health(rows: Rows, as_of: date) -> list[Row]:
    """One row per live initiative and model, as `models/health` says it (without the trend)."""
    answer, stands = [], standing(rows, as_of)
    for facts in rows.initiatives:
        identifier = facts["initiative_id"]
        if not stands.get(identifier, {}).get("is_live"):
            continue
        names = {
            r["model"]
            for r in rows.model_metrics
            if r["initiative_id"] == identifier and day_of(r) <= as_of
        }
        answer += [_row(rows, facts, model, as_of) for model in sorted(names) or [None]]
    return answer


def _row(rows: Rows, facts: Row, model: str | None, as_of: date) -> Row:
    measured = of_model(rows, facts["initiative_id"], model, as_of)
    states = metric_states(rows, measured, as_of)
    by_kind = cells(states)
    days = [day_of(r) for r in measured]
    since = red_since(rows, measured, as_of)
    benefit = facts["benefit_base_amount"]
    return {
        **{key: facts[key] for key in ("initiative_id", "name", "unit", "owner")},
        "model": model,
        "versions": tuple(sorted(in_use(measured, as_of))) if measured else (),
        "state": overall(by_kind, states) if model else "unmeasured",
        **by_kind,
        "measured_on": max(days, default=None),
        "days_since": (as_of - max(days)).days if days else None,
        "count_without_target": sum(
            kind is None or state == "no target" for kind, state in states.values()
        ),
        "benefit_base_amount": benefit,
        "red_since_on": since,
        "red_days": (as_of - since).days if since else None,
        "value_at_risk_amount": benefit / 365 * (as_of - since).days
        if since and benefit is not None
        else None,
    }
