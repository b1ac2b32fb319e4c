"""Models, in words: how they do, what rests on them, and who is needed."""

from collections.abc import Mapping

import pandas as pd

from dashboard import formats

FOUR = (
    "count_models_red",
    "count_models_unwatched",
    "value_at_risk_amount",
    "sick_benefit_amount",
)
SHOWS = {"all": "All live models", "needed": "What needs somebody today"}
KINDS = {
    "performance": "Performance",
    "model_drift": "Model drift",
    "data_drift": "Distribution change",
    "service": "Service",
}
SIGNS = {
    "red": "✕ red",
    "amber": "▲ amber",
    "green": "● green",
    "stale": "◌ stale",
    "unmeasured": "– unmeasured",
    "no target": "? no target",
}
COLUMNS = {
    "state": "State",
    "name": "Initiative",
    "model": "Model",
    "value_at_risk_amount": "Value at risk",
    "performance_trend": "26 weeks",
    **KINDS,
    "days_since": "Days since measured",
    "benefit_base_amount": "Benefit, a year",
    "versions": "Version",
    "owner": "Owner",
}
METRICS = {
    "label": "Metric",
    "kind": "Watches",
    "version": "Version",
    "state": "State",
    "value": "Latest",
    "amber": "Amber line",
    "red": "Red line",
    "measured_on": "Measured",
    "days_since": "Days since",
}
RULE = (
    "Red needs a performance or service metric past its red line; drift alone is at most amber. "
    "What was not measured for 30 days is stale, what never was is unmeasured: both grey, never "
    "green. An initiative's own target comes before the general one. The usual lines for drift, a "
    "population stability index (PSI) of 0.1 and 0.25, are a convention, not a law."
)


def needed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `models/health` that are not green: red, amber, stale, unmeasured, no target."""
    return rows[rows["state"] != "green"]


def figures(rows: pd.DataFrame) -> dict[str, float | None]:
    """The figures of the headline from the answer to `models/health`; None: not defined."""
    sick = rows[rows["state"].isin(["red", "stale", "unmeasured"])]
    red = rows[rows["state"] == "red"]
    return {
        "count_models_live": int(rows["model"].notna().sum()),
        "count_initiatives_live": rows["initiative_id"].nunique(),
        "count_models_red": len(red),
        "count_models_stale": int((rows["state"] == "stale").sum()),
        "count_models_unwatched": int(rows["state"].isin(["stale", "unmeasured"]).sum()),
        "value_at_risk_amount": _once(red, "value_at_risk_amount"),
        "sick_benefit_amount": _once(sick, "benefit_base_amount"),
    }


def _once(rows: pd.DataFrame, name: str) -> float | None:
    """The sum over initiatives, each once, with its highest; 0 where there are none."""
    if rows.empty:
        return 0.0
    return formats.finite(rows.groupby("initiative_id")[name].max().sum(min_count=1))


def finding(now: Mapping[str, float | None]) -> str:
    """How live models do, in one sentence."""
    if not now["count_initiatives_live"]:
        return "No initiative is live yet, so no model can be ill."
    live = formats.plural(now["count_initiatives_live"], "live initiative")
    if not now["count_models_live"]:
        return f"No model of {live} was ever measured: nobody knows how they do."
    risk = now["value_at_risk_amount"]
    lost = (
        f"; {formats.money(risk)} of benefit was at risk since they turned"
        if now["count_models_red"] and risk is not None
        else ""
    )
    are = "is" if now["count_models_red"] == 1 else "are"
    return (
        f"Of {formats.plural(now['count_models_live'], 'model')} of {live}, "
        f"{now['count_models_red']:,} {are} red and {now['count_models_stale']:,} stale{lost}."
    )


def basis(rows: pd.DataFrame, compare_on) -> str:
    """What the money leaves out, and what it is compared with."""
    sick = rows[rows["state"].isin(["red", "stale", "unmeasured"])]
    unknown = sick.loc[sick["benefit_base_amount"].isna(), "initiative_id"].nunique()
    without = int(rows["model"].isna().sum())
    said = [f"{formats.plural(without, 'live initiative')} without any model"] if without else []
    if unknown:
        said.append(f"{unknown:,} sick without a benefit estimate, not in the amounts")
    if count := int(rows["count_without_target"].sum()):
        said.append(f"{formats.plural(count, 'metric')} without a target: open the model to set it")
    said.append(f"changes are against {formats.day(compare_on)}")
    return f"{'; '.join(said)}."


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `models/health` with sign, shape and word for every state."""
    words = {name: rows[name].map(SIGNS) for name in ("state", *KINDS)}
    return rows.assign(**words, versions=[", ".join(names) for names in rows["versions"]])


