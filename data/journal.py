"""What a killed process began to write in the store's journal is taken out before it is read.

DuckDB 1.5.5 writes a commit to the journal beside its file (`.wal`) entry by entry and ends it with
a FLUSH. When it opens a store whose last commit never ended, it undoes that commit's small writes,
but keeps the row groups that were written ahead: rows of one table without those of the others.
"""

import os
import struct
from collections.abc import Iterator
from pathlib import Path

import duckdb

JOURNALS = (".wal", ".wal.checkpoint")
HEADER = bytes.fromhex("6400 62 6500 02 ffff")  # entry 98, VERSION: 2
FLUSH = bytes.fromhex("6400 64")  # entry 100
_SIZE_AND_CHECKSUM = struct.Struct("<QQ")


def drop_unfinished(store: str) -> None:
    """Cut each journal of a store that nobody has open after its last whole commit.

    Raises what DuckDB says when the store is open elsewhere.
    """
    torn = [path for suffix in JOURNALS if is_torn(path := Path(store + suffix))]
    if torn:
        # Reading takes the store's lock, so that nobody is writing what is cut off.
        with duckdb.connect(store, read_only=True):
            for path in filter(is_torn, torn):
                os.truncate(path, whole_length(path))


def is_torn(journal: Path) -> bool:
    """Whether something stands after the last whole commit."""
    return journal.exists() and whole_length(journal) < journal.stat().st_size


def whole_length(journal: Path) -> int:
    """The bytes up to the end of the last whole commit; all of a journal in another format."""
    with journal.open("rb") as file:
        if file.read(len(HEADER)) != HEADER:
            return journal.stat().st_size
        return max((end for kind, end in _entries(file) if kind == FLUSH), default=len(HEADER))


def _entries(file) -> Iterator[tuple[bytes, int]]:
    """The kind of each entry that is there whole, and where it ends."""
    size = os.fstat(file.fileno()).st_size
    while len(head := file.read(_SIZE_AND_CHECKSUM.size)) == _SIZE_AND_CHECKSUM.size:
        end = file.tell() + _SIZE_AND_CHECKSUM.unpack(head)[0]
        if end > size:
            return
        yield file.read(len(FLUSH)), end
        file.seek(end)
