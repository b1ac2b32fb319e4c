"""Every page opens cold by its URL, fits its screen, can be read by all, and leaves a picture."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT

from browser.walking import PAGES, Walk, link

pytestmark = pytest.mark.browser
SHOTS = ROOT / "artefacts" / "screenshots"
# What fits does not depend on the mode, nor what can be read on the width: each stands here once.
LOOKS = ((1280, "light"), (390, "dark"))
# Streamlit's own nodes, which no page can change: the rule, then what it is excused for.
EXCUSED = {
    # The menu is a list whose sections are headers between its entries.
    "list": ("[data-testid=stSidebarNavItems]",),
    "listitem": ("[data-testid=stSidebarNavItems]",),
    # The small line below a figure is drawn by its own library, which takes no words for it.
    "svg-img-alt": ("[data-testid=stMetric]",),
}


@pytest.fixture(scope="module")
def seen(settled, sample_board) -> dict[tuple[int, str], Walk]:
    """A visitor for each width and mode."""
    return {(width, mode): settled(sample_board, width, color_scheme=mode) for width, mode in LOOKS}


@pytest.mark.parametrize(("width", "mode"), LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_cold_fits_and_can_be_read_by_everybody(seen, name, width, mode):
    walk = seen[width, mode].anew()
    page = walk.page
    page.set_viewport_size({"width": width, "height": 900})
    walk.open(link(name)).assert_well()
    page.set_viewport_size({"width": width, "height": full_height(walk)})
    walk.rest()
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name or 'brief'}-{width}-{mode}.png")
    wide = "[document.documentElement, document.querySelector('[data-testid=stMain]')]"
    assert page.evaluate(f"{wide}.every(box => box.scrollWidth <= box.clientWidth)")
    assert not complaints(walk)


def full_height(walk: Walk) -> int:
    """As high as the page would be if nothing scrolled."""
    main = "document.querySelector('[data-testid=stMain]').scrollHeight"
    return max(900, walk.page.evaluate(main))


def complaints(walk: Walk) -> list[str]:
    """What axe-core finds serious or critical, but for what is Streamlit's own."""
    found = Axe().run(walk.page).response["violations"]
    return [
        f"{rule['id']}: {node['target'][0]} {node['html'][:160]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
        if not walk.page.evaluate(
            "([target, excused]) => excused.some(s => document.querySelector(target)?.closest(s))",
            [node["target"][0], EXCUSED.get(rule["id"], ())],
        )
    ]
