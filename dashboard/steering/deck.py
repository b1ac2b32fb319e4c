"""The deck a pack is written into: the organization's own, or a plain wide one."""

import io
import os
from dataclasses import dataclass
from pathlib import Path

from pptx import Presentation
from pptx.dml.fill import FillFormat
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches, Pt

from dashboard.charts.theme import LIGHT
from dashboard.steering.colours import rgb

SETTING = "EXECUTION_GAP_DECK"
MARGIN = Inches(0.6)
FEET = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


@dataclass(frozen=True)
class Box:
    """A place on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Deck:
    """An opened deck without slides: the layout to use, where things go, and what it fell back on.

    `title` is where a title is to be written when the layout has no place for one.
    """

    presentation: object
    layout: object
    title: Box
    body: Box
    is_own: bool
    says: str = ""


def opened(path: str | None = None) -> Deck:
    """The configured deck (EXECUTION_GAP_DECK), or the plain one, saying why where it fell back."""
    path = os.environ.get(SETTING, "") if path is None else path
    if not path:
        return _plain()
    name = Path(path).name
    try:
        own = Presentation(io.BytesIO(Path(path).read_bytes()))
        return _own(own, list(own.slide_layouts), name)
    except FileNotFoundError:
        return _plain(f"The deck template {name} is not there, so the plain deck is used.")
    except Exception:  # a damaged file fails in as many ways as zip and XML have parts
        says = f"The deck template {name} is not a readable .pptx file: the plain one is used."
        return _plain(says)


def _own(own, layouts: list, name: str) -> Deck:
    if not layouts:
        return _plain(f"The deck template {name} has no layouts, so the plain deck is used.")
    _drop_slides(own)
    layout, says = _choose(layouts, name)
    whole = Box(0, 0, own.slide_width, own.slide_height)
    title = _title_of(layout, whole)
    return Deck(own, layout, title, _body_of(layout, title, whole), True, says)


def _choose(layouts: list, name: str) -> tuple[object, str]:
    """The layout with a title and nothing else; failing that one with a title, or the emptiest."""
    only = [layout for layout in layouts if _kinds(layout) in ([kind] for kind in TITLES)]
    if only:
        named = [layout for layout in only if layout._element.get("type") == "titleOnly"]
        return (named or only)[0], ""
    titled = [layout for layout in layouts if set(_kinds(layout)) & set(TITLES)]
    chosen = min(titled or layouts, key=lambda layout: len(_kinds(layout)))
    lacks = "title-only layout" if titled else "layout with a title"
    return chosen, (
        f"The deck template {name} has no {lacks}: its layout "
        f"“{chosen.name or 'without a name'}” is used instead."
    )


def _kinds(layout) -> list:
    kinds = [each.placeholder_format.type for each in layout.placeholders]
    return [kind for kind in kinds if kind not in FEET]


def _title_of(layout, whole: Box) -> Box:
    usual = Box(MARGIN, Inches(0.4), whole.width - 2 * MARGIN, Inches(0.95))
    for each in layout.placeholders:
        if each.placeholder_format.type in TITLES and each.width and each.top is not None:
            place = Box(each.left, each.top, each.width, each.height)
            return place if place.top + place.height < whole.height * 0.35 else usual
    return usual


def _body_of(layout, title: Box, whole: Box) -> Box:
    """Between the title and whatever stands at the foot of the layout."""
    feet = [
        each.top
        for each in layout.placeholders
        if each.placeholder_format.type in FEET and each.top and each.top > whole.height * 0.7
    ]
    top = title.top + title.height + Inches(0.1)
    bottom = min([whole.height - Inches(0.55), *feet]) - Inches(0.1)
    left = min(title.left, MARGIN * 2)
    return Box(left, top, min(title.width, whole.width - 2 * left), bottom - top)


def _drop_slides(own) -> None:
    """Forget the template's own slides, and the lists that name them."""
    part, root = own.part, own.part._element
    for slide in list(root.sldIdLst) if root.sldIdLst is not None else ():
        part.drop_rel(slide.rId)
        root.sldIdLst.remove(slide)
    for lists in ("custShowLst", "extLst"):
        for each in root.findall(f"{{*}}{lists}"):
            root.remove(each)


def _plain(says: str = "") -> Deck:
    """The deck of python-pptx made wide, with the title as a headline at the upper left."""
    plain = Presentation()
    share = Inches(13.333) / plain.slide_width
    plain.slide_width, plain.slide_height = Inches(13.333), Inches(7.5)
    for page in (plain.slide_master, *plain.slide_layouts):
        for shape in page.shapes:
            if shape._element.spPr.xfrm is not None:
                shape.left, shape.width = int(shape.left * share), int(shape.width * share)
    _drop_thumbnail(plain)
    title = Box(MARGIN, Inches(0.4), Inches(13.333) - 2 * MARGIN, Inches(0.95))
    _set_title(plain.slide_master, title)
    _set_feet(plain.slide_master)
    layout = plain.slide_layouts.get_by_name("Title Only")
    body = Box(title.left, Inches(1.42), title.width, Inches(5.43))
    return Deck(plain, layout, title, body, False, says)


def _drop_thumbnail(deck) -> None:
    for key, relation in list(deck.part.package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            deck.part.package._rels.pop(key)


def _set_title(master, place: Box) -> None:
    [title] = [each for each in master.placeholders if each.placeholder_format.type in TITLES]
    title.left, title.top, title.width, title.height = vars(place).values()
    style = master._element.find(".//{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    letters = style.find("{*}defRPr")
    letters.set("sz", str(Pt(26).centipoints))
    letters.set("b", "1")
    _colour(letters)


def _colour(letters) -> None:
    fill = FillFormat.from_fill_parent(letters)
    fill.solid()
    fill.fore_color.rgb = rgb(LIGHT.ink)


def _set_feet(master) -> None:
    places = {
        PP_PLACEHOLDER.FOOTER: (Inches(0.6), Inches(10.6)),
        PP_PLACEHOLDER.SLIDE_NUMBER: (Inches(11.733), Inches(1.0)),
    }
    for each in master.placeholders:
        if each.placeholder_format.type in places:
            each.left, each.width = places[each.placeholder_format.type]
            each.top, each.height = Inches(6.95), Inches(0.32)
            style = each._element.find(".//{*}lvl1pPr")
            kind = each.placeholder_format.type
            style.set("algn", "l" if kind == PP_PLACEHOLDER.FOOTER else "r")
            style.find("{*}defRPr").set("sz", str(Pt(11).centipoints))
