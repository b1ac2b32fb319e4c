"""Boards on stores of their own, and Debian's chromium to walk them with."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hostile
import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.walking import Served, Walk
from data import sample
from data.store import Store

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        says = f"{CHROMIUM} is missing (apt-get install chromium): the board was walked by nobody"
        pytest.fail(says) if os.environ.get("CI") == "true" else pytest.skip(says)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve(chromium) -> Iterator[Callable[..., Served]]:
    """Starts a board on a store, with settings of its environment; all are stopped in the end."""
    started: list[Served] = []

    def start(store: Path, **settings: str) -> Served:
        started.append(Served(store, settings))
        return started[-1]

    yield start
    for board in started:
        board.stop()


@pytest.fixture(scope="session")
def sample_board(serve, sample_file, tmp_path_factory) -> Served:
    """The board on the sample, for tests that only look."""
    folder = tmp_path_factory.mktemp("served")
    return serve(Path(shutil.copy(sample_file, folder / "sample.duckdb")))


@pytest.fixture(scope="session")
def hostile_board(serve, tmp_path_factory) -> Served:
    """The board on a store whose every name is an attack."""
    path = tmp_path_factory.mktemp("served") / "hostile.duckdb"
    with Store(path) as store:
        sample.load_benchmarks(store)
        hostile.put_hostile(store)
    return serve(path)


@pytest.fixture
def visit(chromium) -> Iterator[Callable[..., Walk]]:
    """A visitor nobody has seen before, at a board; `options` are those of a browser context."""
    contexts = []

    def arrive(board: Served, width: int = 1280, height: int = 900, **options) -> Walk:
        viewport = {"width": width, "height": height}
        contexts.append(chromium.new_context(viewport=viewport, **options))
        return Walk(contexts[-1].new_page(), board.url)

    yield arrive
    for context in contexts:
        context.close()
