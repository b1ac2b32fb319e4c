"""The five layers in figures and words, from the answers to `readiness/layers`."""

from collections.abc import Mapping

import pandas as pd

from dashboard import formats
from dashboard.steps import APPLICATIONS, EVERY_LAYER, LAYERS, Layer

WHO = {"live": "Live", "open": "Open", "all": "Open and live"}
PLACED = {thing: layer for layer in EVERY_LAYER for thing in layer.things}
THINGS = tuple(PLACED)
TEAMS = tuple(LAYERS[-1].things)
SIGNS = {"in_place": "●", "partial": "◐", "missing": "✕", "unknown": "?"}
LEGEND = "● in place (1) · ◐ partial (0.5) · ✕ missing (0) · ? not assessed (counts 0)"
AT_ONCE = 25
NOT_ASSESSED = (
    "No capability of these initiatives was ever assessed, so nobody knows which layers they have. "
    "Import a list of capabilities, or open an initiative and say what it has."
)
UNBLOCKING = (
    "Each open initiative's annual benefit is divided equally among the capabilities it lacks "
    "(missing, partial or not assessed); what a capability gathers is what it would unblock. "
    "Initiatives never assessed are left out."
)


def of(rows: pd.DataFrame, who: str) -> pd.DataFrame:
    """The rows of the live initiatives, the open ones, or all."""
    return {"live": rows[rows["is_live"]], "open": rows[~rows["is_live"]], "all": rows}[who]


def lacking(rows: pd.DataFrame, thing: str | None) -> pd.DataFrame:
    """All rows of the initiatives that have a capability or team not in place; all when None."""
    if thing not in PLACED:
        return rows
    without = rows[(rows["thing"] == thing) & (rows["score"] < 1)]["initiative_id"]
    return rows[rows["initiative_id"].isin(without)]


def count(rows: pd.DataFrame) -> int:
    """How many initiatives there are."""
    return rows["initiative_id"].nunique()


def is_assessed(rows: pd.DataFrame) -> bool:
    """Whether any capability of them was assessed."""
    return bool(rows.loc[~rows["thing"].isin(TEAMS), "state"].notna().any())


def score(rows: pd.DataFrame, layer: Layer) -> float | None:
    """A layer's score over the initiatives: the mean over its things; None where none is known."""
    return _mean(rows[rows["thing"].isin(list(layer.things))])


def _mean(rows: pd.DataFrame) -> float | None:
    return float(rows["score"].mean()) if rows["state"].notna().any() else None


def by_unit(rows: pd.DataFrame) -> pd.DataFrame:
    """The score of each layer in each unit: a row per unit, a column per layer."""
    placed = rows.assign(layer=[PLACED[thing].key for thing in rows["thing"]])
    grouped = placed.groupby(["unit", "layer"])
    known = grouped["state"].count().unstack()
    scores = grouped["score"].mean().unstack().where(known > 0)
    return scores.reindex(columns=[layer.key for layer in LAYERS])


def unit_finding(scores: pd.DataFrame) -> str:
    """The lowest score of `by_unit`, in one sentence."""
    known = scores.stack().dropna()
    if known.empty:
        return "Layer scores by unit, percent"
    unit, key = known.idxmin()
    low = next(layer.name for layer in LAYERS if layer.key == key)
    return f"The lowest layer score of a unit: {low} in {unit}, {formats.share(known.min())}"


def says(layer: Layer, rows: pd.DataFrame, applications: pd.DataFrame) -> str:
    """A layer of the document, with its score and that of everything it must have, in Markdown."""
    parts = [
        f"{words} {formats.share(_mean(rows[rows['thing'] == thing]))}"
        for thing, words in layer.things.items()
    ]
    line = f"**{layer.name}**: {formats.share(score(rows, layer))} ({' · '.join(parts)})"
    return f"{line}. {fed(applications)}" if layer.key == "integration" else line


def fed(applications: pd.DataFrame) -> str:
    """How many links there are to each kind of operational system."""
    links = applications.assign(links=applications["count_live"] + applications["count_open"])
    counts = links.groupby("kind")["links"].sum()
    said = [f"{words} {int(counts.get(kind, 0)):,}" for kind, words in APPLICATIONS.items()]
    return f"Links from open and live initiatives: {' · '.join(said)}"


