"""What the pages of money show equals what plain loops say, to the cent."""

import math
from datetime import date
from functools import cache
from statistics import NormalDist

import pandas as pd
import pytest
import reference_value as slow
from conftest import ROOT, ask
from reference import sample_rows

from dashboard import budgets, forecast, prospect, returns, scenarios, spend, valuing
from data.sample import LAST_DAY
from data.store import Lens

CENT = 0.005
DAYS = (LAST_DAY, date(2026, 1, 15))
VARIANTS = {
    "as defined": {},
    "no rate": {"rate": 0.0},
    "a rate of 100 %": {"rate": 1.0},
    "high, cut, running on": {"case": "high", "haircut": True, "run_on": True},
    "short and steep": {"horizon": 9, "ramp": 2, "wait": 30, "case": "low"},
    "other priors": {"priors": {"idea": 0.0, "proof_of_concept": 0.5, "pilot": 1.0}},
}


@pytest.fixture(scope="module")
def rows():
    return sample_rows(ROOT / "data" / "sample")


@pytest.fixture(scope="module")
def benefits():
    return slow.benefit_rows(ROOT / "data" / "sample")


def same(shown: object, expected: float | None, where: object = "") -> None:
    if expected is None:
        assert shown is None or pd.isna(shown), where
    else:
        assert float(shown) == pytest.approx(expected, abs=CENT, rel=1e-9), where


@pytest.mark.parametrize("day", DAYS)
def test_spending_by_unit_category_and_stage_of_the_month(portfolios, rows, day):
    answer = ask(portfolios.all, "value/spend_split", lens=Lens(as_of=day))
    expected = slow.spend_split(rows, day)
    answer = answer.astype(object).where(answer.notna(), None)
    assert {(r.unit, r.category, r.stage) for r in answer.itertuples()} == set(expected)
    for row in answer.itertuples():
        planned, actual = expected[row.unit, row.category, row.stage]
        same(row.planned_amount or 0, planned)
        same(row.actual_amount or 0, actual)
    for place, name in enumerate(("unit", "category", "stage")):
        for row in spend.by(answer, name).itertuples():
            shown = getattr(row, name)
            wanted = None if shown == "before its first stage" else shown
            parts = [sums for key, sums in expected.items() if key[place] == wanted]
            same(row.variance_amount, sum(actual - planned for planned, actual in parts))


@pytest.mark.parametrize("day", DAYS)
def test_spending_and_benefits_by_month(portfolios, rows, benefits, day):
    for question, table, actual, levels in (
        ("value/spend_by_month", rows.costs, "actual_amount", ("claimed",)),
        ("value/returns_by_month", benefits, "realised_amount", returns.LEVELS),
    ):
        for least in levels:
            answer = ask(portfolios.all, question, lens=Lens(as_of=day), least_evidence=least)
            expected = slow.by_month(table, actual, day, least)
            assert [month.date() for month in answer["month"]] == sorted(expected)
            for row in answer.itertuples():
                planned, got = expected[row.month.date()]
                same(row.planned_amount, planned)
                same(getattr(row, actual), got)


@pytest.mark.parametrize("day", DAYS)
def test_overruns_and_the_figures_of_spend(portfolios, rows, day):
    answer = ask(portfolios.all, "value/overruns", lens=Lens(as_of=day))
    expected, stands = slow.overruns(rows, day), slow.standing(rows, day)
    assert set(answer["initiative_id"]) == set(expected)
    for row in answer.itertuples():
        planned, spent, over = expected[row.initiative_id]
        same(row.planned_amount, planned)
        same(row.spent_amount, spent)
        same(row.variance_amount, over)
        same(row.variance_share, over / planned if planned and over is not None else None)
    assert answer["variance_amount"].dropna().is_monotonic_decreasing
    now = spend.figures(answer)
    planned, spent = (slow.total(parts[i] for parts in expected.values()) for i in (0, 1))
    live = sum(
        parts[1] or 0
        for key, parts in expected.items()
        if key in stands and stands[key]["furthest_rank"] >= 4
    )
    same(now["planned_amount"], planned)
    same(now["spent_amount"], spent)
    same(now["variance_amount"], spent - planned)
    same(now["reached_production_share"], live / spent)


