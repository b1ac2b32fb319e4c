"""The sample tells one coherent story, and tells it the same way every time."""

from pathlib import Path

import pandas as pd
import pytest

from data.sample import make

KEPT = Path(make.__file__).parent
LAST_DAY = "2026-10-31"
ACTIVE = ["idea", "proof_of_concept", "pilot", "production", "scaled"]
STAGES = [*ACTIVE, "stopped", "retired"]
EVIDENCE = {"claimed", "modelled", "measured", "confirmed"}
EMPTY = {""}

KEYS = {
    "initiatives": ["initiative_id"],
    "deployment_status": ["initiative_id", "stage", "entered_on", "observed_on"],
    "costs": ["initiative_id", "month", "category"],
    "benefits": ["initiative_id", "month", "kind"],
    "model_metrics": ["initiative_id", "model", "version", "metric", "measured_at"],
    "pipeline_runs": ["platform", "run_id"],
    "metric_targets": ["metric", "initiative_id"],
    "capabilities": ["initiative_id", "capability", "assessed_on"],
    "barriers": ["initiative_id", "barrier", "raised_on"],
    "assessments": ["assessed_on", "respondent", "question"],
    "meetings": ["meeting_id"],
    "decisions": ["decision_id"],
    "benchmarks": ["benchmark_id"],
}
WORDS = {
    ("initiatives", "declared_status"): {"green", "amber", "red"} | EMPTY,
    ("initiatives", "benefit_evidence"): EVIDENCE | EMPTY,
    ("deployment_status", "stage"): set(STAGES),
    ("costs", "category"): {"people", "compute", "licences", "data", "integration", "other"},
    ("benefits", "kind"): {"cost_saving", "revenue", "risk_avoided", "capacity"},
    ("benefits", "evidence"): EVIDENCE | EMPTY,
    ("metric_targets", "kind"): {"performance", "model_drift", "data_drift", "service"},
    ("metric_targets", "higher_is_better"): {"true", "false"},
    ("capabilities", "state"): {"missing", "partial", "in_place"},
    ("capabilities", "capability"): {
        "data_pipeline",
        "model_versioning",
        "automated_retraining",
        "containerized_inference",
        "model_drift_monitoring",
        "data_drift_monitoring",
        "performance_monitoring",
        "alerting",
        "application_integration",
        "decision_automation",
        "gpu_compute",
        "deployment_pipeline",
        "governance_framework",
    },
    ("barriers", "barrier"): {
        "ownership",
        "infrastructure",
        "talent",
        "procurement_governance",
        "unclear_roi",
    },
    ("assessments", "score"): {"0", "1", "2", "3", "4"},
    ("decisions", "outcome"): {"scale", "continue", "rework", "hold", "stop"} | EMPTY,
    ("benchmarks", "measured_in"): {"share", "months"},
    ("benchmarks", "grade"): {"primary", "second-hand"},
    ("benchmarks", "is_disputed"): {"true", "false"},
}
TEAMS = {"engineering", "data_science", "product", "operations", "finance"}
ACTUAL_DAYS = [
    ("deployment_status", "entered_on"),
    ("deployment_status", "observed_on"),
    ("model_metrics", "measured_at"),
    ("capabilities", "assessed_on"),
    ("barriers", "raised_on"),
    ("barriers", "resolved_on"),
    ("assessments", "assessed_on"),
    ("meetings", "held_on"),
    ("meetings", "as_of"),
    ("decisions", "done_on"),
]


@pytest.fixture(scope="module")
def sample():
    return {
        name: pd.read_csv(KEPT / f"{name}.csv", dtype=str, keep_default_na=False) for name in KEYS
    }


@pytest.fixture(scope="module")
def status(sample):
    """The status rows in order, with the date that counts."""
    rows = sample["deployment_status"]
    rows = rows.assign(
        on=rows["entered_on"].where(rows["entered_on"] != "", rows["observed_on"]),
        rank=rows["stage"].map(STAGES.index),
    )
    return rows.sort_values(["initiative_id", "on", "rank"])


@pytest.fixture(scope="module")
def current(status):
    return status.groupby("initiative_id").tail(1).set_index("initiative_id")


@pytest.fixture(scope="module")
def furthest(status):
    active = status[status["stage"].isin(ACTIVE)]
    return active.groupby("initiative_id")["rank"].max()


def first_day(status, *stages):
    return status[status["stage"].isin(stages)].groupby("initiative_id")["on"].min()


def days_in_stage(current):
    """Whole days; not a number where nobody noted the day."""
    return (pd.Timestamp(LAST_DAY) - pd.to_datetime(current["entered_on"], errors="coerce")).dt.days


