"""The page of connectors: pull, look first, map, and what each says; nothing secret is shown."""

import shutil
from pathlib import Path

import hostile
import on_page
import pytest
from conftest import journeys, look, named, put
from connecting import Platform, put_on
from on_page import press_turns, refusals, words
from opening import hold
from streamlit.testing.v1 import AppTest

from dashboard import formats, ui
from data.access import LOCAL_OWNER
from data.connectors import links
from data.connectors.pulled import Unmapped
from data.connectors.settings import SOURCES
from data.errors import ConnectorError
from data.store import Store

CONNECTORS, INITIATIVE = "pages/sources/connectors.py", "pages/portfolio/initiative.py"
POINT = "a churn 1 auc 2026-01-01T10:00 0.5"
SECRET = "hunter2-of-the-page"


@pytest.fixture
def platform(monkeypatch, tmp_path) -> Platform:
    monkeypatch.setenv("EXECUTION_GAP_MLFLOW_TOKEN", SECRET)
    return put_on(monkeypatch, tmp_path)


@pytest.fixture
def opened(opened, empty_path, platform):
    """Opens a page on a small store, the platform beside it."""
    with Store(empty_path) as store:
        put(store, initiatives=named("a", "b"), deployment_status=journeys("a pilot 2025-03-01"))
    hold(empty_path)

    def page(name: str = CONNECTORS, path: Path = empty_path, **link) -> AppTest:
        return opened(path, name, **link)

    return page


