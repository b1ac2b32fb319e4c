"""What one process holds after each of many uploads: looked at, stored, and the next.

python -m bench.uploading FOLDER [COUNT [ROWS]]    prints the resident bytes after each upload

Stored rows that the database keeps at hand, up to its limit, are not counted.
"""

import resource
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from data import uploads
from data.access import LOCAL_OWNER
from data.store import Store

COUNT, ROWS = 20, 400_000
DAY = date(2025, 12, 31)


def main() -> None:
    """Bring the files in, one after another, through one store."""
    folder, count, rows = Path(sys.argv[1]), *map(int, (*sys.argv[2:], COUNT, ROWS)[:2])
    with Store(folder / "uploading.duckdb") as store:
        for number in range(count):
            content = metrics(number, rows)
            prepared = uploads.look_at(
                store, LOCAL_OWNER, content, f"{number}.csv", "model_metrics", DAY
            )
            uploads.keep(store, LOCAL_OWNER, prepared, "upload")
            del content, prepared
            print(resident("self") - at_hand(store), flush=True)


def metrics(number: int, rows: int) -> bytes:
    """A file of measurements that no other number gives; 400,000 rows are 20 MB."""
    rng, at = np.random.default_rng(number), np.arange(rows)
    day = np.datetime64("2025-01-01") + np.timedelta64(number, "D")
    frame = pd.DataFrame(
        {
            "initiative_id": np.char.mod("P%04d", at // 10_000),
            "model": "model-1",
            "version": "v1",
            "metric": "latency",
            "measured_at": np.datetime_as_string(day + (at % 10_000).astype("timedelta64[s]")),
            "value": rng.integers(0, 10**6, rows) / 10_000,
        }
    )
    return frame.to_csv(index=False).encode()


def at_hand(store: Store) -> int:
    """The bytes of stored rows that the database holds in memory, as long as there is room."""
    with store.connection.cursor() as cursor:
        [(size,)] = cursor.execute(
            "select sum(memory_usage_bytes)::bigint from duckdb_memory() where tag = 'BASE_TABLE'"
        ).fetchall()
    return size


def resident(process: int | str) -> int:
    """The bytes a process holds in memory; 0 when there is none any more."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
