"""Live models are as well as plain loops over the raw rows say, whatever odd rows there are."""

from datetime import date

import pytest
from conftest import A, ask, expect, journeys, put
from reference_models import health, red_since
from test_figures_cases import assert_same, rows_of

from dashboard import models
from data.sample import LAST_DAY
from data.store import Lens

TARGETS = """
    metric   initiative_id  kind         higher_is_better  amber  red
    auc      -              performance  true              0.8    0.7
    psi      -              data_drift   false             0.1    0.25
    latency  -              service      false             500    1000
"""
STATE = "name model versions state performance data_drift service days_since red_days"


@pytest.mark.parametrize("day", [LAST_DAY, date(2026, 8, 31), date(2025, 12, 31)])
def test_every_cell_of_model_health_is_what_plain_loops_say(sample, day):
    answer = ask(sample, "models/health", lens=Lens(as_of=day))
    kept = answer.drop(columns=["main_metric", "performance_trend"])
    assert_same(kept, health(rows_of("sample"), day))
    assert answer["value_at_risk_amount"].dropna().is_monotonic_decreasing


def test_the_sample_has_a_model_red_for_long(sample):
    answer = ask(sample, "models/health").set_index("model")
    assert answer.loc["lead-rank", "state"] == "red" and answer.loc["lead-rank", "red_days"] > 60


def measured(store, *lines: str, live: str = "a") -> None:
    put(
        store,
        initiatives=f"initiative_id name unit benefit_base_amount\n{live} {live} Claims 36500",
        deployment_status=journeys(f"{live} production 2025-01-01"),
        metric_targets=TARGETS,
        model_metrics="\n".join(
            ["initiative_id model version metric measured_at value", *(f"a {one}" for one in lines)]
        ),
    )


def test_value_at_risk_counts_from_the_day_it_turned_red_without_a_break_since(store):
    measured(
        store,
        "m 1 auc 2025-10-01T06:00 0.6",
        "m 1 auc 2025-11-01T06:00 0.9",
        "m 1 auc 2025-12-01T06:00 0.65",
        "m 1 auc 2025-12-21T06:00 0.6",
    )
    answer = ask(store, "models/health")
    expect(answer, f"{STATE} value_at_risk_amount\na m 1 red red unmeasured unmeasured 10 30 3000")


def test_a_red_value_stands_for_thirty_days_at_most(store):
    measured(store, "m 1 auc 2025-10-01T06:00 0.6", "m 1 auc 2025-12-21T06:00 0.6")
    assert list(ask(store, "models/health")["red_days"]) == [10]
    assert list(ask(store, "models/health", lens=Lens(as_of=date(2026, 1, 21)))["state"]) == [
        "stale"
    ]


def test_drift_alone_is_at_most_amber(store):
    measured(store, "m 1 auc 2025-12-30T06:00 0.9", "m 1 psi 2025-12-30T06:00 9")
    expect(ask(store, "models/health"), f"{STATE}\na m 1 amber green amber unmeasured 1 -")


def test_what_is_stale_or_unmeasured_is_never_green(store):
    measured(store, "m 1 auc 2025-11-01T06:00 0.9", "m 1 latency 2025-12-30T06:00 5")
    expect(ask(store, "models/health"), f"{STATE}\na m 1 stale stale unmeasured green 1 -")


def test_a_live_initiative_without_a_model_is_a_row_and_a_model_without_performance_is_not_well(
    store,
):
    measured(store, "m 1 latency 2025-12-30T06:00 5")
    measured(store, live="b")
    answer = ask(store, "models/health")
    assert dict(zip(answer["name"], answer["state"], strict=True)) == dict.fromkeys(
        "ab", "unmeasured"
    )
    figures = models.figures(answer)
    assert (figures["count_models_live"], figures["count_models_unwatched"]) == (1, 2)
    assert figures["sick_benefit_amount"] == 73000 and figures["value_at_risk_amount"] == 0


def test_an_unknown_metric_is_shown_and_asks_for_a_target(store):
    measured(store, "m 1 mystery 2025-12-30T06:00 5")
    [row] = ask(store, "models/health").to_dict("records")
    assert (row["state"], row["count_without_target"]) == ("no target", 1)
    state = ask(store, "models/state", initiative_id="a", model="m")
    assert "mystery" in models.untargeted(state)


def test_two_versions_in_use_at_once_are_both_counted_and_said(store):
    measured(
        store,
        "m 9 auc 2025-12-01T06:00 0.9",
        "m 9 auc 2025-12-22T06:00 0.6",
        "m 10 auc 2025-12-08T06:00 0.9",
        "m 10 auc 2025-12-29T06:00 0.9",
    )
    expect(ask(store, "models/health"), f"{STATE}\na m 10,9 red red unmeasured unmeasured 2 9")
    state = ask(store, "models/state", initiative_id="a", model="m")
    says = models.standing(state, {"is_live": True, "benefit_base_amount": 365}, A)
    assert "in use at once" in says and "red since 22 Dec 2025" in says


def test_a_replaced_version_does_not_count(store):
    measured(store, "m 1 auc 2025-12-22T06:00 0.6", "m 2 auc 2025-12-29T06:00 0.9")
    expect(ask(store, "models/health"), f"{STATE}\na m 2 green green unmeasured unmeasured 2 -")


def test_points_after_the_day_do_not_count_and_are_counted(store):
    measured(store, "m 1 auc 2025-12-30T06:00 0.9", "m 1 auc 2026-02-01T06:00 0.1")
    assert list(ask(store, "models/health")["state"]) == ["green"]
    later = ask(store, "models/later", initiative_id="a", model="m")
    expect(later, "count_values first_on\n1 2026-02-01")
    assert "1 measurement" in models.later(later)


def test_a_series_is_sent_in_at_most_a_thousand_points_or_so(store):
    put(store, initiatives="initiative_id name unit\na a Claims")
    store.connection.execute(
        """
        insert into model_metrics_daily_current
        select 'a', 'm', '1', 'auc', date '2015-01-01' + i::integer, i, i, i, 1440, 'Claims', null
        from range(3900) as days(i)
        """
    )
    series = ask(store, "models/series", initiative_id="a", model="m")
    assert len(series) <= 1000 and series["count_values"].sum() == 3900 * 1440
    assert (series["value_low"].min(), series["value_high"].max()) == (0, 3899)


def test_raw_points_are_those_of_the_days_asked_for(store):
    measured(
        store,
        "m 1 auc 2025-12-01T06:00 0.9",
        "m 1 auc 2025-12-02T23:00 0.8",
        "m 1 auc 2025-12-03T00:00 0.7",
    )
    raw = ask(
        store, "models/raw", initiative_id="a", model="m", metric="auc",
        from_on=date(2025, 12, 2), until_on=date(2025, 12, 2),
    )  # fmt: skip
    assert list(raw["value"]) == [0.8] and list(raw["count_values"]) == [1]


def test_a_target_without_a_line_or_with_its_lines_crossed_is_refused():
    form = {"metric": "auc", "kind": "performance", "for_all": False, "higher": True}
    with pytest.raises(ValueError, match="needs an amber or a red line"):
        models.target(form | {"amber": None, "red": None}, "a")
    with pytest.raises(ValueError, match="swap them"):
        models.target(form | {"amber": 0.7, "red": 0.8}, "a")
    assert models.target(form | {"amber": 0.8, "red": 0.7}, "a")["initiative_id"] == "a"


def test_nothing_measured_is_never_red():
    assert red_since(rows_of("sample"), [], LAST_DAY) is None
