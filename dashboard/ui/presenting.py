"""A meeting on a full screen, one message at a time: keys, taps, and its place in the URL."""

from pathlib import Path

import streamlit as st

import queries
from dashboard import formats, terms
from dashboard.charts import steering
from dashboard.steering import written
from dashboard.steering.content import Briefing, Figure, Slide, Table
from dashboard.steering.sitting import Sitting
from dashboard.ui import minutes
from dashboard.ui.asking import through, viewer
from dashboard.ui.moving import link, note
from dashboard.ui.showing import CHART_CONFIG, csv, is_dark
from dashboard.ui.taking import take

STYLE = Path(__file__).with_name("presenting.css")
KEYS, TURNED = "turning-keys", "turned"
_keys = st.components.v2.component(KEYS, js=Path(__file__).with_name("presenting.js").read_text())
EVERY_SECONDS = 1
SHOWN = "slide_shown"
PRESENT = "pages/steering/present.py"
ROWS, LETTERS = 7, 90
HEIGHT = 600  # until the style, which knows the screen, says otherwise


def slide_in_url(deck: Briefing) -> Slide:
    """The slide the URL names; the first if it names none of these."""
    named = {slide.key: slide for slide in deck.slides}
    slide = named.get(st.query_params.get("slide"), deck.slides[0])
    st.session_state[SHOWN] = slide.key
    return slide


def full_screen() -> None:
    """Leave nothing on the screen but the page."""
    st.html(STYLE)


def show_slide(slide: Slide) -> None:
    """One message: its title, what shows it, and nothing else."""
    with st.container(key="slide", height=HEIGHT, border=False):
        st.title(formats.plain(slide.title), anchor=False)
        for sentence in slide.says:
            st.markdown(formats.plain(sentence))
        figures_of(slide.figures)
        if slide.table is not None:
            st.markdown(markdown(slide.table))
            note(left_out(slide.table))
        if slide.chart is not None:
            st.plotly_chart(
                steering.draw(slide.chart, is_dark(), is_big=not in_a_hand()),
                key=f"present-{slide.key}",
                theme=None,
                config=CHART_CONFIG,
                height="stretch",
                alt=slide.title,
            )


def in_a_hand() -> bool:
    """Whether the screen is a phone's: letters for the back of a room are too large there."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def figures_of(shown: tuple[Figure, ...]) -> None:
    """The figures of a slide side by side, each with its change since the last meeting."""
    for place, figure in zip(st.columns(max(len(shown), 1), wrap=True), shown, strict=False):
        term, moved = terms.TERMS[figure.name], _moved(figure)
        place.metric(
            term.label,
            formats.value(figure.name, figure.value) if figure.value is not None else None,
            moved,
            delta_color=term.delta_color,
        )


def _moved(figure: Figure) -> str | int | None:
    moved = formats.change(figure.name, figure.value, figure.before)
    return 0 if moved == "0" else moved


def markdown(table: Table) -> str:
    """A table's first rows in Markdown, with nothing in it that Markdown would take as markup."""
    rows = table.rows.head(ROWS)[list(table.labels)]
    cells = [
        [formats.plain(_short(written.cell(name, row[name]))) for name in table.labels]
        for row in rows.to_dict("records")
    ]
    lines = [list(table.labels.values()), ["---"] * len(table.labels), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def left_out(table: Table) -> str:
    """How many rows do not fit the screen; empty when all do."""
    if len(table.rows) <= ROWS:
        return ""
    return f"The first {ROWS} of {len(table.rows):,}; all of them are in the notes."


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1].rstrip()}…"


