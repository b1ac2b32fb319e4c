"""Measure two things in turns, and say how many times the first is the second."""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True)
class Line:
    """A line of the table: what was measured, the figure, the goal (None: only told), a remark."""

    what: str
    figure: float | None
    goal: float | None = None
    remark: str = ""

    def says(self) -> str:
        """The line as text: "brief, cached      1.2   1.5  met"."""
        figure = "-" if self.figure is None else f"{self.figure:,.2f}"
        goal = "" if self.goal is None else f"{self.goal:g}"
        return f"{self.what:<46}{figure:>9}{goal:>7}  {self.verdict():<7}{self.remark}".rstrip()

    def verdict(self) -> str:
        """Whether the goal is met."""
        if self.goal is None:
            return ""
        if self.figure is None:
            return "unknown"
        return "met" if self.figure <= self.goal else "missed"


def seconds(work: Work) -> float:
    """How long the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def processor_seconds(work: Work) -> float:
    """How long processors work for it, here and in processes that end meanwhile."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    of_all = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in of_all)


def in_turns(
    ours: Work, theirs: Work, rounds: int = 7, measure: Callable[[Work], float] = seconds
) -> tuple[float, float, float]:
    """The median ratio of ours to theirs, and both medians in seconds, measured in turns.

    One round beforehand warms both up; who goes first alternates, so neither gains by it.
    """
    measure(ours), measure(theirs)
    pairs = []
    for number in range(rounds):
        if number % 2:
            second = measure(theirs)
            pairs.append((measure(ours), second))
        else:
            pairs.append((measure(ours), measure(theirs)))
    return (
        median(ours_s / theirs_s for ours_s, theirs_s in pairs),
        median(ours_s for ours_s, _ in pairs),
        median(theirs_s for _, theirs_s in pairs),
    )


def compared(
    what: str,
    ours: Work,
    theirs: Work,
    goal: float | None,
    rounds: int = 7,
    measure: Callable[[Work], float] = seconds,
) -> Line:
    """A line of the table: ours against theirs, with both medians as the remark."""
    ratio, ours_s, theirs_s = in_turns(ours, theirs, rounds, measure)
    return Line(what, ratio, goal, f"{_ms(ours_s)} against {_ms(theirs_s)}")


def _ms(duration: float) -> str:
    return f"{duration * 1000:,.0f} ms"
