"""A meeting's pack: its slides against empty ones, and an appendix of five hundred initiatives."""

import io
import multiprocessing
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
from pptx import Presentation

import queries
from bench import portfolio
from bench.ratios import Line, compared
from dashboard.filters import Filters
from dashboard.steering import compose, handout, powerpoint, room, workbook
from dashboard.steering.content import Briefing
from dashboard.steering.sitting import ALWAYS, meetings, seated
from data.access import SYSTEM
from data.sample import LAST_DAY
from data.store import Lens, Store

SLIDES, GOAL_TIMES = 12, 20
INITIATIVES, COPIES = 500, 6
GOAL_SECONDS, GOAL_MEGABYTES = 60, 500


def lines(folder: Path) -> Iterator[Line]:
    """How many times empty slides a pack takes; seconds and megabytes of a large appendix."""
    with portfolio.opened(folder, 1) as store:
        whole = composed(store, with_appendix=False)
    twelve = replace(whole, slides=whole.slides[:SLIDES])
    for name, maker, goal in (
        ("PowerPoint", powerpoint, GOAL_TIMES),
        ("HTML", handout, None),
        ("Excel", workbook, None),
    ):
        what = f"{name}, {SLIDES} slides, against empty slides"
        yield compared(what, lambda maker=maker: maker.made(twelve), bare, goal, rounds=5)
    yield from _appendix(folder)


def bare() -> bytes:
    """As many empty slides as python-pptx itself writes them."""
    deck, out = Presentation(), io.BytesIO()
    for _ in range(SLIDES):
        deck.slides.add_slide(deck.slide_layouts[5])
    deck.save(out)
    return out.getvalue()


def composed(store: Store, with_appendix: bool) -> Briefing:
    """The newest meeting of a store."""

    def through(lens: Lens):
        def answer(name: str, **given: object) -> pd.DataFrame:
            with store.reader(SYSTEM, lens) as cursor:
                return queries.run(cursor, name, **given)

        return answer

    known = meetings(through(Lens(as_of=ALWAYS))("steering/meetings"), LAST_DAY)
    sitting = seated(known[0], known, Filters(known[0].as_of, known[0].as_of))
    return compose.briefing(room.enter(sitting, through), with_appendix)


def _appendix(folder: Path) -> Iterator[Line]:
    """Composed and written in a process of its own, so that its memory is its own."""
    with portfolio.opened(folder, COPIES):
        pass
    path = folder / f"sample-{COPIES}.duckdb"
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        composing, writing, busy, megabytes, size = pool.apply(_large, (path,))
    remark = (
        f"{composing:.1f} s composing, {writing:.1f} s writing {size / 1e6:.1f} MB; "
        f"{busy:.1f} s of one processor"
    )
    what = f"{INITIATIVES} initiatives in PowerPoint"
    yield Line(f"{what}, seconds", composing + writing, GOAL_SECONDS, remark)
    yield Line(f"{what}, most memory, MB", megabytes, GOAL_MEGABYTES)


def _large(path: Path) -> tuple[float, float, float, float, int]:
    start, busy = time.perf_counter(), time.process_time()
    with Store(path) as store:
        whole = composed(store, with_appendix=True)
    middle = time.perf_counter()
    size = len(powerpoint.made(replace(whole, appendix=whole.appendix[:INITIATIVES]))[0])
    end = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return middle - start, end - middle, time.process_time() - busy, peak, size
