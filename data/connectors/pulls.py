"""The log of pulls, and where the next one begins.

A pull begins where the last good one ended: at its mark. It reads everything when it is the first,
when a week has passed (so that late edits heal), and when the mark would hide something: other
settings, a link made or taken back since, an initiative that was unknown and is known now. Where a
pull's batch was undone and nothing was pulled since, it begins where that pull began, so that the
rows come again.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

import duckdb

from data.access import Viewer
from data.connectors.patches import applied, between
from data.store import Store

WHOLE_EVERY = timedelta(days=7)
GOOD = ("stored", "nothing_new")


@dataclass(frozen=True)
class Found:
    """What a source is known to have, besides rows, all pulls since it was read whole together.

    `unmapped` are objects without initiative; `unknown` initiatives it names that the board does
    not know; `evidence` the capabilities it says are in place: initiative_id, capability, day,
    evidence.
    """

    unmapped: tuple[dict, ...] = ()
    unknown: tuple[str, ...] = ()
    evidence: tuple[dict, ...] = ()

    def with_older(self, older: "Found", listed_whole: Collection[str] = ()) -> "Found":
        """Together with what pulls before found; the newer word counts.

        Of the kinds in `listed_whole` this pull has listed all objects.
        """
        before = [thing for thing in older.unmapped if thing["kind"] not in listed_whole]
        return Found(
            _united(before, self.unmapped, ("key",)),
            tuple(sorted({*older.unknown, *self.unknown})),
            _united(older.evidence, self.evidence, ("initiative_id", "capability")),
        )

    def news_to(self, before: "Found") -> str | None:
        """The parts that are other than before, as JSON; None if all are the same."""
        parts = {each.name: getattr(self, each.name) for each in fields(self)}
        news = {name: part for name, part in parts.items() if part != getattr(before, name)}
        return json.dumps(news) if news else None


@dataclass(frozen=True)
class Pull:
    """A line of the log: a pull that went well."""

    number: int
    started_at: datetime
    after_number: int | None
    settings: str
    undone_at: datetime | None


@dataclass(frozen=True)
class Start:
    """Where a pull begins: after which pull and at whose mark; None: it reads everything."""

    after_number: int | None = None
    mark: str | None = None
    found: Found = field(default_factory=Found)


def start(store: Store, source: str, settings: str, now: datetime) -> Start:
    """Where the next pull of a source begins; `settings` is their fingerprint."""
    with store.connection.cursor() as cursor:
        pulls, found = _good(cursor, source), _found(cursor, source)
        number = begins_after(pulls) if pulls else None
        mark = _mark(cursor, pulls, number)
        known = {
            row[0]
            for row in cursor.execute("select initiative_id from initiatives_current").fetchall()
        }
        [(linked_at,)] = cursor.execute(
            "select max(happened_at) from link_log where source = $source", {"source": source}
        ).fetchall()
    if number is None or _hides(pulls, found, known, linked_at, settings, now):
        return Start()
    return Start(number, mark, found)


def _hides(
    pulls: list[Pull],
    found: Found,
    known: Collection[str],
    linked_at: datetime | None,
    settings: str,
    now: datetime,
) -> bool:
    """Whether the mark of the last good pull would hide something."""
    last = pulls[-1]
    whole = max((p.started_at for p in pulls if p.after_number is None), default=datetime.min)
    return (
        last.settings != settings
        or (linked_at is not None and linked_at >= last.started_at)
        or not known.isdisjoint(found.unknown)
        or now - whole > WHOLE_EVERY
    )


def begins_after(pulls: list[Pull]) -> int | None:
    """The number of the pull at whose mark to begin, given those that went well, in order."""
    missing = [
        pull.after_number
        for pull in pulls
        if pull.undone_at and not any(later.started_at > pull.undone_at for later in pulls)
    ]
    if not missing:
        return pulls[-1].number
    return None if None in missing else min(missing)


def record(
    cursor: duckdb.DuckDBPyConnection,
    viewer: Viewer,
    source: str,
    times: tuple[datetime, datetime],
    outcome: str,
    says: str,
    begun: Start = Start(),  # noqa: B008 (it is frozen)
    **told: object,
) -> None:
    """Write a pull down. `told` may hold batch_id, mark, settings, left_out and found."""
    found = told.get("found")
    cursor.execute(
        """
        insert into pull_log by name
        select
            uuidv7() as pull_id, (select coalesce(max(number), 0) + 1 from pull_log) as number,
            $source as source, $started_at as started_at, $ended_at as ended_at, $who as who,
            $outcome as outcome, $says as says, $batch_id::uuid as batch_id,
            $mark::json as mark, $after_number as after_number, $settings as settings,
            $left_out::json as left_out, $found::json as found
        """,
        {
            "source": source,
            "started_at": times[0],
            "ended_at": times[1],
            "who": viewer.name,
            "outcome": outcome,
            "says": says,
            "batch_id": told.get("batch_id"),
            "mark": json.dumps(between(begun.mark, told.get("mark"))) if outcome in GOOD else None,
            "after_number": begun.after_number,
            "settings": told.get("settings"),
            "left_out": json.dumps(told.get("left_out") or {}),
            "found": found.news_to(_found(cursor, source)) if found else None,
        },
    )


def _good(cursor: duckdb.DuckDBPyConnection, source: str) -> list[Pull]:
    rows = cursor.execute(
        """
        select
            number, started_at, after_number, settings,
            case when last.event = 'undone' then last.happened_at end
        from pull_log
        left join (
            select
                batch_id, max_by(event, happened_at) as event, max(happened_at) as happened_at
            from batch_log group by batch_id
        ) as last using (batch_id)
        where source = $source and outcome in ('stored', 'nothing_new')
        order by number
        """,
        {"source": source},
    ).fetchall()
    return [Pull(*row) for row in rows]


def _mark(
    cursor: duckdb.DuckDBPyConnection, pulls: Iterable[Pull], number: int | None
) -> str | None:
    """The mark of a pull: what changed by it and by all those it began after, one after another."""
    after, chain = {pull.number: pull.after_number for pull in pulls}, []
    while number is not None:
        chain.append(number)
        number = after[number]
    rows = cursor.execute(
        "select mark::text from pull_log where number in (select unnest($chain::bigint[])) "
        "order by number",
        {"chain": chain},
    ).fetchall()
    return applied([json.loads(mark) for (mark,) in rows])


def _found(cursor: duckdb.DuckDBPyConnection, source: str) -> Found:
    """What the good pulls found: of each part the last that was written down."""
    parts = [each.name for each in fields(Found)]
    latest = ", ".join(
        f"max_by(found ->> '$.{part}', number) filter ((found -> '$.{part}') is not null)"
        for part in parts
    )
    [row] = cursor.execute(
        f"select {latest} from pull_log where source = $source", {"source": source}
    ).fetchall()
    return Found(
        **{part: tuple(json.loads(said)) for part, said in zip(parts, row, strict=True) if said}
    )


def _united(
    older: Iterable[Mapping], newer: Iterable[Mapping], key: tuple[str, ...]
) -> tuple[dict, ...]:
    both = {tuple(each[name] for name in key): dict(each) for each in (*older, *newer)}
    return tuple(both[each] for each in sorted(both))
