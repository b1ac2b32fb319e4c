"""The store's file: who may open it, what a query may do, and how to get everything back."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from conftest import ROOT, ask, look, named, put

import queries
from data import __main__ as data_command
from data import backup, batches, verify
from data.access import LOCAL_OWNER, Viewer
from data.errors import BackupError, NotAllowed, StoreDamaged, StoreError, StoreLocked, StoreTooNew
from data.store import Lens, Store, default_path
from queries import __main__ as queries_command


def alter(path: Path, sql: str) -> None:
    """Do to a closed store's file what the app never does."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)


def everything(store: Store) -> dict[str, pd.DataFrame]:
    """The answer to every question that needs no initiative."""
    free = [
        name
        for name in queries.names()
        if not {"initiative_id", "number"} & queries.parameters(name)
    ]
    return {name: ask(store, name) for name in free}


def assert_same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    for name in one:
        pd.testing.assert_frame_equal(one[name], other[name])


@contextmanager
def held_by_another_process(path: Path, then: str = "input()") -> Iterator[subprocess.Popen]:
    script = f"from data.store import Store; s = Store({str(path)!r}); print('open', flush=True)"
    holder = subprocess.Popen(
        [sys.executable, "-c", f"{script}; {then}"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline() == "open\n"
        yield holder
    finally:
        holder.communicate("\n")


# Opening


def test_a_store_reopens_with_everything(sample):
    before, version = everything(sample), sample.version()
    sample.close()
    with Store(sample.path) as again:
        assert again.version() == version
        assert_same(everything(again), before)


def test_a_store_whose_process_died_reopens_with_everything_committed(tmp_path):
    died = "import os; from data import sample; sample.load(s); os._exit(9)"
    with held_by_another_process(tmp_path / "a.duckdb", died) as holder:
        assert holder.wait() == 9
    with Store(tmp_path / "a.duckdb") as opened:
        assert not any(verify.differences(opened).values())
        assert len(ask(opened, "portfolio/initiatives")) > 80


def test_a_store_is_made_with_the_folders_above_it(tmp_path):
    with Store(tmp_path / "deep" / "down" / "a.duckdb") as opened:
        assert opened.is_new()


def test_the_store_is_where_the_environment_says(monkeypatch):
    monkeypatch.setenv("EXECUTION_GAP_STORE", "/somewhere/else.duckdb")
    assert default_path() == Path("/somewhere/else.duckdb")
    monkeypatch.delenv("EXECUTION_GAP_STORE")
    assert default_path() == ROOT / "data" / "store" / "portfolio.duckdb"


def test_a_store_of_a_newer_app_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "a.duckdb"
    Store(path).close()
    alter(path, "insert into schema_change values (999, '999_future.sql', now()::timestamp)")
    before = path.read_bytes()
    with pytest.raises(
        StoreTooNew, match=r"newer version of this app \(schema 999.*update the app"
    ):
        Store(path)
    assert path.read_bytes() == before


def test_a_store_of_an_older_app_gets_the_schema_steps_it_lacks(tmp_path):
    path = tmp_path / "a.duckdb"
    first, *others = sorted((ROOT / "data" / "schema").glob("*.sql"))
    alter(path, "create table schema_change (number integer, file text, applied_at timestamp)")
    alter(path, first.read_text())
    alter(path, f"insert into schema_change values (1, '{first.name}', now()::timestamp)")
    with Store(path) as opened:
        put(opened, initiatives=named("a"))
    with duckdb.connect(str(path)) as connection:
        steps = connection.execute("select number from schema_change order by 1").fetchall()
    assert [number for (number,) in steps] == [int(file.name[:3]) for file in (first, *others)]


def test_a_store_another_process_holds_is_refused(tmp_path, capsys):
    path = tmp_path / "held.duckdb"
    with held_by_another_process(path):
        with pytest.raises(StoreLocked, match="Another process has the store .*held.duckdb open"):
            Store(path)
        assert data_command.main(["batches", "--store", str(path)]) == 1
        assert queries_command.main(["delivery/funnel", "--store", str(path)]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("Another process has the store") == 2
    assert said.err.count("\n") == 2
    Store(path).close()


@pytest.mark.parametrize("content", [b"no database at all\n" * 99, b"\0" * 20000, b"DUCK"])
def test_a_file_that_is_no_database_is_called_so_and_left_alone(tmp_path, content):
    path = tmp_path / "clock.duckdb"
    path.write_bytes(content)
    with pytest.raises(StoreDamaged, match="not a readable store: move it aside"):
        Store(path)
    assert path.read_bytes() == content


def test_a_damaged_store_is_called_damaged_not_locked(tmp_path):
    path = tmp_path / "a.duckdb"
    Store(path).close()
    content = bytearray(path.read_bytes())
    for place in range(12288, len(content), 4096):
        content[place : place + 64] = b"\xff" * 64
    path.write_bytes(content)
    with pytest.raises(StoreDamaged):
        Store(path)


def test_a_cut_off_store_is_called_damaged(tmp_path):
    path = tmp_path / "a.duckdb"
    Store(path).close()
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreDamaged):
        Store(path)


def test_somebody_elses_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "foreign.duckdb"
    alter(path, "create table orders (number integer)")
    with pytest.raises(StoreDamaged, match="is a database, but not a store of this app"):
        Store(path)
    with duckdb.connect(str(path)) as connection:
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
    assert tables == [("orders",)]


def test_a_place_where_no_store_can_be_is_called_so(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    for path in (tmp_path, tmp_path / "file" / "a.duckdb"):
        with pytest.raises(StoreError):
            Store(path)


def test_a_store_this_process_has_open_is_never_called_damaged(store):
    try:
        Store(store.path).close()
    except StoreError as error:
        assert not isinstance(error, StoreDamaged)
    put(store, initiatives=named("a"))
    assert look(store, "select initiative_id from initiatives") == [("a",)]


# Asking


@pytest.mark.parametrize(
    "sql",
    [
        "from read_csv('{file}')",
        "from read_text('{file}')",
        "from '{file}'",
        "from glob('{folder}/*')",
        "from sniff_csv('{file}')",
        "copy (select 1) to '{folder}/out.csv'",
        "copy initiatives_row from '{file}'",
        "export database '{folder}/out'",
        "import database '{folder}'",
        "attach '{folder}/other.duckdb'",
        "from 'http://127.0.0.1:1/x.parquet'",
        "install httpfs",
        "load httpfs",
        "load '{file}'",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "set python_enable_replacements = true",
        "set global threads = 1",
        "set TimeZone = 'Asia/Tokyo'",
        "reset enable_external_access",
        "from frame",
    ],
)
def test_a_query_can_neither_leave_the_store_nor_change_a_setting(portfolios, tmp_path, sql):
    frame = pd.DataFrame({"a": [1]})
    file = tmp_path / "secret.csv"
    file.write_text("a,b\n1,2\n")
    before = set(tmp_path.iterdir())
    with portfolios.all.reader(LOCAL_OWNER) as cursor, pytest.raises(duckdb.Error):
        cursor.execute(sql.format(file=file, folder=tmp_path)).fetchall()
    assert set(tmp_path.iterdir()) == before and len(frame) == 1


def test_a_cursor_nobody_is_looking_through_shows_no_rows(sample):
    with sample.connection.cursor() as cursor:
        for table in ("initiatives", "costs", "meetings", "benchmarks", "standing", "batches"):
            assert cursor.execute(f"select count(*) from {table}").fetchall() == [(0,)]


def test_readers_do_not_share_their_clocks_or_their_scope(store):
    put(store, initiatives="initiative_id name unit\n a Ada Claims\n b Bo Retail")
    claims = store.reader(Viewer("ana", units=("Claims",)), Lens(as_of=date(2025, 1, 1)))
    retail = store.reader(Viewer("rui", units=("Retail",)), Lens(as_of=date(2025, 2, 2)))
    seen = "select name, as_of() from initiatives"
    assert claims.execute(seen).fetchall() == [("Ada", date(2025, 1, 1))]
    assert retail.execute(seen).fetchall() == [("Bo", date(2025, 2, 2))]
    assert claims.execute(seen).fetchall() == [("Ada", date(2025, 1, 1))]


def test_the_version_changes_with_every_store_undo_redo_and_restore(store, tmp_path):
    seen = [store.version()]
    first = put(store, initiatives=named("a")).batch_id
    seen.append(store.version())
    backup.write(store, tmp_path / "backup", LOCAL_OWNER)
    assert store.version() == seen[-1]
    for act in (batches.undo, batches.redo, batches.undo):
        act(store, first, LOCAL_OWNER)
        seen.append(store.version())
    assert len(set(seen)) == 5
    backup.restore(store, tmp_path / "backup", LOCAL_OWNER)
    assert store.version() == seen[1]


def test_the_version_of_what_was_known_at_a_moment_changes_no_more(store):
    put(store, initiatives=named("a"))
    [(then,)] = store.connection.execute("select max(happened_at) from batch_log").fetchall()
    version = store.version()
    assert store.version(then) == version
    put(store, initiatives=named("b"))
    batches.undo(store, "1", LOCAL_OWNER)
    assert store.version(then) == version != store.version()


# Backup


def test_a_backup_brings_everything_back_while_somebody_reads(sample, store, tmp_path):
    batches.undo(sample, put(sample, initiatives=named("a")).batch_id, LOCAL_OWNER)
    before = everything(sample)
    with sample.reader(LOCAL_OWNER) as reader:
        answer = reader.execute("from model_metrics").to_arrow_reader(100)
        count = answer.read_next_batch().num_rows
        written = backup.write(sample, tmp_path / "backup", LOCAL_OWNER)
        put(sample, complete=("initiatives",), initiatives=named("b"))
        restored = backup.restore(sample, tmp_path / "backup", LOCAL_OWNER)
        count += sum(batch.num_rows for batch in answer)
    assert [(count,)] == look(sample, "select count(*) from model_metrics")
    assert written == restored
    assert_same(everything(sample), before)
    backup.restore(store, tmp_path / "backup", LOCAL_OWNER)
    assert_same(everything(store), before)
    assert not any(verify.differences(store).values())
    batches.redo(store, "3", LOCAL_OWNER)
    assert "a" in list(ask(store, "portfolio/initiatives").initiative_id)


def lose_a_table(folder: Path) -> None:
    (folder / "costs_row.parquet").unlink()


def cut_a_table_off(folder: Path) -> None:
    file = folder / "costs_row.parquet"
    file.write_bytes(file.read_bytes()[:-100])


def swap_a_table(folder: Path) -> None:
    shutil.copy(folder / "batch.parquet", folder / "costs_row.parquet")


def lose_the_manifest(folder: Path) -> None:
    (folder / backup.MANIFEST).unlink()


def say_nothing(folder: Path) -> None:
    (folder / backup.MANIFEST).write_text("{}")


def forget_a_table(folder: Path) -> None:
    manifest = json.loads((folder / backup.MANIFEST).read_text())
    del manifest["rows"]["costs_row"]
    (folder / backup.MANIFEST).write_text(json.dumps(manifest))


def come_from_the_future(folder: Path) -> None:
    manifest = json.loads((folder / backup.MANIFEST).read_text())
    (folder / backup.MANIFEST).write_text(json.dumps(manifest | {"schema": 999}))


@pytest.mark.parametrize(
    "harm",
    [
        lose_a_table,
        cut_a_table_off,
        swap_a_table,
        lose_the_manifest,
        say_nothing,
        forget_a_table,
        come_from_the_future,
    ],
)
def test_an_incomplete_backup_changes_nothing(store, tmp_path, harm):
    month = "initiative_id month category actual_amount\n a 2025-01 data 1"
    put(store, initiatives=named("a"), costs=month)
    backup.write(store, tmp_path / "backup", LOCAL_OWNER)
    harm(tmp_path / "backup")
    put(store, initiatives=named("later"))
    version = store.version()
    with pytest.raises(BackupError):
        backup.restore(store, tmp_path / "backup", LOCAL_OWNER)
    assert store.version() == version
    assert look(store, "select count(*) from initiatives") == [(2,)]
    assert look(store, "select count(*) from costs") == [(1,)]


def test_a_backup_overwrites_nothing(store, tmp_path):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("mine")
    with pytest.raises(BackupError, match="is not empty: name a new one"):
        backup.write(store, tmp_path / "taken", LOCAL_OWNER)
    assert os.listdir(tmp_path / "taken") == ["letter.txt"]
    with pytest.raises(BackupError):
        backup.write(store, tmp_path / "taken" / "letter.txt", LOCAL_OWNER)


def test_only_an_owner_may_back_up_and_restore(store, tmp_path):
    backup.write(store, tmp_path / "backup", LOCAL_OWNER)
    for act in (backup.write, backup.restore):
        with pytest.raises(NotAllowed, match="may not administer"):
            act(store, tmp_path / "backup", Viewer("ana", "analyst"))


def test_views_of_another_version_are_brought_up_to_date_when_the_store_is_opened(tmp_path):
    path = tmp_path / "older.duckdb"
    Store(path).close()
    with duckdb.connect(path) as older:
        older.execute("create or replace macro as_of() as date '1999-01-01'")
        older.execute("create or replace macro views_made() as 'an older version'")
    with Store(path) as opened, opened.reader(LOCAL_OWNER, Lens(date(2025, 1, 1))) as cursor:
        assert cursor.execute("select as_of()").fetchall() == [(date(2025, 1, 1),)]
