"""The figures of the board and of delivery: who crosses, who waits, and what that costs."""

from dashboard.terms.term import Term

_STALLED = (
    "open, and in the current stage for more than {stalled_days} days (unknown days do not count)"
)

TERMS = {
    "pilot_to_production_share": Term(
        "Pilots gone live",
        "initiatives that ever reached production / initiatives that ever reached pilot, "
        "as reported",
        "up",
    ),
    "lost_share": Term(
        "Lost share",
        "lost / (lost + ever reached production); lost = stopped, "
        "or retired without having been live",
        "down",
    ),
    "count_initiatives": Term(
        "Initiatives", "initiatives with at least one status row by the as-of date"
    ),
    "count_open": Term("Open", "current stage idea, proof of concept or pilot"),
    "count_live": Term("Live", "current stage production or scaled", "up"),
    "count_lost": Term(
        "Lost", "stopped, or retired without ever having reached production", "down"
    ),
    "count_in_pilot_work": Term("In pilot work", "current stage proof of concept or pilot"),
    "count_reached_pilot": Term("Reached pilot", "furthest stage ever entered is pilot or later"),
    "count_reached_production": Term(
        "Reached production", "furthest stage ever entered is production or scaled", "up"
    ),
    "stalled_share": Term(
        "Pilot work stalled",
        "initiatives in proof of concept or pilot that are stalled / all in them; "
        f"stalled = {_STALLED}",
        "down",
    ),
    "count_stalled_pilots": Term(
        "Stalled in pilot work", f"in proof of concept or pilot, and stalled: {_STALLED}", "down"
    ),
    "waiting_benefit_amount": Term(
        "Benefit waiting, a year",
        "sum of base annual benefit of the initiatives stalled in pilot work",
        "down",
    ),
    "median_stalled_days": Term(
        "Median time in stage",
        "median days in the current stage of those stalled in pilot work",
        "down",
    ),
    "median_slip_days": Term(
        "Median slip",
        "median of as-of date - planned live date, "
        "of those stalled in pilot work whose date has passed",
        "down",
    ),
    "stalled_fte_share": Term(
        "Engineers stuck",
        "engineers (FTE) on stalled initiatives / engineers on all open ones; "
        f"stalled = {_STALLED}",
        "down",
    ),
    "stalled_fte": Term(
        "Engineers (FTE) on stalled work",
        "sum of engineers (FTE) of stalled open initiatives",
        "down",
    ),
    "idle_engineer_months": Term(
        "Engineer-months without result",
        "engineers (FTE) × months from first dated row to exit or as-of date, "
        "summed over initiatives now lost or stalled",
        "down",
    ),
    "live_in_year_share": Term(
        "Live in 12 months",
        "Aalen–Johansen cumulative incidence of going live, 12 × 30.4375 days after the first "
        "dated entry into pilot, with exits as competing events and those still waiting counted "
        "until the as-of date",
        "up",
    ),
    "at_risk_benefit_amount": Term(
        "Benefit resting on sand, a year",
        "sum of base annual benefit of live initiatives whose model is red, "
        "not measured for 30 days, or without an owner",
        "down",
    ),
    "count_at_risk": Term(
        "Live on sand",
        "live initiatives with a red or unmeasured model, or without an owner",
        "down",
    ),
    "count_live_red": Term(
        "With a red model", "a performance or service metric is past its red line", "down"
    ),
    "count_live_unmeasured": Term(
        "Not measured for 30 days",
        "no metric of any of its models within 30 days of the as-of date",
        "down",
    ),
    "count_live_ownerless": Term("Without an owner", "live, and no owner is named", "down"),
    "stuck_spend_share": Term(
        "Spend stuck",
        "actual cost to date of initiatives lost or stalled / all actual cost to date",
        "down",
    ),
    "stuck_amount": Term(
        "Spent on lost or stalled work",
        "actual cost to date of initiatives lost or stalled",
        "down",
    ),
    "spent_amount": Term("Spent to date", "sum of actual costs of months up to the as-of date"),
    "reached_production_amount": Term(
        "Spend that reached production",
        "actual cost to date of initiatives that ever reached production",
        "up",
    ),
    "sunk_amount": Term(
        "Sunk in lost initiatives", "actual cost to date of lost initiatives", "down"
    ),
    "median_live_days": Term(
        "Median time to production",
        "first day on which the Aalen–Johansen share of live initiatives reaches one half",
        "down",
    ),
    "naive_median_days": Term(
        "Median of finishers only",
        "median days of those that went live; leaves out everybody who still waits or gave up",
        "down",
    ),
    "cost_of_delay_amount": Term(
        "Cost of delay, a month",
        "chance of going live × base annual benefit / 12; chance = (live + 10 × prior) / "
        "(finished + 10) among those that reached the stage; "
        "priors: idea 15 %, proof of concept 25 %, pilot 48 %",
        "down",
    ),
    "monthly_cost_amount": Term(
        "Cost, a month", "mean actual cost of the last three months with costs", "down"
    ),
    "benefit_base_amount": Term(
        "Benefit, a year", "base annual benefit once live, as estimated", "up"
    ),
    "live_share": Term(
        "Chance of going live",
        "(live + 10 × prior) / (finished + 10) among those that reached the stage; live ones 100 %",
        "up",
    ),
    "days_in_stage": Term(
        "In this stage", "as-of date - day the current stage was entered", "down"
    ),
    "slip_days": Term("Slip", "as-of date - planned live date, once that has passed", "down"),
    "engineers_fte": Term("Engineers (FTE)", "engineers at work on it, in full-time equivalents"),
    "next_share": Term(
        "Reached the next stage", "reached the next stage / reached this one, as reported", "up"
    ),
}
