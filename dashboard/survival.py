"""How long until an initiative is live, and how sure one may be. Pure arithmetic on arrays.

Leaving out the unfinished, as a plain median of finishers does, makes every portfolio look fast.
Here the unfinished count for as long as they were watched, and those that left count as left.
"""

from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

MONTH = 30.4375
"""Days in a month, 365.25 / 12."""

CENSORED, LIVE, EXITED = 0, 1, 2

# A sum of fractions that ought to be exactly 1/2 or 1 can fall short of it by rounding.
_ROUNDING = 1e-12

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Incidence:
    """The share gone live by each day, when some leave first and some are still on the way.

    The first six arrays have one entry per distinct day on which somebody went live, ascending.

    days: those days, counted from entry.
    share: F, the share of all who entered that is live by that day, 0 to 1.
    low, high: the ends of the interval for F; NaN where F = 1, see `cumulative_incidence`.
    variance: of F.
    at_risk: how many were neither live, gone nor out of sight just before that day.
    durations: everybody's days, ascending, whatever became of them.
    known_until: the last day on which F is defined; infinite once nobody is left unresolved.
    """

    days: Floats
    share: Floats
    low: Floats
    high: Floats
    variance: Floats
    at_risk: Counts
    durations: Floats = field(repr=False)
    known_until: float

    def at(self, days: ArrayLike) -> tuple[Floats, Floats, Floats]:
        """F and the ends of its interval on any days, each in the shape of `days`.

        F stands still between two days on which somebody went live. All three are NaN after
        `known_until`: nobody was watched that long, so F is not defined there. Before the first
        one went live F is 0 and its interval NaN: none seen so far does not mean none to come.

        >>> curve = cumulative_incidence([10, 20, 30], [LIVE, EXITED, CENSORED])
        >>> curve.at([5, 10, 30, 31])[0].round(4)
        array([0.    , 0.3333, 0.3333,    nan])
        """
        days = np.asarray(days, dtype=float)
        steps_passed = np.searchsorted(self.days, days, side="right")
        is_known = days <= self.known_until
        share, low, high = (
            np.where(is_known, np.concatenate([[start], steps])[steps_passed], np.nan)[()]
            for start, steps in ((0.0, self.share), (np.nan, self.low), (np.nan, self.high))
        )
        return share, low, high

    def count_at_risk(self, days: ArrayLike) -> Counts:
        """How many were watched for at least `days`, in the shape of `days`.

        >>> cumulative_incidence([10, 20, 30], [1, 2, 0]).count_at_risk([0, 20, 31])
        array([3, 2, 0])
        """
        return len(self.durations) - np.searchsorted(self.durations, days, side="left")

    @property
    def median(self) -> float | None:
        """The first day with F >= 1/2, or None if F never gets there ("not reached")."""
        reached = self.days[self.share >= 0.5 - _ROUNDING]
        return float(reached[0]) if len(reached) else None


def cumulative_incidence(days: ArrayLike, outcome: ArrayLike, level: float = 0.95) -> Incidence:
    """The Aalen-Johansen share gone live over time, with exit as the competing event.

    days: shape (n,), days from entry to the outcome; zero counts. outcome: shape (n,), 1 went
    live, 2 left first, 0 still on the way when last seen, as numbers or as digits. On one and the
    same day events come before censorings. level: of the two-sided, pointwise interval.

        F(t) = sum over t_i <= t of  S(t_{i-1}) * live_i / n_i

    with n_i at risk just before t_i and S the Kaplan-Meier survival from either event
    (Aalen & Johansen 1978; Putter, Fiocco & Geskus 2007). The interval is complementary log-log:
    1 - (1 - F) ** exp(+-z * se / ((1 - F) * log(1 - F))). It is NaN at F = 1, where the formula
    gives 0/0 and a width of nothing would claim a certainty that no sample has.

    Raises ValueError for days that are negative, missing or infinite, for another outcome, and
    for lengths that differ.

    Six initiatives by hand: F = 1/6, then 1/6 + 5/6 * 1/5 = 1/3, then 1/3 + 1/2 * 1/2 = 7/12.

    >>> curve = cumulative_incidence([10, 20, 20, 30, 40, 50], [1, 1, 2, 0, 1, 0])
    >>> curve.share.round(4)
    array([0.1667, 0.3333, 0.5833])
    >>> curve.at_risk, curve.median
    (array([6, 5, 2]), 40.0)
    >>> (curve.variance * 216).round(9)  # by hand 5/216, 8/216, 11/216
    array([ 5.,  8., 11.])
    """
    days, outcome = _checked(days, outcome)
    on_days, at_risk, live, events = _tally(days, outcome)
    survival = np.cumprod(1 - events / at_risk)
    before = np.concatenate([[1.0], survival])[:-1]
    share = np.cumsum(before * live / at_risk)
    share = np.where(share > 1 - _ROUNDING, 1.0, share)
    variance = _variance(share, before, at_risk, live, events)
    low, high = _interval(share, variance, level)
    columns = (on_days, share, low, high, variance, at_risk)
    return Incidence(
        *(column[live > 0] for column in columns),
        durations=np.sort(days),
        known_until=_known_until(on_days, survival),
    )


