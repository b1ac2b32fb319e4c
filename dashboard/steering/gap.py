"""The slides on the gap: the headline, the funnel beside what others report, what it costs."""

import pandas as pd

from dashboard import briefing, formats, impact
from dashboard.steering.content import Chart, Figure, Series, Slide, Table
from dashboard.steering.room import Room


def headline(room: Room) -> Slide:
    """How wide the gap is, and whether it is closing."""
    now = room.figures
    says = [f"{briefing.stuck(now, room.seen.stalled_days)}."] if now["count_reached_pilot"] else []
    if room.has_last:
        seen = f"{room.sitting.since} (as of {formats.day(room.sitting.before.as_of)})"
        says.append(briefing.tendency(now, room.figures_before, seen))
    return Slide(
        "headline",
        briefing.gap(now),
        says=tuple(each for each in says if each),
        figures=figures(room, *briefing.FOUR),
        notes=room.notes(*briefing.FOUR, left_out=room.basis()),
        rows={name: room.now(name) for name in ("board/headline", "board/impact")},
    )


def figures(room: Room, *names: str) -> tuple[Figure, ...]:
    """Figures of the brief, each with what the last meeting saw."""
    return tuple(Figure(name, room.figures[name], room.figures_before.get(name)) for name in names)


def funnel(room: Room) -> Slide:
    """How many ever reached each stage, and where half of the pilots would be."""
    rows, others = room.now("delivery/funnel"), room.now("delivery/benchmarks")
    names = ("pilot_to_production_share", "live_in_year_share")
    return Slide(
        "funnel",
        _against_half(room.figures["pilot_to_production_share"]),
        says=(
            f"The article: “{briefing.DOCUMENT}” (share of pilots; {briefing.DOCUMENT_SOURCE}).",
            *_in_a_year(room),
        ),
        chart=_funnel_chart(rows, others),
        notes=room.notes(*names, left_out=(_dotted(others),)),
        rows={"delivery/funnel": rows, "delivery/benchmarks": others},
    )


def _against_half(share: float | None) -> str:
    if share is None:
        return "No initiative has reached a pilot yet, so no share of pilots can be compared"
    never = formats.share(1 - share)
    side = "more than" if share < 0.5 else "exactly" if share == 0.5 else "less than"
    return f"{never} of our pilots have not reached production: {side} the article's half"


def _in_a_year(room: Room) -> tuple[str, ...]:
    now = room.figures
    if now["live_in_year_share"] is None:
        return ()
    says = f"Counting those still waiting, {formats.share(now['live_in_year_share'])} are live"
    low, high = now["live_in_year_low_share"], now["live_in_year_high_share"]
    edges = f" (95 % interval {formats.share(low)} to {formats.share(high)})" if low else ""
    return (f"{says} within 12 months of pilot{edges}.",)


def _funnel_chart(rows: pd.DataFrame, others: pd.DataFrame) -> Chart:
    stages = tuple(formats.words(stage) for stage in rows["stage"])
    reached = Series("ever reached", tuple(int(count) for count in rows["count_reached"]))
    pilots = int(rows.set_index("stage")["count_reached"]["pilot"])
    half = others.loc[others["benchmark_id"] == "document", "figure"]
    if half.empty or not pilots:
        return Chart("bar", stages, (reached,), "count", "initiatives")
    at = tuple(pilots * float(half.iloc[0]) if stage == "production" else None for stage in stages)
    rate = Series("half of the pilots (the article)", at, "rate")
    return Chart("bar", stages, (reached, rate), "count", "initiatives")


def _dotted(others: pd.DataFrame) -> str:
    """What others report, with what each counts and who says so."""
    comparable = others[others["is_comparable"] & (others["benchmark_id"] != "document")]
    said = [
        f"{formats.share(row['figure'])} of {row['counts_what']} ({briefing.source(row)})"
        for row in comparable.to_dict("records")
    ]
    return f"Others report, going live from pilot: {formats.listed(said)}." if said else ""


def costs(room: Room) -> Slide:
    """The document's impact table, word for word, with the live evidence of each row."""
    now, rows = room.figures, room.now("delivery/benchmarks").set_index("benchmark_id", drop=False)
    half = rows.loc["document"].to_dict() if "document" in rows.index else None
    names = tuple(row.headline for row in impact.ROWS)
    return Slide(
        "impact",
        _costliest(now),
        table=Table(_impact_rows(room, half), _IMPACT),
        says=("An initiative can stand in several rows: never add the rows up.",),
        notes=room.notes(
            *names,
            left_out=(
                *(f"{row.area}. {impact.beside(row, now)}" for row in impact.ROWS),
                *(impact.left_out(row, now) for row in impact.ROWS),
            ),
        ),
        rows={"board/impact": room.now("board/impact")},
    )


_IMPACT = {
    "area": "Impact Area",
    "happens": "What Happens",
    "consequence": "Business Consequences",
    "evidence": "Here",
    "moved": "Change",
}


def _costliest(now) -> str:
    """The money if it is known, else the first row of the table that has a figure."""
    order = sorted(impact.ROWS, key=lambda row: row.key != "budget")
    known = [row for row in order if now[row.headline] is not None]
    if not known:
        return "What the gap costs is not known yet: no row of the impact table has its figure"
    says = impact.finding(known[0], now, None)
    return says[0].upper() + says[1:]


def _impact_rows(room: Room, half: dict | None) -> pd.DataFrame:
    now, before = room.figures, room.figures_before
    moved = [
        formats.change(row.headline, now[row.headline], before.get(row.headline))
        for row in impact.ROWS
    ]
    return pd.DataFrame(
        {
            "area": [row.area for row in impact.ROWS],
            "happens": [row.happens for row in impact.ROWS],
            "consequence": [row.consequence for row in impact.ROWS],
            "evidence": [_evidence(row, now, half) for row in impact.ROWS],
            "moved": moved if briefing.says_past(now) else [None] * len(impact.ROWS),
        }
    )


def _evidence(row: impact.Row, now, half: dict | None) -> str:
    says = impact.finding(row, now, half)
    share = now[row.headline]
    return says if share is None or row.key == "risk" else f"{formats.share(share)}: {says}"
