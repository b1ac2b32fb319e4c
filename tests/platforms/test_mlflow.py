"""Pull from a real MLflow: what comes in, what a second pull changes, what it does when refused."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pyarrow.compute as pc
import pytest
from conftest import put

from data import batches
from data.access import LOCAL_OWNER
from data.connectors import mlflow
from data.connectors.http import Http
from data.connectors.measured import NO_NUMBER
from data.connectors.mlflow import fetching
from data.connectors.mlflow.to_rows import MOVED
from data.connectors.pulled import RETAGGED, Link, Pulled, Unmapped
from data.errors import ConnectorError
from platforms.mlflow_server import ADMIN, READER, Mlflow, serving
from platforms.running import free_port

pytestmark = pytest.mark.platform
START_MS = 1_760_000_000_000  # 9 October 2025, 08:53:20
HOUR_MS = 3_600_000
TODAY = datetime.now(UTC).date()


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Mlflow]:
    with serving(tmp_path_factory.mktemp("mlflow")) as started:
        yield started


@pytest.fixture
def churn(server, request) -> str:
    """A model of its own for a test, tagged with its initiative, its only version a champion."""
    name = f"churn of {request.node.name}"
    run = server.run(server.experiment(name), START_MS, START_MS + HOUR_MS)
    server.log(run, "accuracy", [0.5, 0.75], START_MS, 1000)
    server.model(name, initiative_id=name)
    server.version(name, run)
    server.alias(name, "champion", "1")
    return name


def pull(server: Mlflow, mark: str | None = None, **links: Link) -> tuple[Pulled, str]:
    records, mark = mlflow.fetch(server.settings, mark, Http("mlflow", server.settings))
    return mlflow.rows(records, links, server.settings), mark


def of(pulled: Pulled, table: str, initiative_id: str) -> list[dict]:
    rows = pulled.tables[table].to_pylist()
    return [
        {name: value for name, value in row.items() if name != "initiative_id"}
        for row in rows
        if row["initiative_id"] == initiative_id
    ]


def test_a_champion_is_in_production_and_its_versions_and_metrics_come_with_it(server, churn):
    pulled, _ = pull(server)
    [stage] = of(pulled, "deployment_status", churn)
    [capability] = of(pulled, "capabilities", churn)
    metrics = of(pulled, "model_metrics", churn)
    assert stage == {
        "stage": "production",
        "entered_on": None,
        "observed_on": TODAY,
        "note": f"MLflow: champion of {churn} is version 1",
    }
    assert (capability["capability"], capability["state"]) == ("model_versioning", "in_place")
    assert capability["assessed_on"] == TODAY
    assert capability["evidence"].startswith(f"MLflow: {churn} has 1 version, the newest is versio")
    assert f": {server.url}/#/models/churn%20of%20test_" in capability["evidence"]
    assert metrics == [
        {
            "model": churn,
            "version": "1",
            "metric": "accuracy",
            "measured_at": datetime(2025, 10, 9, 8, 53, 20 + step),
            "value": value,
        }
        for step, value in enumerate((0.5, 0.75))
    ]


def test_a_second_pull_brings_nothing_new(server, churn, store):
    put(store, initiatives=f"initiative_id|name|unit\n{churn}|Churn|Sales")

    def keep(pulled: Pulled) -> batches.Stored:
        mine = {
            name: table.filter(pc.equal(table["initiative_id"], churn))
            for name, table in pulled.tables.items()
        }
        return batches.commit(store, LOCAL_OWNER, mine, batches.Origin("mlflow", TODAY))

    first, mark = pull(server)
    assert keep(first).rows_stored["model_metrics"] == 2
    again, _ = pull(server)
    assert keep(again).batch_id is None
    since, after = pull(server, mark)
    assert keep(since).batch_id is None
    assert after == mark


def test_an_alias_that_moves_away_and_back_is_three_sightings(server, churn, monkeypatch):
    [run] = [
        one["info"]
        for one in server.ask("POST", "runs/search", experiment_ids=[_experiment(server, churn)])[
            "runs"
        ]
    ]
    server.version(churn, run)
    seen, mark = [], None
    for day, version in ((1, "2"), (2, "1"), (3, "2"), (4, "2")):
        server.alias(churn, "champion", version)
        monkeypatch.setattr(fetching, "today", lambda day=day: date(2025, 11, day))
        pulled, mark = pull(server, mark)
        seen += [(row["observed_on"].day, row["note"]) for row in of_status(pulled, churn)]
    notes = [f"MLflow: champion of {churn} is version {version}" for version in (2, 1, 2, 2)]
    assert seen == [(1, notes[0]), (2, notes[1]), (3, notes[2]), (3, notes[3])]


def of_status(pulled: Pulled, initiative_id: str) -> list[dict]:
    return of(pulled, "deployment_status", initiative_id)


def _experiment(server: Mlflow, name: str) -> str:
    found = server.ask("POST", "experiments/search", max_results=1000)["experiments"]
    return next(one["experiment_id"] for one in found if one["name"] == name)


def test_a_challenger_is_a_pilot_and_the_settings_may_say_otherwise(server, churn):
    server.alias(churn, "challenger", "1")
    server.alias(churn, "canary", "1")
    pulled, _ = pull(server)
    assert {row["stage"] for row in of_status(pulled, churn)} == {"production", "pilot"}
    settings = server.settings | {"aliases": {"canary": "scaled"}}
    records, _ = mlflow.fetch(settings, None, Http("mlflow", settings))
    [row] = of_status(mlflow.rows(records, {}, settings), churn)
    assert (row["stage"], row["note"]) == ("scaled", f"MLflow: canary of {churn} is version 1")


def test_a_stage_of_old_counts_until_there_is_an_alias(server, churn):
    server.model("old", initiative_id="Old")
    run = server.run(_experiment(server, churn), START_MS, START_MS + 1)
    for _ in range(2):
        moved = {"version": server.version("old", run), "stage": "Staging"}
        server.ask("POST", "model-versions/transition-stage", name="old", **moved)
    [row] = of_status(pull(server)[0], "Old")
    assert (row["stage"], row["note"]) == ("pilot", "MLflow: Staging of old is version 2")
    server.alias("old", "champion", "1")
    [row] = of_status(pull(server)[0], "Old")
    assert (row["stage"], row["note"]) == ("production", "MLflow: champion of old is version 1")


def test_what_is_not_a_number_is_left_out_and_counted(server, churn):
    before = pull(server)[0].left_out.get(NO_NUMBER, 0)
    run = server.run(_experiment(server, churn), START_MS, START_MS + HOUR_MS)
    server.log(run, "loss", [0.5, "NaN", "Infinity", "-Infinity", 0.25], START_MS, 1000)
    server.version(churn, run)
    pulled, _ = pull(server)
    loss = [row["value"] for row in of(pulled, "model_metrics", churn) if row["metric"] == "loss"]
    assert loss == [0.5, 0.25]
    assert pulled.left_out[NO_NUMBER] == before + 3


def test_a_long_history_is_not_thinned_out(server, churn):
    run = server.run(_experiment(server, churn), START_MS, START_MS + HOUR_MS)
    server.log(run, "loss", [float(step) for step in range(2600)], START_MS, 1000)
    server.version(churn, run)
    metrics = of(pull(server)[0], "model_metrics", churn)
    loss = [row["value"] for row in metrics if row["metric"] == "loss"]
    assert loss == [float(step) for step in range(2600)]


def test_only_the_metrics_in_the_settings_are_read_if_there_are_any(server, churn):
    run = server.run(_experiment(server, churn), START_MS, START_MS + HOUR_MS)
    for name in ("loss", "system/cpu", "latency"):
        server.log(run, name, [1.0], START_MS, 1000)
    server.version(churn, run)
    every = {row["metric"] for row in of(pull(server)[0], "model_metrics", churn)}
    settings = server.settings | {"metrics": ["loss", "system/cpu"]}
    records, _ = mlflow.fetch(settings, None, Http("mlflow", settings))
    chosen = of(mlflow.rows(records, {}, settings), "model_metrics", churn)
    assert every == {"accuracy", "loss", "latency"}
    assert {row["metric"] for row in chosen} == {"loss", "system/cpu"}


def test_retraining_runs_come_in_with_their_state_and_link(server, churn):
    experiment = server.experiment(f"retraining of {churn}", initiative_id=churn)
    about = {"kind": "retrain", "model": churn}
    for hour, status in enumerate(("FINISHED", "FAILED", "KILLED")):
        start_ms = START_MS + hour * HOUR_MS
        server.run(experiment, start_ms, start_ms + 60_000, status, **about)
    running = server.run(experiment, START_MS + 3 * HOUR_MS, **about)
    first, mark = pull(server)
    runs = sorted(of(first, "pipeline_runs", churn), key=lambda run: run["started_at"])
    assert [run["outcome"] for run in runs] == ["succeeded", "failed", "cancelled", None]
    assert {run["model"] for run in runs} == {churn}
    assert {run["purpose"] for run in runs} == {"retraining"}
    assert runs[3]["ended_at"] is None
    assert runs[0]["ended_at"] == datetime(2025, 10, 9, 8, 54, 20)
    assert runs[0]["url"] == f"{server.url}/#/experiments/{experiment}/runs/{runs[0]['run_id']}"
    server.end(running, START_MS + 4 * HOUR_MS)
    since, _ = pull(server, mark)
    ended = [run for run in of(since, "pipeline_runs", churn) if run["run_id"] == running["run_id"]]
    assert [run["outcome"] for run in ended] == ["succeeded"]


def test_a_run_that_watches_a_version_measures_it(server, churn):
    watching = server.experiment(f"watching {churn}")
    run = server.run(watching, START_MS, START_MS + 1, model=churn, model_version="1")
    server.log(run, "psi", [0.1], START_MS, 1000)
    metrics = of(pull(server)[0], "model_metrics", churn)
    assert [(row["version"], row["value"]) for row in metrics if row["metric"] == "psi"] == [
        ("1", 0.1)
    ]


def test_a_model_without_a_tag_is_its_experiments_or_a_links_or_not_mapped(server, churn):
    experiment = server.experiment(f"tagged for {churn}", initiative_id=churn)
    run = server.run(experiment, START_MS, START_MS + 1)
    for name in ("by experiment", "by link", "by nothing & ä"):
        server.model(name)
    server.version("by experiment", run)
    pulled, mark = pull(server, **{"models/by link": Link(churn, "linked")})
    assert not {one.name for one in pulled.unmapped} & {"by experiment", "by link", churn}
    url = f"{server.url}/#/models/by%20nothing%20%26%20%C3%A4"
    nothing = Unmapped("registered model", "models/by nothing & ä", "by nothing & ä", url)
    assert nothing in pulled.unmapped
    since, _ = pull(server, mark)
    assert "by experiment" not in {one.name for one in since.unmapped}
    homeless = server.experiment(f"homeless {churn}")
    server.run(homeless, START_MS, START_MS + 1, kind="retrain")
    assert f"experiments/{homeless}" in {one.key for one in pull(server)[0].unmapped}


def test_a_tag_that_is_set_later_brings_the_history_in(server, churn):
    run = server.run(_experiment(server, churn), START_MS, START_MS + 1)
    server.log(run, "late", [1.0], START_MS, 1000)
    server.model(f"late {churn}")
    server.version(f"late {churn}", run)
    _, mark = pull(server)
    tag = {"key": "initiative_id", "value": "late"}
    server.ask("POST", "registered-models/set-tag", name=f"late {churn}", **tag)
    assert [row["value"] for row in of(pull(server, mark)[0], "model_metrics", "late")] == [1.0]


def test_a_version_of_an_old_run_comes_in_with_its_history(server, churn):
    run = server.run(_experiment(server, churn), 1_500_000_000_000, 1_500_000_001_000)
    server.log(run, "aged", [1.0], START_MS, 1000)
    _, mark = pull(server)
    server.version(churn, run)
    metrics = of(pull(server, mark)[0], "model_metrics", churn)
    assert [row["version"] for row in metrics if row["metric"] == "aged"] == ["2"]


def test_a_clock_that_is_ahead_does_not_hide_what_follows(server, churn):
    experiment = _experiment(server, churn)
    now_ms = int(datetime.now(UTC).timestamp() * 1000)
    server.run(experiment, now_ms, now_ms + 900 * HOUR_MS, kind="retrain", model=churn)
    _, mark = pull(server)
    after = server.run(experiment, now_ms, now_ms + 1, kind="retrain", model=churn)
    runs = of(pull(server, mark)[0], "pipeline_runs", churn)
    assert after["run_id"] in {run["run_id"] for run in runs}


def test_a_model_deleted_at_the_source_is_said_to_be(server, churn):
    server.model("doomed", initiative_id=churn)
    _, mark = pull(server)
    server.ask("DELETE", "registered-models/delete", name="doomed")
    says = "no longer at the source; what was stored of it stays"
    since, mark = pull(server, mark)
    assert since.left_out[says] == 1
    assert says not in pull(server, mark)[0].left_out


def test_a_model_tagged_otherwise_is_said_to_be_and_read_again_for_its_new_initiative(
    server, churn
):
    _, mark = pull(server)
    tag = {"key": "initiative_id", "value": f"other {churn}"}
    server.ask("POST", "registered-models/set-tag", name=churn, **tag)
    since, mark = pull(server, mark)
    assert since.left_out[RETAGGED] == 1 and of_status(since, f"other {churn}")
    assert len(of(since, "model_metrics", f"other {churn}")) == 2
    assert RETAGGED not in pull(server, mark)[0].left_out


def test_an_alias_that_moves_within_its_stage_is_said_once(server, churn):
    _, mark = pull(server)
    run = server.run(_experiment(server, churn), START_MS, START_MS + 1)
    server.alias(churn, "champion", server.version(churn, run))
    server.alias(churn, "canary", "1")
    since, mark = pull(server, mark)
    assert since.left_out[MOVED] == 1
    server.ask("DELETE", "registered-models/alias", name=churn, alias="champion")
    server.ask("DELETE", "registered-models/alias", name=churn, alias="canary")
    since, mark = pull(server, mark)
    assert since.left_out[MOVED] == 1 and of_status(since, churn) == []
    since, mark = pull(server, mark)
    assert MOVED not in since.left_out
    server.alias(churn, "challenger", "2")
    _, mark = pull(server, mark)
    server.ask("DELETE", "registered-models/alias", name=churn, alias="challenger")
    server.alias(churn, "champion", "2")
    promoted, _ = pull(server, mark)
    assert MOVED not in promoted.left_out and len(of_status(promoted, churn)) == 1


def test_a_link_gives_no_model_the_name_of_another_of_its_initiative(server, churn):
    run = server.run(_experiment(server, churn), START_MS, START_MS + 1)
    server.log(run, "accuracy", [0.9], START_MS + HOUR_MS, 1000)
    for name in (f"one {churn}", f"two {churn}"):
        server.model(name)
        server.version(name, run)
    links = {
        f"models/one {churn}": Link(churn, churn),
        f"models/two {churn}": Link(churn, "mine"),
    }
    names = {row["model"] for row in of(pull(server, **links)[0], "model_metrics", churn)}
    assert names == {churn, f"one {churn}", "mine"}


def test_the_password_is_in_nothing_that_comes_back(server, churn):
    records, mark = mlflow.fetch(server.settings, None, Http("mlflow", server.settings))
    pulled = mlflow.rows(records, {}, server.settings)
    rows = [table.to_pylist() for table in pulled.tables.values()]
    assert churn in str(records) and churn in mark and churn in str(rows)
    assert READER[1] not in str(records) + mark + str(rows) + repr(pulled)


def test_a_reader_may_pull_and_may_not_write(server, churn):
    pulled, _ = pull(server)
    assert of_status(pulled, churn)
    with pytest.raises(ConnectorError, match=r"refused the credentials \(403\)"):
        Http("mlflow", server.settings).post(
            f"{fetching.API}/registered-models/set-tag", {"name": churn, "key": "a", "value": "b"}
        )


@pytest.mark.parametrize(
    ("account", "status"),
    [({"username": ADMIN[0], "password": "wrong"}, 401), ({}, 401)],
)
def test_wrong_credentials_are_said_to_be(server, account, status):
    settings = {"url": server.url, **account}
    says = rf"refused the credentials \({status}\); check \[connectors.mlflow\] in secrets.toml"
    with pytest.raises(ConnectorError, match=says):
        mlflow.fetch(settings, None, Http("mlflow", settings))


def test_a_server_that_is_down_is_said_to_be(server):
    settings = server.settings | {"url": f"http://127.0.0.1:{free_port()}"}
    with pytest.raises(ConnectorError, match="cannot be reached; see that it runs"):
        mlflow.fetch(settings, None, Http("mlflow", settings))


def test_a_stage_nobody_knows_is_refused(server):
    settings = server.settings | {"aliases": {"champion": "prod"}}
    with pytest.raises(ConnectorError, match="gives champion the stage prod; the stages are idea"):
        mlflow.fetch(settings, None, Http("mlflow", settings))
