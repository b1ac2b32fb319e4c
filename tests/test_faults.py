"""Whatever breaks while a file is stored, the store is exactly before or exactly after."""

import gc
import os
import random
import shutil
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from bench.uploading import metrics
from data import batches, uploads
from data.access import LOCAL_OWNER
from data.errors import FileRefused, StoreFull, StoreLocked
from data.importing import Content, apart
from data.store import Store
from data.tables import TABLES
from data.verify import differences
from tests.conftest import ROOT, look

DAY = date(2025, 6, 30)
ROWS = 60
STORES_FOREVER = """
import sys
from data.__main__ import main
print("ready", flush=True)
store, *paths = sys.argv[1:]
for path in paths:
    main(["import", path, "--as", "costs", "--as-of", "2025-06-30", "--store", store])
"""
# Enough rows that some are written to the file before the end of their transaction.
MANY = 150_000
STORES_MANY = f"""
import sys
from data import batches
from data.access import LOCAL_OWNER
from data.store import Store
from tests.test_faults import DAY, measured
with Store(sys.argv[1]) as store:
    for number in range(99):
        origin, rows = batches.Origin("upload", DAY), measured(number, {MANY}, ["m"] * {MANY})
        batches.commit(store, LOCAL_OWNER, {{"model_metrics": rows}}, origin)
        print(number, flush=True)
"""
HOLDS_OPEN = """
import sys, time
from data.store import Store
with Store(sys.argv[1]):
    print("open", flush=True)
    time.sleep(60)
"""


def costs(number: int, rows: int = ROWS) -> bytes:
    """A file of its own for each number: every row is new."""
    months = [f"{1990 + row // 12}-{row % 12 + 1:02}" for row in range(rows)]
    lines = [f"P{number},{month},people,{number + 1}" for month in months]
    return "\n".join(["initiative_id,month,category,actual_amount", *lines]).encode()


def measured(number: int, rows: int = 20_000, models: list[str] | None = None) -> pa.Table:
    """Measurements with nothing in common, so that they take room; or of these models."""
    noise = np.random.default_rng(number)
    columns = {
        "initiative_id": [f"P{number}"] * rows,
        "model": models or [f"{each:x}" for each in noise.integers(2**62, size=rows).tolist()],
        "version": ["1"] * rows,
        "metric": ["auc"] * rows,
        "measured_at": np.datetime64("2025-01-01", "us") + np.arange(rows) * 1_000_000,
        "value": noise.random(rows),
    }
    return pa.table(columns, schema=TABLES["model_metrics"].schema)


def put_in(store: Store, content: bytes | Content, as_: str = "costs") -> uploads.Outcome:
    prepared = uploads.look_at(store, LOCAL_OWNER, content, "file.csv", as_, DAY)
    return uploads.keep(store, LOCAL_OWNER, prepared, "upload")


def assert_whole(store: Store, table: str = "costs", rows: int = ROWS) -> int:
    """Every batch is there with all its rows or not at all; how many there are."""
    assert not any(differences(store).values())
    stored = look(store, "select number from batches order by number")
    assert [number for (number,) in stored] == list(range(1, len(stored) + 1))
    with store.connection.cursor() as cursor:
        for kept in ("row", "current"):
            counts = cursor.execute(
                f"select count(*) from {table}_{kept} group by batch_id"
            ).fetchall()
            assert counts == [(rows,)] * len(stored)
    return len(stored)


