"""Every page comes up cold by its URL and keeps to itself, whatever the names in the store."""

import shutil

import pytest

from browser.walking import PAGES, link

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_cold_by_its_url(visit, sample_board, name):
    visit(sample_board).open(link(name)).assert_well()


def test_the_very_first_visit_of_a_server_may_be_a_deep_link(visit, serve, sample_file, tmp_path):
    board = serve(shutil.copy(sample_file, tmp_path / "first.duckdb"))
    visit(board).open("time_to_production?start=idea").assert_well()


@pytest.mark.parametrize("name", PAGES)
def test_hostile_names_fetch_nothing_and_open_nothing(visit, hostile_board, name):
    walk = visit(hostile_board).open(link(name, "H0"))
    walk.assert_well()
    main = walk.page.locator("[data-testid=stMain]")
    assert not main.locator("img[src*=example], a[href^=javascript], .katex").count()
    assert not main.get_by_text("bold", exact=True).count()


def test_a_store_that_cannot_be_opened_is_one_sentence(visit, serve, tmp_path):
    damaged = tmp_path / "damaged.duckdb"
    damaged.write_bytes(b"no database at all " * 500)
    walk = visit(serve(damaged))
    walk.page.goto(f"{walk.url}/impact")
    walk.says("is not a readable store")
    assert "Traceback" not in walk.text() and not walk.errors
