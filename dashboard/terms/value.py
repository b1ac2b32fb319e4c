"""The figures of money: what it cost, what it returned, what it will be worth."""

from dashboard.terms.term import Term

_EVIDENCE = "counting the evidence chosen"

TERMS = {
    "planned_amount": Term(
        "Planned to date", "sum of planned costs of months up to the as-of date"
    ),
    "actual_amount": Term("Spent", "sum of actual costs of a month, category, unit or stage"),
    "variance_amount": Term(
        "Over plan", "actual - planned costs to date; positive is overspent", "down"
    ),
    "variance_share": Term(
        "Over plan, share", "(actual - planned) / planned costs to date", "down"
    ),
    "reached_production_share": Term(
        "Reached production",
        "actual cost to date of initiatives that ever reached production / all actual cost to date",
        "up",
    ),
    "realised_amount": Term(
        "Returned to date",
        f"sum of realised benefits of months up to the as-of date, {_EVIDENCE}",
        "up",
    ),
    "roi_share": Term(
        "Return to date",
        f"(realised - spent) / spent, to date, {_EVIDENCE}; not defined where nothing was spent",
        "up",
    ),
    "planned_benefit_amount": Term(
        "Benefit planned to date", "sum of planned benefits of months up to the as-of date"
    ),
    "track_share": Term(
        "Track record",
        f"realised / planned benefits, over months up to the as-of date with a plan, {_EVIDENCE}",
        "up",
    ),
    "rnpv_amount": Term(
        "Risk-weighted NPV",
        "sum of p × PV(benefits) - PV(costs to come); money of month m is divided by "
        "(1 + monthly rate)^m; what was spent already is out",
        "up",
    ),
    "npv_amount": Term("NPV if all go live", "PV(benefits) - PV(costs to come)", "up"),
    "pv_benefit_amount": Term(
        "PV of benefits",
        "benefit a year / 12 from the month after going live, ramping 1/6, 2/6 … over six months "
        "(live ones in full), up to the horizon, discounted",
        "up",
    ),
    "pv_cost_amount": Term(
        "PV of costs",
        "planned costs of months after the as-of date; without a plan the mean of the last three "
        "months with costs, until live; discounted",
        "down",
    ),
    "cost_to_come_amount": Term(
        "Cost to come", "the same costs up to the horizon, not discounted", "down"
    ),
    "benefit_amount": Term(
        "Benefit, a year, as assumed", "benefit a year of the case chosen, after any haircut", "up"
    ),
    "payback_month": Term(
        "Payback",
        "first month whose cumulative net since the first cost is zero or more, "
        "if it goes live when expected",
        "down",
    ),
    "discounted_payback_month": Term(
        "Payback, discounted", "the same, each month discounted", "down"
    ),
    "irr_share": Term(
        "Internal rate of return",
        "yearly rate at which the monthly stream since the first cost is worth nothing, if it goes "
        "live when expected; not defined if the stream turns never or more than once",
        "up",
    ),
    "loss_share": Term("Chance of a loss", "share of draws whose portfolio NPV is below 0", "down"),
    "p10_amount": Term("Low end (P10)", "portfolio NPV that 1 of 10 draws falls below", "up"),
    "p50_amount": Term("Middle of the draws", "50 % point of the portfolio's NPV", "up"),
    "p90_amount": Term("High end (P90)", "portfolio NPV that 1 of 10 draws rises above", "up"),
}
