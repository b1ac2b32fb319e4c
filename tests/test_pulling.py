"""A pull stores what is news as one batch, hides nothing, overrules nobody, and can be undone."""

import logging
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest
from conftest import ask, expect, look, named, put
from connecting import Platform, put_on

from data import batches
from data.access import LOCAL_OWNER, Viewer
from data.connectors import links, pulling, pulls
from data.connectors.pulled import Pulled, Unmapped
from data.errors import ConnectorError, NotAllowed
from data.store import Lens
from data.verify import differences

POINT = "a churn 1 auc 2026-01-0{0}T10:00 0.{0}"
RUN = "a {0} mlflow nightly retraining churn 2026-01-0{0}T02:00 2026-01-0{0}T03:00 {1} -"
NO_ROWS = pa.table({"of no table": [1]})
THING = Unmapped("registered model", "m", "model m")


@pytest.fixture
def known(store):
    """A store that knows the initiatives a and b, brought by a file."""
    put(store, initiatives=named("a", "b"))
    return store


@pytest.fixture
def platform(monkeypatch, tmp_path) -> Platform:
    return put_on(monkeypatch, tmp_path)


def pull(store, source="mlflow", **how):
    return pulling.pull(store, LOCAL_OWNER, source, **how)


def points(store) -> list[float]:
    return [value for (value,) in look(store, "select value from model_metrics order by value")]


def log_of(store) -> list[tuple]:
    with store.connection.cursor() as cursor:
        return cursor.execute(
            "select source, outcome, mark::text, after_number from pull_log order by number"
        ).fetchall()


def test_a_pull_is_one_batch_of_its_platform_as_of_its_own_day(known, platform):
    platform.says("1", "model_metrics", POINT.format(1))
    platform.says("2", "pipeline_runs", RUN.format(1, "succeeded"))
    found = pull(known)
    assert found.is_good
    assert found.says == "Stored 1 row of model metrics and 1 row of pipeline runs from MLflow."
    [batch] = look(known, "select source, as_of, stored_by from batches where number = 2")
    assert batch == ("mlflow", datetime.now(UTC).date(), "local owner")
    assert points(known) == [0.1]


def test_a_second_pull_begins_at_the_mark_changes_nothing_and_says_so(known, platform):
    platform.says("1", "model_metrics", POINT.format(1))
    pull(known)
    version = known.version()
    assert pull(known).says == "Nothing new from MLflow."
    assert platform.marks == [None, "1"] and known.version() == version
    platform.says("1", "model_metrics", POINT.format(1))
    platform.says("2", "model_metrics", POINT.format(2))
    assert pull(known).says == "Stored 1 row of model metrics from MLflow."
    assert log_of(known) == [
        ("mlflow", "stored", '"1"', None),
        ("mlflow", "nothing_new", '"1"', 1),
        ("mlflow", "stored", '"2"', 2),
    ]


def test_what_is_stored_already_is_no_part_of_the_batch(known, platform):
    for day in (1, 2):
        platform.says("1", "model_metrics", POINT.format(day))
    put(known, model_metrics="\n".join([platform.headers["model_metrics"], POINT.format(1)]))
    assert pull(known).stored.rows_stored == {"model_metrics": 1}
    assert points(known) == [0.1, 0.2]


def test_a_pull_that_fails_stores_nothing_moves_no_mark_and_is_written_down(known, platform):
    platform.says("1", "model_metrics", POINT.format(1))
    pull(known)
    platform.says("2", "model_metrics", POINT.format(2))

    def down():
        raise ConnectorError("mlflow: http://127.0.0.1:1 cannot be reached")

    platform.breaks = down
    found = pull(known)
    assert not found.is_good and found.says.endswith("cannot be reached")
    assert log_of(known)[-1] == ("mlflow", "failed", None, None)
    platform.breaks = lambda: None
    assert pull(known).says == "Stored 1 row of model metrics from MLflow."
    assert platform.marks == [None, "1", "1"]


def test_after_an_undo_the_next_pull_brings_the_rows_again(known, platform):
    for day in (1, 2, 3):
        platform.says(str(day), "model_metrics", POINT.format(day))
        pull(known)
    pull(known)
    batches.undo(known, "3", LOCAL_OWNER)
    assert points(known) == [0.1, 0.3]
    assert pull(known).says == "Stored 1 row of model metrics from MLflow."
    assert points(known) == [0.1, 0.2, 0.3] and platform.marks[-1] == "1"
    pull(known)
    assert platform.marks[-1] == "3"


