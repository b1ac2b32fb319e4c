"""Platforms are turned on in secrets.toml or the environment, and what is secret stays so."""

import os
from pathlib import Path

import pytest

from data.connectors import settings
from data.errors import ConnectorError

SECRET = "s3cr3t-Öne"


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Writes the secrets file of this test; nothing else is set."""
    for key in [key for key in os.environ if key.startswith(settings.PREFIX)]:
        monkeypatch.delenv(key)
    path = tmp_path / "secrets.toml"
    monkeypatch.setenv("EXECUTION_GAP_SECRETS", str(path))
    return path.write_text


def mlflow(**more: str) -> str:
    lines = ["[connectors.mlflow]", 'url = "https://mlflow.example.org"']
    return "\n".join([*lines, *(f"{key} = {value}" for key, value in more.items())])


def test_without_a_word_every_platform_is_off(secrets):
    assert [settings.of(name) for name in settings.SOURCES] == [None] * 5
    assert settings.every_minutes() is None


def test_a_section_turns_its_platform_on_and_no_other(secrets):
    secrets(mlflow(metrics='["accuracy", "auc"]'))
    assert settings.of("mlflow") == {
        "url": "https://mlflow.example.org",
        "metrics": ["accuracy", "auc"],
    }
    assert settings.of("airflow") is None


def test_the_environment_goes_before_the_file(secrets, monkeypatch):
    secrets(mlflow(username='"a"', password='"b"'))
    monkeypatch.setenv("EXECUTION_GAP_MLFLOW_URL", "http://127.0.0.1:5000")
    monkeypatch.setenv("EXECUTION_GAP_MLFLOW_METRICS", "accuracy, auc")
    found = settings.of("mlflow")
    assert found["url"] == "http://127.0.0.1:5000" and found["username"] == "a"
    assert found["metrics"] == ["accuracy", "auc"]


@pytest.mark.parametrize("name", settings.SOURCES)
def test_the_example_of_each_platform_is_a_section_that_works(secrets, name):
    secrets(f"[connectors.{name}]\n{settings.SOURCES[name].example}")
    assert set(settings.of(name)) <= set(settings.SOURCES[name].keys)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (mlflow(pasword='"x"'), "has a key pasword nobody knows: it may have url"),
        ("[connectors.mlflow]\nusername = 'a'", "has no url: add it"),
        (mlflow(username='"a"'), "must have both a username and a password"),
        (mlflow(token="5"), "token in [connectors.mlflow] must be a text in quotes"),
        (mlflow(metrics='"accuracy"'), "metrics in [connectors.mlflow] must be a list of texts"),
        (mlflow(aliases='"champion"'), "aliases in [connectors.mlflow] must be texts by name"),
        ("[connectors.mlflow]\nurl = 'ftp://x'", "must begin with http:// or https://"),
        ("[connectors.mlflow]\nurl = 'http://a:b@host'", "put them into username and password"),
        ("[connectors]\nmlflow = 'http://x'", "must be a section of its own"),
        ("[connectors.mlflow]\nurl = http", "(at line 2, column 7): mend its syntax"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_cure(secrets, text, says):
    secrets(text)
    with pytest.raises(ConnectorError) as refused:
        settings.of("mlflow")
    assert says in str(refused.value)


def test_a_section_or_key_nobody_knows_is_said_and_leaves_the_others_alone(secrets):
    secrets(f"\ufeff{mlflow()}\n[connectors.mlfow]\nurl = 'x'\n[connectors.every_minute]\n")
    assert settings.of("mlflow") == {"url": "https://mlflow.example.org"}
    wrong, other = settings.nobody_knows()
    assert (
        wrong.startswith("[connectors] has a key mlfow nobody knows") and "every_minute " in other
    )
    secrets("[connectors]\nevery_minutes = 30\n")
    assert settings.nobody_knows() == []


def test_one_wrong_section_leaves_the_others_alone(secrets):
    secrets(mlflow(wrong="1") + "\n[connectors.kubeflow]\nurl = 'http://kfp'")
    assert settings.of("kubeflow") == {"url": "http://kfp"}


@pytest.mark.parametrize(("said", "minutes"), [("30", 30), ("1.5", 1.5)])
def test_the_background_pull_is_a_number_of_minutes(secrets, said, minutes):
    secrets(f"[connectors]\nevery_minutes = {said}")
    assert settings.every_minutes() == minutes


@pytest.mark.parametrize("said", ["0", "-5", "'often'", "nan", "true_", "inf"])
def test_a_background_pull_that_is_no_time_is_refused(secrets, said):
    secrets(f"[connectors]\nevery_minutes = {said}")
    with pytest.raises(ConnectorError):
        settings.every_minutes()


@pytest.mark.parametrize("key", settings.SECRET)
def test_a_secret_never_shows(secrets, key):
    found = settings.Settings("mlflow", {"url": "http://x", key: SECRET})
    assert SECRET not in f"{found} {found!r} {[found]}"
    assert found.without_secrets(f"401 for {SECRET}!") == "401 for …!"
    assert found.fingerprint() == settings.Settings("mlflow", {"url": "http://x"}).fingerprint()


def test_a_refusal_does_not_quote_what_is_secret(secrets):
    secrets(f'[connectors.mlflow]\nurl = "x"\npassword = "{SECRET}"\nusername = "a')
    with pytest.raises(ConnectorError) as refused:
        settings.of("mlflow")
    assert SECRET not in str(refused.value) and refused.value.__cause__ is None


def test_other_settings_are_other_fingerprints():
    one = settings.Settings("mlflow", {"url": "http://x"})
    assert one.fingerprint() != settings.Settings("mlflow", {"url": "http://y"}).fingerprint()
