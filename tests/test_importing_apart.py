"""What strangers write is read in a process of its own; when that dies, the board goes on."""

import io
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.errors import FileRefused
from data.importing import apart, read
from data.importing.apart import Limits
from data.importing.read import read as read_here
from data.importing.workbooks import check_unpacked
from tests.conftest import ROOT
from tests.messy.make import MAKERS, made

LARGE = b"name,unit,note\n" + b'A,X,"two\nlines"\nB,Y\nC,Z,n,extra\n\nD,X,n\nE,X,n\n' * 30_000


@pytest.fixture(autouse=True)
def _no_spare():
    yield
    apart._end_spare()


def test_a_sheet_read_apart_is_the_sheet_read_here():
    assert len(LARGE) > apart.SMALL
    assert read(LARGE) == read_here(LARGE)


@pytest.mark.parametrize("name", MAKERS)
def test_a_workbook_read_apart_is_the_one_read_here(name, tmp_path):
    content = made(name, tmp_path).read_bytes()
    assert read(content) == read_here(content)


def test_a_process_started_in_advance_reads_the_next_file():
    apart.warm()
    [spare] = apart._spare
    apart.warm()
    assert apart._spare == [spare]
    assert len(read(LARGE)) == 120_000
    assert spare.returncode == 0 and not apart._spare


def test_a_process_started_in_advance_ends_with_who_started_it():
    code = "from data.importing import apart, warm; warm(); print(apart._spare[0].pid, flush=True)"
    kill = "import os; os.kill(os.getpid(), 9)"
    told = subprocess.run([sys.executable, "-c", f"{code}; {kill}"], cwd=ROOT, capture_output=True)
    for _ in range(600):
        if not Path(f"/proc/{int(told.stdout)}").exists():
            return
        time.sleep(0.1)
    pytest.fail("it goes on")


def test_a_refusal_crosses_over_as_its_sentence():
    with pytest.raises(FileRefused, match="no rows below it"):
        read(b"name,unit\n" + b",\n" * 600_000)


@pytest.mark.parametrize("limits", [Limits(memory_mb=150), Limits(seconds=1, patience=1)])
def test_a_file_beyond_the_limits_is_refused_and_the_next_one_is_read(limits):
    with pytest.raises(FileRefused, match="could not be read within"):
        read(LARGE * 6, limits=limits)
    assert len(read(b"name,unit\nA,X\n")) == 1


def test_reading_can_be_cancelled():
    def cancel():
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        read(LARGE * 6, waiting=cancel)


def test_a_reader_that_is_killed_in_the_middle_refuses_the_file_and_leaves_nothing(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    started, start = [], apart._taken
    monkeypatch.setattr(apart, "_taken", lambda: started.append(start()) or started[-1])
    with pytest.raises(FileRefused, match="could not be read within"):
        read(LARGE * 6, waiting=lambda: started[-1].kill())
    assert started[-1].returncode == -9 and not list(tmp_path.iterdir())


def test_a_zip_bomb_is_refused_by_what_it_says_and_by_what_it_is():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 3 * 1024**2)
    honest = bomb.getvalue()
    lying = honest.replace((3 * 1024**2).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != honest
    for content in (honest, lying):
        with pytest.raises(FileRefused):
            check_unpacked(content, limit_mb=2)


def test_xml_entities_in_a_workbook_are_refused():
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>')
    with pytest.raises(FileRefused, match="XML entities"):
        read(book.getvalue())


def test_more_columns_than_any_table_has_are_refused():
    header = ",".join(f"c{at}" for at in range(1_000_000))
    with pytest.raises(FileRefused, match="1,000,000 columns"):
        read(f"{header}\n{',' * 999_999}\n".encode())


def test_one_endless_line_is_refused_or_read_within_the_limits():
    with pytest.raises(FileRefused):
        read(b"x" * 3_000_000)


def test_parquet_comes_in_as_text():
    table = pa.table({"name": ["A", None], "live": [True, False], "fte": [1.5, None]})
    sink = io.BytesIO()
    pq.write_table(table, sink)
    sheet = read(sink.getvalue())
    assert [sheet.cells(header) for header in sheet.headers] == [
        ["A", ""],
        ["true", "false"],
        ["1.5", ""],
    ]
