"""What a steering meeting is shown: composed once, rendered as screen, PowerPoint, HTML and Excel.

Nothing here draws. Texts are plain text: each renderer escapes them for where they go. Amounts,
shares and days stay numbers until a renderer formats them by their unit (see `dashboard.formats`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import pandas as pd

KINDS = ("bar", "column", "line", "waterfall")
TEXTURES = ("actual", "before", "plan", "forecast", "rate")


@dataclass(frozen=True)
class Figure:
    """One number of a slide: its name (a key of `dashboard.terms.TERMS`, which has the label, the
    formula and the format), its value (None: not defined), and the value it is compared with."""

    name: str
    value: float | None
    before: float | None = None


@dataclass(frozen=True)
class Series:
    """One row of marks: its name, a value per category (None leaves a gap), and its texture.

    `texture` is IBCS: "actual" solid, "before" the same paler, "plan" outlined, "forecast" hatched,
    "rate" a thin line of a benchmark. `effects` gives, where marks are coloured one by one, "good",
    "bad", "" (neutral) or "total" per category.
    """

    name: str
    values: tuple[float | None, ...]
    texture: str = "actual"
    effects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart as its data: drawn by Plotly on screen and in HTML, natively in PowerPoint.

    `kind` is one of KINDS: "bar" lies, "column" stands, "line" runs over time, "waterfall" adds its
    one series' values up from the first category to the total (a category whose effect is "total"
    stands on the ground). `unit` ends a name of `formats.value`: amount, share, days, count.
    """

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    axis: str = ""


@dataclass(frozen=True)
class Table:
    """A short table: rows as a frame, its columns' labels in order, by the frame's column names.

    A column's name ends in its unit, so renderers know its format; dates are dates. `links` names
    the column that holds an initiative_id to open, if any.
    """

    rows: pd.DataFrame
    labels: Mapping[str, str]
    links: str = ""


@dataclass(frozen=True)
class Slide:
    """One message: `key` stands in URLs, `title` is the finding, the rest is what shows it.

    `says` are short sentences below the title. `notes` say definitions, the day, the filters and
    the rows left out, a sentence each. `rows` are the rows behind it, by the name of the question
    they answer: the sheets of the Excel pack. `decides` is the initiative to decide on, if any.
    """

    key: str
    title: str
    says: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    notes: tuple[str, ...] = ()
    rows: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    decides: str = ""


@dataclass(frozen=True)
class Briefing:
    """A meeting's slides in order, frozen at the two clocks it was composed through."""

    title: str
    held_on: date
    as_of: date
    known_at: datetime | None
    filters: str
    slides: tuple[Slide, ...]
    appendix: tuple[Slide, ...] = ()
