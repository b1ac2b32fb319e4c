"""The five steps in figures and words, from the answers to the questions of readiness."""

import pandas as pd

from dashboard import formats
from dashboard.steps import Action, Output, Step

BASIS = (
    "Every action is asked of all open and live initiatives; 4.2 and 5.3 of live ones alone. "
    "What was not assessed counts as 0; each action says how many those are."
)
SIGNS = {1.0: "● yes", 0.0: "✕ no"}


def latest(actions: pd.DataFrame) -> pd.DataFrame:
    """The latest day's row of each action, by number."""
    days = actions[actions["day_on"] == actions["day_on"].max()]
    return days.set_index("action")


def score(now: pd.DataFrame, action: str) -> float | None:
    """An action's score, 0 to 1; None where it is not defined or asked of nobody."""
    return formats.finite(now["score_share"].get(action))


def defined(step: Step, now: pd.DataFrame) -> dict[Action, float]:
    """The scores of a step's actions that are defined."""
    scores = {action: score(now, action.number) for action in step.actions}
    return {action: value for action, value in scores.items() if value is not None}


def mean(step: Step, now: pd.DataFrame) -> float | None:
    """A step's score: the mean of its actions, those not defined left out."""
    scores = list(defined(step, now).values())
    return sum(scores) / len(scores) if scores else None


def weakest(step: Step, now: pd.DataFrame) -> Action | None:
    """The action with the lowest score; None when none is defined."""
    scores = defined(step, now)
    return min(scores, key=scores.get) if scores else None


def headline(step: Step, now: pd.DataFrame) -> str:
    """The mean and the weakest action, in one line."""
    worst = weakest(step, now)
    if worst is None:
        return "Not defined: no initiative is open or live, or nothing was assessed."
    missing = len(step.actions) - len(defined(step, now))
    rest = f" {formats.plural(missing, 'action')} not defined and left out." if missing else ""
    return (
        f"{formats.share(mean(step, now))} of the way; the weakest action ({worst.says}) is at "
        f"{formats.share(score(now, worst.number))}.{rest}"
    )


def says(action: Action, now: pd.DataFrame) -> str:
    """Who falls short in an action, and who was not assessed."""
    if action.number not in now.index:
        return "not defined: nobody it could be asked of"
    row = now.loc[action.number]
    if score(now, action.number) is None:
        return f"not defined: not assessed for any of {row.count_initiatives:,.0f}"
    short = f"{row.count_short:,.0f} of {row.count_initiatives:,.0f} fall short"
    unknown = row.count_initiatives - row.count_known
    return f"{short}, {unknown:,.0f} of them not assessed" if unknown else short


def next_thing(step: Step, now: pd.DataFrame) -> str:
    """The one thing to do next: the weakest action, for how many, with how much benefit."""
    worst = weakest(step, now)
    if worst is None:
        return "To do next: assess the capabilities of the open and live initiatives."
    row = now.loc[worst.number]
    if not row.count_short:
        return "Nothing to do next: no initiative falls short in its weakest action."
    benefit = row.short_benefit_amount
    with_benefit = (
        f" with {formats.money(benefit)} of benefit a year"
        if formats.is_known(benefit)
        else " (their benefit is not estimated)"
    )
    unknown = row.count_short_without_benefit
    rest = f"; {formats.have(unknown)} no estimate" if unknown and formats.is_known(benefit) else ""
    return (
        f"To do next: {worst.next}, for {formats.plural(row.count_short, 'initiative')}"
        f"{with_benefit}{rest}."
    )


def trend(step: Step, actions: pd.DataFrame) -> pd.Series:
    """A step's score at each day, oldest first; a day without a defined action is empty."""
    wanted = actions[actions["action"].isin([action.number for action in step.actions])]
    return wanted.groupby("day_on")["score_share"].mean()


def change(step: Step, actions: pd.DataFrame) -> str:
    """How a step's score moved over the year, or why nobody knows."""
    series = trend(step, actions).dropna()
    if len(series) < 2:
        return "No trend: nothing was known of it in the last twelve months."
    moved = formats.change("step_share", series.iloc[-1], series.iloc[0])
    since = f"since {formats.day(series.index[0])}"
    return f"Unchanged {since}." if moved == "0" else f"{moved} {since}."


def finding(steps: tuple[Step, ...], now: pd.DataFrame) -> str:
    """The weakest and the strongest step in one sentence."""
    known = {step: mean(step, now) for step in steps}
    known = {step: value for step, value in known.items() if value is not None}
    if not known:
        return "Nothing can be said: no initiative is open or live."
    low, high = min(known, key=known.get), max(known, key=known.get)
    if known[low] == known[high]:
        return f"Every step that can be judged stands at {formats.share(known[low])}."
    return (
        f"The weakest step is {low.number}, {low.name} ({formats.share(known[low])}); "
        f"the strongest is {high.number}, {high.name} ({formats.share(known[high])})."
    )


def output_says(output: Output, outputs: pd.DataFrame) -> str:
    """An output with its live evidence: the share, how many of how many."""
    rows = outputs[outputs["output"] == output.number]
    if rows.empty:
        return f"**{output.says}**: not defined, as there are no {output.counts}"
    met = int(rows["is_met"].sum())
    share = formats.share(met / len(rows))
    return f"**{output.says}**: {share} ({met:,} of {len(rows):,} {output.counts})"


def count_short(step: Step, evidence: pd.DataFrame) -> int:
    """How many initiatives fall short in any action of a step."""
    numbers = [action.number for action in step.actions]
    short = evidence[evidence["is_short"] & evidence["action"].isin(numbers)]
    return short["initiative_id"].nunique()


def short_of(step: Step, evidence: pd.DataFrame) -> pd.DataFrame:
    """Who falls short in any action of a step: one row each, a column per action."""
    numbers = [action.number for action in step.actions]
    rows = evidence[evidence["action"].isin(numbers)]
    keys = ["initiative_id", "name", "unit", "stage", "benefit_base_amount"]
    short = rows[rows["is_short"]]["initiative_id"].unique()
    rows = rows[rows["initiative_id"].isin(short)].assign(
        said=[_sign(value) for value in rows.loc[rows["initiative_id"].isin(short), "score"]]
    )
    facts = rows.drop_duplicates("initiative_id")[keys].set_index("initiative_id")
    wide = rows.pivot(index="initiative_id", columns="action", values="said")
    wide = wide.reindex(columns=numbers).fillna("– not asked")
    table = facts.join(wide).reset_index()
    return table.assign(stage=table["stage"].map(formats.words))


def _sign(value: float) -> str:
    if not formats.is_known(value):
        return "? not assessed"
    return SIGNS.get(value, f"◐ {formats.share(value)}")


def columns(step: Step) -> dict[str, str]:
    """The columns of the table of who falls short."""
    return {
        "name": "Initiative",
        "unit": "Unit",
        "stage": "Stage",
        **{action.number: f"{action.number} {action.says}" for action in step.actions},
        "benefit_base_amount": "Benefit, a year",
    }


def both(steps: tuple[Step, ...], now: pd.DataFrame) -> tuple[list, list]:
    """The mean of every step, and its weakest action's score."""
    means = [mean(step, now) for step in steps]
    lows = [min(defined(step, now).values(), default=None) for step in steps]
    return means, lows
