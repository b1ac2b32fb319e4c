"""The room of a meeting of an open store, without a page."""

from datetime import date

from conftest import ask

from dashboard.filters import Filters
from dashboard.steering import room, sitting
from data.access import LOCAL_OWNER
from data.store import Lens, Store

LAST_DAY = date(2026, 10, 31)


def room_of(store: Store, meeting_id: str | None = None, asked: list | None = None) -> room.Room:
    """The room of a meeting (the newest unless named); `asked` gathers every question put."""
    every = ask(store, "steering/meetings", lens=Lens(as_of=sitting.ALWAYS))
    known = sitting.meetings(every, LAST_DAY)
    meeting = {each.meeting_id: each for each in known}.get(meeting_id, known[0])

    def through(lens: Lens):
        def answer(name: str, **given):
            if asked is not None:
                asked.append(name)
            return ask(store, name, LOCAL_OWNER, lens, **given)

        return answer

    seated = sitting.seated(meeting, known, Filters(meeting.as_of, meeting.as_of))
    return room.enter(seated, through)
