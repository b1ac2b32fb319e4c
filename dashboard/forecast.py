"""What the portfolio will be worth, in words and sums."""

import json
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from dashboard import formats, roi, scenarios, simulate, valuing

_FIRST = scenarios.Assumptions()
DEFAULTS: dict[str, object] = {
    "rate": _FIRST.rate * 100,
    "horizon": _FIRST.horizon,
    "ramp": _FIRST.ramp_months,
    "wait": _FIRST.wait_months,
    **{f"prior_{stage}": prior * 100 for stage, prior in scenarios.PRIORS.items()},
    "spread": _FIRST.spread,
    "draws": _FIRST.draws,
    "seed": _FIRST.seed,
    "benefit_case": _FIRST.case,
    "haircut": _FIRST.is_haircut,
    "run_on": _FIRST.is_run_on,
}
FOUR = ("rnpv_amount", "p10_amount", "p90_amount", "loss_share")
PARTS = ("rnpv_amount", "pv_benefit_amount", "pv_cost_amount", "live_share", "cost_of_delay_amount")
NO_MONEY = (
    "No initiative here has both a benefit estimate and a cost to come, so none can be valued. "
    "Bring in benefits a year (low, base, high) and planned or actual costs; the other pages work "
    "without."
)
CASES = {
    "case": "Scenario",
    "rnpv_amount": "Risk-weighted NPV",
    "expected_benefit_amount": "p × PV of benefits",
    "pv_cost_amount": "PV of costs",
    "npv_amount": "NPV if all go live",
}
VALUED = {
    "name": "Initiative",
    "unit": "Unit",
    "stage": "Stage",
    "rnpv_amount": "Risk-weighted NPV",
    "live_share": "Chance",
    "live_on": "Live on",
    "live_because": "Date from",
    "pv_benefit_amount": "PV of benefits",
    "pv_cost_amount": "PV of costs",
    "cost_to_come_amount": "Cost to come",
    "cost_because": "Cost from",
    "payback_on": "Payback",
    "discounted_payback_on": "Payback, discounted",
    "irr_share": "IRR",
}
DELAYS = {
    "name": "Initiative",
    "unit": "Unit",
    "stage": "Stage",
    "live_share": "Chance",
    "benefit_base_amount": "Benefit, a year",
    "cost_of_delay_amount": "Cost of delay, a month",
}
MISSING = {"name": "Initiative", "unit": "Unit", "stage": "Stage", "missing": "What is missing"}

SWINGS = (
    "Benefits: all low, all high. Chance: 10 and 90 % points of the Beta distribution behind it. "
    "Time to live: 90 and 10 % points of its factor. Costs: as planned, and overrun as to date. "
    "Discount rate: two points more and less. Inputs of a bar move together, one bar at a time."
)
ONE_BY_ONE = (
    "Payback and IRR are of the initiative's own stream since its first cost, if it goes live when "
    "expected; empty: not within the horizon, or not defined."
)


def finding(valued: pd.DataFrame) -> str:
    """What the portfolio is worth, and how much of that is live already."""
    known = valued[valued["missing"] == ""]
    live = known.loc[known["is_live"].astype(bool), "rnpv_amount"].sum()
    total = known["rnpv_amount"].sum()
    return (
        f"As assumed, {formats.plural(len(known), 'initiative')} are worth "
        f"{formats.money(total)}: {formats.money(live)} rests on those live already, "
        f"{formats.money(total - live)} on those that must still go live."
    )


