"""What one initiative cost, returned and will be worth, and why, in words and sums."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard import formats, roi, scenarios, simulate, valuing


@dataclass(frozen=True)
class Way:
    """Cumulative net by month: to date, and ahead if it goes live when expected, with the draws'
    10 and 90 % points. `net_ahead` begins where `net_past` ends."""

    months_past: pd.DatetimeIndex
    net_past: np.ndarray
    months_ahead: pd.DatetimeIndex
    net_ahead: np.ndarray
    p10: np.ndarray
    p90: np.ndarray
    payback_on: pd.Timestamp | None
    horizon: int

    def finding(self) -> str:
        """Where its money stands, and when it is back."""
        now = self.net_past[-1]
        side = "more came back than was spent" if now >= 0 else "more was spent than came back"
        if self.payback_on is None:
            back = f"not paid back within {self.horizon} months, even if it goes live when expected"
        elif self.payback_on <= self.months_past[-1]:
            back = f"paid back in {self.payback_on:%b %Y}"
        else:
            back = f"paid back in {self.payback_on:%b %Y} if it goes live when expected"
        return f"{formats.money(abs(now))} {side} to date; {back}"


def way(valued: pd.DataFrame, cash: pd.DataFrame, assumed: scenarios.Assumptions) -> Way | None:
    """The way of the one initiative in `valued`; None where it has no rNPV."""
    if valued.empty or valued["missing"].iloc[0]:
        return None
    months, benefits, costs = valuing.flows(valued, cash, assumed)
    past = months <= 0
    net = np.cumsum(benefits[0] - costs[0])
    start = pd.Period(pd.Timestamp(valued["as_of_on"].iloc[0]), "M")
    days = pd.PeriodIndex([start + int(month) for month in months]).to_timestamp(how="end")
    days = days.normalize()
    place = float(roi.payback(roi.since_first_cost(benefits, costs))[0])
    drawn = net[past][-1] + _draws(valued, costs[0, ~past], assumed)
    ahead = np.concatenate([[past.sum() - 1], np.flatnonzero(~past)])
    p10, p90 = (
        np.concatenate([[net[past][-1]], np.quantile(drawn, point, axis=0)]) for point in (0.1, 0.9)
    )
    return Way(
        days[past],
        net[past],
        days[ahead],
        net[ahead],
        p10,
        p90,
        days[int(place)] if np.isfinite(place) else None,
        assumed.horizon,
    )


def _draws(valued: pd.DataFrame, costs: np.ndarray, assumed: scenarios.Assumptions) -> np.ndarray:
    prospects = valuing.prospects(valued, assumed)
    # What is paid until it goes live moves with each draw's delay.
    fixed = np.where(prospects.monthly_cost != 0, 0.0, costs)
    return simulate.cumulative_nets(
        prospects,
        fixed,
        np.random.default_rng(assumed.seed),
        assumed.draws,
        assumed.spread,
        ramp_months=assumed.ramp_months,
    )


def says(valued: pd.DataFrame, paid: pd.DataFrame) -> str:
    """Its worth and the parts of it, each with its reason; what is missing if it has none."""
    if valued.empty:
        return "It is neither open nor live, so there is nothing to forecast."
    row = valued.iloc[0]
    if row["missing"]:
        return f"It cannot be valued: {row['missing']}."
    rate = formats.finite(paid["irr_share"].iloc[0])
    return (
        f"Risk-weighted it is worth {formats.money(row['rnpv_amount'])}: a chance of "
        f"{formats.share(row['live_share'])} ({_why_chance(row)}) × "
        f"{formats.money(row['pv_benefit_amount'])} of benefits, less "
        f"{formats.money(row['pv_cost_amount'])} of costs to come "
        f"({valuing.COST_RULES[row['cost_rule']]}). {_why_date(row)} "
        f"Internal rate of return: {formats.share(rate)}."
    )


def _why_chance(row: pd.Series) -> str:
    if row["is_live"]:
        return "live already"
    stage = formats.words(row["stage"])
    return (
        f"{row['count_live']:.0f} of {row['count_finished']:.0f} finished that reached {stage} "
        f"are live, steadied by the prior, which counts as {scenarios.PRIOR_WEIGHT}"
    )


def _why_date(row: pd.Series) -> str:
    if row["is_live"]:
        return "Its benefits count in full from next month."
    return f"Expected live on {formats.day(row['live_on'])}: {valuing.RULES[row['live_rule']]}."
