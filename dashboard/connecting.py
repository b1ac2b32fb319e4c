"""Platforms, pulls and what they bring, in words."""

from collections import Counter
from datetime import datetime

import pandas as pd

from dashboard import formats, layers
from data.connectors.settings import SOURCES

NEVER = (
    "A connector never writes initiatives and costs, and what it brings is a batch like any other: "
    "previewed, in the history, undone with one click."
)
CAVEATS = {
    "kubeflow": "Tested against its published contract, never against a live cluster.",
    "wandb": "Tested with its real client against a stub and with real offline logs, never against "
    "the service.",
}
SEEN_AT_ONCE = 200
NAMED_AT_ONCE = 20
BROUGHT_AT_ONCE = 5
UNMAPPED = {
    "platform": "Platform",
    "kind": "What it is",
    "name": "Name there",
    "key": "Identity there",
    "where": "Where",
}
LINKS = {
    "platform": "Platform",
    "kind": "What it is",
    "name": "Name there",
    "initiative": "Initiative",
    "model": "Model here",
    "linked_by": "Mapped by",
    "linked_at": "When",
}


def label(source: object) -> str:
    """A platform's name, or the word of whatever else rows came from.

    >>> label("mlflow"), label("upload")
    ('MLflow', 'upload')
    """
    return SOURCES[source].label if source in SOURCES else formats.words(source)


def turn_on(source: str) -> str:
    """The section of secrets.toml that turns a platform on."""
    return f"[connectors.{source}]\n{SOURCES[source].example}\n"


def in_background(minutes: float | None) -> str:
    """Whether the board pulls by itself."""
    if minutes is None:
        return (
            "The board does not pull by itself; `every_minutes = 30` below `[connectors]` in "
            "`.streamlit/secrets.toml` makes it."
        )
    return f"The board pulls all that are on every {minutes:g} minutes while it runs."


def state(last: pd.Series | None, now: datetime) -> str:
    """How the last pull of a platform that is on went, and when the last good one was."""
    if last is None:
        return "On, never pulled yet."
    if last["last_outcome"] != "failed":
        return f"✓ Pulled {_when(last['last_at'], now)}. {last['last_says']}"
    good = (
        f"The last good pull was {_when(last['good_at'], now)}."
        if formats.is_known(last["good_at"])
        else "No pull has gone well yet."
    )
    bad = f"✗ The last pull, {_when(last['last_at'], now)}, failed. {ended(last['last_says'])}"
    return f"{bad} {good}"


