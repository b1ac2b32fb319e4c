"""What each initiative will be worth, with every part of it visible. Pure.

`value` is the one place where the portfolio's rows and a scenario's assumptions become rNPV.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from dashboard import portfolio, roi, scenarios, simulate
from dashboard.briefing import Ask, passage

NO_BENEFIT = "no benefit estimate"
NO_COSTS = "no costs, planned or actual"
LIVE_WITHOUT_PLAN = "live without a plan of costs"
RULES = {
    "live": "live already",
    "planned": "its planned date",
    "median": "the time-adjusted median of its stage",
    "wait": "no date and no median: a fixed wait",
}
COST_RULES = {
    "plan": "as planned",
    "recent": "mean of its last three months, until live",
    "none": "not known",
}


@dataclass(frozen=True)
class Record:
    """What the portfolio's own past says: median days to production by stage (None: not reached),
    and realised / planned benefit by unit."""

    medians: Mapping[str, float | None] = field(default_factory=dict)
    track: Mapping[str, float] = field(default_factory=dict)


def record(durations: Mapping[str, pd.DataFrame], returns: pd.DataFrame) -> Record:
    """The record from the answers to `delivery/time_to_production` by starting stage, and to
    `value/returns` counting all evidence."""
    medians = {stage: passage(rows).curve.median for stage, rows in durations.items()}
    planned = returns[returns["planned_benefit_amount"].notna()].groupby("unit")
    sums = planned[["realised_in_plan_amount", "planned_benefit_amount"]].sum()
    sums = sums[sums["planned_benefit_amount"] > 0]
    track = sums["realised_in_plan_amount"] / sums["planned_benefit_amount"]
    return Record(medians, track.to_dict())


def recalled(ask: Ask) -> Record:
    """The record of what `ask` sees."""
    durations = {
        stage: ask("delivery/time_to_production", from_stage=stage) for stage in portfolio.STARTS
    }
    return record(durations, ask("value/returns"))


def value(
    rows: pd.DataFrame, assumed: scenarios.Assumptions, past: Record | None = None
) -> pd.DataFrame:
    """Every open or live initiative's rNPV with its parts: a row per row of `value/forecast`.

    Adds live_share, live_on, live_rule, delay_months, benefit_amount (a year, of the case, after
    any haircut), low/base/high_amount after it, pv_benefit_amount, pv_cost_amount, npv_amount,
    rnpv_amount, cost_to_come_amount, cost_rule, cost_of_delay_amount and `missing`: why rnpv_amount
    is empty ("" where it is not).
    """
    past = past or Record()
    found = rows.reset_index(drop=True).copy()
    found["live_share"] = _chances(found, assumed)
    found = _dated(found, assumed, past)
    found = _benefits(found, assumed, past)
    costs = cost_streams(found, assumed)
    annuity = roi.annuity_values(assumed.horizon, assumed.rate)
    ramped = roi.ramped_values(assumed.horizon, assumed.rate, assumed.ramp_months)
    worth = np.where(found["is_live"], annuity[-1], ramped[_months(found, assumed)])
    found["cost_rule"] = _cost_rules(found)
    found["missing"] = _missing(found, assumed)
    is_costed = ~_is_uncosted(found, assumed)
    found["cost_to_come_amount"] = np.where(is_costed, costs.sum(axis=1), np.nan)
    found["pv_benefit_amount"] = found["benefit_amount"] / 12 * worth
    found["pv_cost_amount"] = np.where(is_costed, roi.present_value(costs, assumed.rate), np.nan)
    found["npv_amount"] = found["pv_benefit_amount"] - found["pv_cost_amount"]
    found["rnpv_amount"] = roi.risked(
        found["live_share"], found["pv_benefit_amount"], found["pv_cost_amount"]
    )
    delay = roi.cost_of_delay(found["live_share"], found["benefit_base_amount"])
    found["cost_of_delay_amount"] = np.where(found["is_live"], np.nan, delay)
    return found


def _chances(rows: pd.DataFrame, assumed: scenarios.Assumptions) -> pd.Series:
    prior = rows["stage"].map(dict(assumed.priors))
    share = scenarios.chance(rows["count_live"], rows["count_finished"], prior)
    return share.astype(float).where(~rows["is_live"], 1.0)


def _dated(rows: pd.DataFrame, assumed: scenarios.Assumptions, past: Record) -> pd.DataFrame:
    """The expected live date, the rule that gave it, and the month it falls in."""
    as_of = pd.to_datetime(rows["as_of_on"])
    planned = pd.to_datetime(rows["planned_live_on"])
    days = rows["stage"].map(dict(past.medians)).astype(float)
    guessed = as_of + pd.to_timedelta(np.ceil(days), unit="D")
    waited = as_of + pd.DateOffset(months=assumed.wait_months)
    rule = np.select(
        [rows["is_live"], planned > as_of, guessed.notna()], ["live", "planned", "median"], "wait"
    )
    live_on = planned.where(rule == "planned", guessed.where(rule == "median", waited))
    live_on = live_on.where(~rows["is_live"])
    months = (live_on.dt.year - as_of.dt.year) * 12 + live_on.dt.month - as_of.dt.month
    return rows.assign(live_on=live_on, live_rule=rule, delay_months=months.fillna(0).astype(int))


def _benefits(rows: pd.DataFrame, assumed: scenarios.Assumptions, past: Record) -> pd.DataFrame:
    """The benefits after any haircut. Without a low or a high case the base stands for it; a track
    record above one adds nothing."""
    track = rows["unit"].map(dict(past.track)).astype(float)
    cut = track.clip(upper=1).fillna(1.0) if assumed.is_haircut else 1.0
    base = rows["benefit_base_amount"].astype(float)
    cases = {
        f"{case}_amount": rows[f"benefit_{case}_amount"].astype(float).fillna(base) * cut
        for case in scenarios.CASES
    }
    cases = {name: amounts.where(base.notna()) for name, amounts in cases.items()}
    return rows.assign(track_share=track, **cases, benefit_amount=cases[f"{assumed.case}_amount"])


def cost_streams(rows: pd.DataFrame, assumed: scenarios.Assumptions) -> np.ndarray:
    """The costs of months 1 … horizon: (initiatives, months). `rows` has `delay_months`."""
    horizon = assumed.horizon
    streams = np.zeros((len(rows), horizon))
    recent = rows["recent_amount"].to_numpy(dtype=float, na_value=np.nan)
    for place, (months, amounts) in enumerate(
        zip(rows["months_ahead"], rows["planned_amounts"], strict=True)
    ):
        months, amounts = np.asarray(months, dtype=int), np.asarray(amounts, dtype=float)
        if len(months):
            inside = months <= horizon
            streams[place, months[inside] - 1] = amounts[inside]
            if assumed.is_run_on:
                streams[place, months[-1] :] = amounts[-3:].mean()
        elif np.isfinite(recent[place]):
            until = horizon if assumed.is_run_on else rows["delay_months"].iat[place]
            streams[place, :until] = recent[place]
    return streams


def _cost_rules(rows: pd.DataFrame) -> np.ndarray:
    has_plan = rows["months_ahead"].map(len).to_numpy() > 0
    return np.select([has_plan, rows["recent_amount"].notna()], ["plan", "recent"], "none")


def _missing(rows: pd.DataFrame, assumed: scenarios.Assumptions) -> np.ndarray:
    is_uncosted = _is_uncosted(rows, assumed)
    return np.select(
        [rows["benefit_amount"].isna(), is_uncosted & ~rows["is_live"], is_uncosted],
        [NO_BENEFIT, NO_COSTS, LIVE_WITHOUT_PLAN],
        "",
    )


def _is_uncosted(rows: pd.DataFrame, assumed: scenarios.Assumptions) -> pd.Series:
    """Whose cost to come nobody knows: no costs at all, or live, and no plan for running it."""
    is_unplanned = rows["is_live"].astype(bool) & (rows["cost_rule"] == "recent")
    return (rows["cost_rule"] == "none") | (is_unplanned & (not assumed.is_run_on))


def _months(rows: pd.DataFrame, assumed: scenarios.Assumptions) -> np.ndarray:
    return np.clip(rows["delay_months"].to_numpy(), 0, assumed.horizon)


def prospects(valued: pd.DataFrame, assumed: scenarios.Assumptions) -> simulate.Prospects:
    """What `simulate` draws from: the initiatives of `value` that have an rNPV.

    Estimates out of order (low above base, say) have no spread: the base stands for all three.
    """
    rows = valued[valued["missing"] == ""]
    low, base, high = (rows[f"{case}_amount"].to_numpy() for case in scenarios.CASES)
    is_ordered = (low <= base) & (base <= high)
    is_waiting = (rows["cost_rule"] == "recent").to_numpy() & (not assumed.is_run_on)
    recent = rows["recent_amount"].to_numpy(dtype=float, na_value=np.nan)
    return simulate.Prospects(
        low=np.where(is_ordered, low, base),
        base=base,
        high=np.where(is_ordered, high, base),
        live_share=rows["live_share"].to_numpy(),
        is_live=rows["is_live"].to_numpy(dtype=bool),
        delay_months=rows["delay_months"].to_numpy(),
        fixed_cost=np.where(is_waiting, 0.0, rows["pv_cost_amount"].to_numpy()),
        monthly_cost=np.where(is_waiting, recent, 0.0),
        ramped=roi.ramped_values(assumed.horizon, assumed.rate, assumed.ramp_months),
        annuity=roi.annuity_values(assumed.horizon, assumed.rate),
    )


def flows(
    valued: pd.DataFrame, cash: pd.DataFrame, assumed: scenarios.Assumptions
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Months (relative to the as-of month), benefits and costs: (m,), (n, m), (n, m).

    Actuals of `value/cash` up to month 0, then the forecast if it goes live when expected.
    """
    ids = {key: place for place, key in enumerate(valued["initiative_id"])}
    cash = cash[cash["initiative_id"].isin(ids)]
    first = min(int(cash["month_ahead"].min()) if len(cash) else 0, 0)
    months = np.arange(first, assumed.horizon + 1)
    benefits, costs = np.zeros((2, len(valued), len(months)))
    rows, columns = cash["initiative_id"].map(ids).to_numpy(int), cash["month_ahead"] - first
    benefits[rows, columns] = cash["benefit_amount"]
    costs[rows, columns] = cash["cost_amount"]
    ahead = (
        np.stack(
            [
                np.ones(assumed.horizon)
                if row.is_live
                else roi.ramp(assumed.horizon, row.delay_months, assumed.ramp_months)
                for row in valued.itertuples()
            ]
        )
        if len(valued)
        else np.zeros((0, assumed.horizon))
    )
    benefits[:, 1 - first :] = ahead * (valued["benefit_amount"].to_numpy()[:, None] / 12)
    costs[:, 1 - first :] = cost_streams(valued, assumed)
    return months, benefits, costs


