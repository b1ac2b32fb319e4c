"""The forecast's choices, all in the URL, and its answers, remembered by data version."""

import pandas as pd
import streamlit as st

import queries
from dashboard import (
    budgets,
    forecast,
    formats,
    funding,
    scenarios,
    simulate,
    spend,
    valuing,
)
from dashboard import prospect as prospects
from dashboard.ui.asking import ask, chosen, store, viewer
from data import scenarios as stored
from data.errors import DataError

FIRST = scenarios.Assumptions()


def choose_assumptions() -> scenarios.Assumptions:
    """What the reader assumes; the defaults are the definitions'."""
    with st.expander("Assumptions: change any, every figure follows", key="assumptions"):
        first, second, third, fourth = st.columns(4, wrap=True)
        given = {
            "rate": _number(
                first, "Discount rate, % a year", 0.0, 100.0, FIRST.rate * 100, 1.0, "rate"
            ),
            "horizon": _number(second, "Horizon, months", 6, 120, FIRST.horizon, 6, "horizon"),
            "ramp": _number(third, "Ramp, months", 1, 36, FIRST.ramp_months, 1, "ramp"),
            "wait": _number(
                fourth, "Live in, months, if unknown", 1, 60, FIRST.wait_months, 1, "wait"
            ),
        }
        for place, (stage, prior) in zip(
            st.columns(4, wrap=True), scenarios.PRIORS.items(), strict=False
        ):
            label = f"Prior, {formats.words(stage)}, %"
            given[f"prior_{stage}"] = _number(
                place, label, 0.0, 100.0, prior * 100, 1.0, f"prior_{stage}"
            )
        first, second, third, fourth = st.columns(4, wrap=True)
        given["spread"] = _number(
            first, "Spread of delay, σ", 0.0, 2.0, FIRST.spread, 0.05, "spread"
        )
        given["draws"] = _number(second, "Draws", 100, 50_000, FIRST.draws, 1_000, "draws")
        given["seed"] = _number(third, "Seed", 0, 999_999, FIRST.seed, 1, "seed")
        given["benefit_case"] = fourth.selectbox(
            "Benefits", scenarios.CASES, index=1, key="benefit_case", bind="query-params"
        )
        given["haircut"] = st.checkbox(
            "Cut each unit's benefits to its track record", key="haircut", bind="query-params"
        )
        given["run_on"] = st.checkbox(
            "Let costs run on at their last level after their plan ends",
            key="run_on",
            bind="query-params",
        )
    return forecast.assumed_with(given)


def _number(place, label: str, low, high, value, step, key: str):
    return place.number_input(label, low, high, value, step, key=key, bind="query-params")


def record() -> valuing.Record:
    """What the portfolio's own past says of time to live and of benefits kept."""
    return valuing.recalled(ask)


def valued(assumed: scenarios.Assumptions) -> pd.DataFrame:
    """Every open or live initiative's rNPV with its parts."""
    return valuing.value(ask("value/forecast"), assumed, record())


def swings(assumed: scenarios.Assumptions) -> pd.DataFrame:
    """What moves the portfolio's rNPV, one input at a time; costs by their overrun to date."""
    overrun = spend.figures(ask("value/overruns"))["variance_share"]
    return valuing.swings(ask("value/forecast"), assumed, record(), overrun)


def draws(assumed: scenarios.Assumptions, varying: tuple[str, ...] = simulate.SOURCES):
    """The portfolio's NPV in each draw; remembered, as drawing takes a moment."""
    return _draws(assumed.says(), assumed, varying, chosen().lens(), viewer(), store().version())


@st.cache_data(max_entries=50, show_spinner="Drawing …", hash_funcs={scenarios.Assumptions: repr})
def _draws(says, assumed, varying, lens, who, version):
    return forecast.draws(valued(assumed), assumed, varying)


def choose_budget(rows: pd.DataFrame) -> tuple[float, list[str], list[str], float]:
    """The budget, who is in or out whatever it costs, and the next unit of budget."""
    labels = budgets.names(rows)
    first, second = st.columns(2, wrap=True)
    budget = first.number_input(
        formats.plain(f"Budget for cost to come ({formats.CURRENCY})"),
        0,
        None,
        budgets.half_the_cost(rows),
        100_000,
        key="budget",
        bind="query-params",
    )
    step = second.number_input(
        formats.plain(f"And for so much more ({formats.CURRENCY})"),
        1_000,
        None,
        250_000,
        50_000,
        key="budget_step",
        bind="query-params",
    )
    forced = [
        place.multiselect(label, list(labels), format_func=labels.get, key=key, bind="query-params")
        for place, label, key in (
            (first, "Fund in any case", "forced_in"),
            (second, "Do not fund", "forced_out"),
        )
    ]
    return float(budget), *forced, float(step)


def best_set(rows, budget, forced_in, forced_out) -> funding.BestSet | None:
    """The best set, or None after saying why there is none."""
    try:
        return budgets.best(rows, budget, forced_in, forced_out)
    except funding.NotFundable as error:
        st.warning(formats.plain(str(error)))
        return None


def prospect(
    initiative_id: str,
) -> tuple[pd.DataFrame, pd.DataFrame, prospects.Way | None]:
    """One initiative's worth, payback and way, as the definitions assume."""
    rows = valued(FIRST)
    one = rows[rows["initiative_id"] == initiative_id].reset_index(drop=True)
    cash = ask("value/cash")
    cash = cash[cash["initiative_id"] == initiative_id]
    return one, valuing.paid_back(one, cash, FIRST), prospects.way(one, cash, FIRST)


def saved_scenarios() -> pd.DataFrame:
    """The saved scenarios; asked each time, as saving one changes no data version."""
    with store().reader(viewer(), chosen().lens()) as cursor:
        return queries.run(cursor, "value/scenarios")


def scenario_shelf(rows: pd.DataFrame) -> None:
    """Load, save, remove and bring back scenarios by name."""
    kept, removed = (rows.loc[rows["is_removed"].astype(bool) == gone] for gone in (False, True))
    may_save = stored.may_save(viewer())
    with st.container(horizontal=True, vertical_alignment="bottom", key="scenario-shelf"):
        if may_save:
            st.text_input("Name of the scenario", key="scenario_name", width=260)
            st.button("Save these assumptions", on_click=_save, icon=":material/save:")
        for label, some, turn in (
            ("Load", kept, _load),
            ("Remove", kept if may_save else kept.head(0), _remove),
            ("Bring back", removed if may_save else removed.head(0), _bring_back),
        ):
            if len(some):
                _menu(label, some, turn)


def _menu(label: str, rows: pd.DataFrame, turn) -> None:
    with st.popover(label):
        for row in rows.itertuples(index=False):
            st.button(
                formats.plain(row.name),
                key=f"{label}-{row.name}",
                help=f"{formats.plain(row.changed_by)}, {formats.day(row.changed_at)}",
                on_click=turn,
                args=(row,),
            )


def _load(row) -> None:
    for key, value in forecast.settings(row.assumptions).items():
        st.session_state[key] = value


def _save() -> None:
    assumed = {key: st.session_state[key] for key in forecast.DEFAULTS}
    _try(lambda: stored.save(store(), viewer(), st.session_state["scenario_name"], assumed))


def _remove(row) -> None:
    _try(lambda: stored.remove(store(), viewer(), row.name))


def _bring_back(row) -> None:
    _try(lambda: stored.bring_back(store(), viewer(), row.name))


def _try(change) -> None:
    try:
        change()
    except DataError as error:
        st.toast(str(error), icon=":material/error:")
