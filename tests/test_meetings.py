"""What a meeting records is a batch; a closed meeting shows what the room saw, whatever comes."""

from contextlib import suppress
from datetime import date, timedelta

import pandas as pd
import pytest
from conftest import A, ask, journeys, look, put
from hypothesis import given, settings
from hypothesis import strategies as some

from dashboard.filters import Filters
from dashboard.steering import sitting
from data import batches, edits, meetings, verify
from data.access import LOCAL_OWNER, Viewer
from data.errors import NotAllowed, RowsRefused
from data.store import Lens

CHAIR, ANALYST, EXECUTIVE = (Viewer(role, role) for role in ("chair", "analyst", "executive"))
HELD = date(2025, 12, 15)
WHAT_THE_ROOM_SEES = (
    "board/headline",
    "board/impact",
    "value/forecast",
    "value/overruns",
    "steering/required",
    "steering/moves",
    "steering/decisions",
)


@pytest.fixture
def room(store):
    """A store with two initiatives and a meeting to be held."""
    put(
        store,
        initiatives="""
            initiative_id  name  unit    benefit_base_amount
            a              Ada   Claims  1000
            b              Bo    Retail  2000
        """,
        deployment_status=journeys("a pilot 2025-03-01\nb production 2025-04-01"),
        costs="initiative_id month category actual_amount\na 2025-06 people 500",
    )
    return store


def held(store, viewer: Viewer = CHAIR) -> str:
    return meetings.hold(store, viewer, "Steering", HELD, date(2025, 11, 30))[1]


def decided(store, meeting_id: str, viewer: Viewer = CHAIR, **said) -> batches.Stored:
    row = {"initiative_id": "a", "outcome": "continue", "owner": "Ann"} | said
    return meetings.decide(store, viewer, meeting_id, row)


def seated(store, meeting_id: str) -> sitting.Sitting:
    rows = ask(store, "steering/meetings", lens=Lens(sitting.ALWAYS))
    known = sitting.meetings(rows, A)
    [one] = [each for each in known if each.meeting_id == meeting_id]
    return sitting.seated(one, known, Filters(A, A))


def seen(store, meeting_id: str) -> list[pd.DataFrame]:
    """All that the room of a meeting sees, through its own clocks."""
    looked = seated(store, meeting_id)
    return [
        ask(store, name, lens=(looked.day if name == "steering/decisions" else looked.now).lens())
        for name in WHAT_THE_ROOM_SEES
    ]


def same(one: list[pd.DataFrame], other: list[pd.DataFrame]) -> bool:
    return all(left.equals(right) for left, right in zip(one, other, strict=True))


STAGES = "select initiative_id, stage from standing order by 1"


def test_a_decision_is_a_batch_that_the_chair_can_take_back(room):
    meeting_id = held(room)
    stored = decided(room, meeting_id, dissent=" Bob ", due_on=date(2026, 2, 1))
    said = "select decision_id, outcome, dissent, due_on from decisions"
    assert look(room, said) == [("DEC-2025-12-15", "continue", "Bob", date(2026, 2, 1))]
    assert meetings.recorded(room, CHAIR, meeting_id) == {"DEC-2025-12-15": stored.batch_id}
    assert look(room, "select source, file_name, stored_by from batches where number = 3") == [
        ("meeting", "continue: a", "chair")
    ]
    batches.undo(room, stored.batch_id, CHAIR)
    assert look(room, said) == [] and not any(verify.differences(room).values())
    assert decided(room, meeting_id).batch_id and len(look(room, said)) == 1
    assert look(room, said)[0][0] == "DEC-2025-12-15-2"


def test_a_stop_takes_the_initiative_out_of_its_stage_and_undo_brings_it_back(room):
    meeting_id = held(room)
    stored = decided(room, meeting_id, outcome="stop")
    assert look(room, STAGES) == [("a", "stopped"), ("b", "production")]
    assert look(room, STAGES, lens=Lens(HELD - timedelta(1)))[0] == ("a", "pilot")
    assert stored.rows_stored == {"decisions": 1, "deployment_status": 1}
    again = decided(room, meeting_id, outcome="stop", question="And its data?")
    assert again.rows_stored == {"decisions": 1}
    live = decided(room, meeting_id, outcome="stop", initiative_id="b")
    assert look(room, STAGES)[1] == ("b", "retired")
    for each in (live, again, stored):
        batches.undo(room, each.batch_id, CHAIR)
    assert look(room, STAGES) == [("a", "pilot"), ("b", "production")]


def test_what_was_put_off_is_settled_by_what_is_decided_now(room):
    put(room, decisions="decision_id initiative_id question\nold a Stop?")
    meetings.decide(
        room, CHAIR, held(room), {"initiative_id": "a", "outcome": "hold"}, settles="old"
    )
    done = "select decision_id, question, outcome, done_on from decisions order by 1 desc"
    assert look(room, done) == [
        ("old", "Stop?", None, HELD),
        ("DEC-2025-12-15", None, "hold", None),
    ]


