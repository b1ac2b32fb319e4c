"""What a forecast assumes: the reader's to change, and said beside every figure it makes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboard import formats, roi, simulate

PRIORS = {"idea": 0.15, "proof_of_concept": 0.25, "pilot": 0.48}
PRIOR_WEIGHT = 10
CASES = ("low", "base", "high")


@dataclass(frozen=True)
class Assumptions:
    """A scenario. Rates and shares are 0 to 1, `horizon` and `ramp_months` months.

    `case` is the benefit counted on: low, base or high. With `is_haircut`, each unit's benefits are
    cut to its track record. With `is_run_on`, costs go on after their plan ends. `wait_months` is
    the time to live of who has no planned date and whose stage has no median.
    """

    rate: float = 0.10
    horizon: int = 36
    ramp_months: int = roi.RAMP_MONTHS
    case: str = "base"
    is_haircut: bool = False
    is_run_on: bool = False
    wait_months: int = 12
    priors: Mapping[str, float] = field(default_factory=lambda: dict(PRIORS), hash=False)
    spread: float = simulate.SPREAD
    draws: int = simulate.DRAWS
    seed: int = 1

    def running_on(self) -> "Assumptions":
        """The same with costs that run on after their plan."""
        return replace(self, is_run_on=True)

    def says(self) -> str:
        """The assumptions as a sentence, for the screen and every export.

        >>> Assumptions().says().replace(formats.SPACE, " ")[:57]
        '10 % a year; 36 months; base benefits; ramp of 6 months; '
        """
        priors = formats.listed(
            [f"{formats.words(stage)} {formats.share(p)}" for stage, p in self.priors.items()]
        )
        costs = (
            "costs run on after their plan at its last level"
            if self.is_run_on
            else "costs end with their plan"
        )
        cut = "benefits cut to each unit's track record" if self.is_haircut else "no haircut"
        return (
            f"{formats.share(self.rate)} a year; {self.horizon} months; {self.case} benefits; "
            f"ramp of {self.ramp_months} months; {cut}; {costs}; priors: {priors}; without a date "
            f"or a record live in {self.wait_months} months; {self.draws:,} draws, seed "
            f"{self.seed}, spread of delay σ {self.spread:g}, common factor "
            f"{simulate.CORRELATION:g}"
        )


def chance(count_live: float, count_finished: float, prior: float) -> float:
    """p(live | stage) = (k + 10 · prior) / (n + 10): the own record, steadied by the prior.

    >>> chance(0, 0, 0.48), round(chance(18, 30, 0.48), 2)
    (0.48, 0.57)
    """
    return (count_live + PRIOR_WEIGHT * prior) / (count_finished + PRIOR_WEIGHT)
