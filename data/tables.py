"""The tables of a store: their keys, their columns, and the words they know.

One definition serves the schema's test, the views, the importer and the templates. The SQL of the
row tables is in `data/schema/002_tables.sql`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

STAGES = ("idea", "proof_of_concept", "pilot", "production", "scaled", "stopped", "retired")
BARRIERS = ("ownership", "infrastructure", "talent", "procurement_governance", "unclear_roi")
TEAMS = ("engineering", "data_science", "product", "operations", "finance")
EVIDENCE = ("claimed", "modelled", "measured", "confirmed")
CAPABILITIES = (
    "data_pipeline",
    "model_versioning",
    "automated_retraining",
    "containerized_inference",
    "model_drift_monitoring",
    "data_drift_monitoring",
    "performance_monitoring",
    "alerting",
    "application_integration",
    "decision_automation",
    "gpu_compute",
    "deployment_pipeline",
    "governance_framework",
)

KINDS = {
    "text": pa.string(),
    "list": pa.list_(pa.string()),
    "date": pa.date32(),
    "month": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "amount": pa.decimal128(18, 2),
    "number": pa.float64(),
    "flag": pa.bool_(),
}


@dataclass(frozen=True)
class Column:
    """A column: its name, what kind of value it holds, what it means, the words it may hold."""

    name: str
    kind: str
    says: str
    words: tuple[str, ...] = ()
    is_required: bool = False

    @property
    def label(self) -> str:
        """The name as people read it: `planned_live_on` is "planned live on"."""
        return self.name.replace("_", " ")


@dataclass(frozen=True)
class Table:
    """A table: its key, its columns, and what of it exists as of a day.

    `key` holds SQL expressions over the columns; none of them may be empty. `exists` is the SQL
    that says whether a row exists as of a day (`as_of()` in the views); `unknown_before` gives, for
    single columns, the SQL day before which their value was not known although the row (a plan) was
    there.
    """

    name: str
    says: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    exists: str = "true"
    unknown_before: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def key_names(self) -> tuple[str, ...]:
        """The columns its key is made of."""
        text = " ".join(self.key)
        return tuple(name for name in self.names if re.search(rf"\b{name}\b", text))

    @property
    def is_of_initiative(self) -> bool:
        return "initiative_id" in self.names and self.name != "initiatives"

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema rows must have to be committed."""
        return pa.schema([(column.name, KINDS[column.kind]) for column in self.columns])

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def _column(name: str, kind: str, says: str, words=(), is_required=False) -> Column:
    return Column(name, kind, says, tuple(words), is_required)


def _key(name: str, kind: str, says: str, words=()) -> Column:
    return Column(name, kind, says, tuple(words), is_required=True)


INITIATIVE = _key("initiative_id", "text", "which initiative")