def paid_back(
    valued: pd.DataFrame, cash: pd.DataFrame, assumed: scenarios.Assumptions
) -> pd.DataFrame:
    """Payback (month relative to the as-of month), plain and discounted, and IRR, per initiative.

    Empty where not within the horizon or not defined.
    """
    months, benefits, costs = flows(valued, cash, assumed)
    nets = roi.since_first_cost(benefits, costs)
    nets[(valued["missing"] != "").to_numpy()] = np.nan
    return pd.DataFrame(
        {
            "initiative_id": valued["initiative_id"],
            "payback_month": roi.payback(nets) + months[0],
            "discounted_payback_month": roi.payback(nets, assumed.rate) + months[0],
            "irr_share": roi.irr(nets),
        }
    )


def portfolio_worth(valued: pd.DataFrame) -> float | None:
    """The portfolio's rNPV: the sum over the initiatives that have one; None where none has."""
    known = valued["rnpv_amount"].dropna()
    return float(known.sum()) if len(known) else None


def swings(
    rows: pd.DataFrame, assumed: scenarios.Assumptions, past: Record, cost_share: float | None
) -> pd.DataFrame:
    """The portfolio's rNPV with one input moved at a time: input, low_amount, high_amount.

    Benefits: the low and the high case. Chance: 10 and 90 % points of the Beta distribution whose
    mean it is. Time to live: those of its lognormal factor. Costs: as planned against overrun as to
    date. Rate: two points more and less. Only initiatives with an rNPV count, the same in each.
    """
    valued = value(rows, assumed, past)
    kept = valued["missing"] == ""
    base = valued[kept]

    def worth(frame: pd.DataFrame) -> float:
        return float(frame.loc[kept, "rnpv_amount"].sum())

    ends = {
        "benefit": [
            worth(value(rows, replace(assumed, case=case), past)) for case in ("low", "high")
        ],
        "chance": [_with_chance(base, point, assumed) for point in (0.1, 0.9)],
        "time to live": [_with_delay(base, point, assumed) for point in (0.9, 0.1)],
        "discount rate": [
            worth(value(rows, replace(assumed, rate=max(assumed.rate + step, 0.0)), past))
            for step in (0.02, -0.02)
        ],
    }
    if cost_share is not None:
        now = float(base["rnpv_amount"].sum())
        ends["costs"] = sorted([now - cost_share * float(base["pv_cost_amount"].sum()), now])
    found = pd.DataFrame(
        [(name, *amounts) for name, amounts in ends.items()],
        columns=["input", "low_amount", "high_amount"],
    )
    width = (found["high_amount"] - found["low_amount"]).abs()
    return found.iloc[np.argsort(-width.to_numpy(), kind="stable")].reset_index(drop=True)


