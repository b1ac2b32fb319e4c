"""Layers, steps and assessments worked out a second time: plain loops over the files' rows.

Knows nothing of the store or its queries, nor of the modules that word the figures.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from reference import LIVE, OPEN, Row, Rows, histories, risks, sample_rows

STATES = {"missing": 0.0, "partial": 0.5, "in_place": 1.0}
TEAMS = ["engineering", "data_science", "product", "operations", "finance"]
OF_LAYER = {
    "data": ["data_pipeline"],
    "deployment": ["model_versioning", "automated_retraining", "containerized_inference"],
    "monitoring": [
        "model_drift_monitoring",
        "data_drift_monitoring",
        "performance_monitoring",
        "alerting",
    ],
    "integration": ["application_integration", "decision_automation"],
    "teams": TEAMS,
}
BESIDE = ["gpu_compute", "deployment_pipeline", "governance_framework"]
CAPABILITIES = [each for key, own in OF_LAYER.items() if key != "teams" for each in own] + BESIDE
ONE_CAPABILITY = {
    "2.1": "data_pipeline",
    "2.2": "gpu_compute",
    "2.3": "deployment_pipeline",
    "3.1": "automated_retraining",
    "3.2": "model_versioning",
    "4.1": "application_integration",
    "4.3": "decision_automation",
    "5.1": "governance_framework",
}
THREE = ["model_drift_monitoring", "performance_monitoring", "alerting"]
ACTIONS = [f"{step}.{number}" for step in range(1, 6) for number in (1, 2, 3)]


@dataclass(frozen=True)
class Everything:
    """The rows of the files, those of the readiness tables as texts."""

    rows: Rows
    facts: dict[str, Row]
    capabilities: list[Row]
    benefits: list[Row]
    answers: list[Row]


def read(folder: Path) -> Everything:
    def records(name: str) -> list[Row]:
        frame = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        return frame.to_dict("records")

    return Everything(
        sample_rows(folder),
        {row["initiative_id"]: row for row in records("initiatives")},
        records("capabilities"),
        records("benefits"),
        records("assessments"),
    )


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def stages(all_: Everything, day: date) -> dict[str, str]:
    """The stage of every initiative that is open or live on a day."""
    now = {key: history[-1]["stage"] for key, history in histories(all_.rows, day).items()}
    return {key: stage for key, stage in now.items() if stage in OPEN + LIVE}


def states(all_: Everything, day: date) -> dict[tuple[str, str], str]:
    """The latest state of every capability assessed by a day."""
    seen: dict = {}
    for row in sorted(all_.capabilities, key=lambda row: row["assessed_on"]):
        if row["assessed_on"] <= day.isoformat():
            seen[row["initiative_id"], row["capability"]] = row["state"]
    return seen


def measured_days(all_: Everything, day: date) -> dict[str, list[str]]:
    days: dict = {}
    for row in all_.rows.model_metrics:
        if row["measured_at"][:10] <= day.isoformat():
            days.setdefault(row["initiative_id"], []).append(row["measured_at"][:10])
    return days


def action_scores(all_: Everything, day: date) -> dict[tuple[str, str], float | None]:
    """The score of every action for every initiative it is asked of; None where not assessed."""
    now, state, measured = stages(all_, day), states(all_, day), measured_days(all_, day)
    spent = {
        row["initiative_id"]
        for row in all_.rows.costs
        if row["month"] <= day and row["actual_amount"] is not None
    }
    returned = {
        row["initiative_id"]
        for row in all_.benefits
        if row["month"] <= day.isoformat() and row["realised_amount"]
    }
    lately = (day - timedelta(days=30)).isoformat()
    found: dict = {}
    for key, stage in now.items():
        facts = all_.facts[key]
        found[key, "1.1"] = float(bool(facts["process"].strip()))
        found[key, "1.2"] = float(bool(facts["success_metric"].strip() and facts["target"]))
        found[key, "1.3"] = float(bool(facts["goal"].strip()))
        for action, capability in ONE_CAPABILITY.items():
            found[key, action] = STATES.get(state.get((key, capability)))
        if split(facts["integrates_with"]):
            found[key, "4.1"] = 1.0
        three = [STATES[state[key, each]] for each in THREE if (key, each) in state]
        found[key, "3.3"] = sum(three) / 3 if three else None
        found[key, "5.2"] = float(key in spent and key in returned and key in measured)
        if stage in LIVE:
            found[key, "4.2"] = float(max(measured.get(key, [""])) >= lately)
            found[key, "5.3"] = float(stage == "scaled")
    return found


def actions(all_: Everything, day: date) -> dict[str, Row]:
    """Every action on a day: its score, of how many, how many fall short, with what benefit."""
    scores, answer = action_scores(all_, day), {}
    for action in ACTIONS:
        mine = {key: score for (key, each), score in scores.items() if each == action}
        if not mine:
            continue
        known = [score for score in mine.values() if score is not None]
        short = [key for key, score in mine.items() if score is None or score < 1]
        worth = [all_.facts[key]["benefit_base_amount"] for key in short]
        answer[action] = {
            "count_initiatives": len(mine),
            "count_known": len(known),
            "score_share": sum(known) / len(mine) if known else None,
            "count_short": len(short),
            "count_short_without_benefit": worth.count(""),
            "short_benefit_amount": sum(map(float, filter(None, worth))) if any(worth) else None,
        }
    return answer


def step_score(answer: dict[str, Row], step: int) -> tuple[float | None, float | None]:
    """A step's mean and its weakest action."""
    scores = [row["score_share"] for action, row in answer.items() if action[0] == str(step)]
    scores = [score for score in scores if score is not None]
    return (sum(scores) / len(scores), min(scores)) if scores else (None, None)