@pytest.mark.parametrize("seed", range(5))
def test_a_kill_at_any_moment_leaves_the_store_before_or_after(seed, tmp_path):
    paths = [tmp_path / f"costs-{number}.csv" for number in range(12)]
    for number, path in enumerate(paths):
        path.write_bytes(costs(number))
    store = tmp_path / "store.duckdb"
    process = subprocess.Popen(
        [sys.executable, "-c", STORES_FOREVER, str(store), *map(str, paths)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process, process.stdout:
        process.stdout.readline()
        # Let it come some way, then strike within the time that a few imports take.
        for _ in range(seed):
            while "Stored" not in process.stdout.readline():
                pass
        time.sleep(random.Random(seed).uniform(0, 0.3))
        process.kill()
    with Store(store) as opened:
        there = assert_whole(opened)
        assert there >= seed
        put_in(opened, costs(99))
        assert assert_whole(opened) == there + 1


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_while_many_rows_are_stored_leaves_all_or_none_of_them(seed, tmp_path):
    store, strike = tmp_path / "store.duckdb", random.Random(seed)
    with subprocess.Popen(
        [sys.executable, "-c", STORES_MANY, str(store)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": "tests"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        for _ in range(1 + seed):
            process.stdout.readline()
        began = time.monotonic()
        process.stdout.readline()
        time.sleep(strike.uniform(0, time.monotonic() - began))
        process.kill()
    with Store(store) as opened:
        there = assert_whole(opened, "model_metrics", MANY)
        assert there >= 1 + seed


def test_a_journal_that_ends_at_any_place_leaves_all_of_a_batch_or_none_of_it(tmp_path):
    path, copy = tmp_path / "store.duckdb", tmp_path / "copy.duckdb"
    with Store(path) as store:
        lengths = []
        for number in range(2):
            origin, rows = batches.Origin("upload", DAY), measured(number, MANY, ["m"] * MANY)
            batches.commit(store, LOCAL_OWNER, {"model_metrics": rows}, origin)
            lengths.append(Path(f"{path}.wal").stat().st_size)
        files = {".wal": Path(f"{path}.wal").read_bytes(), "": path.read_bytes()}
    first, second = lengths
    assert first < second == len(files[".wal"])
    counts = []
    for end in sorted({*range(first, second, (second - first) // 8), second - 1, second}):
        copy.write_bytes(files[""])
        Path(f"{copy}.wal").write_bytes(files[".wal"][:end])
        with Store(copy) as opened:
            counts.append(assert_whole(opened, "model_metrics", MANY))
    assert counts == [1] * (len(counts) - 1) + [2]


def test_what_another_process_is_writing_is_not_cut_off(tmp_path):
    path = tmp_path / "store.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS_OPEN, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        process.stdout.readline()
        with Path(f"{path}.wal").open("ab") as file:
            file.write(b"half a commit")
        written = Path(f"{path}.wal").read_bytes()
        with pytest.raises(StoreLocked, match="Another process"):
            Store(path)
        assert Path(f"{path}.wal").read_bytes() == written
        process.kill()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with room for six megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("NOT PROVEN HERE: a full disk needs the right to mount a small one")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_said_and_the_store_stays_as_it_was(small_disk, tmp_path):
    path = small_disk / "store.duckdb"
    stored = 0
    with Store(path) as store, pytest.raises(StoreFull, match="nothing was stored"):
        for number in range(60):
            origin = batches.Origin("upload", DAY)
            batches.commit(store, LOCAL_OWNER, {"model_metrics": measured(number)}, origin)
            stored += 1
    with Store(path) as store:
        assert assert_whole(store, "model_metrics", 20_000) == stored
    with pytest.raises(StoreFull, match="free some"):
        Store(small_disk / "another.duckdb")
    with Store(shutil.copytree(small_disk, tmp_path / "larger") / path.name) as store:
        assert assert_whole(store, "model_metrics", 20_000) == stored


def test_two_who_store_at_once_both_get_all_of_it(store):
    problems: list[BaseException] = []

    def put_several(first: int) -> None:
        try:
            for number in range(first, first + 5):
                put_in(store, costs(number))
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=put_several, args=(first,)) for first in (0, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert assert_whole(store) == 10


@pytest.mark.parametrize("is_apart", [False, True])
def test_a_file_that_changes_is_stored_as_it_was_taken_and_hashed(
    store, tmp_path, monkeypatch, is_apart
):
    if is_apart:
        read_apart(monkeypatch)
    path = tmp_path / "costs.csv"
    path.write_bytes(costs(1))
    with uploads.copied(path, limit_mb=1) as content:
        path.write_bytes(costs(2))
        put_in(store, content)
    [(hashed,)] = look(store, "select file_hash from batches")
    assert hashed == sha256(costs(1)).hexdigest()
    with store.connection.cursor() as cursor:
        assert cursor.execute("select distinct initiative_id from costs_current").fetchall() == [
            ("P1",)
        ]


def test_a_reader_that_dies_leaves_the_store_as_it_was(store, monkeypatch):
    put_in(store, costs(1))
    read_apart(monkeypatch)
    monkeypatch.setattr(apart, "Limits", lambda: apart_limits)
    apart_limits = _Tiny()
    with pytest.raises(FileRefused, match="could not be read within"):
        put_in(store, costs(2, rows=90_000))
    assert assert_whole(store) == 1


def test_what_was_uploaded_is_let_go(store):
    tracemalloc.start()
    try:
        held = []
        for number in range(4):
            content = metrics(number, 20_000)
            assert put_in(store, content, "model_metrics").stored.batch_id
            size = len(content)
            del content
            gc.collect()
            held.append((tracemalloc.get_traced_memory()[0], pa.total_allocated_bytes()))
    finally:
        tracemalloc.stop()
    (python, arrow), (python_after, arrow_after) = held[1], held[-1]
    assert python_after - python < size / 2 and arrow_after - arrow < size / 2


def read_apart(monkeypatch) -> None:
    """Let every file be read in a process of its own, the smallest and plainest too."""
    for size in ("SMALL", "PLAIN"):
        monkeypatch.setattr(apart, size, 0)


class _Tiny:
    memory_mb, seconds, patience = 1, 1, 5
