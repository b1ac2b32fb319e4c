"""The handout is one file that fetches nothing, is walked by keys, and prints a slide a page."""

import re
from html import escape
from pathlib import Path

import briefings
import pytest
from test_composing import room_of

from dashboard import formats
from dashboard.steering import compose, handout, written
from dashboard.steering.content import Briefing

pytestmark = pytest.mark.browser

# What lies outside of what holds it, or upon what comes after it, when the page is printed.
CLIPPED = """
() => [...document.querySelectorAll("section")].flatMap((slide) => {
  const box = (each) => each.getBoundingClientRect();
  const outside = (inner, outer) => inner.left < outer.left - 1 || inner.right > outer.right + 1
    || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;
  const parts = [...slide.querySelectorAll("h2, p, td, th, svg, footer span")];
  const found = parts.filter((each) => outside(box(each), box(slide)));
  for (const drawn of slide.querySelectorAll("svg"))
    found.push(...[...drawn.querySelectorAll("text, rect, line, polyline")]
      .filter((each) => outside(box(each), box(drawn))));
  const blocks = [...slide.children];
  blocks.slice(1).forEach((block, place) => {
    const last = Math.max(...[...blocks[place].querySelectorAll("p, td, svg"), blocks[place]]
      .map((each) => box(each).bottom));
    if (last > box(block).top + 1) found.push(block);
  });
  return found.map((each) => `${slide.id}: ${each.tagName} ${each.textContent.slice(0, 60)}`);
})
"""


def opened(chromium, content: bytes, folder: Path, **options):
    """The file in a browser without a network, as somebody opens it who was sent it."""
    (folder / "handout.html").write_bytes(content)
    page = chromium.new_context(offline=True, **options).new_page()
    page.heard = []
    page.on("request", lambda request: page.heard.append(request.url))
    page.on("console", lambda message: page.heard.append(message.text))
    page.on("pageerror", lambda error: page.heard.append(str(error)))
    page.on("dialog", lambda dialog: page.heard.append(dialog.message))
    page.goto((folder / "handout.html").as_uri())
    return page


@pytest.fixture(scope="module")
def printed(portfolios) -> dict[str, Briefing]:
    """Every kind of slide, hostile ones, and the sample's last meeting with all its initiatives."""
    return {
        "every kind": briefings.every_kind(),
        "hostile": briefings.hostile_briefing(),
        "sample": compose.briefing(room_of(portfolios.all), with_appendix=True),
    }


@pytest.mark.parametrize("which", ["every kind", "hostile", "sample"])
def test_it_prints_exactly_one_slide_a_page_and_clips_nothing(chromium, tmp_path, printed, which):
    briefing = printed[which]
    page = opened(chromium, handout.made(briefing), tmp_path)
    paper = page.pdf(prefer_css_page_size=True)
    pages = re.findall(rb"/Type\s*/Page\b", paper)
    assert len(pages) == len(briefing.slides) + len(briefing.appendix)
    sizes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert {(round(float(wide)), round(float(tall))) for wide, tall in sizes} == {(842, 595)}
    page.set_viewport_size({"width": 1123, "height": 794})
    page.emulate_media(media="print")
    assert page.evaluate(CLIPPED) == []
    assert page.heard == [(tmp_path / "handout.html").as_uri()]
    page.context.close()


def test_keys_walk_it_and_the_place_survives_a_reload(chromium, tmp_path):
    briefing = briefings.every_kind()
    page = opened(chromium, handout.made(briefing), tmp_path)
    last = len(briefing.slides) + len(briefing.appendix)
    for key, place in (
        ("ArrowRight", 2),
        ("Space", 3),
        ("ArrowLeft", 2),
        ("End", last),
        ("ArrowRight", last),
        ("Home", 1),
        ("PageDown", 2),
    ):
        page.keyboard.press(key)
        assert page.locator("section:visible").get_attribute("id") == f"slide-{place}"
    page.reload()
    assert page.locator("section:visible h2").inner_text() == briefing.slides[1].title
    page.get_by_label("Next slide").click()
    assert page.locator("#where").inner_text() == f"3 / {last}"
    page.context.close()


def test_it_is_dark_where_the_reader_is_and_fits_a_phone(chromium, tmp_path):
    content = handout.made(briefings.every_kind())
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = opened(chromium, content, tmp_path, color_scheme="dark")
    assert dark.evaluate(paper) == "rgb(16, 21, 28)"
    dark.emulate_media(media="print")
    assert dark.evaluate(paper) == "rgb(255, 255, 255)"
    dark.context.close()
    phone = opened(chromium, content, tmp_path, viewport={"width": 390, "height": 800})
    for _ in range(13):
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
        phone.keyboard.press("ArrowRight")
    phone.context.close()


def test_every_figure_and_every_mark_is_in_it_as_text():
    briefing = briefings.every_kind()
    text = handout.made(briefing).decode()
    for slide in (*briefing.slides, *briefing.appendix):
        for figure in slide.figures:
            assert escape(formats.value(figure.name, figure.value)) in text
        if slide.chart and slide.chart.categories:
            assert escape(written.describes(slide.chart)) in text


def test_no_text_is_markup_and_the_policy_forbids_the_network():
    text = handout.made(briefings.hostile_briefing()).decode()
    assert "default-src 'none'" in text
    assert len(re.findall(r"<script", text)) == len(re.findall(r"<style", text)) == 1
    assert not re.search(r"<(img|b|a|svg onload)[ >]|\s(src|href|style|on\w+)=\"", text)
