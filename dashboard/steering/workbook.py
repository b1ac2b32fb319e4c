"""A briefing as an Excel workbook: every figure's rows, numbers as numbers, texts as texts."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence

import pandas as pd
import xlsxwriter

from dashboard import formats, terms
from dashboard.steering import written
from dashboard.steering.content import Briefing, Chart, Slide
from dashboard.steering.sheets import Book, Row, Sheet
from data.progress import Progress, quietly
from data.workbooks import PLAIN

FIGURES = ("Figure", "Name", "Value", "Before", "Change")
Block = tuple[Sequence[str], Iterable[Row]]


def made(briefing: Briefing, progress: Progress = quietly) -> bytes:
    """The workbook: contents, a sheet per slide, one per question behind it, and the appendix."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **PLAIN}) as opened:
        opened.set_properties({"title": written.legible(briefing.title), "author": "Execution Gap"})
        book = Book(opened)
        contents = book.sheet("Contents", written.legible(briefing.title))
        for place, slide in enumerate(briefing.slides, start=1):
            progress(place / (len(briefing.slides) + 2), f"Sheet {place}")
            _slide(book, place, slide, written.basis(briefing))
        if briefing.appendix:
            progress(0.9, "The appendix")
            _appendix(book, briefing.appendix)
        _contents(contents, briefing, book.sheets)
    progress(1.0, "The workbook is made")
    return out.getvalue()


def _contents(sheet: Sheet, briefing: Briefing, sheets: Sequence[Sheet]) -> None:
    for label, value in (
        ("Held on", briefing.held_on),
        ("As of", briefing.as_of),
        ("As known at (UTC)", briefing.known_at or "now"),
        ("Filters", briefing.filters),
    ):
        sheet.line(label, value)
    sheet.row += 1
    head = ("Sheet", "What it holds", "Rows")
    listed = [(each.name, each.title, each.count) for each in sheets if each is not sheet]
    sheet.table(head, ((("", name), ("", title), ("", count)) for name, title, count in listed))
    sheet.widths(34, 100, 10)


def _slide(book: Book, place: int, slide: Slide, basis: str) -> None:
    sheet = book.sheet(f"{place} {slide.key}", slide.title)
    for says in (*slide.says, basis, ""):
        sheet.line(says)
    for head, rows in _blocks(slide):
        sheet.table(head, rows)
    sheet.line("Definitions, filters and what is left out", is_bold=True)
    for note in slide.notes:
        sheet.line(note)
    sheet.widths(44, *[20] * 10)
    for number, (question, rows) in enumerate(slide.rows.items(), start=1):
        behind = book.sheet(f"{place}.{number} {question}", f"{question}: behind “{slide.title}”")
        behind.table(*_frame(rows))
        behind.widths(*[20] * len(rows.columns))


def _blocks(slide: Slide) -> Iterator[Block]:
    if slide.figures:
        yield _figures(slide)
    if slide.chart:
        yield _chart(slide.chart)
    if slide.table is not None:
        yield _table(slide)


def _figures(slide: Slide) -> Block:
    return FIGURES, [
        (
            ("", terms.TERMS[each.name].label),
            ("", each.name),
            (each.name, each.value),
            (each.name, each.before),
            ("", formats.change(each.name, each.value, each.before)),
        )
        for each in slide.figures
    ]


def _chart(chart: Chart) -> Block:
    unit = f"_{chart.unit}"
    head = (chart.axis or "Category", *(series.name for series in chart.series))
    columns = zip(chart.categories, *(series.values for series in chart.series), strict=True)
    return head, [(("", name), *((unit, value) for value in values)) for name, *values in columns]


def _table(slide: Slide) -> Block:
    names = list(slide.table.labels)
    _, rows = _frame(slide.table.rows[names])
    return tuple(slide.table.labels.values()), rows


def _frame(rows: pd.DataFrame) -> Block:
    names = [str(name) for name in rows.columns]
    lines = rows.itertuples(index=False, name=None)
    return names, (tuple(zip(names, values, strict=True)) for values in lines)


def _long(slide: Slide) -> Block:
    """A chart a value a row, so that those of many slides stand below one another."""
    unit = f"_{slide.chart.unit}"
    return ("Series", "Category", "Value"), [
        (("", series.name), ("", category), (unit, value))
        for series in slide.chart.series
        for category, value in zip(slide.chart.categories, series.values, strict=True)
    ]


def _says(slide: Slide) -> Block:
    return ("Says",), [(("", text),) for text in (*slide.says, *slide.notes)]


def _appendix(book: Book, slides: Sequence[Slide]) -> None:
    """The pages of the appendix, below one another: a sheet per kind and per question."""
    for title, of in (
        ("figures", lambda slide: _figures(slide) if slide.figures else None),
        ("charts", lambda slide: _long(slide) if slide.chart else None),
        ("tables", lambda slide: _table(slide) if slide.table is not None else None),
        ("texts", _says),
    ):
        _together(book, title, slides, of)
    for question in dict.fromkeys(name for slide in slides for name in slide.rows):
        _together(
            book,
            question,
            [slide for slide in slides if question in slide.rows],
            lambda slide, question=question: _frame(slide.rows[question]),
        )


def _together(
    book: Book, title: str, slides: Sequence[Slide], of: Callable[[Slide], Block | None]
) -> None:
    """What `of` gives of every slide on one sheet, each row after its slide's title."""
    blocks: dict[tuple[str, ...], list[Row]] = {}
    for slide in slides:
        head, rows = of(slide) or ((), ())
        if head:
            under = blocks.setdefault(tuple(head), [])
            under += [(("", slide.title), *row) for row in rows]
    if not blocks:
        return
    sheet = book.sheet(f"Appendix {title}", f"Appendix: {title}")
    for head, rows in blocks.items():
        sheet.table(("Page", *head), rows)
    sheet.widths(44, *[20] * max(map(len, blocks)))
