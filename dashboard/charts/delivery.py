"""Figures about how initiatives move. Each takes the rows of the question of its name."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard import formats, survival
from dashboard.charts import theme


def funnel(rows: pd.DataFrame, benchmark: dict | None, is_dark: bool) -> go.Figure:
    """How many ever reached each stage; of those, who is lost. `benchmark` is a row of
    `delivery/benchmarks`: a share of pilots."""
    colours = theme.palette(is_dark)
    reached, lost = rows["count_reached"], rows["count_lost_here"]
    stages = [formats.words(stage) for stage in rows["stage"]]
    chart = theme.figure(_funnel_finding(rows), is_dark, height=300, barmode="stack")
    bar = {"orientation": "h", "y": stages, "customdata": rows["stage"]}
    chart.add_bar(
        x=reached - lost,
        marker={"color": [theme.stage_colour(stage, is_dark) for stage in rows["stage"]]},
        hovertemplate="%{y}: %{x} reached it and are open, live or went further<extra></extra>",
        name="reached",
        **bar,
    )
    chart.add_bar(
        x=lost,
        marker={"color": theme.stage_colour("stopped", is_dark)},
        hovertemplate="%{y}: %{x} got no further and are lost<extra></extra>",
        name="lost here",
        **bar,
    )
    for row, stage in zip(rows.itertuples(), stages, strict=True):
        chart.add_annotation(
            x=_label_at(row, rows, benchmark),
            y=stage,
            text=_funnel_label(row),
            showarrow=False,
            xanchor="left",
            xshift=6,
        )
    if benchmark is not None:
        _mark_benchmark(chart, rows, benchmark["figure"], colours)
    widest = max(int(reached.max()), 1)
    chart.update_yaxes(autorange="reversed", showgrid=False)
    chart.update_xaxes(range=[0, widest * 1.3], showgrid=False, showticklabels=False)
    return chart


def _funnel_finding(rows: pd.DataFrame) -> str:
    count = rows.set_index("stage")["count_reached"]
    if not count["pilot"]:
        return "No initiative has reached pilot yet"
    share = formats.share(count["production"] / count["pilot"])
    return (
        f"{formats.plural(count['production'], 'initiative')} of {count['pilot']:,} "
        f"that reached pilot also reached production: {share}"
    )


def _label_at(row, rows: pd.DataFrame, benchmark: dict | None) -> float:
    """Where a bar's label begins: at its end, or past the benchmark's line beside it."""
    if benchmark is None or row.stage != "production":
        return row.count_reached
    return max(row.count_reached, rows["count_reached"].iloc[2] * benchmark["figure"])


def _funnel_label(row) -> str:
    lost = f", {row.count_lost_here:,} lost" if row.count_lost_here else ""
    return f"<b>{row.count_reached:,}</b>{lost}"


def _mark_benchmark(
    chart: go.Figure, rows: pd.DataFrame, benchmark: float, colours: theme.Palette
) -> None:
    pilots = int(rows.set_index("stage").loc["pilot", "count_reached"])
    row = 3
    chart.add_shape(
        type="line",
        x0=pilots * benchmark,
        x1=pilots * benchmark,
        y0=row - 0.45,
        y1=row + 0.45,
        line={"color": colours.ink, "width": 2, "dash": "dot"},
    )


def by_unit(rows: pd.DataFrame, is_dark: bool) -> go.Figure:
    """The share of each unit's pilots that reached production, with its Wilson 95 % interval."""
    colours = theme.palette(is_dark)
    rows = rows[rows["count_reached_pilot"] > 0].head(20)
    rows = rows.sort_values("pilot_to_production_share")
    low, high = survival.wilson(
        rows["count_reached_production"].to_numpy(), rows["count_reached_pilot"].to_numpy()
    )
    share = rows["pilot_to_production_share"].to_numpy()
    chart = theme.figure(_unit_finding(rows), is_dark, height=90 + 30 * max(len(rows), 3))
    chart.add_scatter(
        x=share,
        y=[formats.chart_text(unit, 30) for unit in rows["unit"]],
        customdata=np.column_stack(
            [rows["unit"], rows["count_reached_production"], rows["count_reached_pilot"]]
        ),
        mode="markers",
        marker={"color": colours.accent, "size": 11},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": high - share,
            "arrayminus": share - low,
            "color": colours.grey,
            "thickness": 1.5,
            "width": 0,
        },
        hovertemplate="%{y}: %{customdata[1]} of %{customdata[2]} pilots (%{x:.0%})<extra></extra>",
    )
    chart.add_vline(x=0.5, line={"color": colours.muted, "dash": "dot", "width": 1})
    chart.update_xaxes(range=[-0.02, 1.02], **theme.scale(0, 1, formats.share))
    chart.update_yaxes(showgrid=False)
    return chart