@pytest.mark.parametrize("least", returns.LEVELS)
@pytest.mark.parametrize("day", DAYS)
def test_returns_per_initiative_unit_and_portfolio_at_each_evidence(
    portfolios, rows, benefits, day, least
):
    answer = ask(portfolios.all, "value/returns", lens=Lens(as_of=day), least_evidence=least)
    expected = slow.returned(rows, benefits, day, least)
    for row in returns.each(answer).itertuples():
        _same_rated(row, slow.rated([expected[row.initiative_id]]))
    for row in returns.by_unit(answer).itertuples():
        _same_rated(row, slow.rated([e for e in expected.values() if e["unit"] == row.unit]))
    now = returns.figures(answer)
    whole = slow.rated(list(expected.values()))
    for name, key in (
        ("spent_amount", "spent"),
        ("realised_amount", "realised"),
        ("roi_share", "roi"),
        ("track_share", "track"),
        ("planned_benefit_amount", "planned"),
    ):
        same(now[name], whole[key], name)


def _same_rated(row, expected: dict) -> None:
    same(row.spent_amount, expected["spent"])
    same(row.realised_amount, expected["realised"])
    same(row.planned_benefit_amount, expected["planned"])
    same(row.roi_share, expected["roi"])
    same(row.track_share, expected["track"])


def test_proven_evidence_only_ever_lowers_what_was_returned(portfolios):
    got = [
        returns.figures(ask(portfolios.all, "value/returns", least_evidence=least))
        for least in returns.LEVELS
    ]
    for name in ("realised_amount", "roi_share", "track_share"):
        series = [now[name] for now in got]
        assert series == sorted(series, reverse=True) and series[0] > series[-1]


@cache
def given(portfolios, day: date):
    """What the board knows of a day; nobody may change it."""
    lens = Lens(as_of=day)
    durations = {
        stage: ask(portfolios.all, "delivery/time_to_production", lens=lens, from_stage=stage)
        for stage in slow.STAGES
    }
    past = valuing.record(durations, ask(portfolios.all, "value/returns", lens=lens))
    inputs = ask(portfolios.all, "value/forecast", lens=lens)
    return inputs, past, ask(portfolios.all, "value/cash", lens=lens)


def assumptions(variant: dict) -> scenarios.Assumptions:
    names = {
        "ramp": "ramp_months",
        "wait": "wait_months",
        "haircut": "is_haircut",
        "run_on": "is_run_on",
    }
    return scenarios.Assumptions(**{names.get(key, key): v for key, v in variant.items()})


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
@pytest.mark.parametrize("day", DAYS)
def test_every_part_of_every_forecast(portfolios, rows, benefits, day, variant):
    inputs, past, cash = given(portfolios, day)
    assumed = assumptions(variant)
    valued = valuing.value(inputs, assumed, past)
    expected = slow.Forecast(rows, benefits, day, **variant)
    assert set(valued["initiative_id"]) == set(expected.facts)
    for row in valued.itertuples():
        for name, figure in expected.parts(row.initiative_id).items():
            same(getattr(row, name), figure, (row.initiative_id, name))
    assert list(valued.loc[valued["missing"] == "", "initiative_id"]) == expected.valued()
    same(valuing.portfolio_worth(valued), expected.worth())
    paid = valuing.paid_back(valued, cash, assumed).set_index("initiative_id")
    for key in expected.facts:
        if key not in expected.valued():
            assert paid.loc[key].isna().all()
            continue
        same(paid.loc[key, "payback_month"], expected.payback(key), key)
        same(paid.loc[key, "discounted_payback_month"], expected.payback(key, assumed.rate), key)
        rate = expected.irr(key)
        assert math.isnan(paid.loc[key, "irr_share"]) if rate is None else True
        if rate is not None:
            assert paid.loc[key, "irr_share"] == pytest.approx(rate, rel=1e-6, abs=1e-9), key


def test_the_cases_side_by_side_and_the_cost_of_delay(portfolios, rows, benefits):
    inputs, past, _ = given(portfolios, LAST_DAY)
    for row in forecast.cases(inputs, scenarios.Assumptions(), past).itertuples():
        expected = slow.Forecast(rows, benefits, LAST_DAY, case=row.case)
        parts = [expected.parts(key) for key in expected.valued()]
        same(row.rnpv_amount, expected.worth())
        same(row.npv_amount, sum(part["npv_amount"] for part in parts))
        same(row.pv_cost_amount, sum(part["pv_cost_amount"] for part in parts))
        chances = sum(part["live_share"] * part["pv_benefit_amount"] for part in parts)
        same(row.expected_benefit_amount, chances)
    shown = ask(portfolios.all, "portfolio/initiatives").set_index("initiative_id")
    valued = valuing.value(inputs, scenarios.Assumptions(), past).set_index("initiative_id")
    for key, row in valued.iterrows():
        same(row["cost_of_delay_amount"], _or_none(shown.loc[key, "cost_of_delay_amount"]))


