"""A meeting is presented by key, tap and URL, on one screen and on a second that follows."""

import pytest
from playwright.sync_api import expect
from rooms import room_of

from browser.walking import Walk
from dashboard import formats
from dashboard.steering import compose
from dashboard.steering.content import Briefing, Slide

pytestmark = pytest.mark.browser
MEETING = "MTG-2026-2"
HIGHER = "box => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1"


@pytest.fixture(scope="module")
def deck(portfolios) -> Briefing:
    """What the meeting is to be shown, composed without a page."""
    return compose.briefing(room_of(portfolios.all, MEETING))


@pytest.fixture(scope="module")
def presenter(settled, sample_board) -> Walk:
    return settled(sample_board, 1280, 720)


def shows(walk: Walk, deck: Briefing, slide: Slide) -> None:
    """The screen shows this slide and no other: its title, place, figures, chart and table."""
    page, place = walk.page, deck.slides.index(slide) + 1
    expect(page.locator("h1")).to_have_text(slide.title)
    expect(page.locator(".st-key-turning")).to_contain_text(f"{place} of {len(deck.slides)}")
    walk.rest()
    figures = [formats.value(figure.name, figure.value) for figure in slide.figures]
    expect(page.locator("[data-testid=stMetricValue]")).to_have_text(figures)
    charts = page.locator(".js-plotly-plot")
    expect(charts).to_have_count(int(slide.chart is not None))
    expect(page.locator(".st-key-slide table")).to_have_count(int(slide.table is not None))


def fits(walk: Walk) -> bool:
    """Whether nothing of the slide lies outside the screen."""
    for place in (".st-key-slide", "[data-testid=stMain]"):
        if walk.page.locator(place).evaluate(HIGHER):
            return False
    return True


def press(walk: Walk, key: str, slide: Slide) -> None:
    walk.page.keyboard.press(key)
    url = f"{walk.url}/present?meeting={MEETING}&slide={slide.key}"
    expect(walk.page).to_have_url(url)


def test_a_meeting_is_walked_through_by_key(presenter, deck):
    walk = presenter.anew()
    walk.page.goto(f"{walk.url}/present?meeting={MEETING}")
    first, last = deck.slides[0], deck.slides[-1]
    shows(walk, deck, first)
    for hidden in ("stHeader", "stSidebar"):
        expect(walk.page.locator(f"[data-testid={hidden}]")).to_be_hidden()
    for slide in deck.slides[1:]:
        press(walk, "ArrowRight", slide)
        shows(walk, deck, slide)
        assert fits(walk), slide.key
    press(walk, "ArrowRight", last)
    press(walk, "Home", first)
    press(walk, "Space", deck.slides[1])
    press(walk, "PageDown", deck.slides[2])
    press(walk, "ArrowLeft", deck.slides[1])
    press(walk, "End", last)
    walk.page.get_by_role("button", name="Back").click()
    shows(walk, deck, deck.slides[-2])
    for _ in range(5):
        walk.page.keyboard.press("ArrowLeft")
    shows(walk, deck, deck.slides[-7])
    for _ in range(5):
        walk.page.keyboard.press("Space")
    shows(walk, deck, deck.slides[-2])
    walk.page.get_by_role("button", name="First").focus()
    walk.page.keyboard.press("Tab")
    walk.page.keyboard.press("Space")  # of the button reached: back
    shows(walk, deck, deck.slides[-3])
    walk.page.get_by_role("button", name="Next").click()
    shows(walk, deck, deck.slides[-2])
    walk.page.reload()
    shows(walk, deck, deck.slides[-2])
    walk.assert_well()
    walk.page.keyboard.press("Escape")
    walk.settle("meeting")
    assert f"meeting={MEETING}" in walk.page.url


def test_a_second_screen_follows_and_keys_are_letters_while_somebody_writes(
    presenter, visit, sample_board, deck
):
    lead, second = presenter.anew(), visit(sample_board, 1024, 768)
    slide = next(slide for slide in deck.slides if slide.decides)
    place = deck.slides.index(slide)
    lead.page.goto(f"{lead.url}/present?meeting={MEETING}&slide={deck.slides[place - 1].key}")
    shows(lead, deck, deck.slides[place - 1])
    lead.page.get_by_role("button", name="Notes").click()
    link = lead.page.get_by_role("link", name="A second screen that follows this one")
    second.page.goto(f"{second.url}/{link.get_attribute('href')}")
    lead.page.get_by_role("button", name="Notes").click()
    expect(second.page.locator("h1")).to_have_text(deck.slides[place - 1].title)
    press(lead, "ArrowRight", slide)
    expect(second.page.locator("h1")).to_have_text(slide.title)
    lead.rest()
    lead.page.get_by_role("button", name="Decide").click()
    why = lead.page.get_by_label("Rationale")
    why.press_sequentially("as agreed")
    for key in ("Home", "ArrowRight", "End", "ArrowLeft", "Space"):
        lead.page.keyboard.press(key)
    expect(why).to_have_value("as agree d")
    expect(lead.page.locator("h1")).to_have_text(slide.title)
    lead.assert_well()