def test_an_undo_of_what_an_undo_brought_again_is_healed_too(known, platform):
    for day in (1, 2):
        platform.says(str(day), "model_metrics", POINT.format(day))
        pull(known)
    for undone in ("3", "4", "2"):
        batches.undo(known, undone, LOCAL_OWNER)
        pull(known)
        assert points(known) == [0.1, 0.2]
    assert platform.marks[-3:] == ["1", "1", None]
    assert not any(differences(known).values())


def test_a_redo_counts_again_and_nothing_comes_twice(known, platform):
    platform.says("1", "model_metrics", POINT.format(1))
    pull(known)
    batches.undo(known, "2", LOCAL_OWNER)
    batches.redo(known, "2", LOCAL_OWNER)
    assert pull(known).says == "Nothing new from MLflow." and points(known) == [0.1]


def test_an_undo_while_a_pull_is_under_way_is_not_hidden_by_it(known, platform):
    platform.says("1", "model_metrics", POINT.format(1))
    pull(known)
    platform.breaks = lambda: batches.undo(known, "2", LOCAL_OWNER)
    pull(known)
    platform.breaks = lambda: None
    assert points(known) == []
    pull(known)
    assert points(known) == [0.1]


def test_a_late_edit_at_the_source_is_healed_once_a_week(known, platform):
    platform.says("5", "model_metrics", POINT.format(5))
    pull(known)
    later = datetime.now(UTC).replace(tzinfo=None) + pulls.WHOLE_EVERY + timedelta(hours=1)
    assert pulls.start(known, "mlflow", fingerprint(), later).mark is None
    assert pulls.start(known, "mlflow", fingerprint(), later - timedelta(days=1)).mark == "5"


def fingerprint() -> str:
    return pulling.begin.__globals__["settings"].of("mlflow").fingerprint()


def test_other_settings_read_everything_anew(known, platform, monkeypatch):
    platform.says("1", "model_metrics", POINT.format(1))
    pull(known)
    monkeypatch.setenv("EXECUTION_GAP_MLFLOW_TOKEN", "new one")
    pull(known)
    monkeypatch.setenv("EXECUTION_GAP_MLFLOW_METRICS", "auc")
    pull(known)
    assert platform.marks == [None, "1", None]


def test_rows_of_an_unknown_initiative_wait_until_it_is_known(known, platform):
    platform.says("1", "model_metrics", POINT.format(1).replace("a ", "z ", 1))
    platform.says("2", "model_metrics", POINT.format(2))
    found = pull(known)
    assert "left out: rows of initiatives the board does not know (1)." in found.says
    pull(known)
    put(known, initiatives=named("z"))
    assert pull(known).says == "Stored 1 row of model metrics from MLflow."
    assert platform.marks == [None, "2", None] and points(known) == [0.1, 0.2]


def test_an_object_without_initiative_is_mapped_once_and_pulled_then(known, platform):
    platform.says("1", "model_metrics", POINT.format(1).replace("a ", "? ", 1))
    assert pull(known).says == "Nothing new from MLflow; not mapped: 1."
    platform.says("2", "model_metrics", POINT.format(2))
    assert "not mapped: 1" in pull(known).says
    [thing] = ask(known, "sources/unmapped").to_dict("records")
    assert thing == {
        "source": "mlflow",
        "kind": "registered model",
        "name": "model m",
        "key": "m",
        "url": "https://x/1",
    }
    links.save(known, LOCAL_OWNER, "mlflow", THING, "b", "churn")
    assert ask(known, "sources/unmapped").empty
    assert pull(known).says == "Stored 1 row of model metrics from MLflow."
    assert look(known, "select initiative_id, value from model_metrics order by 1") == [
        ("a", 0.2),
        ("b", 0.1),
    ]
    links.remove(known, LOCAL_OWNER, "mlflow", "m")
    assert "not mapped: 1" in pull(known).says and links.of(known, "mlflow") == {}
    with pytest.raises(ConnectorError, match="no such link"):
        links.remove(known, LOCAL_OWNER, "mlflow", "m")


def test_an_object_tagged_at_the_source_is_no_longer_listed(known, platform):
    platform.says("1", "model_metrics", POINT.format(1).replace("a ", "? ", 1))
    pull(known)
    platform.records.clear()
    platform.says("2", "model_metrics", POINT.format(1))
    assert "not mapped: 1" in pull(known).says, "a pull since the mark need not see it again"
    platform.listed_whole = ("registered model",)
    assert "not mapped" not in pull(known).says and ask(known, "sources/unmapped").empty


