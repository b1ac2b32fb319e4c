"""A slide's chart on screen. IBCS: actual solid, before paler, plan outlined, forecast hatched."""

from collections.abc import Callable
from itertools import accumulate

import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts import theme
from dashboard.steering.content import Chart, Series

WIDTHS = {"actual": 0.5, "before": 0.78, "plan": 0.78, "forecast": 0.5}
ORDER = {"before": 0, "actual": 1, "forecast": 2, "plan": 3, "rate": 4}
SIZE, BIG = 14, 24
NAME = 16  # letters a line of a name beside a bar has
LETTER = 0.58  # how wide a letter is, of its size


def draw(chart: Chart, is_dark: bool, is_big: bool = False, height: int | None = None) -> go.Figure:
    """The chart in the board's look, without a title: the slide has that.

    With `is_big` its letters can be read from the back of a meeting room.
    """
    size = BIG if is_big else SIZE
    has_key = len(chart.series) > 1
    drawn = theme.figure(
        "",
        is_dark,
        height=height or _height(chart, size),
        showlegend=has_key,
        barmode="overlay",
        font={"size": size, "family": theme.FONT, "color": theme.palette(is_dark).ink},
        margin={"l": 8, "r": 16, "t": 2 * size if has_key else 8, "b": 8},
        hoverlabel={"font": {"size": size}},
    )
    drawn.update_xaxes(tickfont_size=size, title_font_size=size)
    drawn.update_yaxes(tickfont_size=size, title_font_size=size)
    _KINDS[chart.kind](drawn, chart, is_dark)
    return drawn


def _height(chart: Chart, size: int) -> int:
    lying = chart.kind in ("bar", "waterfall")
    return (5 + 3 * len(chart.categories)) * size if lying else 22 * size


def _bars(drawn: go.Figure, chart: Chart, is_dark: bool, lies: bool) -> None:
    names = _names(chart.categories, NAME if lies else 6)
    for series in sorted(chart.series, key=lambda each: ORDER[each.texture]):
        if series.texture == "rate":
            _rate(drawn, chart, series, names, is_dark, lies)
            continue
        written = [_written(chart, value) for value in series.values]
        along = {"x": series.values, "y": names} if lies else {"x": names, "y": series.values}
        drawn.add_bar(
            **along,
            orientation="h" if lies else "v",
            name=formats.chart_text(series.name),
            marker=_texture(series, is_dark),
            width=WIDTHS[series.texture],
            text=written if _has_room(chart, series, lies) else None,
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            constraintext="none",
            customdata=written,
            hovertemplate=_hover(series, lies),
        )
    _quiet(drawn, chart, lies)


def _has_room(chart: Chart, series: Series, lies: bool) -> bool:
    """Whether values can stand at the marks: of the actual ones, and only where few stand."""
    return series.texture == "actual" and (lies or len(chart.categories) <= 8)


def _rate(drawn, chart: Chart, series: Series, names, is_dark: bool, lies: bool) -> None:
    """A short thick line across the bar it is a benchmark of."""
    along = {"x": series.values, "y": names} if lies else {"x": names, "y": series.values}
    drawn.add_scatter(
        **along,
        mode="markers",
        name=formats.chart_text(series.name),
        marker={
            "symbol": "line-ns" if lies else "line-ew",
            "size": 36,
            "line": {"width": 4, "color": theme.palette(is_dark).ink},
        },
        customdata=[_written(chart, value) for value in series.values],
        hovertemplate=_hover(series, lies),
    )


def _lines(drawn: go.Figure, chart: Chart, is_dark: bool) -> None:
    colours = theme.palette(is_dark)
    looks = {
        "actual": {"color": colours.accent, "width": 4},
        "before": {"color": colours.accent_soft, "width": 3},
        "plan": {"color": colours.ink, "width": 2},
        "forecast": {"color": colours.accent, "width": 3, "dash": "dash"},
        "rate": {"color": colours.muted, "width": 2, "dash": "dot"},
    }
    for series in chart.series:
        drawn.add_scatter(
            x=_names(chart.categories, 9),
            y=series.values,
            mode="lines",
            name=formats.chart_text(series.name),
            line=looks[series.texture],
            customdata=[_written(chart, value) for value in series.values],
            hovertemplate=_hover(series, lies=False),
        )
    _quiet(drawn, chart, lies=False)


