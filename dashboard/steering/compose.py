"""A meeting composed once, in the order of its agenda; four renderers show it."""

from dashboard.steering import gap, scale, worth
from dashboard.steering.content import Briefing
from dashboard.steering.room import Room

AGENDA = (
    gap.headline,
    gap.funnel,
    gap.costs,
    worth.money,
    worth.risks,
    worth.benefits,
    scale.infrastructure,
    scale.sources,
)


def briefing(room: Room) -> Briefing:
    """Everything a meeting is shown, through its own clocks."""
    meeting = room.sitting.meeting
    return Briefing(
        title=meeting.title,
        held_on=meeting.held_on,
        as_of=room.seen.as_of,
        known_at=meeting.known_at,
        filters=room.seen.says(),
        slides=tuple(slide(room) for slide in AGENDA),
    )