_ALL = (
    Table(
        "initiatives",
        "what the organization has set out to do with AI, one row each",
        ("initiative_id",),
        (
            _key("initiative_id", "text", "a short identifier that never changes"),
            _key("name", "text", "what people call it"),
            _column("description", "text", "what it does"),
            _column("unit", "text", "the business unit that answers for it", is_required=True),
            _column("process", "text", "the business process it changes"),
            _column("goal", "text", "the strategic goal it serves"),
            _column("sponsor", "text", "the executive who wants it"),
            _column("owner", "text", "who answers for it day to day"),
            _column("success_metric", "text", "how its success is measured"),
            _column("baseline", "number", "the metric before"),
            _column("target", "number", "the metric hoped for"),
            _column("actual", "number", "the metric now"),
            _column("declared_status", "text", "what its owner says", ("green", "amber", "red")),
            _column("teams", "list", "the teams that take part", TEAMS),
            _column("engineers_fte", "number", "engineers at work on it, in full-time equivalents"),
            _column("benefit_low_amount", "amount", "benefit a year once live, cautious"),
            _column("benefit_base_amount", "amount", "benefit a year once live, expected"),
            _column("benefit_high_amount", "amount", "benefit a year once live, hopeful"),
            _column("benefit_evidence", "text", "what the benefit rests on", EVIDENCE),
            _column("integrates_with", "list", "the applications it feeds"),
            _column("planned_live_on", "date", "the day it was promised to go live"),
        ),
    ),
    Table(
        "deployment_status",
        "which stage an initiative entered when, or where it was seen",
        ("initiative_id", "stage", "coalesce(entered_on, observed_on)"),
        (
            INITIATIVE,
            _key("stage", "text", "the stage entered", STAGES),
            _column("entered_on", "date", "the day it entered, empty when unknown"),
            _column("observed_on", "date", "the day somebody saw it there"),
            _column("note", "text", "a remark"),
        ),
        exists="coalesce(entered_on, observed_on) <= as_of()",
    ),
    Table(
        "costs",
        "planned and actual costs, by month and category",
        ("initiative_id", "month", "category"),
        (
            INITIATIVE,
            _key("month", "month", "the month, as its first day"),
            _key(
                "category",
                "text",
                "what it was spent on",
                ("people", "compute", "licences", "data", "integration", "other"),
            ),
            _column("planned_amount", "amount", "planned cost of that month"),
            _column("actual_amount", "amount", "actual cost of that month"),
        ),
        unknown_before={"actual_amount": "month"},
    ),
    Table(
        "benefits",
        "planned and realised benefits, by month and kind",
        ("initiative_id", "month", "kind"),
        (
            INITIATIVE,
            _key("month", "month", "the month, as its first day"),
            _key(
                "kind",
                "text",
                "what kind of benefit",
                ("cost_saving", "revenue", "risk_avoided", "capacity"),
            ),
            _column("planned_amount", "amount", "planned benefit of that month"),
            _column("realised_amount", "amount", "realised benefit of that month"),
            _column("evidence", "text", "what the figure rests on", EVIDENCE),
        ),
        unknown_before={"realised_amount": "month", "evidence": "month"},
    ),
    Table(
        "model_metrics",
        "what was measured of a model",
        ("initiative_id", "model", "version", "metric", "measured_at"),
        (
            INITIATIVE,
            _key("model", "text", "the model's name"),
            _key("version", "text", "the model's version"),
            _key("metric", "text", "what was measured"),
            _key("measured_at", "timestamp", "when, in UTC"),
            _column("value", "number", "the value", is_required=True),
        ),
        exists="measured_at::date <= as_of()",
    ),
    Table(
        "pipeline_runs",
        "runs of retraining and data pipelines",
        ("platform", "run_id"),
        (
            _key("platform", "text", "the platform that ran it"),
            _key("run_id", "text", "the run's name there"),
            INITIATIVE,
            _column("model", "text", "the model it retrains, if it is about one"),
            _column("pipeline", "text", "the pipeline it is a run of", is_required=True),
            _column("purpose", "text", "what it is for", ("retraining", "data"), True),
            _column("started_at", "timestamp", "when it started, in UTC", is_required=True),
            _column("ended_at", "timestamp", "when it ended, in UTC; empty while it runs"),
            _column("outcome", "text", "how it ended", ("succeeded", "failed", "cancelled")),
            _column("url", "text", "where it can be seen"),
        ),
        exists="started_at::date <= as_of()",
        unknown_before={"ended_at": "ended_at::date", "outcome": "ended_at::date"},
    ),
    Table(
        "metric_targets",
        "when a metric turns amber and red",
        ("metric", "coalesce(initiative_id, '')"),
        (
            _key("metric", "text", "the metric"),
            _column("initiative_id", "text", "for this initiative alone; empty: for all"),
            _column("label", "text", "the metric's name on screen"),
            _column(
                "kind",
                "text",
                "what it watches",
                ("performance", "model_drift", "data_drift", "service"),
                is_required=True,
            ),
            _column("higher_is_better", "flag", "whether more is better", is_required=True),
            _column("amber", "number", "past this line it is amber"),
            _column("red", "number", "past this line it is red"),
        ),
    ),
    Table(
        "capabilities",
        "what an initiative has of what production needs",
        ("initiative_id", "capability", "assessed_on"),
        (
            INITIATIVE,
            _key("capability", "text", "the capability", CAPABILITIES),
            _key("assessed_on", "date", "the day of the assessment"),
            _column("state", "text", "what is there", ("missing", "partial", "in_place"), True),
            _column("evidence", "text", "how we know"),
        ),
        exists="assessed_on <= as_of()",
    ),
    Table(
        "barriers",
        "what holds an initiative back, since when, until when",
        ("initiative_id", "barrier", "raised_on"),
        (
            INITIATIVE,
            _key("barrier", "text", "the barrier", BARRIERS),
            _key("raised_on", "date", "since when"),
            _column("resolved_on", "date", "until when, empty while it stands"),
            _column("owner", "text", "who must act"),
            _column("note", "text", "a remark"),
        ),
        exists="raised_on <= as_of()",
        unknown_before={"resolved_on": "resolved_on"},
    ),
    Table(
        "assessments",
        "answers of the readiness questionnaire",
        ("assessed_on", "respondent", "question"),
        (
            _key("assessed_on", "date", "the day of the assessment"),
            _key("respondent", "text", "who answered"),
            _key("question", "text", "the question, as step and number"),
            _column("team", "text", "the respondent's team"),
            _column("score", "number", "the answer, 0 to 4", is_required=True),
            _column("evidence", "text", "what the answer rests on"),
        ),
        exists="assessed_on <= as_of()",
    ),
    Table(
        "meetings",
        "the steering meetings",
        ("meeting_id",),
        (
            _key("meeting_id", "text", "a short identifier"),
            _column("held_on", "date", "the day it was held", is_required=True),
            _column("title", "text", "its title"),
            _column("as_of", "date", "the as-of date the room saw"),
            _column("known_at", "timestamp", "what the room could know, in UTC"),
        ),
        exists="held_on <= as_of()",
    ),
    Table(
        "decisions",
        "what a meeting decided, who does it, by when",
        ("decision_id",),
        (
            _key("decision_id", "text", "a short identifier"),
            _column("meeting_id", "text", "the meeting"),
            _column("initiative_id", "text", "the initiative, if it is about one"),
            _column("question", "text", "what had to be decided"),
            _column(
                "outcome",
                "text",
                "what was decided",
                ("scale", "continue", "rework", "hold", "stop"),
            ),
            _column("rationale", "text", "why"),
            _column("dissent", "text", "who did not agree, and why"),
            _column("owner", "text", "who does it"),
            _column("due_on", "date", "by when"),
            _column("done_on", "date", "when it was done"),
        ),
        unknown_before={"done_on": "done_on"},
    ),
    Table(
        "benchmarks",
        "published figures to compare with",
        ("benchmark_id",),
        (
            _key("benchmark_id", "text", "a short identifier"),
            _column("label", "text", "what it says", is_required=True),
            _column("figure", "number", "the figure", is_required=True),
            _column("measured_in", "text", "what the figure is", ("share", "months")),
            _column(
                "counts_what",
                "text",
                "what it counts",
                ("projects", "proofs of concept", "organizations", "forecast"),
            ),
            _column("from_stage", "text", "from which stage", STAGES),
            _column("to_stage", "text", "to which stage", STAGES),
            _column("publisher", "text", "who published it"),
            _column("year", "number", "when"),
            _column("sample", "text", "how many were asked"),
            _column("url", "text", "where it can be read"),
            _column("grade", "text", "how close to the source", ("primary", "second-hand")),
            _column("is_disputed", "flag", "whether it is disputed"),
            _column("note", "text", "a remark"),
        ),
    ),
)

TABLES = {table.name: table for table in _ALL}
