"""Rules across the rows of a file and what is stored: each is one .sql file, found by being there.

A rule stands in the folder of the table whose rows it judges (`any`: of every file) and runs when
the file has such rows. Its first line is the rule as a sentence, its second how bad it is to break
it, and how to mend that. It reads `draft_<table>` (the file's rows, `row` being the number of each
one's record), `named_<table>` (the initiatives they are of, each once), `after_<table>` (what there
is once they are stored; `row` is empty for rows stored before; `uneven_<table>` are those of them
that amounts far apart make worth a look), `draft_problems` (what was said of single cells) and the
viewer's own views; `file_day()` is the day the file describes, `day_of(…)` the date of a status. It
answers with `row`, `target`, `value` and `says`.

The rules of `costs+benefits` are of both: `{table}` is the one or the other, `{sort}` its column of
sorts and `{done}` that of what was spent or gained.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from data import keys
from data.importing.checks import uneven
from data.importing.mapping import targets
from data.importing.problems import FILE, INFO, Problem
from data.incoming import in_groups
from data.progress import Progress, quietly
from data.tables import TABLES, Table

if TYPE_CHECKING:
    from data.importing import Prepared

ROOT = Path(__file__).parent
EXAMPLES = 1_000
ANY = "any"

_LAID_OUT = re.compile(rf"\b(?:draft|named|after|uneven)_({'|'.join(TABLES)})\b")
_SEEN = ("row", "column", "kind", "severity")
_MACROS = """
create or replace temp macro file_day() as getvariable('file_day')::date;
create or replace temp macro day_of(entered_on, observed_on) as coalesce(entered_on, observed_on);
"""


@dataclass(frozen=True)
class Rule:
    """A rule: what it demands, how bad breaking it is, how to mend that, and the SQL that finds."""

    table: str
    name: str
    says: str
    severity: str
    mend: str
    sql: str

    @property
    def in_words(self) -> str:
        """What the rule demands, without the full stop."""
        return self.says.removesuffix(".")


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule there is."""
    return tuple(
        _rule(table, file.stem, file.read_text())
        for file in sorted(ROOT.glob("*/*.sql"))
        for table in file.parent.name.split("+")
    )


def _rule(table: str, name: str, sql: str) -> Rule:
    if table in TABLES and uneven.has_sorts(TABLES[table]):
        sql = sql.format(table=table, **uneven.words(TABLES[table]))
    first, second, *_ = sql.splitlines()
    severity, _, mend = second.removeprefix("-- ").partition(": ")
    return Rule(table, name, first.removeprefix("-- "), severity, mend, sql)


def run(
    cursor: duckdb.DuckDBPyConnection, prepared: "Prepared", progress: Progress = quietly
) -> list[Problem]:
    """What the rules say of a prepared file beside what the cursor's viewer may see.

    Of each rule the first thousand findings are told one by one, the rest as a number.
    """
    asked = [rule for rule in rules() if rule.table == ANY or prepared.tables.get(rule.table)]
    lay_out(cursor, prepared, {name for rule in asked for name in _LAID_OUT.findall(rule.sql)})
    told: list[Problem] = []
    for count, rule in enumerate(asked, start=1):
        progress(count / len(asked), "Checking the rows against each other")
        told += _broken(cursor, rule, prepared.mapping.columns)
    return told


def lay_out(
    cursor: duckdb.DuckDBPyConnection, prepared: "Prepared", names: Collection[str] = TABLES
) -> None:
    """Put the file's rows of these tables beside the stored ones, as the rules know them."""
    cursor.execute("set variable file_day = $day", {"day": prepared.as_of})
    cursor.execute(_MACROS)
    cursor.register("draft_problems", _seen(prepared))
    for table in map(TABLES.get, names):
        rows = prepared.tables.get(table.name)
        if rows:
            _lay_out(cursor, table, rows.append_column("row", prepared.numbers[table.name]))
        else:
            stored = f"select null::bigint as row, {', '.join(table.names)} from {table.name}"
            cursor.execute(f"create or replace temp view after_{table.name} as {stored}")


def _lay_out(cursor: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table) -> None:
    cursor.register(f"draft_{table.name}", in_groups(rows))
    after = _after(table, f"draft_{table.name}", table.name)
    cursor.execute(f"create or replace temp view after_{table.name} as {after}")
    if "initiative_id" in table.names:
        named = keys.dictionary(keys.whole(rows["initiative_id"])).dictionary
        cursor.register(f"named_{table.name}", pa.table({"initiative_id": named}))
    if uneven.has_sorts(table):
        cursor.register(f"uneven_{table.name}", in_groups(_uneven(cursor, table, rows)))


def _seen(prepared: "Prepared") -> pa.Table:
    """What was said of single cells; `kind` is the kind of value the column should hold."""
    known = targets(prepared.mapping.as_)
    kinds = {
        header: known[target].kind
        for header, target in prepared.mapping.columns.items()
        if target in known
    }
    rows = [
        (each.row, each.column, kinds.get(each.column, ""), each.severity)
        for each in prepared.problems
    ]
    columns = list(zip(*rows, strict=True)) or [[]] * len(_SEEN)
    types = (pa.int64(), pa.string(), pa.string(), pa.string())
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    return pa.table(arrays, names=_SEEN)


def _uneven(cursor: duckdb.DuckDBPyConnection, table: Table, given: pa.Table) -> pa.Table:
    """What there is of the uneven sorts once the rows are stored."""
    stored = uneven.stored(cursor, table)
    rows = given.filter(pa.array(uneven.places(table, given, stored)))
    if not len(stored):
        return rows
    draft, sort = f"draft_uneven_{table.name}", ", ".join(uneven.sort(table))
    cursor.register(draft, rows)
    after = _after(table, draft, f"{table.name} semi join {draft} using ({sort})")
    return cursor.sql(after).to_arrow_table()


def _after(table: Table, draft: str, stored: str) -> str:
    """The draft's rows, and those of the stored ones that have none of their keys."""
    names = ", ".join(table.names)
    parts = [f"key_{at}" for at in range(len(table.key))]
    key = ", ".join(f"{each} as {part}" for each, part in zip(table.key, parts, strict=True))
    return f"""
        select row, {names} from {draft}
        union all
        select null as row, {names} from (select *, {key} from {stored})
        anti join (select {key} from {draft}) using ({", ".join(parts)})
    """


def _broken(
    cursor: duckdb.DuckDBPyConnection, rule: Rule, columns: Mapping[str, str]
) -> Iterable[Problem]:
    rows = cursor.execute(
        f"""
        select coalesce(row, $file), target, coalesce(value::text, ''), says, count(*) over ()
        from ({rule.sql}) order by all limit $most
        """,
        {"file": FILE, "most": EXAMPLES},
    ).fetchall()
    headers = {each: _header(columns, rule.table, each) for each in {row[1] for row in rows}}
    for row, target, value, says, _ in rows:
        header = headers[target]
        yield Problem(row, header, value, rule.severity, says, rule.mend, rule.in_words)
    count = rows[0][-1] if rows else 0
    if count > EXAMPLES:
        says = f"{count - EXAMPLES:,} more rows: {rule.says}"
        yield Problem(FILE, "", "", INFO, says, rule.mend, rule.in_words)


def _header(columns: Mapping[str, str], table: str, target: str) -> str:
    """The header the target came from, if it came from one alone."""
    named = [
        header
        for header, name in columns.items()
        if re.split("[@:]", name.removeprefix(f"{table}."))[0] == target
    ]
    return named[0] if len(named) == 1 else ""