def test_a_link_names_an_initiative_there_is_and_a_model_nobody_else_is(known):
    with pytest.raises(ConnectorError, match="no initiative nope"):
        links.save(known, LOCAL_OWNER, "mlflow", THING, "nope", "churn")
    links.save(known, LOCAL_OWNER, "mlflow", THING, "a", " churn ")
    links.save(known, LOCAL_OWNER, "mlflow", THING, "a", "churn")
    with pytest.raises(ConnectorError, match="is model churn of a already"):
        links.save(known, LOCAL_OWNER, "mlflow", replace(THING, key="n"), "a", "churn")


@pytest.mark.parametrize("table", ["costs", "initiatives"])
def test_a_connector_never_writes_initiatives_and_costs(known, platform, table):
    platform.headers = platform.headers | {"initiatives": "initiative_id name unit"}
    platform.says("1", "model_metrics", POINT.format(1))
    platform.says("1", table, {"costs": "a 2026-01 people 5", "initiatives": "q q q"}[table])
    found = pull(known)
    assert found.says == f"A connector may not write {table}: nothing was stored."
    assert points(known) == [] and log_of(known)[-1][1] == "failed"


def test_one_failing_platform_does_not_block_the_next(known, platform, monkeypatch, caplog):
    monkeypatch.setenv("EXECUTION_GAP_KUBEFLOW_URL", "http://127.0.0.1:2")
    monkeypatch.setenv("EXECUTION_GAP_AIRFLOW_WRONG", "key")
    platform.breaks = lambda: {}["no such key"]
    found = pulling.pull_all(known, LOCAL_OWNER)
    assert [(each.source, each.is_good) for each in found] == [
        ("mlflow", False),
        ("airflow", False),
        ("kubeflow", True),
    ]
    assert "does not understand (KeyError)" in found[0].says and "no such key" in caplog.text
    assert "has a key wrong nobody knows" in found[1].says
    answer = ask(known, "sources/pulls")
    expect(
        answer,
        "source last_outcome count_failed\nairflow failed 1\nkubeflow nothing_new 0\n"
        "mlflow failed 1",
    )


def test_what_cannot_be_stored_is_a_sentence_and_the_next_platform_is_pulled(
    known, platform, monkeypatch
):
    monkeypatch.setenv("EXECUTION_GAP_KUBEFLOW_URL", "http://127.0.0.1:2")
    monkeypatch.setattr(platform, "rows", lambda *told: Pulled({"model_metrics": NO_ROWS}))
    wrong, right = pulling.pull_all(known, LOCAL_OWNER)
    assert "What MLflow answered could not be stored" in wrong.says and not wrong.is_good
    assert right.is_good and [outcome for _, outcome, _, _ in log_of(known)] == [
        "failed",
        "nothing_new",
    ]


@pytest.fixture
def secret(monkeypatch) -> str:
    monkeypatch.setenv("EXECUTION_GAP_MLFLOW_USERNAME", "dashboard")
    monkeypatch.setenv("EXECUTION_GAP_MLFLOW_PASSWORD", "hunter2-öß")
    return "hunter2-öß"


@pytest.mark.parametrize("error", [ConnectorError, ValueError])
def test_a_secret_is_never_said_logged_or_stored(known, platform, secret, error, caplog):
    caplog.set_level(logging.DEBUG)
    platform.says("1", "model_metrics", POINT.format(1))

    def leak():
        raise error(f"401 for dashboard:{secret}@host")

    pull(known)
    platform.breaks = leak
    found, begun = pull(known), pulling.begin(known, "mlflow")
    with known.connection.cursor() as cursor:
        tables = ("batch", "batch_log", "pull_log", "link_log", "model_metrics_row")
        stored = [cursor.execute(f"from {table}").fetchall() for table in tables]
    assert secret not in f"{found} {begun} {stored} {caplog.text}"


def test_a_pull_cancelled_on_the_way_stores_nothing_and_the_next_one_does(known, platform):
    platform.says("1", "model_metrics", POINT.format(1))

    class Cancelled(BaseException):
        pass

    for share in (0.1, 0.85):

        def stop(now, says, share=share):
            if now >= share:
                raise Cancelled

        with pytest.raises(Cancelled):
            pull(known, progress=stop)
        assert log_of(known) == [] and points(known) == []
    assert pull(known).is_good and points(known) == [0.1]


