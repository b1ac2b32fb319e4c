"""What a budget buys, in words and sums."""

import numpy as np
import pandas as pd

from dashboard import formats, funding

FUNDED = {
    "name": "Initiative",
    "unit": "Unit",
    "stage": "Stage",
    "cost_to_come_amount": "Cost to come",
    "rnpv_amount": "Risk-weighted NPV",
}


def candidates(valued: pd.DataFrame) -> pd.DataFrame:
    """The open initiatives that can be funded: those with an rNPV and a cost to come."""
    rows = valued[(valued["missing"] == "") & ~valued["is_live"].astype(bool)]
    return rows.assign(stage=rows["stage"].map(formats.words)).reset_index(drop=True)


def names(rows: pd.DataFrame) -> dict[str, str]:
    """Each candidate as the reader chooses it: its name and identifier."""
    return {
        row.initiative_id: f"{row.name} ({row.initiative_id})"
        for row in rows.itertuples(index=False)
    }


def half_the_cost(rows: pd.DataFrame) -> int:
    """A first budget: half of what everything would cost, to the nearest ten thousand."""
    return int(round(rows["cost_to_come_amount"].sum() / 2, -4))


def best(
    rows: pd.DataFrame, budget: float, forced_in: list[str], forced_out: list[str]
) -> funding.BestSet:
    """The best set of the candidates. Raises funding.NotFundable with one sentence."""
    ids = rows["initiative_id"]
    return funding.best_set(
        rows["rnpv_amount"],
        rows["cost_to_come_amount"],
        budget,
        ids.isin(forced_in),
        ids.isin(forced_out),
    )


def best_with_more(
    rows: pd.DataFrame, budget: float, step: float, forced_in: list[str], forced_out: list[str]
) -> funding.BestSet:
    """The best set with the next unit of budget."""
    return best(rows, budget + step, forced_in, forced_out)


def frontier(
    rows: pd.DataFrame, budget: float, forced_in: list[str], forced_out: list[str]
) -> pd.DataFrame:
    """The best worth at budgets from nothing to everything, and at the one asked for."""
    whole = float(rows["cost_to_come_amount"].sum())
    budgets = np.unique(np.append(np.linspace(0.0, whole, 16), budget))
    ids = rows["initiative_id"]
    worth = funding.frontier(
        rows["rnpv_amount"],
        rows["cost_to_come_amount"],
        budgets,
        ids.isin(forced_in),
        ids.isin(forced_out),
    )
    return pd.DataFrame({"budget_amount": budgets, "rnpv_amount": worth})


def funded(rows: pd.DataFrame, chosen: funding.BestSet) -> pd.DataFrame:
    """The rows of the set, worth most first."""
    return rows[chosen.chosen].sort_values("rnpv_amount", ascending=False)


def funding_finding(
    rows: pd.DataFrame, chosen: funding.BestSet, more: funding.BestSet, step: float
) -> str:
    """What the budget buys, and what the next unit of it would."""
    gain = more.worth - chosen.worth
    ids = rows["initiative_id"]
    added = [rows["name"][place] for place in ids.index[more.chosen & ~chosen.chosen]]
    dropped = [rows["name"][place] for place in ids.index[chosen.chosen & ~more.chosen]]
    instead = f" instead of {formats.listed(dropped)}" if dropped else ""
    buys = (
        f"would add {formats.money(gain)}: {formats.listed(added)}{instead}"
        if gain > 0
        else "would add nothing"
    )
    return (
        f"{formats.money(chosen.cost)} of cost to come buys "
        f"{formats.plural(int(chosen.chosen.sum()), 'initiative')} worth "
        f"{formats.money(chosen.worth)}; the next {formats.money(step)} {buys}."
    )
