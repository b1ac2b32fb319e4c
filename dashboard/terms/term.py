"""What a figure is: one name, one formula, one good direction."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A figure's name on screen, its formula in words, which way is good ("up", "down" or "")."""

    label: str
    formula: str
    good: str = ""

    @property
    def delta_color(self) -> str:
        """How a change is coloured: by effect, not by direction."""
        return {"up": "normal", "down": "inverse", "": "off"}[self.good]
