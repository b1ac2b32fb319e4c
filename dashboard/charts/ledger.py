"""Figures of the barrier ledger. Each takes the rows of the question of its name."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats, ledger, survival
from dashboard.charts import theme

WORKING = "working"
SHORT = {
    "ownership": "owner-<br>ship",
    "infrastructure": "infra-<br>structure",
    "talent": "talent",
    "procurement_governance": "procure-<br>ment",
    "unclear_roi": "unclear<br>ROI",
    WORKING: "working",
}


def by_unit(rows: pd.DataFrame, is_dark: bool) -> go.Figure:
    """Months in pilot work, unit by unit, behind each barrier and working."""
    table = _months(rows, "unit")
    return _grid(table, _unit_finding(table), is_dark)


def _unit_finding(table: pd.DataFrame) -> str:
    share = (table.drop(columns=WORKING).sum(axis=1) / table.sum(axis=1)).dropna()
    if share.empty or not share.max():
        return "No unit has waited behind a recorded barrier"
    return f"{share.idxmax()} waited most: {formats.share(share.max())} of its pilot work"


def by_quarter(rows: pd.DataFrame, is_dark: bool) -> go.Figure:
    """Months in pilot work in each of the last eight quarters, behind each barrier and working."""
    table = _months(rows, "quarter_on").tail(8)
    table.index = [f"{day.year} Q{day.quarter}" for day in pd.to_datetime(table.index)]
    share = (table.drop(columns=WORKING).sum(axis=1) / table.sum(axis=1)).fillna(0)
    if share.empty:
        finding = "Nothing was in pilot work yet"
    else:
        finding = (
            f"Waiting took {formats.share(share.iloc[-1])} of pilot work in {share.index[-1]}, "
            f"against {formats.share(share.iloc[0])} in {share.index[0]}"
        )
    return _grid(table, finding, is_dark)


def _months(rows: pd.DataFrame, index: str) -> pd.DataFrame:
    named = rows.assign(
        barrier=rows["barrier"].fillna(WORKING), months=rows["barrier_days"] / formats.MONTH_DAYS
    )
    table = named.pivot_table(
        index=index, columns="barrier", values="months", aggfunc="sum", fill_value=0
    )
    return table.reindex(columns=[*ledger.LABELS, WORKING], fill_value=0)


def _grid(table: pd.DataFrame, finding: str, is_dark: bool) -> go.Figure:
    """A table of months whose shade is their share of the row; the number is in every cell."""
    colours = theme.palette(is_dark)
    chart = theme.figure(finding, is_dark, height=70 + 32 * max(len(table), 2))
    total = table.sum(axis=1)
    chart.add_heatmap(
        x=[SHORT[name] for name in table.columns],
        y=[theme.in_lines(name, 14) for name in table.index],
        z=table.div(total.where(total > 0), axis=0).fillna(0),
        text=[[f"{value:,.0f}" if value else "" for value in row] for row in table.to_numpy()],
        texttemplate="%{text}",
        textfont={"color": colours.ink},
        colorscale=[[0, theme.alpha(colours.accent, 0)], [1, theme.alpha(colours.accent, 0.55)]],
        zmin=0,
        zmax=1,
        showscale=False,
        xgap=2,
        ygap=2,
        hovertemplate="%{y}, %{x}: %{text} initiative-months, %{z:.0%} of its row<extra></extra>",
    )
    chart.update_xaxes(side="top", showgrid=False, tickangle=0, tickfont_size=11)
    chart.update_yaxes(autorange="reversed", showgrid=False, type="category")
    return chart


def what_if(change: ledger.WhatIf, is_dark: bool) -> go.Figure:
    """The share live since pilot: as it is (solid), and as it would be (dotted)."""
    colours = theme.palette(is_dark)
    chart = theme.figure(change.says(), is_dark, height=300, showlegend=True)
    for curve, name, colour, dash in (
        (change.now, "as it is", colours.grey, "solid"),
        (change.then, "what if", colours.accent, "dot"),
    ):
        chart.add_scatter(
            x=[0, *(curve.days / survival.MONTH)],
            y=[0, *curve.share],
            name=name,
            mode="lines",
            line={"color": colour, "width": 2.5, "dash": dash, "shape": "hv"},
            hovertemplate=f"{name}, %{{x:.1f}} months: %{{y:.0%}} live<extra></extra>",
        )
    chart.add_hline(y=0.5, line={"color": colours.muted, "width": 1, "dash": "dot"})
    chart.update_yaxes(range=[0, 1.02], **theme.scale(0, 1, formats.share))
    chart.update_xaxes(title_text="months since pilot", rangemode="tozero")
    return chart
