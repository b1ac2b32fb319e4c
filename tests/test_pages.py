"""Every page opens on any store, says what its module composed, and does what its buttons say."""

import ast
import json
import shutil
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb
import hostile
import pytest
import streamlit as st
from conftest import FEDERAL_DAY, ROOT, ask, look, put
from on_page import holding, link_to, links, press, press_turns, refusals, words
from opening import hold
from streamlit.testing.v1 import AppTest

from dashboard import briefing, formats, funnel, impact, portfolio, terms, ui
from dashboard.ui import history, storing, working
from data import sample as sample_portfolio
from data import uploads
from data.access import LOCAL_OWNER
from data.store import STALLED_DAYS, Lens, Store

PAGES = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "pages").rglob("*.py"))
SOURCES = [page for page in PAGES if "/sources/" in page]
LOOKING = [page for page in PAGES if page not in SOURCES]
BRIEF = "pages/board/brief.py"
FUNNEL, TIME = "pages/delivery/funnel.py", "pages/delivery/time_to_production.py"
INITIATIVES = "pages/portfolio/initiatives.py"
PACK = "pages/steering/pack.py"  # shows no figure of its own
IMPORT, HISTORY = "pages/sources/import_file.py", "pages/sources/history.py"
EXECUTIVE = {"is_logged_in": True, "email": "e@example.org", "role": "executive"}
STORE = "Store (4 rows)"
SMALL = (
    b"initiative_id,name,stage,unit\n"
    b"A,Price letters,pilot,Claims\nB,Route planning,production,Claims\n"
)

Board = Callable[..., AppTest]


@pytest.fixture
def board(opened) -> Board:
    """Opens a page of the board on the store in a file; what is chosen stands in its URL too."""

    def on_board(path: Path, page: str = BRIEF, user: dict | None = None, **chosen) -> AppTest:
        hold(path)
        chosen = link_to(page, ui.store) | chosen
        return opened(path, page, user, chosen, **chosen)

    return on_board


@pytest.fixture(scope="module")
def hostile_seen(benchmarks_file: Path, tmp_path_factory) -> Path:
    """A store whose every name is an attack, for tests that only look."""
    path = Path(shutil.copy(benchmarks_file, tmp_path_factory.mktemp("seen") / "hostile.duckdb"))
    with Store(path) as store:
        hostile.put_hostile(store)
    return path


def show_origins(app: AppTest) -> int:
    """Let every figure of an opened page say where it comes from; how many say it."""
    boxes = [str(key) for key in app.session_state.to_dict() if str(key).startswith("where-")]
    boxes = [box for box in boxes if not box.endswith("-csv")]
    for box in boxes:
        app.session_state[box] = True
    assert not refusals(app.run())
    return len(boxes)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_the_sample_and_every_figure_says_where_it_comes_from(
    board, sample_seen, page
):
    app = board(sample_seen, page)
    assert not refusals(app) and len(app.title) == 1
    assert "no initiatives" not in words(app) and "Choose an initiative" not in words(app)
    if page in LOOKING and page != PACK:
        assert not app.code
        assert show_origins(app) == len(app.code) > 0


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_the_federal_inventory(board, federal_seen, page):
    app = board(federal_seen, page)
    assert not refusals(app) and len(app.title) == 1


@pytest.mark.parametrize("page", LOOKING)
def test_a_page_on_an_empty_store_says_what_to_do(board, empty_seen, page):
    app = board(empty_seen, page)
    assert not refusals(app)
    assert "There are no initiatives to see yet." in words(app)
    assert links(app)[-1] == "Bring a file in"


def test_on_an_empty_store_the_importer_waits_and_the_history_has_the_benchmarks(board, empty_seen):
    app = board(empty_seen, IMPORT)
    assert not refusals(app) and "Nothing is stored before you say so" in words(app)
    app = board(empty_seen, HISTORY)
    assert not refusals(app) and "published benchmarks" in words(app)


