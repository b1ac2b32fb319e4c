"""What of a pull may be stored: nothing of initiatives and costs, nothing twice, nobody overruled.

Everything left out is counted by its reason; what is stored already is no news and not counted.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import pyarrow as pa

from data.connectors.pulled import Pulled
from data.connectors.pulls import Found
from data.errors import ConnectorError
from data.tables import TABLES, Table

WRITES = ("deployment_status", "capabilities", "model_metrics", "pipeline_runs")
CLOCKS_DIFFER = timedelta(days=1)
DAYS = {
    "deployment_status": "coalesce(entered_on, observed_on)",
    "capabilities": "assessed_on",
    "model_metrics": "measured_at",
    "pipeline_runs": "started_at",
}

UNKNOWN = "rows of initiatives the board does not know"
UNFINISHED = "rows without a value they need"
FUTURE = "rows dated in the future"
ENDED = "stages of initiatives that were stopped or retired here"
OLDER = "capabilities somebody assessed since"

# Of an initiative: how far it ever got, and whether it has left.
_STANDING = """
    select
        initiative_id,
        coalesce(max(stage_rank(stage)) filter (stage not in ('stopped', 'retired')), 0)
            as furthest,
        max_by(stage, (coalesce(entered_on, observed_on), stage_rank(stage)))
            in ('stopped', 'retired') as has_left
    from deployment_status_current group by initiative_id
"""
# Of a capability: the latest word of anybody, and the day of the latest word of a person.
_ASSESSED = """
    select
        initiative_id, capability,
        max_by(state, assessed_on) as state,
        max(assessed_on) as said_on,
        max(assessed_on) filter (
            batch_id not in (select batch_id from pull_log where batch_id is not null)
        ) as person_on
    from capabilities_current group by all
"""


@dataclass(frozen=True)
class Fitted:
    """Rows that are news by table, what was left out by reason, what the source has besides."""

    tables: Mapping[str, pa.Table]
    left_out: Mapping[str, int]
    found: Found


def fit(cursor: duckdb.DuckDBPyConnection, pulled: Pulled, day: date) -> Fitted:
    """What of a pull made on `day` is news to the store the cursor writes to or looks at.

    Raises ConnectorError for rows of a table no connector may write.
    """
    foreign = set(pulled.tables) - set(WRITES)
    if foreign:
        raise ConnectorError(
            f"A connector may not write {', '.join(sorted(foreign))}: nothing was stored."
        )
    left_out, unknown, tables = Counter(dict(pulled.left_out)), set(), {}
    evidence: tuple[dict, ...] = ()
    for name, rows in pulled.tables.items():
        table = TABLES[name]
        _take_in(cursor, table, rows)
        left_out[UNFINISHED] += _leave(cursor, _lacks(table))
        left_out[FUTURE] += _leave(cursor, f"{DAYS[name]} > $until", until=day + CLOCKS_DIFFER)
        stray = "initiative_id not in (select initiative_id from initiatives_current)"
        unknown |= set(_column(cursor, f"select distinct initiative_id from pulled where {stray}"))
        left_out[UNKNOWN] += _leave(cursor, stray)
        if name == "deployment_status":
            left_out[ENDED] += _only_forward(cursor)
        if name == "capabilities":
            evidence = _evidence(cursor)
            left_out[OLDER] += _below_people(cursor)
        tables[name] = _news(cursor, table)
    return Fitted(
        {name: rows for name, rows in tables.items() if rows.num_rows},
        {reason: count for reason, count in left_out.items() if count},
        Found(tuple(vars(each) for each in pulled.unmapped), tuple(sorted(unknown)), evidence),
    )


def _take_in(cursor: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table) -> None:
    cursor.register("given", rows.cast(table.schema))
    cursor.execute("create or replace temp table pulled as select * from given")
    cursor.unregister("given")


def _leave(cursor: duckdb.DuckDBPyConnection, which: str, **values: object) -> int:
    """Leave rows out; how many they were."""
    [(count,)] = cursor.execute(f"delete from pulled where {which}", values).fetchall()
    return count


def _column(cursor: duckdb.DuckDBPyConnection, sql: str) -> list:
    return [row[0] for row in cursor.execute(sql).fetchall()]


def _lacks(table: Table) -> str:
    needed = [*table.key, *(column.name for column in table.columns if column.is_required)]
    return " or ".join(f"({each}) is null" for each in needed)


def _only_forward(cursor: duckdb.DuckDBPyConnection) -> int:
    """Leave stages out that move an initiative nowhere; how many would bring one back."""
    ended = f"initiative_id in (select initiative_id from ({_STANDING}) where has_left)"
    count = _leave(cursor, ended)
    _leave(
        cursor,
        f"""
        exists (
            select 1 from ({_STANDING}) as standing
            where standing.initiative_id = pulled.initiative_id
                and standing.furthest >= stage_rank(pulled.stage)
        )
        """,
    )
    return count


def _evidence(cursor: duckdb.DuckDBPyConnection) -> tuple[dict, ...]:
    rows = cursor.execute(
        """
        select initiative_id, capability, max(assessed_on), max_by(evidence, assessed_on)
        from pulled where state = 'in_place' group by all order by all
        """
    ).fetchall()
    return tuple(
        {"initiative_id": key, "capability": thing, "day": f"{day}", "evidence": evidence}
        for key, thing, day, evidence in rows
    )


def _below_people(cursor: duckdb.DuckDBPyConnection) -> int:
    """Leave out what is said already, and what a person has said otherwise since; how many."""
    _leave(
        cursor,
        "(initiative_id, capability, assessed_on) not in "
        "(select (initiative_id, capability, max(assessed_on)) from pulled group by "
        "initiative_id, capability)",
    )
    said = f"""
        exists (
            select 1 from ({_ASSESSED}) as said
            where said.initiative_id = pulled.initiative_id
                and said.capability = pulled.capability and %s
        )
    """
    _leave(
        cursor,
        said % "(said.state = pulled.state or said.said_on > pulled.assessed_on "
        "and said.person_on is distinct from said.said_on)",
    )
    return _leave(cursor, said % "said.person_on >= pulled.assessed_on")


def _news(cursor: duckdb.DuckDBPyConnection, table: Table) -> pa.Table:
    """The rows that are not stored like this already."""
    names = ", ".join(table.names)
    return cursor.execute(
        f"select {names} from pulled except select {names} from {table.name}_current"
    ).to_arrow_table()
