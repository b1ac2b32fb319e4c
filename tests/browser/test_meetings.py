"""The sample's four meetings are run in a browser: opened, decided in, presented, closed."""

import shutil

import pytest
from playwright.sync_api import expect
from pptx import Presentation

from browser.walking import Served, Walk

pytestmark = pytest.mark.browser

MEETINGS = ("MTG-2025-4", "MTG-2026-1", "MTG-2026-2", "MTG-2026-3")


@pytest.fixture
def board(serve, sample_file, tmp_path) -> Served:
    """A board to write on."""
    return serve(shutil.copy(sample_file, tmp_path / "meetings.duckdb"))


def agenda(walk: Walk) -> list[str]:
    """Every sentence and figure below the title of the meeting; charts draw in their own time."""
    said = "[data-testid=stMarkdown], [data-testid=stHeading], [data-testid=stMetric]"
    texts = walk.page.locator(said).all_inner_texts()
    return texts[texts.index("Where we stand") :]


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
    """Turn two slides by key, the place in the URL, and come back to the meeting."""
    walk.page.get_by_text("Present it on the full screen").click()
    walk.settle("present")
    first = walk.page.locator("h1").inner_text()
    for key in ("ArrowRight", "ArrowRight"):
        walk.page.keyboard.press(key)
        walk.rest()
    expect(walk.page.locator("h1")).not_to_have_text(first)
    assert f"meeting={meeting}" in walk.page.url and "slide=" in walk.page.url
    walk.page.keyboard.press("Home")
    expect(walk.page.locator("h1")).to_have_text(first)
    walk.page.keyboard.press("Escape")
    walk.settle("meeting")


def take_along(walk: Walk, meeting: str) -> None:
    """Take the closed meeting as slides, the decision recorded in it among them."""
    walk.open(f"pack?meeting={meeting}")
    with walk.page.expect_download() as given:
        walk.page.get_by_role("button", name="PowerPoint").click()
    slides = Presentation(given.value.path()).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert any(title.startswith("This meeting took up 5 questions") for title in titles)


def test_the_samples_four_meetings_are_opened_decided_presented_closed_and_taken_along(
    visit, board
):
    walk, seen = visit(board), {}
    for meeting in MEETINGS:
        walk.open(f"meeting?meeting={meeting}")
        walk.says("Open: it shows what is known now")
        decide(walk)
        if meeting == MEETINGS[-1]:
            present(walk, meeting)
        walk.page.get_by_role("button", name="Close the meeting").click()
        button = walk.page.get_by_role("button", name="Decide")
        expect(button).to_have_count(0)  # all is asked anew
        walk.says("Closed: it shows what the room saw")
        walk.rest()
        seen[meeting] = agenda(walk)
        walk.assert_well()
    take_along(walk, MEETINGS[-1])
    other = visit(board).open(f"meeting?meeting={MEETINGS[0]}")
    assert "Dissent: Finance would rather wait" in "".join(seen[MEETINGS[0]])
    assert agenda(other) == seen[MEETINGS[0]]
    other.assert_well()