def test_two_presses_create_one_meeting_and_another_title_another(room):
    first = held(room)
    stored, again = meetings.hold(room, CHAIR, " Steering ", HELD, date(2025, 11, 30))
    assert (stored.batch_id, again) == (None, first)
    assert meetings.hold(room, CHAIR, "Of Claims", HELD, date(2025, 11, 30))[1] == f"{first}-2"
    meetings.close(room, CHAIR, first, date(2025, 11, 30))
    assert held(room) == f"{first}-3"


def test_a_question_is_answered_once_in_a_meeting_until_the_answer_is_taken_back(room):
    meeting_id = held(room)
    first = decided(room, meeting_id, question="Stop it?", outcome="hold")
    again = decided(room, meeting_id, question=" Stop it? ", outcome="hold", owner="Ann ")
    assert first.batch_id and again.batch_id is None
    for asked in ("Stop it?", " stop it? "):
        with pytest.raises(RowsRefused, match="has decided that already: hold. Take that back"):
            decided(room, meeting_id, question=asked, outcome="stop")
    decided(room, meeting_id, question="Who runs it?")
    decided(room, meeting_id, question="Stop it?", initiative_id="b")
    decided(room, meetings.hold(room, CHAIR, "Next", HELD, HELD)[1], question="Stop it?")
    batches.undo(room, first.batch_id, CHAIR)
    decided(room, meeting_id, question="Stop it?", outcome="stop")


def test_only_what_nothing_was_said_of_since_is_taken_back_by_its_batch(room):
    meeting_id = held(room)
    put(room, decisions=f"decision_id meeting_id initiative_id\nold {meeting_id} a")
    decided(room, meeting_id, initiative_id="b")
    assert set(meetings.recorded(room, CHAIR, meeting_id)) == {"DEC-2025-12-15"}
    after = meetings.hold(room, CHAIR, "Next", HELD + timedelta(7), HELD)[1]
    row = {"initiative_id": "a", "outcome": "hold"}
    settled = meetings.decide(room, CHAIR, after, row, settles="old")
    ticked = meetings.tick(room, CHAIR, {"DEC-2025-12-15": HELD}, HELD)
    assert meetings.recorded(room, CHAIR, meeting_id) == {}
    assert meetings.recorded(room, CHAIR, after) == {"DEC-2025-12-22": settled.batch_id}
    batches.undo(room, ticked.batch_id, CHAIR)
    assert set(meetings.recorded(room, CHAIR, meeting_id)) == {"DEC-2025-12-15"}


def test_done_is_ticked_and_unticked(room):
    put(room, decisions="decision_id initiative_id outcome\nold a rework")
    meetings.tick(room, CHAIR, {"old": HELD}, A)
    assert look(room, "select done_on from decisions") == [(HELD,)]
    meetings.tick(room, CHAIR, {"old": None}, A)
    assert look(room, "select done_on from decisions") == [(None,)]
    with pytest.raises(RowsRefused, match="dated after"):
        meetings.tick(room, CHAIR, {"old": date(2026, 5, 1)}, A)


def test_minutes_do_not_move_the_day_the_board_looks_at(room):
    meeting_id = meetings.hold(room, CHAIR, "Next", date(2026, 6, 1), date(2026, 5, 31))[1]
    decided(room, meeting_id)
    meetings.close(room, CHAIR, meeting_id, date(2026, 5, 31))
    assert look(room, "select as_of()") == [(A,)]


@pytest.mark.parametrize(
    "said, says",
    [
        ({"outcome": None}, "an outcome is missing"),
        ({"outcome": "wait"}, "wait is no outcome: say one of scale"),
        ({"due_on": date(2025, 12, 1)}, "before the meeting"),
    ],
)
def test_a_decision_with_a_mistake_is_refused_in_a_sentence(room, said, says):
    meeting_id, before = held(room), room.version()
    with pytest.raises(RowsRefused, match=f"{says}.*Nothing was stored"):
        decided(room, meeting_id, **said)
    before = room.version()
    with pytest.raises(RowsRefused, match="There is no meeting nope. Nothing was stored"):
        decided(room, "nope")
    with pytest.raises(RowsRefused, match="cannot see figures as of 2026-01-01"):
        meetings.hold(room, CHAIR, "Odd", HELD, date(2026, 1, 1))
    assert room.version() == before


@pytest.mark.parametrize("viewer", [ANALYST, EXECUTIVE], ids=lambda viewer: viewer.role)
def test_who_may_not_decide_records_nothing_and_takes_nothing_back(room, viewer):
    meeting_id = held(room)
    batch = decided(room, meeting_id).batch_id
    for act in (
        lambda: held(room, viewer),
        lambda: decided(room, meeting_id, viewer),
        lambda: meetings.tick(room, viewer, {"DEC-2025-12-15": HELD}, A),
        lambda: meetings.close(room, viewer, meeting_id, A),
        lambda: meetings.reopen(room, viewer, meeting_id),
        lambda: edits.keep(room, viewer, "decisions", [{"decision_id": "x"}], A, "x"),
        lambda: batches.undo(room, batch, viewer),
    ):
        with pytest.raises(NotAllowed, match="may not decide"):
            act()


