"""The pages of money say kindly what is missing and follow what the reader assumes."""

import test_pages
from conftest import ask, journeys, named, put
from on_page import press, refusals, words

from dashboard import forecast, returns, spend
from data.store import Store

FORECAST, RETURNS, SPEND = (f"pages/value/{name}.py" for name in ("forecast", "returns", "spend"))
board = test_pages.board


def plain(app) -> str:
    return words(app).replace("\\", "")


def test_without_any_money_each_page_says_so_kindly_and_what_to_bring(board, federal_seen):
    for page, says in (
        (SPEND, spend.NO_MONEY),
        (RETURNS, returns.NO_MONEY),
        (FORECAST, forecast.NO_MONEY),
    ):
        app = board(federal_seen, page)
        assert not refusals(app) and says in words(app), page
        assert not app.metric and not app.get("plotly_chart")


def test_counting_only_proven_evidence_changes_what_the_page_says(board, sample_path):
    shown = {}
    for least, label in returns.LEVELS.items():
        app = board(sample_path, RETURNS, evidence=least)
        assert not refusals(app), label
        shown[least] = [metric.value for metric in app.metric]
    for place in (0, 2, 3):
        assert len({values[place] for values in shown.values()}) == 3
    assert len({values[1] for values in shown.values()}) == 1


def test_assumptions_move_the_forecast_and_stand_on_the_page(board, sample_path):
    first = board(sample_path, FORECAST, draws=500)
    other = board(sample_path, FORECAST, draws=500, rate=100.0, haircut=True)
    assert not refusals(first) and not refusals(other)
    assert [m.value for m in first.metric] != [m.value for m in other.metric]
    assert "10 % a year" in plain(first).replace("\u00a0", " ")
    assert "100 % a year" in plain(other).replace("\u00a0", " ")
    assert "cut to each unit's track record" in plain(other)


def test_a_scenario_saved_on_the_page_is_loaded_again(board, sample_path):
    app = board(sample_path, FORECAST, draws=500, rate=5.0)
    worth = app.metric[0].value
    app.text_input(key="scenario_name").set_value("Cheap money").run()
    app = press(app, "Save these assumptions")
    assert not refusals(app)
    assert "Cheap money" in list(app.dataframe[0].value["case"])
    app.number_input(key="rate").set_value(20.0).run()
    assert app.metric[0].value != worth
    app = app.button(key="Load-Cheap money").click().run()
    assert not refusals(app) and not app.warning
    assert app.number_input(key="rate").value == 5.0 and app.metric[0].value == worth


def test_what_is_forced_in_beyond_the_budget_is_said_in_one_sentence(board, sample_path):
    app = board(sample_path, FORECAST, draws=500, budget=1_000, forced_in=["INI-013"])
    assert not refusals(app)
    assert "raise the budget or force less in" in app.warning[0].value


def test_bad_estimates_are_said_not_hidden(board, empty_path):
    with Store(empty_path) as store:
        put(
            store,
            initiatives="""
                initiative_id unit   name  benefit_low_amount benefit_base_amount planned_live_on
                minus         Claims Minus -                  -1200               2026-03-01
                mixed         Claims Mixed 900                600                 2026-03-01
                late          Claims Late  900                1200                2031-01-01
                bare          Claims Bare  -                  -                   -
            """,
            deployment_status=journeys("""
                minus pilot 2025-01-01
                mixed pilot 2025-01-01
                late pilot 2025-01-01
                bare pilot 2025-01-01
            """),
            costs="""
                initiative_id  month    category  planned_amount  actual_amount
                minus          2026-01  people    100             -
                mixed          2025-12  people    100             90
                late           2026-01  people    100             -
                bare           2026-01  people    100             -
            """,
        )
    app = board(empty_path, FORECAST, draws=200)
    assert not refusals(app)
    says = plain(app)
    for sentence in (
        "left out: 1 with no benefit estimate",
        "1 go live after the horizon",
        "1 expect a negative benefit",
        "1 have estimates out of order",
        "3 have no low or no high estimate",
    ):
        assert sentence in says, sentence


def test_no_plan_and_no_actual_are_not_zero(store):
    put(
        store,
        initiatives=named("a"),
        costs="""
        initiative_id  month    category  planned_amount
        a              2025-11  people    100
    """,
    )
    now = spend.figures(ask(store, "value/overruns"))
    assert now["spent_amount"] is None and now["variance_amount"] is None
    assert now["planned_amount"] == 100
