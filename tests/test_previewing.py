"""What an import says before it stores, and the file it gives back to be mended."""

import csv
import io
import zipfile
from datetime import date

from conftest import look, named, put, rows
from hypothesis import given
from hypothesis import strategies as st

from dashboard import previewing, returning
from data import batches, rehearsal, uploads, workbooks
from data.access import LOCAL_OWNER
from data.formulas import defused, undefused
from data.importing import read

DAY = date(2025, 6, 30)
MESSY = """name,stage,unit,description
Price letters,pilot,Claims,=1+1
,pilot,Claims,-5
Route planning,who knows,Retail,fine
"""


def prepared(store, text: str = MESSY, as_: str = "inventory"):
    return uploads.look_at(store, LOCAL_OWNER, text.encode(), "list.csv", as_, DAY)


def given_back(store, **options) -> list[list[str]]:
    content = returning.file(read(MESSY.encode()), prepared(store), **options)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_file_comes_back_with_what_is_wrong_beside_its_rows(store):
    header, *lines = given_back(store)
    assert header == ["name", "stage", "unit", "description", "problem", "how_to_mend"]
    assert lines[0] == ["Price letters", "pilot", "Claims", "'=1+1", "", ""]
    assert lines[1][:4] == ["", "pilot", "Claims", "-5"] and "name is missing" in lines[1][4]
    assert "not clear which stage" in lines[2][4] and lines[2][5]


def test_only_the_refused_rows_come_back_when_the_good_ones_are_stored(store):
    header, *lines = given_back(store, only_refused=True)
    assert [line[3] for line in lines] == ["-5"]


def test_a_file_given_back_and_mended_comes_in(store):
    sheet = read(MESSY.encode())
    text = returning.file(sheet, prepared(store)).decode("utf-8-sig")
    mended = text.replace("\n,pilot", "\nPeak shaving,pilot").replace("who knows", "idea")
    again = prepared(store, mended)
    assert again.rows == {"initiatives": 3, "deployment_status": 3} and not again.rows_refused
    assert not {"problem", "how_to_mend"} & set(again.mapping.columns)
    uploads.keep(store, LOCAL_OWNER, again, "test")
    assert ("=1+1",) in look(store, "select description from initiatives")


def test_a_workbook_comes_back_as_a_workbook_its_wrong_cells_marked_and_comes_in_mended(
    read_here, store
):
    rows = list(csv.reader(io.StringIO(MESSY)))
    header, *lines = rows
    content = workbooks.marked(header, lines, [set()] * len(lines))
    found = uploads.look_at(store, LOCAL_OWNER, content, "list.xlsx", "inventory", DAY)
    assert returning.ending(read(content)) == "xlsx"
    back = returning.file(read(content), found)
    sheet = read(back)
    assert list(sheet.cells("description"))[0] == "=1+1" and sheet.headers[-1] == "how_to_mend"
    parts = zipfile.ZipFile(io.BytesIO(back))
    assert b"FFFBE3C0" in parts.read("xl/styles.xml")
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    again = uploads.look_at(store, LOCAL_OWNER, back, "list.xlsx", "inventory", DAY)
    assert again.rows == found.rows and again.rows_refused == found.rows_refused == 1


def test_a_record_that_did_not_fit_comes_back_as_its_problem(store):
    text = "name,stage,unit\nA,pilot,Claims\nB,pilot,Claims,too,much\n"
    content = returning.file(read(text.encode()), prepared(store, text), only_refused=True)
    [_, line] = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert line[:3] == ["", "", ""]
    assert "Row 2 of the file (B | pilot | Claims | too | much)" in line[3]


@given(st.text(max_size=6) | st.from_regex(r"'{0,2}[=+@-].{0,3}", fullmatch=True))
def test_a_defused_text_is_no_formula_and_becomes_itself_again(text):
    safe = defused(text)
    assert undefused(safe) == text or safe == text
    live = safe[:1] in ("=", "+", "-", "@", "\t", "\r")
    assert (
        not live or safe.replace(",", "").replace(" ", "").strip("%+-").replace(".", "").isdigit()
    )


def test_what_changes_is_said_in_one_sentence(store):
    put(store, initiatives=named("a"))
    origin = batches.Origin("test", DAY)

    def found(text: str):
        tables = {"initiatives": rows("initiatives", text)}
        return rehearsal.rehearse(store, LOCAL_OWNER, tables, origin).changes

    assert previewing.finding(found(named("a"))) == "Nothing new: all 1 rows are stored already"
    changed = "initiative_id name unit\na Ada Claims\nb Bo Claims"
    assert previewing.finding(found(changed)) == "Rows: 1 new and 1 changed"
    labels = [label for *_, label in previewing.counted(found(changed))]
    assert labels == ["initiatives: 1 new", "initiatives: 1 changed"]
