"""A column per month, metric or capability, and several tables in one file, become plain rows."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import MappingRefused
from data.importing import Prepared, prepare
from data.importing.mapping import from_json

AS_OF = date(2025, 3, 31)


def prepared(as_: str, columns: dict[str, str], *lines: str, **more) -> Prepared:
    mapping = from_json({"as": as_, "columns": columns, **more})
    content = ("\n".join(lines) + "\n").encode()
    return prepare(content, "list.csv", as_, as_of=AS_OF, mapping=mapping, known={"a", "b"})


def rows(result: Prepared, table: str, *columns: str) -> list[tuple]:
    return [tuple(row[each] for each in columns) for row in result.tables[table].to_pylist()]


COSTS = {
    "Project": "initiative_id",
    "Type": "category",
    "Jan 2025": "actual_amount@2025-01",
    "Feb 2025": "actual_amount@month=2025-02",
    "Feb 2025 plan": "planned_amount@2025-02",
}


def test_a_column_per_month_becomes_a_row_per_month():
    result = prepared(
        "costs",
        COSTS,
        "Project,Type,Jan 2025,Feb 2025,Feb 2025 plan",
        'a,cloud,"1,000.00",,"1,100.00"',
        "b,staff,n/a,20.00,30.00",
        "a,staff,,,",
    )
    names = ("initiative_id", "month", "category", "planned_amount", "actual_amount")
    assert rows(result, "costs", *names) == [
        ("a", date(2025, 1, 1), "compute", None, Decimal(1000)),
        ("a", date(2025, 2, 1), "compute", Decimal(1100), None),
        ("b", date(2025, 2, 1), "people", Decimal(30), Decimal(20)),
    ]
    assert result.numbers["costs"].to_pylist() == [1, 1, 2]
    [silent] = result.problems
    assert (silent.row, silent.severity) == (3, "info")


def test_problems_of_spread_columns_name_the_files_own_headers():
    result = prepared(
        "costs", COSTS, "Project,Type,Jan 2025,Feb 2025,Feb 2025 plan", "a,cloud,tbc,tbc,5.00"
    )
    told = [(each.row, each.column, each.value) for each in result.problems]
    assert told == [(1, "Jan 2025", "tbc"), (1, "Feb 2025", "tbc")]


def test_one_file_feeds_several_tables():
    result = prepared(
        "inventory",
        {
            "Project": "name",
            "Dept": "unit",
            "Stage": "stage",
            "Cost Jan k€": "costs.actual_amount@month=2025-01,category=other",
            "Blocker": "barriers.barrier",
            "Since": "barriers.raised_on",
            "Alerting": "capabilities.state@alerting",
            "Pipeline": "capabilities.state@capability=data_pipeline",
        },
        "Project,Dept,Stage,Cost Jan k€,Blocker,Since,Alerting,Pipeline",
        "A,X,Pilot,0.10,No owner,2025-02-01,yes,no",
        "B,X,Live,,,,partly,",
        ",X,Live,5.00,Skills,2025-02-01,yes,yes",
    )
    ids = [each for (each,) in rows(result, "initiatives", "initiative_id")]
    assert rows(result, "costs", "initiative_id", "actual_amount") == [(ids[0], Decimal(100))]
    assert rows(result, "barriers", "initiative_id", "barrier", "raised_on") == [
        (ids[0], "ownership", date(2025, 2, 1))
    ]
    names = ("initiative_id", "capability", "state", "assessed_on")
    assert rows(result, "capabilities", *names) == [
        (ids[0], "alerting", "in_place", AS_OF),
        (ids[0], "data_pipeline", "missing", AS_OF),
        (ids[1], "alerting", "partial", AS_OF),
    ]
    assert (result.rows_read, result.rows_refused) == (3, 1)
    assert result.numbers["capabilities"].to_pylist() == [1, 1, 2]
    assert result.mapping.values["barriers.barrier"]["No owner"] == "ownership"


def test_words_of_another_table_are_given_under_its_name():
    result = prepared(
        "inventory",
        {"Project": "name", "Blocker": "barriers.barrier"},
        "Project,Blocker",
        "A,the usual",
        values={"barriers.barrier": {"the usual": "talent"}},
    )
    assert rows(result, "barriers", "barrier", "raised_on") == [("talent", AS_OF)]


def test_a_metric_per_column():
    result = prepared(
        "model_metrics",
        {
            "initiative_id": "initiative_id",
            "model": "model",
            "run": "version",
            "day": "measured_at",
            "PSI": "value@psi",
            "AUC": "value@metric=auc",
        },
        "initiative_id,model,run,day,PSI,AUC",
        "a,m,1,2025-01-01,0.1,0.8",
        "a,m,1,2025-01-02,,0.9",
    )
    assert rows(result, "model_metrics", "metric", "value") == [
        ("psi", 0.1),
        ("auc", 0.8),
        ("auc", 0.9),
    ]


@pytest.mark.parametrize(
    ("as_", "target", "says"),
    [
        ("costs", "amount@2025-01", "costs has no column amount"),
        ("costs", "benefits.planned_amount@2025-01", "can also feed costs alone"),
        ("inventory", "meetings.title", "can also feed costs, benefits"),
        ("inventory", "barriers.barrier@x", 'which column of barriers holds "x"'),
        ("costs", "actual_amount@monht=2025-01", "which column of costs holds"),
    ],
)
def test_a_target_that_cannot_be_is_refused_saying_why(as_, target, says):
    with pytest.raises(MappingRefused, match=says):
        prepared(as_, {"X": target}, "X,Y", "1,2")


def test_a_part_without_what_its_rows_need_is_refused_naming_it():
    with pytest.raises(MappingRefused, match=r"hold category, which costs needs"):
        prepared("inventory", {"P": "name", "C": "costs.actual_amount@2025-01"}, "P,C", "A,1")


CELLS = st.sampled_from(["", "n/a", "0", "1", "22.50", "-3", "9,999.99"])


@given(st.lists(st.lists(CELLS, min_size=12, max_size=12), min_size=1, max_size=6))
def test_melting_loses_no_cell_that_says_something(table):
    months = [f"2025-{month:02}" for month in range(1, 13)]
    columns = {"id": "initiative_id", "type": "category"}
    columns |= {f"M{month}": f"actual_amount@{month}" for month in months}
    lines = [
        ",".join([f"i{at}", "data", *(f'"{cell}"' for cell in row)]) for at, row in enumerate(table)
    ]
    result = prepared("costs", columns, ",".join(columns), *lines)
    expected = [
        (f"i{at}", month, Decimal(cell.replace(",", "")), at + 1)
        for at, row in enumerate(table)
        for month, cell in zip(months, row, strict=True)
        if cell not in ("", "n/a")
    ]
    found = rows(result, "costs", "initiative_id", "month", "actual_amount")
    numbers = result.numbers["costs"].to_pylist()
    assert [
        (one, f"{month:%Y-%m}", amount, number)
        for (one, month, amount), number in zip(found, numbers, strict=True)
    ] == expected
