"""The pack on a page: its slides chosen and put in order, and its files made when asked for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from threading import Lock

import streamlit as st

from dashboard import formats
from dashboard.steering import deck, pack
from dashboard.steering.content import Briefing
from dashboard.steering.sitting import Sitting
from dashboard.ui.agenda import choose_meeting
from dashboard.ui.asking import through
from dashboard.ui.choosing import choose_one, initiative_names
from dashboard.ui.composing import composed, sitting_to_show
from dashboard.ui.moving import note
from dashboard.ui.showing import head
from dashboard.ui.taking import take

APPENDIX = {"none": "None", "all": "All", "some": "Chosen"}
LONG = 30
EVERY_SECONDS = 3


@dataclass
class File:
    """A file of the pack, made once: by whoever asks first, on a thread of its own."""

    kind: pack.Kind
    briefing: Briefing
    share: float = 0.0
    says: str = ""
    content: bytes | None = None
    making: Lock = field(default_factory=Lock)

    def made(self) -> bytes:
        """The file. Asked again, also after a browser gave up waiting, it is the same one."""
        with self.making:
            try:
                self.content = self.content or pack.made(self.kind, self.briefing, self.tell)
            finally:
                self.says = ""
            return self.content

    def tell(self, share: float, says: str) -> None:
        self.share, self.says = share, says


def meeting_to_pack(title: str, question: str) -> Sitting:
    """The page's head and the meeting the reader chose; ends the page without one."""
    sitting = sitting_to_show()
    with through(sitting.now):
        head(title, question)
    choose_meeting(sitting)
    return sitting


def pack_chosen(sitting: Sitting, initiatives: Collection[str] | None) -> Briefing:
    """The meeting as it is to be packed: slides by the URL, pages of these initiatives."""
    whole = composed(sitting, with_appendix=initiatives is None or bool(initiatives))
    keys = pack.ordered(whole, st.query_params.get_all("slide_order"))
    return pack.chosen(whole, keys, initiatives)


def pack_files(briefing: Briefing) -> None:
    """The pack in each of its forms; made on this server, when its button is pressed."""
    files = [File(kind, briefing) for kind in pack.KINDS]
    with st.container(horizontal=True, key="pack-files"):
        for file in files:
            kind = file.kind
            take(kind.label, file.made, pack.file_name(kind, briefing), f"pack_{kind.ending}")
    if len(briefing.slides) + len(briefing.appendix) > LONG:
        st.fragment(_watch, run_every=EVERY_SECONDS)(files)
    pages = len(briefing.appendix)
    appendix = f" and {formats.plural(pages, 'page')} of appendix" if pages else ""
    note(f"{formats.plural(len(briefing.slides), 'slide')}{appendix}. Nothing leaves this server.")
    note(formats.plain(deck.opened().says))


def _watch(files: Sequence[File]) -> None:
    """How far each file is that is being made, and which ones were."""
    for file in files:
        if file.content is not None:
            note(f"{file.kind.label} is made: its button gives it at once.")
        elif file.says:
            says = f"{file.kind.label}: {formats.plain(file.says)}"
            st.progress(min(max(0.0, file.share), 1.0), says)


def choose_slides(sitting: Sitting, briefing: Briefing) -> None:
    """Which slides the pack has and in which order; kept in the URL."""
    keys = [slide.key for slide in briefing.slides]
    left_out = [slide for slide in composed(sitting).slides if slide.key not in keys]
    st.markdown("#### Slides, in their order")
    for place, slide in enumerate(briefing.slides):
        with _line(f"**{place + 1}**{formats.SPACE * 2}{formats.plain(slide.title)}", slide.key):
            _button("Earlier", "arrow_upward", pack.moved(keys, slide.key, -1), place == 0)
            is_last = place == len(keys) - 1
            _button("Later", "arrow_downward", pack.moved(keys, slide.key, 1), is_last)
            rest = [key for key in keys if key != slide.key]
            _button("Leave out", "close", rest, len(keys) == 1)
    if left_out:
        st.markdown("#### Left out")
    for slide in left_out:
        with _line(formats.plain(slide.title), slide.key):
            _button("Take in", "add", [*keys, slide.key])


def _line(says: str, key: str):
    """A slide's title, and the place for its buttons beside it."""
    with st.container(key=f"line-{key}"):
        title, buttons = st.columns([3, 2], vertical_alignment="center")
    title.markdown(says)
    return buttons.container(horizontal=True, key=f"slide-{key}")


def _button(label: str, icon: str, keys: Sequence[str], is_disabled: bool = False) -> None:
    st.button(
        label,
        key=f"{label}-{'-'.join(keys)}",
        icon=f":material/{icon}:",
        type="tertiary",
        disabled=is_disabled,
        on_click=_put_in_order,
        args=(keys,),
    )


def _put_in_order(keys: Sequence[str]) -> None:
    st.query_params["slide_order"] = list(keys)


def choose_appendix(sitting: Sitting) -> Collection[str] | None:
    """Of whom the appendix has a page each: of none, of all (None), or of those chosen."""
    whose = choose_one("A page per initiative", APPENDIX, "appendix")
    if whose == "some":
        return _choose_initiatives(sitting)
    return None if whose == "all" else ()


def _choose_initiatives(sitting: Sitting) -> Collection[str]:
    with through(sitting.now):
        names = initiative_names()
    linked = [key for key in st.query_params.get_all("page_of") if key in names]
    st.session_state["pages_of"] = linked
    return st.multiselect(
        "Initiatives",
        list(names),
        format_func=names.get,
        key="pages_of",
        on_change=_link_initiatives,
        placeholder="Choose initiatives, or type to find them",
    )


def _link_initiatives() -> None:
    st.query_params["page_of"] = st.session_state["pages_of"]
