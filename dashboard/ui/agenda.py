"""The agenda of a meeting, item by item: what is shown, and the forms that record what is said."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.charts import steering as charts
from dashboard.steering import agenda, bridge, deciding, gap, worth
from dashboard.steering.content import Chart, Slide
from dashboard.steering.room import Room
from dashboard.steering.sitting import Sitting
from dashboard.ui import minutes
from dashboard.ui.asking import chosen, through
from dashboard.ui.composing import sitting_in_url
from dashboard.ui.moving import INITIATIVE, link, note
from dashboard.ui.presenting import PRESENT, figures_of
from dashboard.ui.showing import CHART_CONFIG, head, is_dark, where_from
from dashboard.ui.steering import all_meetings, outlook, room_of
from dashboard.ui.tables import plain_table, table

PACK = "pages/steering/pack.py"
DECISIONS = "pages/steering/decisions.py"


SLIDES: dict[str, Callable[[Room], Slide]] = {
    "Where we stand": gap.headline,
    "Money": worth.money,
    "Top five risks": worth.risks,
    "Benefits: what operations measurably gained": worth.benefits,
}


def open_meeting(title: str, question: str) -> Room:
    """The page's head and the room of the meeting the reader chose or made; ends the page without
    a meeting."""
    sitting = sitting_in_url()
    with through(sitting.now if sitting else chosen()):
        head(title, question)
    with st.container(horizontal=True, vertical_alignment="bottom", key="meetings"):
        if sitting:
            choose_meeting(sitting)
        minutes.create_meeting()
    minutes.minutes_outcome(minutes.MEETING)
    if sitting is None:
        st.info("There is no steering meeting yet: create the first one.")
        st.stop()
    if st.query_params.get("meeting") not in (None, sitting.meeting.meeting_id):
        named = formats.plain(st.query_params["meeting"])
        st.warning(f"There is no meeting {named}: this is the newest one.")
    st.markdown(f"## {formats.plain(sitting.meeting.says())}")
    note(formats.plain(sitting.basis()))
    minutes.close_meeting(sitting)
    with st.container(horizontal=True):
        link(PRESENT, "Present it on the full screen", meeting=sitting.meeting.meeting_id)
        link(PACK, "Take it along", meeting=sitting.meeting.meeting_id)
    return room_of(sitting)


def choose_meeting(sitting: Sitting) -> None:
    """Another meeting than this one, kept in the URL."""
    known = {meeting.meeting_id: meeting for meeting in all_meetings()}
    st.session_state["chosen_meeting"] = sitting.meeting.meeting_id
    st.selectbox(
        "Meeting",
        list(known),
        format_func=lambda key: known[key].says() + (" (closed)" if known[key].is_closed else ""),
        key="chosen_meeting",
        on_change=_link_meeting,
        width=460,
    )


def _link_meeting() -> None:
    st.query_params["meeting"] = st.session_state["chosen_meeting"]


def item(room: Room, title: str) -> None:
    """An item of the agenda as its slide says it: figures, chart, table, and where from."""
    slide = SLIDES[title](room)
    st.markdown(f"### {title}")
    st.markdown(f"**{formats.plain(slide.title)}**")
    for sentence in slide.says:
        st.markdown(formats.plain(sentence))
    figures_of(slide.figures)
    _chart(slide.chart, slide.key, slide.title)
    if slide.table is not None:
        table(slide.table.rows, f"agenda-{slide.key}-table", dict(slide.table.labels))
    question, rows = next(iter(slide.rows.items()))
    names = tuple(figure.name for figure in slide.figures)
    where_from(question, names, key=f"where-{slide.key}", computed=rows)


def _chart(shown: Chart | None, key: str, title: str) -> None:
    if shown is not None:
        st.plotly_chart(
            charts.draw(shown, is_dark()),
            key=f"agenda-{key}",
            theme=None,
            config=CHART_CONFIG,
            alt=title,
        )


def money_ahead(room: Room) -> None:
    """What the money to come is worth, and what to fund with half of it."""
    for sentence in outlook(room):
        st.markdown(formats.plain(sentence))
    where_from("value/forecast", ("rnpv_amount", "cost_to_come_amount"), key="where-outlook")


def follow_up(room: Room) -> None:
    """Were the last decisions done? Each with who does it, by when, and a way to say it is done."""
    st.markdown("### Were the last decisions done?")
    sitting = room.sitting
    rows = agenda.followed(room.day("steering/decisions"), sitting)
    st.markdown(f"**{formats.plain(agenda.followed_finding(rows))}**")
    for row in rows.itertuples():
        with st.container(border=True, key=f"followed-{row.decision_id}"):
            _decision(row)
            minutes.minutes_outcome(row.decision_id)
            if row.state == "undecided":
                _settle(sitting, row)
            else:
                minutes.tick(sitting, row.decision_id, row.state in ("done", "done late"))
    with through(sitting.day):
        where_from("steering/decisions", ("late_days",))
    link(DECISIONS, "All decisions, and what came of them")


def _settle(sitting: Sitting, row) -> None:
    """A form to decide now what was put off."""
    about = {"initiative_id": row.initiative_id, "question": row.question, "owner": row.owner}
    minutes.decide(sitting, row.decision_id, _known(about), settles=row.decision_id)


def _known(about: dict) -> dict:
    return {name: value for name, value in about.items() if formats.is_known(value)}


def _decision(row) -> None:
    name = row.name if formats.is_known(row.name) else "No initiative in particular"
    st.markdown(f"**{formats.plain(name)}**. {formats.plain(agenda.says(row))}")
    note(formats.plain(agenda.minutes(row)))


def since_last(room: Room) -> None:
    """What changed: the bridge of rNPV, its initiatives, stage moves, and restated figures."""
    sitting, rows = room.sitting, room.bridge
    st.markdown(f"### What changed since {sitting.since}")
    finding = agenda.bridge_finding(rows, sitting)
    st.markdown(f"**{formats.plain(finding)}.**")
    _chart(agenda.bridge_chart(rows, sitting), "bridge", finding)
    note(formats.plain(agenda.bridge_parts(rows)))
    note(formats.plain(agenda.bridge_left_out(rows)))
    where_from(
        "value/forecast",
        (*bridge.ENDS[:1], *bridge.PARTS, "passed_amount", *bridge.ENDS[1:]),
        key="where-bridge",
        computed=rows,
    )
    changed = agenda.changed(rows)
    if len(changed):
        st.markdown("#### Initiative by initiative, beyond time passing")
        table(changed, "bridge-table", agenda.BRIDGE, height=320)
    _moves(room)
    _restated(room)


def _moves(room: Room) -> None:
    sitting = room.sitting
    rows = room.now("steering/moves", from_on=sitting.before.as_of)
    st.markdown(f"#### {formats.plain(agenda.moves_finding(rows, sitting))}")
    if len(rows):
        table(agenda.moves_shown(rows), "moves-table", agenda.MOVES, height=320)
    where_from("steering/moves", from_on=sitting.before.as_of)


def _restated(room: Room) -> None:
    if not room.has_last:
        return
    rows = agenda.restated(room.figures_before, room.figures_again)
    st.markdown(f"#### {formats.plain(agenda.restated_finding(rows, room.sitting))}")
    if len(rows):
        plain_table(rows, "restated-table", agenda.RESTATED)


def to_decide(room: Room) -> None:
    """What must be decided: three suggested first, then everything else that waits."""
    st.markdown("### Decisions required")
    sitting = room.sitting
    asked = deciding.needs(room.now("steering/required"), room.valued)
    first = deciding.suggested(asked)
    taken = agenda.of_meeting(room.day("steering/decisions"), sitting)
    st.markdown(f"**{formats.plain(deciding.finding(asked))}**")
    decided = dict(zip(taken["initiative_id"], taken["outcome"], strict=True))
    for need in first:
        with st.container(border=True, key=f"need-{need.initiative_id}"):
            _need(sitting, need, decided.get(need.initiative_id))
    note(deciding.RULES)
    rest = deciding.table(asked)
    if len(rest) > len(first):
        st.markdown("#### Everything that waits for a decision")
        table(rest, "needs-table", deciding.COLUMNS, height=280)
    where_from("steering/required", ("week_amount", "waiting_days"), computed=rest)
    settled = set(taken["initiative_id"]) - {need.initiative_id for need in first}
    for place in (minutes.OTHER, *settled):  # who was stopped today is asked about no more
        minutes.minutes_outcome(place)
    minutes.decide(sitting, minutes.OTHER, {}, label="Record another decision")
    _taken(sitting, taken)


def _need(sitting: Sitting, need: deciding.Need, outcome: str | None) -> None:
    link(INITIATIVE, f"{need.kind}: {formats.plain(need.name)}", initiative_id=need.initiative_id)
    st.markdown(f"**{formats.plain(need.question)}**")
    st.markdown(formats.plain(need.context))
    st.markdown("\n".join(f"- *{name}*: {formats.plain(says)}" for name, says in need.options))
    st.markdown(f"Recommended: **{need.recommended}**, as {formats.plain(need.because)}.")
    st.markdown(formats.plain(need.waits()))
    minutes.minutes_outcome(need.initiative_id)
    if formats.is_known(outcome):
        st.markdown(f"Decided in this meeting: **{outcome}**.")
        return
    about = {
        "initiative_id": need.initiative_id,
        "question": need.question,
        "owner": need.owner,
    }
    minutes.decide(sitting, need.initiative_id, _known(about), need.recommended)


def _taken(sitting: Sitting, rows: pd.DataFrame) -> None:
    if rows.empty:
        note("Nothing was decided in this meeting yet.")
        return
    st.markdown(f"#### Decided in this meeting: {len(rows)}")
    for row in rows.itertuples():
        with st.container(border=True, key=f"decided-{row.decision_id}"):
            _decision(row)
            if row.state == "undecided":
                _settle(sitting, row)
            minutes.take_back(sitting, row.decision_id)
