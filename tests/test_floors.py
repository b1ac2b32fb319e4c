"""The house stands: imports point down, Streamlit stays upstairs, pages read like memos."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from data.store import Store
from data.tables import TABLES
from data.views import DERIVED

ROOT = Path(__file__).parents[1]
FLOORS = ("data", "queries", "dashboard", "pages")
STREAMLIT_STAYS = re.compile(r"app\.py|pages/.+|dashboard/ui\w*\.py|dashboard/ui/.+")
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "tools"}
SQL_TYPES = {
    "text": "VARCHAR",
    "list": "VARCHAR[]",
    "date": "DATE",
    "month": "DATE",
    "timestamp": "TIMESTAMP",
    "amount": "DECIMAL(18,2)",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
}


def place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


MODULES = sorted(
    [ROOT / "app.py", *chain.from_iterable((ROOT / floor).rglob("*.py") for floor in FLOORS)]
)
PAGES = sorted((ROOT / "pages").rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    """The first name of everything a module imports, wherever in the module it does."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{place(file)} imports by dots: name the whole way"
            yield node.module.split(".")[0]


@pytest.mark.parametrize("file", MODULES, ids=place)
def test_imports_only_point_down(file):
    floor = place(file).split("/")[0]
    above = ("pages", "app") if floor == "app.py" else FLOORS[FLOORS.index(floor) + 1 :]
    assert not set(imported(file)) & {*above, "app", "tests"}
    assert floor != "pages" or "pages" not in imported(file)


@pytest.mark.parametrize("file", MODULES, ids=place)
def test_streamlit_stays_upstairs(file):
    assert "streamlit" not in imported(file) or STREAMLIT_STAYS.fullmatch(place(file))


@pytest.mark.parametrize("file", MODULES, ids=place)
def test_the_database_stays_downstairs(file):
    assert "duckdb" not in imported(file) or place(file).startswith(("data/", "queries/"))


@pytest.mark.parametrize("file", PAGES, ids=place)
def test_a_page_reads_like_a_memo(file):
    tree = ast.parse(file.read_text())
    defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    assert not [node.name for node in ast.walk(tree) if isinstance(node, defined)]
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    sql = re.compile(r"\bselect\b.+\bfrom\b|\binsert into\b|\bupdate\b.+\bset\b", re.I | re.S)
    assert not [text for text in texts if isinstance(text, str) and sql.search(text)]


@pytest.mark.parametrize("file", PAGES, ids=place)
def test_a_page_opens_with_the_question_it_answers(file):
    said = ast.get_docstring(ast.parse(file.read_text())) or ""
    assert re.search(r"\w\?", said)


def test_no_page_lies_flat_where_a_deep_link_would_go_around_the_front_door():
    assert PAGES
    assert not list((ROOT / "pages").glob("*.py"))


def test_there_is_no_drawer_for_everything():
    parts = {part for file in MODULES for part in file.relative_to(ROOT).with_suffix("").parts}
    assert not parts & DRAWERS


@pytest.mark.parametrize("file", MODULES, ids=place)
def test_no_module_grows_beyond_a_few_screens(file):
    assert len(file.read_text().splitlines()) < 350


@pytest.mark.parametrize("file", sorted((ROOT / "queries").rglob("*.sql")), ids=place)
def test_a_question_lies_in_the_folder_of_a_section(file):
    assert re.fullmatch(r"queries/[a-z_]+/[a-z_]+\.sql", place(file))


@pytest.fixture(scope="module")
def columns() -> dict[str, dict[str, str]]:
    """Name and type of every column of every table and view of a new store."""
    with Store() as opened:
        found = opened.connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() where not internal"
        ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in found:
        tables.setdefault(table, {})[column] = kind
    return tables


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_schema_has_the_columns_the_tables_are_said_to_have(columns, table):
    wanted = {column.name: SQL_TYPES[column.kind] for column in table.columns}
    every_version = {"batch_id": "UUID", "is_removed": "BOOLEAN", **wanted}
    carried = {"unit": "VARCHAR", "sponsor": "VARCHAR"} if table.is_of_initiative else {}
    assert columns[f"{table.name}_row"] == every_version
    assert columns[f"{table.name}_current"] == every_version | carried
    assert columns[table.name] == wanted


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_key_is_made_of_columns_that_can_be_required(table):
    named = {name for expression in table.key for name in re.findall(r"[a-z_]+", expression)}
    assert named - {"coalesce"} <= set(table.names)


def test_there_is_a_view_for_everything_that_can_be_read(columns):
    assert {*TABLES, *DERIVED} <= set(columns)
