"""Figures about what was spent and returned. IBCS: actual solid, plan outlined."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats, spend
from dashboard.charts import theme


def by_month(
    rows: pd.DataFrame,
    as_of: date,
    title: str,
    names: tuple[str, str],
    is_cumulative: bool,
    is_dark: bool,
) -> go.Figure:
    """Plan and actual by month, or added up. `names`: the columns of the plan and the actual."""
    colours = theme.palette(is_dark)
    chart = theme.figure(title, is_dark, height=340, showlegend=True, barmode="overlay")
    months = pd.to_datetime(rows["month"])
    past = months <= pd.Timestamp(as_of)
    plan, actual = names
    done = "realised" if actual.startswith("realised") else "actual"
    if is_cumulative:
        chart.add_scatter(
            x=months,
            y=rows[plan].fillna(0).cumsum(),
            name="plan",
            mode="lines",
            line={"color": colours.muted, "dash": "dot", "width": 2},
            **_amounts(rows[plan].fillna(0).cumsum(), "planned by"),
        )
        chart.add_scatter(
            x=months[past],
            y=rows.loc[past, actual].fillna(0).cumsum(),
            name=done,
            mode="lines",
            line={"color": colours.ink, "width": 2.5},
            **_amounts(rows.loc[past, actual].fillna(0).cumsum(), f"{done} by"),
        )
    else:
        chart.add_bar(
            x=months[past],
            y=rows.loc[past, actual],
            name=done,
            marker={"color": colours.accent},
            width=0.62 * 28 * 86_400_000,
            **_amounts(rows.loc[past, actual], f"{done} in"),
        )
        chart.add_bar(
            x=months,
            y=rows[plan],
            name="plan",
            marker={"color": "rgba(0,0,0,0)", "line": {"color": colours.ink, "width": 1.3}},
            width=0.86 * 28 * 86_400_000,
            **_amounts(rows[plan], "planned in"),
        )
    drawn = rows[[plan, actual]].fillna(0)
    drawn = drawn.cumsum() if is_cumulative else drawn
    ends = min(0.0, drawn.min(axis=None)), max(0.0, drawn.max(axis=None))
    chart.update_yaxes(rangemode="tozero", **theme.scale(*ends, formats.money))
    chart.update_xaxes(showgrid=False)
    return chart


def _amounts(values: pd.Series, what: str) -> dict:
    texts = [formats.money(value) for value in values]
    return {
        "customdata": texts,
        "hovertemplate": f"{what} %{{x|%b %Y}}: %{{customdata}}<extra></extra>",
    }


def waterfall(rows: pd.DataFrame, name: str, is_dark: bool) -> go.Figure:
    """From plan to actual, step by step: `rows` of `spend.by`. Over plan is bad, under it good."""
    colours = theme.palette(is_dark)
    rows = rows[rows["variance_amount"] != 0]
    rows = rows.sort_values("variance_amount", key=abs, ascending=False)
    planned, spent = rows["planned_amount"].sum(), rows["actual_amount"].sum()
    chart = theme.figure(
        _waterfall_finding(rows, name, spent - planned), is_dark, height=90 + 34 * (len(rows) + 2)
    )
    signs = [f"{'+' if step > 0 else ''}{formats.money(step)}" for step in rows["variance_amount"]]
    chart.add_waterfall(
        orientation="h",
        y=["plan", *(spend.label(name, value) for value in rows[name]), "actual"],
        x=[planned, *rows["variance_amount"], spent],
        measure=["absolute", *["relative"] * len(rows), "total"],
        text=[formats.money(planned), *signs, formats.money(spent)],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{text}<extra></extra>",
        increasing={"marker": {"color": colours.bad}},
        decreasing={"marker": {"color": colours.good}},
        totals={"marker": {"color": colours.grey}},
        connector={"line": {"color": colours.line}},
    )
    widest = max(planned, spent, 1.0)
    chart.update_xaxes(showticklabels=False, showgrid=False, range=[0, widest * 1.25])
    chart.update_yaxes(autorange="reversed", showgrid=False)
    return chart


def _waterfall_finding(rows: pd.DataFrame, name: str, over: float) -> str:
    if rows.empty:
        return "Actual costs equal the plan"
    most = rows.iloc[0]
    side = "over" if most["variance_amount"] > 0 else "under"
    total = "over" if over > 0 else "under"
    what = formats.words(most[name]) if name != "unit" else most[name]
    return (
        f"{formats.money(abs(over))} {total} plan; {what} moved it most: "
        f"{formats.money(abs(most['variance_amount']))} {side}"
    )


def split(rows: pd.DataFrame, name: str, is_dark: bool) -> go.Figure:
    """Actual (solid) and plan (outlined) per category, unit or stage: `rows` of `spend.by`."""
    colours = theme.palette(is_dark)
    labels = [spend.label(name, value) for value in rows[name]]
    total = rows["actual_amount"].sum()
    top = formats.words(rows[name].iloc[0]) if name != "unit" else rows[name].iloc[0]
    title = (
        f"Most was spent on {top}: {formats.share(rows['actual_amount'].iloc[0] / total)}"
        if total
        else "Nothing was spent yet"
    )
    chart = theme.figure(
        title, is_dark, height=100 + 36 * len(rows), showlegend=True, barmode="overlay"
    )
    bar = {"orientation": "h", "y": labels}
    chart.add_bar(
        x=rows["actual_amount"],
        name="actual",
        marker={"color": colours.accent},
        width=0.5,
        text=[formats.money(value) for value in rows["actual_amount"]],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}, actual: %{text}<extra></extra>",
        **bar,
    )
    chart.add_bar(
        x=rows["planned_amount"],
        name="plan",
        marker={"color": "rgba(0,0,0,0)", "line": {"color": colours.ink, "width": 1.3}},
        width=0.74,
        customdata=[formats.money(value) for value in rows["planned_amount"]],
        hovertemplate="%{y}, plan: %{customdata}<extra></extra>",
        **bar,
    )
    widest = float(rows[["actual_amount", "planned_amount"]].max(axis=None) or 1)
    chart.update_xaxes(showticklabels=False, showgrid=False, range=[0, widest * 1.22])
    chart.update_yaxes(autorange="reversed", showgrid=False)
    return chart


def bubbles(rows: pd.DataFrame, is_dark: bool) -> go.Figure:
    """Spent against returned, one mark per initiative with both; size: benefit promised a year.

    Filled marks are proven: at least half of what was returned is measured or confirmed.
    """
    colours = theme.palette(is_dark)
    known = rows[(rows["spent_amount"] > 0) & (rows["realised_amount"] > 0)]
    above = (known["realised_amount"] > known["spent_amount"]).sum()
    title = (
        f"{above:,} of {formats.plural(len(known), 'initiative')} with returns gave back more "
        "than was spent on them"
        if len(known)
        else "No initiative has both costs and returns on record"
    )
    chart = theme.figure(title, is_dark, height=420, showlegend=True)
    proven = known["realised_proven_amount"].fillna(0) / known["realised_by_any_amount"]
    sizes = (known["benefit_base_amount"].fillna(0).clip(lower=0) / 1e6) ** 0.5 * 14 + 8
    for is_proven, label, symbol in (
        (True, "mostly measured or confirmed", "circle"),
        (False, "mostly claimed or modelled", "circle-open"),
    ):
        part = known[(proven >= 0.5) == is_proven]
        chart.add_scatter(
            x=part["spent_amount"],
            y=part["realised_amount"],
            mode="markers",
            name=label,
            marker={
                "symbol": symbol,
                "size": sizes[part.index].tolist(),
                "color": colours.accent,
                "opacity": 0.75,
                "line": {"width": 2 if not is_proven else 0, "color": colours.accent},
            },
            customdata=part["initiative_id"].tolist(),
            cliponaxis=False,
            text=[
                f"{formats.chart_text(row.name)}<br>{formats.money(row.spent_amount)} spent, "
                f"{formats.money(row.realised_amount)} returned"
                for row in part.itertuples(index=False)
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    spent, returned = known[["spent_amount", "realised_amount"]].max() if len(known) else (1.0, 1.0)
    end = float(min(spent, returned))
    chart.add_shape(
        type="line", x0=0, y0=0, x1=end, y1=end, line={"color": colours.muted, "dash": "dot"}
    )
    across, up = (theme.scale(0, float(most), formats.money) for most in (spent, returned))
    chart.update_xaxes(title_text="spent to date", rangemode="tozero", **across)
    chart.update_yaxes(title_text="returned to date", rangemode="tozero", **up)
    return chart
