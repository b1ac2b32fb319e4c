"""A steering meeting, and the moments it looks at: its own, and the last meeting's. Pure.

A meeting has two clocks. `as_of` is the day its figures describe; `known_at` is what had been told
by then, frozen when the meeting was closed (None: it is open, and sees all that was told until
now). What it decided and what was done is looked at on the day it was held.
"""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from dashboard import formats
from dashboard.filters import Filters

BEGINNING = date(1900, 1, 1)
"""Before anything: what a first meeting compares with."""
ALWAYS = date(9999, 12, 31)
"""The day to ask for all meetings on, those still to come too."""


@dataclass(frozen=True)
class Meeting:
    """One meeting as it is stored, its `as_of` filled in where nobody said it."""

    meeting_id: str
    title: str
    held_on: date
    as_of: date
    known_at: datetime | None = None

    @property
    def is_closed(self) -> bool:
        return self.known_at is not None

    def says(self) -> str:
        """The meeting in one line.

        >>> Meeting("M", "AI steering", date(2026, 9, 24), date(2026, 8, 31)).says()
        'AI steering, 24 Sep 2026'
        """
        return f"{self.title}, {formats.day(self.held_on)}"


@dataclass(frozen=True)
class Sitting:
    """A meeting with the one before it, through a reader's units and sponsors.

    `now` is what the meeting sees; `before` what the last meeting saw; `again` that meeting's day
    as it is known to this one (figures that differ from `before` were restated); `day` is the day
    it was held, for what was decided and done by then.
    """

    meeting: Meeting
    previous: Meeting | None
    now: Filters
    before: Filters
    again: Filters
    day: Filters

    @property
    def since(self) -> str:
        """Since when it compares, inside a sentence.

        >>> m = Meeting("M", "AI steering", date(2026, 9, 24), date(2026, 8, 31))
        >>> seated(m, [m], Filters(m.as_of, m.as_of)).since
        'the beginning'
        """
        if self.previous is None:
            return "the beginning"
        return f"the meeting of {formats.day(self.previous.held_on)}"

    def basis(self) -> str:
        """What it compares with, and why restatements may be unknown."""
        if self.previous is None:
            return "There was no meeting before this one, so changes are since the beginning."
        says = (
            f"Changes are since {self.previous.says()}, which saw the portfolio as of "
            f"{formats.day(self.previous.as_of)}"
        )
        if self.before.known_at == self.again.known_at:
            return f"{says}; it was not closed before this one, so nothing can show as restated."
        return f"{says} as known on {formats.moment(self.before.known_at)}."


def meetings(rows: pd.DataFrame, latest: date) -> list[Meeting]:
    """The meetings of an answer to `steering/meetings`, newest first.

    Where no as-of date is stored, a meeting looks at its own day, or at the latest day the data
    describe if that is earlier.
    """
    return [
        Meeting(
            row.meeting_id,
            row.title if formats.is_known(row.title) else row.meeting_id,
            row.held_on.date(),
            row.as_of.date() if formats.is_known(row.as_of) else min(row.held_on.date(), latest),
            row.known_at.to_pydatetime() if formats.is_known(row.known_at) else None,
        )
        for row in rows.itertuples()
    ]


def seated(meeting: Meeting, known: list[Meeting], chosen: Filters) -> Sitting:
    """A meeting with the one before it: the latest of `known` held before its day.

    What was told after either meeting closed is not looked at by both: the last meeting's moment
    counts where it is earlier than this one's.
    """
    earlier = [each for each in known if each.held_on < meeting.held_on]
    previous = max(earlier, key=lambda each: (each.held_on, each.meeting_id), default=None)
    then = _earlier(previous.known_at if previous else meeting.known_at, meeting.known_at)
    first = previous.as_of if previous else BEGINNING
    now = Filters(
        meeting.as_of,
        first,
        chosen.units,
        chosen.sponsors,
        chosen.stalled_days,
        meeting.known_at,
    )
    again = now.on(first)
    return Sitting(meeting, previous, now, again.known(then), again, now.on(meeting.held_on))


def _earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    known = [at for at in (first, second) if at is not None]
    return min(known, default=None)
