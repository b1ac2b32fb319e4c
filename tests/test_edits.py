"""An edit on a page is a batch: it keeps what it does not name, and it can be taken back."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from conftest import A, look, put

from data import batches, edits, verify
from data.access import LOCAL_OWNER, Viewer
from data.errors import NotAllowed, RowsRefused
from data.store import Lens

CLAIMS = Viewer("ana", "analyst", ("Claims",))
BARRIERS = "select initiative_id, barrier, resolved_on, owner, note from barriers order by all"
TALENT = {"initiative_id": "a", "barrier": "talent", "raised_on": date(2025, 3, 1)}


@pytest.fixture
def held(store):
    put(
        store,
        initiatives="""
            initiative_id  name  unit    benefit_base_amount
            a              Ada   Claims  1000
            b              Bo    Retail  2000
        """,
        barriers="""
            initiative_id  barrier    raised_on   owner  note
            a              talent     2025-03-01  HR     nobody
            b              ownership  2025-04-01  COO    -
        """,
    )
    return store


def keep(store, table, *rows, viewer=LOCAL_OWNER, as_of=A):
    return edits.keep(store, viewer, table, rows, as_of, "Mended")


def test_an_edit_changes_what_it_names_and_keeps_the_rest(held):
    keep(held, "barriers", TALENT | {"resolved_on": date(2025, 12, 1), "note": " two hired "})
    assert look(held, BARRIERS) == [
        ("a", "talent", date(2025, 12, 1), "HR", "two hired"),
        ("b", "ownership", None, "COO", None),
    ]
    keep(held, "initiatives", {"initiative_id": "a", "benefit_base_amount": 12.346})
    assert look(
        held, "select name, benefit_base_amount from initiatives where unit = 'Claims'"
    ) == [("Ada", Decimal("12.35"))]


def test_an_edit_can_empty_a_cell_and_add_a_row(held):
    other = TALENT | {"barrier": "infrastructure", "owner": "  "}
    keep(held, "barriers", TALENT | {"owner": None}, other)
    assert [row[1:4] for row in look(held, BARRIERS)][:2] == [
        ("infrastructure", None, None),
        ("talent", None, None),
    ]


def test_a_target_for_all_and_one_for_an_initiative_are_two_rows(held):
    line = {"metric": "auc", "kind": "performance", "higher_is_better": True, "red": 0.7}
    keep(held, "metric_targets", line)
    keep(held, "metric_targets", line | {"initiative_id": "a", "red": 0.6})
    keep(held, "metric_targets", {"metric": "auc", "amber": 0.8})
    targets = "select initiative_id, amber, red from metric_targets order by all"
    assert look(held, targets) == [("a", None, 0.6), (None, 0.8, 0.7)]


def test_an_edit_is_a_batch_of_the_day_the_reader_looks_at_and_undo_takes_it_back(held):
    before, then = look(held, BARRIERS), datetime.max
    stored = keep(held, "barriers", TALENT | {"owner": "CTO"}, as_of=date(2025, 6, 1))
    made = "select source, file_name, as_of, row_counts from batches where number = 2"
    assert look(held, made) == [("edit", "Mended", date(2025, 6, 1), '{"barriers": 1}')]
    after = look(held, BARRIERS)
    assert after[0][3] == "CTO" and look(held, "select as_of()") == [(A,)]
    batches.undo(held, stored.batch_id, LOCAL_OWNER)
    assert look(held, BARRIERS) == before == look(held, BARRIERS, lens=Lens(known_at=then))
    batches.redo(held, stored.batch_id, LOCAL_OWNER)
    assert look(held, BARRIERS) == after and not any(verify.differences(held).values())


def test_an_edit_that_changes_nothing_stores_nothing(held):
    before = held.version()
    assert keep(held, "barriers", TALENT | {"owner": "HR "}).batch_id is None
    assert held.version() == before


@pytest.mark.parametrize(
    "change, says",
    [
        ({"barrier": "weather"}, "weather is no barrier: say one of ownership, .*unclear_roi"),
        ({"raised_on": date(2026, 1, 1)}, "dated after 2025-12-31, the day you look at"),
        ({"resolved_on": date(2026, 2, 1)}, "dated after 2025-12-31, the day you look at"),
        ({"raised_on": None}, "have no raised_on"),
    ],
)
def test_an_edit_with_a_mistake_is_refused_in_a_sentence_and_nothing_is_stored(held, change, says):
    before = held.version(), look(held, BARRIERS)
    with pytest.raises(RowsRefused, match=f"{says}.*[Nn]othing was stored"):
        keep(held, "barriers", TALENT | change)
    assert (held.version(), look(held, BARRIERS)) == before


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(held, value):
    with pytest.raises(RowsRefused, match="benefit base amount must be a number"):
        keep(held, "initiatives", {"initiative_id": "a", "benefit_base_amount": value})


def test_an_initiative_of_another_unit_cannot_be_edited(held):
    keep(held, "barriers", TALENT | {"owner": "CTO"}, viewer=CLAIMS)
    with pytest.raises(NotAllowed, match="ana may not store rows of Retail; nothing was"):
        keep(held, "barriers", TALENT | {"initiative_id": "b"}, viewer=CLAIMS)
    assert [row[3] for row in look(held, BARRIERS)] == ["CTO", "COO"]


def test_who_only_looks_may_not_edit_and_a_chair_may_undo_edits_but_no_upload(held):
    with pytest.raises(NotAllowed, match="may not edit"):
        keep(held, "barriers", TALENT, viewer=Viewer("eve", "executive"))
    chair = Viewer("cleo", "chair")
    stored = keep(held, "barriers", TALENT | {"owner": "CTO"}, viewer=chair)
    batches.undo(held, stored.batch_id, chair)
    with pytest.raises(NotAllowed, match="may not import"):
        batches.undo(held, "1", chair)
