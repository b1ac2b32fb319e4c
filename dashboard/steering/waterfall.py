"""Where the bars of a waterfall stand: each begins where the one before it ended."""

from dataclasses import dataclass

from dashboard.steering.content import Series

TOTAL = "total"


@dataclass(frozen=True)
class Bar:
    """One bar: the value it says, where it begins and ends, and its effect."""

    value: float
    start: float
    end: float
    effect: str

    @property
    def low(self) -> float:
        """The lower edge."""
        return min(self.start, self.end)

    @property
    def high(self) -> float:
        """The upper edge."""
        return max(self.start, self.end)


def bars(series: Series) -> list[Bar | None]:
    """A bar per value of a waterfall's series; None where there is no value.

    >>> steps = Series("", (5.0, -2.0, 3.0), effects=("total", "bad", "good"))
    >>> [(bar.low, bar.high) for bar in bars(steps)]
    [(0.0, 5.0), (3.0, 5.0), (3.0, 6.0)]
    """
    effects = series.effects or ("",) * len(series.values)
    found: list[Bar | None] = []
    reached = 0.0
    for value, effect in zip(series.values, effects, strict=True):
        if value is None:
            found.append(None)
            continue
        start = 0.0 if effect == TOTAL else reached
        reached = start + value
        found.append(Bar(value, start, reached, effect))
    return found


def span(found: list[Bar | None]) -> float:
    """How high the whole waterfall is; 1 when it is flat or empty."""
    stands = [bar for bar in found if bar]
    low = min([0.0, *(bar.low for bar in stands)])
    high = max([0.0, *(bar.high for bar in stands)])
    return high - low or 1.0
