"""Figures about the way to production. Each takes the rows of the question of its name."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard import formats, survival
from dashboard.charts import theme

FAINT_BELOW = 10


def incidence(
    curve: survival.Incidence, naive_days: float | None, start: str, is_dark: bool
) -> go.Figure:
    """The share that went live by time since entry, its 95 % band, and the finishers' median."""
    colours = theme.palette(is_dark)
    chart = theme.figure(_incidence_finding(curve, naive_days, start), is_dark, height=360)
    if not len(curve.days):
        return chart.update_layout(height=24, xaxis_visible=False, yaxis_visible=False)
    for is_faint in (False, True):
        _add_curve(chart, curve, is_faint, colours)
    _mark_medians(chart, curve, naive_days, colours)
    chart.update_yaxes(range=[0, 1.02], **theme.scale(0, 1, formats.share))
    chart.update_xaxes(
        title_text=f"months since {formats.words(start)}", rangemode="tozero", dtick=6
    )
    return chart


def _incidence_finding(curve: survival.Incidence, naive_days: float | None, start: str) -> str:
    if not len(curve.days):
        return f"No initiative has a dated way from {formats.words(start)} to production yet"
    median = (
        f"takes {formats.days(curve.median)}"
        if curve.median is not None
        else "has not been reached by half"
    )
    naive = (
        f"; finishers alone suggest {formats.days(naive_days)}" if naive_days is not None else ""
    )
    return f"From {formats.words(start)} to production {median}, counting those who wait{naive}"


def _add_curve(
    chart: go.Figure, curve: survival.Incidence, is_faint: bool, colours: theme.Palette
) -> None:
    """The part with enough initiatives at risk, or the faint rest; they meet in one point."""
    end = curve.known_until if np.isfinite(curve.known_until) else curve.durations.max()
    grid = np.unique(np.concatenate([[0.0], curve.days, [end]]))
    enough = int((curve.count_at_risk(grid) >= FAINT_BELOW).sum())
    grid = grid[max(enough - 1, 0) :] if is_faint else grid[:enough]
    share, low, high = curve.at(grid)
    months = grid / survival.MONTH
    band = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    fill = theme.alpha(colours.accent, 0.06 if is_faint else 0.15)
    chart.add_scatter(x=months, y=low, **band)
    chart.add_scatter(x=months, y=high, fill="tonexty", fillcolor=fill, **band)
    colour = colours.accent_soft if is_faint else colours.accent
    chart.add_scatter(
        x=months,
        y=share,
        mode="lines",
        line={"color": colour, "width": 2.5, "shape": "hv"},
        customdata=curve.count_at_risk(grid),
        hovertemplate="%{x:.1f} months: %{y:.0%} live, %{customdata} at risk<extra></extra>",
    )


def _mark_medians(
    chart: go.Figure, curve: survival.Incidence, naive_days: float | None, colours: theme.Palette
) -> None:
    marks = (
        (naive_days, "finishers only", colours.muted, "dot", "right"),
        (curve.median, "counting all", colours.accent, "solid", "left"),
    )
    for days, label, colour, dash, side in marks:
        if days is not None:
            chart.add_vline(
                x=days / survival.MONTH,
                line={"color": colour, "dash": dash, "width": 1.5},
                annotation={
                    "text": f"{label}: {formats.days(days)}",
                    "font": {"color": colour, "size": 13},
                    "bgcolor": colours.paper,
                    "xanchor": "left",
                    "y": 1.0 if side == "left" else 0.9,
                },
            )


def flow(rows: pd.DataFrame, is_dark: bool) -> go.Figure:
    """How many initiatives stood in each stage at each month's end, live at the bottom."""
    order = ("scaled", "production", "pilot", "proof_of_concept", "idea", "stopped", "retired")
    table = rows.pivot_table(
        index="day_on", columns="stage", values="count_initiatives", aggfunc="sum", fill_value=0
    )
    chart = theme.figure(
        _flow_finding(table), is_dark, height=360, showlegend=True, hovermode="x unified"
    )
    for stage in order:
        if stage in table:
            chart.add_scatter(
                x=table.index,
                y=table[stage],
                name=formats.words(stage),
                mode="lines",
                stackgroup="all",
                line={"width": 0.5, "color": theme.stage_colour(stage, is_dark)},
                fillcolor=theme.stage_colour(stage, is_dark),
            )
    chart.update_yaxes(title_text="initiatives")
    chart.update_xaxes(showgrid=False)
    return chart


def _flow_finding(table: pd.DataFrame) -> str:
    if len(table) < 13:
        return "Initiatives by stage at each month's end"
    now, before = table.iloc[-1], table.iloc[-13]
    said = [
        f"{what} from {int(before.reindex(stages).sum())} to {int(now.reindex(stages).sum())}"
        for what, stages in (
            ("live initiatives went", ["production", "scaled"]),
            ("those in pilot work", ["proof_of_concept", "pilot"]),
        )
    ]
    return f"In twelve months, {' and '.join(said)}"


def moves(rows: pd.DataFrame, is_dark: bool) -> go.Figure:
    """Every move between stages, and where initiatives still stand."""
    colours = theme.palette(is_dark)
    stages = list(theme.STAGE_SHADES)
    stay = [f"still {formats.words(stage)}" for stage in stages]
    labels = [theme.in_lines(name, 12) for name in [*map(formats.words, stages), *stay]]
    rows = rows[rows["to_stage"].notna() | rows["from_stage"].isin(stages[:3])]
    target = [
        stages.index(row.to_stage)
        if isinstance(row.to_stage, str)
        else len(stages) + stages.index(row.from_stage)
        for row in rows.itertuples()
    ]
    chart = theme.figure(_moves_finding(rows), is_dark, height=420)
    chart.add_sankey(
        node={
            "label": labels,
            "color": [theme.stage_colour(stage, is_dark) for stage in stages]
            + [colours.grey_soft] * len(stages),
            "pad": 18,
            "thickness": 14,
            "line": {"width": 0},
        },
        link={
            "source": [stages.index(stage) for stage in rows["from_stage"]],
            "target": target,
            "value": rows["count_initiatives"],
            "color": theme.alpha(colours.grey, 0.28),
            "hovertemplate": "%{source.label} → %{target.label}: %{value}<extra></extra>",
        },
        textfont={"color": colours.ink, "size": 13, "shadow": "none"},
    )
    return chart


def _moves_finding(rows: pd.DataFrame) -> str:
    onward = rows[rows["from_stage"] == "pilot"].set_index("to_stage")["count_initiatives"]
    if onward.empty:
        return "No initiative has left a pilot yet"
    waits = int(onward[onward.index.isna()].sum())
    return (
        f"From pilot: {int(onward.get('production', 0))} went on to production, "
        f"{int(onward.get('stopped', 0)) + int(onward.get('retired', 0))} were given up, "
        f"{waits} are still there"
    )
