"""Points of metric histories become rows as plain loops would make them."""

import math
from datetime import datetime, timedelta

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from data.connectors import points
from data.connectors.measured import NO_MOMENT, NO_NUMBER, TWICE
from data.connectors.points import LATEST_MS, Target
from data.tables import TABLES

RUNS = ("run-1", "run-2", "run-3", "run-4")
TARGETS = {
    "run-1": [Target("a", "churn", "1")],
    "run-2": [Target("a", "churn", "2"), Target("b", "copy", "1")],
    "run-3": [Target("a", "churn", "1")],
}
VALUES = st.one_of(st.floats(), st.sampled_from([math.nan, 1.7976931348623157e308, 0.5]))
MOMENTS = st.one_of(st.integers(0, 3), st.sampled_from([-1, LATEST_MS, LATEST_MS + 1]))
POINT = st.tuples(
    st.sampled_from(RUNS), st.sampled_from(["auc", "psi"]), st.integers(0, 3), MOMENTS, VALUES
)


def plainly(some: list[tuple]) -> tuple[dict, dict]:
    """Row by key and counts by reason, of points in the order they came."""
    best, bad, kept = {}, {NO_NUMBER: 0, NO_MOMENT: 0, TWICE: 0}, 0
    for order, (run, metric, step, at_ms, value) in enumerate(some):
        if not (targets := TARGETS.get(run)):
            continue
        if not abs(value) < 1.797e308:
            bad[NO_NUMBER] += 1
        elif not 0 <= at_ms <= LATEST_MS:
            bad[NO_MOMENT] += 1
        else:
            for target in targets:
                key = (target.initiative_id, target.model, target.version, metric, at_ms)
                best.setdefault(key, []).append((step, order, value))
                kept += 1
    bad[TWICE] = kept - len(best)
    return {key: max(found)[:2] for key, found in best.items()}, {k: n for k, n in bad.items() if n}


@given(st.lists(POINT, max_size=30))
def test_every_point_of_a_known_run_is_a_row_or_is_counted(some):
    columns = [list(column) for column in zip(*some, strict=True)] or [[]] * 5
    table, left_out = points.model_metrics(pa.table(columns, schema=points.SCHEMA), TARGETS)
    wanted, counts = plainly(some)
    epoch = datetime(1970, 1, 1)
    found = {
        (
            *(row[name] for name in ("initiative_id", "model", "version", "metric")),
            (row["measured_at"] - epoch) // timedelta(milliseconds=1),
        ): row["value"]
        for row in table.to_pylist()
    }
    assert table.schema == TABLES["model_metrics"].schema
    assert len(table) == len(found)
    assert left_out == counts
    assert found.keys() == wanted.keys()
    for key, (step, _) in wanted.items():
        here = [p for p in some if p[1:4] == (key[3], step, key[4]) and found[key] == p[4]]
        assert here, f"{key} is not a point of its last step"


def test_a_step_that_is_said_again_at_its_moment_counts_once():
    some = pa.table(
        [["run-1"] * 3, ["auc"] * 3, [2, 1, 3], [5, 5, 4], [0.2, 0.1, 0.3]], schema=points.SCHEMA
    )
    table, left_out = points.model_metrics(some, TARGETS)
    assert table["value"].to_pylist() == [0.3, 0.2]
    assert left_out == {TWICE: 1}
