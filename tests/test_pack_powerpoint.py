"""The PowerPoint of a meeting says the same as the briefing, can be edited, and runs nothing."""

import io
import random
import re
import zipfile
from pathlib import Path

import briefings
import pandas as pd
import pytest
from briefings import HOSTILE
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.util import Inches
from python_calamine import CalamineWorkbook

from dashboard import formats, terms
from dashboard.steering import deck, native, powerpoint, written
from dashboard.steering.content import Briefing, Chart, Figure, Series, Slide


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return briefings.every_kind()


def opened(content: bytes):
    return Presentation(io.BytesIO(content))


def shape(page, name: str):
    [found] = [each for each in page.shapes if each.name == name]
    return found


def charts(page) -> list:
    return [each.chart for each in page.shapes if each.has_chart]


def tables(page) -> list[list[list[str]]]:
    frames = [each.table for each in page.shapes if each.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in frames]


def values(chart) -> dict[str, list[float | None]]:
    return {each.name: list(each.values) for plot in chart.plots for each in plot.series}


def unstacked(parts: dict[str, list[float | None]]) -> list[float | None]:
    """The values a waterfall was made of, from its stacked parts."""
    reached, found = 0.0, []
    for place in range(len(parts["Base"])):
        part = {name: each[place] for name, each in parts.items() if each[place] is not None}
        lengths = [part.get(name) for name in ("Up", "Down", "Total") if name in part]
        if not lengths:
            found.append(None)
            continue
        edges = (part.get("Below zero", part.get("Base", 0.0)), part.get("Base", 0.0) + lengths[0])
        low, high = min(edges), max(edges)
        end = (sum(edges) if 0 in edges else None) if "Total" in part else high
        end = low if "Down" in part else end
        found.append(end if "Total" in part else end - reached)
        reached = end
    return found


def assert_same_chart(drawn, chart: Chart) -> None:
    if chart.kind == "waterfall":
        assert unstacked(values(drawn)) == pytest.approx(list(chart.series[0].values))
    else:
        wanted = {native.name(each.name): list(each.values) for each in chart.series}
        assert values(drawn) == wanted
    assert list(drawn.plots[0].categories) == [native.name(each) for each in chart.categories]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(drawn.part.chart_workbook.xlsx_part.blob))
    rows = sheet.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [native.name(each) for each in chart.categories]
    for place, each in enumerate(rows[0][1:], start=1):
        inside = [None if row[place] == "" else row[place] for row in rows[1:]]
        assert inside == pytest.approx(values(drawn)[each])


def said(figure: Figure) -> str:
    now = formats.value(figure.name, figure.value)
    return "\n".join([now, terms.TERMS[figure.name].label])


def assert_same(page, slide: Slide) -> None:
    """Everything a slide of the briefing shows stands on the page, number by number."""
    assert page.shapes.title.text_frame.text == written.legible(slide.title)
    for figure in slide.figures:
        text = shape(page, f"figure {figure.name}").text_frame.text
        assert text.startswith(said(figure))
        moved = formats.change(figure.name, figure.value, figure.before)
        assert moved in (None, "0") or f"\n{moved}" in text
    if slide.chart and slide.chart.categories:
        assert_same_chart(charts(page)[0], slide.chart)
    if slide.table is not None and len(slide.table.rows):
        assert_same_table(tables(page)[0], slide)
    for note in slide.notes:
        assert written.legible(note) in page.notes_slide.notes_text_frame.text


def assert_same_table(cells: list[list[str]], slide: Slide) -> None:
    names = list(slide.table.labels)
    assert cells[0] == list(slide.table.labels.values())
    assert len(cells) - 1 == len(slide.table.rows) or slide.key == "long"
    for shown, row in zip(cells[1:], slide.table.rows[names].to_dict("records"), strict=False):
        for text, name in zip(shown, names, strict=True):
            number = row[name]
            if formats.is_known(number) and name.endswith(("_amount", "_share", "_days")):
                assert text == formats.value(name, number)
            elif formats.is_known(number) and name.endswith("_on"):
                assert text == formats.day(pd.Timestamp(number))
            elif isinstance(number, str):
                assert text == number


