"""Everything that can go wrong below the pages, each as one sentence in the user's words.

    DataError
    ├── StoreError          the store cannot be used
    │   ├── StoreLocked     another process has it open
    │   ├── StoreFull       its disk has no room left
    │   ├── StoreTooNew     a newer app has written it
    │   └── StoreDamaged    it is not a readable store
    ├── BackupError         a backup cannot be written or read
    ├── FileRefused         a file is not a table, or not one we can read
    ├── MappingRefused      a mapping names columns or tables that do not exist
    ├── RowsRefused         rows break a rule of their table; nothing was stored
    ├── ScenarioRefused     a scenario without a usable name, or none of that name
    ├── ConnectorError      a platform could not be read, or its settings are wrong
    ├── BatchUnknown        no such batch, or it is already in the wanted state
    └── NotAllowed          the viewer may not do this

What is wrong with single cells of a file is not an exception: see `data.importing.problems`.
"""


class DataError(Exception):
    """Says in one sentence what is wrong and how to mend it."""


class StoreError(DataError):
    """The store cannot be used."""


class StoreLocked(StoreError):
    """Another process has the store open."""


class StoreFull(StoreError):
    """The disk has no room for what was to be stored; nothing was."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of the app."""


class StoreDamaged(StoreError):
    """The file is not a store, or a damaged one."""


class BackupError(DataError):
    """A backup could not be written or read."""


class FileRefused(DataError):
    """A file that cannot be read as a table; nothing was stored."""


class MappingRefused(DataError):
    """A mapping that names what is not there; nothing was stored."""


class RowsRefused(DataError):
    """Rows that break a rule of their table; nothing was stored."""


class BatchUnknown(DataError):
    """No such batch, or nothing to undo or redo."""


class ScenarioRefused(DataError):
    """A scenario that cannot be saved, removed or brought back; nothing was changed."""


class ConnectorError(DataError):
    """A platform that could not be read, or settings nobody can use; nothing was stored.

    `status` is that of an HTTP answer which says that the question was wrong.
    """

    def __init__(self, says: str, status: int | None = None):
        super().__init__(says)
        self.status = status


class NotAllowed(DataError):
    """The viewer may not do this."""
