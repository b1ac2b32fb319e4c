"""Real stores in temporary folders, and small tables as text to put in and to expect back."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import settings
from opening import forget, open_page
from streamlit.testing.v1 import AppTest

import queries
from data import batches, uploads
from data.access import LOCAL_OWNER, Viewer
from data.importing import apart
from data.sample import LAST_DAY, load, load_benchmarks, tables
from data.store import Lens, Store
from data.tables import TABLES

ROOT = Path(__file__).parents[1]
FEDERAL = ROOT.parent / "shared" / "inventories" / "us-federal-2024.csv"
FEDERAL_DAY = date(2024, 12, 16)
A = date(2025, 12, 31)

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

_CELLS: dict[str, Callable[[str], object]] = {
    "text": str,
    "list": lambda cell: cell.split(","),
    "date": date.fromisoformat,
    "month": lambda cell: date.fromisoformat(f"{cell}-01"),
    "timestamp": datetime.fromisoformat,
    "amount": Decimal,
    "number": float,
    "flag": lambda cell: {"true": True, "false": False}[cell],
}


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed file of a store with every table and no rows."""
    path = tmp_path_factory.mktemp("prepared") / "empty.duckdb"
    Store(path).close()
    return path


@pytest.fixture
def store(empty_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of one's own with every table and no rows."""
    with Store(shutil.copy(empty_file, tmp_path / "empty.duckdb")) as opened:
        yield opened


@pytest.fixture(scope="session")
def anew(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    """Opens a store of its own with every table and no rows, as often as it is called."""
    folder, numbers = tmp_path_factory.mktemp("anew"), itertools.count()
    return lambda: Store(shutil.copy(empty_file, folder / f"{next(numbers)}.duckdb"))


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed file of a store that holds the invented sample and the benchmarks."""
    path = tmp_path_factory.mktemp("prepared") / "sample.duckdb"
    with Store(path) as opened:
        load(opened)
        load_benchmarks(opened)
    return path


@pytest.fixture(scope="session")
def federal_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed file of a store that holds the federal inventory, brought in without a mapping."""
    if not FEDERAL.exists():
        pytest.skip(f"{FEDERAL.name} is not beside this project")
    path = tmp_path_factory.mktemp("prepared") / "federal.duckdb"
    with Store(path) as opened:
        content = FEDERAL.read_bytes()
        prepared = uploads.look_at(
            opened, LOCAL_OWNER, content, FEDERAL.name, "inventory", FEDERAL_DAY
        )
        uploads.keep(opened, LOCAL_OWNER, prepared, "upload")
    return path


@pytest.fixture(scope="session")
def benchmarks_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed file of a store that knows what others published and nothing else."""
    path = tmp_path_factory.mktemp("prepared") / "benchmarks.duckdb"
    with Store(path) as opened:
        load_benchmarks(opened)
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of one's own with the invented sample."""
    with Store(shutil.copy(sample_file, tmp_path / "sample.duckdb")) as opened:
        yield opened


@pytest.fixture
def federal(federal_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of one's own with the federal inventory."""
    with Store(shutil.copy(federal_file, tmp_path / "federal.duckdb")) as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_seen(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample, for pages that only look."""
    return Path(shutil.copy(sample_file, tmp_path_factory.mktemp("seen") / "sample.duckdb"))


@pytest.fixture(scope="session")
def federal_seen(federal_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the federal inventory, for pages that only look."""
    return Path(shutil.copy(federal_file, tmp_path_factory.mktemp("seen") / "federal.duckdb"))


@pytest.fixture(scope="session")
def empty_seen(benchmarks_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows what others published and nothing else, for pages that only look."""
    return Path(shutil.copy(benchmarks_file, tmp_path_factory.mktemp("seen") / "empty.duckdb"))


@pytest.fixture
def sample_path(sample_file: Path, tmp_path: Path) -> Path:
    """A store of one's own with the sample, closed."""
    return Path(shutil.copy(sample_file, tmp_path / "sample.duckdb"))


@pytest.fixture
def empty_path(benchmarks_file: Path, tmp_path: Path) -> Path:
    """A store of one's own that knows what others published and nothing else, closed."""
    return Path(shutil.copy(benchmarks_file, tmp_path / "empty.duckdb"))


@pytest.fixture(scope="module")
def opened() -> Iterator[Callable[..., AppTest]]:
    """Opens a page of the board on the store in a file; nothing stays open behind the module."""
    forget()
    yield open_page
    forget()


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are read in this process, where it is not their own process that is proven."""
    monkeypatch.setattr(apart, "_can_grow", lambda opening: False)


class Portfolios:
    """The whole sample, and what there would be if it had one unit, or one sponsor, alone."""

    def __init__(self, anew: Callable[[], Store]):
        self.anew, self.rows = anew, tables()
        known = self.rows["initiatives"].to_pandas().set_index("initiative_id")
        self.unit, self.other_unit = known["unit"].value_counts().index[:2]
        self.sponsor = known["sponsor"].value_counts().index[0]
        in_unit, sponsored = known["unit"] == self.unit, known["sponsor"] == self.sponsor
        self.insider, self.outsider = known.index[in_unit][0], known.index[~in_unit][0]
        self.sponsored = known.index[sponsored][0]
        self.all = self.only(known.index)
        self.of_unit = self.only(known.index[in_unit])
        self.of_sponsor = self.only(known.index[sponsored])
        self.none = anew()

    def only(self, initiative_ids: pd.Index) -> Store:
        """A store of these initiatives, all that hangs on them and all that hangs on none."""
        store, wanted = self.anew(), pa.array([*initiative_ids, None], pa.string())
        chosen = {
            name: rows.filter(pc.is_in(rows["initiative_id"], wanted))
            if "initiative_id" in rows.column_names
            else rows
            for name, rows in self.rows.items()
        }
        batches.commit(store, LOCAL_OWNER, chosen, batches.Origin("test", LAST_DAY))
        load_benchmarks(store)
        return store


@pytest.fixture(scope="session")
def portfolios(anew) -> Portfolios:
    """Stores to be looked at only: the sample, one unit of it, one sponsor of it, nothing."""
    return Portfolios(anew)


class Slow:
    """The same in plain Python: every batch kept whole, and added up anew for every look."""

    def __init__(self):
        self.batches: list[dict] = []
        self.events: list[tuple[datetime, int, bool]] = []

    def counting(self, at: datetime = datetime.max) -> dict[int, bool]:
        return {number: counts for moment, number, counts in self.events if moment <= at}

    def rows(self, table: str, at: datetime = datetime.max) -> dict:
        found: dict = {}
        for number, counts in sorted(self.counting(at).items()):
            found |= self.batches[number][table] if counts else {}
        return {key: value for key, value in found.items() if value is not None}

    def seen(self, units: set[str], at: datetime = datetime.max) -> dict[str, list]:
        mine = {key for (key,), unit in self.rows("initiatives", at).items() if unit in units}
        all_costs, metrics = self.rows("costs", at), self.rows("model_metrics", at)
        days: dict[tuple, list] = {}
        for (key, hour), value in sorted(metrics.items()):
            days.setdefault((key, hour[:10]), []).append(value)
        return {
            "initiatives": [(*k, u) for k, u in self.rows("initiatives", at).items() if u in units],
            "costs": [(*key, value) for key, value in all_costs.items() if key[0] in mine],
            "daily": [(*k, v[-1], min(v), max(v), len(v)) for k, v in days.items() if k[0] in mine],
        }


def cells(text: str) -> list[list[str]]:
    """The cells of a small text table, header first: split at | if it has any, else at spaces."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    separator = "|" if "|" in lines[0] else None
    table = [[cell.strip() for cell in line.strip("|").split(separator)] for line in lines]
    assert {len(line) for line in table} == {len(table[0])}, f"a ragged table: {text}"
    return table


def rows(table: str, text: str) -> pa.Table:
    """A small text table as the Arrow table to be committed; `-` and missing columns are empty."""
    header, *lines = cells(text)
    kinds = {name: TABLES[table].column(name).kind for name in header}
    records = [
        {
            name: None if cell == "-" else _CELLS[kinds[name]](cell)
            for name, cell in zip(header, line, strict=True)
        }
        for line in lines
    ]
    return pa.Table.from_pylist(records, schema=TABLES[table].schema)


def named(*initiative_ids: str) -> str:
    """A text table of initiatives that are nothing but their name, all in one unit."""
    lines = [f"{initiative_id} {initiative_id} Claims" for initiative_id in initiative_ids]
    return "\n".join(["initiative_id name unit", *lines])


def journeys(text: str) -> str:
    """A text table of status rows from lines like `a idea 2025-01-10 pilot ~2025-03-01`.

    A day behind ~ is one on which somebody saw it there; the day it entered is not known.
    """
    lines = ["initiative_id stage entered_on observed_on"]
    for initiative_id, *steps in (line.split() for line in text.strip().splitlines()):
        for stage, day in zip(steps[::2], steps[1::2], strict=True):
            days = f"- {day[1:]}" if day.startswith("~") else f"{day} -"
            lines.append(f"{initiative_id} {stage} {days}")
    return "\n".join(lines)


def put(
    store: Store,
    as_of: date = A,
    viewer: Viewer = LOCAL_OWNER,
    complete: tuple[str, ...] = (),
    **tables: str,
) -> batches.Stored:
    """Commit small text tables as one batch."""
    given = {name: rows(name, text) for name, text in tables.items()}
    return batches.commit(store, viewer, given, batches.Origin("test", as_of), complete=complete)


def ask(
    store: Store,
    name: str,
    viewer: Viewer = LOCAL_OWNER,
    lens: Lens | None = None,
    **parameters: object,
) -> pd.DataFrame:
    """The answer to a question."""
    with store.reader(viewer, lens) as cursor:
        return queries.run(cursor, name, **parameters)


def look(
    store: Store, sql: str, viewer: Viewer = LOCAL_OWNER, lens: Lens | None = None
) -> list[tuple]:
    """What a reader's cursor answers to SQL."""
    with store.reader(viewer, lens) as cursor:
        return cursor.execute(sql).fetchall()


def expect(answer: pd.DataFrame, text: str) -> None:
    """Assert that an answer has exactly these rows, in order, in the columns the text names."""
    header, *lines = cells(text)
    shown = [[_shown(value) for value in row] for row in answer[header].to_numpy(object).tolist()]
    assert shown == lines


def _shown(value: object) -> str:
    if isinstance(value, list | tuple) or hasattr(value, "tolist"):
        value = ",".join(map(str, value))
        return value or "none"
    if value is None or pd.isna(value):
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, pd.Timestamp | datetime):
        return f"{value:%Y-%m-%d}"
    return f"{round(value, 4):g}" if isinstance(value, float | int | Decimal) else str(value)
