"""Briefings written by hand: every kind of chart and cell, and one whose every text attacks."""

from datetime import date, datetime

import hostile
import pandas as pd

from dashboard.steering.content import Briefing, Chart, Figure, Series, Slide, Table

DAY = date(2026, 10, 31)
MONTHS = tuple(f"{day:%b %Y}" for day in pd.date_range("2025-11-30", periods=12, freq="ME"))
HOSTILE = (
    *hostile.NAMES,
    '=HYPERLINK("http://example.org/x")',
    "http://example.org/x",
    "@SUM(1)",
    "a\x00b\x0bc\x1bd",
    "lone \ud800 surrogate",
    "\ufffe not a character \uffff",
    "_x0041_",
    "first\nsecond\r\nthird",
    "مبادرة الذكاء الاصطناعي \u202egnihtemos",
    "</script></style><script>alert(1)</script>",
    "\"><svg onload=alert(1)> & 'quoted'",
    "日本語の" * 40,
    "An initiative with a very long name " * 12,
    "Unbreakable" * 40,
)


def table(rows: int = 6) -> Table:
    """Rows with a cell of every unit, some of them empty."""
    frame = pd.DataFrame(
        {
            "initiative_id": [f"INI-{place:03}" for place in range(rows)],
            "name": [f"Initiative number {place} of the portfolio" for place in range(rows)],
            "unit": ["Claims", "Retail", None] * (rows // 3) + ["Claims"] * (rows % 3),
            "waiting_benefit_amount": [1_234_567.0, -45_000.0, None] * (rows // 3)
            + [12.0] * (rows % 3),
            "live_share": [0.403 - place / 1000 for place in range(rows)],
            "stage_days": [243 + place for place in range(rows)],
            "due_on": [
                pd.Timestamp("2026-12-01") + pd.Timedelta(days=place) for place in range(rows)
            ],
            "is_late": [place % 2 == 0 for place in range(rows)],
        }
    )
    labels = {
        "name": "Initiative",
        "unit": "Unit",
        "waiting_benefit_amount": "Benefit waiting, a year",
        "live_share": "Chance to go live",
        "stage_days": "In stage",
        "due_on": "Due",
        "is_late": "Late",
    }
    return Table(frame, labels, links="initiative_id")


FIGURES = (
    Figure("pilot_to_production_share", 0.4035, 0.38),
    Figure("stalled_share", 0.31, 0.28),
    Figure("waiting_benefit_amount", 4_250_000.0, 5_000_000.0),
    Figure("median_live_days", None, 300.0),
)
BRIDGE = Chart(
    "waterfall",
    ("Last meeting", "Restated", "New", "Stage moved", "Slipped", "Re-estimated", "Left", "Now"),
    (
        Series(
            "rNPV",
            (
                12_400_000.0,
                310_000.0,
                2_100_000.0,
                1_900_000.0,
                -2_600_000.0,
                -90_000.0,
                None,
                14_020_000.0,
            ),
            effects=("total", "good", "good", "good", "bad", "bad", "", "total"),
        ),
    ),
    "amount",
    "Risk-adjusted net present value of the portfolio",
)
BELOW_ZERO = Chart(
    "waterfall",
    ("Before", "Slipped", "New", "Left", "Now"),
    (
        Series(
            "rNPV",
            (1_000_000.0, -1_500_000.0, 2_000_000.0, -2_500_000.0, -1_000_000.0),
            effects=("total", "bad", "good", "bad", "total"),
        ),
    ),
    "amount",
)
LINES = Chart(
    "line",
    MONTHS,
    (
        Series("Live within a year", tuple(0.2 + place / 100 for place in range(12))),
        Series("Forecast", (None,) * 10 + (0.31, 0.35), "forecast"),
        Series("Plan", tuple(0.25 + place / 80 for place in range(12)), "plan"),
        Series("Document's benchmark", (0.5,) * 12, "rate"),
    ),
    "share",
    "Share of pilots",
)
COLUMNS = Chart(
    "column",
    ("Claims", "Retail", "Logistics", "Finance"),
    (
        Series("Spent", (820_000.0, 1_200_000.0, None, 96_000.0)),
        Series("Planned", (700_000.0, 1_100_000.0, 300_000.0, 120_000.0), "plan"),
        Series("Forecast", (900_000.0, None, 280_000.0, 150_000.0), "forecast"),
        Series("Mean", (600_000.0,) * 4, "rate"),
    ),
    "amount",
    "Cost to date",
)
BARS = Chart(
    "bar",
    ("Unclear ownership", "Infrastructure", "Talent", "Procurement and governance", "Unclear ROI"),
    (
        Series(
            "Initiative-days",
            (1_240.0, 980.0, 700.0, 120.0, 0.0),
            effects=("bad", "", "", "good", ""),
        ),
    ),
    "days",
    "Days in pilot work",
)


def briefing(slides: tuple[Slide, ...], appendix: tuple[Slide, ...] = ()) -> Briefing:
    """A meeting with these slides."""
    known_at = datetime(2026, 11, 5, 9, 30)
    return Briefing(
        "October steering",
        date(2026, 11, 5),
        DAY,
        known_at,
        "All units, as of 31 Oct 2026",
        slides,
        appendix,
    )


def every_kind() -> Briefing:
    """A slide of every kind of content, alone and together."""
    notes = ("Stalled: in one stage for more than 180 days.", "8 of 91 initiatives have no dates.")
    narrow = Table(table().rows, {"name": "Initiative", "live_share": "Chance"})
    return briefing(
        (
            Slide(
                "headline",
                "14 of 35 pilots went live, and 12 have stalled",
                ("The gap is closing.",),
                FIGURES,
                notes=notes,
                rows={"board/headline": table(3).rows},
            ),
            Slide(
                "bridge",
                "The portfolio is worth €1.6M more than last time",
                (),
                FIGURES[2:3],
                BRIDGE,
                notes=notes,
                rows={"value/bridge": table(4).rows},
            ),
            Slide("below", "What a bridge through zero looks like", chart=BELOW_ZERO),
            Slide("time", "Pilots go live faster than a year ago", chart=LINES, notes=notes),
            Slide(
                "money",
                "Retail overspent by €100k",
                ("Retail is over plan.", "Finance is under it."),
                (),
                COLUMNS,
                narrow,
            ),
            Slide(
                "risks",
                "Unclear ownership holds the most",
                ("It held 1,240 days.",),
                FIGURES,
                BARS,
                narrow,
            ),
            Slide("benefits", "Six initiatives bring the most", FIGURES and (), (), BARS, table(5)),
            Slide(
                "actions",
                "Six decisions are open",
                ("Two are late.",),
                (),
                None,
                table(6),
                rows={"steering/decisions": table(60).rows},
            ),
            Slide("long", "Sixty rows do not fit on a slide", (), (), None, table(60)),
            Slide("words", "Nothing else was decided", ("Nothing is late.", "Nothing is due.")),
            Slide(
                "empty",
                "There is nothing to show",
                (),
                (),
                Chart("bar", (), (Series("None", ()),), "count"),
                Table(table(3).rows.head(0), {"name": "Initiative"}),
            ),
        ),
        tuple(
            Slide(
                f"initiative-INI-{place:03}",
                f"Initiative {place} waits in pilot",
                ("Owner: somebody.",),
                FIGURES[:3],
                COLUMNS,
                table(3),
                notes,
                {"portfolio/initiative": table(3).rows},
            )
            for place in range(2)
        ),
    )


def hostile_briefing() -> Briefing:
    """Every text of every part is one of the hostile ones."""
    return briefing(tuple(_hostile_slide(place, text) for place, text in enumerate(HOSTILE)))


def _hostile_slide(place: int, text: str) -> Slide:
    same = pd.Series([text] * 3, dtype=object)
    rows = table(3).rows.assign(name=same, unit=same)
    kind = ("bar", "column", "line", "waterfall")[place % 4]
    values = Series(text, (1.0, 2.0, 3.0))
    return Slide(
        f"slide-{place}",
        text,
        (text, text),
        FIGURES[:1],
        Chart(kind, (text, f"{text} again", "plain"), (values,), "count", text),
        Table(rows, {"name": text, "unit": "Unit", "live_share": text}),
        (text,),
        {text: rows},
    )


def edges() -> Briefing:
    """Charts at their edges: nothing known, below zero, flat, enormous, not finite."""
    values = {
        "nothing": (None, None),
        "below": (-5.0, -2_000_000.0),
        "flat": (0.0, 0.0),
        "enormous": (1e15, -1e15),
        "mixed": (float("nan"), float("inf")),
    }
    return briefing(
        tuple(
            Slide(
                f"{kind}-{name}-{texture}",
                f"{kind}, {name}, {texture}",
                chart=Chart(
                    kind, ("first", "second"), (Series("one", numbers, texture),), "amount"
                ),
            )
            for kind in ("bar", "column", "line", "waterfall")
            for name, numbers in values.items()
            for texture in ("actual", "rate", "forecast", "plan", "before")
            if kind != "waterfall" or texture == "actual"
        )
    )
