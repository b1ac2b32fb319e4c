"""A file on its way in, in words and small tables."""

import json
import re
from collections import Counter
from decimal import Decimal

import pandas as pd

from dashboard import formats, reading
from data.importing import Mapping, Prepared, Suggestion
from data.importing.asking import Word
from data.importing.mapping import alike, meaning, targets
from data.importing.paths import is_path, parse
from data.importing.read import Sheet
from data.importing.recognize import TableGuess
from data.mappings import Saved
from data.tables import TABLES, Column
from data.workbooks import WRITTEN

NOT_USED = "not used"
READING = "reading a cell"
SEVERITIES = {"error": "✕ error", "warning": "▲ warning", "info": "○ note"}


def kinds() -> dict[str, str]:
    """What a file can be brought in as, in words."""
    tables = {name: f"{formats.words(name)}: {table.says}" for name, table in TABLES.items()}
    return {
        "inventory": "inventory: one row per initiative, with its stage and stage dates",
        **tables,
    }


def as_saved(suggestions: list[Suggestion], saved: Saved) -> list[Suggestion]:
    """The suggestions with what each column was last taken for."""
    columns = {alike(header): target for header, target in saved.mapping.columns.items()}
    why = f"Mapped so on {formats.day(saved.saved_at)} by {saved.saved_by}."
    return [
        Suggestion(each.header, columns.get(alike(each.header)), 1.0, why) for each in suggestions
    ]


def recognized(saved: Saved) -> str:
    """That a file's headers are known, from when and whom."""
    who, file = formats.plain(saved.saved_by), formats.plain(saved.file_name)
    kept = [
        reading.ANSWERS[name][value]
        for name, value in saved.mapping.choices.of_cells.to_dict().items()
        if name in reading.ANSWERS
    ]
    says = f"Recognized: mapped as on {formats.day(saved.saved_at)} by {who} for {file}"
    return f"{says}; as said then: {formats.plain(formats.listed(kept))}." if kept else f"{says}."


def columns_table(sheet: Sheet, suggestions: list[Suggestion]) -> pd.DataFrame:
    """Every column of a file: its header, what it is taken for, how sure, why, and some values."""
    return pd.DataFrame(
        [
            {
                "header": each.header,
                "target": each.target or NOT_USED,
                "confidence": each.confidence if each.target else None,
                "why": each.why,
                "values": _examples(sheet.cells(each.header)),
            }
            for each in suggestions
        ]
    )


def guess(found: TableGuess) -> str:
    """What the file probably is, and why."""
    return f"It looks like {formats.words(found.as_)}: {found.why}"


def word_choices(name: str, as_: str) -> list[str]:
    """What a word of a column can mean, "not used" first."""
    table, _, column = name.rpartition(".")
    found = TABLES[table].column(column) if table else targets(as_)[column]
    return [NOT_USED, *(("yes", "no") if found.kind == "flag" else found.words)]


def words_table(words_: list[Word]) -> list[tuple[str, int, str, str]]:
    """Every word: how often it stands there, what it is taken for, and whether that is sure."""
    return [
        (each.word, each.count, each.means or NOT_USED, "" if each.is_sure else "? please say")
        for each in words_
    ]


def words_said(words_: list[Word], means: list[str]) -> dict[str, str | None]:
    """What the analyst says words mean: every unclear one, and those it is not taken for.

    A word that only sounds like a value means it once the analyst leaves it so.
    """
    said = {
        each.word: None if mean == NOT_USED else mean
        for each, mean in zip(words_, means, strict=True)
    }
    return {
        each.word: said[each.word]
        for each in words_
        if said[each.word] != each.means or (not each.is_sure and each.means)
    }


def as_text(mapping: Mapping) -> str:
    """A mapping as text that says the same."""
    return json.dumps(mapping.to_dict(), ensure_ascii=False)


def choices(as_: str, suggestions: list[Suggestion]) -> list[str]:
    """Every meaning a column can have, "not used" first, those of wide files last."""
    suggested = [each.target for each in suggestions if each.target]
    offered = [target for each in suggestions for target in each.offers]
    return list(dict.fromkeys([NOT_USED, *targets(as_), *suggested, *offered]))


