"""All or nothing, undo and redo, and any moment of the past exactly as it was known."""

import threading
from datetime import date, datetime, timedelta

import pytest
from conftest import Slow, ask, journeys, look, named, put
from hypothesis import given, settings
from hypothesis import strategies as st

from data import batches, verify
from data.access import LOCAL_OWNER, Viewer
from data.errors import BatchUnknown, NotAllowed, RowsRefused
from data.store import Lens, Store

CLAIMS = Viewer("ana", "analyst", ("Claims",))
RETAIL = Viewer("rui", "analyst", ("Retail",))


def initiatives(*lines: str) -> str:
    return "\n".join(["initiative_id name unit", *lines])


def costs(*lines: str) -> str:
    return "\n".join(["initiative_id month category actual_amount", *lines])


def undo(store: Store, stored: batches.Stored, viewer: Viewer = LOCAL_OWNER) -> None:
    batches.undo(store, stored.batch_id, viewer)


def redo(store: Store, stored: batches.Stored, viewer: Viewer = LOCAL_OWNER) -> None:
    batches.redo(store, stored.batch_id, viewer)


def names(store: Store, **who) -> list[str]:
    return [name for (name,) in look(store, "select name from initiatives order by name", **who)]


def spent(store: Store, **who) -> float | None:
    [(amount,)] = look(store, "select sum(actual_amount) from costs", **who)
    return amount and float(amount)


def last_event(store: Store) -> datetime:
    return store.connection.execute("select max(happened_at) from batch_log").fetchone()[0]


def is_clean(store: Store) -> bool:
    return not any(verify.differences(store).values())


def test_a_bad_row_in_one_table_leaves_nothing_of_the_others_behind(store):
    before = store.version()
    with pytest.raises(RowsRefused, match="1 rows of costs have no month; nothing was stored"):
        put(store, initiatives=named("a"), costs=costs("a 2025-01 data 1", "a - data 2"))
    assert (names(store), store.version()) == ([], before)
    for table in ("batch", "batch_log", "initiatives_row", "initiatives_current"):
        assert look(store, f"select count(*) from {table}") == [(0,)]


def test_two_rows_about_the_same_are_refused_and_the_store_goes_on(store):
    with pytest.raises(RowsRefused, match="Two rows of initiatives are about the same a"):
        put(store, initiatives=named("a", "b", "a"))
    with pytest.raises(RowsRefused, match="a / pilot / 2025-01-01"):
        put(store, deployment_status=journeys("a pilot 2025-01-01 pilot ~2025-01-01"))
    assert store.is_new()
    put(store, initiatives=named("a"))
    assert names(store) == ["a"]


def test_undo_lets_the_rows_before_show_through_and_redo_covers_them_again(store):
    put(store, initiatives=initiatives("a Ada Claims", "b Bo Claims"))
    second = put(store, initiatives=initiatives("a Ann Claims", "c Cy Claims"))
    assert names(store) == ["Ann", "Bo", "Cy"]
    undo(store, second)
    assert names(store) == ["Ada", "Bo"]
    redo(store, second)
    assert names(store) == ["Ann", "Bo", "Cy"]
    assert is_clean(store)


def test_undo_of_an_older_batch_keeps_the_newer(store):
    older = put(store, initiatives=initiatives("a Ada Claims", "b Bo Claims"))
    put(store, initiatives=initiatives("a Ann Claims"))
    undo(store, older)
    assert names(store) == ["Ann"]
    redo(store, older)
    assert names(store) == ["Ann", "Bo"]


def test_a_complete_list_removes_what_it_no_longer_contains_and_undo_brings_it_back(store):
    put(store, initiatives=named("a", "b", "c"), costs=costs("b 2025-01 data 7"))
    stored = put(store, complete=("initiatives",), initiatives=named("a"))
    assert (stored.rows_stored, stored.rows_removed) == ({"initiatives": 1}, {"initiatives": 2})
    assert (names(store), spent(store)) == (["a"], None)
    undo(store, stored)
    assert (names(store), spent(store)) == (["a", "b", "c"], 7)
    redo(store, stored)
    assert (names(store), spent(store)) == (["a"], None)
    assert is_clean(store)


