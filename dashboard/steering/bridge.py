"""Why the portfolio's rNPV is not what it was: the change between two meetings, part by part. Pure.

Initiative by initiative, in the order of the definitions: restated, new, stage moved, dates
slipped, re-estimated, left. Each part is the worth with one more kind of input taken from the
later point, so the parts add up to the whole exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard import scenarios
from dashboard.valuing import Record, value

PARTS = (
    "restated_amount",
    "new_amount",
    "moved_amount",
    "slipped_amount",
    "reestimated_amount",
    "left_amount",
)
ENDS = ("before_amount", "after_amount")
STEPS = ["moved_amount", "slipped_amount", "passed_amount"]
STAGE = ["stage", "is_live", "count_live", "count_finished", "prior_share"]
NOT_VALUED = "not valued"
KNOWN = ["initiative_id", "name", "unit", "stage"]


@dataclass(frozen=True)
class Point:
    """What was open or live at a point (the answer to `value/forecast`), and the past's record."""

    rows: pd.DataFrame
    past: Record


def split(before: Point, again: Point, now: Point, assumed: scenarios.Assumptions) -> pd.DataFrame:
    """The change of rNPV from `before` to `now`, a row per initiative open or live at either.

    `again` is the earlier day as it is known now. Columns: initiative_id, name, unit, stage_before,
    stage (empty: neither open nor live then), before_amount, the six PARTS, after_amount,
    `passed_amount` (how much of reestimated_amount is time passing alone) and `note`: why an amount
    may surprise. An initiative without an rNPV at a point counts as 0 there, and `note` says so.
    """
    first, second, third = (value(each.rows, assumed, each.past) for each in (before, again, now))
    found = _everybody(first, second, third)
    for name, valued in (("before", first), ("again", second), ("after", third)):
        by_id = valued.set_index("initiative_id")["rnpv_amount"]
        found[f"is_in_{name}"] = found["initiative_id"].isin(by_id.index)
        found[f"{name}_amount"] = found["initiative_id"].map(by_id).astype(float)
    parts = found["initiative_id"].to_frame().merge(_stayed(again, now, third, assumed), how="left")
    return _filed(found, parts)


def _everybody(first: pd.DataFrame, second: pd.DataFrame, third: pd.DataFrame) -> pd.DataFrame:
    """Who was there at any point, named as known last, with the stage at each end."""
    known = pd.concat([each[KNOWN] for each in (third, second, first)])
    known = known.drop_duplicates("initiative_id").sort_values("initiative_id", ignore_index=True)
    earlier = pd.concat([second, first]).drop_duplicates("initiative_id")
    for name, rows in (("stage_before", earlier), ("stage", third)):
        known[name] = known["initiative_id"].map(rows.set_index("initiative_id")["stage"])
    return known


def _stayed(
    again: Point, now: Point, valued: pd.DataFrame, assumed: scenarios.Assumptions
) -> pd.DataFrame:
    """The parts of who was there at both points: from the earlier worth to the later, step by step.

    A step that leaves an initiative without a worth (live by then, say, and its costs not planned
    yet) is left to the next one.
    """
    both = again.rows[["initiative_id"]].merge(now.rows[["initiative_id"]])
    if both.empty:
        return both.assign(**dict.fromkeys(STEPS, 0.0))
    old, new = (both.merge(each.rows, how="left") for each in (again, now))
    live_on = both.merge(valued[["initiative_id", "live_on"]], how="left")["live_on"]
    staged = old.assign(**{name: new[name] for name in STAGE})
    # From the stage on, the day each will be live is the one expected at the later point.
    dated = staged.assign(planned_live_on=live_on)
    passed = dated.assign(
        as_of_on=new["as_of_on"], **_costs_left(old, old["as_of_on"], new["as_of_on"])
    )
    steps = [(old, again.past), (staged, again.past), (dated, now.past), (passed, now.past)]
    steps.append((new, now.past))
    worths = pd.DataFrame(
        {
            place: value(rows, assumed, past)["rnpv_amount"]
            for place, (rows, past) in enumerate(steps)
        }
    ).astype(float)
    worths[[1, 2, 3]] = worths[[0, 1, 2, 3]].ffill(axis=1)[[1, 2, 3]]
    is_whole = worths[[0, 4]].notna().all(axis=1)
    moved = worths.diff(axis=1).where(is_whole, 0.0)
    return both.assign(**{name: moved[place] for place, name in enumerate(STEPS, start=1)})


def _costs_left(rows: pd.DataFrame, first: pd.Series, second: pd.Series) -> dict[str, list]:
    """The planned costs that are still to come on a later day, seen from there."""
    gone = (second.dt.year - first.dt.year) * 12 + second.dt.month - first.dt.month
    left: dict[str, list] = {"months_ahead": [], "planned_amounts": []}
    for months, amounts, past in zip(
        rows["months_ahead"], rows["planned_amounts"], gone, strict=True
    ):
        ahead = np.asarray(months, dtype=int) - past
        left["months_ahead"].append(ahead[ahead > 0])
        left["planned_amounts"].append(np.asarray(amounts, dtype=float)[ahead > 0])
    return left


def _filed(found: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """Every change filed under its part: what the steps do not explain is a new estimate."""
    start, again, end = (
        found[f"{name}_amount"].fillna(0.0) for name in ("before", "again", "after")
    )
    there, here = found["is_in_again"], found["is_in_after"]
    steps = parts[STEPS].fillna(0.0)
    explained = steps["moved_amount"] + steps["slipped_amount"]
    filed = found.assign(
        note=_notes(found),
        restated_amount=again - start,
        new_amount=end.where(here & ~there, 0.0),
        reestimated_amount=(end - again - explained).where(here & there, 0.0),
        left_amount=(-again).where(there & ~here, 0.0),
        before_amount=start,
        after_amount=end,
        **steps,
    )
    columns = ["initiative_id", "name", "unit", "stage_before", "stage"]
    return filed[[*columns, "before_amount", *PARTS, "after_amount", "passed_amount", "note"]]


def _notes(found: pd.DataFrame) -> np.ndarray:
    had, has = found["again_amount"].notna(), found["after_amount"].notna()
    there, here = found["is_in_again"], found["is_in_after"]
    return np.select(
        [
            found["is_in_before"] & ~there & ~here,
            there & here & ~had & has,
            there & here & had & ~has,
            (there | here | found["is_in_before"]) & ~had & ~has & found["before_amount"].isna(),
        ],
        [
            "no longer known for that day",
            "valued for the first time",
            "no longer valued",
            NOT_VALUED,
        ],
        "",
    )


def is_valued(rows: pd.DataFrame) -> bool:
    """Whether any initiative has an rNPV at either meeting: else there is nothing to explain."""
    return bool((rows["note"] != NOT_VALUED).any())


def totals(rows: pd.DataFrame) -> dict[str, float]:
    """The sum of every amount of `split`: before, the six parts, after, and time passing alone."""
    return {name: float(rows[name].sum()) for name in (ENDS[0], *PARTS, ENDS[1], "passed_amount")}


def change(sums: Mapping[str, float]) -> float:
    """What the portfolio's rNPV changed by: the sum of the six parts."""
    return sums["after_amount"] - sums["before_amount"]


def counts(rows: pd.DataFrame) -> dict[str, int]:
    """How many initiatives have each part (to the cent)."""
    return {name: int((rows[name].abs() >= 0.005).sum()) for name in PARTS}
