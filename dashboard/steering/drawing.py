"""Charts as SVG: still pictures that need no script, and print as sharp as letters.

Colours come from classes, so that one picture serves light, dark and paper. Lengths are in the
picture's own units; letters are about fifteen of them high.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from dashboard import formats
from dashboard.charts import theme
from dashboard.steering import waterfall, written
from dashboard.steering.content import Chart, Series
from dashboard.steering.fitting import cut_to, ems

LETTER = 8.8
LINE = 18.0
MOST_NAMES, NAME = 14, 55.0
EFFECTS = {"good": "good", "bad": "bad", "total": "total", "": "neutral"}
HATCH = (
    '<svg width="0" height="0" class="defs" aria-hidden="true"><defs><pattern id="hatch" width="7" '
    'height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line class="hatching" x1="0" y1="0" x2="0" y2="7"/></pattern></defs></svg>'
)


@dataclass(frozen=True)
class _Plot:
    """A chart in a picture so wide and tall, drawn below `top`."""

    chart: Chart
    wide: float
    tall: float
    top: float

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The lowest and highest value to be drawn, zero among them; never the same."""
        if self.chart.kind == "waterfall":
            stands = [bar for bar in waterfall.bars(self.chart.series[0]) if bar]
            values = [edge for bar in stands for edge in (bar.low, bar.high)]
        else:
            values = [each for series in self.chart.series for each in series.values]
        known = [value for value in values if value is not None]
        low, high = min([0.0, *known]), max([0.0, *known])
        return low, high if high > low else low + 1.0

    @cached_property
    def looks(self) -> list[str]:
        """The classes of each series: its texture, and which of those that are it is."""
        found, place = [], -1
        for each in self.chart.series:
            place += each.texture == "actual"
            found.append(f"{each.texture} s{max(place, 0) % 4}")
        return found

    @property
    def step(self) -> float:
        """The width of a category that stands."""
        return self.wide / max(1, len(self.chart.categories))

    @property
    def bottom(self) -> float:
        """Where the names of categories begin."""
        return self.tall - 2 * LINE - 4

    def y(self, value: float) -> float:
        """How high a value stands."""
        low, high = self.ends
        top = self.top + (8 if self.chart.kind == "line" else 18)
        return self.bottom - (value - low) * (self.bottom - top) / (high - low)

    def marks(self, place: int) -> list[tuple[Series, float, str]]:
        """What is drawn of a category: series, value and look; benchmarks last."""
        pairs = zip(self.chart.series, self.looks, strict=True)
        found = [
            (series, series.values[place], _look(series, look, place))
            for series, look in pairs
            if series.values[place] is not None
        ]
        return sorted(found, key=lambda mark: mark[0].texture == "rate")

    def value(self, value: float) -> str:
        """A value in the chart's unit."""
        return formats.value(f"_{self.chart.unit}", value)

    def says(self, series: Series, place: int) -> str:
        """A mark in words."""
        name = ", ".join(filter(None, (self.chart.categories[place], series.name)))
        return f"{written.legible(name)}: {self.value(series.values[place])}"


def svg(chart: Chart, wide: float, tall: float) -> str:
    """A chart as an SVG element of these proportions, with a word for every mark.

    It grows taller where there are more bars than would be legible.
    """
    top = 34.0 if chart.axis or len(chart.series) > 1 else 12.0
    if chart.kind == "bar":
        tall = max(tall, top + 24.0 * len(chart.categories))
    plot = _Plot(written.finite(chart), wide, tall, top)
    draw = {"bar": _bars, "column": _columns, "line": _lines, "waterfall": _waterfall}[chart.kind]
    body = "".join((*_head(plot), *draw(plot)))
    return (
        f'<svg viewBox="0 0 {wide:.0f} {tall:.0f}" preserveAspectRatio="xMinYMin" role="img" '
        f'aria-label="{escape(written.describes(chart))}">{body}</svg>'
    )


