"""What may be read: a view per table, which knows the two clocks and who is looking.

A view shows, per key, the row of the latest batch that counts. `as_of`, `known_at`, `scope` and
`sponsors` are variables of the cursor, so no query can forget them. Without a scope there are no
rows.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import duckdb

from data.tables import EVIDENCE, STAGES, TABLES, Table

ROOT = Path(__file__).parent
PAST = "past,main"
DERIVED = (
    "model_metrics_daily",
    "model_metrics_later",
    "standing",
    "chance",
    "metric_lines",
    "model_state",
    "model_red",
    "risk",
    "barrier_stretches",
    "burn",
    "held_by",
    "computed_status",
    "declarations",
    "year_days",
    "year_standing",
    "year_equipment",
    "action_evidence",
    "batches",
    "scenarios",
    "pulls",
    "links",
    "disagreements",
    "counted_runs",
    "metric_sources",
    "brought",
)

CLOCKS_AND_SCOPE = f"""
create or replace macro as_of() as getvariable('as_of')::date;
-- The place of a stage, and of an evidence, in its order.
create or replace macro stage_rank(stage) as list_position({list(STAGES)}, stage);
create or replace macro evidence_rank(evidence) as list_position({list(EVIDENCE)}, evidence);
create or replace macro is_chosen(unit, sponsor) as (
    (
        list_contains(getvariable('scope')::text[], '*')
        or list_contains(getvariable('scope')::text[], unit)
    )
    and (
        getvariable('sponsors') is null
        or list_contains(getvariable('sponsors')::text[], sponsor)
    )
);
-- What a month of waiting costs in expected benefit.
create or replace macro delay_amount(live_share, benefit_a_year) as (
    live_share * benefit_a_year / 12
);
create or replace macro is_let_in() as coalesce(len(getvariable('scope')::text[]), 0) > 0;

-- The batches that count, as known at that moment.
create or replace view batch_counting as
select batch.*
from batch
join (
    select batch_id, max_by(event, happened_at) as last_event
    from batch_log
    where getvariable('known_at') is null or happened_at <= getvariable('known_at')::timestamp
    group by batch_id
) using (batch_id)
where last_event <> 'undone';
"""

DAYS_AS_KNOWN = """
select
    initiative_id, model, version, metric, measured_at::date as measured_on,
    max_by(value, measured_at) as value, min(value) as value_low, max(value) as value_high,
    count(*) as count_values, unit, sponsor
from model_metrics_history
left join (select initiative_id, unit, sponsor from initiatives_history) using (initiative_id)
group by all
"""


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every view, or bring them up to date if they are not those of this version."""
    statements = list(_statements())
    tables = sorted(file.name for file in (ROOT.parent / "schema").glob("*.sql"))
    made = sha256(repr((tables, statements)).encode()).hexdigest()
    if _made(connection) == made:
        return
    connection.execute("create schema if not exists past")
    with connection.cursor() as cursor:
        for path, statement in statements:
            cursor.execute(f"set search_path = '{path}'")
            cursor.execute(statement)
    connection.execute(f"create or replace macro views_made() as '{made}'")


def _made(connection: duckdb.DuckDBPyConnection) -> str | None:
    """What the views there were made from, if all of them were."""
    try:
        return connection.execute("select views_made()").fetchall()[0][0]
    except duckdb.CatalogException:
        return None


def _statements() -> Iterator[tuple[str, str]]:
    """Every view's search path and SQL, in their order."""
    yield "main", CLOCKS_AND_SCOPE
    for table in TABLES.values():
        yield "main", history(table)
    for path, source, days in (
        ("main", _now, "select * from model_metrics_daily_current"),
        (PAST, _then, DAYS_AS_KNOWN),
    ):
        yield path, f"create or replace view model_metrics_days as {days}"
        for table in TABLES.values():
            yield path, view(table, source(table))
        for name in DERIVED:
            yield path, (ROOT / f"{name}.sql").read_text()


def history(table: Table) -> str:
    """The SQL of `<table>_history`: the latest counting row per key, from all versions."""
    return f"""
        create or replace view {table.name}_history as
        select * exclude (is_removed, number)
        from (
            select {table.name}_row.*, batch_counting.number
            from {table.name}_row
            join batch_counting using (batch_id)
            qualify row_number() over (
                partition by {", ".join(table.key)} order by number desc
            ) = 1
        )
        where not is_removed
    """


def view(table: Table, rows: str) -> str:
    """The SQL of the view named after the table, over its rows now or then."""
    return f"""
        create or replace view {table.name} as
        select {", ".join(_as_of(table, name) for name in table.names)}
        from ({rows})
        where {table.exists} and {_may_see(table)}
    """


def _as_of(table: Table, name: str) -> str:
    """A column as it was known in the business on the as-of day."""
    if name in table.unknown_before:
        return f"case when {table.unknown_before[name]} <= as_of() then {name} end as {name}"
    return name


def _now(table: Table) -> str:
    return f"select * exclude (batch_id, is_removed) from {table.name}_current"


def _then(table: Table) -> str:
    if not table.is_of_initiative:
        return f"select * exclude (batch_id) from {table.name}_history"
    return f"""
        select {table.name}_history.* exclude (batch_id),
            initiatives_history.unit, initiatives_history.sponsor
        from {table.name}_history left join initiatives_history using (initiative_id)
    """


def _may_see(table: Table) -> str:
    if table.name == "initiatives":
        return "is_chosen(unit, sponsor)"
    if not table.is_of_initiative:
        return "is_let_in()"
    if table.column("initiative_id").is_required:
        return "unit is not null and is_chosen(unit, sponsor)"
    return "is_let_in() and (initiative_id is null or is_chosen(unit, sponsor))"
