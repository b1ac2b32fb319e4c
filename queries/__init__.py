"""Read: every question the board asks, one .sql file each.

    run(cursor, "delivery/funnel")

answers the question in queries/delivery/funnel.sql. A question takes the parameters it names
($from_stage) and ignores the rest, so a page can hand every question the same ones. What a viewer
may see, the two clocks and the chosen units are the cursor's (see `data.store.Store.reader`): no
question can forget them.
"""

from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

ROOT = Path(__file__).parent
DEFAULTS = {
    "from_stage": "pilot",
    "within_days": 365,
    "least_evidence": "claimed",
    "from_on": date(1900, 1, 1),
    "until_on": date(9999, 1, 1),
}


class QueryError(Exception):
    """A question that could not be answered; the message names its file and what to do."""


def names() -> list[str]:
    """Every question's name, sorted."""
    return list(_names())


@cache
def _names() -> tuple[str, ...]:
    files = ROOT.rglob("*.sql")
    return tuple(sorted(file.relative_to(ROOT).with_suffix("").as_posix() for file in files))


def text(name: str) -> str:
    """The SQL of a question. Raises QueryError naming the questions there are."""
    if name not in _names():
        raise QueryError(f"There is no question {name}; there are {', '.join(names())}.")
    return (ROOT / f"{name}.sql").read_text()


def question(name: str) -> str:
    """The sentence a question answers: the first line of its file."""
    return text(name).splitlines()[0].removeprefix("-- ")


def grain(name: str) -> str:
    """What one row of the answer is: the second line of its file."""
    return text(name).splitlines()[1].removeprefix("-- ")


def parameters(name: str) -> set[str]:
    """The parameters a question names."""
    return set(_statement(name).named_parameters)


def run(cursor: duckdb.DuckDBPyConnection, name: str, **given: object) -> pd.DataFrame:
    """The answer to a question, through what the cursor may see.

    Raises QueryError naming a missing parameter or what the database says.
    """
    statement = _statement(name)
    values = {**DEFAULTS, **given}
    missing = sorted(set(statement.named_parameters) - set(values))
    if missing:
        raise QueryError(f"queries/{name}.sql needs {', '.join(f'${key}' for key in missing)}.")
    try:
        return cursor.execute(
            statement, {key: values[key] for key in statement.named_parameters}
        ).df()
    except duckdb.Error as error:
        raise QueryError(f"queries/{name}.sql: {error}") from error


def _statement(name: str) -> duckdb.Statement:
    [statement] = duckdb.extract_statements(text(name))
    return statement
