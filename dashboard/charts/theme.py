"""One look for every figure, light and dark: one accent, greys, and three status colours."""

import math
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard import formats

FONT = '"Source Sans", "Source Sans Pro", "Segoe UI", system-ui, sans-serif'


@dataclass(frozen=True)
class Palette:
    """The colours of one mode. Greys from strong to faint; status colours never stand alone."""

    ink: str
    muted: str
    line: str
    paper: str
    accent: str
    accent_soft: str
    grey: str
    grey_soft: str
    good: str
    warn: str
    bad: str


LIGHT = Palette(
    ink="#1b2430",
    muted="#566070",
    line="#e3e7ec",
    paper="#ffffff",
    accent="#0b5cad",
    accent_soft="#a9c9e8",
    grey="#8a94a3",
    grey_soft="#cfd5dd",
    good="#1a7f4e",
    warn="#b26a00",
    bad="#b3261e",
)
DARK = Palette(
    ink="#e8ecf1",
    muted="#a3adba",
    line="#2c3542",
    paper="#10151c",
    accent="#5aa9f0",
    accent_soft="#27527c",
    grey="#7c8796",
    grey_soft="#3d4755",
    good="#4cc38a",
    warn="#e5a54b",
    bad="#f2766b",
)

# How an axis of measurements names its days; Plotly's own names put the month first.
DAYS = [
    {"dtickrange": [None, 86_399_999], "value": "%H:%M\n%-d %b %Y"},
    {"dtickrange": [86_400_000, 2_419_200_000], "value": "%-d %b\n%Y"},
]

STAGE_SHADES = {
    "idea": ("#dbe2ea", "#2b3644"),
    "proof_of_concept": ("#b4c3d3", "#42526a"),
    "pilot": ("#7f98b3", "#61789a"),
    "production": ("#0b5cad", "#5aa9f0"),
    "scaled": ("#073b70", "#a6d0f7"),
    "stopped": ("#c9a9a6", "#7a4d4a"),
    "retired": ("#d9cfc4", "#57503f"),
}


def palette(is_dark: bool) -> Palette:
    """The colours of the mode."""
    return DARK if is_dark else LIGHT


def stage_colour(stage: str, is_dark: bool) -> str:
    """A stage's shade: darker the further, the accent once live."""
    return STAGE_SHADES[stage][is_dark]


def figure(title: str, is_dark: bool, height: int = 320, **layout) -> go.Figure:
    """An empty figure in the board's look. The title is the finding; data text must be escaped."""
    colours = palette(is_dark)
    base = go.Layout(
        template="none",
        title={"text": title, "x": 0, "xanchor": "left", "xref": "container", "font": {"size": 16}},
        font={"family": FONT, "size": 14, "color": colours.ink},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        height=height,
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        xaxis=axis(colours),
        yaxis=axis(colours),
        showlegend=False,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        hoverlabel={"bgcolor": colours.paper, "font": {"color": colours.ink}, "align": "left"},
        bargap=0.35,
        dragmode=False,
    )
    return go.Figure(layout=base).update_layout(**layout)


def axis(colours: Palette) -> dict:
    """A quiet axis: faint grid, no box, room for its labels."""
    return {
        "gridcolor": colours.line,
        "zeroline": False,
        "showline": False,
        "automargin": True,
        "tickfont": {"color": colours.muted, "size": 13},
        "title": {"font": {"color": colours.muted, "size": 13}},
        "fixedrange": True,
    }


def scale(low: float, high: float, form: Callable[[float], str]) -> dict:
    """An axis's marks between two values, written as the text around the figure writes them.

    >>> scale(-600_000, 1_900_000, formats.money)["ticktext"]
    ['-€500k', '€0', '€500k', '€1.0M', '€1.5M']
    >>> scale(0, 100, formats.count)["tickvals"]
    [0, 20, 40, 60, 80, 100]
    """
    marks = round_numbers(low, high, 5)
    return {"tickvals": marks, "ticktext": [form(mark) for mark in marks]}


def round_numbers(low: float, high: float, about: int = 4) -> list[float]:
    """Round numbers between two values, about so many of them.

    >>> round_numbers(-600, 1_900), round_numbers(3, 3)
    ([0, 1000], [3.0])
    """
    rough = (high - low or abs(high) or 1.0) / about
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    first, last = math.ceil(low / step), math.floor(high / step)
    return [place * step for place in range(first, last + 1)]


def in_lines(text: object, width: int) -> str:
    """Text from somebody's file for a narrow place in a chart, broken between words."""
    return "<br>".join(textwrap.wrap(formats.chart_text(text, 60), width)) or ""


def span(chart: go.Figure, name: str, ends: list[float], colours: Palette, width: int) -> None:
    """A quiet line between two points of a row, such as what is said and what is shown."""
    chart.add_scatter(
        x=ends,
        y=[name, name],
        mode="lines",
        line={"color": colours.grey_soft, "width": width},
        showlegend=False,
        hoverinfo="skip",
    )


def alpha(colour: str, opacity: float) -> str:
    """A colour that lets through what is behind it.

    >>> alpha("#0b5cad", 0.5)
    'rgba(11,92,173,0.5)'
    """
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
