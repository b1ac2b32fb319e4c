"""The slides on what happened since the last meeting: decisions done, worth, stages, figures."""

import pandas as pd

from dashboard import formats
from dashboard.steering import agenda, bridge
from dashboard.steering.content import Slide, Table
from dashboard.steering.room import Room
from data.tables import STAGES

ENDS_AND_PARTS = (bridge.ENDS[0], *bridge.PARTS, bridge.ENDS[1])
DONE = {
    "name": "Initiative",
    "outcome": "Decided",
    "owner": "Owner",
    "due_on": "Due",
    "done_on": "Done",
    "state": "State",
}


def last_decisions(room: Room) -> Slide:
    """Whether what was decided before has been done: who, by when, late or not."""
    rows = agenda.followed(room.day("steering/decisions"), room.sitting)
    day = formats.day(room.sitting.day.as_of)
    return Slide(
        "last-decisions",
        title(agenda.followed_finding(rows)),
        table=listed(rows.assign(outcome=rows["outcome"].map(formats.words)), DONE),
        notes=room.notes(
            "late_days",
            left_out=(f"How decisions stand is of {day}, the day of this meeting.",),
        ),
        rows={"steering/decisions": rows},
    )


def title(sentence: str) -> str:
    """A finding as a title: without its full stop."""
    return sentence.removesuffix(".")


def listed(
    rows: pd.DataFrame, labels: dict[str, str], links: str = "initiative_id"
) -> Table | None:
    """A table of rows, or none where there are none."""
    return Table(rows.reset_index(drop=True), labels, links) if len(rows) else None


def changes(room: Room) -> Slide:
    """Why the portfolio's rNPV is not what it was at the last meeting."""
    rows = room.bridge
    return Slide(
        "changes",
        agenda.bridge_finding(rows, room.sitting),
        chart=agenda.bridge_chart(rows, room.sitting),
        notes=room.notes(
            "rnpv_amount",
            *ENDS_AND_PARTS,
            left_out=(
                agenda.bridge_parts(rows),
                agenda.bridge_left_out(rows),
                room.sitting.basis(),
            ),
        ),
        rows={"steering/bridge": rows},
    )


def moves(room: Room) -> Slide:
    """Who moved to another stage, and which figures the last meeting saw otherwise."""
    rows = room.now("steering/moves", from_on=room.sitting.before.as_of)
    restated = agenda.restated(room.figures_before, room.figures_again)
    return Slide(
        "moves",
        title(agenda.moves_finding(rows, room.sitting)),
        says=(agenda.restated_finding(restated, room.sitting),) if room.has_last else (),
        table=listed(agenda.moves_shown(_furthest_first(rows)), agenda.MOVES),
        notes=room.notes(left_out=(room.sitting.basis(), *_read_otherwise(restated))),
        rows={"steering/moves": rows, "steering/restated": restated},
    )


def _furthest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Who left or went live before who began: a screen may not hold them all."""
    rank = rows["to_stage"].map(STAGES.index)
    order = rows.assign(rank=rank).sort_values(["rank", "moved_on"], ascending=False, kind="stable")
    return order.drop(columns="rank")


def _read_otherwise(restated: pd.DataFrame) -> list[str]:
    return [f"{row.label}: {row.then} then, {row.again} now." for row in restated.itertuples()]
