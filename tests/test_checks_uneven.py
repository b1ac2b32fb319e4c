"""What rules of scale see of the amounts is as good as all of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from duckdb import DuckDBPyConnection
from hypothesis import given, settings
from hypothesis import strategies as st

from data.access import LOCAL_OWNER
from data.importing import checks
from data.importing.mapping import Mapping
from data.importing.problems import Problem
from data.store import Store
from data.tables import TABLES

SIZES = (
    0,
    1,
    100,
    299,
    300,
    1_000,
    29_900,
    29_999,
    30_000,
    30_100,
    90_000_000,
    -30_000,
    -1,
    10**15,
)
AMOUNTS = st.none() | st.sampled_from([Decimal(cents) / 100 for cents in SIZES])
KEYS = st.tuples(st.sampled_from("ab"), st.integers(1, 7), st.integers(0, 1))
ROWS = st.dictionaries(KEYS, st.tuples(AMOUNTS, AMOUNTS), max_size=12)


@dataclass
class File:
    """As much of a prepared file as the rules look at."""

    tables: dict[str, pa.Table]
    as_of: date = date(2025, 12, 31)
    problems: list[Problem] = field(default_factory=list)
    mapping: Mapping = field(default_factory=lambda: Mapping("costs"))

    @property
    def numbers(self) -> dict[str, pa.Array]:
        return {name: pa.array(np.arange(each.num_rows)) for name, each in self.tables.items()}


@pytest.fixture(scope="module")
def cursor() -> Iterator[DuckDBPyConnection]:
    """A cursor on which any rows can stand for the stored ones."""
    with Store() as store, store.reader(LOCAL_OWNER) as opened:
        yield opened


def table(name: str, rows: dict) -> pa.Table:
    """Rows of costs or benefits: their keys, planned and done amounts."""
    kept = TABLES[name]
    words = kept.columns[2].words
    whole = [
        (initiative, date(2025, month, 1), words[at], *amounts)
        for (initiative, month, at), amounts in rows.items()
    ]
    columns = [
        pa.array([row[place] if place < 5 else None for row in whole], each.type)
        for place, each in enumerate(kept.schema)
    ]
    return pa.table(columns, schema=kept.schema)


@pytest.mark.parametrize("name", ["costs", "benefits"])
@settings(max_examples=20)
@given(here=ROWS.filter(bool), there=ROWS)
def test_amounts_out_of_scale_are_those_found_among_all_there_are(cursor, name, here, there):
    cursor.register(name, table(name, there))
    checks.lay_out(cursor, File({name: table(name, here)}), [name])
    [rule] = [each for each in checks.rules() if (each.table, each.name) == (name, "out_of_scale")]
    found = cursor.execute(f"from ({rule.sql}) order by all").fetchall()
    among_all = rule.sql.replace(f"uneven_{name}", f"after_{name}")
    assert found == cursor.execute(f"from ({among_all}) order by all").fetchall()
