"""How well live systems are equipped and how their models do."""

from collections.abc import Iterator
from datetime import date, timedelta

from data.sample import models, steering, texts
from data.sample.story import NEVER_ASSESSED, PLATFORM
from data.sample.track import Track, dice, later

ON_PLATFORM = {"Logistics", "Field Service"}
PLATFORM_BRINGS = {
    "model_versioning",
    "containerized_inference",
    "gpu_compute",
    "deployment_pipeline",
}


def model_metrics(portfolio: list[Track]) -> Iterator[list[str]]:
    named = {track.name: track for track in portfolio}
    for model in models.MODELS:
        track = named[model[0]]
        live = track.day("production")
        start = live or later(track.day("pilot"), 4)
        rng = dice("model metrics", model[1])
        for row in models.measurements(model, start, track.end, rng):
            yield [track.initiative_id, model[1], *row]


def pipeline_runs(portfolio: list[Track]) -> Iterator[list[str]]:
    """The retraining behind every later version of a model; one in six failed a day before."""
    first = {}
    for initiative_id, model, version, _, measured_at, _ in sorted(model_metrics(portfolio)):
        day = date.fromisoformat(measured_at[:10])
        key = initiative_id, model, version
        first[key] = min(first.get(key, day), day)
    for (initiative_id, model, version), day in first.items():
        if version == "1":
            continue
        outcomes = ["succeeded"]
        if dice("runs", f"{model} {version}").random() < 1 / 6:
            outcomes = ["failed", "succeeded"]
        for back, outcome in enumerate(reversed(outcomes)):
            on = day - timedelta(days=back)
            times = [f"{on} 02:00:00", f"{on} 03:10:00", outcome]
            pipeline = f"retrain_{model}"
            name = f"{pipeline}/{on}"
            yield ["airflow", name, initiative_id, model, pipeline, "retraining", *times, ""]


def metric_targets(portfolio: list[Track]) -> Iterator[list[str]]:
    named = {track.name: track.initiative_id for track in portfolio}
    general = {target[0]: target for target in models.TARGETS}
    for metric, label, kind, higher, amber, red in models.TARGETS:
        yield [metric, "", label, kind, higher, amber, red]
    for metric, name, amber, red in models.OWN_TARGETS:
        _, label, kind, higher, *_ = general[metric]
        yield [metric, named[name], label, kind, higher, amber, red]


def capabilities(portfolio: list[Track]) -> Iterator[list[str]]:
    """Each review visits what is in pilot or live; about half are visited again."""
    for track in portfolio:
        rng = dice("capabilities", track.name)
        luck = {capability: rng.normal(0, 0.17) for capability in texts.CAPABILITY_EVIDENCE}
        skipped = {capability for capability in luck if rng.random() < 0.06}
        again = rng.random() < 0.55
        for visit, day in enumerate(visits(track)):
            if visit and not again:
                break
            for capability in luck:
                if capability not in skipped:
                    yield reviewed(track, capability, day, visit, luck[capability])


def visits(track: Track) -> list[date]:
    pilot = track.day("pilot")
    if not pilot or track.name in NEVER_ASSESSED:
        return []
    ready = pilot + timedelta(days=30)
    return [day for day in steering.CAPABILITY_REVIEWS if ready <= day < track.end]


def reviewed(track: Track, capability: str, day: date, visit: int, luck: float) -> list[str]:
    live = track.day("production")
    platform = track.unit_name in ON_PLATFORM and day > PLATFORM and capability in PLATFORM_BRINGS
    level = track.unit.equipped + texts.HARD.get(capability, 0) + luck + 0.07 * visit
    level += 0.22 if live and live <= day else -0.12 if track.is_stalled else 0
    level += 0.4 if platform else 0
    state = "in_place" if level > 0.66 else "partial" if level > 0.38 else "missing"
    return [
        track.initiative_id,
        capability,
        f"{day}",
        state,
        evidence(track, capability, state, platform),
    ]


def evidence(track: Track, capability: str, state: str, platform: bool) -> str:
    if state == "missing":
        return str(dice("missing", track.name + capability).choice(texts.MISSING))
    partial, in_place = texts.CAPABILITY_EVIDENCE[capability]
    if state == "partial":
        return partial
    return texts.PLATFORM_EVIDENCE if platform else in_place