def test_a_rehearsal_says_what_would_change_and_stores_nothing(known, platform):
    platform.says("1", "model_metrics", POINT.format(1))
    found = pull(known, is_rehearsal=True)
    assert found.rehearsal.changes["model_metrics"].counts["new"] == 1
    assert found.stored is None and log_of(known) == [] and points(known) == []


def test_a_platform_is_pulled_by_one_at_a_time(known, platform):
    platform.says("1", "model_metrics", POINT.format(1))
    began, may_end, found = threading.Event(), threading.Event(), []

    def wait():
        began.set()
        may_end.wait(30)

    platform.breaks = wait
    first = threading.Thread(target=lambda: found.append(pull(known)))
    first.start()
    began.wait(30)
    assert "is being pulled already" in pull(known).says
    assert len(look(known, "select 1 from initiatives")) == 2, "readers go on meanwhile"
    may_end.set()
    first.join()
    assert found[0].is_good and len(log_of(known)) == 1


def test_two_pulls_of_two_processes_at_once_store_everything_once(known, platform):
    platform.says("1", "model_metrics", POINT.format(1))
    pull(known)
    platform.says("2", "model_metrics", POINT.format(2))
    first, second = (pulling.read(pulling.begin(known, "mlflow")) for _ in range(2))
    platform.says("3", "model_metrics", POINT.format(3))
    assert pulling.keep(known, LOCAL_OWNER, first).says.startswith("Stored 1 row")
    assert pulling.keep(known, LOCAL_OWNER, second).says == "Nothing new from MLflow."
    assert pull(known).says == "Stored 1 row of model metrics from MLflow."
    assert points(known) == [0.1, 0.2, 0.3] and platform.marks[-1] == "2"


def test_who_may_not_import_or_sees_some_units_only_may_not_pull(known, platform):
    for viewer in (Viewer("eve"), Viewer("ana", "analyst", ("Claims",))):
        with pytest.raises(NotAllowed):
            pulling.pull(known, viewer, "mlflow")
    assert platform.marks == []


def test_rows_without_a_value_or_from_the_future_are_left_out_and_counted(known, platform):
    platform.says("1", "model_metrics", "a churn 1 auc 2026-01-01T10:00 -")
    platform.says("1", "model_metrics", "a churn 1 auc 2999-01-01T10:00 0.5")
    platform.says("1", "model_metrics", POINT.format(2))
    found = pull(known)
    assert found.left_out == {"rows without a value they need": 1, "rows dated in the future": 1}
    assert points(known) == [0.2]


# Capabilities and stages: a platform adds to what people said, and overrules nobody silently.

EVIDENCE = "a automated_retraining {} in_place https://mlflow/run/{}"


def said(store, day: str, state: str) -> None:
    header = "initiative_id capability assessed_on state evidence"
    put(store, capabilities=f"{header}\na automated_retraining {day} {state} -")


def capabilities(store) -> list[tuple]:
    return look(
        store, "select assessed_on::text, state, evidence from capabilities order by assessed_on"
    )


def test_evidence_marks_a_capability_in_place_with_its_link_once(known, platform):
    for day in ("2025-11-02", "2025-11-03"):
        platform.says(day, "capabilities", EVIDENCE.format(day, day))
        pull(known)
    assert capabilities(known) == [("2025-11-02", "in_place", "https://mlflow/run/2025-11-02")]
    assert ask(known, "sources/disagreements").empty


def test_evidence_newer_than_what_somebody_said_counts_and_the_difference_shows(known, platform):
    said(known, "2025-10-01", "missing")
    platform.says("1", "capabilities", EVIDENCE.format("2025-11-02", "x"))
    pull(known)
    assert capabilities(known)[-1] == ("2025-11-02", "in_place", "https://mlflow/run/x")
    expect(
        ask(known, "sources/disagreements"),
        "initiative_id state assessed_on source found_on is_evidence_counted\n"
        "a missing 2025-10-01 mlflow 2025-11-02 true",
    )
    batches.undo(known, "3", LOCAL_OWNER)
    assert ask(known, "sources/disagreements")["is_evidence_counted"].tolist() == [False]


