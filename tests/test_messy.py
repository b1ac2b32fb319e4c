"""Messy files, each with what is expected of it: `tests/messy/<name>.expected.json`.

An expectation names what is to be found: `headers`, `cells` (rows of text), `refused` records,
`skipped` rows by reason, `says` (words of the reading's sentence), `told` (words of what is told of
the file and its rows). With `as`, the file is also prepared as that table: `rows` by table,
`values` (rows of named columns) and `warns` (words).

Of every file the account must be even: what stands below the header is stored, refused or skipped
for a reason, and every skipped row, title and renamed column is told.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from data.importing import Choices, Prepared, Sheet, prepare, read
from data.importing.mapping import Mapping
from tests.messy import ledger
from tests.messy.make import MAKERS, made

FOLDER = Path(__file__).parent / "messy"
EXPECTED = sorted(FOLDER.glob("*.expected.json"))
AS_OF = date(2025, 6, 30)
pytestmark = pytest.mark.usefixtures("read_here")


def content_of(name: str, folder: Path) -> bytes:
    """The messy file: made anew, or the one beside its expectation."""
    if name in MAKERS:
        return made(name, folder).read_bytes()
    [path] = [each for each in FOLDER.glob(f"{name}.*") if not each.name.endswith(".expected.json")]
    return path.read_bytes()


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.split(".")[0])
def test_a_messy_file_is_read_as_expected(path, tmp_path):
    name, expected = path.name.split(".")[0], json.loads(path.read_text())
    content, choices = content_of(name, tmp_path), Choices(**expected.get("choices", {}))
    sheet = read(content, choices=choices)
    assert_read(sheet, expected)
    assert_account_is_even(sheet)
    if "as" in expected:
        assert_prepared(content, name, choices, expected)


@pytest.mark.parametrize("is_1904", [False, True], ids=["1900", "1904"])
@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods"])
def test_a_list_is_the_same_in_every_kind_of_workbook(kind, is_1904, tmp_path):
    expected = json.loads((ledger.FOLDER / "ledger.expected.json").read_text())
    content = ledger.content_of(kind, is_1904, tmp_path)
    sheet = read(content)
    assert sheet.reading.is_1904 is is_1904
    assert_read(sheet, expected)
    assert_account_is_even(sheet)
    assert_prepared(content, f"ledger.{kind}", Choices(), expected)


def assert_read(sheet: Sheet, expected: dict) -> None:
    if "headers" in expected:
        assert list(sheet.headers) == expected["headers"]
    if "cells" in expected:
        columns = [sheet.cells(header) for header in sheet.headers]
        assert [list(row) for row in zip(*columns, strict=True)] == expected["cells"]
    assert sheet.refused == expected.get("refused", 0)
    assert dict(sheet.reading.skipped) == expected.get("skipped", {})
    for words in expected.get("says", []):
        assert words in sheet.reading.says
    told = " ".join(each.says for each in sheet.problems)
    for words in expected.get("told", []):
        assert words in told


def assert_account_is_even(sheet: Sheet) -> None:
    """Every row from the header to the table's end is accounted for, and none twice."""
    reading, infos = sheet.reading, [each for each in sheet.problems if each.severity == "info"]
    places = set(sheet.numbers.tolist())
    refused = {each.row for each in sheet.problems if each.severity == "error"}
    left_out = {each.row for each in infos if each.row}
    assert not places & refused and not (places | refused) & left_out
    assert reading.records == len(places) + len(refused)
    assert reading.count_skipped == len(left_out)
    assert len([each for each in infos if "above the header" in each.says]) == len(reading.titles)
    rows = reading.records + reading.empty_records + reading.count_skipped
    assert (places | refused | left_out) <= set(range(1, rows + 1))
    if reading.tables:
        end = int(reading.tables[reading.table - 1].split(":")[0].split(" ")[3].rstrip(","))
        assert rows == end - reading.header_row + 1 - reading.header_rows


def assert_prepared(content: bytes, name: str, choices: Choices, expected: dict) -> None:
    columns = expected.get("columns")
    fixed = expected.get("fixed", {})
    mapping = Mapping(expected["as"], columns=columns, fixed=fixed) if columns else None
    result = prepare(content, name, expected["as"], as_of=AS_OF, mapping=mapping, choices=choices)
    for table, count in expected.get("rows", {}).items():
        assert result.rows[table] == count
    for table, wanted in expected.get("values", {}).items():
        rows = result.tables[table].select(wanted["columns"]).to_pylist()
        assert [[shown(value) for value in row.values()] for row in rows] == wanted["rows"]
    said = " ".join(problem.says for problem in result.problems)
    for words in expected.get("warns", []):
        assert words in said
    assert_nothing_vanished(result)


def assert_nothing_vanished(result: Prepared) -> None:
    """Every record read has a row in a table, is refused, or is told to have nothing to say."""
    errors = {each.row for each in result.problems if each.severity == "error" and each.row}
    silent = {each.row for each in result.problems if "no row was made of it" in each.says}
    stored = {number for each in result.numbers.values() for number in each.to_pylist()}
    assert len(stored | errors | silent) == result.rows_read
    assert result.rows_refused == len(errors)


def shown(value: object) -> object:
    return value if value is None else str(value)


def test_every_messy_file_says_what_is_expected_of_it():
    named = {path.name.split(".")[0] for path in EXPECTED}
    files = {path.stem for path in FOLDER.iterdir() if path.suffix not in (".json", ".py", "")}
    assert files | set(MAKERS) <= named | {"__pycache__"}
