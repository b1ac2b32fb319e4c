"""What stands on an opened page, what a closed store answers, and hands to press its buttons."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from conftest import ask
from streamlit.testing.v1 import AppTest

from data.store import Store

INITIATIVE = "pages/portfolio/initiative.py"
MODEL = "pages/models/model.py"


def refusals(app: AppTest) -> list[str]:
    """What a page shows in red, and its exceptions."""
    return [error.value for error in (*app.error, *app.exception)]


def words(app: AppTest) -> str:
    """All sentences on the page."""
    said = (*app.title, *app.markdown, *app.caption, *app.info, *app.success, *app.error)
    return "\n".join(element.value for element in said)


def links(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def link_to(page: str, store: Callable[[], Store]) -> dict[str, str]:
    """What a page needs in its URL: the page of one initiative or model, which one."""
    if page == MODEL:
        known = ask(store(), "models/known")
        first = known[["initiative_id", "model"]].agg("/".join, axis=1).head(1)
        return {"model": first.iloc[0]} if len(first) else {}
    if page != INITIATIVE:
        return {}
    rows = ask(store(), "portfolio/initiatives")
    return {"initiative_id": rows["initiative_id"].iloc[0]} if len(rows) else {}


class holding:
    """Another process that has a store open."""

    def __init__(self, path: Path):
        code = (
            f"import duckdb; c = duckdb.connect({str(path)!r}); print('held', flush=True); input()"
        )
        self.command = [sys.executable, "-c", code]

    def __enter__(self):
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(self.command, stdin=pipe, stdout=pipe)
        assert self.process.stdout.readline().strip() == b"held"

    def __exit__(self, *_: object) -> None:
        self.process.communicate(b"\n")


def press(app: AppTest, label: str) -> AppTest:
    [button] = [button for button in app.button if button.label == label]
    return button.click().run()


def press_turns(app: AppTest, label: str, number: str) -> None:
    """Undo or redo a batch by its number."""
    [button] = [button for button in app.button if button.key == f"turn-{number}"]
    assert button.label == label
    button.click().run()
    assert not refusals(app)
