"""A briefing as one HTML file: no request to anywhere, keys to walk it, a slide a page on paper.

Charts are still SVG rather than Plotly: a file of a few hundred kilobytes instead of five
megabytes, no script that could fail, fetch or share, and nothing that is redrawn, and so clipped,
when it is printed. Every size hangs on the width of the slide, so screen and paper look the same.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from dashboard import formats
from dashboard.steering import drawing, fitting, written
from dashboard.steering.content import Briefing, Figure, Slide
from data.progress import Progress, quietly

HERE = Path(__file__).parent
WIDTH, HEIGHT = 10.6, 7.5
TITLE_SIZES, TITLE_MOST = (26, 24, 22, 20, 18, 16), 0.85
SAY_SIZES, SAYS_MOST = (15, 14, 13, 12, 11, 10), 1.2
NOTE_SIZES, NOTES_MOST = (8.0, 7.5, 7.0), 1.25
LARGE_SAYS = (18, 16, 14, 12, 10)
VALUES, LABELS = (54, 28, 20), (17, 11)
UNIT = 94
TILE, FOOT, GAP = 1.0, 0.3, 0.12
TILES = 6
NARROW = 4
SLACK = 0.88
SHORT = 12
IN_FULL = "More stands in the Excel pack."


def made(briefing: Briefing, progress: Progress = quietly) -> bytes:
    """The file, in UTF-8."""
    style, script = (HERE / "handout.css").read_text(), (HERE / "handout.js").read_text()
    style += "".join(f".{_size(size)}{{font-size:{size / 10:g}em}}" for size in _sizes())
    slides = (*briefing.slides, *briefing.appendix)
    parts = []
    for place, slide in enumerate(slides, start=1):
        progress(place / len(slides), f"Page {place} of {len(slides)}")
        parts.append(_slide(slide, place, len(slides), written.basis(briefing)))
    title = f"{written.legible(briefing.title)}, {formats.day(briefing.held_on)}"
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{_policy(style, script)}'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>{drawing.HATCH}"
        f"<main>{''.join(parts)}</main>{_NAVIGATION}<script>{script}</script></body></html>"
    )
    return text.encode("utf-8")


_NAVIGATION = (
    '<nav aria-label="Slides"><button id="back" aria-label="Slide before">‹</button>'
    '<output id="where"></output><button id="on" aria-label="Next slide">›</button></nav>'
)


def _sizes() -> list[float]:
    tables = fitting.TABLE_SIZES
    return sorted({*TITLE_SIZES, *SAY_SIZES, *NOTE_SIZES, *tables, *LARGE_SAYS, *VALUES, *LABELS})


def _policy(style: str, script: str) -> str:
    """Forbids every request, and every script and style but the two that are ours."""
    allowed = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return (
        '<meta http-equiv="Content-Security-Policy" content="default-src '
        f"'none'; {allowed}; base-uri 'none'; form-action 'none'\">"
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _slide(slide: Slide, place: int, total: int, basis: str) -> str:
    title = fitting.text((slide.title,), WIDTH / fitting.BOLD, TITLE_MOST, TITLE_SIZES)
    is_bare = not (slide.chart or slide.table)
    most, sizes = (3.5, LARGE_SAYS) if is_bare else (SAYS_MOST, SAY_SIZES)
    says = fitting.text(slide.says, WIDTH, most, sizes)
    notes = _notes(slide, (*title.cut, *says.cut))
    left = HEIGHT - title.height - says.height - notes.height / 2 - FOOT - 4 * GAP
    left -= TILE * -(-len(slide.figures) // TILES)
    parts = (
        f'<h2 class="{_size(title.size)}" dir="auto">{escape("".join(title.shown))}</h2>',
        _paragraphs(says, "says"),
        _figures(slide.figures, is_bare),
        _shows(slide, left * SLACK),
        _paragraphs(notes, "notes"),
        f"<footer><span>{escape(basis)}</span><span>{place} / {total}</span></footer>",
    )
    label = f"Slide {place} of {total}"
    return f'<section id="slide-{place}" aria-label="{label}">{"".join(parts)}</section>'


def _size(points: float) -> str:
    """The class of a size of letters, in tenths of a point on paper."""
    return f"p{round(points * 10)}"


def _notes(slide: Slide, cut: tuple[str, ...]) -> fitting.Text:
    """What a slide's notes say, in two columns of small print."""
    said = written.notes(slide, cut)
    fitted = fitting.text(said, WIDTH / 2 - 0.3, 2 * NOTES_MOST, NOTE_SIZES)
    if not fitted.cut:
        return fitted
    return fitting.text([IN_FULL, *said], WIDTH / 2 - 0.3, 2 * NOTES_MOST, NOTE_SIZES)


