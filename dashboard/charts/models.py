"""Figures about one model. Each takes the rows of the question of its name."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats, models
from dashboard.charts import theme

PANEL = 128
ORDER = {"performance": 0, "model_drift": 1, "data_drift": 2, "service": 3}


def series(rows: pd.DataFrame, state: pd.DataFrame, name: str, is_dark: bool) -> go.Figure:
    """Every metric of a model under the other on one time axis, with its target lines.

    `rows` are those of `models/series`, `state` those of `models/state`.
    """
    facts = state.drop_duplicates("metric").set_index("metric")
    metrics = sorted(rows["metric"].unique(), key=lambda metric: (_order(facts, metric), metric))
    chart = theme.figure(_finding(state, name), is_dark, height=48 + PANEL * len(metrics))
    for place, metric in enumerate(metrics):
        top = 1 - place / len(metrics)
        axis = f"y{place + 1}" if place else "y"
        domain = [top - 0.72 / len(metrics), top - 0.14 / len(metrics)]
        chart.layout[f"yaxis{place + 1 if place else ''}"] = {
            **theme.axis(theme.palette(is_dark)),
            "domain": domain,
            "anchor": "x",
            "nticks": 4,
        }
        _panel(chart, rows[rows["metric"] == metric], axis, is_dark)
        _lines(chart, facts, metric, rows, axis, is_dark)
        _name(chart, facts, metric, top)
    _mark_versions(chart, rows, is_dark)
    last = f"y{len(metrics)}" if len(metrics) > 1 else "y"
    chart.update_xaxes(type="date", showgrid=False, anchor=last)
    return chart


def _order(facts: pd.DataFrame, metric: str) -> int:
    return ORDER.get(facts["kind"].get(metric), 9)


def _finding(state: pd.DataFrame, name: str) -> str:
    words = {
        kind: models.SIGNS[part["state"].iloc[0]]
        for kind, part in state.groupby("kind", sort=False)
    }
    if not words:
        return f"{name}: no metric has a target yet"
    kinds = {kind: models.KINDS[kind].lower() for kind in ORDER if kind in words}
    if len(set(words.values())) == 1:
        return f"{name}: {formats.listed(list(kinds.values()))} {words[next(iter(kinds))]}"
    return f"{name}: {', '.join(f'{said} {words[kind]}' for kind, said in kinds.items())}"


def _panel(chart: go.Figure, rows: pd.DataFrame, axis: str, is_dark: bool) -> None:
    """One metric: a line per version, the newest in the accent, each with its band."""
    colours = theme.palette(is_dark)
    newest = rows.loc[rows["bucket_on"].idxmax(), "version"]
    for version, part in rows.groupby("version", sort=False):
        colour = colours.accent if version == newest else colours.grey
        band = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "yaxis": axis}
        if (part["value_high"] > part["value_low"]).any():
            chart.add_scatter(x=part["bucket_on"], y=part["value_low"], **band)
            chart.add_scatter(
                x=part["bucket_on"],
                y=part["value_high"],
                fill="tonexty",
                fillcolor=theme.alpha(colour, 0.15),
                **band,
            )
        chart.add_scatter(
            x=part["bucket_on"],
            y=part["value"],
            yaxis=axis,
            mode="lines" if len(part) > 1 else "markers",
            line={"color": colour, "width": 2},
            marker={"color": colour, "size": 8},
            hovertemplate=f"%{{x|%d %b %Y}}: %{{y:.4g}} (version {formats.chart_text(version)})"
            "<extra></extra>",
        )


def _lines(chart, facts, metric: str, rows: pd.DataFrame, axis: str, is_dark: bool) -> None:
    colours = theme.palette(is_dark)
    span = [rows["bucket_on"].min(), rows["bucket_on"].max()]
    if metric not in facts.index:
        return
    for name, colour in (("amber", colours.warn), ("red", colours.bad)):
        line = facts.loc[metric, name]
        if formats.is_known(line):
            chart.add_scatter(
                x=span,
                y=[line, line],
                yaxis=axis,
                mode="lines",
                line={"color": colour, "width": 1.2, "dash": "dot" if name == "amber" else "dash"},
                hovertemplate=f"{name} line: {line:g}<extra></extra>",
            )


def _name(chart: go.Figure, facts: pd.DataFrame, metric: str, top: float) -> None:
    label = facts["label"].get(metric, metric)
    kind = models.KINDS.get(facts["kind"].get(metric), "no target set")
    chart.add_annotation(
        text=f"<b>{formats.chart_text(label)}</b> · {kind.lower()}",
        x=0,
        y=top,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="top",
        showarrow=False,
    )


def _mark_versions(chart: go.Figure, rows: pd.DataFrame, is_dark: bool) -> None:
    """A vertical line where each version was first measured; names only while they fit."""
    colours = theme.palette(is_dark)
    starts = rows.groupby("version")["bucket_on"].min().sort_values()
    for version, day in starts.items():
        chart.add_shape(
            type="line",
            x0=day,
            x1=day,
            y0=0,
            y1=1,
            yref="paper",
            layer="below",
            line={"color": colours.line, "width": 1},
        )
        if len(starts) <= 8:
            chart.add_annotation(
                text=f"v{formats.chart_text(version, 8)}",
                x=day,
                y=0,
                yref="paper",
                yanchor="bottom",
                xanchor="left",
                showarrow=False,
                font={"color": colours.muted, "size": 12},
            )


def raw(rows: pd.DataFrame, label: str, is_dark: bool) -> go.Figure:
    """The raw measurements of one metric in a few days."""
    colours = theme.palette(is_dark)
    chart = theme.figure(f"{label}, measurement by measurement", is_dark, height=240)
    shades = (colours.accent, colours.grey, colours.ink)
    for place, (version, part) in enumerate(rows.groupby("version", sort=False)):
        chart.add_scatter(
            x=part["measured_at"],
            y=part["value"],
            mode="markers",
            marker={"color": shades[place % 3], "size": 6, "symbol": place % 3},
            hovertemplate=f"%{{x|%d %b %Y %H:%M}}: %{{y:.6g}} (version "
            f"{formats.chart_text(version)})<extra></extra>",
        )
    chart.update_xaxes(type="date", showgrid=False, tickformatstops=theme.DAYS)
    return chart
