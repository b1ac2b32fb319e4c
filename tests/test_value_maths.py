"""The maths of money: laws that hold for any stream, and slow loops that agree."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import formats, funding, roi, simulate
from data import currency

amounts = st.integers(-10_000_000, 10_000_000).map(lambda cents: cents / 100)
gains = st.integers(1, 10_000_000).map(lambda cents: cents / 100)
rates = st.floats(0, 1)


@settings(deadline=None)
@given(gains, st.lists(gains, min_size=1, max_size=40), rates, rates)
def test_the_npv_of_a_normal_stream_falls_as_the_rate_rises(paid, got, one, other):
    low, high = sorted((one, other))
    benefits, costs = [0.0, *got], [paid] + [0.0] * len(got)
    later = roi.present_value(benefits, high) <= roi.present_value(benefits, low) + 1e-6
    assert later
    # Discounted to the month of the cost, which the rate then leaves alone.
    at_cost = [
        roi.net_present_value(benefits, costs, rate) * (1 + rate) ** (1 / 12)
        for rate in (low, high)
    ]
    assert at_cost[1] <= at_cost[0] + 1e-6


@settings(deadline=None)
@given(st.floats(0, 1), gains, amounts)
def test_risk_never_adds_worth(chance, benefits, costs):
    assert roi.risked(chance, benefits, costs) <= roi.risked(1.0, benefits, costs) + 1e-9


@settings(deadline=None)
@given(st.integers(0, 40), rates, st.integers(1, 12))
def test_the_table_of_worth_by_delay_equals_the_months_added_up(delay, rate, ramp_months):
    horizon = 36
    slow = sum(
        min(max(m - delay, 0), ramp_months) / ramp_months / (1 + rate) ** (m / 12)
        for m in range(1, horizon + 1)
    )
    table = roi.ramped_values(horizon, rate, ramp_months)
    assert table[min(delay, horizon)] == pytest.approx(slow, abs=1e-9)


@settings(deadline=None)
@given(st.lists(gains, min_size=1, max_size=12), st.lists(gains, min_size=1, max_size=40))
def test_at_its_irr_a_stream_is_worth_nothing(paid, got):
    stream = [-amount for amount in paid] + got
    rate = roi.irr(stream)
    if rate > -0.999:  # closer to losing all, 1 + rate has too few digits left to check with
        monthly = (1 + rate) ** (1 / 12)
        worth = sum(flow / monthly**m for m, flow in enumerate(stream))
        assert abs(worth) <= 1e-8 * sum(abs(flow) / monthly**m for m, flow in enumerate(stream))


def prospects(low, base, high, chance, delay, cost, running) -> simulate.Prospects:
    columns = [np.array(column, float) for column in (low, base, high, chance)]
    live = np.array(delay) < 0
    return simulate.Prospects(
        *columns,
        live,
        np.maximum(np.array(delay), 0),
        np.array(cost, float),
        np.array(running, float),
        roi.ramped_values(36, 0.1),
        roi.annuity_values(36, 0.1),
    )


initiative = st.tuples(gains, st.integers(-1, 40), gains, gains)


@settings(deadline=None)
@given(st.lists(initiative, min_size=1, max_size=5))
def test_certain_and_without_spread_every_draw_is_the_npv_to_the_cent(known):
    benefit, delay, cost, running = zip(*known, strict=True)
    certain = prospects(benefit, benefit, benefit, [1] * len(known), delay, cost, running)
    draws = simulate.net_present_values(certain, np.random.default_rng(1), 50, spread=0.0)
    slow = 0.0
    for yearly, month, fixed, monthly in known:
        slow -= fixed
        for m in range(1, 37):
            share = 1 if month < 0 else min(max(m - month, 0), 6) / 6
            paid = monthly if m <= month else 0
            slow += (yearly / 12 * share - paid) / 1.1 ** (m / 12)
    assert draws == pytest.approx(np.full(50, slow), abs=0.005)


def test_the_same_seed_draws_the_same_and_the_mean_is_near_the_rnpv():
    one = prospects([600], [900], [1200], [0.6], [4], [100], [0])
    first, again = (
        simulate.net_present_values(one, np.random.default_rng(7), 20_000, spread=0.0)
        for _ in range(2)
    )
    assert (first == again).all()
    expected = 0.6 * 900 / 12 * roi.ramped_values(36, 0.1)[4] - 100
    assert first.mean() == pytest.approx(expected, rel=0.02)


def test_in_a_bad_draw_benefits_are_low_and_delays_long():
    many = prospects([0] * 60, [500] * 60, [1000] * 60, [1] * 60, [12] * 60, [0] * 60, [0] * 60)
    spread = [
        simulate.net_present_values(many, np.random.default_rng(3), 4_000, correlation=rho).std()
        for rho in (0.0, 0.3)
    ]
    assert spread[1] > 3 * spread[0]


sums = st.lists(st.tuples(st.integers(-50, 90), st.integers(0, 60)), min_size=1, max_size=8)


@settings(deadline=None)
@given(sums, st.integers(0, 200), st.integers(0, 100))
def test_a_larger_budget_never_lowers_the_best_sum(known, budget, more):
    worth, costs = zip(*known, strict=True)
    lesser, greater = funding.frontier(worth, costs, [budget, budget + more])
    assert greater >= lesser


@settings(deadline=None)
@given(sums, st.integers(0, 200), st.integers(0, 7), st.integers(0, 7))
def test_the_best_set_is_the_best_of_all_sets_that_keep_to_what_is_forced(known, budget, into, out):
    worth, costs = zip(*known, strict=True)
    forced_in = [place == into for place in range(len(known))]
    forced_out = [place == out != into for place in range(len(known))]
    every = [
        chosen
        for chosen in itertools.product((False, True), repeat=len(known))
        if all(c or not f for c, f in zip(chosen, forced_in, strict=True))
        and not any(c and f for c, f in zip(chosen, forced_out, strict=True))
        and sum(itertools.compress(costs, chosen)) <= budget
    ]
    if not every:
        with pytest.raises(funding.NotFundable, match="more than the budget"):
            funding.best_set(worth, costs, budget, forced_in, forced_out)
        return
    best = funding.best_set(worth, costs, budget, forced_in, forced_out)
    assert best.worth == max(sum(itertools.compress(worth, chosen)) for chosen in every)
    assert best.cost <= budget and tuple(best.chosen) in every


@pytest.mark.parametrize("text", ["€ 7", "euros please", "dollar", "<b>", "5", "€ 2 2"])
def test_a_currency_nobody_could_read_is_refused_in_one_sentence(text):
    with pytest.raises(ValueError, match="write a sign of at most 4 letters"):
        currency.parse(text)


def test_amounts_are_written_in_the_currency_of_the_setting(monkeypatch):
    monkeypatch.setattr(formats, "CURRENCY", "US$")
    monkeypatch.setattr(formats, "DECIMALS", 2)
    assert formats.money(1_234_567) == "US$1.2M"
    assert formats.money(-12.5) == "-US$12.50"
    assert formats.value("spent_amount", 3) == "US$3.00"
