"""Pull from a real Airflow, which never gives more than two of what it is asked for."""

import base64
import hmac
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from conftest import put

from data import batches
from data.access import LOCAL_OWNER
from data.connectors import airflow
from data.connectors.http import Http
from data.connectors.pulled import RETAGGED, Link, Pulled, Unmapped
from data.errors import ConnectorError
from platforms.airflow_server import READER, SECRET, Airflow, serving
from platforms.running import free_port, until

pytestmark = pytest.mark.platform
DAGS = """
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, get_current_context, task

@task
def train():
    if get_current_context()["dag_run"].conf.get("is_broken"):
        raise ValueError("the data are not there")

def dag(dag_id, *tags, schedule="0 0 29 2 *"):
    return DAG(dag_id, schedule=schedule, tags=list(tags), catchup=False)

with dag("retrain_churn", "retrain", "initiative:a", "model:churn"):
    train()
with dag("load_claims", "data", "initiative:a", "initiative:b"):
    EmptyOperator(task_id="load")
with dag("by_hand", "retrain", "initiative:b", schedule=None):
    EmptyOperator(task_id="train")
with dag("nobodys", "retrain", "model:spare"):
    EmptyOperator(task_id="train")
with dag("other"):
    EmptyOperator(task_id="anything")
"""
ALL = ("retrain_churn", "load_claims", "by_hand", "nobodys", "other")
PAGE_LIMIT = 2


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Airflow]:
    """An Airflow whose retraining has succeeded, failed and succeeded."""
    with serving(tmp_path_factory.mktemp("airflow"), DAGS, PAGE_LIMIT) as started:
        until(lambda: all(map(started.knows, ALL)), "reading the DAGs")
        others = {dag_id: started.trigger(dag_id) for dag_id in ALL[1:]}
        for is_broken in (False, True, False):
            started.finish("retrain_churn", is_broken=is_broken)
        for dag_id, run_id in others.items():
            until(lambda one=(dag_id, run_id): started.state(*one) == "success", dag_id)
        yield started


def pull(server: Airflow, mark: str | None = None, **links: Link) -> tuple[Pulled, str]:
    records, mark = airflow.fetch(server.settings, mark, Http("airflow", server.settings))
    return airflow.rows(records, links, server.settings), mark


def runs(pulled: Pulled, pipeline: str) -> list[dict]:
    rows = pulled.tables["pipeline_runs"].to_pylist()
    return sorted(
        (row for row in rows if row["pipeline"] == pipeline), key=lambda row: row["started_at"]
    )


def test_a_retraining_that_succeeds_fails_and_succeeds_is_three_runs(server):
    found = runs(pull(server)[0], "retrain_churn")
    assert [run["outcome"] for run in found] == ["succeeded", "failed", "succeeded"]
    for run in found:
        dag_id, run_id = run["run_id"].split("/")
        assert (run["platform"], run["initiative_id"], run["model"]) == ("airflow", "a", "churn")
        assert run["purpose"] == "retraining"
        assert server.state(dag_id, run_id) == (
            "failed" if run["outcome"] == "failed" else "success"
        )
        assert run["started_at"] < run["ended_at"] <= datetime.now(UTC).replace(tzinfo=None)
        quoted = run_id.replace(":", "%3A").replace("+", "%2B")
        assert run["url"] == f"{server.url}/dags/retrain_churn/runs/{quoted}"


def test_what_is_asked_for_page_by_page_arrives_whole(server):
    page = server.ask("GET", "dags/retrain_churn/dagRuns?limit=100")
    assert len(page["dag_runs"]) == PAGE_LIMIT < page["total_entries"]
    pulled, _ = pull(server)
    assert len(runs(pulled, "retrain_churn")) == page["total_entries"]
    assert {row["pipeline"] for row in pulled.tables["pipeline_runs"].to_pylist()} == {
        "retrain_churn",
        "load_claims",
        "by_hand",
    }


def test_what_runs_by_itself_and_has_succeeded_proves_a_capability_with_a_link(server):
    pulled, _ = pull(server)
    proofs = {
        (row["initiative_id"], row["capability"]): row
        for row in pulled.tables["capabilities"].to_pylist()
    }
    assert set(proofs) == {
        ("a", "automated_retraining"),
        ("a", "data_pipeline"),
        ("b", "data_pipeline"),
    }
    last = runs(pulled, "retrain_churn")[-1]
    proof = proofs["a", "automated_retraining"]
    assert (proof["state"], proof["assessed_on"]) == ("in_place", last["ended_at"].date())
    assert proof["evidence"] == (
        "Airflow: retrain_churn (scheduled 0 0 29 2 *) last succeeded "
        f"{last['ended_at']:%Y-%m-%d %H:%M}, next run 2028-02-29 00:00, in UTC: {last['url']}"
    )
    assert pulled.left_out == {airflow.BY_HAND: 1}