def test_who_may_not_import_is_told_whom_to_ask_on_an_empty_store(board, empty_seen):
    app = board(empty_seen, BRIEF, user=EXECUTIVE)
    assert not refusals(app) and not links(app)
    assert "Ask an analyst" in words(app)


def test_a_new_store_gets_the_invented_sample(board, tmp_path):
    app = board(tmp_path / "deep" / "new.duckdb")
    assert not refusals(app) and "reached pilot" in words(app)
    with ui.store().reader(ui.viewer()) as cursor:
        sources = cursor.execute("select source from batch order by number").fetchall()
    assert sources == [("sample",), ("benchmarks",)]


def test_who_may_not_import_has_no_sources(board, sample_seen):
    app = board(sample_seen, user=EXECUTIVE)
    for page in SOURCES:
        with pytest.raises(ValueError, match="Could not find a navigation page"):
            app.switch_page(page)


@pytest.mark.parametrize("page", SOURCES)
def test_a_sources_page_reached_directly_refuses_who_may_not_import(sample_seen, page, caplog):
    hold(sample_seen)
    app = AppTest.from_file(ROOT / page)
    app.user = dict(EXECUTIVE)
    app.run()
    assert len(app.exception) == 1 and not app.title and not app.markdown
    assert "may not import; ask an owner for that right" in caplog.text


def test_who_may_not_import_gets_no_sources_by_a_link(board, sample_seen):
    app = board(sample_seen, IMPORT, user=EXECUTIVE)
    assert not app.file_uploader
    assert [title.value for title in app.title] == [
        title.value for title in board(sample_seen).title
    ]


def test_an_executive_opens_every_page_that_only_looks(board, sample_seen):
    for page in LOOKING:
        assert not refusals(board(sample_seen, page, user=EXECUTIVE)), page


@pytest.mark.parametrize("which", ["sample_seen", "federal_seen"])
def test_the_brief_says_the_sentence_and_four_figures_of_the_briefing(board, which, request):
    app = board(request.getfixturevalue(which))
    now = briefing.asked(read_open)
    assert formats.plain(briefing.sentence(now, STALLED_DAYS)) in words(app)
    assert [(metric.label, metric.value) for metric in app.metric] == [
        (terms.TERMS[name].label, "—" if now[name] is None else formats.value(name, now[name]))
        for name in briefing.FOUR
    ]


def test_the_impact_page_shows_the_documents_table_and_the_finding_of_each_row(board, sample_seen):
    app = board(sample_seen, "pages/board/impact.py")
    now = briefing.asked(read_open)
    assert impact.table() in words(app)
    values = {metric.label: metric.value for metric in app.metric}
    for row in impact.ROWS:
        label = terms.TERMS[row.headline].label
        assert values[label] == formats.value(row.headline, now[row.headline])
        assert formats.plain(impact.beside(row, now)) in words(app)


def figure_names() -> set[str]:
    """Every figure named on screen: by the brief, the impact table, or a string on a page."""
    names = {*briefing.FOUR, *(name for row in impact.ROWS for name in (row.headline, *row.beside))}
    kinds = ("_share", "_amount", "_fte", "_days")
    for page in PAGES:
        for node in ast.walk(ast.parse((ROOT / page).read_text())):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and "/" not in node.value
            ):
                names |= {node.value} if node.value.endswith(kinds) else set()
    return names - {"stalled_days", "within_days"}


def test_every_figure_on_screen_has_a_term():
    assert figure_names() <= set(terms.TERMS)


@pytest.mark.parametrize("reading", funnel.READINGS)
@pytest.mark.parametrize("which", ["sample_seen", "federal_seen"])
def test_each_reading_of_the_funnel_opens(board, which, reading, request):
    app = board(request.getfixturevalue(which), FUNNEL, reading=reading)
    assert not refusals(app)
    assert funnel.EXPLAINED[reading] in words(app)


