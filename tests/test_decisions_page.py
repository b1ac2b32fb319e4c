"""Decisions are followed up on their page: chosen, taken along, judged under any name."""

from functools import partial

import hostile
import pytest
from conftest import put
from on_page import refusals, words
from streamlit.testing.v1 import AppTest

from data.store import Store

DECISIONS = "pages/steering/decisions.py"


@pytest.fixture
def opened(opened):
    """Opens the page on the store in a file."""
    return partial(opened, page=DECISIONS)


def said(app: AppTest) -> str:
    assert not refusals(app)
    return words(app).replace("\\", "")


def test_decisions_are_chosen_on_the_page_or_by_a_link(opened, sample_path):
    app = opened(sample_path)
    assert "16 of 16 decisions: 4 late, 2 not due yet, 1 put off and 9 done" in said(app)
    assert "Of 3 initiatives we decided to scale, 3 are live" in said(app)
    assert "Holding 2 initiatives has cost €849k of expected benefit so far; 1 still held" in said(
        app
    )
    app.segmented_control(key="decision_state").set_value("late").run()
    app.multiselect(key="decision_outcome").select("rework").run()
    assert "2 of 16 decisions: 2 late" in said(app)
    assert app.dataframe[0].value["owner"].tolist() == ["Henrike Aldenhoff", "Rafael Montclair"]
    linked = opened(sample_path, decision_state="Late", decision_outcome="rework")
    assert "2 of 16 decisions: 2 late" in said(linked)


def test_hostile_names_and_initiatives_removed_since_do_no_harm(opened, empty_path):
    with Store(empty_path) as store:
        hostile.put_hostile(store)
        names = [name.replace("|", "") for name in hostile.NAMES]
        lines = [
            f"D{n}|M|{key}|{outcome}|{name}|{name}|{name}|2025-07-01"
            for n, name in enumerate(names)
            for key, outcome in [(f"H{n}" if n else "gone", "hold" if n % 2 else "scale")]
        ]
        header = "decision_id|meeting_id|initiative_id|outcome|question|owner|rationale|due_on"
        put(
            store,
            meetings=f"meeting_id|held_on|title\nM|2025-06-20|{names[0]}",
            decisions="\n".join([header, *lines]),
        )
    app = opened(empty_path)
    assert f"{len(names)} of {len(names)} decisions: {len(names)} late" in said(app)
    shown = app.dataframe[0].value
    assert set(shown["owner"]) == set(names)
    assert "an initiative removed since (gone)" in shown["name"].tolist()


def test_without_any_decision_the_page_says_so(opened, empty_path):
    with Store(empty_path) as store:
        put(store, initiatives="initiative_id name unit\na Ada Claims")
    app = opened(empty_path)
    assert "No decision has been recorded by this day" in said(app)
    assert "No decision to scale an initiative was taken by this day" in said(app)
