"""A large registry pulled, against the bare reading of the same answers.

python -m bench.pulling URL bare|pull|store     prints seconds, bytes and the peak of its memory
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import requests

from bench.ratios import Line
from data import batches
from data.access import LOCAL_OWNER
from data.connectors import mlflow, pulling
from data.connectors.http import Http
from data.connectors.mlflow.fetching import API, RUNS_AT_ONCE
from data.connectors.pulled import table
from data.store import Store

ROOT = Path(__file__).parents[1]
MODELS = int(os.environ.get("BENCH_MODELS", 5000))
POINTS, PAGE = 600, 1000
GOAL, GOAL_GB, GOAL_STORED_GB = 4, 1.5, 2


def lines(_: Path) -> Iterator[Line]:
    """Time and memory of the pull, each of a process of its own."""
    command = [sys.executable, "-m", "bench.registry", str(MODELS), str(POINTS)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as registry:
        url = f"http://127.0.0.1:{registry.stdout.readline().strip()}"
        bare, ours, stored = (_measured(url, how) for how in ("bare", "pull", "store"))
        registry.kill()
    size = f"{MODELS:,} models × {POINTS} points, {bare['bytes'] / 1024**2:,.0f} MB"
    yield Line(
        "MLflow pulled, against the bare HTTP reads",
        ours["seconds"] / bare["seconds"],
        GOAL,
        f"{ours['seconds']:,.1f} s against {bare['seconds']:,.1f} s; {size}",
    )
    yield Line("its peak memory, GB", ours["peak"] / 1024**3, GOAL_GB, f"{ours['rows']:,} rows")
    yield Line(
        "the same pull, stored as a batch",
        stored["seconds"] / bare["seconds"],
        None,
        f"{stored['seconds']:,.1f} s",
    )
    yield Line(
        "its peak memory, GB", stored["peak"] / 1024**3, GOAL_STORED_GB, f"{stored['rows']:,} rows"
    )


def _measured(url: str, how: str) -> dict:
    command = [sys.executable, "-m", "bench.pulling", url, how]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)


def _bare(url: str) -> dict:
    """Read what a pull reads, and do nothing with it."""
    session, read = requests.Session(), 0
    for path in ("registered-models/search", "model-versions/search"):
        for start in range(0, MODELS, PAGE):
            read += len(session.get(f"{url}/{API}/{path}", params={"page_token": start}).content)
    read += len(session.post(f"{url}/{API}/experiments/search", json={}).content)
    for start in range(0, MODELS, PAGE):
        asked = {"page_token": str(start)}
        read += len(session.post(f"{url}/{API}/runs/search", json=asked).content)
    for start in range(0, MODELS, RUNS_AT_ONCE):
        ids = [f"{number:032x}" for number in range(start, min(start + RUNS_AT_ONCE, MODELS))]
        path = f"{url}/{API}/metrics/get-history-bulk-interval"
        read += len(session.get(path, params={"run_ids": ids}).content)
    return {"bytes": read}


def _pull(url: str) -> dict:
    settings = {"url": url}
    records, _ = mlflow.fetch(settings, None, Http("mlflow", settings))
    pulled = mlflow.rows(records, {}, settings)
    return {"rows": sum(table.num_rows for table in pulled.tables.values())}


def _store(url: str) -> dict:
    """The whole pull as the board does it, into a new store that knows the initiatives."""
    os.environ["EXECUTION_GAP_MLFLOW_URL"] = url
    known = [
        {"initiative_id": f"P{number:03}", "name": f"P{number:03}", "unit": "All"}
        for number in range(100)
    ]
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "pulled.duckdb") as store:
        origin = batches.Origin("bench", date.today())
        batches.commit(store, LOCAL_OWNER, {"initiatives": table("initiatives", known)}, origin)
        outcome = pulling.pull(store, LOCAL_OWNER, "mlflow")
    return {"rows": sum(outcome.stored.rows_stored.values())}


if __name__ == "__main__":
    _, address, wanted = sys.argv
    began = time.perf_counter()
    found = {"bare": _bare, "pull": _pull, "store": _store}[wanted](address)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": time.perf_counter() - began, "peak": peak, **found}))
