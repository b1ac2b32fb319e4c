"""The slides of what must be decided, one each, and of what was decided."""

from collections.abc import Iterator

import pandas as pd

from dashboard import formats
from dashboard.steering import agenda, deciding
from dashboard.steering.content import Figure, Slide, Table
from dashboard.steering.progress import listed
from dashboard.steering.room import Room

OPTIONS = {"option": "Option", "means": "What it means"}
DECIDED = {
    "name": "Initiative",
    "outcome": "Decided",
    "owner": "Owner",
    "due_on": "Due",
}


def decisions(room: Room) -> tuple[Slide, ...]:
    """A slide for each of the at most three decisions to take first, and one of those taken."""
    asked = deciding.needs(room.now("steering/required"), room.valued)
    taken = agenda.of_meeting(room.day("steering/decisions"), room.sitting)
    first = deciding.suggested(asked)
    slides = [_decision(room, need, place, asked, taken) for place, need in enumerate(first, 1)]
    return (*(slides or [_nothing(room)]), *_taken(room, taken))


def _decision(
    room: Room, need: deciding.Need, place: int, asked: list[deciding.Need], taken: pd.DataFrame
) -> Slide:
    return Slide(
        f"decision-{place}",
        need.question,
        says=(need.context, f"Recommended: {need.recommended}. {_sentence(need.because)}"),
        figures=(
            Figure("week_amount", need.week_amount),
            Figure("waiting_days", need.waiting_days),
        ),
        table=_options(need, taken),
        notes=room.notes(
            "week_amount",
            "waiting_days",
            left_out=(need.waits(), deciding.RULES, _others(asked)),
        ),
        rows={"steering/required": deciding.table(asked)},
        decides=need.initiative_id,
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _options(need: deciding.Need, taken: pd.DataFrame) -> Table:
    """What each outcome means here; the one recommended and the one taken are marked."""
    mine = taken[(taken["initiative_id"] == need.initiative_id) & taken["outcome"].notna()]
    marks = {need.recommended: " (recommended)"}
    marks |= {outcome: " (decided)" for outcome in mine["outcome"]}
    rows = [(f"{option}{marks.get(option, '')}", means) for option, means in need.options]
    return Table(pd.DataFrame(rows, columns=list(OPTIONS)), OPTIONS)


def _others(asked: list[deciding.Need]) -> str:
    waiting = len({need.initiative_id for need in asked})
    verb = "asks" if waiting == 1 else "ask"
    return (
        f"{formats.plural(waiting, 'initiative')} {verb} for a decision; the costliest stalled, "
        "gate and red one come first."
    )


def _nothing(room: Room) -> Slide:
    return Slide(
        "decision-1",
        "No decision is required: nothing is stalled, no gate is due, no model is red",
        notes=room.notes("week_amount", left_out=(deciding.RULES,)),
        rows={"steering/required": room.now("steering/required")},
    )


def _taken(room: Room, taken: pd.DataFrame) -> tuple[Slide, ...]:
    """What this meeting decided, once it has decided anything."""
    if taken.empty:
        return ()
    rows = taken.assign(outcome=taken["outcome"].fillna("not decided yet"))
    counts = taken["outcome"].fillna("put off").value_counts()
    said = formats.listed([f"{count} {outcome}" for outcome, count in counts.items()])
    return (
        Slide(
            "decided",
            f"This meeting took up {formats.plural(len(taken), 'question')}: {said}",
            table=listed(rows, DECIDED),
            notes=room.notes(left_out=tuple(_minutes(taken))),
            rows={"steering/decisions": taken},
        ),
    )


def _minutes(taken: pd.DataFrame) -> Iterator[str]:
    """Why each was decided as it was, and who did not agree."""
    for row in taken.itertuples():
        about = row.name if formats.is_known(row.name) else "No initiative in particular"
        said = [
            f"{what}{text}"
            for what, text in (("", row.rationale), ("Dissent: ", row.dissent))
            if formats.is_known(text)
        ]
        if said:
            yield f"{about}. {' '.join(said)}"
