"""How numbers, days and names are written. A column's name holds its unit, which sets the form."""

import math
import re
from datetime import date, datetime
from urllib.parse import quote, urlsplit

import pandas as pd

from data import currency

_configured = currency.configured()
CURRENCY, DECIMALS = _configured.sign, _configured.decimals
NOT_DEFINED = "not defined"
SPACE = "\u00a0"
MONTH_DAYS = 30.4375


def is_known(value: object) -> bool:
    """Whether there is a value: not None, not NaN, not NA."""
    return value is not None and not pd.isna(value)


def money(amount: float | None) -> str:
    """An amount, in thousands or millions by its size: €1.2M, €340k, -€80.

    >>> money(1_234_567), money(-340_000), money(12.4), money(None)
    ('€1.2M', '-€340k', '€12', 'not defined')
    """
    if not is_known(amount):
        return NOT_DEFINED
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    if size >= 999_500:
        return f"{sign}{CURRENCY}{size / 1e6:,.1f}M"
    if size >= 1_000:
        return f"{sign}{CURRENCY}{size / 1e3:,.0f}k"
    return f"{sign}{CURRENCY}{size:,.{DECIMALS}f}"


def share(value: float | None) -> str:
    """A share as whole percent, one decimal below ten; a fixed space joins number and sign.

    >>> [share(each).replace(SPACE, " ") for each in (0.4035, 0.042, 0, float("nan"))]
    ['40 %', '4.2 %', '0 %', 'not defined']
    """
    if not is_known(value):
        return NOT_DEFINED
    percent = value * 100
    number = f"{percent:.1f}" if 0 < abs(percent) < 9.95 else f"{percent:.0f}"
    return f"{number}{SPACE}%"


def count(value: float | None) -> str:
    """A whole number with thousands: 2,133."""
    return f"{value:,.0f}" if is_known(value) else NOT_DEFINED


def decimal(value: float | None) -> str:
    """One decimal: 41.5."""
    return f"{value:,.1f}" if is_known(value) else NOT_DEFINED


def days(value: float | None) -> str:
    """Days as they are said: 12 days, 7 months, 3.4 years.

    >>> days(12), days(1), days(243), days(1_240), days(None)
    ('12 days', '1 day', '8 months', '3.4 years', 'not defined')
    """
    if not is_known(value):
        return NOT_DEFINED
    if value < 61:
        return f"{value:.0f} day" + ("" if round(value) == 1 else "s")
    if value < 730:
        return f"{value / MONTH_DAYS:.0f} months"
    return f"{value / 365.25:.1f} years"


def day(value: date | None) -> str:
    """A date: 31 Oct 2026.

    >>> day(date(2026, 10, 1)), day(None)
    ('1 Oct 2026', 'unknown')
    """
    if not is_known(value):
        return "unknown"
    return f"{value.day} {value:%b %Y}"


def moment(at: datetime) -> str:
    """A moment, to the minute.

    >>> moment(datetime(2026, 11, 3, 9, 5, 59))
    '3 Nov 2026, 09:05 UTC'
    """
    return f"{day(at)}, {at:%H:%M} UTC"


def words(name: object) -> str:
    """A stored word as people read it: proof_of_concept is "proof of concept".

    >>> words("proof_of_concept"), words("unclear_roi"), words("procurement_governance")
    ('proof of concept', 'unclear ROI', 'procurement and governance')
    """
    if not is_known(name):
        return ""
    spoken = {"procurement_governance": "procurement and governance", "unclear_roi": "unclear ROI"}
    return spoken.get(name, str(name).replace("_", " "))


def at_stage(stage: str) -> str:
    """Where something stands, as a sentence says it.

    >>> at_stage("proof_of_concept"), at_stage("idea"), at_stage("scaled")
    ('in proof of concept', 'an idea', 'scaled')
    """
    said = {"idea": "an idea", "scaled": "scaled", "stopped": "stopped", "retired": "retired"}
    return said.get(stage, f"in {words(stage)}")


def plural(number: float, one: str, many: str | None = None) -> str:
    """A count with its noun: 1 initiative, 12 initiatives.

    >>> plural(1, "initiative"), plural(1_200, "pilot")
    ('1 initiative', '1,200 pilots')
    """
    return f"{number:,.0f} {one if number == 1 else many or one + 's'}"


def have(number: float) -> str:
    """A count with its verb: 1 has, 12 have.

    >>> have(1), have(1_200)
    ('1 has', '1,200 have')
    """
    return f"{number:,.0f} {'has' if number == 1 else 'have'}"


