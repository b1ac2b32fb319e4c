"""What came back for what was spent, in words and sums."""

from collections.abc import Mapping

import pandas as pd

from dashboard import formats, roi

LEVELS = {"claimed": "All evidence", "measured": "Measured or better", "confirmed": "Confirmed"}
LADDER = ("claimed", "modelled", "measured", "confirmed")
FOUR = ("realised_amount", "spent_amount", "roi_share", "track_share")
NO_MONEY = (
    "No realised benefits and no costs are stored for these initiatives, so no return can be "
    "shown. Bring in a file of benefits (initiative, month, realised amount, evidence) and one of "
    "costs."
)
EXPLAINED = (
    "Evidence, weakest first: claimed, modelled, measured against a baseline, confirmed by "
    "finance. The choice changes every figure on this page; spending stays whole."
)
SHOWN = {
    "name": "Initiative",
    "unit": "Unit",
    "stage": "Stage",
    "spent_amount": "Spent",
    "realised_amount": "Returned",
    "roi_share": "Return",
    "planned_benefit_amount": "Benefit planned",
    "track_share": "Track record",
}
BY_UNIT = {name: label for name, label in SHOWN.items() if name not in ("name", "stage")}


def has_money(rows: pd.DataFrame) -> bool:
    """Whether anything was spent or returned on record."""
    return bool(rows[["spent_amount", "realised_by_any_amount"]].notna().any(axis=None))


def _rated(rows: pd.DataFrame, is_any_known: bool) -> pd.DataFrame:
    """Adds roi_share and track_share. Nothing returned is zero only where some return is known."""
    zero = 0.0 if is_any_known else float("nan")
    realised = rows["realised_amount"].astype(float).fillna(zero)
    planned = rows["planned_benefit_amount"].astype(float)
    in_plan = rows["realised_in_plan_amount"].astype(float).fillna(zero)
    return rows.assign(
        roi_share=roi.return_on(realised, rows["spent_amount"].astype(float)),
        track_share=in_plan / planned.where(planned > 0),
    )


def each(rows: pd.DataFrame) -> pd.DataFrame:
    """`value/returns` with each initiative's ROI and track record, largest return first."""
    rated = _rated(rows, _knows(rows)).assign(stage=rows["stage"].map(formats.words))
    return rated.sort_values(
        ["realised_amount", "spent_amount", "initiative_id"], ascending=[False, False, True]
    )


def by_unit(rows: pd.DataFrame) -> pd.DataFrame:
    """The same per unit, by name."""
    return _rated(_summed(rows.groupby("unit")).reset_index(), _knows(rows))


def figures(rows: pd.DataFrame) -> dict[str, float | None]:
    """The same for the whole portfolio; None where not defined."""
    whole = _summed(rows.groupby(lambda _: "all"))
    if whole.empty:
        return dict.fromkeys((*FOUR, "planned_benefit_amount"))
    found = _rated(whole, _knows(rows)).iloc[0]
    return {name: formats.finite(found[name]) for name in (*FOUR, "planned_benefit_amount")}


def _knows(rows: pd.DataFrame) -> bool:
    return bool(rows["realised_by_any_amount"].notna().any())


def _summed(groups) -> pd.DataFrame:
    names = ["spent_amount", "realised_amount", "realised_in_plan_amount", "planned_benefit_amount"]
    return groups[names].sum(min_count=1)


def finding(now: Mapping[str, float | None], least: str) -> str:
    """What came back for each unit of money spent, and at which evidence."""
    counted = {"claimed": "", "measured": " measured or confirmed", "confirmed": " confirmed"}
    back, spent = now["realised_amount"], now["spent_amount"]
    if back is None:
        paid = f"; {formats.money(spent)} was spent" if spent is not None else ", nor are costs"
        return f"No{counted[least]} benefits are on record{paid}."
    says = f"{formats.money(back)}{counted[least]} came back for {formats.money(spent)} spent"
    if now["roi_share"] is None:
        return f"{says}; the return is not defined without costs."
    return f"{says}: a return of {formats.share(now['roi_share'])} to date."


def months_finding(by_month: pd.DataFrame) -> str:
    """In how many months less came back than planned, from `value/returns_by_month`."""
    both = by_month.dropna(subset=["planned_amount", "realised_amount"])
    if both.empty:
        return "No month has both a plan and a return of that evidence"
    short = int((both["realised_amount"] < both["planned_amount"]).sum())
    return f"Less came back than planned in {short} of {formats.plural(len(both), 'month')}"


def basis(rows: pd.DataFrame) -> str:
    """What the figures rest on, and what they leave out."""
    says = [f"Based on {formats.plural(len(rows), 'initiative')}"]
    live = rows["is_live"].astype(bool)
    back = rows["realised_by_any_amount"].notna()
    for mask, why in (
        (live & ~back, "live without any benefit on record, counted as nothing returned"),
        (rows["spent_amount"].isna(), "without costs on record"),
    ):
        if mask.any():
            says.append(f"{mask.sum():,} {why}")
    unpaid = rows.loc[rows["spent_amount"].isna(), "realised_amount"].sum()
    if unpaid:
        says.append(f"{formats.money(unpaid)} returned by those without costs is counted")
    return "; ".join(says) + "."