def ended(sentence: str) -> str:
    """A sentence with a full stop, which those of an error do not all have."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _when(at: datetime, now: datetime) -> str:
    return f"{age((now - at).total_seconds())} ({formats.day(at)}, {at:%H:%M} UTC)"


def age(seconds: float) -> str:
    """How long ago something was.

    >>> age(20), age(60), age(7_500), age(200_000)
    ('just now', '1 minute ago', '2 hours ago', '2 days ago')
    """
    for size, one in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{formats.plural(seconds // size, one)} ago"
    return "just now"


def brought(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """The initiatives a pull brought most of: identifier, name, and what it was."""
    of_each = rows.groupby("initiative_id", sort=False)
    return [
        (key, part["name"].iloc[0], formats.listed(_counted(part)))
        for key, part in list(of_each)[:BROUGHT_AT_ONCE]
    ]


def _counted(rows: pd.DataFrame) -> list[str]:
    return [
        f"{formats.plural(row.count_rows, 'row')} of {formats.words(row.table_name)}"
        for row in rows.itertuples()
    ]


def more_brought(rows: pd.DataFrame) -> str:
    """How many initiatives more a pull brought rows of than are shown; empty if none."""
    more = rows["initiative_id"].nunique() - BROUGHT_AT_ONCE
    return f"… and {formats.plural(more, 'initiative')} more." if more > 0 else ""


def object_names(rows: pd.DataFrame) -> dict[tuple[str, str], str]:
    """What objects are called in a list to choose from, by platform and key; no two the same."""
    names = {(row.source, row.key): _object_name(row) for row in rows.itertuples()}
    counts = Counter(names.values())
    return {it: name if counts[name] == 1 else f"{name} ({it[1]})" for it, name in names.items()}


def _object_name(row) -> str:
    return f"{label(row.source)}: {row.kind} {row.name}"


def unmapped(rows: pd.DataFrame) -> pd.DataFrame:
    """Objects of nobody for the screen."""
    return rows.assign(
        platform=rows["source"].map(label), where=rows["url"].map(formats.safe_url).astype(object)
    ).head(SEEN_AT_ONCE)


def linked(rows: pd.DataFrame) -> pd.DataFrame:
    """Links for the screen."""
    gone = rows["initiative_id"] + ", no longer on the board"
    return rows.assign(
        platform=rows["source"].map(label), initiative=rows["initiative"].fillna(gone)
    ).head(SEEN_AT_ONCE)


def says_unknown(rows: pd.DataFrame) -> list[str]:
    """Which initiatives platforms name that the board does not know, and the cure; in Markdown."""
    told = rows.groupby("source", sort=False)["initiative_id"].agg(list)
    return [
        f"{label(source)} names {_some(names)}, which the board does not know. Bring "
        f"{'it' if len(names) == 1 else 'them'} in with the list of initiatives, or mend the tag "
        "or the mapping: the next pull then brings its rows."
        for source, names in told.items()
    ]


def _some(names: list[str]) -> str:
    """The first few identifiers as text, and how many more."""
    shown = ", ".join(formats.plain(name) for name in names[:NAMED_AT_ONCE])
    more = len(names) - NAMED_AT_ONCE
    return f"{shown} and {more:,} more" if more > 0 else shown


def says_unmapped(rows: pd.DataFrame) -> str:
    """How many objects belong to no initiative, and what to do."""
    if rows.empty:
        return "Every object the platforms told of belongs to an initiative."
    first = f"; the first {SEEN_AT_ONCE} are shown" if len(rows) > SEEN_AT_ONCE else ""
    return (
        f"{formats.plural(len(rows), 'object')} of the platforms name no initiative{first}. Tag "
        "them there, or map them here once; the next pull brings their rows."
    )


def disagreement(row) -> str:
    """One difference between a person's word and a platform's evidence, in Markdown."""
    counts = "the evidence counts" if row.is_evidence_counted else "the word counts"
    thing, who = layers.name(row.capability), formats.plain(row.stored_by)
    return (
        f"**{formats.plain(thing)}**: {who} said *{formats.words(row.state)}* on "
        f"{formats.day(row.assessed_on)}; {formats.plain(label(row.source))} has "
        f"evidence of {formats.day(row.found_on)} that it is in place "
        f"({formats.with_links(row.evidence)}); {counts}."
    )


def run(row) -> str:
    """How one pipeline runs, in Markdown: last success, success rate, what is left out."""
    name = f"**{formats.plain(row.pipeline)}**"
    about = f", model {formats.plain(row.model)}" if formats.is_known(row.model) else ""
    kind = "retraining" if row.purpose == "retraining" else "data pipeline"
    where = f"{name} ({kind}{about}, in {formats.plain(label(row.platform))})"
    if not row.is_counted:
        whose = "this model's" if formats.is_known(row.model) else "the initiative's"
        return f"{where}: not counted, as another platform reports {whose} retraining too."
    ended = row.count_succeeded + row.count_failed
    last = "it has never succeeded"
    if formats.is_known(row.last_success_at):
        last = (
            f"last success {formats.link(row.last_success_url, formats.day(row.last_success_at))}"
        )
    rate = f"{formats.share(row.success_share)} of {formats.plural(ended, 'ended run')} succeeded"
    counts = ((row.count_cancelled, "cancelled"), (row.count_running, "running"))
    others = "".join(f"; {count:,} {how}" for count, how in counts if count)
    failed = (
        f"; {formats.link(row.last_url, 'the last run failed')}"
        if row.last_outcome == "failed"
        else ""
    )
    return f"{where}: {last}; {rate if ended else 'none has succeeded or failed'}{others}{failed}."