def listed(names: list[str]) -> str:
    """Names as a sentence lists them.

    >>> listed(["Retail"]), listed(["Retail", "Claims", "IT"])
    ('Retail', 'Retail, Claims and IT')
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


_SUFFIXES = {
    "_amount": money,
    "_share": share,
    "_days": days,
    "_fte": decimal,
    "_months": decimal,
    "_on": day,
}


def value(name: str, number: object) -> str:
    """A figure in the format its name asks for.

    >>> value("stuck_amount", 310), value("count_stalled", 12), value("open_fte", 40.25)
    ('€310', '12', '40.2')
    """
    for suffix, form in _SUFFIXES.items():
        if name.endswith(suffix):
            return form(number)
    return count(number)


def change(name: str, now: float | None, before: float | None) -> str | None:
    """The change of a figure since before; shares in percentage points. None when not defined.

    >>> change("stuck_spend_share", 0.31, 0.28), change("count_stalled", 12, 12)
    ('+3 pp', '0')
    >>> change("spent_amount", 1_000_000, 1_250_000), change("count_stalled", 12, None)
    ('-€250k', None)
    """
    if not (is_known(now) and is_known(before)):
        return None
    delta = now - before
    if name.endswith("_share"):
        points = f"{delta * 100:+.1f}" if abs(delta) < 0.0095 else f"{delta * 100:+.0f}"
        return "0" if float(points) == 0 else f"{points} pp"
    if name.endswith("_days"):
        written = f"{delta / MONTH_DAYS:+.1f} months" if abs(delta) >= 61 else f"{delta:+.0f} days"
        return "0" if round(delta) == 0 else written
    written = value(name, abs(delta))
    return "0" if written in (value(name, 0), "0") else ("+" if delta > 0 else "-") + written


def _one_line(text: object) -> str:
    return re.sub(r"[ \t\r\n\f\v]+", " ", str(text) if is_known(text) else "")


_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&])")


def plain(text: object) -> str:
    """Text from somebody's file, escaped so that Markdown shows it and does nothing with it.

    >>> plain("![x](http://host/x)")
    '\\\\!\\\\[x\\\\]\\\\(http\\\\:\\\\/\\\\/host\\\\/x\\\\)'
    """
    spaced = _one_line(text)
    return _MARKDOWN.sub(r"\\\1", spaced).replace("/", "\\/")


def chart_text(text: object, width: int = 40) -> str:
    """Text from somebody's file for a chart: shortened, with nothing a chart takes as markup.

    >>> chart_text("<b>Pricing</b>")
    '&lt;b&gt;Pricing&lt;/b&gt;'
    """
    spaced = _one_line(text).strip()
    short = spaced if len(spaced) <= width else spaced[: width - 1].rstrip() + "…"
    return short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def finite(number: float | None) -> float | None:
    """The number, or None where it is missing or not finite."""
    return float(number) if is_known(number) and math.isfinite(number) else None


def file_stem(name: str) -> str:
    """A file's name without its ending, safe to build another name from.

    >>> file_stem("Q3 list (final).csv")
    'Q3-list-final'
    """
    return re.sub(r"[^\w]+", "-", name.rsplit(".", 1)[0]).strip("-") or "file"


def safe_url(url: object) -> str | None:
    """A link that may be opened: http or https, with nothing in it that could end the link.

    >>> safe_url("https://host/run/1?a=b"), safe_url("javascript:alert(1)")
    ('https://host/run/1?a=b', None)
    >>> safe_url("http://host/a b)<x>")
    'http://host/a%20b%29%3Cx%3E'
    """
    text = str(url or "").strip()
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return quote(text, safe="/:?#=&%@~+,;.-_!$*'[]") if is_web and not parts.username else None


def link(url: object, says: str) -> str:
    """Words that link to where something can be seen, in Markdown; only words if it is unsafe."""
    safe = safe_url(url)
    return f"[{plain(says)}](<{safe}>)" if safe else plain(says)


def with_links(text: object) -> str:
    """Text from somebody's file, escaped, with its web addresses as links that may be opened.

    >>> with_links("run 7 at https://host/7")
    'run 7 at [see there](<https://host/7>)'
    """
    parts = re.split(r"(https?://\S+)", str(text) if is_known(text) else "")
    return "".join(
        link(part, "see there") if safe_url(part) else plain(part) for part in parts if part
    )
