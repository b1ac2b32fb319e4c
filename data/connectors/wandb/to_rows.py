"""Say in rows of our tables what Weights & Biases holds."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from data.connectors.http import Page, Settings
from data.connectors.measured import CLOCKS_DIFFER, Measured
from data.connectors.moments import moment_of
from data.connectors.pulled import Link, Pulled, Unmapped, table

OUTCOMES = {"finished": "succeeded", "failed": "failed", "crashed": "failed"} | dict.fromkeys(
    ("killed", "preempted"), "cancelled"
)
RETRAINING = {"retrain", "retraining"}
NOT_FINITE = ("NaN", "Infinity", "-Infinity")

NO_RUN = "log files that hold no run one can read"
NO_START = "runs without a usable start"
FUTURE = "runs dated in the future"
NO_METRIC = "logged values that are texts, flags or media"
THINNED = "steps of long histories that Weights & Biases thins out"


@dataclass(frozen=True)
class Run:
    """A run, wherever it was read: what it is called, when it was, how it ended, its steps."""

    run_id: str
    project: str
    tags: tuple[str, ...]
    job_type: str
    started_at: datetime | None
    ended_at: datetime | None
    outcome: str | None
    url: str | None
    steps: list[dict]

    def tagged(self, name: str) -> str:
        """What a tag like `initiative:INI-001` says; empty without one."""
        said = (tag.partition(":") for tag in self.tags)
        return next((value.strip() for key, _, value in said if key == name), "")

    @property
    def is_retraining(self) -> bool:
        return not RETRAINING.isdisjoint({*self.tags, self.job_type})


def rows(records: list[Page], links: Mapping[str, Link], settings: Settings) -> Pulled:
    """Measurements of every mapped run, and the runs of retraining."""
    measured = Measured(moment_of(records[0]["asked_at"]) if records else datetime.min)
    left_out, unmapped, retraining = Counter(), {}, {}
    for record in records:
        if "log" in record and "run" not in record:
            left_out[NO_RUN] += 1
            continue
        run = _of_log(record) if "log" in record else _of_service(record)
        if not (link := _owner(run, links)):
            unmapped[run.project] = Unmapped("project", run.project, run.project, run.url)
            continue
        left_out[THINNED] += max(0, record.get("count_steps", 0) - len(run.steps))
        left_out[NO_METRIC] += _measure(run, link, settings.get("metrics"), measured)
        if not run.is_retraining:
            continue
        if not run.started_at:
            left_out[NO_START] += 1
        elif run.started_at > moment_of(record["asked_at"]) + CLOCKS_DIFFER:
            left_out[FUTURE] += 1
        else:
            retraining[run.project, run.run_id] = _row(run, link)
    tables = {
        "model_metrics": measured.table(),
        "pipeline_runs": table("pipeline_runs", retraining.values()),
    }
    return Pulled(tables, tuple(unmapped.values()), left_out + measured.left_out)


def _of_log(record: Page) -> Run:
    said, end = record["run"], record.get("exit")
    started_at = moment_of(said.get("start_time"))
    is_failed = end is not None and end.get("exit_code", 0)
    return Run(
        said["run_id"],
        "/".join(filter(None, (said.get("entity"), said.get("project") or "uncategorized"))),
        tuple(said.get("tags", ())),
        said.get("job_type", ""),
        started_at,
        (_last(record["history"]) or started_at) if end is not None else None,
        None if end is None else "failed" if is_failed else "succeeded",
        None,
        record["history"],
    )


def _of_service(record: Page) -> Run:
    started_at, has_ended = moment_of(record["created_at"]), record["state"] in OUTCOMES
    last_at = moment_of(record["heartbeat_at"]) or _last(record["history"]) or started_at
    return Run(
        record["id"],
        record["project"],
        tuple(record["tags"] or ()),
        record["job_type"] or "",
        started_at,
        last_at if has_ended else None,
        OUTCOMES.get(record["state"]),
        record["url"],
        record["history"],
    )


def _last(steps: list[dict]) -> datetime | None:
    return moment_of(steps[-1].get("_timestamp")) if steps else None


def _owner(run: Run, links: Mapping[str, Link]) -> Link | None:
    """Whose run it is, by its tags, else by the link of its project; the project names a model."""
    linked = links.get(run.project, Link(""))
    whose = run.tagged("initiative") or linked.initiative_id
    model = run.tagged("model") or linked.model or run.project.rpartition("/")[2]
    return Link(whose, model) if whose else None


def _measure(run: Run, link: Link, wanted: list[str] | None, measured: Measured) -> int:
    """Add what a run logged, metric by metric; how many values measure nothing."""
    series, count_others = defaultdict(lambda: ([], [])), 0
    for step in run.steps:
        for key, value in step.items():
            if key.startswith("_") or value is None or (wanted and key not in wanted):
                continue
            if _is_measure(value):
                series[key][0].append(step.get("_timestamp"))
                series[key][1].append(value)
            else:
                count_others += 1
    version = run.tagged("version") or run.run_id
    for metric, (moments_s, values) in series.items():
        measured.add(link, version, metric, moments_s, values)
    return count_others


def _is_measure(value: object) -> bool:
    """Whether a value is a number, also one that is not finite, which is written as text."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number or (isinstance(value, str) and value in NOT_FINITE)


def _row(run: Run, link: Link) -> dict:
    return {
        "platform": "wandb",
        "run_id": f"{run.project}/{run.run_id}",
        "initiative_id": link.initiative_id,
        "model": link.model,
        "pipeline": run.project,
        "purpose": "retraining",
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "outcome": run.outcome if run.ended_at else None,
        "url": run.url,
    }
