"""Files on their way in: a large one stored with all checks, a costs file shown before it is, and
many uploads after another.

The rows of the large file come from the environment (BENCH_METRICS), ten million unless told.
"""

import io
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from bench.ratios import Line, compared, processor_seconds, seconds
from bench.uploading import resident
from data import uploads
from data.access import LOCAL_OWNER
from data.importing import prepare
from data.store import Store

ROOT = Path(__file__).parents[1]
ROWS = int(os.environ.get("BENCH_METRICS", 10_000_000))
COSTS = 100_000
GOAL, GOAL_GB, GOAL_GROWTH = 3, 1.5, 1.2
DAY = date(2025, 12, 31)
_METRICS = """
copy (
    select
        'P' || lpad((n // 86400)::text, 4, '0') as initiative_id,
        'model-' || (n // 86400 % 7) as model, 'v' || (n // 86400 % 3) as version,
        'latency' as metric,
        strftime(timestamp '2025-01-01' + to_seconds(n % 86400), '%Y-%m-%d %H:%M:%S')
            as measured_at,
        round(random() * 100, 4) as value
    from range({rows}) as moments(n)
) to '{path}' (header, delimiter ',')
"""


def lines(folder: Path) -> Iterator[Line]:
    """The large file against DuckDB's bare reading of it, its memory, the preview, the uploads."""
    path = folder / "metrics.csv"
    duckdb.sql(_METRICS.format(rows=ROWS, path=path))
    size = f"{ROWS:,} rows, {path.stat().st_size / 1024**2:,.0f} MB"
    bare, bare_cpu = _worked(lambda: _bare(path, folder / "bare.duckdb"))
    (ours, peak), ours_cpu = _worked(lambda: _stored(path, folder / "ours.duckdb"))
    yield Line(
        "metrics stored, against a bare read_csv",
        ours / bare,
        GOAL,
        f"{ours:,.1f} s against {bare:,.1f} s; {size}",
    )
    yield Line(
        "the same in time of all processors",
        ours_cpu / bare_cpu,
        GOAL,
        f"{ours_cpu:,.1f} s against {bare_cpu:,.1f} s",
    )
    yield Line("its peak memory, GB", peak / 1024**3, GOAL_GB, "all processes together")
    content = _costs()
    with Store() as store:
        for what, work in (
            ("costs read and converted", lambda: prepare(content, "costs.csv", "costs", as_of=DAY)),
            ("costs preview, all checks", lambda: _preview(store, content)),
        ):
            for how, measure in (
                (f"{what}, against pandas", seconds),
                ("the same in time of all processors", processor_seconds),
            ):
                yield compared(how, work, lambda: _by_pandas(content), GOAL, 9, measure)
    held = _held(folder)
    yield Line(
        f"memory after {len(held)} uploads, against 5",
        held[-1] / held[4],
        GOAL_GROWTH,
        f"{held[-1] / 1024**2:,.0f} MB against {held[4] / 1024**2:,.0f} MB; files of 20 MB",
    )


def _worked(work: Callable[[], float | tuple[float, float] | None]) -> tuple:
    """What work answers (its seconds, if nothing), and how long processors worked for it.

    What was written before is on disk before it begins.
    """
    os.sync()
    before, start = sum(os.times()[:4]), time.perf_counter()
    answer = work()
    duration = time.perf_counter() - start
    return (duration if answer is None else answer), sum(os.times()[:4]) - before


def _bare(path: Path, store: Path) -> None:
    with duckdb.connect(str(store)) as connection:
        connection.execute(f"create table metrics as select * from read_csv('{path}')")


def _stored(path: Path, store: Path) -> tuple[float, float]:
    """Seconds and the most bytes that the command and its reader held at one time."""
    command = [sys.executable, "-m", "data", "import", str(path), "--as", "model_metrics"]
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--as-of", "2025-12-31", "--store", str(store)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    peaks = [0]
    watch = threading.Thread(target=_watch, args=(process, peaks))
    watch.start()
    process.wait()
    watch.join()
    if process.returncode:
        raise RuntimeError(f"{path.name} was not stored")
    return time.perf_counter() - start, max(peaks)


def _watch(process: subprocess.Popen, peaks: list[int]) -> None:
    while process.poll() is None:
        peaks.append(sum(map(resident, [process.pid, *_children(process.pid)])))
        time.sleep(0.05)


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _costs() -> bytes:
    rng, at = np.random.default_rng(1), np.arange(COSTS)
    frame = pd.DataFrame(
        {
            "initiative_id": [f"P{each:04}" for each in at // 72],
            "month": [f"2025-{each:02}" for each in at // 6 % 12 + 1],
            "category": np.take(
                ["people", "compute", "licences", "data", "integration", "other"], at % 6
            ),
            "planned_amount": rng.integers(100, 10**7, COSTS) / 100,
            "actual_amount": rng.integers(100, 10**7, COSTS) / 100,
        }
    )
    return frame.to_csv(index=False).encode()


def _preview(store: Store, content: bytes) -> None:
    uploads.look_at(store, LOCAL_OWNER, content, "costs.csv", "costs", DAY)


def _by_pandas(content: bytes) -> None:
    pd.read_csv(io.BytesIO(content))


def _held(folder: Path) -> list[int]:
    """The bytes one process holds after each of many uploads."""
    said = subprocess.run(
        [sys.executable, "-m", "bench.uploading", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [int(line) for line in said.stdout.split()]
