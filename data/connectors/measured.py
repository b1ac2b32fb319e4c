"""Measurements on their way into `model_metrics`: finite, dated, one for a moment."""

import math
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa

from data.connectors.moments import seconds_of
from data.connectors.pulled import Link
from data.tables import TABLES

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far ahead of this machine's clock a source's may be before its points count as future."""

NO_NUMBER = "measurements that are no finite number"
NO_MOMENT = "measurements without a usable moment"
FUTURE = "measurements dated in the future"
TWICE = "measurements of a moment given twice (the last one counts)"


class Measured:
    """Gathers series of measurements; `left_out` counts by reason what could not become a row."""

    def __init__(self, asked_at: datetime):
        """`asked_at`: when the source was asked, in UTC by the clock of this machine."""
        self._until_s = seconds_of(asked_at + CLOCKS_DIFFER)
        self._parts: list[pa.Table] = []
        self.left_out: Counter[str] = Counter()

    def add(
        self,
        link: Link,
        version: str,
        metric: str,
        moments_s: Iterable[object],
        values: Iterable[object],
    ) -> None:
        """Add a series: moments in seconds since 1970, UTC, and values, as the source gave them."""
        moments = np.array([_finite(moment) for moment in moments_s], dtype=float)
        numbers = np.array([_finite(value) for value in values], dtype=float)
        is_number, is_dated = np.isfinite(numbers), np.isfinite(moments) & (moments > 0)
        is_past = moments <= self._until_s
        self._count(NO_NUMBER, ~is_number)
        self._count(NO_MOMENT, is_number & ~is_dated)
        self._count(FUTURE, is_number & is_dated & ~is_past)
        kept = is_number & is_dated & is_past
        micros = np.round(moments[kept] * 1e6).astype("int64")
        count = len(micros)
        texts = (link.initiative_id, link.model, version, metric)
        columns = [pa.repeat(pa.scalar(text, pa.string()), count) for text in texts]
        columns += [pa.array(micros).cast(pa.timestamp("us")), pa.array(numbers[kept])]
        self._parts.append(pa.table(columns, schema=_SCHEMA))

    def table(self) -> pa.Table:
        """Rows of `model_metrics`, one for each series and moment."""
        if not self._parts:
            return _SCHEMA.empty_table()
        rows = pa.concat_tables(self._parts)
        grouped = rows.group_by(_SCHEMA.names[:-1], use_threads=False)
        single = grouped.aggregate([("value", "last")])
        self.left_out[TWICE] = len(rows) - len(single)
        return single.rename_columns(_SCHEMA.names).cast(_SCHEMA)

    def _count(self, reason: str, which: np.ndarray) -> None:
        self.left_out[reason] += int(which.sum())


_SCHEMA = TABLES["model_metrics"].schema


def _finite(value: object) -> float:
    """A number, also one written as text; anything else, flags and infinities too, is NaN."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return math.nan
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return math.nan
    return number if math.isfinite(number) else math.nan