def test_a_chair_of_one_unit_decides_about_that_unit_alone(room):
    meeting_id, chair = held(room), Viewer("cleo", "chair", ("Claims",))
    decided(room, meeting_id, chair)
    with pytest.raises(NotAllowed, match="may not store rows of Retail"):
        decided(room, meeting_id, chair, initiative_id="b")
    decided(room, meeting_id, initiative_id="b", outcome="stop")
    with pytest.raises(NotAllowed, match="may not store rows of Retail"):  # as if it were not there
        decided(room, meeting_id, chair, initiative_id="b")
    with pytest.raises(NotAllowed, match="no unit in particular .who sees every unit may."):
        decided(room, meeting_id, chair, initiative_id=None)


def test_a_chair_of_one_unit_neither_holds_nor_closes_what_concerns_all(room):
    meeting_id, chair = held(room), Viewer("cleo", "chair", ("Claims",))
    for act in (
        lambda: held(room, chair),
        lambda: meetings.close(room, chair, meeting_id, HELD),
        lambda: meetings.reopen(room, chair, meeting_id),
    ):
        with pytest.raises(
            NotAllowed, match="concerns every unit, and cleo sees Claims alone: ask"
        ):
            act()


def test_a_closed_meeting_records_nothing_until_it_is_opened_again(room):
    meeting_id = held(room)
    stored = meetings.close(room, CHAIR, meeting_id, date(2025, 11, 30))
    for act in (
        lambda: decided(room, meeting_id),
        lambda: meetings.close(room, CHAIR, meeting_id, A),
    ):
        with pytest.raises(RowsRefused, match="Steering is closed: reopen it"):
            act()
    assert seated(room, meeting_id).meeting.is_closed
    meetings.reopen(room, CHAIR, meeting_id)
    assert not seated(room, meeting_id).meeting.is_closed and decided(room, meeting_id).batch_id
    batches.undo(room, stored.batch_id, CHAIR)


def test_a_closed_meeting_opened_next_year_shows_what_the_room_saw(room):
    meeting_id = held(room)
    first = decided(room, meeting_id, outcome="hold", dissent="Bob")
    decided(room, meeting_id, outcome="stop", initiative_id="b")
    before = seen(room, meeting_id)
    meetings.close(room, CHAIR, meeting_id, date(2025, 11, 30))
    assert same(seen(room, meeting_id), before)
    assert len(before[-1]) == 2  # the room sees what it decided

    put(
        room,
        as_of=date(2026, 12, 31),
        initiatives="initiative_id name unit\nc Cy Claims",
        deployment_status=journeys("c pilot 2025-01-01\na stopped 2025-05-01"),
        costs="initiative_id month category actual_amount\na 2025-06 people 9000",
        complete=("initiatives",),
    )
    meetings.tick(room, CHAIR, {"DEC-2025-12-15": HELD}, A)
    batches.undo(room, first.batch_id, CHAIR)
    batches.undo(room, "1", LOCAL_OWNER)
    assert same(seen(room, meeting_id), before)
    meetings.reopen(room, CHAIR, meeting_id)
    assert not same(seen(room, meeting_id), before)


@settings(max_examples=10, deadline=None)
@given(some.lists(some.sampled_from(["put", "undo", "redo", "decide", "tick"]), max_size=5))
def test_nothing_that_happens_later_reaches_into_a_closed_meeting(anew, acts):
    with anew() as store:
        put(
            store,
            initiatives="initiative_id name unit\na Ada Claims",
            deployment_status=journeys("a pilot 2025-01-01"),
        )
        meeting_id = held(store)
        decided(store, meeting_id)
        meetings.close(store, CHAIR, meeting_id, HELD)
        before, other = seen(store, meeting_id), held(store)
        for place, act in enumerate(acts):
            undone = look(store, "select number from batches where not is_counting order by number")
            if act == "put":
                put(
                    store,
                    costs="initiative_id month category actual_amount\n"
                    f"a 2025-0{place + 1} people 7",
                )
            elif act == "decide":
                with suppress(RowsRefused):  # the other meeting may have been taken back
                    decided(store, other, outcome="stop")
            elif act == "tick":
                meetings.tick(store, CHAIR, {"DEC-2025-12-15": date(2025, 12, 10 + place)}, A)
            elif act == "undo":
                count = look(store, "select max(number) from batches where is_counting")[0][0]
                batches.undo(store, str(count), LOCAL_OWNER)
            elif undone:
                batches.redo(store, str(undone[0][0]), LOCAL_OWNER)
            if not look(
                store,
                "select 1 from meetings where known_at is not null",
                lens=Lens(sitting.ALWAYS),
            ):
                return  # the closing itself was taken back
            assert same(seen(store, meeting_id), before)