def test_every_number_of_the_briefing_stands_in_the_deck(briefing):
    content, says = powerpoint.made(briefing)
    pages = list(opened(content).slides)
    assert not says
    assert len(pages) == len(briefing.slides) + len(briefing.appendix)
    for page, slide in zip(pages, (*briefing.slides, *briefing.appendix), strict=True):
        assert_same(page, slide)


def test_a_table_too_long_for_a_slide_says_how_many_rows_it_shows(briefing):
    [page] = [
        page
        for page in opened(powerpoint.made(briefing)[0]).slides
        if page.shapes.title.text_frame.text.startswith("Sixty rows")
    ]
    shown = len(tables(page)[0]) - 1
    assert 10 < shown < 60
    assert shape(page, "left out").text_frame.text.startswith(f"{shown} of 60 rows;")


def test_the_deck_is_wide_numbered_dated_and_names_no_machine(briefing):
    made = opened(powerpoint.made(briefing)[0])
    assert (made.slide_width, made.slide_height) == (Inches(13.333), Inches(7.5))
    assert made.core_properties.title == "October steering, 5 Nov 2026"
    assert made.core_properties.author == made.core_properties.last_modified_by == "Execution Gap"
    for page in made.slides:
        texts = [each.text_frame.text for each in page.shapes if each.has_text_frame]
        assert "October steering · All units, as of 31 Oct 2026" in texts
        assert page.shapes._spTree.findall(".//{*}fld[@type='slidenum']")


def test_every_shape_of_a_slide_has_a_number_of_its_own(briefing, tmp_path):
    for own in (deck.opened(""), deck.opened(str(template(tmp_path, ())))):
        for page in opened(powerpoint.made(briefing, own)[0]).slides:
            numbers = [each.shape_id for each in page.shapes]
            assert len(numbers) == len(set(numbers))


AMOUNTS = st.lists(
    st.one_of(st.none(), st.integers(-1000, 1000).map(float)), min_size=1, max_size=8
)


@given(AMOUNTS, st.lists(st.booleans(), min_size=8, max_size=8))
def test_the_parts_of_a_waterfall_give_back_its_values(amounts, are_totals):
    effects = tuple("total" if is_total else "" for is_total in are_totals[: len(amounts)])
    series = Series("rNPV", tuple(amounts), effects=effects)
    chart = Chart("waterfall", tuple("abcdefgh"[: len(amounts)]), (series,), "amount")
    parts = {each.name: list(each.values) for each in native.waterfall_series(chart)}
    assert unstacked(parts) == pytest.approx(amounts)


def test_charts_have_the_textures_of_what_is_planned_and_forecast_and_say_themselves(briefing):
    [page] = [
        page
        for page in opened(powerpoint.made(briefing)[0]).slides
        if page.shapes.title.text_frame.text.startswith("Retail overspent")
    ]
    chart = charts(page)[0]
    fills = {each.name: each.format.fill.type for each in chart.plots[0].series}
    assert [int(fill) for fill in fills.values()] == [1, 5, 2]
    assert [each.name for each in chart.plots[1].series] == ["Mean"]
    descr = shape(page, "chart money")._element.nvGraphicFramePr.cNvPr.get("descr")
    assert "Spent: Claims €820k; Retail €1.2M; Logistics not defined" in descr


def test_numbers_in_charts_are_written_in_their_unit(briefing):
    pages = list(opened(powerpoint.made(briefing)[0]).slides)
    codes = {
        code.text
        for page in pages
        for chart in charts(page)
        for code in chart._chartSpace.iter("{*}formatCode")
    }
    assert '"+""€"#,##0.0,,"M";"+""€"#,##0.0,,"M";"€"#,##0.0,,"M"' in codes
    assert "0\xa0%;-0\xa0%" in codes


@pytest.fixture(scope="module")
def attacked() -> bytes:
    return powerpoint.made(briefings.hostile_briefing())[0]


