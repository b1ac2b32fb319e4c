"""A real inventory goes in by the page, is seen, is taken back, and the sample returns."""

import re
import shutil

import pytest
from conftest import FEDERAL

from browser.walking import Walk

pytestmark = pytest.mark.browser


def test_the_federal_inventory_goes_in_by_the_page_and_out_again(
    visit, serve, sample_file, tmp_path
):
    if not FEDERAL.exists():
        pytest.skip(f"{FEDERAL.name} is not beside this project")
    walk = visit(serve(shutil.copy(sample_file, tmp_path / "mine.duckdb")))
    figures = metrics(walk.open(""))
    walk.open("import_file")
    walk.page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(FEDERAL)
    walk.says("2,133 rows read")
    walk.type_day("import_as_of", "20241216")
    walk.page.locator(".st-key-store button").click()
    walk.page.get_by_text(re.compile(r"^Stored .* of us-federal-2024\.csv")).first.wait_for()
    walk.page.get_by_text("See the funnel").click()
    walk.settle("funnel").says("of 1,226 that reached pilot also reached production")
    walk.says("1,054")
    walk.open("history")
    turn(walk, 3, "Undo")
    turn(walk, 1, "Redo")
    assert metrics(walk.open("")) == figures
    walk.assert_well()


def metrics(walk: Walk) -> list[str]:
    return walk.page.locator("[data-testid=stMetricValue]").all_inner_texts()


def turn(walk: Walk, number: int, label: str) -> None:
    """Undo or redo a batch by its number, and see that it was."""
    button = walk.page.locator(f".st-key-turn-{number} button")
    assert button.inner_text() == label
    button.click()
    other = {"Undo": "Redo", "Redo": "Undo"}[label]
    button.get_by_text(other).wait_for()
    walk.rest()
