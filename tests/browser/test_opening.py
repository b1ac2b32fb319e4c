"""Every page keeps to itself, whatever the names in the store, and the first may be any."""

import hostile
import pytest

from browser.walking import PAGES, Walk, link
from data import sample
from data.store import Store

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def attacked(serve, settled, tmp_path_factory) -> Walk:
    """A visitor of a board whose every name is an attack; the very first one, by a deep link."""
    path = tmp_path_factory.mktemp("served") / "hostile.duckdb"
    with Store(path) as store:
        sample.load_benchmarks(store)
        hostile.put_hostile(store)
    return settled(serve(path)).open("time_to_production?start=idea")


def test_the_very_first_visit_of_a_server_may_be_a_deep_link(attacked):
    attacked.assert_well()


@pytest.mark.parametrize("name", PAGES)
def test_hostile_names_fetch_nothing_and_open_nothing(attacked, name):
    walk = attacked.anew().open(link(name, "H0"))
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