@pytest.mark.parametrize("start", portfolio.STARTS)
def test_time_to_production_starts_anywhere(board, federal_seen, start):
    assert not refusals(board(federal_seen, TIME, start=start))


@pytest.mark.parametrize("group", portfolio.GROUPS)
def test_each_group_of_initiatives_opens_with_as_many_as_it_says(board, sample_seen, group):
    app = board(sample_seen, INITIATIVES, group=group)
    every = read_open("portfolio/initiatives")
    expected = len(portfolio.members(every, group))
    assert not refusals(app)
    assert f"**{expected:,} of " in words(app)
    assert [len(table.value) for table in app.dataframe] == ([expected] if expected else [])


def read_open(name: str, lens: Lens | None = None, **parameters):
    """The answer of the store the board holds."""
    return ask(ui.store(), name, lens=lens, **parameters)


def test_a_store_another_process_has_is_a_plain_page_that_says_what_to_do(board, sample_path):
    with holding(sample_path):
        app = board(sample_path)
    assert [title.value for title in app.title] == ["The store cannot be opened"]
    [says] = refusals(app)
    assert says.startswith("Another process has the store")
    assert not app.metric and not app.multiselect


def test_a_store_of_a_newer_app_is_a_plain_page_that_says_what_to_do(board, sample_path):
    with duckdb.connect(str(sample_path)) as connection:
        connection.execute("insert into schema_change values (999, 'later.sql', now()::timestamp)")
    app = board(sample_path)
    [says] = refusals(app)
    assert "newer version of this app" in says and "update the app" in says


@pytest.mark.parametrize("content", [b"this is no database" * 500, b"\0" * 20_000])
def test_a_damaged_store_is_a_plain_page_that_says_what_to_do(board, tmp_path, content):
    path = tmp_path / "damaged.duckdb"
    path.write_bytes(content)
    [says] = refusals(board(path))
    assert "is not a readable store" in says and "restore" in says
    assert path.read_bytes() == content


def imported(app: AppTest, content: bytes = SMALL, name: str = "small") -> AppTest:
    """The page with a file on it, up to the button that stores it."""
    app.file_uploader[0].upload(f"{name} {FEDERAL_DAY}.csv", content, "text/csv").run()
    assert app.date_input(key="import_as_of").value == FEDERAL_DAY
    return app


def bring(path: Path) -> Path:
    """A closed store, with the small file in it."""
    with Store(path) as store:
        prepared = uploads.look_at(store, LOCAL_OWNER, SMALL, "small.csv", "inventory", FEDERAL_DAY)
        uploads.keep(store, LOCAL_OWNER, prepared, "upload")
    return path


def test_a_file_stored_on_the_page_is_the_portfolio_until_it_is_undone(board, sample_path):
    sentence = board(sample_path).markdown[1].value
    app = press(imported(board(sample_path, IMPORT)), STORE)
    assert not refusals(app)
    assert "Stored 2 initiatives" in words(app)
    app.switch_page(BRIEF).run()
    assert "Of 2 initiatives that reached pilot, 1 " in words(app).replace("\\", "")
    app.switch_page(HISTORY).run()
    assert "small" in app.markdown[2].value
    press_turns(app, "Undo", "3")
    press_turns(app, "Redo", "1")
    app.switch_page(BRIEF).run()
    assert not refusals(app) and app.markdown[1].value == sentence


def test_what_no_column_says_is_said_once_on_the_page(board, sample_path):
    app = board(sample_path, IMPORT)
    content = b"Project,Type,Jan,Feb\nINI-001,cloud,1,2\nINI-002,staff,3,4\n"
    app.file_uploader[0].upload("spending.csv", content, "text/csv").run()
    assert any("Of which year are the months" in each.value for each in app.warning)
    [year] = [each for each in app.number_input if each.label == "Year"]
    year.set_value(2025).run()
    assert "4 costs can be stored; none is refused" in words(app)
    content = b"Project,Month,Spend\nINI-001,2026-01,1\nINI-002,2026-02,3\n"
    app.file_uploader[0].upload("more.csv", content, "text/csv").run()
    assert "No column is known to hold category" in " ".join(refusals(app))
    [category] = [each for each in app.selectbox if each.label.startswith("category")]
    category.set_value("compute").run()
    assert "2 costs can be stored; none is refused" in words(app)


