"""The models behind the initiatives, how each of them behaves, and the weekly measurements."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from data.sample.story import AS_OF

LONGEST_WEEKS = 112

# initiative, model, performance metric, how it behaves, since when
MODELS = [
    ("Press line downtime prediction", "press-stop-risk", "auc", "steady", ""),
    ("Visual inspection of welds", "weld-grader", "accuracy", "drifting", "2026-03-02"),
    ("Shift planning optimiser", "shift-workload", "forecast_error_share", "steady", ""),
    ("Delivery time prediction", "delivery-window", "forecast_error_share", "steady", ""),
    ("Delivery time prediction", "delivery-window-abroad", "forecast_error_share", "drifting",
     "2026-05-04"),
    ("Route planning optimiser", "stop-duration", "forecast_error_share", "steady", ""),
    ("Warehouse slotting", "pick-frequency", "accuracy", "neglected", "2026-05-25"),
    ("Spare parts demand forecast", "parts-demand", "forecast_error_share", "steady", ""),
    ("Customs document reading", "customs-reader", "accuracy", "steady", ""),
    ("Carrier choice assistant", "carrier-delay", "auc", "steady", ""),
    ("Yard slot scheduling", "loading-time", "forecast_error_share", "steady", ""),
    ("Pallet damage detection", "damage-eye", "accuracy", "slow", "2026-09-07"),
    ("Load consolidation", "load-fit", "accuracy", "steady", ""),
    ("Call summaries", "call-note", "accuracy", "drifting", "2025-10-06"),
    ("Lead scoring", "lead-rank", "auc", "broken", "2026-06-08"),
    ("Price recommendation", "price-response", "forecast_error_share", "drifting", "2026-02-02"),
    ("Churn early warning", "churn-risk", "auc", "neglected", "2026-08-03"),
    ("Technician dispatch", "job-duration", "forecast_error_share", "steady", ""),
    ("First-visit fix advisor", "fault-guess", "auc", "steady", ""),
    ("First-visit fix advisor", "part-guess", "accuracy", "steady", ""),
    ("Remote pump diagnostics", "pump-fault", "auc", "broken", "2026-08-17"),
    ("Visit report dictation", "report-writer", "accuracy", "steady", ""),
    ("Invoice data capture", "invoice-reader", "accuracy", "neglected", "2026-06-15"),
    ("Drawing search", "drawing-match", "accuracy", "neglected", "2026-09-14"),
    ("Paint shop defect detection", "paint-eye", "accuracy", "steady", ""),
    ("Agent answer suggestions", "answer-rank", "auc", "steady", ""),
]  # fmt: skip

# metric, label, kind, higher is better, amber, red
TARGETS = [
    ("accuracy", "Accuracy", "performance", "true", "0.88", "0.82"),
    ("auc", "Ranking quality (AUC)", "performance", "true", "0.78", "0.72"),
    ("forecast_error_share", "Forecast error", "performance", "false", "0.2", "0.28"),
    ("prediction_psi", "Drift of predictions (PSI)", "model_drift", "false", "0.1", "0.25"),
    ("input_psi", "Drift of inputs (PSI)", "data_drift", "false", "0.1", "0.25"),
    ("latency_p95_ms", "Slowest 5 % of answers, ms", "service", "false", "500", "1000"),
    ("error_share", "Failed requests", "service", "false", "0.01", "0.05"),
]

# metric, initiative, amber, red: stricter or looser than the general line, and why it is fair
OWN_TARGETS = [
    ("accuracy", "Invoice data capture", "0.92", "0.88"),  # bookings follow from it
    ("accuracy", "Customs document reading", "0.92", "0.88"),  # fines follow from it
    ("forecast_error_share", "Spare parts demand forecast", "0.26", "0.34"),  # slow movers
    ("latency_p95_ms", "Technician dispatch", "1500", "3000"),  # plans overnight
    ("auc", "Churn early warning", "0.74", "0.68"),  # few customers leave
]

HEALTHY = {"accuracy": 0.945, "auc": 0.845, "forecast_error_share": 0.15}
BROKEN = {"accuracy": -0.15, "auc": -0.16, "forecast_error_share": 0.16}
"""How far a broken model's performance falls."""


