"""A file given back with what is wrong in it, ready to be mended and sent again."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator

from data import workbooks
from data.formulas import defused
from data.importing import Prepared
from data.importing.problems import ERROR, FILE, INFO, Problem
from data.importing.read import Sheet

BESIDE = ("problem", "how_to_mend")
Line = tuple[list[str], list[Problem]]


def ending(sheet: Sheet) -> str:
    """What the name of the file given back ends in: a workbook comes back as a workbook."""
    return "xlsx" if sheet.reading.kind == "workbook" else "csv"


def file(sheet: Sheet, prepared: Prepared, only_refused: bool = False) -> bytes:
    """The file's rows with two more columns: `problem` and `how_to_mend`; CSV or a workbook.

    `only_refused` keeps the rows that cannot be stored. No cell is a live formula; in a workbook
    the cells to mend are marked. Records that did not fit under the header have no cells of their
    own; their problem stands on an empty row.
    """
    headers = [*sheet.headers, *BESIDE]
    lines = list(_lines(sheet, prepared, only_refused))
    if ending(sheet) == "xlsx":
        places = {header: place for place, header in enumerate(headers)}
        marked = [{places.get(each.column) for each in problems} for _, problems in lines]
        return workbooks.marked(headers, [cells for cells, _ in lines], marked)
    text = io.StringIO()
    written = [headers, *(cells for cells, _ in lines)]
    csv.writer(text, lineterminator="\n").writerows(map(defused, cells) for cells in written)
    return text.getvalue().encode("utf-8-sig")


def _lines(sheet: Sheet, prepared: Prepared, only_refused: bool) -> Iterator[Line]:
    """Every row of the file with its two more cells, and its problems."""
    said: dict[int, list[Problem]] = defaultdict(list)
    for problem in prepared.problems:
        if problem.severity != INFO and problem.row != FILE:
            said[problem.row].append(problem)
    columns = [list(sheet.cells(header)) for header in sheet.headers]
    rows = dict(zip(map(int, sheet.numbers), zip(*columns, strict=True), strict=True))
    for number in sorted({*rows, *said}):
        problems = said.get(number, [])
        if only_refused and not any(each.severity == ERROR for each in problems):
            continue
        cells = rows.get(number) or [""] * len(sheet.headers)
        beside = _beside(problems, number in rows)
        yield [cell or "" for cell in (*cells, *beside)], problems


def _beside(problems: list[Problem], has_cells: bool) -> tuple[str, str]:
    """What is wrong with a row, and how to mend it; of a row without cells, which it was."""
    says = [f"{each.column}: {each.says}" if each.column else each.says for each in problems]
    if not has_cells and problems:
        says[0] = f"Row {problems[0].row} of the file ({problems[0].value}): {says[0]}"
    return " ".join(says), " ".join(dict.fromkeys(each.mend for each in problems))
