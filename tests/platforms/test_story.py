"""The story of `make demo-platforms` comes to its end, and the board knows what happened in it."""

import pytest
from conftest import ask, look

from data.store import Store
from platforms.running import environment
from platforms.story.__main__ import DAG, play, stage

pytestmark = pytest.mark.platform


def test_the_model_drifts_is_retrained_and_promoted_and_the_board_has_seen_it(tmp_path):
    environment("airflow")
    with stage(tmp_path) as (_, airflow, settings):
        play(tmp_path, airflow, settings)
    with Store(settings["EXECUTION_GAP_STORE"]) as store:
        assert look(store, "select stage from standing") == [("production",)]
        [version_2, version_1] = look(
            store,
            "select version, min(value) filter (metric = 'accuracy'), "
            "max(value) filter (metric = 'input_psi'), count(*) from model_metrics "
            "group by version order by version desc",
        )
        assert version_1[0] == "1" and version_1[1] < 0.85 and version_1[2] > 0.25
        assert version_2[0] == "2" and version_2[1] > 0.85 and version_2[2] < 0.25
        assert (version_1[3], version_2[3]) == (20, 2)
        [by_dag, by_mlflow] = ask(store, "portfolio/runs", initiative_id="FORMS-1").to_dict(
            "records"
        )
        assert (by_dag["pipeline"], by_dag["success_share"]) == (DAG, 0.5)
        assert by_mlflow["platform"] == "mlflow" and not by_mlflow["is_counted"]
        states = look(store, "select capability, state from capabilities order by all")
        assert states == [("automated_retraining", "in_place"), ("model_versioning", "in_place")]
        assert set(
            ask(store, "models/state", initiative_id="FORMS-1", model="form-reader")["state"]
        ) == {"green"}