def test_an_empty_complete_list_removes_everything_and_a_later_row_comes_back(store):
    put(store, initiatives=named("a", "b"))
    put(store, complete=("initiatives",), initiatives=named())
    assert names(store) == []
    put(store, initiatives=named("b"))
    assert names(store) == ["b"]


def test_a_complete_list_of_one_unit_removes_nothing_of_another(store):
    put(store, initiatives=initiatives("a Ada Claims", "b Bo Retail", "c Cy Claims"))
    put(store, viewer=CLAIMS, complete=("initiatives",), initiatives=initiatives("a Ada Claims"))
    assert names(store) == ["Ada", "Bo"]


def test_the_same_rows_again_store_nothing(store):
    tables = {"initiatives": named("a", "b"), "costs": costs("a 2025-01 data 1")}
    put(store, **tables)
    version, again = store.version(), put(store, complete=("initiatives",), **tables)
    assert (again.batch_id, again.rows_stored) == (None, {"initiatives": 0, "costs": 0})
    assert store.version() == version


def test_a_batch_is_found_by_its_number_too_and_cannot_be_undone_twice(store):
    put(store, initiatives=named("a"))
    for act, says in ((batches.undo, "is undone already"), (batches.redo, "counts already")):
        act(store, "1", LOCAL_OWNER)
        with pytest.raises(BatchUnknown, match=f"Batch 1 {says}"):
            act(store, "1", LOCAL_OWNER)
    with pytest.raises(BatchUnknown, match="There is no batch 7"):
        batches.undo(store, "7", LOCAL_OWNER)


def test_known_at_between_any_two_events_is_exact(store):
    first = put(store, initiatives=initiatives("a Ada Claims"))
    moments = {last_event(store): ["Ada"]}
    put(store, initiatives=initiatives("a Ann Claims", "b Bo Claims"))
    moments[last_event(store)] = ["Ann", "Bo"]
    undo(store, first)
    moments[last_event(store)] = ["Ann", "Bo"]
    batches.undo(store, "2", LOCAL_OWNER)
    moments[last_event(store)] = []
    redo(store, first)
    moments[last_event(store)] = ["Ada"]
    put(store, complete=("initiatives",), initiatives=initiatives("c Cy Claims"))
    moments[last_event(store)] = ["Cy"]
    assert names(store) == ["Cy"]
    before = []
    for at, now in moments.items():
        for moment, then in ((at - timedelta(microseconds=1), before), (at, now)):
            assert names(store, lens=Lens(known_at=moment)) == then
        before = now


def test_the_as_of_date_is_the_latest_a_counting_batch_describes_as_known_then(store):
    def today(lens: Lens | None = None) -> date:
        return look(store, "select as_of()", lens=lens)[0][0]

    put(store, date(2025, 6, 30), initiatives=named("a"))
    later = put(store, date(2025, 9, 30), initiatives=named("b"))
    then = last_event(store)
    put(store, date(2024, 1, 31), initiatives=named("c"))
    assert today() == date(2025, 9, 30)
    undo(store, later)
    assert today() == date(2025, 6, 30)
    assert today(Lens(known_at=then)) == date(2025, 9, 30)


def test_what_hangs_on_an_initiative_moves_to_its_unit_with_it_and_back(store):
    put(store, initiatives=initiatives("a Ada Claims"), costs=costs("a 2025-01 data 5"))
    then = last_event(store)
    moved = put(store, initiatives=initiatives("a Ada Retail"))
    assert (spent(store, viewer=CLAIMS), spent(store, viewer=RETAIL)) == (None, 5)
    assert spent(store, viewer=CLAIMS, lens=Lens(known_at=then)) == 5
    undo(store, moved)
    assert (spent(store, viewer=CLAIMS), spent(store, viewer=RETAIL)) == (5, None)
    redo(store, moved)
    assert (spent(store, viewer=CLAIMS), spent(store, viewer=RETAIL)) == (None, 5)
    assert is_clean(store)


