"""A meeting composed once, in the order of its agenda; four renderers show it."""

from dashboard.steering import appendix, gap, progress, required, scale, worth
from dashboard.steering.content import Briefing
from dashboard.steering.room import Room


def briefing(room: Room, with_appendix: bool = False) -> Briefing:
    """Everything a meeting is shown, through its own clocks; on demand a slide per initiative."""
    meeting = room.sitting.meeting
    return Briefing(
        title=meeting.title,
        held_on=meeting.held_on,
        as_of=room.seen.as_of,
        known_at=meeting.known_at,
        filters=room.seen.says(),
        slides=(
            gap.headline(room),
            progress.last_decisions(room),
            progress.changes(room),
            progress.moves(room),
            gap.funnel(room),
            gap.costs(room),
            *required.decisions(room),
            worth.money(room),
            worth.risks(room),
            worth.benefits(room),
            scale.infrastructure(room),
            scale.sources(room),
        ),
        appendix=appendix.slides(room) if with_appendix else (),
    )
