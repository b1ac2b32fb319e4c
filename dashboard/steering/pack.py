"""What goes into a meeting's pack: which slides in which order, and whose pages in the appendix."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dashboard import formats
from dashboard.steering import handout, powerpoint, workbook
from dashboard.steering.content import Briefing
from data.progress import Progress, quietly

LONGEST_STEM = 80
PAGE = "initiative-"


@dataclass(frozen=True)
class Kind:
    """A form of the pack: its button, and its file's ending."""

    label: str
    ending: str


KINDS = (
    Kind("PowerPoint", "pptx"),
    Kind("HTML to print", "html"),
    Kind("Excel", "xlsx"),
)


def made(kind: Kind, briefing: Briefing, progress: Progress = quietly) -> bytes:
    """The pack's file of a kind."""
    if kind.ending == "pptx":
        return powerpoint.made(briefing, progress=progress)[0]
    return (handout if kind.ending == "html" else workbook).made(briefing, progress)


def file_name(kind: Kind, briefing: Briefing) -> str:
    """The name of the file: the meeting's title and day."""
    stem = re.sub(r"[^\w]+", "-", formats.file_stem(f"{briefing.title}.")).strip("-")
    return f"{stem[:LONGEST_STEM]}-{briefing.held_on}.{kind.ending}"


def ordered(briefing: Briefing, wanted: Sequence[str]) -> list[str]:
    """The keys of the slides that are wanted, in that order; all when nothing is asked for.

    Slides the meeting does not have are passed over.
    """
    known = [slide.key for slide in briefing.slides]
    found = [key for key in dict.fromkeys(wanted) if key in known]
    return found or known


def moved(keys: Sequence[str], key: str, steps: int) -> list[str]:
    """The keys with one of them some steps later (or earlier), as far as there is room.

    >>> moved(["a", "b", "c"], "c", -1), moved(["a", "b", "c"], "c", 1)
    (['a', 'c', 'b'], ['a', 'b', 'c'])
    """
    rest = [each for each in keys if each != key]
    place = max(0, keys.index(key) + steps)
    return [*rest[:place], key, *rest[place:]]


def chosen(
    briefing: Briefing, keys: Sequence[str], initiatives: Collection[str] | None = ()
) -> Briefing:
    """The briefing with these slides in this order, and pages of these initiatives (None: all)."""
    slides = {slide.key: slide for slide in briefing.slides}
    pages = tuple(
        page
        for page in briefing.appendix
        if initiatives is None or page.key.removeprefix(PAGE) in initiatives
    )
    return replace(briefing, slides=tuple(slides[key] for key in keys), appendix=pages)
