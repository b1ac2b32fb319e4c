"""Invent one enterprise's AI portfolio and write it as CSV files: `python -m data.sample.make`.

The story is told in `story`, `portfolio`, `steering`, `models` and `texts`; `track`, `money` and
`health` turn it into days and amounts. The same story gives the same bytes on every run.
`benchmarks.csv` is not invented: it holds published figures, is kept by hand and copied unchanged.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from data.sample import health, money, people, steering, texts
from data.sample.portfolio import NOTES
from data.sample.track import LIVE, Track, dice, next_month, tracks

HERE = Path(__file__).parent

COLUMNS = {
    "initiatives": "initiative_id name description unit process goal sponsor owner success_metric "
    "baseline target actual declared_status teams engineers_fte benefit_low_amount "
    "benefit_base_amount benefit_high_amount benefit_evidence integrates_with planned_live_on",
    "deployment_status": "initiative_id stage entered_on observed_on note",
    "costs": "initiative_id month category planned_amount actual_amount",
    "benefits": "initiative_id month kind planned_amount realised_amount evidence",
    "model_metrics": "initiative_id model version metric measured_at value",
    "pipeline_runs": "platform run_id initiative_id model pipeline purpose started_at ended_at "
    "outcome url",
    "metric_targets": "metric initiative_id label kind higher_is_better amber red",
    "capabilities": "initiative_id capability assessed_on state evidence",
    "barriers": "initiative_id barrier raised_on resolved_on owner note",
    "assessments": "assessed_on respondent question team score evidence",
    "meetings": "meeting_id held_on title as_of known_at",
    "decisions": "decision_id meeting_id initiative_id question outcome rationale dissent "
    "owner due_on done_on",
}

Rows = Iterable[list[str]]


def main(folder: Path = HERE) -> None:
    """Write every table of the sample into a folder."""
    portfolio = tracks()
    tables = {
        "initiatives": initiatives(portfolio),
        "deployment_status": deployment_status(portfolio),
        "costs": costs(portfolio),
        "benefits": benefits(portfolio),
        "model_metrics": health.model_metrics(portfolio),
        "pipeline_runs": health.pipeline_runs(portfolio),
        "metric_targets": health.metric_targets(portfolio),
        "capabilities": health.capabilities(portfolio),
        "barriers": barriers(portfolio),
        "assessments": assessments(),
        "meetings": meetings(),
        "decisions": decisions(portfolio),
    }
    for name, rows in tables.items():
        write(folder / f"{name}.csv", COLUMNS[name].split(), rows)
    (folder / "benchmarks.csv").write_bytes((HERE / "benchmarks.csv").read_bytes())


def write(path: Path, columns: list[str], rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(columns)
        lines.writerows(sorted(rows))


def initiatives(portfolio: list[Track]) -> Iterator[list[str]]:
    for track in portfolio:
        sponsor, owner = people.sponsor_and_owner(track)
        yield [
            track.initiative_id,
            track.name,
            track.description,
            track.unit_name,
            *people.process_and_goal(track),
            sponsor,
            owner,
            *people.success(track),
            people.declared_status(track),
            people.teams(track),
            people.engineers(track),
            *money.benefit_case(track),
            people.systems(track),
            f"{people.planned_live_on(track) or ''}",
        ]


def deployment_status(portfolio: list[Track]) -> Iterator[list[str]]:
    """Undated steps carry a day of the same month on which somebody saw them there."""
    for track in portfolio:
        rng = dice("status", track.name)
        for step in track.steps:
            seen = step.on + timedelta(days=int(rng.integers(2, 26)))
            seen = min(seen, next_month(step.on) - timedelta(days=1))
            note = str(rng.choice(texts.STAGE_NOTES.get(step.stage, [""])))
            note = NOTES.get((track.name, step.stage), note)
            entered, observed = (step.on, "") if step.is_dated else ("", seen)
            yield [track.initiative_id, step.stage, f"{entered}", f"{observed}", note]


def costs(portfolio: list[Track]) -> Iterator[list[str]]:
    for track in portfolio:
        yield from money.cost_rows(track, people.planned_live_on(track))


def benefits(portfolio: list[Track]) -> Iterator[list[str]]:
    for track in portfolio:
        yield from money.benefit_rows(track, people.future_live_on(track))


def barriers(portfolio: list[Track]) -> Iterator[list[str]]:
    """The obstacles met in pilot work: most stalled initiatives still stand before one or two."""
    for track in portfolio:
        rng = dice("barriers", track.name)
        kinds = people.likely_barriers(track, rng)
        for raised, resolved in people.obstacles(track, rng):
            kind = kinds.pop(0)
            owner = people.barrier_owner(track, rng)
            note = str(rng.choice(texts.BARRIER_NOTES[kind]))
            yield [track.initiative_id, kind, f"{raised}", f"{resolved or ''}", owner, note]


def assessments() -> Iterator[list[str]]:
    for time, day in enumerate(steering.ASSESSMENTS):
        for respondent, (team, rosier, joined) in steering.RESPONDENTS.items():
            if joined > time:
                continue
            rng = dice("assessments", f"{day} {respondent}")
            for question, averages in steering.ANSWERS.items():
                score = round(min(max(averages[time] + rosier + rng.normal(0, 0.5), 0), 4))
                good, poor = steering.REASONS[question]
                reason = (good if score >= 3 else poor) if rng.random() < 0.4 else ""
                yield [f"{day}", respondent, question, team, f"{score}", reason]


def meetings() -> Iterator[list[str]]:
    for meeting in steering.MEETINGS:
        yield [*meeting, ""]


def decisions(portfolio: list[Track]) -> Iterator[list[str]]:
    named = {track.name: track for track in portfolio}
    for number, decision in enumerate(steering.DECISIONS, start=1):
        meeting, name, *said, owner, due, done = decision
        done = done if done[:1].isdigit() else named[name].day(done) or ""
        said += [steering.DISSENT.get(name, ""), owner, due, f"{done}"]
        yield [f"DEC-{number:03d}", meeting, named[name].initiative_id, *said]


def summary(portfolio: list[Track]) -> str:
    live = sum(track.now in LIVE for track in portfolio)
    stalled = sum(track.is_stalled for track in portfolio)
    return f"{len(portfolio)} initiatives, {live} live, {stalled} stalled in pilot work"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
    print(summary(tracks()))