@pytest.mark.parametrize("day", ["2025-11-02", "2025-11-09"])
def test_what_somebody_said_since_is_kept_and_the_disagreement_shows(known, platform, day):
    said(known, day, "partial")
    platform.says("1", "capabilities", EVIDENCE.format("2025-11-02", "x"))
    found = pull(known)
    assert "capabilities somebody assessed since (1)" in found.says
    assert capabilities(known) == [(day, "partial", None)]
    expect(
        ask(known, "sources/disagreements"),
        f"initiative_id state assessed_on is_evidence_counted\na partial {day} false",
    )
    batches.undo(known, "2", LOCAL_OWNER)
    assert ask(known, "sources/disagreements").empty


def test_a_person_may_contradict_a_platform_afterwards_and_it_shows(known, platform):
    platform.says("1", "capabilities", EVIDENCE.format("2025-11-02", "x"))
    pull(known)
    said(known, "2025-11-05", "missing")
    pull(known)
    assert capabilities(known)[-1] == ("2025-11-05", "missing", None)
    assert ask(known, "sources/disagreements")["stored_by"].tolist() == ["local owner"]


def test_a_stage_moves_an_initiative_forward_or_not_at_all(known, platform):
    header = platform.headers["deployment_status"]
    put(known, deployment_status=f"{header}\na production 2025-06-01 -\nb stopped 2025-06-01 -")
    for line in ("a pilot - 2025-11-01", "a scaled - 2025-11-01", "b production - 2025-11-01"):
        platform.says("1", "deployment_status", line)
    found = pull(known)
    assert found.left_out == {"stages of initiatives that were stopped or retired here": 1}
    assert look(known, "select initiative_id, stage from deployment_status order by all") == [
        ("a", "production"),
        ("a", "scaled"),
        ("b", "stopped"),
    ]


def test_a_sighting_on_another_day_is_no_news(known, platform):
    platform.says("1", "deployment_status", "a pilot - 2025-11-01")
    pull(known)
    platform.says("2", "deployment_status", "a pilot - 2025-11-02")
    assert pull(known).says == "Nothing new from MLflow."


# Runs: what several platforms report of one model counts once.


def runs(store, platform: Platform, *lines: str) -> None:
    for line in lines:
        platform.says("1", "pipeline_runs", line)
    pull(store)


def test_a_retraining_reported_by_several_platforms_counts_once(known, platform):
    runs(
        known,
        platform,
        RUN.format(1, "succeeded"),
        RUN.format(2, "failed"),
        RUN.format(4, "cancelled"),
        RUN.format(1, "succeeded").replace("mlflow", "airflow").replace("churn", "Churn"),
        RUN.format(3, "succeeded").replace("churn", "fraud"),
        "a w wandb weekly data - 2026-01-04T02:00 - - -",
    )
    expect(
        ask(known, "portfolio/runs", initiative_id="a"),
        """
        purpose    platform model is_counted last_outcome count_failed count_cancelled success_share
        retraining mlflow   fraud true       succeeded    0            0               1
        retraining airflow  Churn true       succeeded    0            0               1
        retraining mlflow   churn false      cancelled    1            1               0.5
        data       wandb    -     true       running      0            0               -
        """,
    )


@pytest.mark.parametrize(
    ("by_airflow", "by_mlflow", "counts"),
    [
        ("-", "churn", ["airflow"]),
        ("churn", "-", ["airflow"]),
        ("-", "-", ["airflow"]),
        ("churn", "prices", ["airflow", "mlflow"]),
    ],
)
def test_a_run_that_names_no_model_may_be_of_any_and_counts_once(
    known, platform, by_airflow, by_mlflow, counts
):
    runs(
        known,
        platform,
        RUN.format(1, "succeeded").replace("mlflow", "airflow").replace("churn", by_airflow),
        RUN.format(2, "succeeded").replace("churn", by_mlflow),
        RUN.format(3, "succeeded").replace("a ", "b ", 1).replace("churn", by_mlflow),
    )
    counted = (
        "select platform from counted_runs where is_counted and initiative_id = '{}' order by 1"
    )
    assert look(known, counted.format("a")) == [(platform,) for platform in counts]
    assert look(known, counted.format("b")) == [("mlflow",)]


def test_a_run_not_ended_by_a_day_is_running_on_that_day(known, platform):
    runs(
        known, platform, "a r mlflow n retraining churn 2026-01-01T23:00 2026-01-02T01:00 failed -"
    )
    rows = ask(known, "portfolio/runs", lens=Lens(as_of=date(2026, 1, 1)), initiative_id="a")
    expect(rows, "count_running count_failed last_outcome\n1 0 running")
