"""Where the next pull begins, and what a platform has besides rows, is written down once."""

import json

import pytest
from conftest import ask, look, named, put
from connecting import Platform, put_on
from hypothesis import given
from hypothesis import strategies as st

from data.access import LOCAL_OWNER
from data.connectors import pulling
from data.connectors.patches import applied, between

JSON = st.recursive(
    st.integers() | st.text(max_size=3),
    lambda inner: st.dictionaries(st.text(max_size=3), inner, max_size=4) | st.lists(inner),
    max_leaves=12,
)
MARK = st.dictionaries(st.text(max_size=3), JSON, max_size=4).map(json.dumps) | st.just(
    "2026-11-01"
)


@pytest.fixture
def known(store):
    put(store, initiatives=named("a", "b"))
    return store


@pytest.fixture
def platform(monkeypatch, tmp_path) -> Platform:
    return put_on(monkeypatch, tmp_path)


def pull(store) -> None:
    assert pulling.pull(store, LOCAL_OWNER, "mlflow").is_good


def written(store, column: str) -> list[int]:
    """How many characters of a column each pull wrote down."""
    with store.connection.cursor() as cursor:
        rows = cursor.execute(
            f"select coalesce(length({column}::text), 0) from pull_log order by number"
        ).fetchall()
    return [length for (length,) in rows]


@given(st.lists(MARK, min_size=1))
def test_the_changes_between_marks_lead_from_the_first_to_the_last(marks):
    before = [None, *marks]
    patches = [between(*both) for both in zip(before, marks, strict=False)]
    found = applied(json.loads(json.dumps(patches)))
    assert found == marks[-1] or json.loads(found) == json.loads(marks[-1])


def test_a_mark_written_whole_before_is_still_read():
    whole = '{"since_ms": 1, "who": {"a": "A", "b": "B"}}'
    assert json.loads(applied([whole, {"since_ms": 2, "who": {"b": None}}])) == {
        "since_ms": 2,
        "who": {"a": "A"},
    }


def test_a_large_mark_is_written_down_once_and_then_what_changed_of_it(
    known, platform, monkeypatch
):
    models = {f"model {number}": "a" for number in range(1000)}
    marks = [{"since_ms": number, "who": models} for number in range(1, 6)]
    marks[4]["who"] = dict(list(models.items())[1:]) | {"new": "b"}
    told = iter(json.dumps(mark) for mark in marks)

    def fetch(settings, mark, http):
        platform.marks.append(mark)
        return [], next(told)

    monkeypatch.setattr(platform, "fetch", fetch)
    for _ in marks:
        pull(known)
    first, *others = written(known, "mark")
    assert first > 15_000 and max(others) < 60
    seen = [json.loads(mark) if mark else None for mark in platform.marks]
    assert seen == [None, *marks[:4]]
    assert json.loads(pulling.begin(known, "mlflow").start.mark) == marks[4]


def test_objects_of_nobody_are_written_down_once_while_evidence_changes(known, platform):
    for number in range(200):
        line = "? churn 1 auc 2026-01-01T10:00 0.1"
        platform.says("1", "model_metrics", line, f"object {number}")
    for day in range(1, 4):
        line = f"a automated_retraining 2025-11-0{day} in_place https://m/{day}"
        platform.says(str(day), "capabilities", line)
        pull(known)
    first, *others = written(known, "found")
    assert first > 10_000 and max(others) < 200
    assert len(ask(known, "sources/unmapped")) == 200
    header = platform.headers["capabilities"]
    put(known, capabilities=f"{header}\na automated_retraining 2025-12-01 missing -")
    assert ask(known, "sources/disagreements")["evidence"].tolist() == ["https://m/3"]
    assert look(known, "select count(*) from pulls") == [(3,)]