def _unit_finding(rows: pd.DataFrame) -> str:
    known = rows[rows["count_reached_pilot"] >= 3].sort_values("pilot_to_production_share")
    if len(known) < 2:
        return "Pilots that reached production, by unit"
    worst, best = known.iloc[0], known.iloc[-1]
    return (
        f"Pilots gone live: from {formats.share(worst['pilot_to_production_share'])} "
        f"in {worst['unit']} "
        f"to {formats.share(best['pilot_to_production_share'])} in {best['unit']}"
    )


def cohorts(rows: pd.DataFrame, within_days: int, is_dark: bool) -> go.Figure:
    """Of each quarter's initiatives old enough: who reached pilot and production in equal time."""
    rows = rows[rows["count_followed"] > 0].tail(16)
    quarters = [f"{day.year} Q{day.quarter}" for day in pd.to_datetime(rows["quarter_on"])]
    chart = theme.figure(_cohort_finding(rows, within_days), is_dark, height=320, showlegend=True)
    for stage in ("pilot", "production"):
        count = rows[f"count_reached_{stage}"]
        chart.add_scatter(
            x=quarters,
            y=count / rows["count_followed"],
            customdata=np.column_stack([count, rows["count_followed"]]),
            name=f"reached {stage}",
            mode="lines+markers",
            line={"color": theme.stage_colour(stage, is_dark), "width": 2.5},
            hovertemplate="%{x}: %{customdata[0]} of %{customdata[1]} (%{y:.0%})<extra></extra>",
        )
    chart.update_yaxes(range=[0, 1.02], **theme.scale(0, 1, formats.share))
    chart.update_xaxes(showgrid=False, type="category")
    return chart


def _cohort_finding(rows: pd.DataFrame, within_days: int) -> str:
    span = formats.days(within_days)
    if rows.empty:
        return f"No initiative entered {span} before the as-of date or earlier"
    half = max(len(rows) // 2, 1)
    old, new = (_pooled(part) for part in (rows.head(half), rows.tail(half)))
    if len(rows) < 4:
        return f"{formats.share(new)} reached production within {span}"
    return (
        f"Within {span}, {formats.share(new)} of the later half of quarters reached production, "
        f"against {formats.share(old)} of the earlier"
    )


def _pooled(rows: pd.DataFrame) -> float:
    return rows["count_reached_production"].sum() / rows["count_followed"].sum()


def barrier_days(rows: pd.DataFrame, is_dark: bool) -> go.Figure:
    """Months spent in pilot work: working, and waiting behind each barrier."""
    colours = theme.palette(is_dark)
    months = (
        rows.assign(barrier=rows["barrier"].fillna("working"))
        .groupby("barrier")["barrier_days"]
        .sum()
    )
    months = (months / formats.MONTH_DAYS).sort_values()
    chart = theme.figure(_barrier_finding(months), is_dark, height=80 + 38 * max(len(months), 2))
    chart.add_bar(
        orientation="h",
        x=months,
        y=[formats.words(name) for name in months.index],
        marker={
            "color": [
                colours.grey_soft if name == "working" else colours.accent for name in months.index
            ]
        },
        text=[f"{value:,.0f}" for value in months],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{x:,.0f} initiative-months<extra></extra>",
    )
    chart.update_xaxes(
        showticklabels=False,
        showgrid=False,
        range=[0, float(months.max() or 1) * 1.15] if len(months) else None,
    )
    chart.update_yaxes(showgrid=False)
    return chart


def _barrier_finding(months: pd.Series) -> str:
    waiting = months.drop("working", errors="ignore")
    if not waiting.sum():
        return "No barrier has been recorded for pilot work"
    share = formats.share(waiting.sum() / months.sum())
    most = formats.words(waiting.idxmax())
    return f"{share} of all time in pilot work was spent waiting, most behind {most}"
