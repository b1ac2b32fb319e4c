"""Charts that PowerPoint itself draws: editable, each with its numbers in a workbook of its own."""

from contextlib import contextmanager

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from dashboard import formats
from dashboard.charts.theme import LIGHT
from dashboard.steering import waterfall, written
from dashboard.steering.colours import EFFECTS, SHADES, rgb
from dashboard.steering.content import Chart, Series
from dashboard.steering.fitting import cut_to, ems
from data.workbooks import PLAIN

TYPES = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "waterfall": XL_CHART_TYPE.COLUMN_STACKED,
}
LONGEST = 40
MOST_LABELS = 30
FEW = 16
MOST_NAMES = 12
LOW = Inches(2.4)
THIN = 0.09
_ABOVE = (
    f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="0"/><c:y val="-0.05"/></c:manualLayout>'
    "</c:layout>"
)
WHITE = RGBColor(255, 255, 255)
BASE, UP, DOWN, TOTAL, BELOW = "Base", "Up", "Down", "Total", "Below zero"


class _SafeWriter(CategoryWorkbookWriter):
    """Writes a chart's workbook without making formulas or links of its texts."""

    @contextmanager
    def _open_worksheet(self, xlsx_file):
        with xlsxwriter.Workbook(xlsx_file, {"in_memory": True, **PLAIN}) as book:
            yield book, book.add_worksheet()


class _Data(CategoryChartData):
    @property
    def _workbook_writer(self):
        return _SafeWriter(self)


def name(text: str) -> str:
    """A name as it stands in a chart: legible, never empty, and short enough.

    >>> name(""), name("An initiative with a name longer than any axis can bear")
    ('–', 'An initiative with a name longer than a…')
    """
    said = written.legible(text).strip() or written.NOTHING
    return cut_to(said, LONGEST)


def cut_names(chart: Chart) -> list[str]:
    """The names of a chart that had to be cut."""
    names = (*chart.categories, *(series.name for series in chart.series), chart.axis)
    return [each for each in names if each and ems(written.legible(each).strip()) > LONGEST]