def test_a_file_stored_twice_changes_nothing_and_says_so(board, sample_path):
    for expected in ("Stored 2 initiatives", "Nothing new"):
        app = press(imported(board(sample_path, IMPORT)), STORE)
        assert expected in words(app)


def test_a_cell_mended_on_the_page_is_stored_and_can_be_taken_back(board, sample_path):
    content = SMALL.replace(b"Route planning", b"")
    app = imported(board(sample_path, IMPORT), content)
    assert "1 is refused" in words(app)
    cells = {"name": {2: "Peak shaving"}}
    app.session_state["mended"] = {"digest": sha256(content).hexdigest(), "cells": cells}
    app.run()
    assert not refusals(app) and "1 cell mended here" in words(app)
    assert "none is refused" in words(app)
    app.button(key="unmend").click().run()
    assert not refusals(app) and "none is refused" not in words(app)


def test_the_problems_of_a_file_are_shown_by_the_rule_that_is_broken(board, sample_path):
    lines = ["initiative_id,month,category,actual_amount", "a,2025-01,compute,-5"]
    content = "\n".join([*lines, "Total,2025-01,compute,1"]).encode()
    app = imported(board(sample_path, IMPORT), content, "costs")
    app.multiselect(key="problem_rules").set_value(["No row is a total of the others"]).run()
    assert not refusals(app)
    [shown] = [table.value for table in app.dataframe if "mend" in table.value.columns]
    assert len(shown) == 1 and "row of totals" in shown["says"][0]


def test_a_long_file_can_be_cancelled_while_it_is_checked_and_begun_again(
    board, sample_path, monkeypatch
):
    def stopped(*given, progress):
        progress(0.5, "Read the *names*")
        st.stop()

    monkeypatch.setattr(working, "LONG", 0)
    app = board(sample_path, IMPORT)
    with monkeypatch.context() as while_it_works:
        while_it_works.setattr(uploads, "look_at", stopped)
        app.file_uploader[0].upload("small.csv", SMALL, "text/csv").run()
        app = app.button(key="cancel_checking").click().run()
    assert not refusals(app) and "Cancelled: nothing was stored." in words(app)
    app = app.button(key="begin_again").click().run()
    assert not refusals(app) and "none is refused" in words(app)


def test_storing_that_is_cancelled_says_so_and_stores_nothing(board, sample_path, monkeypatch):
    app = imported(board(sample_path, IMPORT))
    with monkeypatch.context() as while_it_works:
        while_it_works.setattr(storing, "progress", lambda *given: lambda *told: st.stop())
        press(app, STORE)
    app.run()
    assert not refusals(app) and "Storing was cancelled: nothing was stored." in words(app)
    assert "Stored 2" not in words(app)
    assert "Stored 2 initiatives" in words(press(app, STORE))


def test_an_undo_others_built_upon_is_asked_about_first(board, sample_path):
    app = board(bring(sample_path), IMPORT)
    app = imported(app, SMALL.replace(b"Price", b"Nice"), "next")
    app.button(key="store").click().run()
    app.switch_page(HISTORY).run()
    version = ui.store().version()
    app.button(key="turn-3").click().run()
    assert not refusals(app) and ui.store().version() == version
    assert "Others have built on batch 3 since" in words(app)


def test_every_batch_can_be_reached(board, sample_path, monkeypatch):
    monkeypatch.setattr(history, "AT_ONCE", 3)
    with Store(sample_path) as store:
        for number in range(5):
            put(store, initiatives=f"initiative_id name unit\nz{number} Z Claims")
    for page, batches in ((1, (7, 6, 5)), (2, (4, 3, 2)), (3, (1,))):
        app = board(sample_path, HISTORY, batch_page=page)
        turns = {button.key for button in app.button if str(button.key).startswith("turn-")}
        assert not refusals(app) and turns == {f"turn-{number}" for number in batches}


