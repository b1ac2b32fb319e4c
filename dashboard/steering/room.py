"""What a meeting looks at: itself, the one before it, and a way to ask at the clocks of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import pandas as pd

from dashboard import briefing, filters, formats, terms
from data.store import STALLED_DAYS, Lens

Ask = Callable[..., pd.DataFrame]
"""Answers a question by its name and parameters: `ask("delivery/funnel")`."""


@dataclass(frozen=True)
class Meeting:
    """A steering meeting and the two clocks its room looks through (`known_at` None: now)."""

    meeting_id: str
    title: str
    held_on: date
    as_of: date
    known_at: datetime | None = None


@dataclass(frozen=True)
class Room:
    """What the room of a meeting sees: `now` asks at its clocks, `before` at those of the last
    meeting, `restated` at the last one's day but knowing what is known now (both None: no last)."""

    meeting: Meeting
    seen: filters.Filters
    now: Ask
    last: Meeting | None = None
    before: Ask | None = None
    restated: Ask | None = None

    @cached_property
    def figures(self) -> Mapping[str, float | None]:
        """The brief's figures at the meeting's clocks."""
        return _figures(self.now)

    @cached_property
    def figures_before(self) -> Mapping[str, float | None]:
        """The brief's figures as the last meeting saw them; none without one."""
        return _figures(self.before) if self.before else {}

    @cached_property
    def figures_restated(self) -> Mapping[str, float | None]:
        """The same of the last meeting's day, by what is known now."""
        return _figures(self.restated) if self.restated else {}

    @property
    def since(self) -> str:
        """What changes are measured from: the last meeting, or the beginning without one."""
        return f"the meeting of {formats.day(self.last.held_on)}" if self.last else "the beginning"

    def clocks(self) -> str:
        """The filters and the two clocks in a sentence."""
        known = self.meeting.known_at
        told = f"as known on {formats.day(known)} at {known:%H:%M} UTC" if known else "as known now"
        return f"{self.seen.says()}, {told}."

    def notes(self, *names: str, left_out: tuple[str, ...] = ()) -> tuple[str, ...]:
        """What stands below a slide: clocks, filters, the figures' formulas, what is left out."""
        formulas = [
            f"{terms.TERMS[name].label} = {terms.formula(name, self.seen.stalled_days)}."
            for name in names
        ]
        return (self.clocks(), *formulas, *(each for each in left_out if each))


def enter(
    through: Callable[[Lens], Ask],
    meeting: Meeting,
    last: Meeting | None = None,
    stalled_days: int = STALLED_DAYS,
) -> Room:
    """The room of a meeting that comes after `last`; `through` gives a way to ask by its lens.

    Without a last meeting the figures are compared with nothing.
    """

    def look(day: date, known_at: datetime | None) -> Ask:
        return through(Lens(as_of=day, known_at=known_at, stalled_days=stalled_days))

    since = last.as_of if last else filters.default_compare(meeting.as_of, None)
    seen = filters.Filters(meeting.as_of, since, stalled_days=stalled_days)
    now = look(meeting.as_of, meeting.known_at)
    if last is None:
        return Room(meeting, seen, now)
    return Room(
        meeting,
        seen,
        now,
        last,
        before=look(last.as_of, last.known_at),
        restated=look(last.as_of, meeting.known_at),
    )


def _figures(ask: Ask) -> Mapping[str, float | None]:
    return briefing.figures(
        ask("board/headline"),
        ask("board/impact"),
        ask("delivery/time_to_production", from_stage="pilot"),
    )
