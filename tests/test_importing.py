"""A file becomes typed rows and a list of what is wrong in it; rows read are stored or refused."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from data import uploads
from data.access import LOCAL_OWNER
from data.errors import MappingRefused
from data.importing import Prepared, prepare
from data.importing.identity import derived
from data.importing.mapping import INVENTORY, from_json
from data.tables import TABLES
from tests.conftest import put

AS_OF = date(2024, 12, 16)


def prepared(*lines: str, as_: str = INVENTORY, **given) -> Prepared:
    content = ("\n".join(lines) + "\n").encode()
    result = prepare(content, "list.csv", as_, **{"as_of": AS_OF} | given)
    assert_whole(result)
    return result


def assert_whole(result: Prepared) -> None:
    main = "initiatives" if result.as_ == INVENTORY else result.as_
    assert result.rows_read == result.rows[main] + result.rows_refused
    for name, table in result.tables.items():
        assert table.cast(TABLES[name].schema).num_rows == len(result.numbers[name])
    assert {problem.severity for problem in result.problems} <= {"error", "warning", "info"}
    assert all(problem.says and problem.mend for problem in result.problems)


def rows(result: Prepared, table: str, *columns: str) -> list[tuple]:
    return [tuple(row[each] for each in columns) for row in result.tables[table].to_pylist()]


def statuses(result: Prepared) -> list[tuple]:
    return rows(result, "deployment_status", "stage", "entered_on", "observed_on")


def problems(result: Prepared, severity: str) -> list[tuple]:
    return [
        (each.row, each.column, each.value) for each in result.problems if each.severity == severity
    ]


def says(result: Prepared, row: int) -> str:
    return " ".join(problem.says for problem in result.problems if problem.row == row)


def test_an_inventory_feeds_initiatives_and_their_statuses():
    result = prepared(
        "Project,Dept,Phase,Kick-off,Go-live",
        "Triage,Claims,Live,2023-01-05,2024-02-01",
        "Pricing,Retail,Pilot,2023-03-01,",
    )
    assert rows(result, "initiatives", "name", "unit") == [
        ("Triage", "Claims"),
        ("Pricing", "Retail"),
    ]
    assert statuses(result) == [
        ("idea", date(2023, 1, 5), None),
        ("production", date(2024, 2, 1), None),
        ("idea", date(2023, 3, 1), None),
        ("pilot", None, AS_OF),
    ]
    [told] = result.problems
    assert "2 rows have no identifier: it is derived from unit and name" in told.says


def test_the_day_of_the_own_stage_can_stand_in_one_column_for_all():
    result = prepared(
        "Project,Dept,Phase,In stage since,Last updated",
        "Triage,Claims,Live,2024-02-01,2024-11-30",
        "Pricing,Retail,Pilot,,2024-11-30",
    )
    assert statuses(result) == [
        ("production", date(2024, 2, 1), None),
        ("pilot", None, date(2024, 11, 30)),
    ]


def test_a_row_without_a_name_is_refused():
    result = prepared(
        "Project,Dept,Phase", "Triage,Claims,Live", ",Claims,Pilot", "n/a,Retail,Idea"
    )
    assert (result.rows_read, result.rows_refused) == (3, 2)
    assert problems(result, "error") == [(2, "Project", ""), (3, "Project", "n/a")]
    assert len(statuses(result)) == 1


def test_a_file_without_any_names_is_refused_naming_its_columns():
    with pytest.raises(MappingRefused, match='hold name, which inventory needs.*"Dept", "Phase"'):
        prepared("Dept,Phase", "Claims,Live", "Claims,Live", "Claims,Live")


def test_a_missing_unit_is_named_so():
    result = prepared("Project,Dept,Phase", "Triage,,Live", "Pricing,Retail,Live")
    assert rows(result, "initiatives", "unit") == [("No unit",), ("Retail",)]
    assert problems(result, "warning") == [(1, "Dept", "")]
    without = prepared("Project,Phase", "Triage,Live", "Pricing,Live")
    assert problems(without, "warning") == [(0, "", "")]


def test_spellings_of_a_unit_become_the_most_frequent_one():
    result = prepared("Project,Dept", "A,Claims", "B,CLAIMS", "C, Claims ", "D,Claims")
    assert {unit for (unit,) in rows(result, "initiatives", "unit")} == {"Claims"}
    assert (2, "Dept", "CLAIMS") in problems(result, "info")


def test_identifiers_depend_on_unit_and_name_alone():
    header, first, second = "Project,Dept,Phase", "Triage,Claims,Live", "Pricing,Retail,Live"
    there = rows(prepared(header, first, second), "initiatives", "initiative_id", "name")
    back = rows(prepared(header, second, first), "initiatives", "initiative_id", "name")
    assert sorted(there) == sorted(back)
    assert there[0][0].startswith("triage-")


def test_repeated_names_in_a_unit_are_kept_apart_and_reported():
    result = prepared(
        "Project,Dept,Phase", "Chatbot,Claims,Live", "Chatbot,Retail,Live", "chatbot,Claims,Live"
    )
    first, other, second = [each for (each,) in rows(result, "initiatives", "initiative_id")]
    assert second == f"{first}-2" and other not in (first, second)
    assert problems(result, "warning") == [(3, "Project", "chatbot")]
    assert "in row 1 already" in says(result, 3)


def test_the_files_own_identifiers_are_used_and_repeated_ones_refused():
    mapping = from_json({"as": "inventory", "columns": {"No": "initiative_id", "Project": "name"}})
    result = prepared("No,Project", "P1,A", "P2,B", "P1,C", ",D", mapping=mapping)
    made = rows(result, "initiatives", "initiative_id", "name")
    assert made[:2] == [("P1", "A"), ("P2", "B")]
    assert problems(result, "error") == [(3, "No", "P1")]
    assert "as row 1" in says(result, 3)
    assert made[2] == (derived("No unit", "D"), "D")
    assert "1 row has no identifier" in says(result, 0)


def test_a_list_without_identifiers_finds_the_same_initiatives_again(store):
    put(store, initiatives="initiative_id|name|unit\nINI-7|Claims triage|Claims")
    lines = "initiative_id,name,unit,stage", ",claims  Triage,claims,Pilot", ",Prices,Retail,Live"
    content, where = "\n".join(lines).encode(), (store, LOCAL_OWNER)
    first = uploads.look_at(*where, content, "list.csv", INVENTORY, AS_OF)
    assert rows(first, "initiatives", "initiative_id") == [
        ("INI-7",),
        (derived("Retail", "Prices"),),
    ]
    assert "1 of them is known by unit and name" in says(first, 0)
    assert uploads.keep(*where, first, "test").stored.batch_id
    again = uploads.look_at(*where, content, "list.csv", INVENTORY, AS_OF)
    assert rows(again, "initiatives", "initiative_id") == rows(
        first, "initiatives", "initiative_id"
    )
    assert uploads.keep(*where, again, "test").says.startswith("Nothing new")


def test_a_derived_identifier_never_takes_one_the_file_gives():
    taken = derived("Claims", "Triage")
    result = prepared("initiative_id,name,unit", ",Triage,Claims", f"{taken},Triage,Claims")
    made = [identifier for (identifier,) in rows(result, "initiatives", "initiative_id")]
    assert made == [f"{taken}-2", taken] and not result.rows_refused
    assert "in row 2 already" in says(result, 1)


def test_an_unclear_stage_is_not_guessed():
    result = prepared("Project,Phase", "A,Pilot", "B,On hold", "C,Live", "D,")
    assert [stage for stage, *_ in statuses(result)] == ["pilot", "production"]
    assert problems(result, "warning")[1:] == [(2, "Phase", "On hold"), (4, "Phase", "")]
    assert "known are idea, proof_of_concept, pilot" in says(result, 2)


def test_a_file_that_says_nothing_of_stages_is_said_once():
    result = prepared("Project,Dept", "A,Claims", "B,Claims", "C,Retail")
    assert problems(result, "warning") == [(0, "", "")]
    assert statuses(result) == []


def test_the_mappings_own_words_come_first():
    mapping = from_json(
        {
            "as": "inventory",
            "columns": {"Project": "name", "Phase": "stage"},
            "values": {"stage": {"on hold": "pilot", "Live": "scaled", "Odd": None}},
        }
    )
    result = prepared("Project,Phase", "A, On  Hold", "B,live", "C,Idea", "D,odd", mapping=mapping)
    assert [stage for stage, *_ in statuses(result)] == ["pilot", "scaled", "idea"]
    assert result.mapping.values["stage"]["Idea"] == "idea"


def test_headers_a_mapping_does_not_mention_are_not_used():
    mapping = from_json({"as": "inventory", "columns": {"Project": "name"}})
    result = prepared("Project,Dept,Phase", "A,Claims,Live", mapping=mapping)
    assert rows(result, "initiatives", "unit") == [("No unit",)]
    assert result.suggestions == [] and statuses(result) == []


def test_the_mapping_used_brings_the_same_rows_again():
    lines = ("Project,Dept,Phase,Go-live", "A,X,In use,2024-03-13", "B,Y,Trial,")
    first = prepared(*lines)
    again = prepared(*lines, mapping=from_json(first.mapping.to_dict()), as_of=None)
    assert (again.tables, again.problems, again.as_of) == (first.tables, first.problems, AS_OF)


@pytest.mark.parametrize(
    ("row", "severity", "sentence"),
    [
        ("A,Pilot,2023-01-05,2024-02-01,", "warning", "entered production on 2024-02-01, but"),
        ("A,Live,2023-01-05,2024-02-01,2024-03-01", "warning", "entered retired on 2024-03-01"),
        ("A,Live,2024-02-01,2023-01-05,", "warning", "before it entered idea on 2024-02-01"),
        ("A,Pilot,2023-01-05,2025-03-01,", "info", "entering production is planned"),
        ("A,Live,2023-01-05,2025-03-01,", "warning", "the day lies after 2024-12-16"),
        ("A,,,,", "warning", "The stage is unknown"),
    ],
)
def test_a_record_that_contradicts_itself_is_kept_and_said(row, severity, sentence):
    result = prepared("Project,Phase,Kick-off,Go-live,Retired", row, "B,Live,,,", "C,Idea,,,")
    [problem] = [each for each in result.problems if each.row == 1]
    assert (problem.severity, sentence in problem.says) == (severity, True)
    assert result.rows["initiatives"] == 3


def test_every_record_is_stored_or_refused_whatever_is_wrong_with_it():
    result = prepared("Project,Dept,Phase", "A,X,Live", ",,", "B,X,Live,more", ",X,Live", "C")
    assert (result.rows_read, result.rows_refused, result.rows["initiatives"]) == (4, 2, 2)
    assert [row for row, *_ in problems(result, "error")] == [3, 4]


def test_costs_are_typed_and_wrong_ones_refused():
    result = prepared(
        "initiative_id,month,category,planned_amount,actual_amount",
        'a,2024-03-17,Staff,"€1,200.00",900',
        "a,March 2024,people,1,1",
        "a,2024-03,rent,1,1",
        "a,soon,people,1,1",
        "b,2024-04,cloud,unclear,1",
        as_="costs",
        known={"a"},
    )
    names = ("initiative_id", "month", "category", "planned_amount", "actual_amount")
    assert rows(result, "costs", *names) == [
        ("a", date(2024, 3, 1), "people", Decimal("1200.00"), Decimal("900.00")),
        ("b", date(2024, 4, 1), "compute", None, Decimal("1.00")),
    ]
    assert problems(result, "error") == [
        (2, "initiative_id", "a"),
        (3, "category", "rent"),
        (4, "month", "soon"),
    ]
    assert problems(result, "warning") == [
        (5, "planned_amount", "unclear"),
        (5, "initiative_id", "b"),
    ]


def test_decisions_about_no_initiative_are_about_no_unknown_one():
    result = prepared("decision_id,initiative_id,question", "1,,Budget?", as_="decisions")
    assert result.problems == []


def test_an_undated_status_was_seen_on_the_day_the_file_describes():
    lines = ("initiative_id,stage,entered_on", "a,Pilot,2024-03-13", "b,Live,")
    result = prepared(*lines, as_="deployment_status", known={"a", "b"})
    assert statuses(result) == [("pilot", date(2024, 3, 13), None), ("production", None, AS_OF)]
    assert [problem.severity for problem in result.problems] == ["info"]


def test_measurements_are_timestamps_in_utc():
    line = "a,churn,1,psi,2024-03-13T10:00:00+01:00,0.12"
    header = "initiative_id,model,version,metric,measured_at,value"
    result = prepared(header, line, as_="model_metrics", known={"a"})
    assert rows(result, "model_metrics", "measured_at", "value") == [
        (datetime(2024, 3, 13, 9), 0.12)
    ]


def test_an_initiatives_file_without_identifiers_gets_derived_ones():
    result = prepared("name,unit,teams", "A,X,IT;finance", as_="initiatives")
    [(identifier, teams)] = rows(result, "initiatives", "initiative_id", "teams")
    assert identifier.startswith("a-") and teams == ["finance"]


def test_the_day_a_file_describes_is_the_given_else_the_mappings_else_today():
    mapping = from_json({"as": "inventory", "as_of": "2024-01-31", "columns": {"Project": "name"}})
    lines = ("Project,Dept", "A,X")
    assert prepared(*lines, mapping=mapping).as_of == AS_OF
    assert prepared(*lines, mapping=mapping, as_of=None).as_of == date(2024, 1, 31)
    assert prepared(*lines, as_of=None, today=date(2025, 5, 5)).as_of == date(2025, 5, 5)


def test_progress_is_told_from_beginning_to_end():
    told = []
    prepared("Project,Dept", "A,X", progress=lambda share, says: told.append(share))
    assert told == sorted(told) and (told[0], told[-1]) == (0.0, 1.0)


def test_a_problem_is_a_plain_record():
    [problem] = [each.as_dict() for each in prepared("Project,Dept", "A,").problems if each.row][:1]
    assert list(problem) == ["row", "column", "value", "severity", "says", "mend"]


def test_an_undated_stage_before_a_later_one_is_refused_as_it_would_count_as_the_latest():
    result = prepared(
        "initiative_id,stage,entered_on",
        "a,pilot,soon",
        "a,live,2024-03-01",
        "b,idea,",
        "b,pilot,",
        as_="deployment_status",
        known={"a", "b"},
    )
    found = rows(result, "deployment_status", "initiative_id", "stage")
    assert found == [("a", "production"), ("b", "pilot")]
    assert [row for row, *_ in problems(result, "error")] == [1, 3]
