"""One model's raw points among many: ten million raw rows against one million, by both ways in."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import queries
from bench.ratios import Line, compared
from data.access import LOCAL_OWNER
from data.store import Lens, Store

SERIES = 500
MILLION = 1_000_000
TIMES = 10
GOAL = 10.0
LAST = date(2026, 10, 31)
# A history brought in at once lies series by series; a daily pull lies day by day.
ORDERS = {"series by series": "series, minute", "day by day": "minute, series"}


def filled(path: Path, rows: int, order: str) -> Store:
    """A store of 500 series, each a point a minute, laid down in this order."""
    store = Store(path)
    with store.writing() as cursor:
        cursor.execute(
            f"""
            insert into model_metrics_current by name
            select
                null::uuid as batch_id, false as is_removed,
                'INI-' || (series // 10) as initiative_id, 'model-' || (series // 5 % 2) as model,
                '1' as version, 'metric-' || (series % 5) as metric,
                $last::timestamp - to_minutes(minute) as measured_at, random() as value,
                'Claims' as unit
            from range({SERIES}) as s(series), range({rows // SERIES}) as m(minute)
            order by {order}
            """,
            {"last": LAST},
        )
    with store.connection.cursor() as cursor:
        cursor.execute("checkpoint")
    return store


def drill(store: Store) -> None:
    """A day of raw points of one series."""
    asked = {"initiative_id": "INI-25", "model": "model-1", "metric": "metric-3"}
    with store.reader(LOCAL_OWNER, Lens(as_of=LAST)) as cursor:
        found = queries.run(
            cursor, "models/raw", from_on=date(2026, 10, 30), until_on=date(2026, 10, 30), **asked
        )
    assert len(found) == 1000


def lines(folder: Path) -> Iterator[Line]:
    """One line per way in."""
    for name, order in ORDERS.items():
        stem = name.replace(" ", "-")
        small = filled(folder / f"{stem}-1.duckdb", MILLION, order)
        large = filled(folder / f"{stem}-{TIMES}.duckdb", TIMES * MILLION, order)
        yield compared(
            f"raw points of a day, {name}",
            lambda large=large: drill(large),
            lambda small=small: drill(small),
            GOAL,
        )
        small.close()
        large.close()
