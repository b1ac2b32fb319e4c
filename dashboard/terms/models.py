"""The figures about live models: how they do, and what rests on the sick ones."""

from dashboard.terms.term import Term

TERMS = {
    "count_models_live": Term(
        "Live models", "models ever measured of initiatives in production or scaled"
    ),
    "count_models_red": Term(
        "Red models",
        "models of live initiatives with a performance or service metric past its red line, "
        "measured within 30 days",
        "down",
    ),
    "count_models_unwatched": Term(
        "Stale or unmeasured",
        "live models with a kind of metric not measured for 30 days, or without any performance "
        "metric, plus live initiatives without a model",
        "down",
    ),
    "value_at_risk_amount": Term(
        "Value at risk",
        "base annual benefit / 365 × days since the model turned red without a break since; an "
        "initiative with several red models counts once, from the first that turned",
        "down",
    ),
    "sick_benefit_amount": Term(
        "Benefit on sick ones",
        "base annual benefit, a year, of live initiatives with a model that is red, "
        "stale or unmeasured, each counted once",
        "down",
    ),
}