def metrics_shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `models/state` as people read them."""
    kinds = rows["kind"].map(lambda kind: KINDS.get(kind, "no target set"))
    return rows.assign(state=rows["state"].map(SIGNS), kind=kinds)


def labels(rows: pd.DataFrame) -> dict[str, str]:
    """What the metrics of `models/state` are called, by their stored name."""
    known = rows[rows["label"].notna()]
    return dict(zip(known["metric"], known["label"], strict=True))


def standing(rows: pd.DataFrame, one: Mapping, as_of) -> str:
    """How one model stands, from the answer to `models/state`."""
    versions = list(dict.fromkeys(rows["version"]))
    if len(versions) > 1:
        said = f"Versions {formats.listed(versions)} are in use at once, shown side by side"
    else:
        said = f"Version {formats.listed(versions)}"
    said += f"; last measured {formats.day(rows['measured_on'].max())}"
    since = rows["red_since_on"].iloc[0]
    if not formats.is_known(since):
        return f"{said}; not red now."
    days = (pd.Timestamp(as_of) - pd.Timestamp(since)).days
    said += f"; red since {formats.day(since)} ({formats.days(days)})"
    if one["is_live"] and formats.is_known(one["benefit_base_amount"]):
        said += f", {formats.money(one['benefit_base_amount'] / 365 * days)} at risk"
    return said + "."


def later(rows: pd.DataFrame) -> str:
    """How many points are dated after the as-of day."""
    if rows.empty:
        return ""
    count, first = rows["count_values"].iloc[0], rows["first_on"].iloc[0]
    return (
        f"{formats.plural(count, 'measurement')} dated after the as-of day (the first on "
        f"{formats.day(first)}) are not counted: later files have them, or a clock is wrong."
    )


def untargeted(rows: pd.DataFrame) -> str:
    """Which metrics ask for a target."""
    names = list(dict.fromkeys(rows.loc[rows["kind"].isna(), "metric"]))
    return (
        f"Nobody has said what is good for {formats.listed(names)}: set a target below."
        if names
        else ""
    )


def buckets(rows: pd.DataFrame) -> str:
    """What one point of the chart is."""
    days = int(rows["bucket_days"].max())
    span = {1: "a day", 7: "a week"}.get(days, f"{days} days")
    count = formats.count(rows["count_values"].sum())
    return (
        f"A point is the last value of {span}, the band its lowest and highest: {count} "
        "measurements in all. Dotted lines are the targets; a vertical line starts a version."
    )


def raw_says(rows: pd.DataFrame) -> str:
    """How many raw measurements there are in the range, and how many are shown."""
    if rows.empty:
        return "Nothing was measured in these days."
    total = int(rows["count_values"].iloc[0])
    if total > len(rows):
        return f"The first {len(rows):,} of {total:,} measurements: choose fewer days for the rest."
    return f"All {formats.plural(total, 'measurement')} of these days."


def key(initiative_id: str, model: str) -> str:
    """What names a model in the URL."""
    return f"{initiative_id}/{model}"


def target(form: Mapping[str, object], initiative_id: str) -> dict[str, object]:
    """The row of `metric_targets` a form asks for. Raises ValueError with what to mend."""
    amber, red = form["amber"], form["red"]
    if amber is None and red is None:
        raise ValueError("A target needs an amber or a red line.")
    is_wrong = (
        amber is not None and red is not None and (red > amber if form["higher"] else red < amber)
    )
    if is_wrong:
        raise ValueError("The red line lies on the good side of the amber one: swap them.")
    return {
        "metric": form["metric"],
        "initiative_id": None if form["for_all"] else initiative_id,
        "kind": form["kind"],
        "higher_is_better": bool(form["higher"]),
        "amber": amber,
        "red": red,
    }
