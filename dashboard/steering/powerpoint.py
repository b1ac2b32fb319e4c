"""A briefing as a PowerPoint file: native charts and tables, the finding as title, notes below."""

import copy
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches, Pt

from dashboard import formats
from dashboard.charts.theme import LIGHT
from dashboard.steering import fitting, native, tabular, written
from dashboard.steering.colours import EFFECTS, rgb
from dashboard.steering.content import Briefing, Chart, Figure, Slide, Table
from dashboard.steering.deck import FEET, TITLES, Box, Deck, opened
from data.progress import Progress, quietly

TITLE_SIZES = (26, 24, 22, 20, 18)
SAY_SIZES = (18, 16, 14, 12)
SAYS_MOST = 1.5
GAP = Inches(0.12)
TILES = 5
TILE_HEIGHT = Inches(1.12)
VALUES, LABELS = (28, 24, 20, 16), (13, 12, 11, 10)
LARGE_VALUES, LARGE_LABELS = (60, 54, 48, 40, 32, 24, 18), (20, 18, 16, 14, 12)
DIGITS = 1.35
NARROW = 4


@dataclass
class _Page:
    """A slide on its way: the room left on it, and the texts that had to be cut."""

    slide: object
    room: Box
    cut: list[str] = field(default_factory=list)

    def take(self, height: int) -> Box:
        """The upper part of the room, which is then taken."""
        taken = Box(self.room.left, self.room.top, self.room.width, height)
        below = height + GAP
        self.room = Box(
            self.room.left, self.room.top + below, self.room.width, self.room.height - below
        )
        return taken


def made(
    briefing: Briefing, deck: Deck | None = None, progress: Progress = quietly
) -> tuple[bytes, str]:
    """The file, and a sentence on what the organization's template lacked ("" when nothing)."""
    deck = deck or opened()
    _count_parts(deck.presentation.part.package)
    slides = (*briefing.slides, *briefing.appendix)
    for place, slide in enumerate(slides):
        progress(place / max(1, len(slides)), f"Slide {place + 1} of {len(slides)}")
        _add(deck, slide, written.basis(briefing))
    _name(deck.presentation.core_properties, briefing)
    out = io.BytesIO()
    deck.presentation.save(out)
    progress(1.0, "The slides are made")
    return out.getvalue(), deck.says


def _count_parts(package) -> None:
    """Number new parts by counting: python-pptx looks through all parts for each new one."""
    numbers: dict[str, Iterator[int]] = {}
    taken = {str(part.partname) for part in package.iter_parts()}

    def next_partname(template: str) -> PackURI:
        counted = numbers.setdefault(template, count(1))
        return PackURI(next(name for name in map(template.__mod__, counted) if name not in taken))

    package.next_partname = next_partname


def _name(properties, briefing: Briefing) -> None:
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    properties.title = f"{written.legible(briefing.title)}, {formats.day(briefing.held_on)}"[:255]
    properties.subject = written.basis(briefing)[:255]
    properties.author = properties.last_modified_by = "Execution Gap"
    properties.comments = properties.keywords = properties.category = ""
    properties.revision = 1
    properties.created = properties.modified = properties.last_printed = now


def _add(deck: Deck, slide: Slide, basis: str) -> None:
    page = _Page(deck.presentation.slides.add_slide(deck.layout), deck.body)
    _title(page, deck, slide.title)
    _feet(page, deck, basis)
    _says(page, slide)
    _figures(page, slide)
    _shows(page, slide)
    notes = written.notes(slide, page.cut)
    page.slide.notes_slide.notes_text_frame.text = "\n".join([*notes, basis])