def parts(content: bytes) -> dict[str, bytes]:
    """Every file inside a file, those of workbooks inside it too."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    inner = [parts(each) for name, each in found.items() if name.endswith(".xlsx")]
    return found | {
        f"{place}/{name}": each for place, book in enumerate(inner) for name, each in book.items()
    }


def test_no_text_becomes_a_link_a_formula_or_a_request(attacked):
    for name, content in parts(attacked).items():
        assert name.endswith(".xlsx") or b'TargetMode="External"' not in content
        assert not re.search(rb"<f>|<hyperlink|hlinkClick", content), name


def test_hostile_texts_open_again_and_are_there_in_full(attacked):
    pages = list(opened(attacked).slides)
    assert len(pages) == len(HOSTILE)
    for page, text in zip(pages, HOSTILE, strict=True):
        everything = page.notes_slide.notes_text_frame.text + page.shapes.title.text_frame.text
        assert written.legible(text) in everything
        assert not re.search(r"[\x00-\x08\x0e-\x1f\ud800-\udfff]", everything)


def test_no_text_stands_outside_its_slide(attacked):
    made = opened(attacked)
    for page in made.slides:
        for each in page.shapes:
            assert each.left >= 0 and each.left + each.width <= made.slide_width
            assert each.top >= 0 and each.top + each.height <= made.slide_height


def template(folder: Path, keep: tuple[str, ...], rename: str = "") -> Path:
    """An organization's deck: 4:3, two slides of its own, only these layouts."""
    own = Presentation()
    for name in ("Title Slide", "Blank"):
        own.slides.add_slide(own.slide_layouts.get_by_name(name))
    own.slides[0].shapes.title.text = "Our own first slide"
    _keep(own, keep, rename)
    own.save(folder / "house.pptx")
    return folder / "house.pptx"


def _keep(own, keep: tuple[str, ...], rename: str) -> None:
    used = {slide.slide_layout.name for slide in own.slides}
    for layout in list(own.slide_layouts):
        if layout.name not in keep and layout.name not in used:
            own.slide_layouts.remove(layout)
    for layout in own.slide_layouts:
        if layout.name in keep and rename:
            layout._element.cSld.set("name", rename)
            layout._element.attrib.pop("type", None)


def test_the_organizations_deck_lends_its_layout_and_loses_its_slides(briefing, tmp_path):
    path = template(tmp_path, ("Title Only",), rename="Nur Titel")
    content, says = powerpoint.made(briefing, deck.opened(str(path)))
    made = opened(content)
    assert not says
    assert {slide.slide_layout.name for slide in made.slides} == {"Nur Titel"}
    assert made.slide_width == Inches(10)
    assert len(made.slides) == len(briefing.slides) + len(briefing.appendix)
    assert b"Our own first slide" not in b"".join(parts(content).values())
    for page, slide in zip(made.slides, briefing.slides, strict=False):
        assert_same(page, slide)


def test_a_template_without_the_layout_falls_back_and_says_so(briefing, tmp_path):
    path = template(tmp_path, ())
    content, says = powerpoint.made(briefing, deck.opened(str(path)))
    assert says == (
        "The deck template house.pptx has no title-only layout: its layout “Title Slide” is used "
        "instead."
    )
    for page, slide in zip(opened(content).slides, briefing.slides, strict=False):
        assert page.shapes.title.text_frame.text == slide.title
        assert len(page.placeholders) == 3


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"\x00" * 5000])
def test_an_unreadable_template_falls_back_and_says_so(briefing, tmp_path, content):
    (tmp_path / "bad.pptx").write_bytes(content)
    found = deck.opened(str(tmp_path / "bad.pptx"))
    assert found.says == (
        "The deck template bad.pptx is not a readable .pptx file: the plain one is used."
    )
    assert len(opened(powerpoint.made(briefing, found)[0]).slides)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_template_is_used_or_falls_back_but_never_fails(tmp_path, seed):
    path, rng = template(tmp_path, ("Title Only",)), random.Random(seed)
    content = bytearray(path.read_bytes())
    for _ in range(20):
        content[rng.randrange(len(content))] = rng.randrange(256)
    path.write_bytes(content)
    found = deck.opened(str(path))
    assert found.is_own or found.says
    assert opened(powerpoint.made(briefings.briefing(()), found)[0]).slide_width


def test_a_missing_template_falls_back_and_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv(deck.SETTING, str(tmp_path / "away.pptx"))
    assert deck.opened().says == (
        "The deck template away.pptx is not there, so the plain deck is used."
    )
    assert not deck.opened().is_own
