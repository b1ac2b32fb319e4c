"""An MLflow that misbehaves: a sentence says so, and nothing half read comes back."""

import pytest

from data.connectors import mlflow
from data.connectors.http import Http
from data.errors import ConnectorError
from platforms.stub import Answer, Asked, serving

RUN = {
    "info": {"run_id": "r", "experiment_id": "1", "status": "FINISHED", "start_time": 1},
    "data": {"metrics": [{"key": "auc"}]},
}
VERSION = {"name": "churn", "version": "1", "run_id": "r", "creation_timestamp": 1_700_000_000_000}
CONTENT = {
    "registered-models/search": {"registered_models": [{"name": "churn"}]},
    "model-versions/search": {"model_versions": [VERSION]},
    "experiments/search": {"experiments": [{"experiment_id": "1", "name": "training"}]},
    "runs/search": {"runs": [RUN]},
    "metrics/get-history-bulk-interval": {"metrics": []},
}


def fetched(wrong: dict[str, object]) -> tuple:
    """What a pull reads from a server with some answers of its own."""

    def answer(asked: Asked) -> Answer:
        path = asked.path.removeprefix("/api/2.0/mlflow/")
        said = (CONTENT | wrong)[path]
        return said if isinstance(said, Answer) else Answer(said)

    with serving(answer) as stub:
        settings = {"url": stub.url}
        return mlflow.fetch(settings, None, Http("mlflow", settings))


@pytest.mark.parametrize("path", list(CONTENT)[:4])
def test_a_page_that_repeats_ends_the_pull(path):
    with pytest.raises(ConnectorError, match="the same page again and again"):
        fetched({path: CONTENT[path] | {"next_page_token": "string"}})


@pytest.mark.parametrize("path", CONTENT)
def test_an_error_anywhere_ends_the_pull(path):
    with pytest.raises(ConnectorError, match=f"answered api/2.0/mlflow/{path} with error 500"):
        fetched({path: Answer(status=500)})


@pytest.mark.parametrize(
    "point",
    [
        {"run_id": "r", "timestamp": 1, "value": "many"},
        {"run_id": "r", "timestamp": "soon", "value": 1.0},
        {"run_id": "r", "timestamp": 10**30, "value": 1.0},
        {"run_id": "r", "value": 1.0},
    ],
)
def test_a_history_that_is_none_is_named(point):
    with pytest.raises(ConnectorError, match="answered the history of auc with what is no number"):
        fetched({"metrics/get-history-bulk-interval": {"metrics": [point]}})


def test_an_empty_registry_is_no_error():
    records, mark = fetched(dict.fromkeys(CONTENT, {}))
    pulled = mlflow.rows(records, {}, {"url": "https://mlflow.example"})
    assert mark
    assert pulled.unmapped == ()
    assert {name: table.num_rows for name, table in pulled.tables.items()} == dict.fromkeys(
        pulled.tables, 0
    )
