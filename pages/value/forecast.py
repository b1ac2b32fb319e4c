"""What will it be worth?"""

import streamlit as st

from dashboard import budgets, forecast, formats, simulate, ui, valuing
from dashboard.charts import forecast as charts

ui.head("Forecast", "What will it be worth, how sure is that, and what should be funded?")

assumed = ui.choose_assumptions()
past, inputs, cash = ui.record(), ui.ask("value/forecast"), ui.ask("value/cash")
valued = valuing.value(inputs, assumed, past)
if valuing.portfolio_worth(valued) is None:
    ui.no_money(forecast.NO_MONEY)

drawn = ui.draws(assumed)
outlook = simulate.outlook(drawn)
now = forecast.figures(valued, outlook)
st.markdown(f"### {formats.plain(forecast.finding(valued))}")
for column, name in zip(st.columns(4, wrap=True), forecast.FOUR, strict=True):
    with column:
        ui.metric(name, now, {})
run_on = valuing.value(inputs, assumed.running_on(), past)
for caveat in forecast.caveats(valued, assumed, run_on):
    ui.note(formats.plain(caveat))
ui.note(formats.plain(f"Assumed: {assumed.says()}."))
ui.where_from("value/forecast", forecast.PARTS, computed=valued, assumed=assumed.says())

st.markdown("#### Low, base and high benefits, and saved scenarios, side by side")
scenarios = ui.saved_scenarios()
cases = forecast.cases(inputs, assumed, past, forecast.saved(scenarios))
ui.plain_table(cases, "cases", forecast.CASES)
ui.scenario_shelf(scenarios)
st.markdown(formats.plain(forecast.portfolio_payback(valued, cash, assumed)))
ui.where_from(
    "value/cash", ("payback_month", "discounted_payback_month", "irr_share"), assumed=assumed.says()
)

ui.show(
    charts.draws(drawn, outlook, ui.is_dark()),
    "value/forecast",
    ("p10_amount", "p50_amount", "p90_amount", "loss_share"),
    note=formats.plain(forecast.movers(valued, assumed)),
    key="draws",
    computed=valued,
    assumed=assumed.says(),
)
moved = ui.swings(assumed)
ui.show(
    charts.tornado(moved, now["rnpv_amount"], ui.is_dark()),
    "value/forecast",
    ("rnpv_amount",),
    note=forecast.SWINGS,
    key="tornado",
    computed=moved,
    assumed=assumed.says(),
)

st.markdown("#### Each initiative, with the parts of its worth")
shown = forecast.shown(valued, valuing.paid_back(valued, cash, assumed))
ui.table(shown, "valued-table", forecast.VALUED, height=420)
ui.note(forecast.ONE_BY_ONE)
ui.where_from(
    "value/forecast", forecast.PARTS, key="where-parts", computed=shown, assumed=assumed.says()
)
missing = forecast.incomplete(valued)
if len(missing):
    st.markdown("#### Not valued, and what is missing")
    ui.table(missing, "missing-table", forecast.MISSING)

st.markdown("#### What waiting costs")
waiting = forecast.delays(valued)
st.markdown(formats.plain(forecast.delay_finding(waiting)))
if len(waiting):
    ui.table(waiting, "delay-table", forecast.DELAYS, height=320)
ui.where_from(
    "value/forecast",
    ("cost_of_delay_amount",),
    key="where-delay",
    computed=waiting,
    assumed=assumed.says(),
)

st.markdown("#### The best set under a budget")
rows = budgets.candidates(valued)
if rows.empty:
    ui.note("No open initiative has both a worth and a cost to come.")
    st.stop()
budget, forced_in, forced_out, step = ui.choose_budget(rows)
best = ui.best_set(rows, budget, forced_in, forced_out)
if best is None:
    st.stop()
more = budgets.best_with_more(rows, budget, step, forced_in, forced_out)
st.markdown(f"**{formats.plain(budgets.funding_finding(rows, best, more, step))}**")
bought = budgets.funded(rows, best)
if len(bought):
    ui.table(bought, "funded-table", budgets.FUNDED, height=320)
ui.show(
    charts.frontier(budgets.frontier(rows, budget, forced_in, forced_out), budget, ui.is_dark()),
    "value/forecast",
    ("cost_to_come_amount", "rnpv_amount"),
    key="frontier",
    computed=bought,
    assumed=assumed.says(),
)