def test_the_script_writes_the_kept_files_byte_for_byte(tmp_path):
    make.main(tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(written) == sorted(f"{name}.csv" for name in KEYS)
    for name, content in written.items():
        assert content == (KEPT / name).read_bytes(), f"{name} differs: run data.sample.make again"


def test_files_are_small_utf8_and_end_lines_plainly():
    contents = [(KEPT / f"{name}.csv").read_bytes() for name in KEYS]
    assert sum(map(len, contents)) < 2_500_000
    for content in contents:
        assert b"\r" not in content
        assert content.decode("utf-8").endswith("\n")


def test_columns_are_those_of_the_design(sample):
    for name, columns in make.COLUMNS.items():
        assert list(sample[name]) == columns.split()


@pytest.mark.parametrize("table", KEYS)
def test_keys_are_unique(sample, table):
    assert not sample[table].duplicated(KEYS[table]).any()


def test_every_initiative_named_anywhere_exists(sample):
    known = set(sample["initiatives"]["initiative_id"])
    for name, rows in sample.items():
        if "initiative_id" in rows:
            assert set(rows["initiative_id"]) - EMPTY <= known, name


def test_every_decision_belongs_to_a_meeting(sample):
    assert set(sample["decisions"]["meeting_id"]) == set(sample["meetings"]["meeting_id"])


@pytest.mark.parametrize(("table", "column"), WORDS)
def test_only_words_of_the_design_are_used(sample, table, column):
    assert set(sample[table][column]) <= WORDS[table, column]


def test_teams_are_those_of_the_design(sample):
    named = sample["initiatives"]["teams"].str.split("; ").explode()
    assert set(named) <= TEAMS


@pytest.mark.parametrize(("table", "column"), ACTUAL_DAYS)
def test_nothing_happens_after_the_last_day(sample, table, column):
    assert sample[table][column].str[:10].max() <= LAST_DAY


def test_amounts_are_planned_beyond_the_last_day_but_never_actual(sample):
    for table, actual in (("costs", "actual_amount"), ("benefits", "realised_amount")):
        rows = sample[table]
        ahead = rows[rows["month"] > LAST_DAY]
        assert len(ahead)
        assert set(ahead[actual]) == EMPTY
        assert (ahead["planned_amount"] != "").all()
        assert rows["month"].str.endswith("-01").all()


def test_money_moves_only_while_an_initiative_does(sample, status, current):
    first = first_day(status, *STAGES)
    ended = current.loc[current["stage"].isin(["stopped", "retired"]), "on"]
    live = first_day(status, "production", "scaled")
    for table in ("costs", "benefits"):
        rows = sample[table]
        assert (rows["month"].str[:7] >= rows["initiative_id"].map(first).str[:7]).all()
        over = rows[rows["initiative_id"].isin(ended.index)]
        assert (over["month"] <= over["initiative_id"].map(ended)).all()
    realised = sample["benefits"].query("realised_amount != ''")
    assert (realised["month"].str[:7] >= realised["initiative_id"].map(live).str[:7]).all()


def test_stages_follow_each_other_in_order(status):
    for _, rows in status.groupby("initiative_id"):
        assert rows["rank"].is_monotonic_increasing
        assert rows["on"].is_unique
    dated, seen = status["entered_on"] != "", status["observed_on"] != ""
    assert (dated ^ seen).all()


def test_about_ninety_initiatives_in_seven_units(sample):
    rows = sample["initiatives"]
    assert 85 <= len(rows) <= 95
    assert rows["unit"].nunique() == 7
    assert rows["name"].is_unique
    assert 8 <= rows["sponsor"].nunique() <= 10


def test_fewer_than_half_of_the_pilots_reach_production(furthest):
    reached = [(furthest >= rank).sum() for rank in range(len(ACTIVE))]
    assert 70 <= reached[1] <= 76
    assert 0.38 <= reached[3] / reached[2] <= 0.49
    assert 6 <= reached[4] <= 7


def test_about_twenty_are_stalled_in_pilot_work(current):
    is_pilot_work = current["stage"].isin(["proof_of_concept", "pilot"])
    days = days_in_stage(current)
    assert 15 <= (is_pilot_work & (days > 180)).sum() <= 25
    assert (is_pilot_work & (days > 500)).sum() >= 5


def test_some_were_stopped_and_a_few_retired(current, furthest):
    stopped = current[current["stage"] == "stopped"].index
    retired = current[current["stage"] == "retired"].index
    was_live = furthest[retired] >= ACTIVE.index("production")
    assert 12 <= len(stopped) <= 16
    assert (furthest[stopped] < ACTIVE.index("production")).all()
    assert sorted(was_live) == [False, True, True]


def test_some_things_are_unknown(sample, status, current):
    everything = set(sample["initiatives"]["initiative_id"])
    live = current[current["stage"].isin(["production", "scaled"])].index
    undated = status.query("entered_on == ''")
    assert len(everything - set(status["initiative_id"])) == 2
    assert undated["initiative_id"].isin(live).sum() >= 2
    assert len(live.difference(sample["model_metrics"]["initiative_id"])) == 1
    owners = sample["initiatives"].set_index("initiative_id")["owner"]
    assert (owners[live] == "").sum() == 2
    assert 2 <= len(set(status["initiative_id"]) - set(sample["costs"]["initiative_id"])) <= 6


def test_most_stalled_initiatives_say_green_and_stand_before_an_open_barrier(sample, current):
    is_pilot_work = current["stage"].isin(["proof_of_concept", "pilot"])
    stalled = current[is_pilot_work & (days_in_stage(current) > 180)].index
    rows = sample["initiatives"].set_index("initiative_id").loc[stalled]
    assert (rows["declared_status"] == "green").mean() > 0.5
    barred = sample["barriers"].query("resolved_on == ''")["initiative_id"]
    assert pd.Index(stalled).isin(barred).mean() > 0.6


def test_barriers_stand_within_the_life_of_their_initiative(sample, status, current):
    rows = sample["barriers"]
    assert (rows["raised_on"] >= rows["initiative_id"].map(first_day(status, *STAGES))).all()
    ended = current["on"].where(current["stage"].isin(["stopped", "retired"]), LAST_DAY)
    assert (rows["raised_on"] <= rows["initiative_id"].map(ended)).all()
    resolved = rows[rows["resolved_on"] != ""]
    assert (resolved["resolved_on"] > resolved["raised_on"]).all()
    assert (resolved["resolved_on"] <= resolved["initiative_id"].map(ended)).all()


def test_benefits_per_year_are_ordered_and_of_a_believable_size(sample):
    columns = [f"benefit_{case}_amount" for case in ("low", "base", "high")]
    rows = sample["initiatives"][columns].replace("", None).dropna().astype(float)
    assert len(rows) >= 80
    low, base, high = (rows[column] for column in columns)
    assert (low < base).all()
    assert (base < high).all()
    assert base.between(150_000, 6_000_000).all()


def test_about_twenty_five_models_are_measured_and_a_few_neglected(sample):
    last = sample["model_metrics"].groupby(["initiative_id", "model"])["measured_at"].max()
    assert 23 <= len(last) <= 27
    retired = last.str[:10] < "2026-04-01"
    neglected = (last.str[:10] < "2026-10-01") & ~retired
    assert 3 <= neglected.sum() <= 4


def test_every_metric_measured_has_a_general_target(sample):
    general = sample["metric_targets"].query("initiative_id == ''")["metric"]
    assert set(sample["model_metrics"]["metric"]) == set(general)


def test_four_meetings_decide_and_three_assessments_are_answered(sample):
    assert len(sample["meetings"]) == 4
    assert 12 <= len(sample["decisions"]) <= 16
    assert list(sample["assessments"]["assessed_on"].unique()) == [
        "2025-03-12",
        "2025-11-19",
        "2026-09-09",
    ]
    assert sample["assessments"].groupby("assessed_on")["respondent"].nunique().between(5, 6).all()
    assert sample["assessments"]["question"].str.fullmatch(r"[1-5]\.[1-3]").all()


def test_a_stop_that_was_done_is_a_stop_in_the_status_history(sample, current):
    held = sample["meetings"].set_index("meeting_id")["held_on"]
    stops = sample["decisions"].query("outcome == 'stop' and done_on != ''")
    assert len(stops)
    for decision in stops.itertuples():
        assert current.loc[decision.initiative_id, "stage"] == "stopped"
        assert current.loc[decision.initiative_id, "on"] == decision.done_on
        assert decision.done_on > held[decision.meeting_id]


def test_some_decisions_are_done_in_time_some_late_and_some_overdue(sample):
    rows = sample["decisions"]
    done = rows[rows["done_on"] != ""]
    still_open = rows[rows["done_on"] == ""]
    assert (done["done_on"] <= done["due_on"]).sum() >= 3
    assert (done["done_on"] > done["due_on"]).sum() >= 2
    assert (still_open["due_on"] < LAST_DAY).sum() >= 3
