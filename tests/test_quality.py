"""Which initiatives lack what, against plain loops; who can mend it."""

import pandas as pd
import pytest
from conftest import A, ask, look, named, put

from dashboard import quality
from data.access import LOCAL_OWNER
from data.store import Lens


@pytest.fixture
def gaps(store):
    put(
        store,
        initiatives="""
            initiative_id | name | unit   | owner | sponsor | benefit_base_amount | planned_live_on
            a             | Ada  | Claims | Cy    | Di      | 500                 | -
            b             | Bo   | Claims | -     | Di      | 900                 | 2026-03-01
            c             | Cleo | Retail | -     | -       | -                   | -
            d             | Dora | Retail | Cy    | -       | 100                 | -
        """,
        deployment_status="""
            initiative_id stage      entered_on observed_on
            a             pilot      2025-03-01 -
            b             pilot      -          2025-06-01
            d             production 2025-05-01 -
        """,
        costs="""
            initiative_id month   category planned_amount actual_amount
            a             2025-11 data     1              1
            b             2025-11 data     1              -
        """,
        model_metrics="""
            initiative_id model version metric measured_at      value
            d             m     1       auc    2025-12-01T00:00 0.5
        """,
    )
    return ask(store, "sources/gaps")


def test_what_is_missing_is_counted_where_it_applies(gaps):
    assert quality.missing(gaps) == {
        "has_costs": 3,
        "has_owner": 2,
        "has_sponsor": 2,
        "has_engineers": 2,
        "has_stage": 1,
        "has_start": 1,
        "has_entry": 1,
        "has_plan": 1,
    }
    assert quality.finding(gaps).startswith("3 of 4 initiatives have no actual costs")


def test_the_table_by_unit_shows_shares_and_latest_days_and_nothing_where_none_applies(gaps):
    table = quality.by_unit(gaps).set_index("unit")
    assert table["count_initiatives"].to_dict() == {"All units": 4, "Claims": 2, "Retail": 2}
    assert table["has_owner_share"].to_dict() == {"All units": 0.5, "Claims": 0.5, "Retail": 0.5}
    assert pd.isna(table.loc["Retail", "has_entry_share"])
    assert table.loc["Retail", "last_measured_on"] == pd.Timestamp(2025, 12, 1)
    assert pd.isna(table.loc["Retail", "last_cost_on"])
    assert "| who is stalled and days in stage | entry dated | 1 of 2 | 50" in quality.rests_on(
        gaps
    )


def test_who_lacks_something_comes_with_who_can_mend_it_the_most_promising_first(gaps):
    found = quality.lacking(gaps, "has_costs")
    assert found["name"].tolist() == ["Bo", "Dora", "Cleo"]
    assert found["mends"].tolist() == ["Di", "Cy", "the unit Retail"]
    assert quality.lacking(gaps, "has_owner")["mends"].tolist() == ["Di", "the unit Retail"]


@pytest.mark.parametrize("which", ["sample", "federal"])
def test_the_gaps_of_a_whole_portfolio_agree_with_plain_loops(which, request):
    store = request.getfixturevalue(which)
    rows = ask(store, "sources/gaps").set_index("initiative_id")
    [(day,)] = look(store, "select as_of()")
    with_costs = set(look(store, "select initiative_id from costs where actual_amount is not null"))
    assert int(rows["has_costs"].sum()) == len(with_costs)
    measured = {}
    for key, at in look(store, "select initiative_id, measured_at::date from model_metrics"):
        measured[key] = max(at, measured.get(key, at))
    live = look(store, "select initiative_id from standing where is_live")
    fresh = sum(1 for (key,) in live if key in measured and (day - measured[key]).days <= 30)
    assert int(rows["has_metrics"].sum()) == fresh
    risk = look(store, "select count(*) from risk where not is_live_unmeasured")
    assert fresh == risk[0][0]
    owners = look(store, "select owner from initiatives")
    assert int(rows["has_owner"].sum()) == sum(1 for (owner,) in owners if owner)


def test_where_nothing_is_missing_it_says_so(store):
    put(store, initiatives=named("a"))
    rows = ask(store, "sources/gaps", LOCAL_OWNER, Lens(as_of=A))
    full = rows.assign(**dict.fromkeys(quality.NEEDS, True))
    assert quality.finding(full) == "All 1 initiatives have everything the figures need."
