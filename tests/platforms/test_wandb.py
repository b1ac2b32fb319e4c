"""Weights & Biases: real offline logs read back, and its real client before a stand-in service."""

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import named, put

from data.access import LOCAL_OWNER
from data.connectors import pulling, wandb
from data.connectors.http import Http
from data.connectors.pulled import Pulled, Unmapped
from data.errors import ConnectorError
from platforms.running import environment
from platforms.stub import Stub, serving
from platforms.wandb_server import Wandb

pytestmark = pytest.mark.platform

STEPS = 500
TRAINING = f"""
import wandb

def begin(**said):
    quiet = wandb.Settings(console="off", silent=True)
    return wandb.init(mode="offline", settings=quiet, **said)

mine = ["initiative:INI-001", "model:churn"]
with begin(project="churn", id="good", tags=[*mine, "retrain"]) as run:
    for step in range({STEPS}):
        run.log({{"accuracy": step / 1000, "val/loss": 1 / (step + 1), "note": "text"}})
    run.log({{"accuracy": float("nan"), "val/loss": float("inf")}})
with begin(project="stray", id="stray") as run:
    run.log({{"accuracy": 0.5}})
run = begin(project="churn", id="bad", tags=[*mine, "version:7"], job_type="retrain")
run.log({{"accuracy": 0.1}})
run.finish(exit_code=1)
"""


@pytest.fixture(scope="module")
def python() -> Path:
    """The Python that has wandb."""
    return environment("wandb") / "bin" / "python"


