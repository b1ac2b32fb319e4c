"""What Weights & Biases holds as rows, and a program beside the board that is not as it should."""

import os
import sys
import time

import pytest

from data.connectors import wandb
from data.connectors.http import Http
from data.connectors.pulled import Link, Pulled, Unmapped
from data.connectors.wandb import aside
from data.errors import ConnectorError

ASKED_AT = "2026-11-01T12:00:00Z"
NOON_S = 1793534400
HOSTILE = "<img src=x onerror=alert(1)> =1+1 \u202e$x$"


def run(*steps: dict, **said: object) -> dict:
    """A run of the service, of retraining, with steps half an hour apart until noon."""
    first_s = NOON_S - 1800 * (len(steps) - 1)
    moments = [{"_step": n, "_timestamp": first_s + 1800 * n} for n in range(len(steps))]
    return {
        "asked_at": ASKED_AT,
        "project": "our-team/churn",
        "id": "r1",
        "name": "sunny-dawn-1",
        "tags": ["initiative: INI-001 ", "model:churn", "retrain"],
        "job_type": None,
        "state": "finished",
        "created_at": "2026-11-01T10:00:00Z",
        "heartbeat_at": "2026-11-01T11:30:00",
        "url": "https://w/our-team/churn/runs/r1",
        "count_steps": len(steps),
        "history": [moment | step for moment, step in zip(moments, steps, strict=True)],
    } | said


def rows(*records: dict, links: dict[str, Link] | None = None, **settings: object) -> Pulled:
    return wandb.rows(list(records), links or {}, settings)


def measured(pulled: Pulled) -> list[tuple]:
    found = pulled.tables["model_metrics"].to_pylist()
    return [(row["model"], row["version"], row["metric"], row["value"]) for row in found]


def retrained(pulled: Pulled) -> list[tuple]:
    found = pulled.tables["pipeline_runs"].to_pylist()
    return [(row["run_id"], row["outcome"], row["ended_at"] is None) for row in found]


@pytest.mark.parametrize(
    ("state", "outcome", "goes_on"),
    [
        ("finished", "succeeded", False),
        ("failed", "failed", False),
        ("crashed", "failed", False),
        ("killed", "cancelled", False),
        ("running", None, True),
        ("pending", None, True),
    ],
)
def test_a_run_ends_as_its_state_says(state, outcome, goes_on):
    assert retrained(rows(run(state=state))) == [("our-team/churn/r1", outcome, goes_on)]


def test_only_runs_of_retraining_are_runs_of_a_pipeline():
    plain = ["initiative:INI-001"]
    assert retrained(rows(run({"a": 1}, tags=plain))) == []
    assert len(retrained(rows(run(tags=plain, job_type="retrain")))) == 1


def test_the_model_is_the_tag_else_the_link_else_the_project_and_the_version_a_tag_or_the_run():
    tagged = run({"a": 1}, tags=["initiative:INI-001", "model:churn", "version:3"])
    assert measured(rows(tagged)) == [("churn", "3", "a", 1)]
    bare = run({"a": 1}, tags=[])
    assert rows(bare).unmapped == (
        Unmapped("project", "our-team/churn", "our-team/churn", "https://w/our-team/churn/runs/r1"),
    )
    linked = rows(bare, links={"our-team/churn": Link("INI-002", "score")})
    assert measured(linked) == [("score", "r1", "a", 1)]
    unnamed = rows(bare, links={"our-team/churn": Link("INI-002")})
    assert measured(unnamed) == [("churn", "r1", "a", 1)]


def test_what_measures_nothing_is_left_out_and_counted():
    odd = run({"a": "NaN", "b": "Infinity", "c": True, "d": "text", "e": {"_type": "x"}, "f": None})
    pulled = rows(odd)
    assert measured(pulled) == []
    assert {reason: count for reason, count in pulled.left_out.items() if count} == {
        "logged values that are texts, flags or media": 3,
        "measurements that are no finite number": 2,
    }


