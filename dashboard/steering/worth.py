"""The slides on money and operations: plan against actual, what came back, what is at risk."""

import pandas as pd

from dashboard import formats, returns, spend
from dashboard.steering.content import Chart, Figure, Series, Slide
from dashboard.steering.progress import listed, title
from dashboard.steering.room import Ask, Room

MONTHS = 12
RISKS = 5


def money(room: Room) -> Slide:
    """What was spent against the plan, category by category."""
    overruns, split = room.now("value/overruns"), room.now("value/spend_split")
    return Slide(
        "money",
        title(spend.finding(spend.figures(overruns))),
        figures=_compared(spend.FOUR, room, "value/overruns", spend.figures),
        chart=_by_category(split),
        notes=room.notes(*spend.FOUR, left_out=(spend.basis(overruns, split),)),
        rows={"value/overruns": overruns, "value/spend_split": split},
    )


def _compared(names, room: Room, question: str, worked_out) -> tuple[Figure, ...]:
    now = worked_out(room.now(question))
    before = worked_out(room.before(question)) if room.has_last else {}
    return tuple(Figure(name, now[name], before.get(name)) for name in names)


def _by_category(split: pd.DataFrame) -> Chart | None:
    rows = spend.by(split, "category")
    if rows.empty:
        return None
    return Chart(
        "bar",
        tuple(formats.words(name) for name in rows["category"]),
        (
            Series("actual", _values(rows["actual_amount"])),
            Series("plan", _values(rows["planned_amount"]), "plan"),
        ),
        "amount",
        "to date",
    )


def _values(column: pd.Series) -> tuple[float | None, ...]:
    return tuple(formats.finite(value) for value in column)


def benefits(room: Room) -> Slide:
    """What came back, how well that is proven, and whether operations measurably improved."""
    rows, months = room.now("value/returns"), room.now("value/returns_by_month")
    outputs, told = room.now("readiness/outputs"), proven(room.now)
    figures = _compared(returns.FOUR, room, "value/returns", returns.figures)
    improved = Figure(
        "output_4b_share",
        improved_share(outputs),
        improved_share(room.before("readiness/outputs")) if room.has_last else None,
    )
    return Slide(
        "benefits",
        title(returns.finding(returns.figures(rows), "claimed")),
        says=(told,) if figures[0].value is not None else (),
        figures=(figures[0], *figures[2:], improved),
        chart=_by_month(months, room),
        notes=room.notes(*returns.FOUR, "output_4b_share", left_out=(returns.basis(rows),)),
        rows={
            "value/returns": rows,
            "value/returns_by_month": months,
            "readiness/outputs": outputs,
        },
    )


def improved_share(outputs: pd.DataFrame) -> float | None:
    """Of the live initiatives, those whose own measure moved towards its target."""
    rows = outputs[outputs["output"] == "4b"]
    return float(rows["is_met"].mean()) if len(rows) else None


def proven(ask: Ask) -> str:
    """How much of what came back was measured, and confirmed by finance."""
    said = []
    for least, words in (("measured", "measured or confirmed"), ("confirmed", "confirmed")):
        back = returns.figures(ask("value/returns", least_evidence=least))["realised_amount"]
        said.append(f"{formats.money(back or 0)} is {words}")
    return f"Of that, {formats.listed(said)} by finance."


def _by_month(months: pd.DataFrame, room: Room) -> Chart | None:
    days = pd.to_datetime(months["month"])
    rows = months[days <= pd.Timestamp(room.seen.as_of)].tail(MONTHS)
    if rows.empty:
        return None
    return Chart(
        "column",
        tuple(f"{day:%b %Y}" for day in pd.to_datetime(rows["month"])),
        (
            Series("realised", _values(rows["realised_amount"])),
            Series("plan", _values(rows["planned_amount"]), "plan"),
        ),
        "amount",
        "a month",
    )


def risks(room: Room) -> Slide:
    """The initiatives with the most expected benefit at stake, and why each is."""
    every = at_stake(room.now("portfolio/initiatives"))
    first = every.head(RISKS)
    return Slide(
        "risks",
        _risks_title(every, first),
        table=listed(first, _RISKS),
        notes=room.notes(
            "at_stake_amount",
            "live_share",
            left_out=(_not_valued(every),),
        ),
        rows={"portfolio/initiatives": every},
    )


_RISKS = {
    "name": "Initiative",
    "because": "Because",
    "at_stake_amount": "At stake, a year",
    "owner": "Owner",
}


def at_stake(rows: pd.DataFrame) -> pd.DataFrame:
    """The open or live initiatives something stands against, most at stake first.

    Takes `portfolio/initiatives`; adds `because`, and `at_stake_amount`: chance × annual benefit.
    """
    because = [formats.listed(_why(row)) for row in rows.itertuples()]
    stake = rows["live_share"].astype(float) * rows["benefit_base_amount"].astype(float)
    found = rows.assign(because=because, at_stake_amount=stake)
    found = found[(found["because"] != "") & (found["is_open"] | found["is_live"])]
    order = ["at_stake_amount", "initiative_id"]
    return found.sort_values(order, ascending=[False, True], na_position="last")


def _why(row) -> list[str]:
    barriers = formats.listed([formats.words(barrier) for barrier in row.barriers])
    reasons = (
        (row.is_live_red, "a red model"),
        (row.is_live_unmeasured, "not measured for 30 days"),
        (row.is_live_ownerless, "no owner"),
        (row.is_stalled, f"in {formats.words(row.stage)} for {formats.days(row.days_in_stage)}"),
        (row.is_open and barriers, f"held by {barriers}"),
        (formats.is_known(row.slip_days), f"promised {formats.days(row.slip_days)} ago"),
    )
    return [why for applies, why in reasons if applies]


def _risks_title(every: pd.DataFrame, first: pd.DataFrame) -> str:
    if every.empty:
        return "Nothing recorded stands against an open or live initiative"
    total, most = every["at_stake_amount"].sum(), first["at_stake_amount"].sum()
    if not total:
        return f"{formats.plural(len(every), 'initiative')} at risk, none with a benefit estimate"
    return (
        f"{formats.money(total)} of expected benefit a year is at stake, "
        f"{formats.money(most)} of it in {formats.plural(len(first), 'initiative')}"
    )


def _not_valued(every: pd.DataFrame) -> str:
    unknown = int(every["at_stake_amount"].isna().sum())
    return f"{formats.have(unknown)} no benefit estimate and come last." if unknown else ""
