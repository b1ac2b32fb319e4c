"""A slide per initiative, for those who want to look one up: a few questions for all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard import formats, returns
from dashboard.steering.content import Chart, Figure, Series, Slide, Table
from dashboard.steering.room import Room
from dashboard.steering.sitting import BEGINNING

FIGURES = (
    "spent_amount",
    "realised_amount",
    "benefit_base_amount",
    "live_share",
    "cost_of_delay_amount",
)
STAGES = {"to_stage": "Stage", "moved_on": "Since"}
MONTHS = 24


@dataclass(frozen=True)
class _Answers:
    """What is known of all initiatives, by their identifier."""

    returned: Mapping[str, dict]
    moves: Mapping[str, pd.DataFrame]
    cash: Mapping[str, pd.DataFrame]


def slides(room: Room) -> tuple[Slide, ...]:
    """A slide per initiative, by unit and name."""
    rows = room.now("portfolio/initiatives").sort_values(["unit", "name", "initiative_id"])
    known = _answers(room)
    notes = room.notes(*FIGURES)
    return tuple(_each(rows, known, notes))


def _answers(room: Room) -> _Answers:
    back = returns.each(room.now("value/returns"))
    moves = room.now("steering/moves", from_on=BEGINNING)
    moves = moves.assign(to_stage=moves["to_stage"].map(formats.words))
    return _Answers(
        {row["initiative_id"]: row for row in back.to_dict("records")},
        dict(iter(moves.groupby("initiative_id"))),
        dict(iter(room.now("value/cash").groupby("initiative_id"))),
    )


def _each(rows: pd.DataFrame, known: _Answers, notes: tuple[str, ...]) -> Iterator[Slide]:
    for row in rows.to_dict("records"):
        key = row["initiative_id"]
        facts = row | {"realised_amount": known.returned[key]["realised_amount"]}
        yield Slide(
            f"initiative-{key}",
            _title(row),
            says=tuple(_says(row)),
            figures=tuple(Figure(name, formats.finite(facts[name])) for name in FIGURES),
            chart=_money(known.cash.get(key)),
            table=_timeline(known.moves.get(key)),
            notes=notes,
            rows={"portfolio/initiatives": rows[rows["initiative_id"] == key]},
        )


def _title(row: Mapping) -> str:
    """Its name and how it stands."""
    if not row["has_stage"]:
        return f"{row['name']}: no stage by this day"
    stage = formats.words(row["stage"])
    known = formats.is_known(row["days_in_stage"])
    since = f" for {formats.days(row['days_in_stage'])}" if known else ", since an unknown day"
    return f"{row['name']}: {'stalled, ' if row['is_stalled'] else ''}{stage}{since}"


def _says(row: Mapping) -> Iterator[str]:
    who = [str(row["unit"])]
    who += [
        f"{role} {row[role]}" if formats.is_known(row[role]) else f"no {role}"
        for role in ("owner", "sponsor")
    ]
    yield f"{'; '.join(who)}."
    held = formats.listed([formats.words(barrier) for barrier in row["barriers"]])
    if held:
        yield f"Held by {held}."
    if row["is_open"] and formats.is_known(row["planned_live_on"]):
        late = formats.is_known(row["slip_days"])
        slip = f", {formats.days(row['slip_days'])} ago" if late else ""
        yield f"Promised live on {formats.day(row['planned_live_on'])}{slip}."


def _timeline(moves: pd.DataFrame | None) -> Table | None:
    if moves is None:
        return None
    return Table(moves.sort_values("moved_on", kind="stable").reset_index(drop=True), STAGES)


def _money(cash: pd.DataFrame | None) -> Chart | None:
    """What came back less what was spent, added up month by month, over its last two years."""
    if cash is None or len(cash) < 2:
        return None
    net = (cash["benefit_amount"].astype(float) - cash["cost_amount"].astype(float)).cumsum()
    months = tuple(f"{month:%b %Y}" for month in pd.to_datetime(cash["month"]))
    series = Series("returned less spent", tuple(net)[-MONTHS:])
    return Chart("line", months[-MONTHS:], (series,), "amount", "added up")