def layer_scores(all_: Everything, day: date, which: list[str]) -> dict[str, float]:
    """The score of every layer over the initiatives in these stages."""
    state = states(all_, day)
    keys = [key for key, stage in stages(all_, day).items() if stage in which]
    scores = {}
    for layer, things in OF_LAYER.items():
        points = 0.0
        for key in keys:
            teams = split(all_.facts[key]["teams"])
            for thing in things:
                has = float(thing in teams)
                points += has if layer == "teams" else STATES.get(state.get((key, thing)), 0)
        scores[layer] = points / (len(keys) * len(things))
    return scores


def unblocking(all_: Everything, day: date) -> dict[str, Row]:
    """What each capability would unblock: benefit shared equally among what is lacking."""
    state, answer = states(all_, day), {}
    for key, stage in stages(all_, day).items():
        if stage not in OPEN or not any((key, each) in state for each in CAPABILITIES):
            continue
        lacks = [each for each in CAPABILITIES if state.get((key, each)) != "in_place"]
        worth = float(all_.facts[key]["benefit_base_amount"] or 0)
        for each in lacks:
            row = answer.setdefault(each, {"count": 0, "alone": 0, "share": 0.0, "whole": 0.0})
            row["count"] += 1
            row["alone"] += len(lacks) == 1
            row["share"] += worth / len(lacks)
            row["whole"] += worth
    return answer


def outputs(all_: Everything, day: date) -> dict[str, tuple[int, int]]:
    """Of every output: how many have it, of how many."""
    now, state, risk = stages(all_, day), states(all_, day), risks(all_.rows, day)
    live = [key for key, stage in now.items() if stage in LIVE]
    facts = all_.facts

    def has(key: str, *things: str) -> bool:
        return all(state.get((key, thing)) == "in_place" for thing in things)

    def filled(key: str, *names: str) -> bool:
        return all(facts[key][name].strip() for name in names)

    def improved(key: str) -> bool:
        if not filled(key, "baseline", "target", "actual"):
            return False
        baseline, target, actual = (
            float(facts[key][name]) for name in ("baseline", "target", "actual")
        )
        return actual > baseline if target > baseline else actual < baseline and target < baseline

    versions: dict = {}
    for row in all_.rows.model_metrics:
        if row["measured_at"][:10] <= day.isoformat():
            mine = versions.setdefault(row["initiative_id"], {}).setdefault(row["model"], set())
            mine.add(row["version"])
    first_live = {
        key: min(row["entered_on"] or row["observed_on"] for row in history if row["stage"] in LIVE)
        for key, history in histories(all_.rows, day).items()
        if any(row["stage"] in LIVE for row in history)
    }
    promised = [
        key for key in live if (day - first_live[key]).days < 365 and facts[key]["planned_live_on"]
    ]
    late = {
        key: (first_live[key] - date.fromisoformat(facts[key]["planned_live_on"])).days
        for key in promised
    }
    processes = {facts[key]["process"] for key in now if facts[key]["process"].strip()}
    decided = {facts[key]["process"] for key in live if has(key, "decision_automation")}
    units = {facts[key]["unit"] for key in now}
    governed = {facts[key]["unit"] for key in live if has(key, "governance_framework")}
    counted = {
        "1a": [filled(key, "description", "process", "goal") for key in now],
        "1b": [filled(key, "success_metric", "baseline", "target") for key in now],
        "2a": [has(key, "data_pipeline", "deployment_pipeline") for key in live],
        "2b": [has(key, "gpu_compute", "containerized_inference") for key in live],
        "3a": [any(len(v) > 1 for v in versions.get(key, {}).values()) for key in live],
        "3b": [not any(risk[key][:2]) for key in live],
        "4a": [process in decided for process in processes],
        "4b": [improved(key) for key in live],
        "5a": [unit in governed for unit in units],
        "5b": [late[key] <= 30 for key in promised],
    }
    return {key: (sum(values), len(values)) for key, values in counted.items()}


def readiness(all_: Everything, day: str, team: str | None = None) -> dict[int, float]:
    """The mean of the answers to each step's questions on a day."""
    scores: dict = {}
    for row in all_.answers:
        if row["assessed_on"] == day and team in (None, row["team"]):
            scores.setdefault(int(row["question"][0]), []).append(float(row["score"]))
    return {step: sum(values) / len(values) for step, values in scores.items()}