def test_the_future_and_what_has_no_moment_are_left_out_and_counted():
    late = run({"a": 1}, {"a": 2}, {"a": 3})
    late["history"][0]["_timestamp"] = NOON_S + 3600
    late["history"][1]["_timestamp"] = None
    pulled = rows(
        late, run(id="r2", created_at="2026-11-02T10:00:00Z"), run(id="r3", created_at="")
    )
    assert [value for *_, value in measured(pulled)] == [3]
    assert len(retrained(pulled)) == 1
    assert {reason: count for reason, count in pulled.left_out.items() if count} == {
        "measurements dated in the future": 1,
        "measurements without a usable moment": 1,
        "runs dated in the future": 1,
        "runs without a usable start": 1,
    }


def test_a_run_read_twice_is_one_run():
    assert len(retrained(rows(run({"a": 1}), run({"a": 1})))) == 1
    assert len(measured(rows(run({"a": 1}), run({"a": 1})))) == 1


def test_metrics_may_be_named_and_hostile_names_stay_text():
    tags = [f"initiative:{HOSTILE}", f"model:{HOSTILE}", f"version:{HOSTILE}"]
    odd = run({HOSTILE: 1, "other": 2}, tags=tags)
    assert measured(rows(odd, metrics=[HOSTILE])) == [(HOSTILE, HOSTILE, HOSTILE, 1)]


def fetch(settings: dict) -> tuple:
    return wandb.fetch(settings, None, Http("wandb", settings))


def test_a_python_without_wandb_or_none_at_all_is_said_with_the_cure(tmp_path):
    (tmp_path / "run-a.wandb").touch()
    for said in ({"log_dir": str(tmp_path)}, {"api_key": "a" * 40, "project": "churn"}):
        with pytest.raises(ConnectorError, match="has no wandb; install wandb==0.31.0 there"):
            fetch(said)
        with pytest.raises(ConnectorError, match="no Python at /nowhere/python; check python in"):
            fetch(said | {"python": "/nowhere/python"})
    with pytest.raises(ConnectorError, match="there is no folder /nowhere; check log_dir"):
        fetch({"log_dir": "/nowhere"})
    with pytest.raises(ConnectorError, match="no project is named; add project to"):
        fetch({"api_key": "a" * 40})


def test_a_program_that_says_nothing_is_ended_with_all_it_started(monkeypatch, tmp_path):
    monkeypatch.setattr(aside, "SILENT_S", 0.5)
    told = tmp_path / "child"
    child = "import time; time.sleep(60)"
    program = (
        "import subprocess, sys, time, pathlib\n"
        f"child = subprocess.Popen([sys.executable, '-c', {child!r}])\n"
        f"pathlib.Path({str(told)!r}).write_text(str(child.pid))\n"
        "print('{}', flush=True)\ntime.sleep(60)"
    )
    with pytest.raises(aside.Failed, match="None"):
        list(aside.answers([sys.executable, "-c", program], None, lambda: None))
    with pytest.raises(ProcessLookupError):
        for _ in range(50):
            os.kill(int(told.read_text()), 0)
            time.sleep(0.1)


def test_waiting_may_be_cancelled():
    class Cancelled(BaseException):
        pass

    def cancel() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        list(aside.answers([sys.executable, "-c", "import time; time.sleep(60)"], None, cancel))


def test_the_program_beside_the_board_gets_none_of_the_boards_own_settings(monkeypatch):
    monkeypatch.setenv("EXECUTION_GAP_MLFLOW_PASSWORD", "hunter2")
    monkeypatch.setenv("WANDB_API_KEY", "another")
    program = "import json, os; print(json.dumps(dict(os.environ)))"
    [told] = aside.answers([sys.executable, "-c", program], None, lambda: None)
    assert "PATH" in told and not {"hunter2", "another"} & set(told.values())
