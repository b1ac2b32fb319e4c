"""Figures of layers and steps. Each takes what its namesake in words has worked out."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats, layers
from dashboard.charts import theme
from dashboard.steps import EVERY_LAYER, LAYERS, STEPS

LEVELS = {"unknown": 0, "missing": 1, "partial": 2, "in_place": 3}
SHORT = {
    "data": "Data",
    "deployment": "Deploy",
    "monitoring": "Monitor",
    "integration": "Integrate",
    "teams": "Teams",
    "beyond": "Steps 2, 5",
}


def layer_map(rows: pd.DataFrame, is_dark: bool) -> go.Figure:
    """Initiatives × capabilities: one row per initiative, a sign and a shade per state."""
    colours = theme.palette(is_dark)
    ids = list(dict.fromkeys(rows["initiative_id"]))
    names = rows.drop_duplicates("initiative_id").set_index("initiative_id")
    states = rows.assign(state=rows["state"].fillna("unknown"))
    wide = states.pivot(index="initiative_id", columns="thing", values="state")
    wide = wide.loc[ids, list(layers.THINGS)]
    shades = [colours.paper, theme.alpha(colours.bad, 0.28), colours.accent_soft, colours.accent]
    chart = theme.figure(_map_title(rows), is_dark, height=150 + 24 * len(ids))
    chart.add_heatmap(
        z=[[LEVELS[state] for state in line] for line in wide.to_numpy()],
        x=list(range(len(layers.THINGS))),
        y=list(range(len(ids))),
        zmin=-0.5,
        zmax=3.5,
        colorscale=[
            [at, shade] for level, shade in enumerate(shades) for at in (level / 4, (level + 1) / 4)
        ],
        showscale=False,
        xgap=1,
        ygap=1,
        hoverinfo="skip",
    )
    _write_signs(chart, wide, states, colours)
    _name_axes(chart, names.loc[ids], colours)
    return chart


def _write_signs(
    chart: go.Figure, wide: pd.DataFrame, states: pd.DataFrame, colours: theme.Palette
) -> None:
    """The sign of every cell, as one invisible layer of points that also takes the clicks."""
    cells = [
        (place, line, key, thing, wide.loc[key, thing])
        for line, key in enumerate(wide.index)
        for place, thing in enumerate(layers.THINGS)
    ]
    facts = {(cell.initiative_id, cell.thing): _cell_says(cell) for cell in states.itertuples()}
    chart.add_scatter(
        x=[cell[0] for cell in cells],
        y=[cell[1] for cell in cells],
        mode="markers+text",
        marker={"size": 16, "opacity": 0, "symbol": "square"},
        text=[layers.SIGNS[cell[4]] for cell in cells],
        textfont={
            "size": 12,
            "color": [colours.paper if cell[4] == "in_place" else colours.ink for cell in cells],
        },
        customdata=[[cell[2], cell[3]] for cell in cells],
        hovertext=[facts[cell[2], cell[3]] for cell in cells],
        hoverinfo="text",
    )


def _cell_says(cell) -> str:
    evidence = formats.chart_text(cell.evidence, 80)
    says = f"{layers.name(cell.thing)}: {layers.state(cell.state)}"
    lead = f"{formats.chart_text(cell.name)}, {formats.chart_text(cell.unit)}"
    return f"{lead}<br>{says}" + (f"<br>{evidence}" if evidence else "")


def _name_axes(chart: go.Figure, names: pd.DataFrame, colours: theme.Palette) -> None:
    chart.update_xaxes(
        side="top",
        tickvals=list(range(len(layers.THINGS))),
        ticktext=[layers.name(thing).replace(" (team)", "") for thing in layers.THINGS],
        tickangle=-90,
        tickfont={"size": 12},
        showgrid=False,
        range=[-0.5, len(layers.THINGS) - 0.5],
    )
    chart.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=[formats.chart_text(name, 24) for name in names["name"]],
        autorange="reversed",
        tickfont={"size": 12},
        showgrid=False,
    )
    edge = -0.5
    for layer in EVERY_LAYER[:-1]:
        edge += len(layer.things)
        chart.add_vline(x=edge, line={"color": colours.muted, "width": 2})
    units = list(names["unit"])
    for line in range(1, len(units)):
        if units[line] != units[line - 1]:
            chart.add_hline(y=line - 0.5, line={"color": colours.ink, "width": 2})


def _map_title(rows: pd.DataFrame) -> str:
    known = rows[~rows["thing"].isin(layers.TEAMS)]
    unknown = int(known["state"].isna().sum())
    total = formats.plural(layers.count(rows), "initiative")
    return f"{total}, capability by capability; {formats.share(unknown / len(known))} not assessed"


def by_unit(scores: pd.DataFrame, title: str, is_dark: bool) -> go.Figure:
    """The score of each layer in each unit, its number written in the cell."""
    colours = theme.palette(is_dark)
    shown = scores.head(30)
    chart = theme.figure(title, is_dark, height=70 + 32 * len(shown))
    chart.add_heatmap(
        z=shown.to_numpy(dtype=float),
        x=[SHORT[layer.key] for layer in LAYERS],
        y=[theme.in_lines(unit, 14) for unit in shown.index],
        zmin=0,
        zmax=1,
        colorscale=[[0, colours.paper], [1, colours.accent]],
        showscale=False,
        xgap=2,
        ygap=2,
        hoverinfo="skip",
    )
    for line, unit in enumerate(shown.index):
        for place, layer in enumerate(LAYERS):
            value = shown.loc[unit, layer.key]
            chart.add_annotation(
                x=place,
                y=line,
                text="?" if pd.isna(value) else f"{value * 100:.0f}",
                showarrow=False,
                font={"color": colours.paper if value > 0.6 else colours.ink, "size": 13},
            )
    chart.update_xaxes(side="top", showgrid=False, tickangle=0, tickfont={"size": 11})
    chart.update_yaxes(autorange="reversed", showgrid=False)
    return chart


def unblocking(rows: pd.DataFrame, title: str, is_dark: bool) -> go.Figure:
    """What each capability would unblock, the most first."""
    colours = theme.palette(is_dark)
    rows = rows[rows["unblocked_benefit_amount"].notna()]
    most = rows["unblocked_benefit_amount"].max()
    chart = theme.figure(title, is_dark, height=50 + 26 * len(rows))
    chart.add_bar(
        orientation="h",
        x=rows["unblocked_benefit_amount"],
        y=[layers.name(thing) for thing in rows["capability"]],
        marker={
            "color": [
                colours.accent if amount == most else colours.grey_soft
                for amount in rows["unblocked_benefit_amount"]
            ]
        },
        text=[formats.money(value) for value in rows["unblocked_benefit_amount"]],
        textposition="outside",
        cliponaxis=False,
        customdata=rows["capability"],
        hovertext=[
            f"{row.count_lacking_it} lack it, worth {formats.money(row.lacking_benefit_amount)}; "
            f"{row.count_only_this} lack nothing else"
            for row in rows.itertuples()
        ],
        hoverinfo="text",
    )
    chart.update_yaxes(autorange="reversed", showgrid=False)
    chart.update_xaxes(showgrid=False, showticklabels=False)
    chart.update_layout(margin={"r": 56})
    return chart


def steps(means: list, weakest: list, title: str, is_dark: bool) -> go.Figure:
    """Each step's mean (filled) and its weakest action (hollow), on one line."""
    colours = theme.palette(is_dark)
    names = [
        f"{step.number} {step.name}".replace(" with ", "<br>with ")
        .replace(" infra", "<br>infra")
        .replace(" (ML", "<br>(ML")
        for step in STEPS
    ]
    chart = theme.figure(title, is_dark, height=290, showlegend=True)
    for name, low, high in zip(names, weakest, means, strict=True):
        theme.span(chart, name, [low, high], colours, width=3)
    for label, values, marker in (
        (
            "weakest action",
            weakest,
            {"symbol": "circle-open", "size": 13, "color": colours.ink, "line": {"width": 2}},
        ),
        ("mean of the three actions", means, {"size": 13, "color": colours.accent}),
    ):
        chart.add_scatter(
            x=values,
            y=names,
            mode="markers",
            name=label,
            marker=marker,
            hovertemplate=f"%{{y}}, {label}: %{{x:.0%}}<extra></extra>",
        )
    chart.update_xaxes(range=[-0.03, 1.03], **theme.scale(0, 1, formats.share))
    chart.update_yaxes(autorange="reversed", showgrid=False)
    return chart
