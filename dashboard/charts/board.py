"""Figures of the board's first pages."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts import theme


def trend(days: list, values: list, name: str, is_dark: bool) -> go.Figure:
    """A figure at each month's end of the last year, the latest value written at its end."""
    colours = theme.palette(is_dark)
    series = pd.Series(values, index=days, dtype=float)
    chart = theme.figure("", is_dark, height=150, margin={"l": 8, "r": 70, "t": 8, "b": 24})
    chart.add_scatter(
        x=series.index,
        y=series,
        mode="lines+markers",
        marker={"size": [0] * (len(series) - 1) + [8], "color": colours.accent},
        line={"color": colours.accent, "width": 2},
        customdata=[formats.value(name, value) for value in series],
        hovertemplate="%{x|%d %b %Y}: %{customdata}<extra></extra>",
    )
    known = series.dropna()
    if len(known):
        chart.add_annotation(
            x=known.index[-1],
            y=known.iloc[-1],
            text=f"<b>{formats.value(name, known.iloc[-1])}</b>",
            showarrow=False,
            xanchor="left",
            xshift=10,
        )
    chart.update_yaxes(rangemode="tozero", showticklabels=False, showgrid=False)
    chart.update_xaxes(showgrid=False, tickformat="%b<br>%Y", nticks=4)
    return chart
