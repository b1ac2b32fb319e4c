"""One initiative, in words."""

from collections.abc import Mapping

import pandas as pd

from dashboard import connecting, formats, models

TERMS = (
    "live_share",
    "cost_of_delay_amount",
    "benefit_base_amount",
    "days_in_stage",
    "engineers_fte",
)
BARRIERS = {
    "barrier": "Barrier",
    "raised_on": "Since",
    "resolved_on": "Until",
    "standing_days": "Days",
    "owner": "Must act",
    "note": "Note",
}
DECISIONS = {
    "held_on": "Meeting",
    "outcome": "Decided",
    "question": "Question",
    "rationale": "Why",
    "dissent": "Dissent",
    "owner": "Owner",
    "due_on": "Due",
    "done_on": "Done",
}
MODELS = {
    "model": "Model",
    "version": "Version",
    "label": "Metric",
    "value": "Latest",
    "state": "State",
    "measured_on": "Measured",
    "source": "From",
}
LAYERS = {
    "capability": "Capability",
    "state": "State",
    "assessed_on": "Assessed",
    "evidence": "Evidence",
}
_RECORD = {
    "unit": "Unit",
    "process": "Business process",
    "goal": "Strategic goal",
    "sponsor": "Sponsor",
    "owner": "Owner",
    "teams": "Teams",
    "success_metric": "Success metric",
    "baseline": "Baseline",
    "target": "Target",
    "actual": "Actual",
    "declared_status": "Declared status",
    "integrates_with": "Integrates with",
    "benefit_low_amount": "Benefit a year, low",
    "benefit_base_amount": "Benefit a year, base",
    "benefit_high_amount": "Benefit a year, high",
    "benefit_evidence": "Benefit rests on",
    "planned_live_on": "Planned live",
}


def standing(one: Mapping) -> str:
    """Where it stands, since when, whether that is stalling, how far its promise has slipped."""
    if not formats.is_known(one["stage"]):
        return "It has no stage by this day."
    since = (
        f"since {formats.day(one['entered_on'])} ({formats.days(one['days_in_stage'])})"
        if formats.is_known(one["entered_on"])
        else f"since an unknown day (seen there on {formats.day(one['seen_on'])})"
    )
    state = "stalled, " if one["is_stalled"] else ""
    says = f"{one['unit']}; {state}{formats.at_stage(one['stage'])} {since}"
    planned = one["planned_live_on"]
    if one["is_open"] and formats.is_known(planned):
        says += f"; promised live on {formats.day(planned)}"
    return says + "."


def figures(one: Mapping) -> dict[str, float | None]:
    """The four figures at the top, by name."""
    names = ("benefit_base_amount", "live_share", "cost_of_delay_amount", "engineers_fte")
    return {name: formats.finite(one[name]) for name in names}


def undated(timeline: pd.DataFrame) -> str:
    """Which of its stages have no entry date."""
    stages = timeline.loc[timeline["entered_on"].isna(), "stage"].map(formats.words)
    return (
        f"Entry date unknown, drawn where it was seen: {formats.listed(list(stages))}."
        if len(stages)
        else ""
    )


def record(one: Mapping) -> str:
    """Every stored field that is known, as a table in Markdown."""
    lines = ["| Field | Value |", "|---|---|"]
    for name, label in _RECORD.items():
        text = _written(name, one[name])
        if text:
            lines.append(f"| {label} | {formats.plain(text)} |")
    return "\n".join(lines)


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with stored words as people read them."""
    words = {"barrier", "capability", "state", "stage", "outcome"} & set(rows.columns)
    if "metric" in rows:
        source = rows["source"].map(connecting.label)
        return rows.assign(state=rows["state"].map(models.SIGNS), source=source)
    return rows.assign(**{name: rows[name].map(formats.words) for name in words})


def _written(name: str, stored: object) -> str:
    if hasattr(stored, "__len__") and not isinstance(stored, str):
        return formats.listed([formats.words(item) for item in stored])
    if not formats.is_known(stored):
        return ""
    if name.endswith(("_amount", "_on")):
        return formats.value(name, stored)
    return (
        formats.words(stored)
        if name == "benefit_evidence"
        else f"{stored:g}"
        if isinstance(stored, float)
        else str(stored)
    )
