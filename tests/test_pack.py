"""A pack has the slides that were chosen, in their order, and says what the board says."""

import io
import re
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor

import briefings
import hostile
import pytest
import test_pages
from conftest import put
from on_page import refusals, words
from pptx import Presentation
from test_composing import room_of
from test_pack_powerpoint import assert_same as assert_same_slide
from test_pack_powerpoint import parts
from test_pack_workbook import assert_same as assert_same_sheet
from test_pack_workbook import below, opened

from dashboard.steering import compose, pack, workbook
from dashboard.steering.content import Briefing
from dashboard.ui import packing
from data.store import Store

PAGE = "pages/steering/pack.py"
POWERPOINT, HTML, EXCEL = pack.KINDS
board = test_pages.board


@pytest.fixture(scope="module")
def meeting(portfolios) -> Briefing:
    """The sample's last meeting, with a page per initiative."""
    return compose.briefing(room_of(portfolios.all), with_appendix=True)


@pytest.fixture(scope="module")
def attacked(portfolios, tmp_path_factory) -> Briefing:
    """A meeting of a portfolio whose every name is an attack."""
    with Store(tmp_path_factory.mktemp("hostile") / "hostile.duckdb") as store:
        hostile.put_hostile(store)
        put(store, meetings=f"meeting_id|held_on|title\nm|2025-12-20|{hostile.NAMES[1]}")
        return compose.briefing(room_of(store), with_appendix=True)


def test_the_powerpoint_of_a_meeting_has_every_number_of_its_slides_and_appendix(meeting):
    keys = pack.ordered(meeting, ())
    some = pack.chosen(meeting, keys, [row_of(meeting, 0), row_of(meeting, 40)])
    pages = list(Presentation(io.BytesIO(pack.made(POWERPOINT, some))).slides)
    assert len(some.appendix) == 2
    for page, slide in zip(pages, (*some.slides, *some.appendix), strict=True):
        assert_same_slide(page, slide)
        assert "left out" not in [shape.name for shape in page.shapes]


def row_of(briefing: Briefing, place: int) -> str:
    return briefing.appendix[place].key.removeprefix(pack.PAGE)


def test_the_workbook_of_a_meeting_has_every_number_and_every_row(meeting):
    book = opened(pack.made(EXCEL, meeting))
    for place, slide in enumerate(meeting.slides, start=1):
        assert_same_sheet(book, place, slide)
    shown = below(book["Appendix figures"], "Page", *workbook.FIGURES)
    wanted = [(page.title, each.value) for page in meeting.appendix for each in page.figures]
    read = [(row[0], None if row[3] == "" else row[3]) for row in shown]
    assert [title for title, _ in read] == [title for title, _ in wanted]
    assert [value for _, value in read] == pytest.approx([value for _, value in wanted])


@pytest.mark.parametrize("kind", pack.KINDS, ids=lambda kind: kind.ending)
def test_a_hostile_portfolio_is_packed_without_a_link_or_a_formula(attacked, kind):
    content = pack.made(kind, attacked)
    if kind is HTML:
        assert not re.search(rb"<(img|b|a)[ >]|\s(src|href|style|on\w+)=\"", content)
        return
    assert zipfile.is_zipfile(io.BytesIO(content))
    for name, part in parts(content).items():
        assert not re.search(rb'<f>|<hyperlink|hlinkClick|TargetMode="External"', part), name


def test_slides_come_in_the_order_that_was_chosen_and_unknown_ones_are_passed_over():
    whole = briefings.every_kind()
    keys = pack.ordered(whole, ["money", "gone", "headline", "money"])
    some = pack.chosen(whole, keys)
    assert keys == ["money", "headline"]
    assert [slide.key for slide in some.slides] == keys
    assert not some.appendix
    assert pack.ordered(whole, ()) == [slide.key for slide in whole.slides]
    assert pack.chosen(whole, keys, None).appendix == whole.appendix
    assert [page.key for page in pack.chosen(whole, keys, ["INI-001"]).appendix] == [
        "initiative-INI-001"
    ]


def test_the_files_are_named_after_the_meeting():
    whole = briefings.every_kind()
    assert pack.file_name(POWERPOINT, whole) == "October-steering-2026-11-05.pptx"
    hostile = briefings.Briefing("../../" + "x" * 200, *list(vars(whole).values())[1:])
    assert re.fullmatch(r"x{80}-2026-11-05\.html", pack.file_name(HTML, hostile))


@pytest.mark.parametrize("kind", pack.KINDS, ids=lambda kind: kind.ending)
def test_progress_is_told_and_ends_at_the_whole(kind):
    told = []
    pack.made(kind, briefings.every_kind(), lambda share, says: told.append(share))
    assert told == sorted(told) and told[-1] == 1.0 and len(told) > 5


def test_a_file_asked_for_again_while_it_is_made_or_later_is_made_once(monkeypatch):
    begun, go_on, made = threading.Event(), threading.Event(), []

    def slowly(kind, briefing, progress):
        begun.set()
        go_on.wait(60)
        made.append(kind)
        return b"the deck"

    monkeypatch.setattr(pack, "made", slowly)
    file = packing.File(POWERPOINT, briefings.every_kind())
    with ThreadPoolExecutor() as readers:
        asked = [readers.submit(file.made) for _ in range(2)]
        assert begun.wait(60) and file.content is None
        go_on.set()
        assert [each.result() for each in asked] == [b"the deck"] * 2
    assert file.made() == b"the deck" and made == [POWERPOINT]


def test_a_file_that_could_not_be_made_is_tried_again(monkeypatch):
    file = packing.File(POWERPOINT, briefings.every_kind())

    def failing(kind, briefing, progress):
        progress(0.5, "Slide 1 of 2")
        raise OSError("no room on the disk")

    with monkeypatch.context() as broken:
        broken.setattr(pack, "made", failing)
        with pytest.raises(OSError, match="no room"):
            file.made()
    assert not file.says and file.made().startswith(b"PK")


def test_the_page_keeps_the_order_of_the_url_and_lets_it_be_changed(board, sample_seen):
    app = board(sample_seen, PAGE, slide_order=["risks", "headline", "money"])
    assert not refusals(app)
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == [kind.label for kind in pack.KINDS]
    [later] = [each for each in app.button if each.label == "Later" and not each.disabled][:1]
    later.click().run()
    assert not refusals(app)
    assert app.query_params["slide_order"] == ["headline", "risks", "money"]
    [left_out] = [each for each in app.button if each.label == "Leave out"][:1]
    left_out.click().run()
    assert app.query_params["slide_order"] == ["risks", "money"]


def test_an_appendix_of_chosen_initiatives_stands_in_the_url(board, sample_seen):
    app = board(sample_seen, PAGE, appendix="Chosen", page_of=["INI-001", "gone", "INI-002"])
    assert not refusals(app)
    assert "15 slides and 2 pages of appendix" in words(app)
    assert app.multiselect(key="pages_of").value == ["INI-001", "INI-002"]


def test_a_template_that_cannot_be_used_is_said_on_the_page(board, sample_seen, monkeypatch):
    monkeypatch.setenv("EXECUTION_GAP_DECK", "away.pptx")
    assert "is not there, so the plain deck is used" in words(board(sample_seen, PAGE))


@pytest.mark.parametrize("kind", pack.KINDS, ids=lambda kind: kind.ending)
def test_charts_at_their_edges_are_drawn(kind):
    content = pack.made(kind, briefings.edges())
    assert kind is not HTML or not re.search(rb"(NaN|nan|inf|None)[\"; ,]", content)
