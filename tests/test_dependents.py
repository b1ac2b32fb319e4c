"""An undo says which batches built on what it takes back, and a batch shows what it brought."""

from conftest import look, named, put

from dashboard import history
from data import batches, dependents, exports, verify
from data.access import LOCAL_OWNER, Viewer
from data.store import Store


def of(store: Store, number: int) -> list[tuple[int, int, int]]:
    found = dependents.of(store, LOCAL_OWNER, str(number))
    return [(each.number, each.count_replaced, each.count_left) for each in found]


def costs(*lines: str) -> str:
    return "\n".join(["initiative_id month category actual_amount", *lines])


def test_a_later_batch_that_said_rows_anew_is_named_and_its_rows_stay(store):
    put(store, initiatives=named("a"))
    put(store, costs=costs("a 2025-01 data 1", "a 2025-02 data 2"))
    put(store, costs=costs("a 2025-02 data 9", "a 2025-03 data 9"))
    assert of(store, 2) == [(3, 1, 0)] and of(store, 3) == []
    batches.undo(store, "2", LOCAL_OWNER)
    assert look(store, "select month(month), actual_amount::int from costs order by 1") == [
        (2, 9),
        (3, 9),
    ]
    assert not any(verify.differences(store).values())
    batches.undo(store, "3", LOCAL_OWNER)
    assert of(store, 2) == []


def test_rows_about_initiatives_only_that_batch_knows_are_left_hanging(store):
    put(store, initiatives=named("a", "b"), costs=costs("a 2025-01 data 1"))
    put(store, initiatives="initiative_id name unit\nb Bo Claims")
    put(store, costs=costs("a 2025-05 data 1", "b 2025-05 data 1"))
    assert of(store, 1) == [(2, 1, 0), (3, 0, 1)]
    says = history.built_upon(1, dependents.of(store, LOCAL_OWNER, "1"))
    assert "said 1 row anew" in says and "1 row about initiatives or meetings only this" in says


def test_decisions_of_a_meeting_only_that_batch_knows_are_left_hanging(store):
    put(store, meetings="meeting_id held_on\nm 2025-06-01")
    put(store, decisions="decision_id meeting_id\nd m\ne -")
    assert of(store, 1) == [(2, 0, 1)]


def test_a_batchs_rows_come_out_as_it_brought_them_even_when_undone(store):
    put(store, initiatives="initiative_id name unit\na =x Claims\nb Bo Retail")
    put(store, initiatives="initiative_id name unit\na Ada Claims\nb Bo Retail")
    batches.undo(store, "1", LOCAL_OWNER)
    lines = exports.batch_csv(store, LOCAL_OWNER, "1", "initiatives").decode("utf-8-sig")
    assert '"\'=x"' in lines and '"Bo"' in lines
    clerk = Viewer("ana", "analyst", ("Claims",))
    assert b"Bo" not in exports.batch_csv(store, clerk, "1", "initiatives")


def test_a_clerk_sees_the_hanging_rows_of_her_units_only(store):
    put(store, initiatives="initiative_id name unit\na Ada Claims\nb Bo Retail")
    put(store, costs=costs("a 2025-01 data 1", "b 2025-01 data 2"))
    clerk = Viewer("ana", "analyst", ("Claims",))
    lines = exports.batch_csv(store, clerk, "2", "costs").decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and lines[1].startswith('"a"')