def without(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """What they run without, most often first: the thing, and the sentence."""
    total = count(rows)
    said = []
    for thing in THINGS:
        states = rows[rows["thing"] == thing]["state"].fillna("unknown")
        short = int((states != "in_place").sum())
        if short:
            said.append((short, thing, _counted(thing, states, short, total)))
    said.sort(key=lambda each: (-each[0], THINGS.index(each[1])))
    return [(thing, sentence) for _, thing, sentence in said]


def _counted(thing: str, states: pd.Series, short: int, total: int) -> str:
    words = {"missing": "missing", "partial": "partial", "unknown": "not assessed"}
    counts = states.value_counts()
    parts = [f"{counts[state]:,} {word}" for state, word in words.items() if state in counts]
    verb = "runs" if short == 1 else "run"
    return f"{short:,} of {total:,} {verb} without {name(thing)} in place: {formats.listed(parts)}."


def name(thing: str) -> str:
    """What a capability or team is called."""
    spoken = {"gpu_compute": "GPU compute"}
    return spoken.get(thing, formats.words(thing)) + (" (team)" if thing in TEAMS else "")


def finding(rows: pd.DataFrame, who: str) -> str:
    """The weakest layer of the initiatives shown, in one sentence."""
    known = {layer: score(rows, layer) for layer in LAYERS}
    known = {layer: value for layer, value in known.items() if value is not None}
    shown = formats.plural(count(rows), f"{WHO[who].lower()} initiative")
    if not known:
        return f"Nothing is known of the layers of {shown}."
    low = min(known, key=known.get)
    return f"{low.name} is the weakest layer of {shown}: {formats.share(known[low])} reached."


def unblocks(rows: pd.DataFrame) -> str:
    """The next capability that would unblock the most benefit, in one sentence."""
    rows = rows[rows["unblocked_benefit_amount"].notna()]
    if rows.empty:
        return "Not defined: no open initiative with a benefit estimate was assessed."
    best = rows.iloc[0]
    ties = rows[rows["unblocked_benefit_amount"].sub(best.unblocked_benefit_amount).abs() < 0.5]
    which = formats.listed([name(thing) for thing in ties["capability"]])
    lead = f"{which[0].upper()}{which[1:]} would unblock the most"
    each = ", each" if len(ties) > 1 else ""
    alone = (
        f"{best.count_only_this:,.0f} of them nothing else"
        if best.count_only_this
        else "none of them this alone"
    )
    worth = formats.money(best.lacking_benefit_amount)
    lacking = f"{formats.plural(best.count_lacking_it, 'open initiative')} worth {worth} a year"
    return (
        f"{lead}: {formats.money(best.unblocked_benefit_amount)} of benefit a year{each}. "
        f"{lacking} lack {name(best.capability)}, {alone}."
    )


def page_of(rows: pd.DataFrame, number: int) -> pd.DataFrame:
    """The rows of one page of initiatives, grouped by unit, the least equipped first."""
    order = rows.groupby(["unit", "name", "initiative_id"], as_index=False)["score"].mean()
    order = order.sort_values(["unit", "score", "name"])
    ids = list(order["initiative_id"])[(number - 1) * AT_ONCE : number * AT_ONCE]
    return rows.set_index("initiative_id").loc[ids].reset_index()


def pages(rows: pd.DataFrame) -> int:
    """How many pages of initiatives there are."""
    return max(1, -(-count(rows) // AT_ONCE))


def state(value: object) -> str:
    """A state as people read it, with its sign."""
    stored = value if formats.is_known(value) else "unknown"
    return f"{SIGNS[stored]} {'not assessed' if stored == 'unknown' else formats.words(stored)}"


def about(cell: Mapping) -> str:
    """One cell of the heat map: state, since when, how we know, in Markdown."""
    since = (
        f", assessed on {formats.day(cell['assessed_on'])}"
        if formats.is_known(cell["assessed_on"])
        else ""
    )
    how = f": {formats.plain(cell['evidence'])}" if formats.is_known(cell["evidence"]) else ""
    return f"**{name(cell['thing'])}** {state(cell['state'])}{since}{how}"


def strip(layer: Layer, rows: pd.DataFrame) -> str:
    """One layer of one initiative in a line of Markdown: each thing with its sign and evidence."""
    cells = rows.set_index("thing")
    parts = []
    for thing in layer.things:
        cell = cells.loc[thing]
        stored = cell["state"] if formats.is_known(cell["state"]) else "unknown"
        how = (
            f" ({formats.with_links(cell['evidence'])})"
            if formats.is_known(cell["evidence"])
            else ""
        )
        parts.append(f"{SIGNS[stored]} {name(thing).replace(' (team)', '')}{how}")
    return f"**{layer.name}** {formats.share(score(rows, layer))}: {' · '.join(parts)}"


def editable(rows: pd.DataFrame) -> pd.DataFrame:
    """The capabilities of one initiative as a table to change."""
    return pd.DataFrame(
        {
            "capability": [name(thing) for thing in rows["thing"]],
            "state": rows["state"].astype(object).where(rows["state"].notna(), None),
            "evidence": rows["evidence"].astype(object).where(rows["evidence"].notna(), None),
        }
    )


def changed(
    rows: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame
) -> dict[str, tuple[str, str]]:
    """What was changed and now has a state: per capability its state and evidence."""
    said = {}
    for place, thing in enumerate(rows["thing"]):
        old, new = (
            tuple(
                value if formats.is_known(value) else ""
                for value in table.loc[place, ["state", "evidence"]]
            )
            for table in (before, after)
        )
        if old != new and new[0]:
            said[thing] = new
    return said