def _title(page: _Page, deck: Deck, says: str) -> None:
    place = deck.title
    fitted = fitting.text(
        (says,), (_inches(place.width) - 0.2) / fitting.BOLD, _inches(place.height), TITLE_SIZES
    )
    page.cut += fitted.cut
    holder = page.slide.shapes.title
    if holder is None:
        holder = page.slide.shapes.add_textbox(*vars(place).values())
        holder.text_frame.word_wrap = True
    else:
        _drop_empty(page.slide, holder)
        if holder.top != place.top:
            holder.left, holder.top, holder.width, holder.height = vars(place).values()
    holder.text_frame.text = fitted.shown[0] if fitted.shown else ""
    holder.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    holder.text_frame.paragraphs[0].font.size = Pt(fitted.size)


def _drop_empty(slide, title) -> None:
    """Placeholders of the layout for which there is nothing."""
    for each in list(slide.placeholders):
        if each.placeholder_format.type not in TITLES:
            each._element.getparent().remove(each._element)


def _feet(page: _Page, deck: Deck, basis: str) -> None:
    """The as-of line and the slide's number, in the layout's own places where it has them."""
    feet = {
        each.placeholder_format.type: each
        for each in deck.layout.placeholders
        if each.placeholder_format.type in FEET
    }
    footer = _foot(page, feet.get(PP_PLACEHOLDER.FOOTER), _foot_place(deck, is_left=True))
    width = _inches(footer.width or deck.body.width)
    fitted = fitting.text((basis,), width - 0.2, 0.32, (11, 10, 9, 8))
    page.cut += fitted.cut
    footer.text_frame.text = fitted.shown[0]
    footer.text_frame.paragraphs[0].font.size = Pt(fitted.size)
    number = _foot(page, feet.get(PP_PLACEHOLDER.SLIDE_NUMBER), _foot_place(deck, is_left=False))
    paragraph = number.text_frame.paragraphs[0]
    for each in list(paragraph._p):
        paragraph._p.remove(each)
    paragraph._p.append(
        parse_xml(
            f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" '
            'type="slidenum"><a:rPr lang="en-US" sz="1100"/><a:t>‹#›</a:t></a:fld>'
        )
    )
    paragraph.alignment = PP_ALIGN.RIGHT


def _foot(page: _Page, of_layout, place: Box):
    if of_layout is None:
        box = page.slide.shapes.add_textbox(*vars(place).values())
        box.text_frame.word_wrap = True
        return box
    drawn = copy.deepcopy(of_layout._element)
    drawn.nvSpPr.cNvPr.set("id", str(page.slide.shapes._next_shape_id))
    page.slide.shapes._spTree.append(drawn)
    return page.slide.shapes[-1]


def _foot_place(deck: Deck, is_left: bool) -> Box:
    width, height = deck.presentation.slide_width, deck.presentation.slide_height
    top, side = height - Inches(0.5), Inches(1.0)
    if is_left:
        return Box(deck.body.left, top, width - 2 * deck.body.left - side, Inches(0.32))
    return Box(width - deck.body.left - side, top, side, Inches(0.32))


def _says(page: _Page, slide: Slide) -> None:
    """The short sentences below the title; where nothing else is shown they have the slide."""
    if not slide.says:
        return
    is_alone = not (slide.figures or slide.chart or slide.table)
    most = _inches(page.room.height) if is_alone else SAYS_MOST
    fitted = fitting.text(slide.says, _inches(page.room.width) - 0.2, most, SAY_SIZES)
    page.cut += fitted.cut
    box = page.take(Inches(fitted.height + 0.1))
    frame = _textbox(page, box, "says")
    for place, says in enumerate(fitted.shown):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        _write(paragraph, says, fitted.size, LIGHT.ink)


def _figures(page: _Page, slide: Slide) -> None:
    """Figures side by side: the value large, its name below, its change with its sign."""
    is_alone = not (slide.chart or slide.table)
    for first in range(0, len(slide.figures), TILES):
        row = slide.figures[first : first + TILES]
        box = page.take(Inches(2.5) if is_alone else TILE_HEIGHT)
        width = box.width // max(len(row), 3)
        sizes = _tile_sizes(row, _inches(width) - 0.2, is_alone)
        for place, figure in enumerate(row):
            tile = Box(box.left + place * width, box.top, width, box.height)
            _tile(page, figure, tile, *sizes)


