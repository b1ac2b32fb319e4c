"""Files are read in a process of their own, so that none can take the board down with it."""

import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from data import keys
from data.errors import FileRefused
from data.importing import read as reading
from data.importing import records, workbooks
from data.importing.choices import Choices
from data.importing.content import Content
from data.importing.problems import Problem
from data.importing.sheet import Reading, Sheet

ROOT = Path(__file__).parents[2]
SMALL = 1024**2
PLAIN = 16 * SMALL
_TUPLES = ("sheets", "hidden_sheets", "tables", "titles")
_spare: list[subprocess.Popen] = []
_turn = threading.Lock()

Waiting = Callable[[], object]


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: memory, seconds of work, seconds of waiting."""

    memory_mb: int = 2_048
    seconds: int = 300
    patience: int = 600


def read(
    given: bytes | Content,
    *,
    choices: Choices | None = None,
    limit_mb: float | None = None,
    limits: Limits | None = None,
    waiting: Waiting = lambda: None,
) -> Sheet:
    """The table in a file's bytes, as `read.read` finds it; raises FileRefused with one sentence.

    Text of up to a megabyte is read here, as it cannot grow, and so is more of it that proves to be
    plain; everything else in a process of its own. `waiting` is called while that works; what it
    raises ends the process.
    """
    choices = choices or Choices()
    if limit_mb is None:
        limit_mb = reading.upload_limit_mb()
    content = Content.of(given)
    reading.check_size(content.size, limit_mb)
    if content.size <= SMALL and not _can_grow(content.opening):
        return reading.read(content.whole(), choices=choices, limit_mb=limit_mb)
    if content.size <= PLAIN and (sheet := reading.plainly_read(content.whole(), choices)):
        return sheet
    limits = limits or Limits()
    try:
        with tempfile.TemporaryDirectory(prefix="import-") as folder:
            return _answer(Path(folder), content, choices, limit_mb, limits, waiting)
    except OSError as error:
        raise FileRefused(
            f"There is no room to read the file ({error.strerror}): free some in "
            f"{tempfile.gettempdir()} and try again."
        ) from error


def warm() -> None:
    """Start a process for the next file now, so that nobody waits for its start.

    There is one at most; it ends with this process, whose end its input tells it.
    """
    with _turn:
        if not (_spare and _spare[-1].poll() is None):
            _spare[:] = [_started()]


@atexit.register
def _end_spare() -> None:
    with _turn:
        for process in _spare:
            process.kill()
            process.communicate()
        _spare.clear()


def _taken() -> subprocess.Popen:
    """The process that waits, if one does, else a new one."""
    with _turn:
        return _spare.pop() if _spare and _spare[-1].poll() is None else _started()


def _can_grow(opening: bytes) -> bool:
    return workbooks.is_workbook(opening) or opening.startswith(records.PARQUET)


def _started() -> subprocess.Popen:
    environment = {
        **os.environ,
        "ARROW_DEFAULT_MEMORY_POOL": "jemalloc",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "data.importing.worker"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _answer(
    folder: Path,
    content: Content,
    choices: Choices,
    limit_mb: float,
    limits: Limits,
    waiting: Waiting,
) -> Sheet:
    asked = {
        "content": str(content.put(folder)),
        "choices": choices.to_dict(),
        "limit_mb": limit_mb,
        "memory_mb": limits.memory_mb,
        "seconds": limits.seconds,
    }
    (folder / "asked.json").write_text(json.dumps(asked))
    process = _taken()
    try:
        _hand_over(process, folder)
        _ = content.sha256  # kept for later; counted while that process reads
        _wait(process, limits, waiting)
    finally:
        process.kill()
        process.wait()
    if (folder / "refused").exists():
        raise FileRefused((folder / "refused").read_text())
    if process.returncode != 0 or not (folder / "sheet.json").exists():
        raise _too_much(limits)
    return _opened(folder)


def _hand_over(process: subprocess.Popen, folder: Path) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.communicate(f"{folder}\n", timeout=0.05)


def _wait(process: subprocess.Popen, limits: Limits, waiting: Waiting) -> None:
    """Wait until the process has ended; raises what `waiting` raises."""
    until = time.monotonic() + limits.patience
    while process.poll() is None:
        waiting()
        if time.monotonic() > until:
            raise _too_much(limits)
        time.sleep(0.02)


def _too_much(limits: Limits) -> FileRefused:
    return FileRefused(
        f"The file could not be read within {limits.memory_mb:,} MB of memory and "
        f"{limits.seconds:,} seconds, or it is damaged: split it, or save its table alone as CSV."
    )


def _opened(folder: Path) -> Sheet:
    """The sheet the process left; its file stays mapped after the folder is gone."""
    with pa.memory_map(str(folder / "sheet.arrow")) as source:
        table = pa.ipc.open_file(source).read_all()
    said = json.loads((folder / "sheet.json").read_text())
    given = said["reading"]
    given |= {name: tuple(given[name]) for name in _TUPLES}
    given["skipped"] = tuple((why, count) for why, count in given["skipped"])
    *columns, numbers = table.columns
    problems = [Problem(**problem) for problem in said["problems"]]
    return Sheet.of(
        said["headers"], columns, keys.whole(numbers).to_numpy(), Reading(**given), problems
    )
