"""What the money pages show of chance equals what plain loops over the draws say, to the cent."""

from datetime import timedelta

import numpy as np
import pytest
import reference_outlook as loops
import reference_value as slow
from conftest import ROOT, ask
from reference import PRIORS, sample_rows
from test_value_figures import DAYS, VARIANTS, assumptions, given, same

from dashboard import forecast, formats, prospect, scenarios, simulate, spend, valuing
from data.sample import LAST_DAY

SOURCES = {"all together": simulate.SOURCES} | {name: (name,) for name in simulate.SOURCES}
KINDS = ("live", "open with a plan", "open without a plan")
WORDS = {"benefit": "benefits", "delay": "time to live", "going_live": "going live or not"}


@pytest.fixture(scope="module")
def rows():
    return sample_rows(ROOT / "data" / "sample")


@pytest.fixture(scope="module")
def benefits():
    return slow.benefit_rows(ROOT / "data" / "sample")


@pytest.fixture(scope="module")
def expected(rows, benefits):
    return slow.Forecast(rows, benefits, LAST_DAY)


@pytest.fixture(scope="module")
def drawn(expected):
    return loops.Draws(expected)


@pytest.fixture(scope="module")
def shown(portfolios):
    return given(portfolios, LAST_DAY)


def test_the_slow_beta_knows_the_distributions_that_have_a_formula():
    assert loops.beta_point(1, 1, 0.9) == pytest.approx(0.9)
    assert loops.beta_point(3, 1, 0.1) == pytest.approx(0.1 ** (1 / 3))
    assert loops.beta_point(1, 4, 0.9) == pytest.approx(1 - 0.1**0.25)
    assert loops.beta_point(2.5, 2.5, 0.5) == pytest.approx(0.5)


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
@pytest.mark.parametrize("day", DAYS)
def test_the_bar_of_chance_ends_at_the_points_of_the_beta_behind_it(
    portfolios, rows, benefits, day, variant
):
    inputs, past, _ = given(portfolios, day)
    moved = valuing.swings(inputs, assumptions(variant), past, None).set_index("input")
    reference = slow.Forecast(rows, benefits, day, **variant)
    for end, share in (("low_amount", 0.1), ("high_amount", 0.9)):
        worth = loops.worth_at_chance(reference, variant.get("priors", PRIORS), share)
        same(moved.loc["chance", end], worth, end)
    assert (
        moved.loc["chance", "low_amount"] < reference.worth() < moved.loc["chance", "high_amount"]
    )


def test_the_bar_of_costs_ends_at_the_overrun_of_all_spending_to_date(portfolios, rows, expected):
    inputs, past, _ = given(portfolios, LAST_DAY)
    share = spend.figures(ask(portfolios.all, "value/overruns"))["variance_share"]
    moved = valuing.swings(inputs, scenarios.Assumptions(), past, share).set_index("input")
    sums = slow.overruns(rows, LAST_DAY).values()
    planned, spent = (slow.total(parts[place] for parts in sums) for place in (0, 1))
    paid = sum(expected.parts(key)["pv_cost_amount"] for key in expected.valued())
    other = expected.worth() - (spent - planned) / planned * paid
    same(moved.loc["costs", "low_amount"], min(other, expected.worth()))
    same(moved.loc["costs", "high_amount"], max(other, expected.worth()))


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
@pytest.mark.parametrize("day", DAYS)
def test_when_all_together_are_paid_back_and_at_what_rate(portfolios, rows, benefits, day, variant):
    inputs, past, cash = given(portfolios, day)
    assumed = assumptions(variant)
    valued = valuing.value(inputs, assumed, past)
    reference = slow.Forecast(rows, benefits, day, **variant)
    _same_payback(forecast.portfolio_payback(valued, cash, assumed), reference, reference.valued())


@pytest.mark.parametrize("name", ["initiative_id", "unit"])
def test_when_each_alone_and_each_unit_is_paid_back(shown, expected, name):
    inputs, past, cash = shown
    assumed = scenarios.Assumptions()
    valued = valuing.value(inputs, assumed, past)
    for of, some in valued[valued["missing"] == ""].groupby(name):
        says = forecast.portfolio_payback(some, cash, assumed)
        _same_payback(says, expected, list(some["initiative_id"]), of)


def _same_payback(says: str, reference: slow.Forecast, keys: list[str], where: str = "") -> None:
    net, day = loops.together(reference, keys), reference.as_of
    rate = slow.rate_of([x for _, x in net])
    assert says.endswith(
        f"their chance: payback {_when(slow.back_at_zero(net), day)}; "
        f"discounted {_when(slow.back_at_zero(net, reference.rate), day)}; "
        f"internal rate of return {formats.share(rate)}."
    ), where


def _when(month: int | None, day) -> str:
    if month is None:
        return "not within the horizon"
    year, place = divmod(day.year * 12 + day.month - 1 + month, 12)
    return f"in {day.replace(year=year, month=place + 1, day=1):%b %Y}"


