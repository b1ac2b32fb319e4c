"""A rehearsal says what storing would do, is right about it, and leaves no trace."""

import threading
from datetime import date

import pandas as pd
import pytest
from conftest import A, ask, expect, journeys, look, named, put, rows
from hypothesis import given, settings
from hypothesis import strategies as st

from data import batches, rehearsal, verify
from data import sample as invented
from data.access import LOCAL_OWNER, Viewer
from data.errors import NotAllowed, RowsRefused
from data.store import Lens, Store

CLAIMS = Viewer("ana", "analyst", ("Claims",))
NOTHING = {"new": 0, "changed": 0, "same": 0, "removed": 0}


def rehearse(store: Store, viewer: Viewer = LOCAL_OWNER, as_of: date = A, **given):
    """A rehearsal of small text tables; what is no table goes to it as it is."""
    options = {key: given.pop(key) for key in ("complete", "instead_of", "look") if key in given}
    tables = {name: rows(name, text) for name, text in given.items()}
    return rehearsal.rehearse(store, viewer, tables, batches.Origin("test", as_of), **options)


def costs(*lines: str) -> str:
    return "\n".join(["initiative_id month category actual_amount", *lines])


def spent(cursor) -> float | None:
    return cursor.execute("select sum(actual_amount)::double from costs").fetchall()[0][0]


def contents(store: Store) -> dict[str, list]:
    names = "select table_name from duckdb_tables() order by all"
    with store.connection.cursor() as cursor:
        return {
            name: cursor.execute(f"from {name} order by all").fetchall()
            for (name,) in cursor.execute(names).fetchall()
        }


def test_rows_are_counted_as_new_changed_same_and_removed(store):
    put(store, costs=costs("a 2025-01 data 1", "a 2025-02 data 2", "a 2025-03 data 3"))
    put(store, initiatives=named("a"))
    found = rehearse(
        store,
        costs=costs("a 2025-01 data 1", "a 2025-02 data 5", "a 2025-04 data 9"),
        complete=("costs",),
    ).changes["costs"]
    assert found.counts == {"new": 1, "changed": 1, "same": 1, "removed": 1}
    expect(found.rows["new"], "initiative_id month actual_amount \n a 2025-04-01 9")
    expect(found.rows["removed"], "initiative_id month actual_amount \n a 2025-03-01 3")
    expect(found.rows["same"], "initiative_id month actual_amount \n a 2025-01-01 1")


def test_of_a_changed_row_only_the_changed_cells_are_shown_old_beside_new(store):
    put(store, initiatives="initiative_id|name|unit|owner|teams\na|Ada|Claims|Bo|product,finance")
    changed = "initiative_id|name|unit|owner|teams\na|Ada|Claims|Cy|product"
    found = rehearse(store, initiatives=changed).changes["initiatives"]
    expected = """
        initiative_id | column | was              | becomes
        a             | owner  | Bo               | Cy
        a             | teams  | product; finance | product
    """
    expect(found.rows["changed"], expected)
    assert found.counts == NOTHING | {"changed": 1}


def test_a_row_is_found_by_its_whole_key_however_the_key_is_written(store):
    put(store, initiatives=named("a"), deployment_status=journeys("a pilot ~2025-01-05"))
    dated = rehearse(store, deployment_status=journeys("a pilot 2025-01-05"))
    found = dated.changes["deployment_status"]
    assert found.counts == NOTHING | {"changed": 1}
    assert found.rows["changed"]["column"].tolist() == ["entered_on", "observed_on"]
    targets = "metric|initiative_id|kind|higher_is_better|red\nauc|-|performance|true|{}"
    put(store, metric_targets=targets.format(0.5))
    found = rehearse(store, metric_targets=targets.format(0.6)).changes["metric_targets"]
    assert found.counts == NOTHING | {"changed": 1}


def test_a_rehearsal_leaves_no_trace(store):
    kept = put(store, initiatives=named("a", "b"), costs=costs("a 2025-01 data 1"))
    before, version = contents(store), store.version()
    seen = rehearse(
        store, initiatives=named("c"), complete=("initiatives",), instead_of=[kept.batch_id]
    )
    assert seen.stored.batch_id and contents(store) == before and store.version() == version
    with pytest.raises(RowsRefused):
        rehearse(store, costs=costs("a - data 1"))
    with pytest.raises(ZeroDivisionError):
        rehearse(store, initiatives=named("c"), look=lambda cursor: 1 / 0)
    assert contents(store) == before and store.version() == version
    assert not any(verify.differences(store).values())


def test_what_is_seen_after_a_rehearsal_is_what_is_seen_after_storing(store):
    put(store, initiatives=named("a"), costs=costs("a 2025-01 data 1"))
    more = costs("a 2025-01 data 5", "a 2025-02 data 7")
    assert rehearse(store, costs=more, look=spent).seen == 12
    put(store, costs=more)
    with store.reader(LOCAL_OWNER) as cursor:
        assert spent(cursor) == 12