def click(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def said(app: AppTest) -> str:
    return words(app).replace("\\", "")


def test_every_platform_says_what_the_board_takes_and_how_it_is_turned_on(opened):
    app = opened()
    assert not refusals(app)
    for name, source in SOURCES.items():
        assert source.label in said(app) and source.takes in said(app)
        assert any(f"[connectors.{name}]" in code.value for code in app.code) == (name != "mlflow")
    assert "never against a live cluster" in said(app)
    assert "On, never pulled yet." in said(app) and said(app).count("Off.") == 4


def test_one_click_pulls_says_what_came_and_history_takes_it_back(opened, platform):
    platform.says("1", "model_metrics", POINT)
    app = click(opened(), "pull_all")
    assert not refusals(app)
    [told] = [each.value.replace("\\", "") for each in app.success]
    assert told == "Stored 1 row of model metrics from MLflow."
    assert "Pulled just now" in said(app) and "a" in on_page.links(app)
    press_turns(app, "Undo", "3")
    assert look(ui.store(), "select count(*) from model_metrics") == [(0,)]
    app = click(app, "pull-mlflow")
    assert "Stored 1 row" in app.success[0].value
    app = click(app, "pull-mlflow")
    assert "Nothing new from MLflow" in app.success[0].value
    assert SECRET not in f"{app} {app.main}"


def test_of_a_large_pull_the_initiatives_it_brought_most_of_are_named(opened, platform):
    app = opened()
    put(ui.store(), initiatives=named(*"cdefgh"))
    for count, key in enumerate("abcdefgh"):
        for day in range(1, count + 2):
            platform.says("1", "model_metrics", f"{key} churn 1 auc 2026-01-0{day}T10:00 0.5")
    app = click(app, "pull_all")
    assert [name for name in on_page.links(app) if len(name) == 1] == list("hgfed")
    assert all(f"[{count} rows of model metrics]" in said(app) for count in range(4, 9))
    assert "[3 rows of" not in said(app) and "… and 3 initiatives more." in said(app)


def test_a_look_first_shows_the_rows_and_stores_nothing(opened, platform):
    platform.says("1", "model_metrics", POINT)
    app = click(opened(), "look-mlflow")
    assert not refusals(app)
    assert "Would store 1 row of model metrics from MLflow. Nothing was stored yet." in said(app)
    [rows] = app.pills
    app = rows.set_value("model metrics: 1 new").run()
    assert [len(table.value) for table in app.dataframe] == [1]
    assert look(ui.store(), "select count(*) from pulls") == [(0,)]


def test_a_platform_that_fails_says_why_and_when_it_last_went_well(opened, platform):
    app = click(opened(), "pull_all")

    def down():
        raise ConnectorError(f"mlflow: https://m refused the credentials (401), {SECRET}")

    platform.breaks = down
    app = click(app, "pull_all")
    assert ["refused the credentials" in error for error in refusals(app)] == [True]
    assert "The last pull, just now" in said(app) and "The last good pull was just now" in said(app)
    assert SECRET not in said(app) and not refusals(opened(INITIATIVE, initiative_id="a"))


def test_what_belongs_to_nobody_is_mapped_on_the_page_and_pulled_next(opened, platform):
    platform.says("1", "model_metrics", POINT.replace("a ", "? ", 1))
    app = click(opened(), "pull_all")
    assert "1 object of the platforms name no initiative" in said(app)
    app.selectbox(key="map_initiative").set_value("b")
    app.text_input(key="map_model").set_value("churn")
    [button] = [button for button in app.button if button.label == "Map it"]
    app = button.click().run()
    assert not refusals(app) and "Every object the platforms told of" in said(app)
    app = click(app, "pull_all")
    assert look(ui.store(), "select initiative_id from model_metrics") == [("b",)]
    app = click(app, "unlink")
    assert not refusals(app)
    assert "name no initiative" in said(click(app, "pull_all"))


def test_objects_of_one_name_are_told_apart_and_the_right_one_is_mapped(opened, platform):
    for key in ("m1", "m2"):
        line = POINT.replace("a churn", f"? {key}", 1)
        platform.records.append(("1", "model_metrics", line, key))
    platform.names = {"m1": "twin", "m2": "twin"}
    app = click(opened(), "pull_all")
    assert app.selectbox(key="map_object").options == [
        "MLflow: registered model twin (m1)",
        "MLflow: registered model twin (m2)",
    ]
    app.selectbox(key="map_object").set_value(("mlflow", "m2"))
    app.selectbox(key="map_initiative").set_value("a")
    [button] = [button for button in app.button if button.label == "Map it"]
    app = button.click().run()
    assert not refusals(app) and "1 object of the platforms name no initiative" in said(app)
    click(app, "pull_all")
    assert look(ui.store(), "select model from model_metrics") == [("m2",)]


def test_a_mapping_to_an_initiative_that_left_the_board_is_shown_and_can_be_taken_back(
    opened, platform
):
    platform.says("1", "model_metrics", POINT.replace("a ", "? ", 1))
    app = opened()
    links.save(ui.store(), LOCAL_OWNER, "mlflow", Unmapped("model", "m", "model m"), "b", "")
    app = click(app, "pull_all")
    put(ui.store(), complete=["initiatives"], initiatives=named("a"))
    platform.says("2", "model_metrics", POINT.replace("a churn 1", "? churn 2", 1))
    app = click(app, "pull_all")
    assert not refusals(app) and "rows of initiatives the board does not know (1)" in said(app)
    assert "MLflow names b, which the board does not know" in said(app)
    [shown] = [table.value for table in app.dataframe if "linked_by" in table.value]
    assert shown["initiative"].tolist() == ["b, no longer on the board"]
    app = click(click(app, "unlink"), "pull_all")
    assert "1 object of the platforms name no initiative" in said(app)
    assert "which the board does not know" not in said(app)


def test_a_link_taken_back_elsewhere_meanwhile_is_a_sentence(opened, platform):
    opened()
    links.save(ui.store(), LOCAL_OWNER, "mlflow", Unmapped("model", "m", "model m"), "b", "")
    app = opened()
    links.remove(ui.store(), LOCAL_OWNER, "mlflow", "m")
    app = app.button(key="unlink").click().run()
    assert not app.exception


def test_a_mapping_without_initiative_is_refused_with_what_to_do(opened, platform):
    platform.says("1", "model_metrics", POINT.replace("a ", "? ", 1))
    app = click(opened(), "pull_all")
    [button] = [button for button in app.button if button.label == "Map it"]
    assert refusals(button.click().run()) == ["Choose the initiative it belongs to."]


def test_a_disagreement_shows_on_both_pages_and_evidence_is_a_link(opened, platform):
    header = platform.headers["capabilities"]
    put(ui.store(), capabilities=f"{header}\na alerting 2025-12-01 missing -")
    for thing in ("alerting", "automated_retraining"):
        platform.says("1", "capabilities", f"a {thing} 2025-11-01 in_place https://m/runs/1")
    run = "a r mlflow nightly retraining churn 2025-12-01T02:00 2025-12-01T03:00 succeeded "
    platform.says("1", "pipeline_runs", f"{run} https://m/runs/1")
    platform.says("1", "pipeline_runs", f"{run.replace(' r ', ' q ')} javascript:alert(1)")
    app = click(opened(), "pull_all")
    assert "local owner said *missing* on 1 Dec 2025; MLflow has" in said(app)
    assert "; the word counts." in said(app)
    app = opened(INITIATIVE, initiative_id="a")
    assert not refusals(app) and "Where people and platforms disagree" in said(app)
    assert "automated retraining ([see there](<https://m/runs/1>))" in said(app)
    assert f"{formats.share(1)} of 2 ended runs succeeded" in said(app)
    assert "javascript" not in said(app)


def test_on_a_store_without_initiatives_the_page_says_to_bring_them_first(
    opened, empty_file, tmp_path
):
    other = Path(shutil.copy(empty_file, tmp_path / "other.duckdb"))
    with Store(other) as store:
        put(store, meetings="meeting_id held_on\nm 2025-01-01")
    app = opened(path=other)
    assert not refusals(app) and "bring the list first" in said(app)


def test_a_section_nobody_knows_is_said_on_the_page(opened, monkeypatch, tmp_path):
    (tmp_path / "typo.toml").write_text("[connectors.mlfow]\nurl = 'https://m'\n")
    monkeypatch.setenv("EXECUTION_GAP_SECRETS", str(tmp_path / "typo.toml"))
    app = opened()
    [says] = [each.value.replace("\\", "") for each in app.warning]
    assert not refusals(app) and "has a key mlfow nobody knows" in says


def test_hostile_names_of_a_platform_are_text(opened, platform):
    for number, name in enumerate(hostile.NAMES):
        name = name.replace(" ", "_")
        platform.says("1", "model_metrics", f"? {name} 1 auc 2026-01-01T10:{number:02} 1", name)
    app = click(opened(), "pull_all")
    assert not refusals(app) and f"{len(hostile.NAMES)} objects" in said(app)
    assert not any(name in words(app) for name in hostile.NAMES)