def not_in_file(mapping: Mapping) -> dict[str, Column]:
    """What a row can say and no column of the file holds, by name."""
    held = {meaning(target, mapping.as_)[1] for target in mapping.columns.values()}
    parts = [parse(each, mapping.as_) for each in mapping.columns.values() if is_path(each)]
    held |= {name for part in parts if part.table == mapping.as_ for name in part.fixed}
    return {name: each for name, each in targets(mapping.as_).items() if name not in held}


def fixed_label(known: dict[str, str], lacking: list[str]) -> str:
    """What is the same for every row, as a heading."""
    if lacking:
        return f"Say what no column says: {formats.listed(list(map(formats.words, lacking)))}"
    said = [f"{formats.words(name)} {value}" for name, value in known.items()]
    same = formats.plain(formats.listed(said)) if said else "nothing so far"
    return f"The same for every row: {same}"


def written(column: Column) -> str:
    """How a value of a column is written."""
    return WRITTEN[column.kind][0]


def finding(prepared: Prepared) -> str:
    """What would be stored of a file, in one sentence."""
    rows = formats.listed(
        [f"{count:,} {formats.words(name)}" for name, count in prepared.rows.items()]
    )
    count = prepared.rows_refused
    refused = (
        f"; {count:,} {'is' if count == 1 else 'are'} refused" if count else "; none is refused"
    )
    return f"{formats.plural(prepared.rows_read, 'row')} read: {rows} can be stored{refused}"


def tally(prepared: Prepared) -> dict[str, int]:
    """How many problems of each severity, the worst first."""
    counts = Counter(problem.severity for problem in prepared.problems)
    return {name: counts[name] for name in SEVERITIES if counts[name]}


def columns_with_problems(prepared: Prepared) -> list[str]:
    """The columns that something is wrong in, the worst first."""
    counts = Counter(each.column for each in prepared.problems if each.column)
    return [column for column, _ in counts.most_common()]


def rules_broken(prepared: Prepared) -> dict[str, int]:
    """How many problems each rule found, most first; those of no rule are of reading a cell."""
    return dict(Counter(each.rule or READING for each in prepared.problems).most_common())


def problems_table(
    prepared: Prepared, severities: list[str], columns: list[str], rules: list[str] | None = None
) -> pd.DataFrame:
    """The problems of these severities, columns and rules (empty: of all), one row each."""
    rows = [
        each.as_dict()
        for each in prepared.problems
        if each.severity in severities
        and (not columns or each.column in columns)
        and (not rules or (each.rule or READING) in rules)
    ]
    table = pd.DataFrame(rows, columns=["row", "severity", "column", "value", "says", "mend"])
    return table.assign(severity=table["severity"].map(SEVERITIES))


def rates_said(text: str) -> dict[str, float]:
    """The rates an analyst wrote: `USD 0.92, GBP 1,17` is what one of each is worth here.

    What is no rate, as nothing or a number with two marks, is not among them.
    """
    found = re.findall(r"([^\W\d]+\$?|[$€£¥₹])\s*[:=]?\s*(\d[\d.,]*)", text)
    rates = {code: number.rstrip(".,").replace(",", ".") for code, number in found}
    return {
        code: float(rate)
        for code, rate in rates.items()
        if re.fullmatch(r"\d+(\.\d+)?", rate) and 0 < float(rate) < 1e6
    }


def rates_written(rates: dict[str, float]) -> str:
    """Rates as an analyst writes them, so that `rates_said` understands them.

    >>> rates_written({"USD": 0.92, "£": 1.17})
    'USD 0.92, £ 1.17'
    """
    return ", ".join(f"{code} {Decimal(str(rate)):f}" for code, rate in rates.items())


def mapping_file(prepared: Prepared) -> str:
    """The mapping as a file the command line takes."""
    return json.dumps(prepared.mapping.to_dict(), ensure_ascii=False, indent=2) + "\n"


def _examples(cells: list[str], most: int = 3) -> str:
    given = dict.fromkeys(" ".join(cell.split())[:40] for cell in cells if cell.strip())
    return " · ".join(list(given)[:most])
