"""What people say about an initiative: owner, promise, status, team, obstacles."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from data.sample.story import AS_OF, PILOT_TARGETS, PROCESSES, UNOWNED
from data.sample.texts import BARRIER_NOTES
from data.sample.track import EXITS, LIVE, PILOT_WORK, Track, dice

# who: chance of green, amber, red and of saying nothing
DECLARED = {
    "live": (0.82, 0.14, 0.04, 0),
    "stalled": (0.68, 0.26, 0.06, 0),
    "moving": (0.82, 0.16, 0.02, 0),
    "lost": (0.35, 0.4, 0.25, 0),
    "idea": (0.6, 0.05, 0, 0.35),
}
FTE = {
    "live": (1, 4.5),
    "stalled": (1.5, 6),
    "moving": (1.5, 5),
    "lost": (1, 5),
    "idea": (0.5, 1.2),
}
# team: chance to be there before and after going live
TEAMS = {
    "engineering": (0.6, 1),
    "data_science": (1, 0.95),
    "product": (0.4, 0.85),
    "operations": (0.3, 0.9),
    "finance": (0.12, 0.6),
}


def group(track: Track) -> str:
    """live, stalled, moving, lost or idea: how people talk about it."""
    if track.now in LIVE or (track.now in EXITS and not track.is_lost):
        return "live"
    if track.is_lost:
        return "lost"
    if track.now in PILOT_WORK:
        return "stalled" if track.is_stalled else "moving"
    return "idea"


def sponsor_and_owner(track: Track) -> tuple[str, str]:
    rng = dice("people", track.name)
    sponsor, owner = str(rng.choice(track.unit.sponsors)), str(rng.choice(track.unit.owners))
    return sponsor, "" if track.name in UNOWNED else owner


def process_and_goal(track: Track) -> tuple[str, str]:
    """Most name their process and the goal they serve; a few never did."""
    unnamed, aimless = dice("alignment", track.name).random(2) < (0.05, 0.12)
    careless = track.now not in LIVE
    process = "" if unnamed and careless else track.process_name
    return process, "" if aimless and careless else PROCESSES[track.process_name].goal


def success(track: Track) -> list[str]:
    """Metric, baseline, target, actual: most of the live have them, only some of the others."""
    rng = dice("success", track.name)
    who = group(track)
    if rng.random() > {"live": 0.9, "idea": 0.2, **PILOT_TARGETS}[who]:
        return ["", "", "", ""]
    baseline = track.process.baseline * rng.uniform(0.92, 1.08)
    target = baseline * track.process.target / track.process.baseline
    reached = {"live": track.unit.return_share, "idea": 0, "moving": 0.3}.get(who, 0.25)
    actual = baseline + (target - baseline) * reached * rng.lognormal(0, 0.2)
    is_known = who == "live" or (who != "idea" and rng.random() < 0.4)
    told = [f"{baseline:.3g}", f"{target:.3g}", f"{actual:.3g}" if is_known else ""]
    return [track.process.success_metric, *told]


def declared_status(track: Track) -> str:
    chances = DECLARED[group(track)]
    return str(dice("declared", track.name).choice(["green", "amber", "red", ""], p=chances))


def teams(track: Track) -> str:
    rng = dice("teams", track.name)
    is_live = group(track) == "live"
    more = (track.unit.equipped - 0.5) * 0.6
    there = [name for name, chance in TEAMS.items() if rng.random() < chance[is_live] + more]
    return "; ".join(there or ["data_science"])


def engineers(track: Track) -> str:
    low, high = FTE[group(track)]
    return f"{round(dice('fte', track.name).uniform(low, high), 1)}"


def systems(track: Track) -> str:
    rng = dice("systems", track.name)
    if group(track) == "live":
        return "; ".join(track.process.systems[: max(int(rng.integers(0, 4)), 1)])
    count = int(rng.random() < (0.3 if track.day("pilot") else 0.08))
    return "; ".join(track.process.systems[:count])


def planned_live_on(track: Track) -> date | None:
    """What was promised when the pilot began; some of the stalled have promised anew."""
    pilot = track.day("pilot")
    rng = dice("planned", track.name)
    if not pilot or rng.random() < 0.12:
        return None
    live = track.day("production")
    months = rng.uniform(5, 9)
    if live:
        months = (live - pilot).days / 30.4 * rng.uniform(0.6, 1.05)
    elif track.is_stalled and rng.random() < 0.2:
        months = (AS_OF - pilot).days / 30.4 + rng.uniform(2, 7)
    planned = pilot + timedelta(days=round(months * 30.4))
    return min(planned, track.day("production") + timedelta(days=30)) if live else planned


def future_live_on(track: Track) -> date | None:
    """The promised day if it still lies ahead."""
    planned = planned_live_on(track)
    return planned if planned and planned > AS_OF else None


def likely_barriers(track: Track, rng: np.random.Generator) -> list[str]:
    """The five barriers in random order, the unit's typical ones more likely first."""
    kinds = sorted(BARRIER_NOTES)
    weights = np.array([4.0 if kind in track.unit.barriers else 0.7 for kind in kinds])
    weights[kinds.index(track.unit.barriers[0])] += 4
    return [str(kind) for kind in rng.choice(kinds, 5, replace=False, p=weights / weights.sum())]


def obstacles(track: Track, rng: np.random.Generator) -> Iterator[tuple[date, date | None]]:
    """When obstacles stood in each stage of pilot work: raised on, resolved on."""
    for step, end in zip(track.steps, [*(s.on for s in track.steps[1:]), track.end], strict=False):
        days = (end - step.on).days
        if step.stage not in PILOT_WORK or days < 60:
            continue
        is_last = step == track.steps[-1] or (track.is_lost and end == track.end)
        if rng.random() < (0.6 if step.stage == "pilot" else 0.25):
            raised = step.on + timedelta(days=int(rng.uniform(0.08, 0.35) * days))
            yield raised, raised + timedelta(days=int(rng.uniform(0.25, 0.6) * days))
        for _ in range(unresolved(track, rng) if is_last else 0):
            yield step.on + timedelta(days=int(rng.uniform(0.12, 0.6) * days)), None


def unresolved(track: Track, rng: np.random.Generator) -> int:
    """How many obstacles still stand where it stands, or stood when it was given up."""
    chances = {"stalled": (0.1, 0.5, 0.4), "moving": (0.7, 0.3, 0), "lost": (0.35, 0.5, 0.15)}
    return int(rng.choice(3, p=chances.get(group(track), (1, 0, 0))))


def barrier_owner(track: Track, rng: np.random.Generator) -> str:
    """Somebody of the unit must act; for one barrier in seven nobody was named."""
    owner = str(rng.choice([*track.unit.sponsors, *track.unit.owners]))
    return "" if rng.random() < 0.14 else owner
