"""Tables that PowerPoint itself draws. Their rows are written as XML at once, as cells are many."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches

from dashboard.charts.theme import LIGHT
from dashboard.steering.deck import Box
from dashboard.steering.fitting import PAD, Grid, row_pad

PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's own style without any lines


def add(shapes, grid: Grid, place: Box):
    """Draw a table at the upper edge of a place, as tall as it needs; returns its frame."""
    tall = Inches(sum(grid.heights))
    frame = shapes.add_table(1, len(grid.head), place.left, place.top, place.width, tall)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"Table: {', '.join(grid.head)}")
    for column, width in zip(frame.table.columns, grid.widths, strict=True):
        column.width = Inches(width)
    drawn = frame._element.graphic.graphicData.tbl
    drawn.tblPr.bandRow = False
    drawn.tblPr.find("{*}tableStyleId").text = PLAIN
    drawn.remove(drawn.tr_lst[0])
    for texts, height in zip((grid.head, *grid.rows), grid.heights, strict=True):
        drawn.append(parse_xml(_row(texts, grid, height, is_head=texts is grid.head)))
    return frame


def _row(texts: Sequence[str], grid: Grid, height: float, is_head: bool) -> str:
    cells = "".join(
        _cell(text, grid.size, is_number, is_head)
        for text, is_number in zip(texts, grid.is_number, strict=True)
    )
    return f'<a:tr {nsdecls("a")} h="{Inches(height)}">{cells}</a:tr>'


def _cell(text: str, size: float, is_number: bool, is_head: bool) -> str:
    """A cell with a thin line below."""
    ink, line = (LIGHT.muted, LIGHT.grey) if is_head else (LIGHT.ink, LIGHT.line)
    return (
        f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{"r" if is_number else "l"}"/>'
        f'<a:r><a:rPr lang="en-US" sz="{round(size * 100)}" b="{int(is_head)}">{_fill(ink)}</a:rPr>'
        f"<a:t>{escape(text)}</a:t></a:r></a:p></a:txBody>"
        f'<a:tcPr {_margins(size)}><a:lnB w="{12700 if is_head else 6350}">{_fill(line)}</a:lnB>'
        "</a:tcPr></a:tc>"
    )


def _margins(size: float) -> str:
    side, above = Inches(PAD), Inches(row_pad(size) / 2)
    return f'marL="{side}" marR="{side}" marT="{above}" marB="{above}" anchor="ctr"'


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>'
