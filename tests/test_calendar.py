"""The due dates of decisions, as any calendar reads them."""

from datetime import date, datetime

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.steering import calendar

MADE_AT = datetime(2026, 11, 3, 9, 5)
HOSTILE = "Stop; or\r\nwait, \\n <b>=1+1</b>\x00\x07\u202e\nEND:VCALENDAR\r\nBEGIN:VEVENT"


def decision(**said: object) -> dict:
    return {
        "decision_id": "DEC-1",
        "name": "Ada",
        "question": "All regions?",
        "outcome": "scale",
        "owner": "Rui",
        "rationale": None,
        "dissent": None,
        "title": "First",
        "held_on": date(2026, 9, 24),
        "due_on": date(2026, 12, 18),
        "done_on": None,
    } | said


def made(*decisions: dict) -> bytes:
    return calendar.file(pd.DataFrame(list(decisions)), MADE_AT)


def events(content: bytes) -> list[dict[str, str]]:
    """The events of a calendar file, read as RFC 5545 says: unfolded, split, unescaped."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    found: list[dict[str, str]] = []
    for line in lines[1:-2]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            assert name not in found[-1]
            found[-1][name] = unescaped(value)
    return found


def unescaped(value: str) -> str:
    said, is_escaped = "", False
    for character in value:
        if is_escaped:
            said, is_escaped = said + {"n": "\n"}.get(character, character), False
        elif character == "\\":
            is_escaped = True
        else:
            assert character not in ";,"
            said += character
    return said


def test_a_decision_is_an_event_of_the_whole_day_it_is_due():
    [event] = events(made(decision()))
    assert event.pop("UID")
    assert event == {
        "DTSTAMP": "20261103T090500Z",
        "DTSTART;VALUE=DATE": "20261218",
        "SUMMARY": "Scale: Ada",
        "DESCRIPTION": "All regions?\nWho does it: Rui\nDecided: First, 24 Sep 2026",
        "TRANSP": "TRANSPARENT",
    }


def test_the_same_decision_is_the_same_event_whenever_the_file_is_made():
    before, other = events(made(decision(), decision(decision_id="DEC-2")))
    later = calendar.file(
        pd.DataFrame([decision(due_on=date(2027, 1, 8), done_on=date(2027, 1, 2))]),
        datetime(2027, 1, 2),
    )
    [after] = events(later)
    assert before["UID"] == after["UID"] != other["UID"]
    assert (after["DTSTART;VALUE=DATE"], after["SUMMARY"]) == ("20270108", "Scale: Ada (done)")


def test_only_decisions_with_a_day_are_in_the_calendar():
    assert len(events(made(decision(due_on=None), decision(decision_id="DEC-2")))) == 1
    assert events(made(decision(due_on=None))) == []


def test_the_file_invites_nobody_as_no_decision_has_an_organizer():
    assert b"METHOD" not in made(decision())


def test_what_is_empty_says_nothing():
    [event] = events(
        made(decision(name=None, outcome=None, question=None, owner=None, title=None, held_on=None))
    )
    assert event["SUMMARY"] == "Decide: no initiative in particular"
    assert event["DESCRIPTION"] == ""


def test_text_from_files_ends_no_event_and_begins_none():
    told = dict.fromkeys(("name", "question", "owner", "rationale", "dissent", "title"), HOSTILE)
    content = made(decision(decision_id=HOSTILE, **told))
    [event] = events(content)
    assert "<b>=1+1</b>" in event["SUMMARY"]
    assert content.count(b"BEGIN:VEVENT\r\n") == 1
    assert not {*range(32), 127} - {13, 10} & {*content}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_lines_are_at_most_75_octets_and_folding_loses_nothing(text):
    [event] = events(made(decision(name=text)))
    kept = calendar._CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert event["SUMMARY"] == f"Scale: {kept}"
    for line in made(decision(name=text)).split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
