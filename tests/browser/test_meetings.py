"""The sample's four meetings are run in a browser: opened, decided in, presented, closed."""

import shutil

import pytest
from playwright.sync_api import expect

from browser.walking import PATIENCE, Served, Walk

pytestmark = pytest.mark.browser

MEETINGS = ("MTG-2025-4", "MTG-2026-1", "MTG-2026-2", "MTG-2026-3")


@pytest.fixture
def board(serve, sample_file, tmp_path) -> Served:
    """A board to write on."""
    return serve(shutil.copy(sample_file, tmp_path / "meetings.duckdb"))


def agenda(walk: Walk) -> str:
    """What stands below the title of the meeting, without what was stored last."""
    return walk.text().partition("Where we stand")[2]


def decide(walk: Walk) -> str:
    """Record what is recommended for the first need, with somebody who does not agree."""
    need = walk.page.locator("[class*='st-key-need-']").first
    recommended = need.get_by_text("Recommended:").locator("strong").inner_text()
    need.get_by_role("button", name="Decide").click()
    walk.rest()
    form = walk.page.locator("[data-testid=stPopoverBody]")
    form.get_by_label("Dissent: who, and why").fill("Finance would rather wait")
    form.get_by_role("button", name="Record the decision").click()
    walk.says(f"Stored: {recommended} decided for")
    walk.rest()
    expect(form).to_have_count(0)
    expect(need).to_contain_text(f"Decided in this meeting: {recommended}.")
    return recommended


def present(walk: Walk, meeting: str) -> None:
    """Turn two slides by key; the place is in the URL."""
    walk.page.get_by_text("Present it on the full screen").click()
    walk.settle("present")
    first = walk.page.locator("h1").inner_text()
    for key in ("ArrowRight", "ArrowRight"):
        walk.page.keyboard.press(key)
        walk.page.wait_for_timeout(300)
        walk.rest()
    expect(walk.page.locator("h1")).not_to_have_text(first)
    assert f"meeting={meeting}" in walk.page.url and "slide=" in walk.page.url
    walk.page.keyboard.press("Home")
    expect(walk.page.locator("h1")).to_have_text(first)


def test_the_samples_four_meetings_are_opened_decided_presented_and_closed(visit, board):
    walk, seen = visit(board), {}
    for meeting in MEETINGS:
        walk.open(f"meeting?meeting={meeting}")
        walk.says("Open: it shows what is known now")
        decide(walk)
        present(walk, meeting)
        walk.open(f"meeting?meeting={meeting}")
        walk.page.get_by_role("button", name="Close the meeting").click()
        walk.says("Closed: it shows what the room saw")
        decide_button = walk.page.get_by_role("button", name="Decide")
        expect(decide_button).to_have_count(0, timeout=3 * PATIENCE)  # all is asked anew
        walk.rest()
        seen[meeting] = agenda(walk)
        walk.assert_well()
    other = visit(board)
    for meeting in MEETINGS[:2]:
        other.open(f"meeting?meeting={meeting}")
        assert "Dissent: Finance would rather wait" in seen[meeting]
        assert agenda(other) == seen[meeting]
        other.assert_well()
