"""A mapping is kept for the next file with the same headers, and a file says its day."""

from datetime import date

import pytest
from conftest import put

from data import backup, mappings, uploads
from data.access import LOCAL_OWNER, Viewer
from data.errors import NotAllowed
from data.importing import Mapping, day, read
from data.store import Store

HEADERS = ["Was", "Wo", "Stand"]
COLUMNS = {"Was": "name", "Wo": "unit", "Stand": "stage"}
DAY = date(2025, 6, 30)


def sheet(*headers: str):
    return read(f"{','.join(headers)}\n{','.join('x' for _ in headers)}\n".encode())


def keep(store: Store, lines: str, mapping: Mapping | None = None) -> None:
    content = f"Was,Wo,Stand\n{lines}\n".encode()
    mapping = mapping or Mapping("inventory", DAY, COLUMNS, {"stage": {"läuft": "production"}})
    prepared = uploads.look_at(store, LOCAL_OWNER, content, "juni.csv", "inventory", DAY, mapping)
    uploads.keep(store, LOCAL_OWNER, prepared, "test")


def test_a_stored_files_mapping_is_found_by_its_headers_without_its_day(store):
    keep(store, "A,Claims,läuft")
    found = mappings.find(store, LOCAL_OWNER, sheet(" stand ", "WAS", "wo"))
    assert found.mapping == Mapping(
        "inventory",
        None,
        {"WAS": "name", "wo": "unit", "stand": "stage"},
        {"stage": {"läuft": "production"}},
    )
    assert (found.file_name, found.saved_by) == ("juni.csv", LOCAL_OWNER.name)
    assert mappings.find(store, LOCAL_OWNER, sheet("Was", "Wo")) is None


def test_the_latest_mapping_is_offered_and_the_same_is_kept_once(store):
    keep(store, "A,Claims,läuft")
    keep(store, "B,Claims,läuft")
    keep(store, "C,Claims,läuft", Mapping("inventory", DAY, COLUMNS, {"stage": {"läuft": "pilot"}}))
    kept = store.connection.execute("select count(*) from mapping_saved").fetchall()
    assert kept == [(2,)]
    found = mappings.find(store, LOCAL_OWNER, sheet(*HEADERS))
    assert found.mapping.values["stage"]["läuft"] == "pilot"


def test_next_months_file_with_one_more_month_is_the_same_kind_of_file():
    first = mappings.fingerprint(["Project", "Jan 2026", "Feb 2026"])
    assert first == mappings.fingerprint(["Project", "Jan 2026", "Feb 2026", "Mar 2026"])
    assert first != mappings.fingerprint(["Project", "Owner", "Jan 2026"])


def test_who_may_not_import_gets_no_mapping(store):
    with pytest.raises(NotAllowed):
        mappings.find(store, Viewer("eve", "executive"), sheet(*HEADERS))


def test_a_backup_keeps_the_mappings(store, tmp_path):
    keep(store, "A,Claims,läuft")
    backup.write(store, tmp_path / "kept", LOCAL_OWNER)
    with Store(tmp_path / "other.duckdb") as other:
        put(other, initiatives="initiative_id name unit\nz Z Claims")
        backup.restore(other, tmp_path / "kept", LOCAL_OWNER)
        assert mappings.find(other, LOCAL_OWNER, sheet(*HEADERS)).saved_by == LOCAL_OWNER.name


TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("filename", "lines", "expected", "why"),
    [
        ("costs_2026-10-31.csv", "a,2026-09", date(2026, 10, 31), "name"),
        ("costs 202609.csv", "a,2026-08", date(2026, 9, 30), "name"),
        ("costs 2026-02-31.csv", "a,2026-01", date(2026, 2, 28), "name"),
        ("costs 2027-01.csv", "a,2026-08-12\nb,2027-01-01", date(2026, 8, 12), '"month"'),
        ("costs.csv", "a,2026-08-12\nb,2026-09-30", date(2026, 9, 30), '"month"'),
        ("costs.csv", "a,Aug 2026\nb,Sep 2026", date(2026, 9, 30), '"month"'),
        ("costs.csv", "a,1234\nb,2026", TODAY, "today"),
    ],
)
def test_the_day_a_file_describes_is_suggested_with_its_reason(filename, lines, expected, why):
    found, says = day.suggested(read(f"id,month\n{lines}\n".encode()), filename, TODAY)
    assert found == expected and why in says


def test_a_column_per_month_says_the_day_a_file_describes():
    sheet = read(b"id,Aug 2026,Sep 2026,Dec 2026\na,1,2,3\n")
    assert day.suggested(sheet, "costs.csv", TODAY)[0] == date(2026, 9, 30)


def test_planned_days_say_nothing_of_the_day_a_file_describes():
    sheet = read(b"id,planned live,started\na,2026-11-01,2026-03-05\nb,2026-10-01,2026-03-01\n")
    assert day.suggested(sheet, "list.csv", TODAY)[0] == date(2026, 3, 5)


def test_last_years_mapping_gives_its_year_to_no_other_file(store):
    content = b"Project,Type,Jan,Feb\na,cloud,1,2\n"
    prepared = uploads.look_at(store, LOCAL_OWNER, content, "costs 2025.csv", "costs", DAY)
    assert prepared.mapping.fixed == {"calendar_year": "2025"}
    assert mappings.save(store, LOCAL_OWNER, prepared)
    sheet_ = read(content)
    found = {
        name: mappings.find(store, LOCAL_OWNER, sheet_, name).mapping.fixed
        for name in ("costs 2026.csv", "costs.csv")
    }
    assert found == {"costs 2026.csv": {"calendar_year": "2026"}, "costs.csv": {}}


def test_months_that_are_real_days_are_the_same_kind_of_file_next_month():
    assert mappings.fingerprint(["Project", "2025-01-01", "2025-02-28"]) == mappings.fingerprint(
        ["project", "2025-01-01"]
    )


def test_months_named_alone_say_the_day_once_their_year_is_known():
    lines = read(b"Costs of 2025\nProject,Jan,Mar,Dec\na,1,2,3\n")
    assert day.suggested(lines, "x.csv", DAY)[0] == date(2025, 3, 31)


def _actual_months(found) -> list[str]:
    return [header for header, target in found.columns.items() if target.startswith("actual")]


def test_what_was_to_come_last_month_is_actual_this_month(store):
    content = b"Project,Type,Aug 2026,Sep 2026,Oct 2026\na,cloud,1,2,3\n"
    august = uploads.look_at(store, LOCAL_OWNER, content, "c.csv", "costs", date(2026, 8, 31))
    assert _actual_months(august.mapping) == ["Aug 2026"]
    assert mappings.save(store, LOCAL_OWNER, august)
    found = mappings.find(store, LOCAL_OWNER, read(content), "c.csv", date(2026, 9, 30)).mapping
    assert _actual_months(found) == ["Aug 2026", "Sep 2026"]


def test_months_an_analyst_says_are_all_plan_stay_plan(store):
    content = b"Project,Type,Aug 2026,Sep 2026\na,cloud,1,2\n"
    columns = {"Project": "initiative_id", "Type": "category"}
    columns |= {
        f"{m} 2026": f"planned_amount@month=2026-{n}" for m, n in (("Aug", "08"), ("Sep", "09"))
    }
    given = Mapping("costs", columns=columns)
    stored = uploads.look_at(store, LOCAL_OWNER, content, "c.csv", "costs", DAY, given)
    assert mappings.save(store, LOCAL_OWNER, stored)
    found = mappings.find(store, LOCAL_OWNER, read(content), "c.csv", date(2026, 9, 30)).mapping
    assert _actual_months(found) == []
