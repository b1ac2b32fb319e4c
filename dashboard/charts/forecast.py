"""Figures about what it will be worth. IBCS: forecast hatched."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard import formats, prospect, simulate
from dashboard.charts import theme

HATCH = {"shape": "/", "size": 6, "solidity": 0.35}


def draws(values: np.ndarray, outlook: simulate.Outlook, is_dark: bool) -> go.Figure:
    """How often the portfolio's NPV came out where, with its 10, 50 and 90 % points."""
    colours = theme.palette(is_dark)
    title = (
        f"In 8 of 10 draws the portfolio is worth {formats.money(outlook.p10)} to "
        f"{formats.money(outlook.p90)}; {_loss(outlook.loss_share)}"
    )
    chart = theme.figure(title, is_dark, height=300, bargap=0.05)
    counts, edges = np.histogram(values, bins=40)
    chart.add_bar(
        x=(edges[:-1] + edges[1:]) / 2,
        y=counts / len(values),
        marker={
            "color": colours.grey,
            "pattern": {**HATCH, "fgcolor": colours.grey, "bgcolor": "rgba(0,0,0,0)"},
            "line": {"color": colours.grey, "width": 1},
        },
        customdata=[
            f"{formats.money(low)} to {formats.money(high)}"
            for low, high in zip(edges[:-1], edges[1:], strict=True)
        ],
        hovertemplate="%{customdata}: %{y:.1%} of draws<extra></extra>",
    )
    for point, label, height in (
        (outlook.p10, "P10", 1.0),
        (outlook.p50, "P50", 0.92),
        (outlook.p90, "P90", 1.0),
    ):
        chart.add_vline(
            x=point,
            line={"color": colours.accent, "width": 1.5, "dash": "solid"},
            annotation={
                "text": f"{label} {formats.money(point)}",
                "font": {"color": colours.accent, "size": 13},
                "bgcolor": colours.paper,
                "y": height,
                "yanchor": "top",
                "xanchor": "left",
            },
        )
    chart.update_xaxes(showgrid=False, **theme.scale(edges[0], edges[-1], formats.money))
    highest = float(counts.max()) / len(values)
    chart.update_yaxes(
        title_text="share of draws",
        range=[0, highest * 1.25],
        **theme.scale(0, highest, formats.share),
    )
    return chart


def _loss(loss_share: float) -> str:
    return f"a loss in {formats.share(loss_share)}" if loss_share else "none of them is a loss"


def tornado(rows: pd.DataFrame, base: float, is_dark: bool) -> go.Figure:
    """What the portfolio's rNPV becomes when one input moves at a time, the widest first."""
    colours = theme.palette(is_dark)
    title = f"{str(rows['input'].iloc[0]).capitalize()} moves the risk-weighted NPV most"
    chart = theme.figure(title, is_dark, height=110 + 42 * len(rows), barmode="overlay")
    for name, colour in (("low_amount", colours.grey_soft), ("high_amount", colours.grey)):
        chart.add_bar(
            orientation="h",
            y=rows["input"],
            base=base,
            x=rows[name] - base,
            marker={"color": colour},
            text=[formats.money(value) for value in rows[name]],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    low = float(rows[["low_amount", "high_amount"]].min(axis=None))
    high = float(rows[["low_amount", "high_amount"]].max(axis=None))
    room = (high - low or 1.0) * 0.3
    chart.add_vline(x=base, line={"color": colours.ink, "width": 1.5})
    chart.update_xaxes(
        range=[low - room, high + room], **theme.scale(low - room, high + room, formats.money)
    )
    chart.update_yaxes(autorange="reversed", showgrid=False)
    return chart


def frontier(rows: pd.DataFrame, budget: float, is_dark: bool) -> go.Figure:
    """What the best set is worth at each budget, and the budget asked for."""
    colours = theme.palette(is_dark)
    chart = theme.figure("What each budget buys at best", is_dark, height=300)
    chart.add_scatter(
        x=rows["budget_amount"],
        y=rows["rnpv_amount"],
        mode="lines+markers",
        line={"color": colours.accent, "width": 2.5, "dash": "dash"},
        marker={"size": 6},
        customdata=[
            f"{formats.money(row.budget_amount)} buys {formats.money(row.rnpv_amount)}"
            for row in rows.itertuples()
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    chart.add_vline(
        x=budget,
        line={"color": colours.muted, "dash": "dot", "width": 1.5},
        annotation={
            "text": formats.money(budget),
            "font": {"color": colours.muted},
            "bgcolor": colours.paper,
            "y": 0.1,
        },
    )
    across, up = (
        theme.scale(0, float(rows[name].max()), formats.money)
        for name in ("budget_amount", "rnpv_amount")
    )
    chart.update_xaxes(title_text="budget for cost to come", rangemode="tozero", **across)
    chart.update_yaxes(title_text="risk-weighted NPV", rangemode="tozero", **up)
    return chart


def cash(way: prospect.Way, is_dark: bool) -> go.Figure:
    """One initiative's cumulative net: to date solid, expected dashed, 8 of 10 draws hatched."""
    colours = theme.palette(is_dark)
    chart = theme.figure(way.finding(), is_dark, height=340, showlegend=True)
    line = {"mode": "lines", "hoverinfo": "skip", "line": {"width": 0}, "showlegend": False}
    chart.add_scatter(x=way.months_ahead, y=way.p10, **line)
    fan = line | {"showlegend": True, "name": "8 of 10 draws"}
    chart.add_scatter(
        x=way.months_ahead,
        y=way.p90,
        fill="tonexty",
        fillpattern={**HATCH, "fgcolor": colours.grey, "bgcolor": "rgba(0,0,0,0)"},
        **fan,
    )
    for months, amounts, name, colour, dash in (
        (way.months_past, way.net_past, "to date", colours.ink, "solid"),
        (way.months_ahead, way.net_ahead, "if it goes live when expected", colours.accent, "dash"),
    ):
        chart.add_scatter(
            x=months,
            y=amounts,
            name=name,
            mode="lines",
            line={"color": colour, "dash": dash, "width": 2.5},
            customdata=[formats.money(amount) for amount in amounts],
            hovertemplate="%{x|%b %Y}: %{customdata}<extra></extra>",
        )
    chart.add_hline(y=0, line={"color": colours.muted, "width": 1})
    if way.payback_on is not None:
        chart.add_vline(x=way.payback_on, line={"color": colours.accent, "width": 1, "dash": "dot"})
    drawn = np.concatenate([way.net_past, way.net_ahead, way.p10, way.p90])
    ends = float(drawn.min(initial=0.0)), float(drawn.max(initial=0.0))
    chart.update_yaxes(**theme.scale(*ends, formats.money))
    chart.update_xaxes(showgrid=False)
    return chart