def _tile_sizes(row: Sequence[Figure], width: float, is_alone: bool) -> tuple[float, float]:
    """The sizes of values and of labels at which those of a whole row fit."""
    texts = [written.figure(figure) for figure in row]
    values, labels = (LARGE_VALUES, LARGE_LABELS) if is_alone else (VALUES, LABELS)
    numbers = [value for _, value, _ in texts if value != formats.NOT_DEFINED]
    return (
        min((_fits(each, width / DIGITS, values, 1) for each in numbers), default=values[-1]),
        min(_fits(each, width, labels, 2) for each, _, _ in texts),
    )


def _fits(text: str, width: float, sizes: Sequence[float], most: int) -> float:
    found = (size for size in sizes if fitting.lines(text, width, size) <= most)
    return next(found, sizes[-1])


def _tile(page: _Page, figure: Figure, place: Box, value_size: float, label_size: float) -> None:
    label, value, moved = written.figure(figure)
    frame = _textbox(page, place, f"figure {figure.name}")
    is_known = value != formats.NOT_DEFINED
    size = value_size if is_known else min(value_size, 16)
    _write(frame.paragraphs[0], value, size, LIGHT.accent if is_known else LIGHT.muted, True)
    short = fitting.cut(label, _inches(place.width) - 0.2, label_size, 2)
    page.cut += [label] * (short != label)
    _write(frame.add_paragraph(), short, label_size, LIGHT.muted)
    if moved:
        tone = EFFECTS[written.effect(figure)] if written.effect(figure) else LIGHT.muted
        _write(frame.add_paragraph(), moved, label_size - 1, tone, is_bold=True)


def _shows(page: _Page, slide: Slide) -> None:
    """The chart and the table in the room that is left, side by side where the table is narrow."""
    chart = slide.chart if slide.chart and slide.chart.categories else None
    table = slide.table if slide.table and len(slide.table.rows) else None
    places = _places(page.room, chart, table)
    if chart:
        frame = native.add(page.slide.shapes, chart, tuple(vars(places[0]).values()))
        frame.name = f"chart {slide.key}"
        page.cut += native.cut_names(chart)
    if table:
        _table(page, table, places[-1], slide.key)


def _places(room: Box, chart: Chart | None, table: Table | None) -> tuple[Box, ...]:
    if not (chart and table):
        return (room,)
    if len(table.labels) <= NARROW:
        left = int(room.width * 0.55)
        beside = Box(room.left + left + GAP, room.top, room.width - left - GAP, room.height)
        return Box(room.left, room.top, left, room.height), beside
    needed = sum(fitting.grid(table, _inches(room.width), _inches(room.height) * 0.55).heights)
    upper = room.height - GAP - min(Inches(needed + 0.05), int(room.height * 0.55))
    below = Box(room.left, room.top + upper + GAP, room.width, room.height - upper - GAP)
    return Box(room.left, room.top, room.width, upper), below


def _table(page: _Page, table: Table, place: Box, key: str) -> None:
    height = _inches(place.height)
    grid = fitting.grid(table, _inches(place.width), height)
    if grid.left_out:
        grid = fitting.grid(table, _inches(place.width), height - 0.3)
    page.cut += grid.cut
    tabular.add(page.slide.shapes, grid, place).name = f"table {key}"
    if grid.left_out:
        below = Box(place.left, place.top + Inches(height - 0.3), place.width, Inches(0.3))
        _write(_textbox(page, below, "left out").paragraphs[0], grid.says(), 11, LIGHT.muted)


def _textbox(page: _Page, place: Box, name: str):
    box = page.slide.shapes.add_textbox(*map(Emu, vars(place).values()))
    box.name = name
    box.text_frame.word_wrap = True
    return box.text_frame


def _write(paragraph, text: str, size: float, colour: str, is_bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), is_bold
    run.font.color.rgb = rgb(colour)


def _inches(length: int) -> float:
    return length / Inches(1)
