"""Kubeflow Pipelines by its published contract: a stand-in with state, checked field by field."""

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import look, named, put

from data.access import LOCAL_OWNER
from data.connectors import kubeflow, pulling
from data.connectors.http import Http
from data.connectors.pulled import Link, Pulled, Unmapped
from data.errors import ConnectorError
from platforms.kubeflow_server import Kubeflow
from platforms.running import environment
from platforms.stub import Answer, Stub, serving

CONTRACT = Path(__file__).with_name("inside") / "kubeflow_contract.py"
MAP = {"nightly": "INI-001/churn", "ingest": "INI-002"}
TODAY = datetime.now(UTC).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
HOSTILE = "<img src=x onerror=alert(1)> =1+1 \u202e$x$"


def day(ago: int, hour: int = 2) -> str:
    """A moment some days ago, as the server writes it."""
    return f"{TODAY - timedelta(days=ago, hours=-hour):%Y-%m-%dT%H:%M:%SZ}"


@pytest.fixture
def server() -> Kubeflow:
    """A schedule that succeeds, fails, succeeds, was cancelled and runs; and runs by hand."""
    made = Kubeflow()
    made.pipeline("train")
    made.pipeline("ingest", tags={"team": "data"})
    made.pipeline("tagged", tags={"initiative": "INI-003", "model": "pricing"})
    made.pipeline("stray")
    made.schedule("nightly")
    made.schedule("off", "DISABLED")
    made.run("r1", day(9), "SUCCEEDED", day(9, 3), schedule="nightly")
    made.run("r2", day(8), "FAILED", day(8, 3), schedule="nightly", error={"message": "no data"})
    made.run("r3", day(7), "SUCCEEDED", day(7, 3), schedule="nightly")
    made.run("r4", day(6), "CANCELED", day(6, 3), schedule="nightly")
    made.run("r5", day(1), "RUNNING", schedule="nightly")
    made.run("i1", day(5), "SUCCEEDED", day(5, 3), pipeline="ingest")
    made.run("t1", day(4), "SUCCEEDED", day(4, 3), pipeline="tagged", schedule="off")
    made.run("s1", day(3), "SUCCEEDED", day(3, 3), pipeline="stray")
    return made


@pytest.fixture
def kfp(server: Kubeflow) -> Iterator[Stub]:
    with serving(server) as stub:
        yield stub


def pull(stub: Stub, mark: str | None = None, links: dict | None = None, **said) -> tuple:
    """What a pull brings, and its mark."""
    settings = {"url": f"{stub.url}/pipeline", "token": "let-me-in", "map": MAP} | said
    records, mark = kubeflow.fetch(settings, mark, Http("kubeflow", settings))
    return kubeflow.rows(records, links or {}, settings), mark


def runs(pulled: Pulled) -> dict[str, dict]:
    return {row["run_id"]: row for row in pulled.tables["pipeline_runs"].to_pylist()}


