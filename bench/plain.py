"""The same questions over plain tables: what batches, clocks and scope cost is the ratio."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

import queries
from bench.questions import Asked, an_initiative, answer, pages
from bench.ratios import Line, compared
from data.access import LOCAL_OWNER
from data.sample import LAST_DAY
from data.store import STALLED_DAYS, Lens, Store
from data.tables import TABLES
from data.views import DERIVED
from data.views import ROOT as VIEWS

GOAL = 1.5
TABLES_ONLY = ("model_metrics_daily", "model_metrics_later", "declarations", "batches")
# What asks of the batches themselves has no counterpart without them.
OF_BATCHES = "sources/batches"


def build(store: Store, path: Path) -> duckdb.DuckDBPyConnection:
    """A database where every name a question uses is a plain table of what a reader sees today.

    What is worked out (standing, risk, ...) is a view over these, the day written in as a constant.
    """
    plain = duckdb.connect(str(path))
    plain.execute(f"create macro as_of() as date '{LAST_DAY}'")
    with store.reader(LOCAL_OWNER, Lens(as_of=LAST_DAY)) as cursor:
        for name in (*TABLES, *TABLES_ONLY):
            rows = cursor.execute(f"from {name}").to_arrow_table()
            plain.register("rows", rows)
            plain.execute(f"create table {name} as from rows")
            plain.unregister("rows")
    for name in DERIVED:
        if name not in TABLES_ONLY:
            view = (VIEWS / f"{name}.sql").read_text()
            plain.execute(view.replace("getvariable('stalled_days')", str(STALLED_DAYS)))
    plain.execute("checkpoint")
    return plain


def answer_plainly(
    plain: duckdb.DuckDBPyConnection, asked: list[Asked], initiative_id: str
) -> None:
    """Ask everything of a page, each question on a cursor of its own."""
    for one in asked:
        with plain.cursor() as cursor:
            queries.run(cursor, one.question, **{**one.parameters, "initiative_id": initiative_id})


def lines(store: Store, path: Path, times: int) -> Iterator[Line]:
    """One line per page, on its as-of date only: the plain tables know no other day."""
    plain = build(store, path)
    initiative_id = an_initiative(store)
    for page, every in pages().items():
        asked = [one for one in every if one.day == LAST_DAY and one.question != OF_BATCHES]
        if not asked:
            continue
        yield compared(
            f"{page} ({len(asked)} asked), {times}x",
            lambda asked=asked: answer(store, asked, initiative_id),
            lambda asked=asked: answer_plainly(plain, asked, initiative_id),
            GOAL,
        )
    plain.close()
