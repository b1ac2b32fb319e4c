"""A real inventory of 2,133 use cases goes in without a mapping, and every count can be redone."""

import csv
import io
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from data.importing import prepare

FILE = Path(__file__).parents[2] / "shared" / "inventories" / "us-federal-2024.csv"
AS_OF = date(2024, 12, 16)
DATES = {
    "Date Initiated": "idea",
    "Date when Acquisition and/or Development began": "proof_of_concept",
    "Date Implemented": "production",
    "Date Retired": "retired",
}
STAGES = {
    "Initiated": "idea",
    "Planned": "idea",
    "Ideation": "idea",
    "Acquisition and/or Development": "proof_of_concept",
    "Implementation and Assessment": "pilot",
    "Operation and Maintenance": "production",
    "In production": "production",
    "In mission": "production",
    "Retired": "retired",
}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@pytest.fixture(scope="module")
def content() -> bytes:
    return FILE.read_bytes()


@pytest.fixture(scope="module")
def result(content):
    return prepare(content, FILE.name, "inventory", as_of=AS_OF)


@pytest.fixture(scope="module")
def records(content) -> list[dict]:
    """The file as Python's csv module alone reads it."""
    return list(csv.DictReader(io.StringIO(content.decode("cp1252"), newline="")))


def by_hand(text: str) -> date | None:
    """The day a cell of this file means, written without the importer."""
    if match := re.fullmatch(r"(\d+)/(\d+)/(\d{4})", text):
        month, day, year = map(int, match.groups())
        return date(year, month, day) if year > 1905 else None
    if match := re.fullmatch(r"(\d\d)-([A-Z][a-z]{2})", text):
        return date(2000 + int(match[1]), MONTHS.index(match[2]) + 1, 1)
    return None


def expected_statuses(records) -> Counter:
    """Stage, day entered and day seen of every status row, counted."""
    found = Counter()
    for record in records:
        days = {stage: by_hand(record[header].strip()) for header, stage in DATES.items()}
        found.update((stage, day, None) for stage, day in days.items() if day)
        own = STAGES.get(record["Stage of Development"].strip())
        if own and not days.get(own):
            found[own, None, AS_OF] += 1
    return found


def warned(result, column: str) -> Counter:
    return Counter(
        problem.value.strip()
        for problem in result.problems
        if problem.column == column and "left empty" in problem.says
    )


def test_it_is_read_whole(result):
    assert (result.rows_read, result.rows_refused) == (2133, 0)
    assert result.rows["initiatives"] == 2133
    assert result.reading.says == (
        "Read as Windows-1252 text separated by commas, quotation marks in cells doubled, header "
        "in row 1: 2,133 records of 62 columns."
    )


def test_its_columns_are_recognized_and_no_others(result):
    dated = {header: f"entered_on:{stage}" for header, stage in DATES.items()}
    assert result.mapping.columns == dated | {
        "Use Case Name": "name",
        "Agency": "unit",
        "What is the intended purpose and expected benefits of the AI?": "description",
        "Stage of Development": "stage",
    }
    assert result.mapping.values == {"stage": STAGES}


def test_its_statuses_are_those_counted_by_hand(result, records):
    rows = result.tables["deployment_status"].to_pylist()
    stored = Counter((row["stage"], row["entered_on"], row["observed_on"]) for row in rows)
    assert stored == expected_statuses(records)


def test_every_date_that_is_none_is_left_empty_and_named(result, records):
    nothing = {"", "N/A", "NA"}
    for header in DATES:
        texts = [record[header].strip() for record in records]
        unread = Counter(text for text in texts if text not in nothing and not by_hand(text))
        assert warned(result, header) == unread


def test_its_agencies_lose_only_their_blanks(result, records):
    units = Counter(result.tables["initiatives"]["unit"].to_pylist())
    assert units == Counter(record["Agency"].strip() for record in records)
    assert len(units) == 41


def test_identifiers_are_unique_and_repeated_names_reported(result, records):
    identifiers = result.tables["initiatives"]["initiative_id"].to_pylist()
    pairs = {
        (record["Agency"].strip(), " ".join(record["Use Case Name"].split()).casefold())
        for record in records
    }
    repeated = [each for each in result.problems if each.column == "Use Case Name"]
    assert len(set(identifiers)) == 2133
    assert len(repeated) == 2133 - len(pairs)


def test_unclear_stages_are_reported_row_by_row(result):
    unclear = [each for each in result.problems if each.column == "Stage of Development"]
    assert Counter(each.value for each in unclear) == {
        "Research or  Administrative Action Complete": 5,
        "": 3,
    }


def test_the_same_file_gives_the_same_rows_again(result, content):
    again = prepare(content, "renamed.csv", "inventory", as_of=AS_OF, mapping=result.mapping)
    assert (again.tables, again.problems) == (result.tables, result.problems)
