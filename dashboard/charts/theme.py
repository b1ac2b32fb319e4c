"""One look for every figure, light and dark: one accent, greys, and three status colours."""

from dataclasses import dataclass

import plotly.graph_objects as go

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