def test_the_next_file_with_the_same_headers_is_mapped_as_the_last(board, sample_path):
    app = board(bring(sample_path), IMPORT)
    app = imported(app, SMALL.replace(b"Price", b"Nice"), "next")
    assert not refusals(app) and "Recognized: mapped as on" in words(app)
    assert "2 changed" in words(app) or "1 changed" in words(app)


def test_the_sample_stays_and_the_day_is_another_when_the_analyst_wants_it_to(board, sample_path):
    app = imported(board(sample_path, IMPORT))
    app.checkbox(key="take_sample_out").uncheck()
    app.date_input(key="import_as_of").set_value(date(2025, 1, 31)).run()
    press(app, STORE)
    assert sample_portfolio.counting(ui.store())
    assert look(ui.store(), "select as_of from batches where number = 3") == [(date(2025, 1, 31),)]


def test_the_page_says_what_storing_would_change_and_what_the_board_would_say(board, sample_path):
    app = imported(board(sample_path, IMPORT))
    assert "Rows: 4 new" in words(app) and "What it does to the board" in words(app)
    now, rows = ui.figures(), words(app)
    assert f"| Pilots gone live | {formats.share(now['pilot_to_production_share'])} | 50" in rows
    version = ui.store().version()
    app.button_group(key="changes_shown").set_value(["initiatives: 2 new"]).run()
    assert not refusals(app) and ui.store().version() == version


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\1\2" * 400, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, b"just a letter\n" * 40],
    ids=["empty", "binary", "picture", "prose"],
)
def test_a_file_that_is_no_table_is_one_sentence_and_nothing_is_stored(board, empty_path, content):
    app = board(empty_path, IMPORT)
    before = ui.store().version()
    app.file_uploader[0].upload("bad.csv", content, "text/csv")
    app.run()
    assert not app.exception and len(app.error) <= 1
    assert app.error or all(button.disabled for button in app.button if button.key == "store")
    assert ui.store().version() == before


@pytest.mark.parametrize("page", PAGES)
def test_hostile_names_are_shown_and_do_nothing(board, hostile_seen, page):
    app = board(hostile_seen, page)
    assert not refusals(app)
    show_origins(app)
    for name in hostile.NAMES:
        assert name not in words(app), "a name from a file reached Markdown as it was"
    drawn = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    for trace in (trace for chart in drawn for trace in chart["data"]):
        trace.pop("customdata", None)  # goes back to us with a click
    assert not any(name in json.dumps(drawn) for name in hostile.NAMES if "<" in name)


def test_a_hostile_file_name_and_header_pass_through_the_importer(board, empty_path):
    content = 'name,stage,"<img src=http://example.org/x>"\n"![x](http://example.org/x)",pilot,1\n'
    app = imported(board(empty_path, IMPORT), content.encode(), "![x](http:--x) <b>")
    assert not app.exception
    app = app.button(key="store").click().run()
    assert not app.exception and not app.error
    app.switch_page(HISTORY).run()
    assert not refusals(app) and "![x](" not in words(app)


def test_an_executive_answers_the_questionnaire_in_their_own_name(board, sample_path):
    page = "pages/readiness/assessment.py"
    app = board(sample_path, page, user=EXECUTIVE, mode="answer")
    assert not refusals(app) and app.selectbox(key="respondent").value == EXECUTIVE["email"]
    app.radio[0].set_value(3)
    press(app, "Save and go on")
    assert not refusals(app) and "1 answer of e" in words(app)
    assert "Undo" not in [button.label for button in app.button]
    assert EXECUTIVE["email"] in set(read_open("readiness/answers")["respondent"])
