"""A file's bytes where nobody changes them while they are read: in memory, or copied to disk."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path
from shutil import copyfile

OPENING = 4_096


@dataclass(frozen=True)
class Content:
    """What a file held when it was taken: how much, its first bytes, and where all of it is."""

    size: int
    opening: bytes
    place: bytes | Path

    @classmethod
    def of(cls, given: "bytes | Content") -> "Content":
        """Bytes as they are in memory."""
        return given if isinstance(given, Content) else cls(len(given), given[:OPENING], given)

    @cached_property
    def sha256(self) -> str:
        """The hash of what is read, in hexadecimal digits."""
        if isinstance(self.place, bytes):
            return sha256(self.place).hexdigest()
        with self.place.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()

    def whole(self) -> bytes:
        """All of it, in memory."""
        return self.place if isinstance(self.place, bytes) else self.place.read_bytes()

    def put(self, folder: Path) -> Path:
        """Where it lies on disk; what is in memory is written to the folder first."""
        if isinstance(self.place, Path):
            return self.place
        (folder / "content").write_bytes(self.place)
        return folder / "content"


@contextmanager
def copied(path: Path) -> Iterator[Content]:
    """A private copy of a file of any size, which is gone afterwards. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="file-") as folder:
        copy = Path(folder) / "content"
        copyfile(path, copy)
        with copy.open("rb") as file:
            opening = file.read(OPENING)
        yield Content(copy.stat().st_size, opening, copy)
