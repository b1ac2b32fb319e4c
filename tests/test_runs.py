"""How pipelines run, beside the same worked out in plain loops over the rows of pipeline_runs."""

import random
from datetime import date, datetime, timedelta

import pyarrow as pa
import pytest
from conftest import ask, named, put

from data import batches
from data.access import LOCAL_OWNER
from data.store import Lens
from data.tables import TABLES

FIRST = ("airflow", "kubeflow", "mlflow", "wandb", "other")
A = date(2025, 12, 31)


def made_up(seed: int) -> list[dict]:
    """Runs of two models and of none, on all platforms, some after the day looked at."""
    dice = random.Random(seed)
    runs = []
    for number in range(150):
        started = datetime(2025, 12, 1) + timedelta(hours=dice.randrange(24 * 40))
        outcome = dice.choice(["succeeded", "succeeded", "failed", None])
        runs.append(
            {
                "platform": dice.choice(FIRST),
                "run_id": f"r{number}",
                "initiative_id": dice.choice("ab"),
                "model": dice.choice(["churn", "price", None]),
                "pipeline": dice.choice(["nightly", "weekly"]),
                "purpose": dice.choice(["retraining", "retraining", "data"]),
                "started_at": started,
                "ended_at": started + timedelta(hours=dice.randrange(1, 30)) if outcome else None,
                "outcome": outcome,
                "url": f"https://host/{number}",
            }
        )
    return runs


def of_a_in_plain_loops(runs: list[dict]) -> dict[tuple, tuple]:
    """Per pipeline of initiative a: counts, rate, last success, whether it counts."""
    there = [run for run in runs if run["initiative_id"] == "a" and run["started_at"].date() <= A]
    groups: dict[tuple, list[dict]] = {}
    for run in there:
        key = run["purpose"], run["model"], run["pipeline"], run["platform"]
        groups.setdefault(key, []).append(run)
    found = {}
    for key, members in groups.items():
        purpose, model, _, platform = key
        good, bad, running = [], 0, 0
        for run in members:
            has_ended = run["ended_at"] is not None and run["ended_at"].date() <= A
            if not has_ended:
                running += 1
            elif run["outcome"] == "succeeded":
                good.append(run["ended_at"])
            else:
                bad += 1
        rivals = [
            run["platform"]
            for run in there
            if run["purpose"] == "retraining"
            and (
                None
                in (
                    model,
                    run["model"],
                )
                or run["model"] == model
            )
        ]
        counts = purpose == "data" or platform == min(rivals, key=FIRST.index)
        rate = len(good) / (len(good) + bad) if good or bad else None
        found[key] = (len(good), bad, running, rate, max(good, default=None), counts)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_how_pipelines_run_is_what_plain_loops_find(store, seed):
    put(store, initiatives=named("a", "b"))
    runs = made_up(seed)
    rows = pa.Table.from_pylist(runs, schema=TABLES["pipeline_runs"].schema)
    batches.commit(store, LOCAL_OWNER, {"pipeline_runs": rows}, batches.Origin("test", A))
    answer = ask(store, "portfolio/runs", lens=Lens(as_of=A), initiative_id="a")
    assert {key: value for key, value in map(read, answer.itertuples())} == of_a_in_plain_loops(
        runs
    )


def read(row) -> tuple[tuple, tuple]:
    model = row.model if isinstance(row.model, str) else None
    rate = None if row.success_share != row.success_share else row.success_share
    last = None if row.last_success_at != row.last_success_at else row.last_success_at
    return (row.purpose, model, row.pipeline, row.platform), (
        row.count_succeeded,
        row.count_failed,
        row.count_running,
        rate,
        last,
        row.is_counted,
    )
