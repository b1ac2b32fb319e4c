"""A pack is put in order and taken along with one click for each of its forms."""

import io
import re

import pytest
from playwright.sync_api import expect
from pptx import Presentation
from python_calamine import CalamineWorkbook

from dashboard.steering import pack

pytestmark = pytest.mark.browser


def taken(walk, label: str) -> tuple[str, bytes]:
    """The file a button gives, and its name."""
    with walk.page.expect_download() as expected:
        walk.page.get_by_role("button", name=label).click()
    return expected.value.suggested_filename, expected.value.path().read_bytes()


def test_the_slides_of_the_url_are_put_in_order_and_taken_in_every_form(reader):
    order = "slide_order=money&slide_order=headline&slide_order=risks"
    walk = reader.open(f"pack?meeting=MTG-2026-2&{order}")
    walk.page.locator(".st-key-slide-headline").get_by_role("button", name="Earlier").click()
    put = re.compile("slide_order=headline&slide_order=money&slide_order=risks$")
    expect(walk.page).to_have_url(put)
    walk.rest()
    expect(walk.page.locator("[class*=st-key-line-]").first).to_contain_text(
        "went on to production"
    )
    files = dict(taken(walk, kind.label) for kind in pack.KINDS)
    assert set(files) == {
        f"AI-steering-second-quarter-2026-2026-06-18.{kind.ending}" for kind in pack.KINDS
    }
    deck, page, book = files.values()
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(io.BytesIO(deck)).slides]
    assert len(titles) == 3 and "went on to production" in titles[0]
    assert len(re.findall(r"<section ", page.decode())) == 3
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
    assert [name for name in sheets if re.fullmatch(r"\d \w+", name)] == [
        "1 headline",
        "2 money",
        "3 risks",
    ]
    walk.assert_well()
