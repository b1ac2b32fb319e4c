"""How a briefing's numbers and texts are written on paper: one way for slide, sheet and page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd

from dashboard import formats, terms
from dashboard.steering.content import Briefing, Chart, Figure, Slide, Table

NOTHING = "–"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
UNITS = ("_amount", "_share", "_days", "_fte", "_months")


def legible(text: object) -> str:
    """Text on one line, with a visible sign for what no XML can hold.

    >>> legible("a\\x00b\\nc"), legible(None)
    ('a�b c', '')
    """
    if not isinstance(text, str):
        text = str(text) if formats.is_known(text) else ""
    return _UNWRITABLE.sub("\ufffd", re.sub(r"[ \t\r\n\f\v\u2028\u2029]+", " ", text))


def cell(column: str, value: object) -> str:
    """A table's cell as text, by the unit its column's name ends in.

    >>> cell("spent_amount", 1_234_567), cell("name", "Pricing"), cell("entered_on", None)
    ('€1.2M', 'Pricing', '–')
    """
    if isinstance(value, list | tuple | set) or hasattr(value, "tolist") and hasattr(value, "size"):
        return "; ".join(map(legible, value))
    if not formats.is_known(value):
        return NOTHING
    if isinstance(value, bool) or pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, str):
        return legible(value)
    if column.endswith(UNITS) or float(value).is_integer():
        return formats.value(column, value)
    return f"{value:,.2f}"


def figure(shown: Figure) -> tuple[str, str, str]:
    """A figure's label, its value, and its change since before ("" when it has none)."""
    moved = formats.change(shown.name, shown.value, shown.before)
    label = terms.TERMS[shown.name].label
    return label, formats.value(shown.name, shown.value), _moved(moved, effect(shown))


def _moved(change: str | None, what: str) -> str:
    if change is None:
        return ""
    if change == "0":
        return "no change"
    return f"{change}{ {'good': ', better', 'bad': ', worse', '': ''}[what] }".replace(" ,", ",")


def effect(shown: Figure) -> str:
    """Whether a figure changed for "good" or "bad"; "" when neither, or when it is not defined."""
    moved = formats.change(shown.name, shown.value, shown.before)
    good = terms.TERMS[shown.name].good
    if moved in (None, "0") or not good:
        return ""
    return "good" if (moved[0] == "+") == (good == "up") else "bad"


def office(name: str, values: Iterable[float | None] = (), signs: str = "") -> str:
    """The number format, as Excel and PowerPoint know it, of a name and of values of its size.

    Without values: in full. `signs` stands before every number other than zero, as a bridge's
    steps have.

    >>> office("_amount", [2_500_000]), office("_amount")
    ('"€"#,##0.0,,"M";-"€"#,##0.0,,"M"', '"€"#,##0;-"€"#,##0')
    >>> office("_share", [0.4]), office("_count", signs="+")
    ('0\\xa0%;-0\\xa0%', '"+"#,##0;"+"#,##0;#,##0')
    """
    largest = max((abs(value) for value in values if formats.is_known(value)), default=None)
    number = _number(name, largest)
    return f'"{signs}"{number};"{signs}"{number};{number}' if signs else f"{number};-{number}"


def _number(name: str, largest: float | None) -> str:
    if name.endswith("_amount"):
        sign = f'"{formats.CURRENCY}"'.replace('""', "")
        if largest is None or largest < 1_000:
            decimals = "." + "0" * formats.DECIMALS if formats.DECIMALS else ""
            return f"{sign}#,##0{decimals}"
        return f'{sign}#,##0.0,,"M"' if largest >= 999_500 else f'{sign}#,##0,"k"'
    if name.endswith("_share"):
        return f"0{formats.SPACE}%" if largest is None or largest >= 0.0995 else "0.0\xa0%"
    if name.endswith(("_fte", "_months")):
        return "#,##0.0"
    return "#,##0"


def basis(briefing: Briefing) -> str:
    """What stands at the foot of every slide: the meeting, its filters and its two clocks."""
    return " · ".join(filter(None, map(legible, (briefing.title, briefing.filters.rstrip(".")))))


def finite(chart: Chart) -> Chart:
    """The chart with a gap wherever a value is not a finite number."""
    series = (
        replace(each, values=tuple(map(formats.finite, each.values))) for each in chart.series
    )
    return replace(chart, series=tuple(series))


def describes(chart: Chart) -> str:
    """A chart in words, for those who do not see it: every series with every value."""
    form = partial(formats.value, f"_{chart.unit}")
    said = []
    for series in chart.series:
        pairs = zip(chart.categories, series.values, strict=True)
        listed = "; ".join(f"{legible(name)} {form(value)}" for name, value in pairs)
        said.append(f"{legible(series.name)}: {listed}")
    return f"{chart.kind.capitalize()} chart. {'. '.join(said)}."


def columns(table: Table) -> Mapping[str, str]:
    """The columns a table shows, by name, with their labels."""
    return {name: legible(label) for name, label in table.labels.items()}


def notes(slide: Slide, cut: Iterable[str] = ()) -> list[str]:
    """What a slide's notes say: its own, and in full the texts that had to be cut on it."""
    whole = [f"In full: {legible(text)}" for text in dict.fromkeys(cut)]
    return [*map(legible, slide.notes), *whole]
