"""What a meeting looks at: itself, the one before it, and a way to ask at the clocks of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard import briefing, filters, scenarios, terms, valuing
from dashboard.briefing import Ask
from dashboard.steering import bridge
from dashboard.steering.sitting import Sitting
from data.store import Lens

ASSUMED = scenarios.Assumptions()


@dataclass(frozen=True)
class Room:
    """What the room of a meeting sees: `now` asks through the meeting, `before` through the last
    one, `again` on the last one's day as it is known to this one, `day` on the day it is held.

    Without a last meeting `before` and `again` ask about a day before anything.
    """

    sitting: Sitting
    now: Ask
    before: Ask
    again: Ask
    day: Ask

    @cached_property
    def figures(self) -> Mapping[str, float | None]:
        """The brief's figures at the meeting's clocks."""
        return briefing.asked(self.now)

    @property
    def seen(self) -> filters.Filters:
        """What the meeting looks through."""
        return self.sitting.now

    @property
    def has_last(self) -> bool:
        """Whether there was a meeting before, to compare with."""
        return self.sitting.previous is not None

    @cached_property
    def figures_before(self) -> Mapping[str, float | None]:
        """The brief's figures as the last meeting saw them; none without one."""
        return briefing.asked(self.before) if self.has_last else {}

    @cached_property
    def figures_again(self) -> Mapping[str, float | None]:
        """The same of the last meeting's day, as this one knows them."""
        return briefing.asked(self.again) if self.has_last else {}

    @cached_property
    def valued(self) -> pd.DataFrame:
        """Every open or live initiative's rNPV with its parts, as the definitions assume."""
        here = point(self.now)
        return valuing.value(here.rows, ASSUMED, here.past)

    @cached_property
    def bridge(self) -> pd.DataFrame:
        """Why the portfolio's rNPV is not what it was at the last meeting: `bridge.split`."""
        return bridge.split(*map(point, (self.before, self.again, self.now)), ASSUMED)

    def basis(self) -> tuple[str, ...]:
        """What the brief's figures rest on, and what changes are measured from."""
        now = self.figures
        held = briefing.no_past(now) or self.sitting.basis()
        return (briefing.rests_on(now), held)

    def notes(self, *names: str, left_out: tuple[str, ...] = ()) -> tuple[str, ...]:
        """What stands below a slide: clocks, filters, the figures' formulas, what is left out."""
        formulas = [
            f"{terms.TERMS[name].label} = {terms.formula(name, self.seen.stalled_days)}."
            for name in names
        ]
        return (f"{self.seen.says()}.", *formulas, *(each for each in left_out if each))


def enter(sitting: Sitting, through: Callable[[Lens], Ask]) -> Room:
    """The room of a meeting; `through` gives the way to ask through a lens."""
    looks = (sitting.now, sitting.before, sitting.again, sitting.day)
    return Room(sitting, *(through(look.lens()) for look in looks))


def point(ask: Ask) -> bridge.Point:
    """What was open or live at a point, and the record of the past that values it."""
    return bridge.Point(ask("value/forecast"), valuing.recalled(ask))
