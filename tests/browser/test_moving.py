"""What a reader chose is in the URL, and every figure leads to the initiatives behind it."""

import re

import pytest
from playwright.sync_api import expect

from browser.walking import Walk

pytestmark = pytest.mark.browser


def shown(walk: Walk) -> list[str]:
    """The filter sentence and the figures of a page."""
    said = walk.page.locator(".st-key-filters-say").first.inner_text()
    return [said, *walk.page.locator("[data-testid=stMetricValue]").all_inner_texts()]


def test_a_filter_set_in_one_browser_is_reproduced_by_its_url_in_another(
    reader, visit, sample_board
):
    walk = reader.open("")
    before = shown(walk)
    box = walk.page.locator(".st-key-unit input")
    box.click()
    option = walk.page.get_by_role("option").nth(1)
    unit = option.inner_text()
    option.click()
    walk.page.keyboard.press("Escape")
    expect(walk.page).to_have_url(re.compile("unit="))
    walk.type_day("as_of", "20260630")
    expect(walk.page).to_have_url(re.compile("as_of=2026-06-30"))
    walk.says(f"{unit}, as of 30 Jun 2026")
    walk.rest()
    other = visit(sample_board).open(walk.page.url.removeprefix(f"{walk.url}/"))
    other.says(f"{unit}, as of 30 Jun 2026")
    assert shown(other) == shown(walk) != before
    other.assert_well()


def test_a_filter_survives_the_way_to_another_page(reader):
    walk = reader.open("?as_of=2026-06-30")
    walk.page.get_by_text("The impact table, with its evidence and trends").click()
    walk.settle("impact").says("as of 30 Jun 2026")
    assert "as_of=2026-06-30" in walk.page.url


@pytest.mark.parametrize("name", ["", "funnel"])
@pytest.mark.parametrize("stage", ["idea", "pilot", "production"])
def test_a_click_on_a_funnel_bar_opens_as_many_initiatives(reader, name, stage):
    walk = reader.open(name)
    chart = walk.page.locator(".st-key-figure-delivery-funnel")
    chart.scroll_into_view_if_needed()
    place = ["idea", "proof_of_concept", "pilot", "production", "scaled"].index(stage)
    label = chart.locator(".annotation-text").nth(place).text_content()
    click_middle(walk, chart.locator(".barlayer .trace").first.locator(".point path").nth(place))
    walk.settle("initiatives")
    expect(walk.page).to_have_url(re.compile(f"group=reached.{stage}", re.IGNORECASE))
    count = re.match(r"[\d,]*\d", label)[0]
    walk.says(f"{count} of ")
    walk.assert_well()


def test_a_click_keeps_the_filters_the_reader_set(reader):
    walk = reader.open("?as_of=2026-06-30")
    chart = walk.page.locator(".st-key-figure-delivery-funnel")
    click_middle(walk, chart.locator(".barlayer .trace").first.locator(".point path").nth(2))
    walk.settle("initiatives").says("as of 30 Jun 2026")
    assert "as_of=2026-06-30" in walk.page.url


def test_a_click_on_a_unit_opens_its_pilots(reader):
    walk = reader.open("funnel")
    chart = walk.page.locator(".st-key-figure-delivery-funnel_by_unit")
    chart.scroll_into_view_if_needed()
    unit = chart.locator(".ytick text").last.text_content()
    click_middle(walk, chart.locator(".scatterlayer .point").last)
    walk.settle("initiatives").says(f"{unit}, as of")
    assert re.search("group=reached.pilot", walk.page.url, re.IGNORECASE)
    assert "unit=" in walk.page.url


@pytest.mark.parametrize("across", [15, 120], ids=["its box", "its name"])
def test_a_click_on_a_row_opens_its_initiative(reader, across):
    walk = reader.open("initiatives?find=Press+line")
    table = walk.page.locator("[data-testid=stDataFrame] canvas").first
    table.wait_for()
    box = table.bounding_box()
    walk.page.mouse.click(box["x"] + across, box["y"] + 52)
    walk.settle("initiative").says("Press line downtime prediction")
    assert "initiative_id=INI-002" in walk.page.url
    walk.assert_well()


def test_a_link_to_a_group_opens_that_group(reader):
    walk = reader.open("impact")
    stalled = re.search(r"(\d+) of \d+ initiatives in pilot work are stalled", walk.text())[1]
    walk.page.get_by_text("Stalled in pilot work: which ones?").click()
    walk.settle("initiatives").says(f"{stalled} of ")


def click_middle(walk: Walk, shape) -> None:
    """Click a point of a chart, whose shapes lie below the layer that takes the click."""
    shape.scroll_into_view_if_needed()
    box = shape.bounding_box()
    walk.page.mouse.move(box["x"] + box["width"] / 2 - 2, box["y"] + box["height"] / 2)
    walk.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    walk.rest()
    walk.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
