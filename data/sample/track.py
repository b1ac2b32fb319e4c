"""The initiatives as they went: dates from the months written in the portfolio."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

import numpy as np

from data.sample.portfolio import PORTFOLIO
from data.sample.story import AS_OF, PROCESSES, UNITS, Process, Unit

SEED = 20261031
STAGES = {
    "i": "idea",
    "c": "proof_of_concept",
    "p": "pilot",
    "l": "production",
    "s": "scaled",
    "x": "stopped",
    "r": "retired",
}
PILOT_WORK = ("proof_of_concept", "pilot")
LIVE = ("production", "scaled")
EXITS = ("stopped", "retired")


def dice(table: str, key: str = "") -> np.random.Generator:
    """Random numbers of one table and one thing, so that a change elsewhere moves nothing here."""
    return np.random.default_rng([SEED, crc32(f"{table}/{key}".encode())])


@dataclass(frozen=True)
class Step:
    """The day a stage was entered, and whether anybody noted it."""

    stage: str
    on: date
    is_dated: bool


@dataclass(frozen=True)
class Track:
    """One initiative and its way through the stages."""

    initiative_id: str
    unit_name: str
    name: str
    process_name: str
    description: str
    steps: tuple[Step, ...]

    @property
    def unit(self) -> Unit:
        return UNITS[self.unit_name]

    @property
    def process(self) -> Process:
        return PROCESSES[self.process_name]

    @property
    def now(self) -> str:
        """The current stage, empty if nobody ever said."""
        return self.steps[-1].stage if self.steps else ""

    @property
    def end(self) -> date:
        """The day it ended, or the as-of day."""
        return self.steps[-1].on if self.now in EXITS else AS_OF

    @property
    def is_stalled(self) -> bool:
        return self.now in PILOT_WORK and (AS_OF - self.steps[-1].on).days > 180

    @property
    def is_lost(self) -> bool:
        return self.now in EXITS and not self.day("production")

    def day(self, stage: str) -> date | None:
        """The day it entered a stage, if it did."""
        return next((step.on for step in self.steps if step.stage == stage), None)

    def stage_in(self, month: date) -> str:
        """The stage most advanced by the end of a month, exits aside."""
        inside = [s.stage for s in self.steps if s.on < next_month(month) and s.stage not in EXITS]
        return inside[-1] if inside else ""

    def months(self) -> Iterator[date]:
        """Each month from the first day known until the end."""
        if self.steps:
            yield from months_between(self.steps[0].on, self.end)


def tracks() -> list[Track]:
    """Every initiative of the portfolio, numbered by the month it began."""
    told = [(unit, *line) for unit, lines in PORTFOLIO.items() for line in lines]
    told.sort(key=lambda line: (line[3][:5], line[1]))
    return [
        Track(f"INI-{number:03d}", unit, name, process, description, steps(name, path))
        for number, (unit, name, process, path, description) in enumerate(told, start=1)
    ]


def steps(name: str, path: str) -> tuple[Step, ...]:
    """Days for a path such as `24-02 i2 c?3 p`."""
    began, *stages = path.split()
    rng = dice("steps", name)
    month = date.fromisoformat(f"20{began}-01")
    found = []
    for word in stages:
        found.append(Step(STAGES[word[0]], working_day(month, rng), "?" not in word))
        month = later(month, int(word[1:].strip("?") or 0))
    return tuple(found)


def working_day(month: date, rng: np.random.Generator) -> date:
    """A day from Monday to Friday in the month."""
    day = month + timedelta(days=int(rng.integers(1, 26)))
    return day + timedelta(days=max(7 - day.weekday(), 0)) if day.weekday() > 4 else day


def later(month: date, count: int) -> date:
    """The first of the month, count months on."""
    years, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(years, index + 1, 1)


def next_month(day: date) -> date:
    return later(day.replace(day=1), 1)


def months_between(first: date, last: date) -> Iterator[date]:
    """The first of each month from the month of first to the month of last."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = later(month, 1)
