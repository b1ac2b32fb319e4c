"""Files whose cells are hard to understand, each beside what is expected: tests/messy/meaning.

An expectation names the table the file is (`as`, which must also be its first guess) and, if the
analyst had to say something, the `mapping`; then, of what comes out, `rows` of the `columns`, row
`counts`, how many records are `refused`, which sentences are said of which row (`says`; row 0 is
the file), and what is asked (`asks`).
"""

import json
from datetime import date
from pathlib import Path

import pytest

from data import uploads
from data.access import LOCAL_OWNER
from data.importing import Prepared, read
from data.importing.asking import questions
from data.importing.mapping import from_json
from data.importing.recognize import table
from tests.conftest import put
from tests.test_messy import assert_nothing_vanished

FOLDER = Path(__file__).parent / "messy" / "meaning"
AS_OF = date(2025, 6, 30)
STORED = "initiative_id|name|unit\nINI-A|Claims triage|Claims\nINI-B|Price finder|Retail"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_a_file_that_is_hard_to_understand_comes_in_as_expected(store, path):
    put(store, initiatives=STORED)
    expected = json.loads(path.with_suffix(".expected.json").read_text())
    mapping = from_json(expected["mapping"]) if "mapping" in expected else None
    content, as_ = path.read_bytes(), expected["as"]
    assert mapping or table(read(content))[0].as_ == as_
    result = uploads.look_at(store, LOCAL_OWNER, content, path.name, as_, AS_OF, mapping)
    assert_nothing_vanished(result)
    assert_rows(result, expected)
    assert_said(result, expected)
    if "asks" in expected:
        asked = questions(read(content), mapping or result.mapping)
        assert [each.about for each in asked] == expected["asks"]


def assert_rows(result: Prepared, expected: dict) -> None:
    for name, rows in expected.get("rows", {}).items():
        found = result.tables[name].select(expected["columns"]).to_pylist()
        texts = [[None if cell is None else str(cell) for cell in row.values()] for row in found]
        assert texts == rows
    for name, count in expected.get("counts", {}).items():
        assert result.rows[name] == count
    if "refused" in expected:
        assert result.rows_refused == expected["refused"]


def assert_said(result: Prepared, expected: dict) -> None:
    for row, words in expected["says"]:
        said = " ".join(each.says for each in result.problems if each.row == row)
        assert words in said, (row, words, said)
