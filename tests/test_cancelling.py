"""Work that is cancelled, whenever that is, leaves the store exactly as it was."""

import io
from datetime import date

import pytest
from conftest import look, put

from data import progress, uploads
from data.access import LOCAL_OWNER
from data.store import Store

DAY = date(2025, 6, 30)
LIST = b"id,name,stage,unit\na,Price letters,pilot,Claims\nb,Peak shaving,idea,Retail\n"
STORED = "initiative_id name unit\na Ada Claims\nc Cora Retail"


class Cancelled(BaseException):
    """As Streamlit ends a running script: no Exception, so that nothing swallows it."""


def contents(store: Store) -> dict[str, list]:
    names = look(store, "select table_name from duckdb_tables() where not temporary order by all")
    return {name: look(store, f"from {name} order by all") for (name,) in names}


def told(work) -> list[tuple[float, str]]:
    """Everything that work tells while nobody cancels it."""
    said = []
    work(lambda share, says: said.append((share, says)))
    return said


def cancelled(work, at: int) -> None:
    """The work, cancelled when it tells for the `at`-th time."""
    count = 0

    def tell(share: float, says: str) -> None:
        nonlocal count
        count += 1
        if count == at:
            raise Cancelled

    with pytest.raises(Cancelled):
        work(tell)


def test_storing_cancelled_at_any_step_stores_nothing_and_can_be_done_again(store):
    batch = put(store, initiatives=STORED).batch_id
    prepared = uploads.look_at(store, LOCAL_OWNER, LIST, "list.csv", "inventory", DAY)

    def keep(tell):
        uploads.keep(store, LOCAL_OWNER, prepared, "test", True, [batch], progress=tell)

    before, version = contents(store), store.version()
    for at in range(1, 6):
        cancelled(keep, at)
        assert contents(store) == before and store.version() == version
    shares = [share for share, _ in told(keep)]
    assert len(shares) == 5 and shares == sorted(shares) and shares[-1] == 1
    assert contents(store) != before and ("Peak shaving",) in look(
        store, "select name from initiatives"
    )


def test_checking_tells_how_far_it_is_and_can_be_cancelled_at_any_step(store):
    def look_at(tell):
        uploads.look_at(store, LOCAL_OWNER, LIST, "list.csv", "inventory", DAY, progress=tell)

    shares = [share for share, _ in told(look_at)]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1
    for at in (1, 2, len(shares) // 2, len(shares)):
        cancelled(look_at, at)
    put(store, initiatives=STORED)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_how_far_the_work_is_and_is_left_as_it_was():
    terminal, file = Terminal(), io.StringIO()
    with progress.on_terminal(terminal) as tell:
        tell(0.42, "Checking the rows")
        assert terminal.getvalue().endswith(" 42% Checking the rows …")
    assert terminal.getvalue().endswith("\r\x1b[K")
    with progress.on_terminal(file) as tell:
        tell(0.42, "Checking the rows")
    assert file.getvalue() == ""
