"""Identifiers for initiatives that come without one: the same for the same unit and name."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from data.importing.mapping import alike

LONGEST = 40
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def derived(unit: str, name: str) -> str:
    """A readable identifier that depends on unit and name alone.

    >>> derived("Claims", "Triage of photos")
    'triage-of-photos-2383d1'
    >>> derived("claims", " triage of  Photos") == derived("Claims", "Triage of photos")
    True
    """
    both = f"{alike(unit)}\n{alike(name)}"
    return f"{slug(name)}-{sha256(both.encode()).hexdigest()[:6]}"


class Named(NamedTuple):
    """How people tell an initiative from others: its unit and its name."""

    unit: str
    name: str

    @property
    def alike(self) -> tuple[str, str]:
        """The two without the differences that do not tell initiatives apart."""
        return alike(self.unit), alike(self.name)


def stored(known: Collection[str]) -> dict[tuple[str, str], str]:
    """The identifiers of stored initiatives by what alone in the store has that unit and name."""
    if not isinstance(known, Mapping):
        return {}
    found: dict[tuple[str, str], set[str]] = {}
    for identifier, named in known.items():
        found.setdefault(named.alike, set()).add(identifier)
    return {named: next(iter(each)) for named, each in found.items() if len(each) == 1}


def slug(name: str) -> str:
    """The name in plain lower-case letters, cut between words."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = [word for word in _NOT_PLAIN.split(letters) if word]
    kept = ""
    for word in words:
        if len(kept) + len(word) >= LONGEST:
            break
        kept = f"{kept}-{word}" if kept else word
    return kept or "".join(words)[:LONGEST] or "initiative"


def apart(identifiers: Sequence[str]) -> list[tuple[str, int | None]]:
    """Repeated identifiers numbered in order; beside each the place of its first, if repeated."""
    first: dict[str, int] = {}
    times: dict[str, int] = {}
    told = []
    for place, identifier in enumerate(identifiers):
        times[identifier] = times.get(identifier, 0) + 1
        if times[identifier] == 1:
            first[identifier] = place
            told.append((identifier, None))
        else:
            told.append((f"{identifier}-{times[identifier]}", first[identifier]))
    return told