def test_rows_of_an_unknown_initiative_count_nowhere_until_it_exists(store):
    entered = journeys("a pilot 2025-01-01")
    put(store, costs=costs("a 2025-01 data 5"), deployment_status=entered)
    assert (spent(store), ask(store, "delivery/flow").empty) == (None, True)
    known = put(store, initiatives=named("a"))
    assert (spent(store), ask(store, "delivery/flow").empty) == (5, False)
    undo(store, known)
    assert (spent(store), ask(store, "delivery/flow").empty) == (None, True)
    assert is_clean(store)


def test_nothing_after_the_as_of_date_has_happened_and_plans_are_there(store):
    plan = "initiative_id month category planned_amount actual_amount\na 2025-03 data 8 9"
    put(store, initiatives=named("a"), costs=plan)
    early = Lens(as_of=date(2025, 2, 28))
    amounts = "select planned_amount::int, actual_amount::int from costs"
    assert look(store, amounts, lens=early) == [(8, None)]
    assert look(store, amounts) == [(8, 9)]


def test_a_viewer_of_one_unit_may_not_write_rows_of_another(store):
    put(store, initiatives=initiatives("a Ada Claims", "b Bo Retail"))
    before = store.version()
    for line in ("b Bo Retail", "b Bo Claims", "a Ada Retail"):
        with pytest.raises(NotAllowed, match="ana may not store rows of Retail; nothing was"):
            put(store, viewer=CLAIMS, initiatives=initiatives(line))
    for line in ("b 2025-01 data 5", "nobody 2025-01 data 5"):
        with pytest.raises(NotAllowed, match="ana may not store rows of"):
            put(store, viewer=CLAIMS, costs=costs(line))
    with pytest.raises(NotAllowed):
        put(store, viewer=CLAIMS, meetings="meeting_id held_on\nm 2025-01-01")
    assert store.version() == before
    put(store, viewer=CLAIMS, costs=costs("a 2025-01 data 5"))
    assert spent(store) == 5


def test_a_viewer_of_one_unit_may_bring_in_a_new_initiative_with_its_stages(store):
    entered = journeys("a pilot 2025-01-01")
    put(store, viewer=CLAIMS, initiatives=initiatives("a Ada Claims"), deployment_status=entered)
    assert names(store, viewer=CLAIMS) == ["Ada"]


def test_a_viewer_of_one_unit_may_not_undo_or_redo_another_units_rows(store):
    theirs = put(store, initiatives=initiatives("b Bo Retail"), costs=costs("b 2025-01 data 5"))
    with pytest.raises(NotAllowed, match="Retail"):
        undo(store, theirs, CLAIMS)
    undo(store, theirs)
    with pytest.raises(NotAllowed):
        redo(store, theirs, CLAIMS)
    mine = put(store, viewer=CLAIMS, initiatives=initiatives("a Ada Claims"))
    undo(store, mine, CLAIMS)
    assert names(store) == []


def test_undo_may_not_give_another_unit_back_what_was_taken_from_it(store):
    put(store, initiatives=initiatives("a Ada Retail"))
    moved = put(store, initiatives=initiatives("a Ada Claims"))
    with pytest.raises(NotAllowed, match="Retail"):
        undo(store, moved, CLAIMS)


@pytest.mark.parametrize("role", ["executive", "chair"])
def test_who_may_not_import_can_neither_store_nor_undo_nor_redo(store, role):
    kept, eve = put(store, initiatives=named("a")), Viewer("eve", role)
    with pytest.raises(NotAllowed, match=rf"eve \({role}\) may not import"):
        put(store, viewer=eve, initiatives=named("c"))
    for turn_it in (undo, redo):
        with pytest.raises(NotAllowed, match="may not import"):
            turn_it(store, kept, eve)
    assert names(store) == ["a"]


