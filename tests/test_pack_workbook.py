"""The Excel of a meeting holds every row behind it, as numbers, and nothing that runs."""

import io
import zipfile

import briefings
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from dashboard import formats
from dashboard.steering import sheets, workbook, written
from dashboard.steering.content import Briefing, Slide


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return briefings.every_kind()


@pytest.fixture(scope="module")
def book(briefing) -> dict[str, list[list]]:
    return opened(workbook.made(briefing))


def opened(content: bytes) -> dict[str, list[list]]:
    """The cells of every sheet, by its name."""
    found = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}


def below(cells: list[list], *head: str) -> list[list]:
    """The rows below a head, up to the next empty one."""
    wanted = list(head)
    [place] = [place for place, row in enumerate(cells) if row[: len(wanted)] == wanted]
    rows = []
    for row in cells[place + 1 :]:
        if not any(cell != "" for cell in row):
            break
        rows.append(row[: len(wanted)])
    return rows


def same(cell: object, value: object) -> bool:
    """Whether a cell that was read is the value that was to be written."""
    if isinstance(value, list | tuple) or getattr(value, "ndim", 0):
        return cell == "; ".join(map(str, value))
    if not formats.is_known(value):
        return cell == ""
    if isinstance(value, bool):
        return cell == ("yes" if value else "no")
    if isinstance(value, str):
        return cell == written.legible(value)
    if hasattr(value, "year"):
        # Excel keeps days as floating numbers, so a moment comes back to the millisecond.
        return abs(pd.Timestamp(cell) - pd.Timestamp(value)) <= pd.Timedelta("1ms")
    return cell == pytest.approx(float(value))


def assert_same_rows(cells: list[list], rows: pd.DataFrame) -> None:
    shown = below(cells, *map(str, rows.columns))
    wanted = rows.to_numpy(dtype=object).tolist()
    assert len(shown) == len(wanted)
    for got, row in zip(shown, wanted, strict=True):
        assert all(same(cell, value) for cell, value in zip(got, row, strict=True)), (got, row)


def assert_same(book: dict[str, list[list]], place: int, slide: Slide) -> None:
    """Everything a slide shows, and all its rows, stand on its sheets."""
    cells = book[sheets.sheet_name(f"{place} {slide.key}")]
    assert cells[0][0] == written.legible(slide.title)
    if slide.figures:
        shown = below(cells, *workbook.FIGURES)
        for row, figure in zip(shown, slide.figures, strict=True):
            assert row[1] == figure.name
            assert same(row[2], figure.value) and same(row[3], figure.before)
    if slide.chart and slide.chart.categories:
        head = (slide.chart.axis or "Category", *(each.name for each in slide.chart.series))
        shown = below(cells, *head)
        assert [row[0] for row in shown] == list(slide.chart.categories)
        for number, series in enumerate(slide.chart.series, start=1):
            assert all(map(same, [row[number] for row in shown], series.values))
    if slide.table is not None:
        names = list(slide.table.labels)
        assert_same_rows(cells, slide.table.rows[names].rename(columns=dict(slide.table.labels)))
    said = {row[0] for row in cells}
    assert {written.legible(note) for note in (*slide.says, *slide.notes)} <= said
    for number, (question, rows) in enumerate(slide.rows.items(), start=1):
        assert_same_rows(book[sheets.sheet_name(f"{place}.{number} {question}")], rows)


def test_every_number_and_every_row_of_the_briefing_stands_in_the_workbook(book, briefing):
    for place, slide in enumerate(briefing.slides, start=1):
        assert_same(book, place, slide)


def test_the_contents_say_the_clocks_the_filters_and_every_sheet(book, briefing):
    cells = book["Contents"]
    said = {row[0]: row[1] for row in cells if row[0]}
    assert pd.Timestamp(said["Held on"]).date() == briefing.held_on
    assert pd.Timestamp(said["As of"]).date() == briefing.as_of
    assert pd.Timestamp(said["As known at (UTC)"]) == briefing.known_at
    assert said["Filters"] == briefing.filters
    listed = below(cells, "Sheet", "What it holds", "Rows")
    assert [row[0] for row in listed] == list(book)[1:]
    assert {row[0]: row[2] for row in listed}["8.1 steering-decisions"] == 60


def test_the_pages_of_the_appendix_stand_below_one_another(book, briefing):
    shown = below(book["Appendix figures"], "Page", *workbook.FIGURES)
    wanted = [(page.title, each.value) for page in briefing.appendix for each in page.figures]
    assert [(row[0], row[3]) for row in shown] == wanted
    values = below(book["Appendix charts"], "Page", "Series", "Category", "Value")
    assert len(values) == sum(
        len(series.values) for page in briefing.appendix for series in page.chart.series
    )
    rows = below(book["Appendix portfolio-initiative"], "Page", "initiative_id")
    assert len(rows) == sum(len(page.rows["portfolio/initiative"]) for page in briefing.appendix)


def test_cells_of_every_type_come_back_as_they_were():
    zone = pd.Timestamp("2026-10-31 14:00", tz="Europe/Paris")
    rows = pd.DataFrame(
        {
            "at": [zone, None, pd.Timestamp("2026-10-31 00:00", tz="UTC")],
            "whole": pd.array([1, None, 3], dtype="Int64"),
            "is_late": pd.array([True, None, False], dtype="boolean"),
            "share": [float("inf"), float("nan"), 0.5],
            "teams": [["a", "=b"], None, []],
            "old": ["1066-10-14", "-", "=1+1"],
        }
    )
    slide = Slide("s", "One", rows={"q": rows})
    shown = below(opened(workbook.made(briefings.briefing((slide,))))["1.1 q"], *rows.columns)
    assert str(shown[0][0]).startswith("2026-10-31 13:00")
    assert str(shown[2][0]) == "2026-10-31"
    assert shown[0][1:] == [1, "yes", "", "a; =b", "1066-10-14"]
    assert shown[1] == ["", "", "", "", "", "-"]
    assert shown[2][1:] == [3, "no", 0.5, "", "=1+1"]


def test_no_text_becomes_a_formula_or_a_link():
    attacked = briefings.hostile_briefing()
    content = workbook.made(attacked)
    book = opened(content)
    for place, slide in enumerate(attacked.slides, start=1):
        assert book[sheets.sheet_name(f"{place} {slide.key}")][0][0] == written.legible(slide.title)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            assert b"<f>" not in part and b"hyperlink" not in part and b"External" not in part


def test_sheets_of_the_same_name_and_forbidden_names_are_told_apart():
    rows = {"[a]:*?/\\": pd.DataFrame()}
    slides = tuple(Slide("k" * 40, title, rows=rows) for title in ("one", "two"))
    names = list(opened(workbook.made(briefings.briefing(slides))))
    assert len(names) == len({name.lower() for name in names}) == 5
    assert sheets.sheet_name("[a]:*?/\\'") == "-a------"
