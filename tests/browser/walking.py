"""A board served as people get it, and a visitor who walks it and notices what goes wrong."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import hostile
from conftest import ROOT
from playwright.sync_api import ConsoleMessage, Dialog, Page, expect

# On a cold deep link Streamlit's own script tries these two below the page's path, is told 404, and
# goes on to the right ones at the root.
PROBES = ("/_stcore/health", "/_stcore/host-config")
PATIENCE = 60_000  # a cold start has four seconds to compute, and may have to share its core
DRAWN = ".js-plotly-plot .main-svg"
NOTHING: dict[str, str] = {}
WATCH = Path(__file__).with_name("watch.js")

PAGES = {
    "": "The execution gap",
    "impact": "Impact",
    "initiatives": "Initiatives",
    "initiative": "Initiative",
    "funnel": "Funnel",
    "time_to_production": "Time to production",
    "stalled": "Stalled",
    "spend": "Spend",
    "returns": "Returns",
    "forecast": "Forecast",
    "layers": "Layers",
    "five_steps": "Five steps",
    "health": "Model health",
    "model": "Model",
    "assessment": "Assessment",
    "meeting": "Meeting",
    "present": re.compile("reached pilot, .* went on to production"),
    "pack": "Pack",
    "decisions": "Decisions",
    "import_file": "Import a file",
    "connectors": "Connectors",
    "templates": "Templates",
    "quality": "Data quality",
    "history": "History",
}
WITH_CHARTS = {"", "impact", "funnel", "time_to_production", "stalled", "model"} | {
    "layers",
    "five_steps",
    "assessment",
}
WITH_CHARTS |= {"spend", "returns", "forecast", "meeting"}


expect.set_options(timeout=PATIENCE)


class Served:
    """A board of its own on a store of its own, until it is stopped."""

    def __init__(self, store: Path, settings: Mapping[str, str] = NOTHING):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        run = [sys.executable, "-m", "streamlit", "run", "serve.py"]
        where = ["--server.port", str(port), "--server.address", "127.0.0.1"]
        self.log = store.with_suffix(".log")
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*run, *where],
                cwd=ROOT,
                env=os.environ | {"EXECUTION_GAP_STORE": str(store)} | settings,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):
                    return
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.1)
        raise AssertionError(f"the board did not start: {self.log.read_text()}")

    def stop(self) -> None:
        died = self.process.poll()
        assert died is None, f"the board died ({died}): {self.log.read_text()}"
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(15)


@dataclass
class Walk:
    """One visitor's page, and everything wrong that was seen on the way."""

    page: Page
    url: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.page.set_default_timeout(PATIENCE)
        self.page.add_init_script(path=WATCH)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._watch(request.url))
        self.page.on("dialog", self._dismiss)

    def open(self, path: str) -> "Walk":
        """Come to a page by its URL, cold, and wait until it stands still."""
        self.page.goto(f"{self.url}/{path}")
        return self.settle(path.partition("?")[0])

    def anew(self) -> "Walk":
        """The same page for another walk: what was wrong before is forgotten."""
        for found in (self.errors, self.foreign, self.dialogs):
            found.clear()
        return self

    def settle(self, name: str) -> "Walk":
        """Wait until the page of this name is drawn."""
        expect(self.page.locator("h1")).to_have_text(PAGES[name])
        if name in WITH_CHARTS:
            self.page.locator(DRAWN).first.wait_for()
        self.rest()
        return self

    def rest(self) -> None:
        """Wait until every run that was asked for has ended and all it says is drawn."""
        asked = time.monotonic()
        self.page.wait_for_function("asked => walk.stands(asked)", arg=asked)

    def type_day(self, key: str, digits: str) -> None:
        """Type a day into a date input, year first."""
        self.page.locator(f".st-key-{key} [data-type=year]").click()
        self.page.keyboard.type(digits, delay=30)
        self.page.locator("h1").click()
        self.rest()

    def text(self) -> str:
        return self.page.locator("[data-testid=stMain]").inner_text()

    def says(self, words: str) -> None:
        expect(self.page.locator("[data-testid=stMain]")).to_contain_text(words)

    def assert_well(self) -> None:
        """Nothing failed, nothing was fetched from elsewhere, nothing popped up."""
        assert not self.errors and not self.foreign and not self.dialogs
        assert not self.page.locator("[data-testid=stException]").count()
        assert not self.page.get_by_text("Page not found").count()

    def _hear(self, message: ConsoleMessage) -> None:
        where = urlsplit(message.location["url"]).path
        is_probe = where.endswith(PROBES) and "404" in message.text
        if message.type == "error" and not is_probe:
            self.errors.append(f"{message.text} ({where})")

    def _watch(self, url: str) -> None:
        if not url.startswith((self.url, "data:", "blob:")):
            self.foreign.append(url)

    def _dismiss(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


def link(name: str, initiative_id: str = "INI-001") -> str:
    """The path of a page that has something to show."""
    if name == "model":
        model = "delivery-window" if initiative_id == "INI-001" else hostile.NAMES[0]
        return f"model?model={quote(f'{initiative_id}/{model}')}"
    return f"{name}?initiative_id={initiative_id}" if name == "initiative" else name
