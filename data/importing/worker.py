"""Reads one file and ends: the only process that opens what strangers have written.

It waits for one line on its input, the folder in which the file lies, and leaves the answer there:
`sheet.arrow` and `sheet.json`, or `refused` with one sentence. When it dies without an answer,
the file was more than its limits allow.
"""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa

from data.errors import DataError
from data.importing.choices import Choices
from data.importing.read import read_file
from data.importing.sheet import Sheet, numbered

NUMBERS = "number of the record"


def main() -> None:
    """Answer for the one folder that is named on the input, if any is."""
    folder = Path(sys.stdin.readline().rstrip("\n"))
    if not folder.is_absolute():
        return
    asked = json.loads((folder / "asked.json").read_text())
    _limit(asked["memory_mb"], asked["seconds"])
    choices = Choices(**asked["choices"])
    try:
        path = Path(asked["content"])
        _write(read_file(path, choices=choices, limit_mb=asked["limit_mb"]), folder)
    except DataError as refused:
        (folder / "refused").write_text(str(refused))


def _limit(memory_mb: int, seconds: int) -> None:
    """Let the system end this process rather than the machine suffer."""
    memory = memory_mb * 1024**2
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write(sheet: Sheet, folder: Path) -> None:
    arrays = [*sheet.texts, numbered(sheet.numbers)]
    table = pa.table(arrays, names=[*map(str, range(len(sheet.texts))), NUMBERS])
    path = str(folder / "sheet.arrow")
    with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    said = {
        "headers": sheet.headers,
        "reading": asdict(sheet.reading),
        "problems": [problem.as_dict() for problem in sheet.problems],
    }
    (folder / "sheet.json").write_text(json.dumps(said))


if __name__ == "__main__":
    main()
