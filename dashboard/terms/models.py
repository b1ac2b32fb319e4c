"""The figures about live models and what rests on the sick ones, and about barriers."""

from dashboard import watermelons
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
    "held_benefit_amount": Term(
        "Benefit held, a year",
        "base annual benefit of the open initiatives the barrier stands before",
        "down",
    ),
    "held_delay_amount": Term(
        "Expected benefit, a month",
        "sum over the open initiatives the barrier stands before of chance of going live × base "
        "annual benefit / 12",
        "down",
    ),
    "held_cost_amount": Term(
        "Cost, a month, behind it",
        "sum over the same of the mean actual cost of the last three months with costs",
        "down",
    ),
    "earlier_months": Term(
        "Months earlier",
        "Aalen–Johansen median from pilot to production as it is - the median after the waiting "
        "days behind each barrier are multiplied by what is kept of them",
        "up",
    ),
    "earlier_amount": Term(
        "Worth",
        "months earlier × sum of chance of going live × base annual benefit / 12 of those still "
        "on their way",
        "up",
    ),
    "success_share": Term(
        "Success rate",
        "runs that succeeded / runs that succeeded or failed; cancelled and running ones left out; "
        "where several platforms report a model's retraining only the first of Airflow, Kubeflow, "
        "MLflow and Weights & Biases counts",
        "up",
    ),
    "computed_status": Term("Computed status", watermelons.RULE),
}