def turn(sitting: Sitting, deck: Briefing, slide: Slide, back_to: str) -> None:
    """The buttons and keys that turn the slides, how many there are, and the way back."""
    if slide.decides:
        minutes.minutes_outcome(slide.key)
    keys = tuple(each.key for each in deck.slides)
    with st.container(key="turning", horizontal=True, vertical_alignment="center"):
        _turning("First", "Home", keys, -len(keys), "first_page")
        _turning("Back", "Left arrow", keys, -1, "arrow_back")
        st.markdown(f"**{keys.index(slide.key) + 1} of {len(keys)}**")
        _turning("Next", "Right arrow or Space", keys, 1, "arrow_forward")
        _turning("Last", "End", keys, len(keys), "last_page")
        _decide(sitting, slide)
        _behind(slide, sitting.meeting.meeting_id)
        if st.button("Leave", key="turn-leave", shortcut="Esc", icon=":material/close:"):
            st.switch_page(back_to, query_params={"meeting": sitting.meeting.meeting_id})
    _listen(keys, slide)


def _decide(sitting: Sitting, slide: Slide) -> None:
    """The form that records the decision a slide asks for."""
    if slide.decides:
        asked = slide.rows["steering/required"].set_index("initiative_id").loc[[slide.decides]]
        first = asked.iloc[0].to_dict()
        about = {"initiative_id": slide.decides, "question": slide.title, "owner": first["owner"]}
        with through(sitting.now):
            minutes.decide(sitting, slide.key, about, first["recommended"])


def _behind(slide: Slide, meeting_id: str) -> None:
    """What a slide's figures are, the rows and questions behind them, and a second screen."""
    with st.popover("Notes", key="where-slide", on_change="rerun", icon=":material/info:") as box:
        if not box.open:
            return
        for note in slide.notes:
            st.markdown(formats.plain(note))
        with st.container(horizontal=True):
            for name, rows in slide.rows.items():
                take(
                    f"{name} (CSV)",
                    lambda rows=rows: csv(rows),
                    f"{name.replace('/', '-')}.csv",
                    f"where-{name}-csv",
                )
        link(PRESENT, "A second screen that follows this one", meeting=meeting_id, follow="1")
        asked = [name for name in slide.rows if name in queries.names()]
        st.code("\n\n".join(queries.text(name) for name in asked), language="sql")


def _turning(label: str, key: str, keys: tuple[str, ...], step: int, icon: str) -> None:
    st.button(
        label,
        key=f"turn-{label}",
        help=key,
        icon=f":material/{icon}:",
        on_click=_turn_by,
        args=(keys, step),
    )


def _turn_by(keys: tuple[str, ...], step: int) -> None:
    """Turn from the slide reached last: buttons may be pressed faster than slides are drawn."""
    place = keys.index(st.session_state[SHOWN]) + step
    _turn_to(keys[min(max(place, 0), len(keys) - 1)])


def _listen(keys: tuple[str, ...], slide: Slide) -> None:
    """Turn by the keys of a keyboard or a presenter, however fast they are pressed."""
    turned = st.session_state.get(KEYS, {}).get(TURNED) or {"pressed": 0}
    _keys(
        key=KEYS,
        data={"slides": keys, "shown": slide.key, "answered": turned["pressed"]},
        on_turned_change=lambda: _turn_to(st.session_state[KEYS][TURNED]["slide"]),
    )


def _turn_to(key: str) -> None:
    st.session_state[SHOWN] = st.query_params["slide"] = key


@st.cache_resource
def _turned() -> dict[tuple[str, str], str]:
    """The slide each presenter of a meeting shows now."""
    return {}


def keep_in_step(meeting_id: str, slide: Slide) -> None:
    """Let second screens follow this one; one opened with `follow=1` goes where it goes.

    A screen follows its own viewer's: nobody else's browsing can move it.
    """
    whose = (meeting_id, viewer().name)
    if st.query_params.get("follow") == "1":
        st.fragment(_follow, run_every=EVERY_SECONDS)(whose, slide.key)
    else:
        _turned()[whose] = slide.key


def _follow(whose: tuple[str, str], shown: str) -> None:
    wanted = _turned().get(whose, shown)
    if wanted != shown:
        st.query_params["slide"] = wanted
        st.rerun()