SEEN = {
    "initiatives": "select initiative_id, unit from initiatives",
    "costs": "select initiative_id, left(month::text, 7), actual_amount::int from costs",
    "daily": """
        select initiative_id, measured_on::text, value, value_low, value_high, count_values
        from model_metrics_daily
    """,
}
FORMS = {
    "initiatives": ("name initiative_id unit", "x {} {}"),
    "costs": ("category initiative_id month actual_amount", "data {} {} {}"),
    "model_metrics": ("model version metric initiative_id measured_at value", "m 1 auc {} {} {}"),
}
IDS, VALUES = st.sampled_from("ab"), st.integers(1, 3)
TABLES = st.fixed_dictionaries(
    {
        "initiatives": st.dictionaries(st.tuples(IDS), st.sampled_from(["Claims", "Retail"])),
        "costs": st.dictionaries(st.tuples(IDS, st.just("2025-01")), VALUES),
        "model_metrics": st.dictionaries(
            st.tuples(IDS, st.sampled_from(["2025-01-05T01", "2025-01-05T02", "2025-01-06T01"])),
            VALUES,
        ),
    }
)
STORES, TURNS = st.tuples(TABLES, st.booleans()), st.integers(0, 9)


def take(store: Store, slow: Slow, tables: dict, is_complete: bool) -> None:
    before = {name: slow.rows(name) for name in tables}
    gone = {name: dict.fromkeys(before[name].keys() - tables[name]) for name in tables}
    changes = {name: tables[name] | (gone[name] if is_complete else {}) for name in tables}
    news = any(before[name] | changes[name] != before[name] for name in tables)
    texts = {
        name: "\n".join([FORMS[name][0], *(FORMS[name][1].format(*k, v) for k, v in rows.items())])
        for name, rows in tables.items()
    }
    stored = put(store, complete=tuple(tables) if is_complete else (), **texts)
    assert bool(stored.batch_id) == news
    if news:
        slow.batches.append(changes)
        slow.events.append((last_event(store), len(slow.batches) - 1, True))


def turn(store: Store, slow: Slow, which: int) -> None:
    if slow.batches:
        number = which % len(slow.batches)
        counts = slow.counting()[number]
        (batches.undo if counts else batches.redo)(store, str(number + 1), LOCAL_OWNER)
        slow.events.append((last_event(store), number, not counts))


def agree(store: Store, slow: Slow, at: datetime | None = None) -> None:
    for viewer, units in ((LOCAL_OWNER, {"Claims", "Retail"}), (CLAIMS, {"Claims"})):
        for name, expected in slow.seen(units, at or datetime.max).items():
            assert sorted(look(store, SEEN[name], viewer, Lens(known_at=at))) == sorted(expected)


@settings(max_examples=6, deadline=None, derandomize=True)
@given(steps=st.lists(STORES | TURNS, min_size=3, max_size=9))
def test_any_sequence_of_store_undo_and_redo_shows_now_and_then_what_it_should(anew, steps):
    with anew() as store:
        slow = Slow()
        for step in steps:
            take(store, slow, *step) if isinstance(step, tuple) else turn(store, slow, step)
            assert is_clean(store)
            agree(store, slow)
        for at, *_ in slow.events:
            agree(store, slow, at)


def test_readers_each_get_their_own_rows_whole_while_a_writer_stores(store):
    units = ["Claims", "Retail", "Fraud"]

    def write(version: int) -> None:
        lines = [f"{unit}{n} v{version} {unit}" for unit in units for n in range(20)]
        put(store, initiatives=initiatives(*lines))

    def read(unit: str) -> None:
        while not done.is_set():
            sql = "select unit, count(*), count(distinct name) from initiatives group by unit"
            seen[unit].append(look(store, sql, viewer=Viewer("x", units=(unit,))))

    write(0)
    seen, done = {unit: [] for unit in units}, threading.Event()
    readers = [threading.Thread(target=read, args=(unit,)) for unit in units * 2]
    for reader in readers:
        reader.start()
    for version in range(1, 7):
        write(version)
    done.set()
    for reader in readers:
        reader.join()
    assert all(answer == [(unit, 20, 1)] for unit in units for answer in seen[unit])
    assert all(seen.values())