def caveats(
    valued: pd.DataFrame, assumed: scenarios.Assumptions, run_on: pd.DataFrame
) -> list[str]:
    """What the figures leave out or rest on, each as a sentence.

    `run_on` is the same valued with costs that run on after their plan.
    """
    known = valued[valued["missing"] == ""]
    reasons = valued.loc[valued["missing"] != "", "missing"].value_counts().sort_index()
    left_out = [
        f"{count:,} {'with ' if why.startswith('no ') else ''}{why}"
        for why, count in reasons.items()
    ]
    says = [f"Based on {len(known):,} of {formats.plural(len(valued), 'open or live initiative')}"]
    if left_out:
        says[0] += f"; left out: {formats.listed(left_out)}"
    says = [f"{says[0]}."]
    planned = known[known["cost_rule"] == "plan"]
    ends = planned["months_ahead"].map(lambda months: months[-1])
    short = int((ends < assumed.horizon).sum())
    if short and not assumed.is_run_on:
        says.append(
            f"The cost plans of {short:,} end before the {assumed.horizon} months do (half of "
            f"them by month {ends.median():.0f}) while benefits go on. Were their costs to run on "
            f"at the last level, the same initiatives would be worth "
            f"{formats.money(run_on.loc[known.index, 'rnpv_amount'].sum())}."
        )
    for mask, why in (
        (
            ~known["is_live"].astype(bool) & (known["delay_months"] >= assumed.horizon),
            "go live after the horizon, so all their benefits lie beyond it",
        ),
        (known["benefit_amount"] < 0, "expect a negative benefit: check their estimates"),
        (~_is_ordered(known), "have estimates out of order (low, base, high): no spread is drawn"),
        (
            known["benefit_low_amount"].isna() | known["benefit_high_amount"].isna(),
            "have no low or no high estimate: the base stands for it",
        ),
        (known["track_share"].isna() & assumed.is_haircut, "have no track record: no haircut"),
    ):
        if mask.any():
            says.append(f"{mask.sum():,} {why}.")
    return says


def _is_ordered(rows: pd.DataFrame) -> pd.Series:
    low, base, high = (rows[f"{case}_amount"] for case in scenarios.CASES)
    return (low <= base) & (base <= high)


def cases(
    rows: pd.DataFrame,
    assumed: scenarios.Assumptions,
    past: valuing.Record,
    saved: Mapping[str, scenarios.Assumptions] | None = None,
) -> pd.DataFrame:
    """Low, base and high side by side, then the saved scenarios: a row each, sums over those
    with an rNPV."""
    found = []
    sides = {case: replace(assumed, case=case) for case in scenarios.CASES}
    for case, scenario in (*sides.items(), *(saved or {}).items()):
        valued = valuing.value(rows, scenario, past)
        known = valued[valued["missing"] == ""]
        found.append(
            {
                "case": case,
                "rnpv_amount": known["rnpv_amount"].sum(),
                "expected_benefit_amount": (known["live_share"] * known["pv_benefit_amount"]).sum(),
                "pv_cost_amount": known["pv_cost_amount"].sum(),
                "npv_amount": known["npv_amount"].sum(),
            }
        )
    return pd.DataFrame(found)


def draws(
    valued: pd.DataFrame,
    assumed: scenarios.Assumptions,
    varying: tuple[str, ...] = simulate.SOURCES,
) -> np.ndarray:
    """The portfolio's NPV in each draw: (draws,)."""
    rng = np.random.default_rng(assumed.seed)
    drawn = valuing.prospects(valued, assumed)
    return simulate.net_present_values(drawn, rng, assumed.draws, assumed.spread, varying=varying)


def figures(valued: pd.DataFrame, outlook: simulate.Outlook) -> dict[str, float | None]:
    """The figures at the top, by name."""
    return {
        "rnpv_amount": valuing.portfolio_worth(valued),
        "p10_amount": outlook.p10,
        "p90_amount": outlook.p90,
        "loss_share": outlook.loss_share,
    }


def shown(valued: pd.DataFrame, paid: pd.DataFrame) -> pd.DataFrame:
    """Each initiative with its parts, the rules behind them, payback and IRR; worth most first."""
    rows = valued.merge(paid, on="initiative_id")
    start = pd.to_datetime(rows["as_of_on"]).dt.to_period("M")
    for name in ("payback", "discounted_payback"):
        months = rows[f"{name}_month"]
        on = [
            (month + int(ahead)).end_time.normalize() if np.isfinite(ahead) else pd.NaT
            for month, ahead in zip(start, months, strict=True)
        ]
        rows[f"{name}_on"] = pd.to_datetime(pd.Series(on, index=rows.index, dtype="datetime64[us]"))
    rows = rows.assign(
        stage=rows["stage"].map(formats.words),
        live_because=rows["live_rule"].map(valuing.RULES),
        cost_because=rows["cost_rule"].map(valuing.COST_RULES),
    )
    return rows.sort_values(["rnpv_amount", "initiative_id"], ascending=[False, True])


def incomplete(valued: pd.DataFrame) -> pd.DataFrame:
    """Who has no rNPV, and what is missing."""
    rows = valued[valued["missing"] != ""]
    return rows.assign(stage=rows["stage"].map(formats.words)).sort_values(["missing", "name"])


