"""The slides on what carries production, and on what all figures rest on."""

import json

import pandas as pd

from dashboard import formats, layers, readiness
from dashboard.steering.content import Chart, Series, Slide, Table
from dashboard.steering.room import Room
from dashboard.steps import STEPS


def infrastructure(room: Room) -> Slide:
    """How far each of the five steps is, now and at the last meeting, and the weakest layer."""
    actions, things = room.now("readiness/actions"), room.now("readiness/layers")
    now = readiness.latest(actions)
    return Slide(
        "steps",
        _weakest(now),
        says=(
            layers.finding(layers.of(things, "live"), "live"),
            *_next(now),
        ),
        chart=_steps_chart(room, now),
        notes=room.notes("step_share", "layer_share", left_out=(readiness.BASIS,)),
        rows={"readiness/actions": actions, "readiness/layers": things},
    )


def _weakest(now: pd.DataFrame) -> str:
    known = {step: readiness.mean(step, now) for step in STEPS}
    known = {step: share for step, share in known.items() if share is not None}
    if not known:
        return (
            "How scalable the infrastructure is cannot be said: nothing open or live was assessed"
        )
    low = min(known, key=known.get)
    return (
        f"Scalable infrastructure rather than isolated pilots: step {low.number}, {low.name}, "
        f"is the weakest at {formats.share(known[low])}"
    )


def _next(now: pd.DataFrame) -> tuple[str, ...]:
    known = [step for step in STEPS if readiness.mean(step, now) is not None]
    if not known:
        return ()
    return (readiness.next_thing(min(known, key=lambda step: readiness.mean(step, now)), now),)


def _steps_chart(room: Room, now: pd.DataFrame) -> Chart:
    series = [Series("now", tuple(readiness.mean(step, now) for step in STEPS))]
    if room.has_last:
        then = readiness.latest(room.before("readiness/actions"))
        shares = tuple(readiness.mean(step, then) for step in STEPS)
        series.append(Series(f"at {room.sitting.since}", shares, "before"))
    names = tuple(f"{step.number} {step.name}" for step in STEPS)
    return Chart("bar", names, tuple(series), "share", "of the way")


def sources(room: Room) -> Slide:
    """What the figures rest on: what was brought in, and what is left out."""
    rows = brought_in(room.now("sources/batches"))
    now = room.figures
    return Slide(
        "sources",
        _rests_on(rows, now),
        says=(f"{room.seen.says()}.", *room.basis()),
        table=Table(rows, _SOURCES) if len(rows) else None,
        notes=room.notes("count_initiatives", "count_open", "count_live", "count_lost"),
        rows={"sources/batches": room.now("sources/batches")},
    )


_SOURCES = {
    "source": "Source",
    "count_batches": "Batches",
    "count_rows": "Rows",
    "as_of_on": "Latest day it describes",
    "stored_on": "Last brought in",
}


def brought_in(batches: pd.DataFrame) -> pd.DataFrame:
    """The counting batches by where they came from: how many, their rows, the latest day."""
    counting = batches[batches["is_counting"].astype(bool)]
    counts = [_rows_of(text) for text in counting["row_counts"]]
    grouped = counting.assign(count_rows=counts).groupby("source")
    found = grouped.agg(
        count_batches=("number", "count"),
        count_rows=("count_rows", "sum"),
        as_of_on=("as_of", "max"),
        stored_on=("stored_at", "max"),
    ).reset_index()
    return found.assign(source=found["source"].map(formats.words))


def _rows_of(text: str) -> int:
    return sum(json.loads(text).values())


def _rests_on(rows: pd.DataFrame, now) -> str:
    what = f"The figures rest on {formats.plural(now['count_initiatives'], 'initiative')}"
    if rows.empty:
        return what
    return f"{what} in {formats.plural(rows['count_batches'].sum(), 'batch', 'batches')}"
