"""The one place a meeting is composed for screen, pack and tests: remembered by data version."""

import streamlit as st

from dashboard.steering import compose
from dashboard.steering.content import Briefing
from dashboard.steering.sitting import Sitting, seated
from dashboard.ui.asking import choices, chosen, store, viewer
from dashboard.ui.moving import link
from dashboard.ui.showing import nothing_yet
from dashboard.ui.steering import all_meetings, room_of
from data.access import Viewer

MEETING = "pages/steering/meeting.py"


def sitting_in_url() -> Sitting | None:
    """The meeting the URL names, else the newest; None while there is none."""
    known = {each.meeting_id: each for each in all_meetings()}
    newest = next(iter(known.values()), None)
    picked = known.get(st.query_params.get("meeting"), newest)
    return seated(picked, all_meetings(seen_by=picked), chosen()) if picked else None


def sitting_to_show() -> Sitting:
    """The same; without a meeting, or anything to meet about, says what to do and ends the page."""
    if not choices("board/units", viewer(), store().version()):
        st.title("Nothing to show yet")
        link(MEETING, "To the meeting")  # the full screen has no menu
        nothing_yet()
    sitting = sitting_in_url()
    if sitting is None:
        st.title("No meeting yet")
        st.info("There is no steering meeting to show yet.")
        link(MEETING, "Create a meeting")
        st.stop()
    st.query_params["meeting"] = sitting.meeting.meeting_id
    return sitting


def composed(sitting: Sitting, with_appendix: bool = False) -> Briefing:
    """The briefing of a meeting, as its room sees it; on demand with a slide per initiative."""
    return _composed(sitting, with_appendix, viewer(), store().version(sitting.now.known_at))


@st.cache_resource(max_entries=20, show_spinner="Composing the meeting …")
def _composed(sitting: Sitting, with_appendix: bool, who: Viewer, version: str) -> Briefing:
    return compose.briefing(room_of(sitting), with_appendix)
