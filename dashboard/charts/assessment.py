"""Figures of the readiness assessment."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.assessment import Agreement
from dashboard.charts import theme
from dashboard.steps import STEPS

AXES = {
    1: "1 Align",
    2: "2 Build",
    3: "3 Operate",
    4: "4 Integrate",
    5: "5 Govern",
}
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")


def radar(
    lines: Mapping[str, Mapping[int, float | None]], view: str, title: str, is_dark: bool
) -> go.Figure:
    """Readiness per step, 0 to 4: one line per assessment (the latest strong) or per team."""
    colours = theme.palette(is_dark)
    chart = theme.figure(title, is_dark, height=430, showlegend=True)
    shades = [colours.accent, colours.ink, colours.grey, colours.warn, colours.good]
    for place, (name, scores) in enumerate(lines.items()):
        is_latest = place == len(lines) - 1
        is_strong = view == "teams" or is_latest
        values = [scores[number] for number in AXES]
        chart.add_scatterpolar(
            r=[*values, values[0]],
            theta=[*AXES.values(), AXES[1]],
            name=formats.chart_text(name),
            mode="lines+markers",
            connectgaps=False,
            line={
                "color": shades[place % 5]
                if view == "teams"
                else (colours.accent if is_latest else colours.grey),
                "width": 2.5 if is_strong else 1.5,
                "dash": DASHES[(place if view == "teams" else len(lines) - 1 - place) % 5],
            },
            hovertemplate="%{theta}: %{r:.1f} of 4<extra>%{fullData.name}</extra>",
        )
    grid = {"gridcolor": colours.line, "linecolor": colours.line, "tickcolor": colours.line}
    chart.update_polars(
        bgcolor="rgba(0,0,0,0)",
        radialaxis={
            "range": [0, 4],
            "tickvals": [1, 2, 3, 4],
            "angle": 90,
            "tickangle": 90,
            **grid,
        },
        angularaxis={"rotation": 90, "direction": "clockwise", "tickfont": {"size": 13}, **grid},
    )
    chart.update_layout(margin={"l": 60, "r": 60, "t": 60, "b": 24}, legend={"y": 1.08})
    return chart


def spread(rows: pd.DataFrame, title: str, is_dark: bool) -> go.Figure:
    """Every respondent's score per step, and the range between them."""
    colours = theme.palette(is_dark)
    chart = theme.figure(title, is_dark, height=270)
    for step in STEPS:
        mine = rows[rows["step"] == step.number]
        axis = AXES[step.number]
        if mine.empty:
            continue
        ends = [mine["score"].min(), mine["score"].max()]
        theme.span(chart, axis, ends, colours, width=4)
        chart.add_scatter(
            x=mine["score"],
            y=[axis] * len(mine),
            mode="markers",
            marker={"size": 12, "color": theme.alpha(colours.accent, 0.65)},
            hovertext=[
                f"{formats.chart_text(row.respondent)} ({formats.chart_text(row.team)}): "
                f"{row.score:.1f}"
                for row in mine.itertuples()
            ],
            hoverinfo="text",
        )
    chart.update_xaxes(range=[-0.1, 4.1], dtick=1)
    chart.update_yaxes(autorange="reversed", showgrid=False)
    return chart


def agreement(steps: list[Agreement], title: str, is_dark: bool) -> go.Figure:
    """What people say (hollow) against what the portfolio shows (filled), both of 4."""
    colours = theme.palette(is_dark)
    chart = theme.figure(title, is_dark, height=290, showlegend=True)
    names = [AXES[step.number] for step in steps]
    shown = [None if step.shown_share is None else step.shown_share * 4 for step in steps]
    said = [step.said for step in steps]
    for name, low, high in zip(names, shown, said, strict=True):
        if low is not None and high is not None:
            theme.span(chart, name, [low, high], colours, width=3)
    for label, values, marker in (
        ("you say", said, {"symbol": "circle-open", "size": 13, "color": colours.ink}),
        ("your portfolio shows", shown, {"size": 13, "color": colours.accent}),
    ):
        chart.add_scatter(
            x=values,
            y=names,
            mode="markers",
            name=label,
            marker=marker | {"line": {"width": 2}},
            hovertemplate=f"%{{y}}, {label} %{{x:.1f}} of 4<extra></extra>",
        )
    chart.update_xaxes(range=[-0.1, 4.1], dtick=1)
    chart.update_yaxes(autorange="reversed", showgrid=False)
    return chart
