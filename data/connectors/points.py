"""Points of metric histories, kept as columns: a registry holds millions of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.connectors.measured import NO_MOMENT, NO_NUMBER, TWICE
from data.tables import TABLES

_CODED = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    {
        "run": _CODED,
        "metric": _CODED,
        "step": pa.int64(),
        "at_ms": pa.int64(),
        "value": pa.float64(),
    }
)
LATEST_MS = 253_402_300_799_999  # the last moment of the year 9999
INFINITE = 1.797e308  # MLflow stores infinity as the largest number there is


@dataclass(frozen=True)
class Target:
    """The model and version a run measured, and the initiative they serve."""

    initiative_id: str
    model: str
    version: str


def model_metrics(
    points: pa.Table, targets: Mapping[str, Sequence[Target]]
) -> tuple[pa.Table, dict[str, int]]:
    """The points of runs that have targets, as rows of model_metrics, and what was left out.

    `points` has SCHEMA, with times in milliseconds since 1970 in UTC; `targets` is by run. Of
    several points of one series at one moment the one of the last step stays.
    """
    runs, run_of = _coded(points["run"])
    metrics, metric_of = _coded(points["metric"])
    known = list(dict.fromkeys(target for run in runs for target in targets.get(run, ())))
    place = {target: number for number, target in enumerate(known)}
    wanted = [[place[target] for target in targets.get(run, ())] for run in runs]
    row, target_of = _spread(run_of, wanted)
    at_ms, value = points["at_ms"].to_numpy()[row], points["value"].to_numpy()[row]
    is_number = np.abs(value) < INFINITE
    is_moment = (at_ms >= 0) & (at_ms <= LATEST_MS)
    kept = np.flatnonzero(is_number & is_moment)
    step, series = points["step"].to_numpy()[row], target_of * max(len(metrics), 1) + metric_of[row]
    last = kept[_last_of_each(series[kept], at_ms[kept], step[kept])]
    columns = {
        **{name: _texts([getattr(t, name) for t in known], target_of[last]) for name in _NAMES},
        "metric": _texts(metrics, metric_of[row[last]]),
        "measured_at": pa.array(at_ms[last] * 1000).cast(pa.timestamp("us")),
        "value": pa.array(value[last]),
    }
    left_out = {
        NO_NUMBER: len(np.unique(row[~is_number])),
        NO_MOMENT: len(np.unique(row[is_number & ~is_moment])),
        TWICE: len(kept) - len(last),
    }
    table = pa.table(columns).select(TABLES["model_metrics"].names)
    return table.cast(TABLES["model_metrics"].schema), {k: n for k, n in left_out.items() if n}


_NAMES = ("initiative_id", "model", "version")


def _coded(column: pa.ChunkedArray) -> tuple[list[str], np.ndarray]:
    """The different texts of a column, and which of them each row has."""
    coded = column.unify_dictionaries().combine_chunks()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy()


def _spread(run_of: np.ndarray, wanted: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Each row once for every target of its run: the rows' numbers, and their targets'."""
    counts = np.array([len(numbers) for numbers in wanted], dtype=np.int64)
    starts = np.cumsum(counts) - counts
    flat = np.array([number for numbers in wanted for number in numbers], dtype=np.int64)
    times = counts[run_of] if len(run_of) else np.array([], dtype=np.int64)
    row = np.repeat(np.arange(len(run_of)), times)
    within = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    return row, flat[starts[run_of[row]] + within] if len(row) else row


def _last_of_each(series: np.ndarray, at_ms: np.ndarray, step: np.ndarray) -> np.ndarray:
    """Which row is the last step of its series and moment, in the order of both."""
    order = np.argsort(series, kind="stable")
    if _ends(series[order], at_ms[order], np.greater_equal).all():
        return order  # as nearly all histories come: in the order of time, each moment once
    order = np.lexsort((step, at_ms, series))
    return order[_ends(series[order], at_ms[order], np.equal)]


def _ends(series: np.ndarray, at_ms: np.ndarray, clashes: np.ufunc) -> np.ndarray:
    """Whether each row is the last of its series or its moment does not clash with the next."""
    is_end = np.ones(len(series), dtype=bool)
    is_end[:-1] = (series[1:] != series[:-1]) | ~clashes(at_ms[:-1], at_ms[1:])
    return is_end


def _texts(words: list[str], numbers: np.ndarray) -> pa.Array:
    """The words by their numbers."""
    dictionary = pa.array(words, pa.string())
    return pa.DictionaryArray.from_arrays(numbers.astype(np.int32), dictionary).cast(pa.string())
