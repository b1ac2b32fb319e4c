"""Which initiatives to fund: the set worth most within a budget. Pure; scipy solves it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

CENT = 0.01
Chosen = NDArray[np.bool_]


class NotFundable(ValueError):
    """No set keeps to the budget and to what is forced; says so in one sentence."""


@dataclass(frozen=True)
class BestSet:
    """The initiatives chosen (n,), what they are worth together and what they cost."""

    chosen: Chosen
    worth: float
    cost: float


def best_set(
    worth: ArrayLike,
    costs: ArrayLike,
    budget: float,
    forced_in: ArrayLike | None = None,
    forced_out: ArrayLike | None = None,
) -> BestSet:
    """The set that maximizes Σ worth with Σ costs ≤ budget: all arrays (n,), costs not negative.

    Raises NotFundable when what is forced in alone costs more than the budget, or is forced out.

    Martello and Toth's small knapsack, profits 70 20 39 37 7 5 10, weights 31 10 20 19 4 3 6,
    capacity 50, has the optimum 107 with items 1 and 4:

    >>> best = best_set([70, 20, 39, 37, 7, 5, 10], [31, 10, 20, 19, 4, 3, 6], 50)
    >>> best.worth, best.cost, np.flatnonzero(best.chosen).tolist()
    (107.0, 50.0, [0, 3])
    """
    worth, costs = np.asarray(worth, dtype=float), np.asarray(costs, dtype=float)
    into, out = _mask(forced_in, len(worth)), _mask(forced_out, len(worth))
    needed = float(costs[into].sum())
    _refuse_impossible(needed, budget, into, out)
    free = ~into & ~out & (worth > 0) & (costs <= budget)
    chosen = into.copy()
    chosen[free] = _knapsack(worth[free], costs[free], max(budget - needed, 0.0))
    return BestSet(chosen, float(worth[chosen].sum()), float(costs[chosen].sum()))


def frontier(
    worth: ArrayLike,
    costs: ArrayLike,
    budgets: ArrayLike,
    forced_in: ArrayLike | None = None,
    forced_out: ArrayLike | None = None,
) -> NDArray[np.float64]:
    """The best worth at each budget: (k,) to (k,); nan where what is forced in costs more.

    >>> frontier([70, 20, 39], [31, 10, 20], [5, 10, 41, 100]).tolist()
    [0.0, 20.0, 90.0, 129.0]
    """
    found = []
    for budget in np.asarray(budgets, dtype=float):
        try:
            found.append(best_set(worth, costs, budget, forced_in, forced_out).worth)
        except NotFundable:
            found.append(np.nan)
    return np.array(found)


def _mask(wanted: ArrayLike | None, count: int) -> Chosen:
    return np.zeros(count, bool) if wanted is None else np.asarray(wanted, dtype=bool)


def _refuse_impossible(needed: float, budget: float, into: Chosen, out: Chosen) -> None:
    if (into & out).any():
        raise NotFundable("An initiative cannot be forced in and out at once: take it from one.")
    if needed > budget + CENT / 2:
        raise NotFundable(
            f"What is forced in costs {needed:,.0f}, more than the budget of {budget:,.0f}: "
            "raise the budget or force less in."
        )


def _knapsack(worth: NDArray, costs: NDArray, budget: float) -> Chosen:
    """The best of those free to choose; all of them when they fit."""
    if costs.sum() <= budget:
        return np.ones(len(worth), bool)
    from scipy.optimize import Bounds, LinearConstraint, milp

    room = budget
    while True:
        found = milp(
            -worth,
            integrality=np.ones(len(worth)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(costs[None, :], -np.inf, room),
            options={"mip_rel_gap": 0.0},
        )
        chosen = found.x > 0.5
        # The solver's whole numbers are whole to a millionth; of a large cost that can be money.
        excess = float(costs[chosen].sum()) - budget
        if excess <= CENT / 2:
            return chosen
        room -= excess