def _with_chance(base: pd.DataFrame, point: float, assumed: scenarios.Assumptions) -> float:
    from scipy.special import betaincinv

    open_ones = base[~base["is_live"].astype(bool)]
    prior = open_ones["stage"].map(dict(assumed.priors)).astype(float)
    weight = scenarios.PRIOR_WEIGHT
    hits = open_ones["count_live"] + weight * prior
    misses = open_ones["count_finished"] + weight - hits
    chance = base["live_share"].copy()
    is_certain = (hits <= 0) | (misses <= 0)
    drawn = betaincinv(hits.clip(lower=1e-9), misses.clip(lower=1e-9), point)
    chance.loc[open_ones.index] = np.where(is_certain, open_ones["live_share"], drawn)
    return float(roi.risked(chance, base["pv_benefit_amount"], base["pv_cost_amount"]).sum())


def _with_delay(base: pd.DataFrame, point: float, assumed: scenarios.Assumptions) -> float:
    from scipy.special import ndtri

    factor = float(np.exp(assumed.spread * ndtri(point)))
    months = np.floor(base["delay_months"] * factor + 0.5).astype(int)
    moved = base.assign(delay_months=months)
    ramped = roi.ramped_values(assumed.horizon, assumed.rate, assumed.ramp_months)
    annuity = roi.annuity_values(assumed.horizon, assumed.rate)
    worth = np.where(base["is_live"], annuity[-1], ramped[_months(moved, assumed)])
    costs = roi.present_value(cost_streams(moved, assumed), assumed.rate)
    return float(roi.risked(base["live_share"], base["benefit_amount"] / 12 * worth, costs).sum())
