"""Templates that can be filled in, and exports that come in again as nothing new."""

import io
import zipfile
from datetime import date

import hostile
import pyarrow as pa
import pytest
from conftest import look, named, put
from hypothesis import given, settings
from hypothesis import strategies as st

from data import batches, exports, uploads, workbooks
from data.access import LOCAL_OWNER, Viewer
from data.errors import FileRefused
from data.importing import words
from data.importing.mapping import IMPORTABLE, written_columns
from data.store import Lens, Store
from data.tables import TABLES

DAY = date(2026, 10, 31)


def send_back(store: Store, name: str, content: bytes) -> uploads.Outcome:
    prepared = uploads.look_at(store, LOCAL_OWNER, content, f"{name}.csv", name, DAY)
    return uploads.keep(store, LOCAL_OWNER, prepared, "test", is_complete=True)


@pytest.mark.parametrize("name", TABLES)
def test_an_unchanged_export_of_the_sample_is_nothing_new(sample, name):
    version, content = sample.version(), exports.as_csv(sample, LOCAL_OWNER, name)
    outcome = send_back(sample, name, content)
    assert outcome.says.startswith("Nothing new: all") and sample.version() == version
    assert outcome.prepared.rows[name] == exports.counts(sample, LOCAL_OWNER)[name] > 0


def test_only_what_was_edited_in_an_export_is_stored(store):
    put(store, initiatives="initiative_id name unit owner\na Ada Claims Cy\nb Bo Claims Cy")
    content = exports.as_csv(store, LOCAL_OWNER, "initiatives").replace(b"Bo", b"Beau")
    assert send_back(store, "initiatives", content).stored.batch_id
    names = look(store, "select name, owner from initiatives order by all")
    assert names == [("Ada", "Cy"), ("Beau", "Cy")]


def test_an_export_keeps_what_lies_after_the_as_of_date(store):
    cost = "initiative_id month category planned_amount actual_amount\na 2031-05 data 5 7"
    put(store, initiatives=named("a"), costs=cost)
    content = exports.as_csv(store, LOCAL_OWNER, "costs", Lens(as_of=date(2020, 1, 1)))
    assert content.decode("utf-8-sig").splitlines()[1] == '"a","2031-05","data","5.00","7.00"'


def test_an_export_holds_what_its_viewer_may_see(store):
    put(store, initiatives="initiative_id name unit\na Ada Claims\nb Bo Retail")
    clerk = Viewer("ana", "analyst", ("Claims",))
    assert b"Bo" not in exports.as_csv(store, clerk, "initiatives")
    assert exports.counts(store, clerk)["initiatives"] == 1
    assert exports.counts(store, LOCAL_OWNER, Lens(units=("Retail",)))["initiatives"] == 1


NAMES = st.from_regex(r"'{0,2}[=+@-]?[A-Za-z0-9(][A-Za-z0-9()!; ,\"]{0,12}[a-z]", fullmatch=True)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    names=st.lists(NAMES.map(lambda text: " ".join(text.split())), min_size=1, max_size=5),
    values=st.lists(NUMBERS, min_size=5, max_size=5),
)
def test_whatever_is_stored_comes_back_as_itself(anew, names, values):
    with anew() as store:
        lines = [f"k{n}|{name}|Claims|{values[n]}" for n, name in enumerate(names)]
        put(store, initiatives="\n".join(["initiative_id|name|unit|target", *lines]))
        before = look(store, "from initiatives order by all")
        send_back(store, "initiatives", exports.as_csv(store, LOCAL_OWNER, "initiatives"))
        assert look(store, "from initiatives order by all") == before


ITEMS = st.text(st.sampled_from("ab,;|\"= \n'"), min_size=1, max_size=8).filter(str.strip)


@settings(max_examples=300, deadline=None)
@given(st.lists(ITEMS, min_size=1, max_size=4, unique=True))
def test_items_of_a_list_survive_whatever_separators_they_hold(items):
    items = [item for item in items if not words.nothing(item)]
    assert words.parts(words.joined(items)) == items