def _waterfall(drawn: go.Figure, chart: Chart, is_dark: bool) -> None:
    """Each step hangs where the last one ended; a total stands on the ground."""
    colours = theme.palette(is_dark)
    shades = {"good": colours.good, "bad": colours.bad, "total": colours.ink, "": colours.grey}
    [series] = chart.series
    names = _names(chart.categories, NAME)
    ends = _ends(series)
    starts = [
        0.0 if effect == "total" else end - (value or 0.0)
        for value, end, effect in zip(series.values, ends, series.effects, strict=True)
    ]
    written = [
        _written(chart, value) if effect == "total" else _signed(chart, value)
        for value, effect in zip(series.values, series.effects, strict=True)
    ]
    drawn.add_bar(
        orientation="h",
        y=names,
        base=starts,
        x=[end - start for start, end in zip(starts, ends, strict=True)],
        width=0.62,
        marker={"color": [shades[effect] for effect in series.effects]},
        customdata=written,
        hovertemplate="%{y}: %{customdata}<extra></extra>",
    )
    for name, words, start, end in zip(names, written, starts, ends, strict=True):
        drawn.add_annotation(
            x=max(start, end), y=name, text=words, showarrow=False, xanchor="left", xshift=8
        )
    _quiet(drawn, chart, lies=True, reach=[*starts, *ends])


def _ends(series: Series) -> list[float]:
    """Where each step of a waterfall ends."""
    steps = zip(series.values, series.effects, strict=True)
    return list(
        accumulate(
            steps,
            lambda end, step: (step[0] or 0.0) + (0.0 if step[1] == "total" else end),
            initial=0.0,
        )
    )[1:]


def _quiet(drawn: go.Figure, chart: Chart, lies: bool, reach: list | None = None) -> None:
    """No scale where values stand at the marks; room for them; the first category at the top."""
    values = reach or [value for series in chart.series for value in series.values]
    known = [value for value in values if value is not None]
    low, high = min([0, *known]), max([0, *known]) or 1
    span = high - low
    if lies:
        drawn.update_xaxes(
            range=[low - 0.02 * span, high + 0.02 * span], showticklabels=False, showgrid=False
        )
        drawn.update_layout(margin_r=_room(drawn, chart))
        drawn.update_yaxes(autorange="reversed", showgrid=False, type="category")
        return
    marks = theme.scale(low, high, lambda value: formats.value(f"_{chart.unit}", value))
    drawn.update_yaxes(
        range=[low, high + 0.12 * span] if low else None, rangemode="tozero", **marks
    )
    drawn.update_xaxes(showgrid=False, type="category", tickangle=0)
    names = list(dict.fromkeys(name for trace in drawn.data for name in trace.x))
    drawn.update_xaxes(tickvals=names, ticktext=_years_once(names))


def _room(drawn: go.Figure, chart: Chart) -> float:
    """The pixels that the longest value needs beside its mark, however narrow the screen is."""
    values = (value for series in chart.series for value in series.values)
    longest = max((len(_signed(chart, value)) for value in values), default=0)
    return 16 + LETTER * drawn.layout.font.size * longest


def _texture(series: Series, is_dark: bool) -> dict:
    colours = theme.palette(is_dark)
    if series.texture == "plan":
        return {"color": "rgba(0,0,0,0)", "line": {"color": colours.ink, "width": 1.6}}
    if series.texture == "forecast":
        return {"pattern": {"shape": "/", "fgcolor": colours.accent, "bgcolor": "rgba(0,0,0,0)"}}
    plain = colours.accent_soft if series.texture == "before" else colours.accent
    shades = {"good": colours.good, "bad": colours.bad, "total": colours.ink, "": plain}
    return {"color": [shades[effect] for effect in series.effects] or plain}


def _names(categories: tuple[str, ...], width: int) -> list[str]:
    """Names as a chart shows them, broken into short lines, none the same as another."""
    found: list[str] = []
    for name in categories:
        shown = theme.in_lines(name, width)
        found.append(shown + "\u200b" * found.count(shown) if shown in found else shown)
    return found


def _years_once(names: list[str]) -> list[str]:
    """Names below columns, the year on a second line only where it changes.

    >>> _years_once(["Nov<br>2025", "Dec<br>2025", "Jan<br>2026"])
    ['Nov<br>2025', 'Dec', 'Jan<br>2026']
    """
    parts = [name.split("<br>") for name in names]
    return [
        part[0] if len(part) == 2 and part[1].isdigit() and before[1:] == part[1:] else name
        for name, part, before in zip(names, parts, [[], *parts], strict=False)
    ]


def _written(chart: Chart, value: float | None) -> str:
    return formats.value(f"_{chart.unit}", value) if value is not None else ""


def _signed(chart: Chart, value: float | None) -> str:
    return f"+{_written(chart, value)}" if value and value > 0 else _written(chart, value)


def _hover(series: Series, lies: bool) -> str:
    name = formats.chart_text(series.name)
    return f"%{{{'y' if lies else 'x'}}}, {name}: %{{customdata}}<extra></extra>"


_KINDS: dict[str, Callable[[go.Figure, Chart, bool], None]] = {
    "bar": lambda drawn, chart, is_dark: _bars(drawn, chart, is_dark, lies=True),
    "column": lambda drawn, chart, is_dark: _bars(drawn, chart, is_dark, lies=False),
    "line": _lines,
    "waterfall": _waterfall,
}
