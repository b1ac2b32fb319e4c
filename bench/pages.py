"""The brief itself: a rerun against a bare page, a cold start against `streamlit hello`, memory."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from bench import portfolio
from bench.ratios import Line, compared
from bench.servers import Server

GOAL = 1.5
READERS = 10
COLD_ROUNDS = 3
BOARD, BARE = ("run", "serve.py"), ("run", str(Path("bench") / "bare.py"))
FIRST_FIGURE, FIRST_HEADING = "[data-testid=stMetric]", "[data-testid=stMain] h1"
PATIENCE_MS = 60_000


def lines(folder: Path) -> Iterator[Line]:
    """A rerun, a cold start, and memory, on the sample."""
    with portfolio.opened(folder, 1) as store:
        path = Path(store.path)
    yield rerun(path)
    with browser() as chromium:
        if chromium is None:
            yield Line("cold start and memory: needs chromium", None)
            return
        yield from cold_start(chromium, path)
        yield from memory(chromium, path)


def rerun(store: Path) -> Line:
    """The brief again, every answer cached, against a bare page of as many empty figures."""
    with (
        Server(*BOARD, store=store, with_api=True) as board,
        Server(*BARE, store=store, with_api=True) as bare,
    ):
        ours, theirs = board.wait().run_page(), bare.wait().run_page()
        return compared(
            "brief rerun, answers cached, against a bare page",
            lambda: board.run_page(ours),
            lambda: bare.run_page(theirs),
            GOAL,
            rounds=21,
        )


def cold_start(chromium: Browser, store: Path) -> Iterator[Line]:
    """From the start of the process to the first figure, against `streamlit hello`'s heading."""
    ours, theirs = [], []
    for _ in range(COLD_ROUNDS):
        theirs.append(_first_painted(chromium, ("hello",), store, FIRST_HEADING))
        ours.append(_first_painted(chromium, BOARD, store, FIRST_FIGURE))
    yield Line(
        "cold start to first figure, against hello",
        median(our / their for our, their in zip(ours, theirs, strict=True)),
        remark=f"{median(ours):.1f} s against {median(theirs):.1f} s",
    )
    new = _first_painted(chromium, BOARD, store.with_name("new.duckdb"), FIRST_FIGURE)
    yield Line(
        "the same on a new store, which gets the sample",
        new / median(theirs),
        remark=f"{new:.1f} s",
    )


def _first_painted(chromium: Browser, what: tuple[str, ...], store: Path, sign: str) -> float:
    """Seconds from the start of a server to the first sign of its page in a fresh browser."""
    with Server(*what, store=store) as server, chromium.new_context() as context:
        page = context.new_page()
        page.goto(server.wait().url)
        page.locator(sign).first.wait_for(timeout=PATIENCE_MS)
        return server.age_s


def memory(chromium: Browser, store: Path) -> Iterator[Line]:
    """The server's resident memory with one reader and with ten, all of them still there."""
    with Server(*BOARD, store=store) as server, ExitStack() as readers:
        server.wait()
        used = []
        for _ in range(READERS):
            page = readers.enter_context(chromium.new_context()).new_page()
            page.goto(server.url)
            page.locator(FIRST_FIGURE).first.wait_for(timeout=PATIENCE_MS)
            page.locator(".js-plotly-plot").first.wait_for(timeout=PATIENCE_MS)
            used.append(server.memory_mb())
    if None in used:
        yield Line("memory: this system does not tell", None)
        return
    yield Line("memory with one reader, MB", used[0])
    yield Line(f"memory with {READERS} readers, MB", used[-1])
    yield Line(f"memory with {READERS} readers, against one", used[-1] / used[0])


@contextmanager
def browser() -> Iterator[Browser | None]:
    """The system's chromium; None where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        yield None
        return
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield chromium
        finally:
            chromium.close()
