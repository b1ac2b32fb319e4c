"""The figures of readiness: layers, the five steps, the assessment."""

from dashboard.terms.term import Term

_MEAN = "mean over open and live initiatives of "
_STATE = (
    "(missing 0, partial 0.5, in place 1; not assessed counts 0; not defined if none is assessed)"
)

TERMS = {
    "action_1_1_share": Term(
        "1.1 Processes", f"{_MEAN}1 where a business process is named, else 0", "up"
    ),
    "action_1_2_share": Term(
        "1.2 Outcomes", f"{_MEAN}1 where a success metric and its target are given, else 0", "up"
    ),
    "action_1_3_share": Term(
        "1.3 Goals", f"{_MEAN}1 where a strategic goal is named, else 0", "up"
    ),
    "action_2_1_share": Term("2.1 Data pipelines", f"{_MEAN}data pipeline {_STATE}", "up"),
    "action_2_2_share": Term("2.2 Compute", f"{_MEAN}GPU compute {_STATE}", "up"),
    "action_2_3_share": Term(
        "2.3 Deployment pipelines", f"{_MEAN}deployment pipeline {_STATE}", "up"
    ),
    "action_3_1_share": Term("3.1 Retraining", f"{_MEAN}automated retraining {_STATE}", "up"),
    "action_3_2_share": Term("3.2 Versions", f"{_MEAN}model versioning {_STATE}", "up"),
    "action_3_3_share": Term(
        "3.3 Monitoring",
        f"{_MEAN}the mean of model drift monitoring, performance monitoring and alerting {_STATE}",
        "up",
    ),
    "action_4_1_share": Term(
        "4.1 Integration",
        f"{_MEAN}1 where an application it feeds is named, else application integration {_STATE}",
        "up",
    ),
    "action_4_2_share": Term(
        "4.2 Measured",
        "live initiatives with a model metric within 30 days of the day / live initiatives",
        "up",
    ),
    "action_4_3_share": Term(
        "4.3 Automated decisions", f"{_MEAN}decision automation {_STATE}", "up"
    ),
    "action_5_1_share": Term("5.1 Governance", f"{_MEAN}governance framework {_STATE}", "up"),
    "action_5_2_share": Term(
        "5.2 Performance and ROI",
        f"{_MEAN}1 where an actual cost, a realised benefit and a model metric are on record, "
        "else 0",
        "up",
    ),
    "action_5_3_share": Term("5.3 Scaled", "scaled / live initiatives", "up"),
    "step_share": Term(
        "Step score",
        "mean of the step's three actions, beside its weakest; an action that is not defined "
        "is left out",
        "up",
    ),
    "output_1a_share": Term(
        "1a Use cases",
        "open and live initiatives with a description, a process and a goal / all of them",
        "up",
    ),
    "output_1b_share": Term(
        "1b Success metrics",
        "open and live initiatives with a success metric, its baseline and its target / all",
        "up",
    ),
    "output_2a_share": Term(
        "2a Infrastructure",
        "live initiatives with data pipeline and deployment pipeline in place / live initiatives",
        "up",
    ),
    "output_2b_share": Term(
        "2b Training and inference",
        "live initiatives with GPU compute and containerized inference in place / live initiatives",
        "up",
    ),
    "output_3a_share": Term(
        "3a Repeated deployment",
        "live initiatives of which a model was measured in more than one version / "
        "live initiatives",
        "up",
    ),
    "output_3b_share": Term(
        "3b Stable systems",
        "live initiatives without a red model and measured within 30 days / live initiatives",
        "up",
    ),
    "output_4a_share": Term(
        "4a AI-driven processes",
        "business processes with a live initiative whose decision automation is in place / "
        "business processes named by open and live initiatives",
        "up",
    ),
    "output_4b_share": Term(
        "Measurably improved",
        "live initiatives whose actual value has moved from the baseline towards the target / "
        "live initiatives (those not measured count as no)",
        "up",
    ),
    "output_5a_share": Term(
        "5a Maturity",
        "units with a live initiative whose governance framework is in place / "
        "units with open or live initiatives",
        "up",
    ),
    "output_5b_share": Term(
        "5b Predictable",
        "live at most 30 days after the promised day / live initiatives that first went live "
        "within 365 days of the day and had a promised day",
        "up",
    ),
    "layer_share": Term(
        "Layer score",
        "mean over the layer's capabilities and the initiatives shown: missing 0, partial 0.5, "
        "in place 1; not assessed counts 0; cross-functional teams: share of the five present",
        "up",
    ),
    "unblocked_benefit_amount": Term(
        "Benefit it would unblock, a year",
        "sum over open, assessed initiatives that lack it (missing, partial or not assessed) of "
        "base annual benefit / number of the 13 capabilities that initiative lacks",
        "up",
    ),
    "readiness": Term(
        "Readiness, 0 to 4",
        "per step the mean of its answers, 0 to 4; overall the mean of the steps",
        "up",
    ),
    "gap_share": Term(
        "Agreement gap",
        "self-assessed score / 4 - computed step score (mean of its three actions)",
    ),
}
