"""A file full of attacks is only text on its way in; a long one can be cancelled."""

import csv
import io
import shutil
from pathlib import Path

import hostile
import pytest

from browser.walking import Walk

pytestmark = pytest.mark.browser
FILE = "[data-testid=stFileUploader] input[type=file]"
FORMULA = '=HYPERLINK("http://example.org/x")'


@pytest.fixture(scope="module")
def analyst(settled, serve, sample_file, tmp_path_factory) -> Walk:
    folder = tmp_path_factory.mktemp("bad_files")
    return settled(serve(shutil.copy(sample_file, folder / "mine.duckdb")))


def attacks(path: Path) -> Path:
    """An inventory whose headers, names, words and stages are attacks; one row has no name."""
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Name", "Unit", "Stage", "Owner", "Pilot date", hostile.NAMES[0]])
        for name in (*hostile.NAMES, FORMULA):
            out.writerow([name, name, "pilot", name, "2025-03-01", name])
        out.writerow(["", hostile.NAMES[1], hostile.NAMES[2], "", "2025-03-01", FORMULA])
    return path


def test_a_hostile_file_is_text_in_every_preview_in_the_store_and_in_what_comes_back(
    analyst, tmp_path
):
    walk = analyst.anew().open("import_file")
    walk.page.locator(FILE).set_input_files(attacks(tmp_path / "![x](http:__example.org_x).csv"))
    walk.says("9 rows read")
    walk.says("cannot be stored as they are")
    walk.page.get_by_text("initiatives: 8 new").click()
    walk.says("As the file has them.")
    walk.rest()
    with walk.page.expect_download() as given:
        walk.page.get_by_role("button", name="Download the file with its problems").click()
    text = given.value.path().read_text(encoding="utf-8-sig")
    header, *lines = csv.reader(io.StringIO(text))
    assert [line[0] for line in lines[:-2]] == list(hostile.NAMES)
    assert lines[-2][0] == f"'{FORMULA}" and "name is missing" in lines[-1][6]
    walk.page.locator(".st-key-store button").click()
    walk.page.get_by_text("Stored 8 initiatives").first.wait_for()
    walk.rest()
    for name in ("history", "quality", "initiatives", "stalled"):
        walk.open(name)
    walk.assert_well()


def test_a_long_file_shows_how_far_it_is_and_can_be_cancelled_and_begun_again(analyst, tmp_path):
    walk = analyst.anew()
    before = batches(walk)
    walk.open("import_file")
    walk.page.locator(FILE).set_input_files(long_costs(tmp_path / "costs.csv"))
    # At once: a pointer waits until nothing moves, and the work may be done by then.
    walk.page.locator(".st-key-cancel_checking button").dispatch_event("click")
    walk.says("Cancelled: nothing was stored.")
    walk.page.get_by_text("Begin again").click()
    walk.page.locator(".st-key-store button").wait_for(timeout=120_000)
    walk.assert_well()
    assert batches(walk) == before


def long_costs(path: Path) -> Path:
    months = [f"{year}-{month:02d}" for year in range(1900, 2026) for month in range(1, 13)]
    lines = [
        f"INI-{number:03d},{month},people,1000.00" for number in range(1, 91) for month in months
    ]
    path.write_text("\n".join(["initiative_id,month,category,actual_amount", *lines]))
    return path


def batches(walk: Walk) -> int:
    """How many batches the history shows."""
    walk.open("history")
    return walk.page.locator("[class*=st-key-turn-]").count()
