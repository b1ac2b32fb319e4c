"""What was logged in MLflow and run in Airflow is on the initiative's page after one click."""

import shutil
import time

import pytest
from platforms import airflow_server, mlflow_server
from platforms.airflow_server import Airflow
from platforms.mlflow_server import Mlflow
from platforms.running import until
from playwright.sync_api import expect

from browser.walking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.platform]
MODEL, DAG = "delivery-window", "retrain_delivery_window"
DAGS = """
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

tags = ["retrain", "initiative:INI-001", "model:delivery-window"]
with DAG("retrain_delivery_window", schedule="0 0 29 2 *", catchup=False, tags=tags):
    EmptyOperator(task_id="train")
"""


@pytest.fixture(scope="module")
def mlflow(tmp_path_factory):
    with mlflow_server.serving(tmp_path_factory.mktemp("mlflow")) as started:
        yield started


@pytest.fixture(scope="module")
def airflow(tmp_path_factory):
    with airflow_server.serving(tmp_path_factory.mktemp("airflow"), DAGS) as started:
        until(lambda: started.knows(DAG), "reading the DAG")
        yield started


def environment(mlflow: Mlflow, airflow: Airflow) -> dict[str, str]:
    """Both platforms turned on, with readers' accounts."""
    told = {"MLFLOW": mlflow.settings, "AIRFLOW": airflow.settings}
    return {
        f"EXECUTION_GAP_{name}_{key.upper()}": value
        for name, settings in told.items()
        for key, value in settings.items()
    }


def log_and_run(mlflow: Mlflow, airflow: Airflow) -> None:
    """A new version with a metric of this minute, and a retraining that has just succeeded."""
    now_ms = int(time.time() * 1000)
    run = mlflow.run(mlflow.experiment("delivery"), now_ms - 60_000, now_ms)
    mlflow.log(run, "auc", [0.913], now_ms - 30_000, 1000)
    mlflow.model(MODEL, initiative_id="INI-001")
    mlflow.model("![nobody](x)<b>")
    mlflow.version(MODEL, run)
    airflow.finish(DAG)


def test_a_metric_logged_and_a_run_finished_are_on_the_page_after_one_click(
    visit, serve, sample_file, tmp_path, mlflow, airflow
):
    log_and_run(mlflow, airflow)
    store = shutil.copy(sample_file, tmp_path / "mine.duckdb")
    walk = visit(serve(store, **environment(mlflow, airflow)))
    walk.open("connectors").says("On, never pulled yet.")
    walk.page.locator(".st-key-pull_all button").click()
    walk.says("of model metrics from MLflow; not mapped: 1.")
    walk.says("of pipeline runs from Apache Airflow.")
    walk.says("1 object of the platforms name no initiative")
    assert_shown(walk)
    walk.open("connectors")
    walk.page.locator(".st-key-pull_all button").click()
    walk.says("Nothing new from MLflow; not mapped: 1.")
    walk.says("Nothing new from Apache Airflow.")
    assert mlflow.settings["password"] not in walk.page.content()
    walk.assert_well()


def assert_shown(walk: Walk) -> None:
    """The metric, its source and the run are on the initiative's page."""
    walk.open("initiative?initiative_id=INI-001")
    tables = walk.page.locator("[data-testid=stDataFrame]")
    models = tables.filter(has_text="delivery-window-abroad")
    expect(models).to_contain_text("0.913")
    expect(models).to_contain_text("MLflow")
    walk.says(f"{DAG} (retraining, model {MODEL}, in Apache Airflow): last success")
    link = walk.page.locator(f"a[href*='/dags/{DAG}/runs/']").first
    assert "noopener" in link.get_attribute("rel")
