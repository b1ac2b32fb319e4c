"""What the reader chose to see, and how it says itself."""

from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd

from dashboard import formats
from data.store import STALLED_DAYS, Lens

MONTHS_OF_TREND = 12


@dataclass(frozen=True)
class Filters:
    """The shared filters: the day, the day to compare with, units and sponsors (empty: all).

    `known_at` is what had been told by then (UTC); None is everything told until now.
    """

    as_of: date
    compare_on: date
    units: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    stalled_days: int = STALLED_DAYS
    known_at: datetime | None = None

    def lens(self, as_of: date | None = None) -> Lens:
        """What a query looks through: these filters, on their own day or another."""
        return Lens(
            as_of=as_of or self.as_of,
            known_at=self.known_at,
            units=self.units,
            sponsors=self.sponsors,
            stalled_days=self.stalled_days,
        )

    def on(self, day: date) -> "Filters":
        """The same filters on another day."""
        return replace(self, as_of=day)

    def known(self, at: datetime | None) -> "Filters":
        """The same filters, as known at another moment."""
        return replace(self, known_at=at)

    def says(self) -> str:
        """The filters as a sentence: "Retail and Claims, as of 31 Oct 2026".

        >>> Filters(date(2026, 10, 31), date(2026, 7, 31), ("Retail",), ("Ana Ruiz",)).says()
        'Retail, sponsored by Ana Ruiz, as of 31 Oct 2026'
        >>> Filters(date(2026, 10, 31), date(2026, 7, 31)).known(datetime(2026, 11, 3, 9, 5)).says()
        'All units, as of 31 Oct 2026, as known on 3 Nov 2026, 09:05 UTC'
        """
        units = formats.listed(list(self.units)) if self.units else "All units"
        sponsors = f", sponsored by {formats.listed(list(self.sponsors))}" if self.sponsors else ""
        known = f", as known on {formats.moment(self.known_at)}" if self.known_at else ""
        return f"{units}{sponsors}, as of {formats.day(self.as_of)}{known}"


def default_compare(as_of: date, last_meeting: date | None) -> date:
    """The day to compare with: the last meeting before the as-of date, or three months earlier."""
    return last_meeting or (pd.Timestamp(as_of) - pd.DateOffset(months=3)).date()


def trend_days(as_of: date) -> list[date]:
    """The ends of the twelve months before the as-of date, and that date itself, oldest first.

    >>> [str(day) for day in trend_days(date(2026, 10, 31))][-3:]
    ['2026-08-31', '2026-09-30', '2026-10-31']
    """
    ends = pd.date_range(
        end=pd.Timestamp(as_of) - pd.Timedelta(days=1), periods=MONTHS_OF_TREND, freq="ME"
    )
    return [end.date() for end in ends] + [as_of]