@pytest.fixture(scope="module")
def logs(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What three real runs wrote: one of retraining, one of nobody, one that failed."""
    folder = tmp_path_factory.mktemp("wandb")
    subprocess.run([python, "-c", TRAINING], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def runs(python: Path, logs: Path) -> list[dict]:
    """The runs of the project churn in the logs, as the service would give them."""
    return [_run(_inspected(python, logs, name)) for name in ("good", "bad")]


@pytest.fixture
def service(runs: list[dict]) -> Iterator[tuple[Wandb, Stub]]:
    """The stand-in, with these runs."""
    made = Wandb(runs=[run | {"steps": [*run["steps"]]} for run in runs])
    with serving(made) as stub:
        yield made, stub


def _inspected(python: Path, logs: Path, name: str) -> list[dict]:
    [path] = logs.glob(f"wandb/offline-run-*/run-{name}.wandb")
    command = [python, "-m", "wandb", "leet", "inspect", "--json", path]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in said.splitlines()]


def _run(lines: list[dict]) -> dict:
    """A run of the API from the records of its log."""
    by_type = {line["type"]: line[line["type"]] for line in lines}
    run, code = by_type["run"], by_type["exit"].get("exit_code", 0)
    return {
        "name": run["run_id"],
        "displayName": run.get("display_name", run["run_id"]),
        "tags": run["tags"],
        "jobType": run.get("job_type", ""),
        "state": "failed" if code else "finished",
        "createdAt": run["start_time"],
        "heartbeatAt": run["start_time"],
        "steps": [line["history"]["item"] for line in lines if line["type"] == "history"],
    }


def pull(settings: dict, mark: str | None = None, links: dict | None = None) -> tuple:
    """What a pull brings, and its mark."""
    records, mark = wandb.fetch(settings, mark, Http("wandb", settings))
    return wandb.rows(records, links or {}, settings), mark


def of_service(python: Path, stub: Stub, **said: object) -> dict:
    key = {"api_key": "a" * 40, "project": "churn", "python": str(python)}
    return key | {"url": stub.url} | said


def series(pulled: Pulled, metric: str, version: str = "good") -> list[float]:
    """The values of a metric of the model churn, in the order they were measured."""
    rows = pulled.tables["model_metrics"].to_pylist()
    wanted = ("INI-001", "churn", version, metric)
    keys = ("initiative_id", "model", "version", "metric")
    mine = [row for row in rows if tuple(row[key] for key in keys) == wanted]
    return [row["value"] for row in sorted(mine, key=lambda row: row["measured_at"])]


def ended(pulled: Pulled) -> dict[str, str | None]:
    return {row["run_id"]: row["outcome"] for row in pulled.tables["pipeline_runs"].to_pylist()}


def test_every_step_of_a_real_offline_run_is_read_back(python, logs):
    settings = {"log_dir": str(logs), "python": str(python)}
    pulled, _ = pull(settings)
    assert series(pulled, "accuracy") == [step / 1000 for step in range(STEPS)]
    assert series(pulled, "val/loss") == pytest.approx([1 / (n + 1) for n in range(STEPS)])
    assert series(pulled, "accuracy", "7") == [0.1]
    assert ended(pulled) == {"churn/good": "succeeded", "churn/bad": "failed"}
    assert pulled.unmapped == (Unmapped("project", "stray", "stray"),)
    left_out = {reason: count for reason, count in pulled.left_out.items() if count}
    assert left_out == {
        "logged values that are texts, flags or media": STEPS,
        "measurements that are no finite number": 2,
    }
    for row in pulled.tables["pipeline_runs"].to_pylist():
        ago = datetime.now(UTC).replace(tzinfo=None) - row["started_at"]
        assert timedelta(0) < ago < timedelta(minutes=10)
        assert row["started_at"] <= row["ended_at"]


def test_a_pull_is_a_batch_and_the_next_one_reads_what_was_written_since(
    python, logs, store, tmp_path, monkeypatch
):
    monkeypatch.setenv("EXECUTION_GAP_SECRETS", str(tmp_path / "none.toml"))
    monkeypatch.setenv("EXECUTION_GAP_WANDB_LOG_DIR", str(logs))
    monkeypatch.setenv("EXECUTION_GAP_WANDB_PYTHON", str(python))
    put(store, initiatives=named("INI-001"))
    first = pulling.pull(store, LOCAL_OWNER, "wandb")
    assert first.stored.rows_stored == {"model_metrics": 2 * STEPS + 1, "pipeline_runs": 2}
    assert first.count_unmapped == 1
    [last] = logs.glob("wandb/offline-run-*/run-bad.wandb")
    mark = pulling.begin(store, "wandb").start.mark
    assert float(mark) == last.stat().st_mtime
    second = pulling.pull(store, LOCAL_OWNER, "wandb")
    assert second.stored.batch_id is None and second.says.startswith("Nothing new from Weights")
    assert ended(pull({"log_dir": str(logs)}, str(float(mark) + 1))[0]) == {}


def test_a_log_cut_short_is_a_run_that_goes_on_and_another_file_is_left_out(python, logs, tmp_path):
    [good] = logs.glob("wandb/offline-run-*/run-good.wandb")
    (tmp_path / "run-cut.wandb").write_bytes(good.read_bytes()[:20_000])
    (tmp_path / "run-odd.wandb").write_bytes(b"no log at all")
    (tmp_path / "run-new.wandb").touch()
    pulled, _ = pull({"log_dir": str(tmp_path), "python": str(python)})
    assert ended(pulled) == {"churn/good": None}
    [run] = pulled.tables["pipeline_runs"].to_pylist()
    assert run["ended_at"] is None
    assert 0 < len(series(pulled, "accuracy")) < STEPS
    assert pulled.left_out["log files that hold no run one can read"] == 2


def test_the_real_client_brings_the_same_from_the_service(python, service):
    made, stub = service
    made.most = 1
    pulled, mark = pull(of_service(python, stub))
    assert series(pulled, "accuracy") == [step / 1000 for step in range(STEPS)]
    assert series(pulled, "val/loss") == pytest.approx([1 / (n + 1) for n in range(STEPS)])
    assert ended(pulled) == {"our-team/churn/good": "succeeded", "our-team/churn/bad": "failed"}
    runs = [row["url"] for row in pulled.tables["pipeline_runs"].to_pylist()]
    assert runs[0] == f"{stub.url}/our-team/churn/runs/good"
    assert [name for name, _ in made.asked].count("Runs") == 2
    assert {asked.path for asked in stub.asked} == {"/", "/graphql"}
    again, same = pull(of_service(python, stub), mark)
    assert (ended(again), same) == ({"our-team/churn/bad": "failed"}, mark)


def test_named_metrics_are_asked_for_alone_and_a_busy_service_is_waited_for(python, service):
    made, stub = service
    made.count_busy = 1
    pulled, _ = pull(of_service(python, stub, metrics=["accuracy"]))
    assert series(pulled, "accuracy") == [step / 1000 for step in range(STEPS)]
    assert series(pulled, "val/loss") == []
    assert {"RunSampledHistory"} == {name for name, _ in made.asked if "History" in name}


def test_a_long_history_is_thinned_out_and_said_to_be(python, service):
    made, stub = service
    long = made.runs[0]["steps"]
    last_s = long[-1]["_timestamp"]
    more = ({"_step": n, "_timestamp": last_s + n / 1e3, "accuracy": 0.9} for n in range(501, 2001))
    long += more
    pulled, _ = pull(of_service(python, stub))
    thinned = pulled.left_out["steps of long histories that Weights & Biases thins out"]
    assert thinned == len(long) - 1000
    assert series(pulled, "accuracy")[-1] == 0.9


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"api_key": "b" * 40}, r"http://127.+ refused the credentials \(401\); check \[connect"),
        ({"api_key": "short"}, "says: API key must have 40"),
        ({"project": "other"}, "says: Could not find project other. Check "),
        ({"url": "http://127.0.0.1:1"}, "127.0.0.1:1 cannot be reached or is too busy; see that"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(python, service, said, says):
    with pytest.raises(ConnectorError, match=f"wandb: .*{says}") as caught:
        pull(of_service(python, service[1], **said))
    assert "b" * 40 not in str(caught.value)
