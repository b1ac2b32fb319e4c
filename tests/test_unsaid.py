"""What a file has no column for stays as others said it; what its cells say counts."""

import csv
import io
from datetime import date

from conftest import look

from data import batches, exports, uploads, verify
from data.access import LOCAL_OWNER
from data.importing import Prepared
from data.store import Store

DAY = date(2026, 9, 30)
LIST = "ID,Name,Unit,Stage,Owner\na,A,Claims,pilot,Ada\n"
PLAN = "Initiative,Month,Category,Plan\na,2026-08,data,100\na,2026-09,data,100\n"
SPENT = "Initiative,Month,Category,Actual\na,2026-08,data,90\n"
COSTS = "select month(month), planned_amount::int, actual_amount::int from costs order by 1"


def seen(store: Store, text: str, as_: str, day: date = DAY) -> Prepared:
    return uploads.look_at(store, LOCAL_OWNER, text.encode(), "x.csv", as_, day)


def kept(store: Store, text: str, as_: str, day: date = DAY) -> str:
    return uploads.keep(store, LOCAL_OWNER, seen(store, text, as_, day), "test").says


def test_a_list_without_owners_leaves_the_owners_stored_and_says_so(store):
    kept(store, LIST, "inventory")
    result = seen(store, "ID,Name,Stage\na,A,live\n", "inventory")
    assert "nothing of owner: what is stored" in " ".join(each.says for each in result.problems)
    assert not any("live" in each.says and "owner" in each.says for each in result.problems)
    uploads.keep(store, LOCAL_OWNER, result, "test")
    assert look(store, "select unit, owner from initiatives") == [("Claims", "Ada")]


def test_an_empty_cell_empties_what_is_stored(store):
    kept(store, LIST, "inventory")
    kept(store, LIST.replace("Ada", ""), "inventory")
    assert look(store, "select owner from initiatives") == [(None,)]


def test_a_file_of_plans_and_one_of_actuals_stand_beside_each_other(store):
    kept(store, LIST, "inventory")
    kept(store, PLAN, "costs")
    kept(store, SPENT, "costs")
    assert look(store, COSTS) == [(8, 100, 90), (9, 100, None)]
    assert kept(store, PLAN, "costs").startswith("Nothing new")
    assert kept(store, SPENT, "costs").startswith("Nothing new")
    assert not any(verify.differences(store).values())


def test_the_plan_of_a_month_stays_when_its_column_becomes_actual(store):
    kept(store, LIST, "inventory")
    months = "Project,Type,Aug 2026,Sep 2026\na,data,{},{}\n"
    kept(store, months.format(90, 100), "costs", date(2026, 8, 31))
    kept(store, months.format(90, 95), "costs", date(2026, 9, 30))
    assert look(store, COSTS) == [(8, None, 90), (9, 100, 95)]


def test_what_somebody_stores_after_the_preview_stays_too(store):
    kept(store, LIST, "inventory")
    spent = seen(store, SPENT, "costs")
    kept(store, PLAN, "costs")
    uploads.keep(store, LOCAL_OWNER, spent, "test")
    assert look(store, COSTS) == [(8, 100, 90), (9, 100, None)]


def test_what_is_taken_out_in_the_same_breath_completes_nothing(store):
    kept(store, LIST, "inventory")
    kept(store, PLAN, "costs")
    [(number,)] = look(store, "select max(number) from batches")
    spent = seen(store, SPENT, "costs")
    uploads.keep(store, LOCAL_OWNER, spent, "test", instead_of=[str(number)])
    assert look(store, COSTS) == [(8, None, 90)]


def test_a_stage_that_was_seen_does_not_deny_the_day_it_was_entered(store):
    kept(store, f"ID,Name,Unit,Pilot start\na,A,Claims,{DAY}\n", "inventory")
    kept(store, "ID,Name,Unit,Stage\na,A,Claims,pilot\n", "inventory")
    found = look(store, "select entered_on, observed_on from deployment_status")
    assert found == [(DAY, DAY)]


def test_an_export_with_a_column_deleted_changes_nothing(store):
    kept(store, LIST, "inventory")
    export = exports.as_csv(store, LOCAL_OWNER, "initiatives").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(export)))
    place = lines[0].index("owner")
    cut = [",".join(line[:place] + line[place + 1 :]) for line in lines]
    assert kept(store, "\n".join(cut), "initiatives").startswith("Nothing new")
    batches.undo(store, "1", LOCAL_OWNER)
    assert look(store, "select * from initiatives") == []


def test_a_barrier_without_a_day_that_is_open_already_is_not_raised_again(store):
    lines = "ID,Name,Unit,Stage,Main barrier\na,A,Claims,pilot,Skills\n"
    kept(store, lines, "inventory", date(2026, 8, 31))
    kept(store, lines, "inventory", DAY)
    kept(store, lines.replace("Skills", "ROI"), "inventory", DAY)
    found = look(store, "select barrier, raised_on from barriers order by 1")
    assert found == [("talent", date(2026, 8, 31)), ("unclear_roi", DAY)]