def naive_median(days: ArrayLike, outcome: ArrayLike) -> float | None:
    """The median days of those that went live, everybody else left out; None if none did.

    It is too short whenever some are still on the way; shown only beside the adjusted one.
    Shapes, codes and errors are those of `cumulative_incidence`.

    >>> naive_median([10, 20, 20, 30, 40, 50], [1, 1, 2, 0, 1, 0])
    20.0
    """
    days, outcome = _checked(days, outcome)
    finishers = days[outcome == LIVE]
    return float(np.median(finishers)) if len(finishers) else None


def wilson(
    successes: ArrayLike, trials: ArrayLike, level: float = 0.95
) -> tuple[np.float64 | Floats, np.float64 | Floats]:
    """The score interval for a share, as (low, high) between 0 and 1 (Wilson 1927).

    Numbers or arrays that broadcast. NaN where there were no trials. Raises ValueError unless
    0 <= successes <= trials.

    >>> [round(float(end), 4) for end in wilson(10, 20)]
    [0.2993, 0.7007]
    """
    successes, trials = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    if not np.all((successes >= 0) & (successes <= trials)):
        raise ValueError("Successes must lie between 0 and the number of trials.")
    z = _z(level)
    n = np.where(trials > 0, trials, np.nan)
    centre = (successes + z**2 / 2) / (n + z**2)
    reach = z * np.sqrt(successes * (n - successes) / n + z**2 / 4) / (n + z**2)
    return np.clip(centre - reach, 0, 1), np.clip(centre + reach, 0, 1)


def _checked(days: ArrayLike, outcome: ArrayLike) -> tuple[Floats, Counts]:
    """Both as arrays of one length, or a ValueError that says what is wrong."""
    days, outcome = np.asarray(days), np.asarray(outcome)
    if days.dtype.kind in "mM":
        raise ValueError("Durations must be plain numbers of days, not dates or time spans.")
    days, outcome = days.astype(float), outcome.astype(float)
    if days.ndim != 1 or days.shape != outcome.shape:
        raise ValueError("Days and outcome must be two lists of the same length.")
    if not np.all(np.isfinite(days) & (days >= 0)):
        raise ValueError("Days must be zero or more, none of them missing.")
    if not np.isin(outcome, (CENSORED, LIVE, EXITED)).all():
        raise ValueError("An outcome must be 1 (went live), 2 (left first) or 0 (neither yet).")
    return days, outcome.astype(np.int64)


def _tally(days: Floats, outcome: Counts) -> tuple[Floats, Counts, Counts, Counts]:
    """Per distinct day, ascending: the day, at risk just before, gone live, events of both kinds.

    Being at risk includes those censored on the day itself: events come first.
    """
    on_days, day_of = np.unique(days, return_inverse=True)
    at_risk = len(days) - np.searchsorted(np.sort(days), on_days, side="left")
    live = np.bincount(day_of[outcome == LIVE], minlength=len(on_days))
    exited = np.bincount(day_of[outcome == EXITED], minlength=len(on_days))
    return on_days, at_risk, live, live + exited


def _known_until(on_days: Floats, survival: Floats) -> float:
    """The last day on which F is defined. Nobody left to wait for means it cannot change again."""
    if not len(on_days):
        return -np.inf
    return np.inf if survival[-1] == 0 else float(on_days[-1])


def _variance(
    share: Floats, before: Floats, at_risk: Counts, live: Counts, events: Counts
) -> Floats:
    """The variance of F on each day; all arrays have one entry per day.

    The Greenwood-type variance of the Aalen-Johansen estimator (Andersen, Borgan, Gill & Keiding
    1993, section IV.4; as a sum in Marubini & Valsecchi 1995, chapter 10). With S before t_i:

        Var F(t) = sum over t_i <= t of  (F(t) - F_i)^2 * events_i / (n_i * (n_i - events_i))
                                         - 2 * (F(t) - F_i) * S * live_i / n_i^2
                                         + S^2 * live_i * (n_i - live_i) / n_i^3

    The squares are multiplied out, so running sums replace the double loop. Where everybody at
    risk has an event, n_i = events_i, F cannot change after t_i: F(t) - F_i is exactly 0, and so
    is the first term. The third stays. Without censoring the whole is F * (1 - F) / n.
    """
    n = at_risk.astype(float)
    goes_on = n > events
    greenwood = np.where(goes_on, events / (n * np.where(goes_on, n - events, 1.0)), 0.0)
    cross = before * live / n**2
    own = before**2 * live * (n - live) / n**3
    linear = np.cumsum(greenwood * share + cross)
    constant = np.cumsum(greenwood * share**2 + 2 * cross * share + own)
    return np.maximum(share**2 * np.cumsum(greenwood) - 2 * share * linear + constant, 0.0)


def _interval(share: Floats, variance: Floats, level: float) -> tuple[Floats, Floats]:
    """The complementary log-log interval of F; NaN where F is 0 or 1."""
    is_inside = (share > 0) & (share < 1)
    rest = np.where(is_inside, 1 - share, 0.5)
    power = np.exp(_z(level) * np.sqrt(variance) / (rest * np.log(rest)))
    low, high = 1 - rest**power, 1 - rest ** (1 / power)
    return np.where(is_inside, low, np.nan), np.where(is_inside, high, np.nan)


def _z(level: float) -> float:
    """The normal quantile of a two-sided level: 1.96 for 0.95."""
    if not 0 < level < 1:
        raise ValueError("The level of an interval must lie between 0 and 1.")
    return NormalDist().inv_cdf(0.5 + level / 2)