def _head(plot: _Plot) -> Iterator[str]:
    """The unit of the axis, and a swatch and name per series where there are several."""
    x, chart = 0.0, plot.chart
    if chart.axis:
        said = cut_to(written.legible(chart.axis), int(plot.wide / LETTER * 0.4))
        yield _text(x, 16, said, "muted", "start", chart.axis)
        x += ems(said) * LETTER + 30
    if len(chart.series) < 2:
        return
    names = [written.legible(series.name) for series in chart.series]
    room = int((plot.wide - x) / LETTER) - 5 * len(names)
    most = 200 if sum(map(ems, names)) <= room else max(4, room // len(names))
    for series, look, name in zip(chart.series, plot.looks, names, strict=True):
        said = cut_to(name, most)
        is_line = chart.kind == "line" or series.texture == "rate"
        yield _line(x, 11, x + 18, 11, look) if is_line else _rect(x, 4, 18, 13, look)
        yield _text(x + 24, 16, said, "ink", "start", series.name)
        x += 24 + ems(said) * LETTER + 20


def _look(series: Series, look: str, place: int) -> str:
    return f"{look} {EFFECTS[series.effects[place]]}" if series.effects else look


def _bars(plot: _Plot) -> Iterator[str]:
    """Lying bars below one another, a benchmark as an upright line across its row."""
    chart, (low, high) = plot.chart, plot.ends
    most = int(plot.wide * 0.36 / LETTER)
    names = [_name(name, most) for name in chart.categories]
    left = max(map(ems, names)) * LETTER + 14
    unit = (plot.wide - left - (180 if low < 0 else 90)) / (high - low)
    zero = left + (90 if low < 0 else 0) - low * unit
    row = (plot.tall - plot.top) / len(names)
    solid = sum(series.texture != "rate" for series in chart.series)
    for place, name in enumerate(names):
        y = plot.top + place * row
        yield _text(left - 10, y + row / 2 + 5, name, "ink", "end", chart.categories[place])
        for series, value, look in plot.marks(place):
            says = plot.says(series, place)
            end = zero + value * unit
            if series.texture == "rate":
                yield _line(end, y + 2, end, y + row - 2, look, says)
                yield _text(end + 6, y + 13, plot.value(value), "muted small", "start")
                continue
            number = [each for each in chart.series if each.texture != "rate"].index(series)
            thick = row * 0.7 / solid
            upper = y + row * 0.15 + number * thick
            yield _rect(min(zero, end), upper, abs(end - zero), thick * 0.92, look, says)
            yield _bar_label(plot, value, end, upper + thick / 2, thick)
    yield _line(zero, plot.top, zero, plot.tall, "axis")


def _bar_label(plot: _Plot, value: float, end: float, middle: float, thick: float) -> str:
    x, anchor = (end - 6, "end") if value < 0 else (end + 6, "start")
    size = "ink small" if thick < 16 else "ink"
    return _text(x, middle + 5, plot.value(value), size, anchor)


def _columns(plot: _Plot) -> Iterator[str]:
    """Standing bars, a benchmark as a line across its column."""
    solid = [each for each in plot.chart.series if each.texture != "rate"]
    thick = plot.step * 0.7 / max(1, len(solid))
    for place, name in enumerate(plot.chart.categories):
        left = place * plot.step
        for series, value, look in plot.marks(place):
            says, y = plot.says(series, place), plot.y(value)
            if series.texture == "rate":
                yield _line(left + plot.step * 0.05, y, left + plot.step * 0.95, y, look, says)
                continue
            x = left + plot.step * 0.15 + solid.index(series) * thick
            yield _rect(x, min(plot.y(0), y), thick * 0.92, abs(y - plot.y(0)), look, says)
            said = plot.value(value)
            size = "ink small" if ems(said) * LETTER > thick else "ink"
            yield _text(x + thick * 0.46, y - 5 if value >= 0 else y + 15, said, size, "middle")
        yield from _names(name, left + plot.step / 2, plot.bottom, plot.step)
    yield _line(0, plot.y(0), plot.wide, plot.y(0), "axis")


def _waterfall(plot: _Plot) -> Iterator[str]:
    """Steps from one total to the next, each beginning where the one before ended."""
    [series] = plot.chart.series
    before = None
    for place, bar in enumerate(waterfall.bars(series)):
        x, wide = (place + 0.15) * plot.step, plot.step * 0.7
        name = plot.chart.categories[place]
        yield from _names(name, x + wide / 2, plot.bottom, plot.step)
        if bar is None:
            continue
        upper, lower, start = plot.y(bar.high), plot.y(bar.low), plot.y(bar.start)
        look = f"actual {EFFECTS[bar.effect]}"
        yield _rect(x, upper, wide, lower - upper, look, plot.says(series, place))
        if before is not None:
            yield _line(before, start, x, start, "axis")
        sign = "+" if bar.value > 0 and bar.effect != waterfall.TOTAL else ""
        yield _text(x + wide / 2, upper - 6, sign + plot.value(bar.value), "ink strong", "middle")
        before = x + wide
    yield _line(0, plot.y(0), plot.wide, plot.y(0), "axis")


def _lines(plot: _Plot) -> Iterator[str]:
    """Lines over time, broken where there is no value, with a scale on the left."""
    chart, left, right = plot.chart, 76.0, plot.wide - 76.0
    step = (right - left) / max(1, len(chart.categories) - 1)
    for tick in theme.round_numbers(*plot.ends):
        yield _line(left, plot.y(tick), right, plot.y(tick), "grid")
        yield _text(left - 8, plot.y(tick) + 5, plot.value(tick), "muted", "end")
    for series, look in zip(chart.series, plot.looks, strict=True):
        marks = [
            (left + place * step, plot.y(value)) if value is not None else None
            for place, value in enumerate(series.values)
        ]
        yield from _strokes(marks, look)
        known = [place for place, mark in enumerate(marks) if mark]
        for place in known:
            yield _dot(*marks[place], plot.says(series, place))
        if known and series.texture != "plan":
            x, y = marks[known[-1]]
            yield _text(x + 8, y + 5, plot.value(series.values[known[-1]]), "ink", "start")
    every = math.ceil(len(chart.categories) / min(MOST_NAMES, max(1, (right - left) / NAME)))
    for place in range(0, len(chart.categories), every):
        width = min(step * every, 2 * left)
        yield from _names(chart.categories[place], left + place * step, plot.bottom, width)


def _strokes(marks: Sequence[tuple[float, float] | None], look: str) -> Iterator[str]:
    stroke: list[str] = []
    for mark in (*marks, None):
        if mark:
            stroke.append(f"{mark[0]:.1f},{mark[1]:.1f}")
        elif stroke:
            yield f'<polyline class="line {look}" points="{" ".join(stroke)}"/>'
            stroke = []


def _names(name: str, x: float, bottom: float, width: float) -> Iterator[str]:
    """A category's name below its place, on two lines at most."""
    most, lines = max(3, int(width / LETTER)), [""]
    for word in _name(name, 60).split():
        if lines[-1] and ems(f"{lines[-1]} {word}") > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    for place, line in enumerate(lines):
        yield _text(x, bottom + (place + 1) * LINE, cut_to(line, most), "ink", "middle", name)


def _name(name: str, most: int) -> str:
    return cut_to(written.legible(name).strip() or written.NOTHING, most)


def _text(x: float, y: float, says: str, look: str, anchor: str, whole: str = "") -> str:
    title = _titled(written.legible(whole)) if whole and written.legible(whole) != says else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" class="{look.strip()}" text-anchor="{anchor}">'
        f"{escape(says)}{title}</text>"
    )


def _rect(x: float, y: float, width: float, height: float, look: str, says: str = "") -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'class="{look}">{_titled(says)}</rect>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, look: str, says: str = "") -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="line {look}">'
        f"{_titled(says)}</line>"
    )


def _dot(x: float, y: float, says: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" class="dot">{_titled(says)}</circle>'


def _titled(says: str) -> str:
    return f"<title>{escape(says)}</title>" if says else ""
