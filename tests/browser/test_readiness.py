"""A questionnaire half answered is there again after a reload; a cell of the map is changed."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from browser.walking import Walk

pytestmark = pytest.mark.browser
ANSWERING = "assessment?mode=Answer+the+questions&respondent=Ana"


@pytest.fixture(scope="module")
def writer(settled, serve, sample_file, tmp_path_factory) -> Walk:
    folder = tmp_path_factory.mktemp("readiness")
    return settled(serve(shutil.copy(sample_file, folder / "mine.duckdb")))


@pytest.fixture
def walk(writer) -> Walk:
    """Somebody who writes, and in the end takes back what was written."""
    return writer.anew()


def answer(walk: Walk, step: int, place: int) -> None:
    """Give the same answer to the three questions of a step, and save."""
    groups = walk.page.locator(f".st-key-questions-{step} [data-testid=stRadio]")
    expect(groups).to_have_count(3)
    for number in range(3):
        groups.nth(number).locator("label").nth(place + 1).click()
    walk.page.get_by_role("button", name=re.compile("^Save")).click()
    walk.says(f"3 answers of Ana to step {step}")
    walk.rest()


def came(walk: Walk) -> Walk:
    """Come to the questionnaire as Ana, by a link."""
    walk.page.goto(f"{walk.url}/{ANSWERING}")
    expect(walk.page.locator("h1")).to_have_text("Assessment")
    walk.rest()
    return walk


def test_a_questionnaire_half_answered_is_resumed_finished_and_taken_back(walk):
    came(walk).says("0 of 15 answered")
    for step in (1, 2):
        answer(walk, step, 4)
    walk.says("6 of 15 answered; go on with step 3")
    came(walk).says("6 of 15 answered; go on with step 3")
    for step in (3, 4, 5):
        answer(walk, step, 4)
    walk.says("All 15 questions are answered")
    walk.open("assessment").says("1 respondent gives us 4.0 of 4 on 31 Oct 2026")
    walk.says("Every respondent has answered every question.")
    walk.open("history")
    for place in range(5):
        button = walk.page.locator("[class*=st-key-turn-] button").nth(place)
        button.click()
        button.get_by_text("Redo").wait_for()
        walk.rest()
    walk.open("assessment").says("6 respondents give us 2.8 of 4 on 9 Sep 2026")
    walk.assert_well()


def test_a_click_on_a_cell_opens_it_and_what_is_said_there_is_stored_and_undone(walk):
    walk.open("layers")
    sign = walk.page.locator(".st-key-figure-readiness-layers .scatterlayer .textpoint text").first
    sign.scroll_into_view_if_needed()
    box = sign.bounding_box()
    place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    walk.page.mouse.move(place[0] - 1, place[1])
    walk.page.mouse.move(*place)
    walk.rest()
    walk.page.mouse.click(*place)
    dialog = walk.page.get_by_role("dialog")
    expect(dialog).to_contain_text("data pipeline")
    before = dialog.inner_text()
    assert "partial" in before
    dialog.get_by_text("missing", exact=True).click()
    dialog.get_by_label("How do we know?").fill("Seen on the day")
    dialog.get_by_role("button", name="Store").click()
    walk.says("Stored: data pipeline of")
    expect(dialog).to_have_count(0)
    walk.page.locator(".st-key-undo-cell button").click()
    walk.says("Taken back")
    walk.assert_well()
