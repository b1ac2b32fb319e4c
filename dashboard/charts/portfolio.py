"""Figures about one initiative. Each takes the rows of the question of its name."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts import theme


def timeline(rows: pd.DataFrame, as_of: date, is_dark: bool) -> go.Figure:
    """The stays in each stage, one after the other, up to the as-of date."""
    colours = theme.palette(is_dark)
    starts = pd.to_datetime(rows["seen_on"])
    ends = starts.shift(-1).fillna(pd.Timestamp(as_of))
    is_over = rows["stage"].isin(("stopped", "retired"))
    chart = theme.figure(_timeline_finding(rows, as_of), is_dark, height=56 + 34 * len(rows))
    days = (ends - starts).dt.days
    chart.add_bar(
        orientation="h",
        y=[f"{formats.words(stage)} {' ' * i}" for i, stage in enumerate(rows["stage"])],
        base=starts,
        x=(days.clip(lower=2) * 86_400_000).where(~is_over, 6 * 86_400_000),
        marker={"color": [theme.stage_colour(stage, is_dark) for stage in rows["stage"]]},
        customdata=[
            f"{formats.day(start)}"
            if over
            else f"{formats.day(start)} to {formats.day(end)}: {formats.days(length)}"
            for start, end, length, over in zip(starts, ends, days, is_over, strict=True)
        ],
        hovertemplate="%{y}: %{customdata}<extra></extra>",
    )
    chart.add_vline(x=pd.Timestamp(as_of), line={"color": colours.muted, "width": 1, "dash": "dot"})
    chart.update_xaxes(type="date")
    chart.update_yaxes(autorange="reversed", showgrid=False)
    return chart


def _timeline_finding(rows: pd.DataFrame, as_of: date) -> str:
    first = pd.to_datetime(rows["seen_on"]).min()
    latest = formats.at_stage(rows["stage"].iloc[-1])
    passed = formats.days((pd.Timestamp(as_of) - first).days)
    return f"First seen {passed} ago, on {formats.day(first)}; now {latest}"


def money(rows: pd.DataFrame, as_of: date, is_dark: bool) -> go.Figure:
    """Costs and benefits to date, cumulative: actual solid, plan dotted."""
    colours = theme.palette(is_dark)
    chart = theme.figure(_money_finding(rows), is_dark, height=300, showlegend=True)
    past = pd.to_datetime(rows["month"]) <= pd.Timestamp(as_of)
    series = (
        ("planned_cost_amount", "cost, plan", colours.muted, "dot", slice(None)),
        ("actual_cost_amount", "cost, actual", colours.ink, "solid", past),
        ("planned_benefit_amount", "benefit, plan", colours.accent_soft, "dot", slice(None)),
        ("realised_benefit_amount", "benefit, realised", colours.accent, "solid", past),
    )
    added = rows[[name for name, *_ in series]].fillna(0).cumsum()
    for name, label, colour, dash, part in series:
        if rows[name].notna().any():
            chart.add_scatter(
                x=rows.loc[part, "month"],
                y=added.loc[part, name],
                name=label,
                mode="lines",
                line={"color": colour, "dash": dash, "width": 2.5 if dash == "solid" else 1.5},
                hovertemplate=f"{label} by %{{x|%b %Y}}: "
                f"{formats.CURRENCY}%{{y:,.{formats.DECIMALS}f}}<extra></extra>",
            )
    most = max(0.0, float(added.max(axis=None)))
    chart.update_yaxes(rangemode="tozero", **theme.scale(0, most, formats.money))
    chart.update_xaxes(showgrid=False)
    return chart


def _money_finding(rows: pd.DataFrame) -> str:
    spent = rows["actual_cost_amount"].sum(min_count=1)
    back = rows["realised_benefit_amount"].sum(min_count=1)
    returned = (
        f"returned {formats.money(back)}"
        if formats.is_known(back)
        else "has not returned anything on record"
    )
    if not formats.is_known(spent):
        return f"No actual costs are on record; it {returned}"
    return f"It cost {formats.money(spent)} to date and {returned}"