def test_a_dag_without_an_initiative_is_not_mapped_until_it_is_linked(server):
    pulled, _ = pull(server)
    nobodys = Unmapped("DAG", "dags/nobodys", "nobodys", f"{server.url}/dags/nobodys")
    assert pulled.unmapped == (nobodys,)
    linked, _ = pull(server, **{"dags/nobodys": Link("b")})
    [run] = runs(linked, "nobodys")
    assert (run["initiative_id"], run["model"]) == ("b", "spare")
    assert linked.unmapped == ()


def test_a_second_pull_brings_nothing_new_and_a_run_since_is_all_the_next_one_brings(server, store):
    put(store, initiatives="initiative_id name unit\na A X\nb B X")

    def keep(pulled: Pulled) -> batches.Stored:
        origin = batches.Origin("airflow", datetime.now(UTC).date())
        return batches.commit(store, LOCAL_OWNER, pulled.tables, origin)

    first, mark = pull(server)
    assert keep(first).batch_id
    again, after = pull(server, mark)
    assert after == mark
    assert keep(again).batch_id is None
    server.finish("load_claims")
    since, _ = pull(server, mark)
    assert keep(since).rows_stored["pipeline_runs"]
    assert len(runs(since, "load_claims")) == len(runs(again, "load_claims")) + 1


def test_runs_from_before_the_mark_are_not_read_again(server):
    _, mark = pull(server)
    later = json.loads(mark) | {"until": "2099-01-01T00:00:00Z"}
    assert pull(server, json.dumps(later))[0].tables["pipeline_runs"].num_rows == 0
    tagged_otherwise = later | {"tags": later["tags"] | {"by_hand": ["retrain"]}}
    since, _ = pull(server, json.dumps(tagged_otherwise))
    assert {row["pipeline"] for row in since.tables["pipeline_runs"].to_pylist()} == {"by_hand"}


def test_a_dag_that_is_gone_is_said_to_be(server):
    _, mark = pull(server)
    known = json.loads(mark)
    mark = json.dumps(known | {"tags": known["tags"] | {"retired": ["retrain"]}})
    assert pull(server, mark)[0].left_out[airflow.GONE] == 1


def test_a_dag_tagged_otherwise_is_said_to_be_and_read_from_its_first_run(server):
    whole, mark = pull(server)
    before = json.loads(mark)
    before["tags"]["retrain_churn"] = ["initiative:z", "model:churn", "retrain"]
    since, mark = pull(server, json.dumps(before))
    assert since.left_out[RETAGGED] == 1
    assert runs(since, "retrain_churn") == runs(whole, "retrain_churn")
    assert RETAGGED not in pull(server, mark)[0].left_out


def test_a_token_that_has_expired_is_renewed_once(server):
    http = Http("airflow", server.settings)
    logged_in = []

    def log_in() -> str:
        logged_in.append(server.token(*READER))
        return expired(logged_in[-1]) if len(logged_in) == 1 else logged_in[-1]

    http.sign_in_by(log_in)
    assert http.get("api/v2/dags")["total_entries"] == len(ALL)
    assert len(logged_in) == 2


def expired(token: str) -> str:
    """The same token as the server would have given it out two days ago."""
    header, payload, _ = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(f"{payload}=="))
    times = {name: int(time.time()) - age for name, age in (("iat", 172_800), ("nbf", 172_800))}
    past = json.dumps(said | times | {"exp": int(time.time()) - 86_400}).encode()
    signed = f"{header}.{base64.urlsafe_b64encode(past).decode().rstrip('=')}"
    kind = json.loads(base64.urlsafe_b64decode(f"{header}=="))["alg"].replace("HS", "sha")
    mac = hmac.digest(SECRET.encode(), signed.encode(), kind)
    return f"{signed}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def test_the_password_and_the_token_are_in_nothing_that_comes_back(server, monkeypatch):
    said = []
    monkeypatch.setattr(airflow, "_token", lambda *_: said.append(server.token(*READER)) or said[0])
    records, mark = airflow.fetch(server.settings, None, Http("airflow", server.settings))
    pulled = airflow.rows(records, {}, server.settings)
    rows = [table.to_pylist() for table in pulled.tables.values()]
    everything = str(records) + mark + str(rows) + repr(pulled)
    assert "retrain_churn" in everything
    assert READER[1] not in everything and said[0] not in everything


@pytest.mark.parametrize(
    "account", [{"username": READER[0], "password": "wrong"}, {"token": "abc"}]
)
def test_wrong_credentials_are_said_to_be(server, account):
    settings = {"url": server.url, **account}
    with pytest.raises(ConnectorError, match=r"refused the credentials \(40[13]\); check"):
        airflow.fetch(settings, None, Http("airflow", settings))


def test_a_viewer_may_pull_and_may_not_start_a_run(server):
    http = Http("airflow", {"url": server.url, "token": server.token(*READER)})
    with pytest.raises(ConnectorError, match=r"refused the credentials \(403\)"):
        http.post("api/v2/dags/by_hand/dagRuns", {"logical_date": None})


def test_a_server_that_is_down_is_said_to_be():
    settings = {"url": f"http://127.0.0.1:{free_port()}", "token": "abc"}
    with pytest.raises(ConnectorError, match="cannot be reached; see that it runs"):
        airflow.fetch(settings, None, Http("airflow", settings))
