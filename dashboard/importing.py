"""A file on its way in, in words and small tables."""

import json
from collections import Counter

import pandas as pd

from dashboard import formats
from data.importing import Mapping, Prepared, Suggestion, words
from data.importing.mapping import from_json, targets
from data.importing.read import Sheet
from data.tables import STAGES, TABLES

NOT_USED = "not used"
SEVERITIES = {"error": "✕ error", "warning": "▲ warning", "info": "○ note"}


def kinds() -> dict[str, str]:
    """What a file can be brought in as, in words."""
    tables = {name: f"{formats.words(name)}: {table.says}" for name, table in TABLES.items()}
    return {
        "inventory": "inventory: one row per initiative, with its stage and stage dates",
        **tables,
    }


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


def values_table(
    sheet: Sheet, mapping: Mapping, target: str, known: dict[str, str | None]
) -> pd.DataFrame:
    """Every word in the column of a target: how often it stands there and what it is taken for."""
    counts = Counter(" ".join(cell.split()) for cell in sheet.cells(mapping.header(target)))
    return pd.DataFrame(
        [
            {"word": word, "count": count, "means": known.get(word) or NOT_USED}
            for word, count in counts.most_common()
            if word
        ],
        columns=["word", "count", "means"],
    )


def understood(cells: list[str]) -> dict[str, str | None]:
    """What the words of a stage column are taken for; None where nobody should guess."""
    tidy = {" ".join(cell.split()) for cell in cells}
    return {word: words.meaning(word, STAGES) for word in tidy if word}


def stages() -> list[str]:
    """Every stage a word can mean, "not used" first."""
    return [NOT_USED, *STAGES]


def as_text(mapping: Mapping) -> str:
    """A mapping as text that says the same."""
    return json.dumps(mapping.to_dict(), ensure_ascii=False)


def from_text(text: str) -> Mapping:
    """The mapping that text says."""
    return from_json(text)


def choices(as_: str) -> list[str]:
    """Every meaning a column can have, "not used" first."""
    return [NOT_USED, *targets(as_)]


def finding(prepared: Prepared) -> str:
    """What would be stored of a file, in one sentence."""
    rows = formats.listed(
        [f"{count:,} {formats.words(name)}" for name, count in prepared.rows.items()]
    )
    refused = (
        f"; {prepared.rows_refused:,} are refused" if prepared.rows_refused else "; none is refused"
    )
    return f"{formats.plural(prepared.rows_read, 'row')} read: {rows} can be stored{refused}"


def tally(prepared: Prepared) -> dict[str, int]:
    """How many problems of each severity, the worst first."""
    counts = Counter(problem.severity for problem in prepared.problems)
    return {name: counts[name] for name in SEVERITIES if counts[name]}


def problems_table(prepared: Prepared, severities: list[str]) -> pd.DataFrame:
    """The problems of these severities, one row each."""
    rows = [each.as_dict() for each in prepared.problems if each.severity in severities]
    table = pd.DataFrame(rows, columns=["row", "severity", "column", "value", "says", "mend"])
    return table.assign(severity=table["severity"].map(SEVERITIES))


def mapping_file(prepared: Prepared) -> str:
    """The mapping as a file the command line takes."""
    return json.dumps(prepared.mapping.to_dict(), ensure_ascii=False, indent=2) + "\n"


def _examples(cells: list[str], most: int = 3) -> str:
    given = dict.fromkeys(" ".join(cell.split())[:40] for cell in cells if cell.strip())
    return " · ".join(list(given)[:most])
