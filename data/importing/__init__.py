"""A file's bytes to typed rows and a list of what is wrong in them. Nothing is stored here.

content → read → Sheet → recognize or mapping → Mapping → convert → rows → Prepared
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

import pyarrow as pa

from data.importing import feeding, mending, numbers, recognize, rows, words
from data.importing.apart import read, warm
from data.importing.choices import Choices
from data.importing.content import Content
from data.importing.convert import Context
from data.importing.mapping import Mapping, checked, meaning, targets
from data.importing.mending import Mended
from data.importing.problems import Problem, in_order
from data.importing.recognize import Suggestion, suggest
from data.importing.sheet import Reading, Sheet
from data.incoming import Unsaid

__all__ = [
    "Choices",
    "Content",
    "Mapping",
    "Prepared",
    "Problem",
    "Reading",
    "Sheet",
    "Suggestion",
    "prepare",
    "read",
    "suggest",
    "warm",
]


@dataclass(frozen=True)
class Prepared:
    """A file ready to be stored: its rows by table, and everything to be said about them.

    `mapping` is complete as it was used; `suggestions` say why, and are empty when a mapping was
    given. Records read are rows stored plus rows refused, always; what is no record was skipped
    with a reason, which `reading` counts. Text in `tables` is dictionary-encoded; `numbers` says,
    row by row, which record of the file each is from; `unsaid`, by column, of which rows the file
    says nothing, so that what is stored stays.
    """

    as_: str
    as_of: date
    filename: str
    sha256: str
    mapping: Mapping
    suggestions: list[Suggestion]
    reading: Reading
    headers: tuple[str, ...]
    rows_read: int
    rows_refused: int
    tables: dict[str, pa.Table]
    numbers: dict[str, pa.Array]
    problems: list[Problem]
    mended: Mended = field(default_factory=dict)
    unsaid: dict[str, Unsaid] = field(default_factory=dict)

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each table gets."""
        return {name: table.num_rows for name, table in self.tables.items()}


def prepare(
    content: bytes | Content,
    filename: str,
    as_: str,
    *,
    as_of: date | None = None,
    mapping: Mapping | None = None,
    choices: Choices | None = None,
    mended: Mended | None = None,
    known: Collection[str] = (),
    today: date | None = None,
    progress: rows.Progress | None = None,
    limit_mb: float | None = None,
    sheet: Sheet | None = None,
) -> Prepared:
    """Read a file as `as_`: any table, or "inventory".

    `as_of` is the day the file describes (else the mapping's, else today); `choices` say how to
    read it (else the mapping's do); `mended` cells stand for those of the file. `known` are the
    initiatives the store has. `progress` is told a share from 0 to 1 and a few words. `sheet` is
    the file as read by these choices, if it was.
    Raises FileRefused and MappingRefused.
    """
    targets(as_)
    content = Content.of(content)
    tell = progress or (lambda share, says: None)
    tell(0.0, "Reading the file")
    choices = choices or (mapping and mapping.choices) or Choices()
    if sheet is None:
        waiting = partial(tell, 0.1, "Reading the file")
        sheet = read(content, choices=choices, limit_mb=limit_mb, waiting=waiting)
    sheet = mending.mended(sheet, mended or {})
    tell(0.2, "Recognizing its columns")
    as_of = as_of or (mapping and mapping.as_of) or today or date.today()
    used, suggestions = _mapping(sheet, as_, mapping, as_of, filename)
    order = recognize.date_order(sheet)
    read_as = sheet.reading
    context = Context(
        as_of,
        order,
        read_as.delimiter,
        choices,
        numbers.own_rates(used.rates),
        read_as.kind == "workbook",
        read_as.is_1904,
    )
    fed = feeding.feed(sheet, used, context, known, tell)
    tell(1.0, "Done")
    return Prepared(
        as_=as_,
        as_of=as_of,
        filename=filename,
        sha256=content.sha256,
        mapping=replace(used, as_of=as_of, values=_words_used(sheet, used), choices=choices),
        suggestions=suggestions,
        reading=sheet.reading,
        headers=sheet.headers,
        rows_read=sheet.reading.records,
        rows_refused=sheet.refused + fed.count_refused,
        tables={name: each.rows for name, each in fed.tables.items()},
        numbers={name: each.numbers for name, each in fed.tables.items()},
        problems=in_order(fed.problems),
        mended=mended or {},
        unsaid={name: each.unsaid for name, each in fed.tables.items() if each.unsaid},
    )


def _mapping(
    sheet: Sheet, as_: str, given: Mapping | None, as_of: date, filename: str
) -> tuple[Mapping, list[Suggestion]]:
    """The given mapping with the file's headers, or the suggested one; complete or not."""
    if given:
        return checked(given, as_, sheet.headers), []
    return recognize.suggest(sheet, as_, as_of, filename)


def _words_used(sheet: Sheet, mapping: Mapping) -> dict[str, dict[str, str | None]]:
    """The mapping's values, completed by what the file's other words were understood as."""
    used = {target: dict(given) for target, given in mapping.values.items()}
    for header, target in mapping.columns.items():
        column, target = meaning(target, mapping.as_)
        if not column.words or column.kind != "text":
            continue
        said, own = used.setdefault(target, {}), mapping.words(target)
        for text in dict.fromkeys(" ".join(cell.split()) for cell in sheet.counts(header)):
            value = words.meaning(text, column.words)
            if value and text.casefold() not in own:
                said[text] = value
    return used