def test_a_stored_list_comes_back_from_csv_and_workbook_item_by_item(store, read_here):
    items = ['=SAP, "EU"', "a; b", "c|d", "two\nlines", '"', " e  f ", "plain"]
    row = {"initiative_id": "a", "name": "A", "unit": "Claims", "integrates_with": items}
    rows = pa.Table.from_pylist([row], TABLES["initiatives"].schema)
    batches.commit(store, LOCAL_OWNER, {"initiatives": rows}, batches.Origin("test", DAY))
    content = exports.as_csv(store, LOCAL_OWNER, "initiatives")
    assert send_back(store, "initiatives", content).says.startswith("Nothing new: all")
    content = exports.as_workbook(store, LOCAL_OWNER, "initiatives")
    assert send_back(store, "initiatives", content).says.startswith("Nothing new: all")


def test_a_list_says_in_the_dictionary_how_its_items_are_kept_apart():
    [line] = [
        each for each in workbooks.dictionary(TABLES["initiatives"].columns) if each[0] == "teams"
    ]
    assert (
        line[2] == 'words separated by semicolons; in quotation marks if they hold one: a; "b, c"'
    )


@pytest.mark.parametrize("as_", IMPORTABLE)
def test_a_template_has_the_columns_drop_downs_a_dictionary_and_examples(as_):
    book = zipfile.ZipFile(io.BytesIO(workbooks.template(as_)))
    texts, names = book.read("xl/sharedStrings.xml").decode(), names_of(as_)
    assert all(f">{name}</t>" in texts for name in names)
    sheets = book.read("xl/workbook.xml").decode()
    assert all(f'name="{sheet}"' in sheets for sheet in (as_, "Examples", "Dictionary"))
    lists = book.read("xl/worksheets/sheet1.xml").decode().count('type="list"')
    is_listed = [c for c in written_columns(as_) if c.kind == "flag" or c.words]
    assert lists == len([column for column in is_listed if column.kind != "list"])
    header = workbooks.template_csv(as_).decode("utf-8-sig")
    assert header == ",".join(names) + "\n"


def names_of(as_: str) -> list[str]:
    return [column.name for column in written_columns(as_)]


def test_no_export_holds_a_live_formula(store):
    hostile.put_hostile(store)
    formulas = ("=1+1", "+1", "-2+3", "@SUM(A1)", "'=x")
    lines = [f"f{n}|{text}|Claims|{text}" for n, text in enumerate(formulas)]
    put(
        store,
        initiatives="\n".join(["initiative_id|name|unit|goal", *lines]),
    )
    content = exports.as_csv(store, LOCAL_OWNER, "initiatives").decode("utf-8-sig")
    for text in formulas:
        assert f'"\'{text}"' in content and f'"{text}"' not in content.replace(f"'{text}", "")
    book = zipfile.ZipFile(io.BytesIO(exports.as_workbook(store, LOCAL_OWNER, "initiatives")))
    sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert ">=1+1</t>" in book.read("xl/sharedStrings.xml").decode()


def test_a_table_too_long_for_a_sheet_says_to_take_csv(store, monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 1)
    put(store, initiatives=named("a", "b"))
    with pytest.raises(Exception, match="export it as CSV"):
        exports.as_workbook(store, LOCAL_OWNER, "initiatives")


@pytest.mark.parametrize("name", TABLES)
def test_an_unchanged_workbook_is_nothing_new_either(sample, name, read_here):
    content, version = exports.as_workbook(sample, LOCAL_OWNER, name), sample.version()
    prepared = uploads.look_at(sample, LOCAL_OWNER, content, f"{name}.xlsx", name, DAY)
    outcome = uploads.keep(sample, LOCAL_OWNER, prepared, "test")
    assert outcome.says.startswith("Nothing new: all") and sample.version() == version


def test_an_inventory_template_filled_in_comes_in_and_an_empty_one_says_so(store, read_here):
    columns = written_columns("inventory")
    row = [workbooks.INVENTORY_EXAMPLE.get(column.name) for column in columns]
    row = [date.fromisoformat(cell) if cell and cell[:2] == "20" else cell for cell in row]
    filled = workbooks.workbook("inventory", columns, [row], workbooks.examples("inventory"))
    prepared = uploads.look_at(store, LOCAL_OWNER, filled, "inventory.xlsx", "inventory", DAY)
    assert prepared.rows == {"initiatives": 1, "deployment_status": 2} and not prepared.rows_refused
    with pytest.raises(FileRefused):
        empty = workbooks.template("inventory")
        uploads.look_at(store, LOCAL_OWNER, empty, "inventory.xlsx", "inventory", DAY)