def delays(valued: pd.DataFrame) -> pd.DataFrame:
    """Open initiatives with a cost of delay, the most expensive first."""
    rows = valued[valued["cost_of_delay_amount"].notna()]
    rows = rows.assign(stage=rows["stage"].map(formats.words))
    return rows.sort_values(["cost_of_delay_amount", "initiative_id"], ascending=[False, True])


def delay_finding(rows: pd.DataFrame) -> str:
    """What one month of everybody waiting costs, and who costs most."""
    if rows.empty:
        return "No open initiative has a benefit estimate, so a cost of delay is not defined."
    top = rows.iloc[0]
    return (
        f"Each month of waiting costs {formats.money(rows['cost_of_delay_amount'].sum())} in "
        f"expected benefit over {formats.plural(len(rows), 'open initiative')}; most of one: "
        f"{top['name']}, {formats.money(top['cost_of_delay_amount'])}."
    )


def movers(valued: pd.DataFrame, assumed: scenarios.Assumptions) -> str:
    """Which source of chance moves the draws most: each alone, the others at their base."""
    names = {"benefit": "benefits", "delay": "time to live", "going_live": "going live or not"}
    widths = {}
    for source in simulate.SOURCES:
        found = simulate.outlook(draws(valued, assumed, (source,)))
        widths[names[source]] = found.p90 - found.p10
    ranked = sorted(widths, key=widths.get, reverse=True)
    said = [f"{name} {formats.money(widths[name])}" for name in ranked]
    return f"Width from 10 % to 90 % when one source varies alone: {formats.listed(said)}."


def portfolio_payback(
    valued: pd.DataFrame, cash: pd.DataFrame, assumed: scenarios.Assumptions
) -> str:
    """The portfolio's payback and IRR; benefits to come weighted by their chance."""
    known = valued[valued["missing"] == ""].reset_index(drop=True)
    months, benefits, costs = valuing.flows(known, cash, assumed)
    weight = np.where(months[None, :] > 0, known["live_share"].to_numpy()[:, None], 1.0)
    net = roi.since_first_cost((benefits * weight).sum(axis=0), costs.sum(axis=0))
    said = []
    for what, rate in (("payback", 0.0), ("discounted", assumed.rate)):
        place = float(roi.payback(net, rate))
        when = (
            f"{what} {_month(valued, months[0] + place)}"
            if np.isfinite(place)
            else f"{what} not within the horizon"
        )
        said.append(when)
    rate = formats.finite(float(roi.irr(net)))
    said.append(f"internal rate of return {formats.share(rate)}")
    return (
        "Open and live initiatives together, from their first cost, benefits to come weighted by "
        f"their chance: {'; '.join(said)}."
    )


def _month(valued: pd.DataFrame, ahead: float) -> str:
    start = pd.Period(pd.Timestamp(valued["as_of_on"].iloc[0]), "M")
    return f"in {(start + int(ahead)).strftime('%b %Y')}"


def assumed_with(assumed: Mapping[str, object]) -> scenarios.Assumptions:
    """Assumptions from what the reader set: shares as percent, priors by stage."""
    priors = {stage: assumed[f"prior_{stage}"] / 100 for stage in scenarios.PRIORS}
    return scenarios.Assumptions(
        rate=assumed["rate"] / 100,
        horizon=int(assumed["horizon"]),
        ramp_months=int(assumed["ramp"]),
        case=assumed["benefit_case"],
        is_haircut=bool(assumed["haircut"]),
        is_run_on=bool(assumed["run_on"]),
        wait_months=int(assumed["wait"]),
        priors=priors,
        spread=float(assumed["spread"]),
        draws=int(assumed["draws"]),
        seed=int(assumed["seed"]),
    )


def saved(rows: pd.DataFrame) -> dict[str, scenarios.Assumptions]:
    """The scenarios on the list by name, from the answer to `value/scenarios`."""
    return {
        row.name: assumed_with(settings(row.assumptions))
        for row in rows[~rows["is_removed"].astype(bool)].itertuples(index=False)
    }


def settings(assumptions: str) -> dict[str, object]:
    """What a saved scenario sets on the page: every field, those it did not know at their default.

    >>> settings('{"rate": 8.0}')["rate"], settings("{}")["horizon"]
    (8.0, 36)
    """
    return DEFAULTS | {k: v for k, v in json.loads(assumptions).items() if k in DEFAULTS}
