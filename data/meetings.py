"""The minutes of steering meetings: held, decided, done, closed, each a batch like any other.

A meeting is open until it is closed. Closing freezes its two clocks: opened next year, it shows
what the room saw, whatever was stored, undone or removed since.
"""

from collections.abc import Mapping
from datetime import date
from itertools import chain, count

import duckdb

from data import batches, edits
from data.access import SYSTEM, Viewer
from data.errors import NotAllowed, RowsRefused
from data.ledger import Origin
from data.store import Lens, Store

SOURCE = "meeting"
ASKED = ("initiative_id", "question")
ANSWER = ("outcome", "rationale", "dissent", "owner", "due_on")
_NOTHING = "Nothing was stored."


def may_convene(viewer: Viewer) -> bool:
    """Whether the viewer may put down, close and reopen meetings: they concern every unit."""
    return viewer.may("decide") and viewer.sees_every_unit


def hold(
    store: Store, viewer: Viewer, title: str, held_on: date, as_of: date
) -> tuple[batches.Stored, str]:
    """Put a meeting down; its identifier is made from its day. An open one of the same title and
    days is there already: nothing is stored. Raises NotAllowed, RowsRefused.
    """
    _must_convene(viewer)
    if as_of > held_on:
        raise RowsRefused(
            f"A meeting on {held_on} cannot see figures as of {as_of}, a later day. {_NOTHING}"
        )
    with store.writing() as cursor:
        there = cursor.execute(
            """
            select meeting_id from meetings_current
            where title = $title and held_on = $held_on and as_of = $as_of and known_at is null
            """,
            {"title": _told(title), "held_on": held_on, "as_of": as_of},
        ).fetchall()
        if there:
            return batches.Stored(None, {}, {}), there[0][0]
        meeting_id = _new_id(cursor, "meetings", "meeting_id", f"MTG-{held_on}")
        row = {"meeting_id": meeting_id, "held_on": held_on, "title": title, "as_of": as_of}
        says = f"{title}, {held_on}"
        stored = _record(store, viewer, {"meetings": [row]}, as_of, held_on, says)
    return stored, meeting_id


def decide(
    store: Store, viewer: Viewer, meeting_id: str, decision: edits.Row, settles: str | None = None
) -> batches.Stored:
    """Record a decision of an open meeting; a stop takes the initiative out of its stage as well.

    `decision` names outcome, and initiative_id, question, rationale, dissent, owner and due_on as
    far as they are known. `settles` is a decision put off before, which is done with this one.
    Raises NotAllowed, or RowsRefused for a closed meeting, a missing outcome, a due date before the
    meeting, and a question this meeting has answered otherwise. The same again stores nothing.
    """
    viewer.must("decide")
    with store.writing() as cursor:
        meeting = _open_meeting(cursor, meeting_id)
        held_on, due_on = meeting["held_on"], decision.get("due_on")
        if not decision.get("outcome"):
            raise RowsRefused(f"Say what was decided: an outcome is missing. {_NOTHING}")
        if due_on and due_on < held_on:
            raise RowsRefused(f"It cannot be due on {due_on}, before the meeting. {_NOTHING}")
        if _is_recorded(store, viewer, meeting_id, decision):
            return batches.Stored(None, {}, {})
        key = _new_id(cursor, "decisions", "decision_id", f"DEC-{held_on}")
        minutes = [{**decision, "decision_id": key, "meeting_id": meeting_id}]
        if settles:
            minutes.append({"decision_id": settles, "done_on": held_on})
        tables = {"decisions": minutes}
        if decision["outcome"] == "stop" and decision.get("initiative_id"):
            tables["deployment_status"] = _left(store, decision["initiative_id"], meeting)
        says = f"{decision['outcome']}: {decision.get('initiative_id') or 'no initiative'}"
        as_of = meeting["as_of"] or held_on
        return _record(store, viewer, tables, as_of, held_on, says)


def tick(
    store: Store, viewer: Viewer, done: Mapping[str, date | None], seen_on: date
) -> batches.Stored:
    """Say of decisions, by identifier, on which day each was done (None: it is not done).

    `seen_on` is the day they are looked at on. Raises NotAllowed, RowsRefused.
    """
    viewer.must("decide")
    rows = [{"decision_id": key, "done_on": day} for key, day in done.items()]
    says = f"done or not: {', '.join(done)}"
    return _record(store, viewer, {"decisions": rows}, seen_on, seen_on, says)


def close(store: Store, viewer: Viewer, meeting_id: str, as_of: date) -> batches.Stored:
    """Freeze a meeting: the day its figures describe, and all that was told until this moment."""
    _must_convene(viewer)
    with store.writing() as cursor:
        meeting = _open_meeting(cursor, meeting_id)
        # Later than everything recorded, and not later than anything that will be.
        row = {"meeting_id": meeting_id, "as_of": as_of, "known_at": store.now(cursor)}
        says = f"closed: {meeting['title'] or meeting_id}"
        return _record(store, viewer, {"meetings": [row]}, as_of, meeting["held_on"], says)