def _or_none(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def test_what_moves_the_forecast_one_input_at_a_time(portfolios, rows, benefits):
    inputs, past, _ = given(portfolios, LAST_DAY)
    moved = valuing.swings(inputs, scenarios.Assumptions(), past, 0.1).set_index("input")

    def worth(**assumed):
        return slow.Forecast(rows, benefits, LAST_DAY, **assumed).worth()

    base = slow.Forecast(rows, benefits, LAST_DAY)
    paid = sum(base.parts(key)["pv_cost_amount"] for key in base.valued())
    for name, low, high in (
        ("benefit", worth(case="low"), worth(case="high")),
        ("discount rate", worth(rate=0.12), worth(rate=0.08)),
        ("costs", base.worth() - 0.1 * paid, base.worth()),
    ):
        same(moved.loc[name, "low_amount"], low)
        same(moved.loc[name, "high_amount"], high)
    for name, point in (("low_amount", -1), ("high_amount", 1)):
        factor = math.exp(-0.35 * point * NormalDist().inv_cdf(0.9))
        total = 0.0
        for key in base.valued():
            delay = math.floor(base.delay(key) * factor + 0.5)
            benefit = base.pv(base.stream(key, delay))
            total += base.p(key) * benefit - base.pv(base.cost(key, delay))
        same(moved.loc["time to live", name], total)
    assert (moved["high_amount"] >= moved["low_amount"]).all()


def test_the_best_set_and_what_each_budget_buys(portfolios, rows, benefits):
    inputs, past, _ = given(portfolios, LAST_DAY)
    known = budgets.candidates(valuing.value(inputs, scenarios.Assumptions(), past))
    expected = slow.Forecast(rows, benefits, LAST_DAY)
    keys = [key for key in expected.valued() if not expected._is_live(expected.facts[key])]
    assert list(known["initiative_id"]) == keys
    parts = [expected.parts(key) for key in keys]
    worth = [part["rnpv_amount"] for part in parts]
    cents = [round(part["cost_to_come_amount"] * 100) for part in parts]
    for budget in (300_000, 1_000_000):
        best = budgets.best(known, budget, [], [])
        same(best.worth, slow.best_worth(worth, cents, budget * 100))
        assert best.cost <= budget + CENT
    rising = budgets.frontier(known, 1_000_000, [], [])["rnpv_amount"]
    assert rising.is_monotonic_increasing
    same(rising.iloc[-1], sum(value for value in worth if value > 0))


def test_the_way_of_one_initiative_is_its_net_added_up(portfolios, rows, benefits):
    inputs, past, cash = given(portfolios, LAST_DAY)
    assumed = scenarios.Assumptions()
    valued = valuing.value(inputs, assumed, past)
    expected = slow.Forecast(rows, benefits, LAST_DAY)
    for key in ("INI-002", "INI-013", "INI-026"):
        one = valued[valued["initiative_id"] == key].reset_index(drop=True)
        way = prospect.way(one, cash[cash["initiative_id"] == key], assumed)
        net = expected.net(key)
        same(way.net_past[-1], sum(x for m, x in net if m <= 0))
        same(way.net_ahead[0], way.net_past[-1])
        same(way.net_ahead[-1], sum(x for _, x in net))
        assert (way.p10 <= way.p90).all() and way.p90[-1] > way.p10[-1]
        back = expected.payback(key)
        assert (way.payback_on is None) == (back is None)
        if back is not None:
            assert slow.ahead(way.payback_on, LAST_DAY) == back


def test_an_initiative_without_worth_says_what_is_missing(portfolios):
    inputs, past, cash = given(portfolios, LAST_DAY)
    valued = valuing.value(inputs, scenarios.Assumptions(), past)
    for key, why in {
        "INI-014": valuing.LIVE_WITHOUT_PLAN,
        "INI-050": valuing.NO_COSTS,
        "INI-054": valuing.NO_BENEFIT,
    }.items():
        one = valued[valued["initiative_id"] == key].reset_index(drop=True)
        assert prospect.way(one, cash, scenarios.Assumptions()) is None
        assert prospect.says(one, pd.DataFrame()) == f"It cannot be valued: {why}."
    assert "neither open nor live" in prospect.says(valued.head(0), pd.DataFrame())