def measurements(
    model: tuple[str, ...], start: date, end: date, rng: np.random.Generator
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (version, metric, measured_at, value), weekly from start to end."""
    _, _, performance, behaviour, since = model
    if behaviour == "neglected":
        end = min(end, date.fromisoformat(since))
    days = mondays(start, min(end, AS_OF))
    ill = weeks_since(days, since) if behaviour != "neglected" else np.zeros(len(days))
    version, age = versions(days, behaviour, since, rng)
    series = {
        performance: quality(performance, behaviour, ill, age, rng),
        **drift(behaviour, ill, age, rng),
        **service(behaviour, ill, rng),
    }
    for metric in sorted(series):
        digits = 1 if metric == "latency_p95_ms" else 4
        for day, number, value in zip(days, version, series[metric], strict=True):
            yield f"{number}", metric, f"{day} 06:00:00", f"{round(float(value), digits):g}"


def mondays(start: date, end: date) -> list[date]:
    """The last Mondays between two days, at most LONGEST_WEEKS of them."""
    first = start + timedelta(days=-start.weekday() % 7)
    count = max((end - first).days // 7 + 1, 0)
    return [first + timedelta(weeks=week) for week in range(count)][-LONGEST_WEEKS:]


def weeks_since(days: list[date], since: str) -> np.ndarray:
    """How long the illness has lasted on each day, in weeks, 0 before it."""
    if not since:
        return np.zeros(len(days))
    began = date.fromisoformat(since)
    return np.array([max((day - began).days / 7, 0) for day in days])


def versions(
    days: list[date], behaviour: str, since: str, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The version in use each week, and its age in weeks; the sick are not retrained."""
    every = int(rng.integers(18, 34)) if behaviour != "neglected" else 1000
    weeks = np.arange(len(days))
    number = weeks // every
    if since and behaviour != "neglected":
        well = [index for index, day in enumerate(days) if day < date.fromisoformat(since)]
        number = np.minimum(number, number[well[-1]] if well else 0)
    began = np.array([np.argmax(number == n) for n in number], dtype=int)
    return number + 1, weeks - began


def quality(metric, behaviour, ill, age, rng) -> np.ndarray:
    """Accuracy, AUC or forecast error: a level, slow ageing, noise, and the fall of the broken."""
    worse = np.sign(BROKEN[metric])
    level = HEALTHY[metric] - worse * rng.uniform(-0.01, 0.02)
    fall = {"broken": np.minimum(ill / 5, 1), "drifting": np.minimum(ill / 60, 0.5)}
    values = level + worse * 0.0004 * age + BROKEN[metric] * fall.get(behaviour, 0)
    noise = 0.012 if metric == "forecast_error_share" else 0.007
    return np.clip(values + rng.normal(0, noise, len(age)), 0.01, 0.995)


def drift(behaviour, ill, age, rng) -> dict[str, np.ndarray]:
    """PSI of predictions and inputs: small, growing with the model's age, more when ill."""
    speed = {"drifting": 0.0068, "broken": 0.0045}.get(behaviour, 0)
    base = rng.uniform(0.02, 0.035) + 0.0009 * age
    shake = rng.lognormal(0, 0.22, (2, len(age)))
    return {
        "prediction_psi": (base + speed * ill) * shake[0],
        "input_psi": (base * 0.9 + speed * 1.15 * ill) * shake[1],
    }


def service(behaviour, ill, rng) -> dict[str, np.ndarray]:
    """Latency in milliseconds and the share of failed requests."""
    slow = 1 + 0.24 * ill if behaviour == "slow" else 1
    shake = rng.lognormal(0, 0.09, len(ill))
    failing = rng.lognormal(np.log(0.0022), 0.45, len(ill))
    return {
        "latency_p95_ms": rng.uniform(120, 340) * slow * shake,
        "error_share": np.minimum(failing, 0.009),
    }