def test_instead_of_the_sample_the_board_holds_the_file_alone(sample):
    ids = invented.counting(sample)
    found = rehearse(
        sample,
        initiatives=named("a"),
        deployment_status=journeys("a pilot 2025-01-05"),
        instead_of=ids,
        look=lambda cursor: cursor.execute("select initiative_id from initiatives").fetchall(),
    )
    assert found.seen == [("a",)] and found.changes["initiatives"].counts["new"] == 1
    assert invented.counting(sample) == ids


def test_a_batch_stored_instead_of_another_undoes_it_or_neither_happens(store):
    old = put(store, initiatives=named("a"))
    origin, instead = batches.Origin("test", A), [old.batch_id]
    with pytest.raises(RowsRefused):
        bad = {"costs": rows("costs", costs("a - data 1"))}
        batches.commit(store, LOCAL_OWNER, bad, origin, instead_of=instead)
    assert look(store, "select name from initiatives") == [("a",)]
    tables = {"initiatives": rows("initiatives", named("b"))}
    batches.commit(store, LOCAL_OWNER, tables, origin, instead_of=instead)
    assert look(store, "select name from initiatives") == [("b",)]
    assert ask(store, "sources/batches")["is_counting"].tolist() == [True, False]
    assert not any(verify.differences(store).values())


def test_a_viewer_of_one_unit_rehearses_within_it_only(store):
    put(store, initiatives="initiative_id name unit\na Ada Claims\nb Bo Retail")
    mine = "initiative_id name unit\na Ada Claims"
    found = rehearse(store, CLAIMS, initiatives=mine, complete=("initiatives",))
    assert found.changes["initiatives"].counts == NOTHING | {"same": 1}
    with pytest.raises(NotAllowed, match="Retail"):
        rehearse(store, CLAIMS, initiatives="initiative_id name unit\nb Bo Claims")
    with pytest.raises(NotAllowed, match="may not import"):
        rehearse(store, Viewer("eve", "executive"), initiatives=mine)


def test_people_read_on_while_somebody_rehearses(store):
    put(store, initiatives=named("a"))
    meanwhile = []

    def read() -> None:
        meanwhile.append(look(store, "select name from initiatives"))

    def look_in(cursor) -> None:
        reader = threading.Thread(target=read)
        reader.start()
        reader.join(10)

    rehearse(store, initiatives=named("b"), look=look_in)
    assert meanwhile == [[("a",)]]


AMOUNTS = st.dictionaries(st.sampled_from(["01", "02", "03", "04"]), st.integers(1, 3))


@settings(max_examples=12, deadline=None, derandomize=True)
@given(stored=AMOUNTS, incoming=AMOUNTS, is_complete=st.booleans())
def test_the_counts_are_those_of_a_plain_comparison(anew, stored, incoming, is_complete):
    with anew() as store:
        put(store, initiatives=named("a"))
        lines = {name: [f"a 2025-{m} data {n}" for m, n in rows.items()] for name, rows in
                 (("stored", stored), ("incoming", incoming))}  # fmt: skip
        put(store, costs=costs(*lines["stored"]))
        complete = ("costs",) if is_complete else ()
        found = rehearse(store, costs=costs(*lines["incoming"]), complete=complete)
        shared = stored.keys() & incoming.keys()
        same = {month for month in shared if stored[month] == incoming[month]}
        assert found.changes["costs"].counts == {
            "new": len(incoming.keys() - stored),
            "changed": len(shared - same),
            "same": len(same),
            "removed": len(stored.keys() - incoming) if is_complete else 0,
        }
        assert isinstance(found.changes["costs"].rows, dict)
        told = put(store, costs=costs(*lines["incoming"]), complete=complete)
        assert bool(told.batch_id) == bool(found.stored.batch_id)


def test_of_many_rows_the_first_are_shown_and_all_are_counted(store):
    put(store, initiatives=named("a"))
    days = pd.date_range("2000-01-01", periods=rehearsal.SHOWN + 7, freq="D")
    lines = [f"a m 1 auc {day:%Y-%m-%d}T00:00 0.5" for day in days]
    text = "\n".join(["initiative_id model version metric measured_at value", *lines])
    found = rehearse(store, model_metrics=text).changes["model_metrics"]
    assert found.counts["new"] == rehearsal.SHOWN + 7
    assert len(found.rows["new"]) == rehearsal.SHOWN


def test_a_rehearsal_looks_through_the_lens_it_is_given(store):
    put(store, initiatives=named("a"), costs=costs("a 2025-01 data 1", "a 2025-06 data 1"))
    tables = {"costs": rows("costs", costs("a 2025-02 data 4"))}
    origin = batches.Origin("test", A)
    for day, expected in ((date(2025, 3, 1), 5), (None, 6)):
        found = rehearsal.rehearse(
            store, LOCAL_OWNER, tables, origin, look=spent, lens=Lens(as_of=day)
        )
        assert found.seen == expected
