"""What a reader takes along is made and handed over, however many pages are turned meanwhile."""

from types import SimpleNamespace

import pytest
from conftest import ROOT
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from dashboard.ui import taking


@pytest.fixture
def clock(monkeypatch) -> SimpleNamespace:
    """A clock that stands until it is put on."""
    now = SimpleNamespace(now=0.0)
    monkeypatch.setattr(taking, "time", SimpleNamespace(monotonic=lambda: now.now))
    return now


@pytest.fixture
def files(clock) -> MediaFileManager:
    return MediaFileManager(MemoryMediaFileStorage("/media"))


def offered(files: MediaFileManager) -> str:
    """A button is drawn."""
    return files.add_deferred(lambda: b"a,b", "text/csv", "0.1", "rows.csv")


def turned(files: MediaFileManager, times: int = 1) -> None:
    """Pages end their runs, on which no file is shown any more."""
    files.clear_session_refs()
    for _ in range(times):
        files.remove_orphaned_files()


def taken(files: MediaFileManager, url: str) -> bytes | None:
    found = files.read_file(url.removeprefix("/media/").partition(".")[0])
    return found and found.content


def test_a_button_still_on_the_screen_while_its_page_is_drawn_anew_makes_its_file(files):
    old = offered(files)
    turned(files, times=3)
    assert taken(files, files.execute_deferred(old)) == b"a,b"


def test_a_file_that_was_made_waits_for_its_browser_however_many_runs_end(files):
    url = files.execute_deferred(offered(files))
    turned(files, times=10)
    assert taken(files, url) == b"a,b"


def test_what_no_page_has_shown_for_a_minute_is_forgotten(files, clock):
    old = offered(files)
    url = files.execute_deferred(old)
    turned(files)
    clock.now += taking.KEPT_SECONDS
    turned(files)
    assert taken(files, url) is None and not files._deferred_callables
    with pytest.raises(Exception, match="not found"):
        files.execute_deferred(old)


def test_what_a_page_shows_is_never_forgotten(files, clock):
    shown = offered(files)
    for _ in range(3):
        clock.now += taking.KEPT_SECONDS
        files.remove_orphaned_files()
    assert taken(files, files.execute_deferred(shown)) == b"a,b"


def test_a_file_made_again_waits_as_long_as_the_first(files, clock):
    shown = offered(files)
    for _ in range(3):
        url = files.execute_deferred(shown)
        files.remove_orphaned_files()
        clock.now += taking.KEPT_SECONDS / 2
        assert taken(files, url) == b"a,b"


def test_every_file_is_taken_in_this_one_way():
    modules = [*ROOT.glob("pages/**/*.py"), *ROOT.glob("dashboard/**/*.py")]
    [place] = [file for file in modules if "download_button" in file.read_text()]
    assert place.name == "taking.py"