def add(shapes, chart: Chart, place: tuple[int, int, int, int]):
    """Draw a chart at a place (left, top, width, height) of a slide; returns its frame."""
    chart = written.finite(chart)
    drawn = waterfall_series(chart) if chart.kind == "waterfall" else chart.series
    data = _Data()
    data.categories = [name(each) for each in chart.categories]
    for series in drawn:
        form = _format(chart, series)
        data.add_series(name(series.name), series.values, number_format=form)
    frame = shapes.add_chart(TYPES[chart.kind], *place, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", written.describes(chart))
    _dress(frame.chart, chart, drawn, is_low=place[3] < LOW)
    return frame


def waterfall_series(chart: Chart) -> tuple[Series, ...]:
    """A waterfall as stacked columns: an unseen base, what rises, what falls, and totals.

    A bar that crosses zero has the part below it in a series of its own.
    """
    [series] = chart.series
    stacks = [_stacks(bar) for bar in waterfall.bars(series)]
    parts = [BASE, UP, DOWN, TOTAL] + [BELOW] * any(BELOW in stack for stack in stacks)
    return tuple(
        Series(part, tuple(stack.get(part) for stack in stacks), effects=series.effects)
        for part in parts
    )


def _stacks(bar: waterfall.Bar | None) -> dict[str, float]:
    if bar is None:
        return {}
    kind = TOTAL if bar.effect == waterfall.TOTAL else UP if bar.value >= 0 else DOWN
    if bar.low >= 0:
        return {BASE: bar.low, kind: bar.high - bar.low}
    if bar.high <= 0:
        return {BASE: bar.high, kind: bar.low - bar.high}
    return {kind: bar.high, BELOW: bar.low}


def _format(chart: Chart, series: Series) -> str:
    every = [value for each in chart.series for value in each.values]
    signs = {UP: "+", DOWN: "-"}.get(series.name, "") if chart.kind == "waterfall" else ""
    return written.office(f"_{chart.unit}", every, signs)


def _dress(drawn, chart: Chart, series: tuple[Series, ...], is_low: bool) -> None:
    drawn.font.size, drawn.font.color.rgb = Pt(12), rgb(LIGHT.ink)
    drawn.has_title = bool(chart.axis)
    if chart.axis:
        _title(drawn, name(chart.axis))
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.RIGHT if is_low else XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
    are_labelled = chart.kind != "line" and len(chart.categories) * len(chart.series) <= MOST_LABELS
    _axes(drawn, chart, are_labelled)
    plot = drawn.plots[0]
    plot.vary_by_categories = False
    if chart.kind == "waterfall":
        plot.gap_width, plot.overlap = 40, 100
        _dress_waterfall(plot, chart, series)
        return
    if chart.kind != "line":
        plot.gap_width, plot.overlap = 55, 100 if _is_measured(chart) else 0
    size = 12 if len(chart.categories) * len(series) <= FEW else 10
    for mark, each, colour in zip(plot.series, series, shades(series), strict=True):
        (_line if chart.kind == "line" else _fill_series)(mark, each, colour)
        if are_labelled and not (each.texture == "rate" and chart.kind == "column"):
            _labels(mark.data_labels, size)
            mark.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    if chart.kind == "line":
        _label_ends(plot, series)
    if chart.kind == "column":
        _rates_as_lines(drawn, series)


def _is_measured(chart: Chart) -> bool:
    """Whether bars lie behind the outline of a benchmark, as there is but one kind of them."""
    are_rates = [each.texture == "rate" for each in chart.series]
    return chart.kind == "bar" and any(are_rates) and are_rates.count(False) == 1


def shades(series: tuple[Series, ...]) -> list[str]:
    """A colour per series: what is planned and forecast shares that of what is."""
    found, place = [], -1
    for each in series:
        place += each.texture == "actual"
        greys = {"rate": LIGHT.muted, "before": LIGHT.grey}
        found.append(greys.get(each.texture) or SHADES[max(place, 0) % len(SHADES)])
    return found


def _title(drawn, says: str) -> None:
    drawn.chart_title.include_in_layout = False
    drawn.chart_title.text_frame.text = says
    letters = drawn.chart_title.text_frame.paragraphs[0].runs[0].font
    letters.size, letters.bold, letters.color.rgb = Pt(12), False, rgb(LIGHT.muted)


def _axes(drawn, chart: Chart, are_labelled: bool) -> None:
    names, values = drawn.category_axis, drawn.value_axis
    names.format.line.color.rgb = rgb(LIGHT.grey)
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.has_major_gridlines = False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if chart.kind == "bar":
        names.reverse_order = True
    elif len(chart.categories) > MOST_NAMES:
        skip = -(-len(chart.categories) // MOST_NAMES)
        xml = f'<c:tickLblSkip {nsdecls("c")} val="{skip}"/>'
        names._element.find(qn("c:noMultiLvlLbl")).addprevious(parse_xml(xml))
    values.visible = not are_labelled
    values.has_major_gridlines = not are_labelled
    if not are_labelled:
        values.format.line.fill.background()
        values.major_gridlines.format.line.color.rgb = rgb(LIGHT.line)
        values.major_tick_mark = XL_TICK_MARK.NONE
        values.tick_labels.number_format = _format(chart, chart.series[0])
        values.tick_labels.number_format_is_linked = False
        values.tick_labels.font.color.rgb = rgb(LIGHT.muted)


def _labels(labels, size: float = 12) -> None:
    labels.show_value = True
    labels.number_format_is_linked = True
    labels.font.size, labels.font.color.rgb = Pt(size), rgb(LIGHT.ink)


def _fill_series(mark, series: Series, colour: str) -> None:
    mark.invert_if_negative = False
    _texture(mark.format, series.texture, colour)
    for place, effect in enumerate(series.effects):
        if series.values[place] is not None:
            _texture(_point(mark, place).format, series.texture, EFFECTS[effect])


def _point(mark, place: int):
    """One mark of a series; a negative one keeps its colour, which PowerPoint would invert."""
    point = mark.points[place]
    drawn = point._ser.get_or_add_dPt_for_point(place)
    if drawn.find(qn("c:invertIfNegative")) is None:
        inverts = parse_xml(f'<c:invertIfNegative {nsdecls("c")} val="0"/>')
        drawn.find(qn("c:idx")).addnext(inverts)
    return point


def _texture(form, texture: str, colour: str) -> None:
    """IBCS: what is, solid; what is planned, outlined; what is forecast, hatched."""
    if texture in ("plan", "rate"):
        form.fill.background()
    elif texture == "forecast":
        form.fill.patterned()
        form.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        form.fill.fore_color.rgb, form.fill.back_color.rgb = rgb(colour), WHITE
    else:
        form.fill.solid()
        form.fill.fore_color.rgb = rgb(colour)
    if texture not in ("actual", "before"):
        form.line.color.rgb, form.line.width = rgb(colour), Pt(1.5)


def _line(mark, series: Series, colour: str) -> None:
    mark.smooth = False
    mark.format.line.color.rgb = rgb(colour)
    mark.format.line.width = Pt(1.25 if series.texture == "rate" else 2.5)
    dashes = {"plan": MSO_LINE.ROUND_DOT, "forecast": MSO_LINE.DASH}
    if series.texture in dashes:
        mark.format.line.dash_style = dashes[series.texture]
    _no_marker(mark._element)


def _no_marker(series) -> None:
    for marker in series.findall(qn("c:marker")):
        series.remove(marker)
    none = parse_xml(f'<c:marker {nsdecls("c")}><c:symbol val="none"/></c:marker>')
    series.find(qn("c:spPr")).addnext(none)


def _label_ends(plot, series: tuple[Series, ...]) -> None:
    """The last value of every line, written beside it."""
    for mark, each in zip(plot.series, series, strict=True):
        known = [place for place, value in enumerate(each.values) if value is not None]
        if known and each.texture in ("actual", "forecast"):
            label = mark.points[known[-1]].data_label
            label.font.size, label.font.bold = Pt(12), True
            label.font.color.rgb = rgb(LIGHT.ink)
            is_actual = each.texture == "actual"
            label.position = XL_LABEL_POSITION.BELOW if is_actual else XL_LABEL_POSITION.ABOVE


def _dress_waterfall(plot, chart: Chart, series: tuple[Series, ...]) -> None:
    """Colours by effect, the base unseen, labels white inside bars and dark on thin ones."""
    found = waterfall.bars(chart.series[0])
    thin = waterfall.span(found) * THIN
    for mark, each in zip(plot.series, series, strict=True):
        mark.invert_if_negative = False
        if each.name == BASE:
            mark.format.fill.background()
            continue
        if each.name != BELOW:
            _labels(mark.data_labels)
            mark.data_labels.position = XL_LABEL_POSITION.CENTER
        for place, bar in enumerate(found):
            if bar and each.values[place] is not None:
                _texture(_point(mark, place).format, "actual", EFFECTS[bar.effect])
                if each.name != BELOW:
                    _label_bar(mark.points[place].data_label, bar, thin, chart.unit)


def _label_bar(label, bar: waterfall.Bar, thin: float, unit: str) -> None:
    if bar.low < 0 < bar.high:
        sign = "" if bar.effect == waterfall.TOTAL or bar.value < 0 else "+"
        label.text_frame.text = sign + formats.value(f"_{unit}", bar.value)
        letters = label.text_frame.paragraphs[0].runs[0].font
    else:
        letters = label.font
    letters.size, letters.bold = Pt(12), True
    is_thin = bar.high - bar.low < thin
    letters.color.rgb = rgb(LIGHT.ink) if is_thin else WHITE
    if is_thin:
        label._dLbl.find(qn("c:idx")).addnext(parse_xml(_ABOVE))


def _rates_as_lines(drawn, series: tuple[Series, ...]) -> None:
    """Benchmarks across columns as thin lines: their series move to a line chart, same axes."""
    rates = [place for place, each in enumerate(series) if each.texture == "rate"]
    columns = drawn._chartSpace.find(f".//{qn('c:barChart')}")
    if not rates or len(rates) == len(series):
        return
    marks = [each for each in columns.findall(qn("c:ser")) if each.idx.val in rates]
    axes = "".join(f'<c:axId val="{each.get("val")}"/>' for each in columns.findall(qn("c:axId")))
    lines = parse_xml(
        f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'<c:marker val="1"/>{axes}</c:lineChart>'
    )
    columns.addnext(lines)
    for mark in marks:
        for inverted in mark.findall(qn("c:invertIfNegative")):
            mark.remove(inverted)
        lines.find(qn("c:marker")).addprevious(mark)
        mark.append(parse_xml(f'<c:smooth {nsdecls("c")} val="0"/>'))
    for mark in drawn.plots[1].series:
        _line(mark, Series("", (), "rate"), LIGHT.muted)