@pytest.mark.parametrize("varying", SOURCES.values(), ids=SOURCES)
def test_the_points_of_the_draws_and_the_width_of_each_source_alone(shown, drawn, varying):
    inputs, past, _ = shown
    assumed = scenarios.Assumptions()
    board = simulate.outlook(forecast.draws(valuing.value(inputs, assumed, past), assumed, varying))
    values = sorted(drawn.portfolio(np.random.default_rng(1), 10_000, varying))
    for name, share in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        same(getattr(board, name), loops.quantile(values, share), name)
    same(board.mean, sum(values) / len(values))
    assert board.loss_share == sum(value < 0 for value in values) / len(values)


def test_the_sentence_of_what_moves_the_draws_has_these_widths(shown, drawn):
    inputs, past, _ = shown
    assumed = scenarios.Assumptions(draws=300, seed=4)
    widths = {}
    for source in simulate.SOURCES:
        values = sorted(drawn.portfolio(np.random.default_rng(4), 300, (source,)))
        widths[source] = loops.quantile(values, 0.9) - loops.quantile(values, 0.1)
    ranked = sorted(widths, key=lambda source: -widths[source])
    said = [f"{WORDS[source]} {formats.money(widths[source])}" for source in ranked]
    says = forecast.movers(valuing.value(inputs, assumed, past), assumed)
    assert says.endswith(f"varies alone: {said[0]}, {said[1]} and {said[2]}.")


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_every_draw_of_the_portfolio(portfolios, rows, benefits, variant):
    inputs, past, _ = given(portfolios, LAST_DAY)
    assumed = scenarios.Assumptions(
        **vars(assumptions(variant)) | {"draws": 25, "seed": 9, "spread": 0.8}
    )
    board = forecast.draws(valuing.value(inputs, assumed, past), assumed)
    reference = loops.Draws(slow.Forecast(rows, benefits, LAST_DAY, **variant), spread=0.8)
    values = reference.portfolio(np.random.default_rng(9), 25)
    assert board == pytest.approx(values, abs=0.005, rel=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_the_fan_of_every_initiative_month_by_month(shown, expected, drawn, kind):
    assumed = scenarios.Assumptions(draws=30, seed=3)
    for key in _of_kind(expected, kind):
        _same_fan(_way(shown, key, assumed), drawn.fan(key, np.random.default_rng(3), 30))


@pytest.mark.parametrize("kind", KINDS)
def test_the_fan_of_a_page_with_all_its_draws(shown, expected, drawn, kind):
    key = _of_kind(expected, kind)[0]
    way = _way(shown, key, scenarios.Assumptions())
    _same_fan(way, drawn.fan(key, np.random.default_rng(1), 10_000))


def _of_kind(reference: slow.Forecast, kind: str) -> list[str]:
    return [key for key in reference.valued() if _kind(reference, key) == kind]


def _kind(reference: slow.Forecast, key: str) -> str:
    if reference._is_live(reference.facts[key]):
        return "live"
    return "open with a plan" if reference.plan(key) else "open without a plan"


def _way(shown, key: str, assumed: scenarios.Assumptions) -> prospect.Way:
    inputs, past, cash = shown
    one = valuing.value(inputs[inputs["initiative_id"] == key], assumed, past)
    return prospect.way(one, cash[cash["initiative_id"] == key], assumed)


def _same_fan(way: prospect.Way, months: list[list[float]]) -> None:
    """The fan opens at what was spent and came back, and its ends are the draws' points."""
    for shown, share in ((way.p10, 0.1), (way.p90, 0.9)):
        points = [way.net_past[-1]] + [loops.quantile(month, share) for month in months]
        assert list(shown) == pytest.approx(points, abs=0.005, rel=1e-9)


def test_the_fan_counts_a_credit_while_waiting_once(shown, rows, benefits):
    inputs, past, cash = shown
    reference = slow.Forecast(rows, benefits, LAST_DAY)
    key = _of_kind(reference, "open without a plan")[0]
    reference.recent = lambda key: -500.0
    credited = inputs.assign(recent_amount=-500.0)
    way = _way((credited, past, cash), key, scenarios.Assumptions(draws=30, seed=3))
    _same_fan(way, loops.Draws(reference).fan(key, np.random.default_rng(3), 30))


@pytest.mark.parametrize("kind", KINDS)
def test_the_line_of_every_initiative_month_by_month(shown, expected, kind):
    for key in _of_kind(expected, kind):
        way = _way(shown, key, scenarios.Assumptions(draws=2))
        rows = loops.cash(expected, key)
        for days, nets in ((way.months_past, way.net_past), (way.months_ahead, way.net_ahead)):
            for day, net in zip(days, nets, strict=True):
                assert (day + timedelta(days=1)).day == 1
                upto = slow.ahead(day.date(), LAST_DAY)
                same(net, sum(got - paid for m, got, paid in rows if m <= upto), (key, day))
