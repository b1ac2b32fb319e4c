"""A costs workbook with titles, months across and a total goes in as a new analyst would do it."""

import re
import shutil
from pathlib import Path

import pytest
import xlsxwriter

from browser.walking import Walk

pytestmark = pytest.mark.browser
ROWS = (
    ("INI-001", "Cloud", 120_000, 130_000, 140_000.5),
    ("INI-002", "Staff", 220_000, 230_000, 240_000),
    ("INI-003", "Licenses", 30_000, "", 31_000),
    ("INI-999", "Cloud", 10, 20, 30),
)


def workbook(path: Path) -> Path:
    """What a finance department sends."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Costs 2026")
        sheet.write(0, 0, "AI programme: actual costs")
        sheet.write(1, 0, "Prepared by Finance, in EUR")
        sheet.write_row(3, 0, ["Project ID", "Category", "Jul 2026", "Aug 2026", "Sep 2026"])
        for place, row in enumerate(ROWS, start=4):
            sheet.write_row(place, 0, row)
        sheet.write_row(8, 0, ["Total", "", 370_010, 360_020, 411_030.5])
    return path


def test_a_costs_workbook_with_titles_and_months_across_comes_in(
    visit, serve, sample_file, tmp_path
):
    walk = visit(serve(shutil.copy(sample_file, tmp_path / "mine.duckdb")))
    before = spent(walk)
    walk.open("import_file")
    file = workbook(tmp_path / "finance <b>Q3<:b>.xlsx")
    walk.page.locator("[data-testid=stFileUploader] input[type=file]").first.set_input_files(file)
    walk.says("header in row 4: 4 records of 5 columns, 1 row (totals of other rows) skipped")
    walk.says("It looks like costs")
    walk.says("30 Sep 2026 is suggested")
    walk.says("4 rows read: 11 costs can be stored; none is refused")
    walk.says("What it does to the board")
    walk.rest()
    walk.page.locator(".st-key-store button").click()
    walk.page.get_by_text(re.compile(r"^Stored 11 costs rows from 4 records")).first.wait_for()
    walk.assert_well()
    assert spent(walk) != before
    walk.open("history")
    walk.page.locator(".st-key-turn-3 button").click()
    walk.page.locator(".st-key-turn-3").get_by_text("Redo").wait_for()
    walk.rest()
    assert spent(walk) == before
    walk.assert_well()


def spent(walk: Walk) -> list[str]:
    """The figures of the page about spending."""
    walk.open("spend")
    return walk.page.locator("[data-testid=stMetricValue]").all_inner_texts()
