"""The board's colours in the words of PowerPoint."""

from pptx.dml.color import RGBColor

from dashboard.charts.theme import LIGHT

SHADES = (LIGHT.accent, LIGHT.grey, LIGHT.grey_soft, LIGHT.muted)
EFFECTS = {"good": LIGHT.good, "bad": LIGHT.bad, "total": LIGHT.ink, "": LIGHT.grey}


def rgb(colour: str) -> RGBColor:
    """A colour of the palette."""
    return RGBColor.from_string(colour.lstrip("#"))