def _paragraphs(text: fitting.Text, kind: str) -> str:
    if not text.shown:
        return ""
    said = "".join(f'<p dir="auto">{escape(each)}</p>' for each in text.shown)
    return f'<div class="{kind}"><div class="{_size(text.size)}">{said}</div></div>'


def _figures(figures: Sequence[Figure], is_large: bool) -> str:
    tiles = "".join(_tile(figure, is_large) for figure in figures)
    return f'<div class="figures">{tiles}</div>' if tiles else ""


def _tile(figure: Figure, is_large: bool) -> str:
    label, value, moved = written.figure(figure)
    size = VALUES[2] if len(value) > 10 else VALUES[0] if is_large else VALUES[1]
    small = _size(LABELS[0] if is_large else LABELS[1])
    tone = "" if value == formats.NOT_DEFINED else " known"
    change = f'<p class="{small} moved {written.effect(figure)}">{escape(moved)}</p>' * bool(moved)
    return (
        f'<div data-name="{escape(figure.name)}"><p class="{_size(size)} value{tone}">'
        f'{escape(value)}</p><p class="{small} label">{escape(label)}</p>{change}</div>'
    )


def _shows(slide: Slide, height: float) -> str:
    """The chart and the table, side by side where the table is narrow."""
    chart = slide.chart if slide.chart and slide.chart.categories else None
    table = slide.table if slide.table is not None and len(slide.table.rows) else None
    is_beside = bool(chart and table and len(table.labels) <= NARROW)
    parts, room = [], height
    if table:
        room = height * 0.55 if chart and not is_beside else height
        grid = fitting.grid(table, WIDTH * (0.43 if is_beside else 1), room)
        parts.append(_table(grid))
        room = height if is_beside else height - sum(grid.heights) - GAP
    if chart:
        wide = WIDTH * (0.54 if is_beside else 1) * UNIT
        picture = drawing.svg(chart, wide, max(room * UNIT, 150))
        parts.insert(0, f'<figure class="chart">{picture}</figure>')
    return f'<div class="shows{" beside" if is_beside else ""}">{"".join(parts)}</div>'


def _table(grid: fitting.Grid) -> str:
    whole = sum(grid.widths)
    columns = "".join(f'<col width="{width / whole:.2%}">' for width in grid.widths)
    head = _row(grid.head, grid, "th")
    rows = "".join(_row(row, grid, "td") for row in grid.rows)
    left_out = f'<p class="{_size(10)} label">{escape(grid.says())}</p>' if grid.left_out else ""
    return (
        f'<div class="table"><table class="{_size(grid.size)}"><colgroup>{columns}</colgroup>'
        f"<thead>{head}</thead><tbody>{rows}</tbody></table>{left_out}</div>"
    )


def _row(cells: Iterable[str], grid: fitting.Grid, kind: str) -> str:
    drawn = (
        f'<{kind} class="{"number" if is_number else ""}{" short" if len(cell) <= SHORT else ""}" '
        f'dir="auto">{_breakable(cell)}</{kind}>'
        for cell, is_number in zip(cells, grid.is_number, strict=True)
    )
    return f"<tr>{''.join(drawn)}</tr>"


def _breakable(text: str) -> str:
    """Text that may break inside of words no column could hold."""
    parts = re.sub(r"(\S{12})(?=\S{4})", r"\1\0", text).split("\0")
    return "<wbr>".join(map(escape, parts))