def reopen(store: Store, viewer: Viewer, meeting_id: str) -> batches.Stored:
    """Let a closed meeting see what is known now, and record decisions again."""
    _must_convene(viewer)
    with store.writing() as cursor:
        meeting = _meeting(cursor, meeting_id)
        row = {"meeting_id": meeting_id, "known_at": None}
        says = f"reopened: {meeting['title'] or meeting_id}"
        as_of = meeting["as_of"] or meeting["held_on"]
        return _record(store, viewer, {"meetings": [row]}, as_of, meeting["held_on"], says)


def recorded(store: Store, viewer: Viewer, meeting_id: str) -> dict[str, str]:
    """The decisions of a meeting that were said on the board, each with the batch that says so.

    Not those of which something was said since: taking back the one batch would not take them back.
    """
    with store.reader(viewer, Lens(as_of=date.max)) as cursor:
        return dict(
            cursor.execute(
                """
                select decision_id, any_value(batch_id)::text
                from decisions
                join decisions_row using (decision_id)
                join batch_counting using (batch_id)
                where decisions.meeting_id = $meeting_id
                group by decision_id
                having count(*) = 1 and any_value(source) = $source
                """,
                {"meeting_id": meeting_id, "source": SOURCE},
            ).fetchall()
        )


def _record(
    store: Store, viewer: Viewer, tables: dict, as_of: date, seen_on: date, says: str
) -> batches.Stored:
    """Minutes describe no later day than the data do: the board must not jump to the meeting's."""
    with store.reader(SYSTEM) as cursor:
        [(latest,)] = cursor.execute("select as_of()").fetchall()
    origin = Origin(SOURCE, min(as_of, latest), says)
    filled = {name: rows for name, rows in tables.items() if rows}
    return edits.carry_in(store, viewer, filled, origin, "decide", seen_on)


def _left(store: Store, initiative_id: str, meeting: dict) -> list[edits.Row]:
    """The status row of a stop: stopped, or retired if it was ever live; none if it left before."""
    with store.reader(SYSTEM, Lens(as_of=meeting["held_on"])) as cursor:
        rows = cursor.execute(
            "select stage, furthest_rank >= 4 from standing where initiative_id = $initiative_id",
            {"initiative_id": initiative_id},
        ).fetchall()
    stage, was_live = rows[0] if rows else (None, False)
    if stage in ("stopped", "retired"):
        return []
    return [
        {
            "initiative_id": initiative_id,
            "stage": "retired" if was_live else "stopped",
            "entered_on": meeting["held_on"],
            "note": f"decided by {meeting['title'] or meeting['meeting_id']}",
        }
    ]


def _must_convene(viewer: Viewer) -> None:
    viewer.must("decide")
    if not may_convene(viewer):
        raise NotAllowed(
            f"A meeting concerns every unit, and {viewer.name} sees {', '.join(viewer.units)} "
            f"alone: ask somebody who sees them all. {_NOTHING}"
        )


def _is_recorded(store: Store, viewer: Viewer, meeting_id: str, decision: edits.Row) -> bool:
    """Whether this very decision is there: two presses of a button record one.

    Raises RowsRefused where the meeting answered the question otherwise, on another screen, say.
    """
    said = {name: _told(decision.get(name)) for name in (*ASKED, *ANSWER)}
    if not any(said[name] for name in ASKED):
        return False
    with store.reader(viewer, Lens(as_of=date.max)) as cursor:
        taken = cursor.execute(
            f"""
            select {", ".join(ANSWER)} from decisions
            where meeting_id = $meeting_id and outcome is not null
                and initiative_id is not distinct from $initiative_id
                and lower(question) is not distinct from lower($question)
            """,
            {"meeting_id": meeting_id, **{name: said[name] for name in ASKED}},
        ).fetchall()
    if taken and tuple(said[name] for name in ANSWER) not in taken:
        says = f"This meeting has decided that already: {taken[0][0]}. Take that back first."
        raise RowsRefused(f"{says} {_NOTHING}")
    return bool(taken)


def _told(value: object) -> object:
    return value.strip() or None if isinstance(value, str) else value


def _open_meeting(cursor: duckdb.DuckDBPyConnection, meeting_id: str) -> dict:
    meeting = _meeting(cursor, meeting_id)
    if meeting["known_at"] is not None:
        raise RowsRefused(f"{meeting['title'] or meeting_id} is closed: reopen it. {_NOTHING}")
    return meeting


def _meeting(cursor: duckdb.DuckDBPyConnection, meeting_id: str) -> dict:
    found = cursor.execute(
        """
        select meeting_id, held_on, title, as_of, known_at
        from meetings_current where meeting_id = $meeting_id
        """,
        {"meeting_id": meeting_id},
    )
    names = [column[0] for column in found.description]
    rows = found.fetchall()
    if not rows:
        raise RowsRefused(f"There is no meeting {meeting_id}. {_NOTHING}")
    return dict(zip(names, rows[0], strict=True))


def _new_id(cursor: duckdb.DuckDBPyConnection, table: str, column: str, first: str) -> str:
    """An identifier no version of any row has: `first`, or that and the next number."""
    taken = cursor.execute(f"select distinct {column} from {table}_row").fetchall()
    names = chain([first], (f"{first}-{number}" for number in count(2)))
    return next(name for name in names if (name,) not in taken)
