"""Each page's questions, uncached, on a hundred times the sample against the sample itself."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import queries
from bench.ratios import Line, compared
from dashboard import filters
from data.access import LOCAL_OWNER
from data.sample import LAST_DAY
from data.store import Lens, Store

PAGES = Path(__file__).parents[1] / "pages"
GOAL = 10.0
BRIEF = ("board/headline", "board/impact", "delivery/time_to_production")
# The questions behind what pages call by another name than the question's own.
BEHIND = {
    "figures": BRIEF,
    "trend": BRIEF,
    "benchmark": ("delivery/benchmarks",),
    "benchmarks": ("delivery/benchmarks",),
    "choose_benchmark": ("delivery/benchmarks",),
    "step": ("readiness/outputs", "readiness/evidence"),
    "equipment": ("readiness/layers", "portfolio/layers"),
    "choose_initiative": ("portfolio/initiatives", "portfolio/initiative"),
}
FRONT_DOOR = ("board/units", "board/sponsors", "board/last_meeting")


@dataclass(frozen=True)
class Asked:
    """A question as a page asks it: on which day, about which initiative."""

    question: str
    day: date = LAST_DAY
    parameters: dict[str, object] = field(default_factory=dict, compare=False)


def pages() -> dict[str, list[Asked]]:
    """What a first visit to each page asks, each question once a day: that is what the cache keeps.

    Read from the pages themselves: the questions they name and the figures they call.
    """
    about = {"initiative_id": "", "from_stage": "pilot", "within_days": 365}
    about |= {"least_evidence": "claimed"}
    about |= {"model": "delivery-window", "metric": "error_share"}
    visits = {"every page: filters": [Asked(name) for name in FRONT_DOOR]}
    for file in sorted(PAGES.rglob("*.py")):
        asked = [Asked(name, day, about) for name, day in _asked(file)]
        if asked:
            page = file.relative_to(PAGES).with_suffix("").as_posix()
            visits[page] = list(dict.fromkeys(asked))
    return visits


def _asked(file: Path) -> Iterator[tuple[str, date]]:
    """The questions a page asks, with their days."""
    known = set(queries.names())
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and node.value in known:
            yield node.value, LAST_DAY
        if isinstance(node, ast.Attribute) and node.attr in BEHIND and _is_ui(node.value):
            for day in _days(node.attr):
                yield from ((name, day) for name in BEHIND[node.attr])


def _is_ui(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "ui"


def _days(figure: str) -> list[date]:
    compare_on = filters.default_compare(LAST_DAY, None)
    return {
        "trend": filters.trend_days(LAST_DAY),
        "figures": [LAST_DAY, compare_on],
    }.get(figure, [LAST_DAY])


def unasked() -> list[str]:
    """The questions no page is seen to ask."""
    asked = {one.question for page in pages().values() for one in page}
    return [name for name in queries.names() if name not in asked]


def an_initiative(store: Store) -> str:
    """The initiative with the most rows to show, for the pages about one."""
    with store.reader(LOCAL_OWNER) as cursor:
        [(initiative_id,)] = cursor.execute(
            """
            select initiative_id from model_metrics_daily
            group by initiative_id order by count(*) desc, initiative_id limit 1
            """
        ).fetchall()
    return initiative_id


def answer(store: Store, asked: list[Asked], initiative_id: str) -> None:
    """Ask everything of a page, each question through a reader of its own as the pages do."""
    for one in asked:
        with store.reader(LOCAL_OWNER, Lens(as_of=one.day)) as cursor:
            queries.run(cursor, one.question, **{**one.parameters, "initiative_id": initiative_id})


def lines(small: Store, large: Store) -> Iterator[Line]:
    """One line per page: the large store against the small one."""
    initiative_id = an_initiative(small)
    for page, asked in pages().items():

        def on(store: Store, asked: list[Asked] = asked) -> None:
            answer(store, asked, initiative_id)

        yield compared(
            f"{page} ({len(asked)} asked)",
            lambda on=on: on(large),
            lambda on=on: on(small),
            GOAL,
            rounds=5,
        )
    for name in unasked():
        yield Line(f"{name}: asked by no page", None)