def as_published(exchanges: list[dict]) -> str:
    """What of the exchanges is not as KFP publishes it, by KFP's own generated models."""
    python = environment("kubeflow") / "bin" / "python"
    said = json.dumps(exchanges)
    return subprocess.run(
        [python, CONTRACT], input=said, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.platform
def test_every_question_and_answer_is_as_kfp_publishes_it(server, kfp):
    server.most = 3
    pull(kfp, namespace="models")
    assert len(server.exchanges) > 6
    assert as_published(server.exchanges) == ""


@pytest.mark.platform
def test_what_kfp_does_not_publish_is_found_in_answers_and_questions():
    run = {"run_id": "r", "state": "Succeeded", "finished_at": "yesterday", "owner": "me"}
    path = "/apis/v2beta1/runs"
    wrong = {"path": path, "params": {"size": "9"}, "answer": {"runs": [run], "total_size": "1"}}
    assert as_published([wrong]).splitlines() == [
        f"{path} has no parameter size",
        f"{path}.runs.0.state is no V2beta1RuntimeState: 'Succeeded'",
        f"{path}.runs.0.finished_at is no datetime: 'yesterday'",
        f"{path}.runs.0.owner is unknown to V2beta1Run",
        f"{path}.total_size is no int: '1'",
    ]


def test_runs_come_with_their_outcome_and_a_run_that_goes_on_has_no_end(server, kfp):
    server.run("retried", day(1), "RUNNING", day(1, 3), schedule="nightly")
    pulled, _ = pull(kfp)
    found = runs(pulled)
    outcomes = {key: (row["outcome"], row["ended_at"] is None) for key, row in found.items()}
    assert outcomes == {
        "r1": ("succeeded", False),
        "r2": ("failed", False),
        "r3": ("succeeded", False),
        "r4": ("cancelled", False),
        "r5": (None, True),
        "retried": (None, True),
        "i1": ("succeeded", False),
        "t1": ("succeeded", False),
    }
    assert found["r1"] == {
        "platform": "kubeflow",
        "run_id": "r1",
        "initiative_id": "INI-001",
        "model": "churn",
        "pipeline": "the train",
        "purpose": "retraining",
        "started_at": TODAY - timedelta(days=9, hours=-2),
        "ended_at": TODAY - timedelta(days=9, hours=-3),
        "outcome": "succeeded",
        "url": f"{kfp.url}/pipeline/#/runs/details/r1",
    }


def test_a_run_is_whose_the_map_a_link_or_the_tags_of_its_pipeline_say(kfp):
    pulled, _ = pull(kfp)
    whose = {key: (row["initiative_id"], row["model"]) for key, row in runs(pulled).items()}
    assert whose["i1"] == ("INI-002", None)
    assert runs(pulled)["i1"]["purpose"] == "data"
    assert whose["t1"] == ("INI-003", "pricing")
    assert pulled.unmapped == (Unmapped("pipeline", "stray", "the stray"),)
    linked, _ = pull(kfp, links={"stray": Link("INI-009", "risk"), "nightly": Link("INI-010")})
    assert linked.unmapped == ()
    whose = {key: (row["initiative_id"], row["model"]) for key, row in runs(linked).items()}
    assert (whose["s1"], whose["r1"]) == (("INI-009", "risk"), ("INI-001", "churn"))


def test_a_success_proves_what_it_can_and_no_more(kfp):
    pulled, _ = pull(kfp)
    proven = {
        (row["initiative_id"], row["capability"]): (row["assessed_on"], row["state"])
        for row in pulled.tables["capabilities"].to_pylist()
    }
    on = {ago: (TODAY - timedelta(days=ago)).date() for ago in range(10)}
    assert proven == {
        ("INI-001", "automated_retraining"): (on[7], "in_place"),
        ("INI-001", "deployment_pipeline"): (on[7], "in_place"),
        ("INI-002", "deployment_pipeline"): (on[5], "in_place"),
        ("INI-003", "deployment_pipeline"): (on[4], "in_place"),
    }
    evidence = pulled.tables["capabilities"]["evidence"].to_pylist()[0]
    assert evidence.endswith(f"succeeded, {kfp.url}/pipeline/#/runs/details/r3")


def test_pages_cut_without_a_word_are_all_read(server, kfp):
    whole, _ = pull(kfp)
    server.most = 2
    cut, _ = pull(kfp)
    assert runs(cut) == runs(whole)
    assert all(asked.one("page_size") == "200" for asked in kfp.asked)


def test_the_next_pull_begins_at_the_oldest_run_that_had_not_ended(server, kfp):
    _, mark = pull(kfp)
    assert mark == day(1)
    server.held["runs"][4] |= {"state": "SUCCEEDED", "finished_at": day(0, 0)}
    server.run("r6", day(0, 0), "FAILED", day(0, 0), schedule="nightly")
    later, mark = pull(kfp, mark)
    assert {key: row["outcome"] for key, row in runs(later).items()} == {
        "r5": "succeeded",
        "r6": "failed",
    }
    again, same = pull(kfp, mark)
    assert (list(runs(again)), same, mark) == (["r6"], mark, day(0, 0))


def test_a_run_that_hangs_is_waited_for_thirty_days(server, kfp):
    server.run("hung", day(100), "RUNNING")
    assert pull(kfp)[1] == f"{TODAY - timedelta(days=31, hours=-2):%Y-%m-%dT%H:%M:%SZ}"


def test_a_namespace_is_asked_for_and_so_are_the_pipelines_all_share(server, kfp):
    server.namespace = "models"
    pulled, _ = pull(kfp, namespace="models")
    assert runs(pulled)["t1"]["pipeline"] == "the tagged"
    spaces = [asked.one("namespace", "-") for asked in kfp.asked]
    assert spaces == ["models", "models", "models", "-"]


def test_a_run_from_the_future_or_without_a_start_is_left_out_and_hides_nothing(server, kfp):
    _, mark = pull(kfp)
    server.run("ahead", day(-400), schedule="nightly")
    pulled, same = pull(kfp)
    assert "ahead" not in runs(pulled)
    assert same == mark
    assert pulled.left_out == {"runs dated in the future": 1}
    record = {"url": "u", "asked_at": day(0), "runs": [{"run_id": "x", "experiment_id": "e"}]}
    odd = kubeflow.rows([record], {"e": Link("INI-001")}, {})
    assert odd.left_out == {"runs without a usable start": 1}


def test_an_empty_server_is_no_fault():
    with serving(Kubeflow()) as stub:
        pulled, mark = pull(stub)
    assert (runs(pulled), pulled.unmapped) == ({}, ())
    assert mark < day(300)


def test_hostile_names_stay_text(server, kfp):
    server.pipeline("odd", display_name=HOSTILE, tags={"initiative": HOSTILE, "model": HOSTILE})
    server.run("o/1?#", day(2), "SUCCEEDED", day(2, 3), pipeline="odd")
    row = runs(pull(kfp)[0])["o/1?#"]
    assert {row["initiative_id"], row["model"], row["pipeline"]} == {HOSTILE}
    assert row["url"].endswith("/runs/details/o%2F1%3F%23")


def test_a_token_that_is_wrong_or_expires_midway_is_said(server, kfp):
    with pytest.raises(ConnectorError, match=r"refused the credentials \(401\); check \[connec"):
        pull(kfp, token="wrong")
    server.count_until_expired = 2
    with pytest.raises(ConnectorError, match=r"refused the credentials \(401\)"):
        pull(kfp)


def test_a_page_token_that_repeats_ends_the_pull():
    with serving(lambda asked: Answer({"next_page_token": "string"})) as stub:
        with pytest.raises(ConnectorError, match="the same page again and again"):
            pull(stub)
        assert len(stub.asked) == 2


def test_a_pull_is_a_batch_and_the_next_one_changes_nothing(kfp, store, tmp_path, monkeypatch):
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f"""
[connectors.kubeflow]
url = "{kfp.url}/pipeline"
token = "let-me-in"
[connectors.kubeflow.map]
nightly = "INI-001/churn"
ingest = "INI-002"
""")
    monkeypatch.setenv("EXECUTION_GAP_SECRETS", str(secrets))
    put(store, initiatives=named("INI-001", "INI-002"))
    first = pulling.pull(store, LOCAL_OWNER, "kubeflow")
    assert first.stored.rows_stored == {"pipeline_runs": 6, "capabilities": 3}
    assert first.left_out == {"rows of initiatives the board does not know": 2}
    assert first.count_unmapped == 1
    second = pulling.pull(store, LOCAL_OWNER, "kubeflow")
    assert second.stored.batch_id is None
    assert second.says.startswith("Nothing new from Kubeflow Pipelines")
    assert look(store, "select outcome from pipeline_runs where run_id = 'r5'") == [(None,)]
