"""Pulls nobody watches: from the command line, in the background, and killed in the middle."""

import json
import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import ROOT, look, named, put
from connecting import Platform, put_on
from on_page import holding

from data import __main__ as command
from data.connectors import background
from data.errors import ConnectorError
from data.store import Store
from data.verify import differences

POINT = "a churn 1 auc 2026-01-01T10:00 0.5"
KILLED = """
import os, sys
from pathlib import Path
import pytest
sys.path.insert(0, "tests")
from connecting import put_on
from data.access import LOCAL_OWNER
from data.connectors import pulling
from data.store import Store

path, word = Path(sys.argv[1]), sys.argv[2]
platform = put_on(pytest.MonkeyPatch(), path.parent)
for minute in range(60):
    platform.says("1", "model_metrics", f"a churn 1 auc 2026-01-01T10:{minute:02} 0.5")
with Store(path) as store:
    pulling.pull(
        store, LOCAL_OWNER, "mlflow",
        progress=lambda share, says: os._exit(9) if says.startswith(word) else None,
    )
"""


@pytest.fixture
def platform(monkeypatch, tmp_path) -> Platform:
    made = put_on(monkeypatch, tmp_path)
    made.says("1", "model_metrics", POINT)
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The closed store of this test, which knows initiative a."""
    made = tmp_path / "store.duckdb"
    with Store(made) as opened:
        put(opened, initiatives=named("a"))
    return made


@pytest.fixture
def data(path, capsys):
    def run(*words: str) -> tuple[int, str, str]:
        code = command.main([*words, "--store", str(path)])
        return code, *capsys.readouterr()

    return run


def counts(path: Path) -> tuple[int, int, int]:
    """Batches, lines in the log of pulls, and measurements."""
    with Store(path) as opened:
        assert not any(differences(opened).values())
        return look(
            opened,
            "select (select count(*) from batches), (select count(*) from pulls), "
            "(select count(*) from model_metrics)",
        )[0]


def test_the_command_pulls_what_is_on_and_says_what_came(data, path, platform):
    assert data("pull") == (0, "Stored 1 row of model metrics from MLflow.\n", "")
    assert data("pull", "mlflow") == (0, "Nothing new from MLflow.\n", "")
    assert counts(path) == (2, 2, 1)


def test_a_dry_run_stores_nothing_and_json_says_it_all(data, path, platform):
    code, said, _ = data("pull", "--dry-run")
    assert code == 0 and "this was a dry run. Would store 1 row of model metrics" in said
    assert "model metrics: 1 new" in said
    code, said, _ = data("pull", "--dry-run", "--json")
    [outcome] = json.loads(said)
    assert outcome["would_change"] == {
        "model_metrics": {"new": 1, "changed": 0, "same": 0, "removed": 0}
    }
    assert counts(path)[:2] == (1, 0)
    [outcome] = json.loads(data("pull", "--json")[1])
    assert outcome["rows_stored"] == {"model_metrics": 1} and outcome["is_good"]


def test_a_section_nobody_knows_is_said_beside_what_came(data, platform, monkeypatch, tmp_path):
    (tmp_path / "typo.toml").write_text("[connectors.mlfow]\nurl = 'https://m'\n")
    monkeypatch.setenv("EXECUTION_GAP_SECRETS", str(tmp_path / "typo.toml"))
    code, said, beside = data("pull")
    assert (code, said) == (0, "Stored 1 row of model metrics from MLflow.\n")
    assert beside.startswith("[connectors] has a key mlfow nobody knows")


def test_a_secrets_file_that_is_no_toml_is_said_once(data, path, platform, monkeypatch, tmp_path):
    (tmp_path / "broken.toml").write_text("[connectors.mlflow]\nurl = https://m\n")
    monkeypatch.setenv("EXECUTION_GAP_SECRETS", str(tmp_path / "broken.toml"))
    code, said, beside = data("pull")
    assert (code, said) == (1, "") and beside.count("cannot be read as TOML (at line 2") == 1
    assert counts(path) == (1, 0, 0)


def test_the_exit_code_tells_that_a_platform_failed(data, path, platform, monkeypatch):
    monkeypatch.setenv("EXECUTION_GAP_KUBEFLOW_URL", "http://127.0.0.1:2")

    def down():
        raise ConnectorError("mlflow: cannot be reached")

    platform.breaks = down
    code, said, _ = data("pull")
    assert code == 1
    assert said.splitlines() == [
        "mlflow: cannot be reached",
        "Nothing new from Kubeflow Pipelines.",
    ]


def test_without_a_platform_the_command_says_how_to_turn_one_on(data, monkeypatch, tmp_path):
    monkeypatch.setenv("EXECUTION_GAP_SECRETS", str(tmp_path / "none.toml"))
    code, _, said = data("pull")
    assert code == 1 and "add [connectors.NAME] to .streamlit/secrets.toml" in said
    code, said, _ = data("pull", "airflow")
    assert code == 1 and "Apache Airflow is off" in said


def test_while_the_board_holds_the_store_the_command_says_what_to_do(data, path, platform):
    with holding(path):
        code, _, said = data("pull")
    assert code == 1 and "close the board" in said and "every_minutes" in said
    assert platform.marks == []


def test_the_store_is_free_while_the_platform_is_asked(data, path, platform):
    platform.breaks = lambda: counts(path)
    assert data("pull")[0] == 0


@pytest.mark.parametrize("word", ["Reading", "Looking", "Storing"])
def test_a_kill_in_the_middle_stores_nothing(path, word):
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path), word], cwd=ROOT)
    assert killed.returncode == 9
    assert counts(path) == (1, 0, 0)


# In the background: one thread that ends with the server.


def test_the_board_pulls_in_the_background_until_the_server_ends(platform, monkeypatch, store):
    monkeypatch.setenv("EXECUTION_GAP_CONNECTORS_EVERY_MINUTES", "1")
    asked = threading.Event()
    platform.breaks = asked.set
    with background.in_background(lambda: store) as thread:
        assert asked.wait(60) and thread.is_alive()
    assert not thread.is_alive()


def test_a_background_pull_under_way_is_given_up_when_the_server_ends(platform, monkeypatch, store):
    put(store, initiatives=named("a"))
    monkeypatch.setenv("EXECUTION_GAP_CONNECTORS_EVERY_MINUTES", "1")
    asked, may_go_on = threading.Event(), threading.Event()

    def slow():
        asked.set()
        may_go_on.wait(60)

    platform.breaks = slow
    with background.in_background(lambda: store) as thread:
        asked.wait(60)
        threading.Timer(0.2, may_go_on.set).start()
    assert not thread.is_alive()
    assert look(store, "select count(*) from pulls") == [(0,)]


@pytest.fixture
def looks(monkeypatch) -> threading.Semaphore:
    """Released each time the thread has looked at the settings, which it does without a pause."""
    looked, every_minutes = threading.Semaphore(0), background.settings.every_minutes

    def look():
        try:
            return every_minutes()
        finally:
            looked.release()

    monkeypatch.setattr(background, "LOOK_S", 0.01)
    monkeypatch.setattr(background.settings, "every_minutes", look)
    return looked


@pytest.mark.parametrize(("minutes", "says"), [(None, []), ("soon", ["must be a number of min"])])
def test_without_a_number_of_minutes_nothing_is_pulled(
    platform, monkeypatch, caplog, looks, minutes, says
):
    if minutes:
        monkeypatch.setenv("EXECUTION_GAP_CONNECTORS_EVERY_MINUTES", minutes)
    with background.in_background(lambda: pytest.fail("nobody asked for it")):
        for _ in range(3):
            assert looks.acquire(timeout=60)
    logged = [record.getMessage() for record in caplog.records]
    assert len(logged) == len(says) and all(map(str.__contains__, logged, says))


def test_a_background_pull_begins_when_the_settings_ask_for_it(
    platform, monkeypatch, tmp_path, store, looks, caplog
):
    secrets, asked = tmp_path / "later.toml", threading.Event()
    monkeypatch.setenv("EXECUTION_GAP_SECRETS", str(secrets))
    platform.breaks = asked.set
    with background.in_background(lambda: store):
        assert looks.acquire(timeout=60) and platform.marks == []
        secrets.write_text("[connectors]\nevery_minutes = 5\n[connectors.mlfow]\n")
        assert asked.wait(60)
    assert "has a key mlfow nobody knows" in caplog.text


def test_a_store_that_cannot_be_opened_ends_no_thread(platform, monkeypatch, caplog):
    caplog.set_level(logging.INFO)
    monkeypatch.setenv("EXECUTION_GAP_CONNECTORS_EVERY_MINUTES", "1")
    tried = threading.Event()

    def broken():
        tried.set()
        raise OSError("a secret place")

    with background.in_background(broken) as thread:
        assert tried.wait(60)
        thread.join(0.2)
        assert thread.is_alive()
    assert "failed (OSError)" in caplog.text and "secret place" not in caplog.text
