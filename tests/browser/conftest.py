"""Boards on stores of their own, and Debian's chromium to walk them with."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.walking import Served, Walk

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class Visitors:
    """Everybody who came with a browser of their own, until all leave."""

    def __init__(self, chromium: Browser):
        self.chromium, self.contexts = chromium, []

    def arrive(self, board: Served, width: int = 1280, height: int = 900, **options) -> Walk:
        size = {"width": width, "height": height}
        still = {"reduced_motion": "reduce"}  # what moves is drawn sixty times a second
        self.contexts.append(self.chromium.new_context(viewport=size, **still, **options))
        return Walk(self.contexts[-1].new_page(), board.url)

    def close(self) -> None:
        for context in self.contexts:
            context.close()


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


@pytest.fixture(scope="module")
def settled(chromium) -> Iterator[Callable[..., Walk]]:
    """A visitor who stays for a whole module, and fetches and compiles the board's scripts once."""
    with closing(Visitors(chromium)) as visitors:
        yield visitors.arrive


@pytest.fixture
def visit(chromium) -> Iterator[Callable[..., Walk]]:
    """A visitor nobody has seen before, at a board; `options` are those of a browser context."""
    with closing(Visitors(chromium)) as visitors:
        yield visitors.arrive


@pytest.fixture(scope="module")
def sample_reader(settled, sample_board) -> Walk:
    return settled(sample_board)


@pytest.fixture
def reader(sample_reader) -> Walk:
    """Somebody who reads the sample, and comes from another page of it."""
    return sample_reader.anew()
