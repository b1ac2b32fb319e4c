"""The platforms on a page: how each stands, pulling them, mapping what belongs to nobody."""

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

import queries
from dashboard import connecting, formats, portfolio, previewing
from dashboard.ui.asking import store, viewer
from dashboard.ui.history import batch
from dashboard.ui.moving import HISTORY, IMPORT, INITIATIVE, link, note
from dashboard.ui.storing import rows_changed
from dashboard.ui.working import progress
from data import uploads
from data.connectors import links, pulling, settings
from data.connectors.pulled import Unmapped
from data.connectors.pulling import Outcome
from data.errors import ConnectorError, DataError
from data.store import Lens


def look_up(name: str, lens: Lens | None = None, **parameters: object) -> pd.DataFrame:
    """The answer to a question about pulls and links; asked each time, as they change no row."""
    with store().reader(viewer(), lens) as cursor:
        return queries.run(cursor, name, **parameters)


def pull_everything() -> None:
    """One click that pulls all that are on, and what the last pulls said."""
    on = pulling.turned_on()
    if not uploads.known_initiatives(store(), viewer()):
        st.info("There are no initiatives yet, and no platform knows them: bring the list first.")
        st.page_link(IMPORT, label="Bring a file in", icon=":material/upload_file:")
    if st.button("Pull now", key="pull_all", type="primary", disabled=not on):
        _pull(on)
    _say_last()
    try:
        for says in settings.nobody_knows():
            st.warning(formats.plain(says))
        note(connecting.in_background(settings.every_minutes()))
    except ConnectorError as error:
        st.error(formats.plain(str(error)))


def platforms(pulls: pd.DataFrame, batches: pd.DataFrame) -> None:
    """Every platform: what the board takes from it, how it stands, and its last batch."""
    for name in settings.SOURCES:
        with st.container(border=True, key=f"platform-{name}"):
            _platform(name, pulls[pulls["source"] == name], batches)


def _platform(name: str, pulls: pd.DataFrame, batches: pd.DataFrame) -> None:
    source = settings.SOURCES[name]
    st.markdown(f"#### {source.label}")
    note(f"The board takes: {formats.plain(source.takes)}. {connecting.CAVEATS.get(name, '')}")
    last = pulls.iloc[0] if len(pulls) else None
    try:
        is_on, wrong = settings.of(name) is not None, ""
    except ConnectorError as error:
        is_on, wrong = True, str(error)
    if wrong:
        st.markdown(f"✗ {formats.plain(wrong)}")
    elif is_on:
        st.markdown(formats.plain(connecting.state(last, _now())))
        _buttons(name)
    else:
        st.markdown("Off.")
    if not is_on or wrong:
        with st.expander("How to turn it on"):
            st.markdown("Add this to `.streamlit/secrets.toml`, with a read-only account:")
            st.code(connecting.turn_on(name), language="toml")
    if last is not None:
        _last_change(batches[batches["batch_id"] == last["batch_id"]])


def _buttons(name: str) -> None:
    with st.container(horizontal=True):
        if st.button("Pull now", key=f"pull-{name}"):
            _pull([name])
        if st.button("What would it change?", key=f"look-{name}", type="tertiary"):
            _pull([name], is_rehearsal=True)
    seen: Outcome | None = st.session_state.get(f"rehearsed-{name}")
    if seen is None:
        return
    st.markdown(formats.plain(f"{seen.says} Nothing was stored yet."))
    if seen.rehearsal and previewing.is_news(seen.rehearsal):
        rows_changed(seen.rehearsal, f"changes-{name}")


def _last_change(rows: pd.DataFrame) -> None:
    for row in rows.itertuples():
        note("What its last pull that brought something changed:")
        batch(row)
        _brought(look_up("sources/brought", number=row.number))
        link(HISTORY, "The history")


def _brought(rows: pd.DataFrame) -> None:
    """The initiatives a batch brought most of, each with the way to its page."""
    for initiative_id, name, says in connecting.brought(rows):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            link(INITIATIVE, formats.plain(name), initiative_id=initiative_id)
            note(says)
    if more := connecting.more_brought(rows):
        note(more)


def _pull(names: list[str], is_rehearsal: bool = False) -> None:
    """Pull platforms one after the other, showing how far it is; a press on Cancel ends it."""
    pulling.may_pull(viewer())
    for name in settings.SOURCES:
        st.session_state.pop(f"rehearsed-{name}", None)
    place, told = st.empty(), st.session_state.setdefault("just_pulled", {})
    told.clear()
    told["is_stopped"] = True
    show = progress(place, "Reading …", "cancel_pull")
    for count, name in enumerate(names):
        label = settings.SOURCES[name].label

        def tell(share: float, says: str, count=count, label=label) -> None:
            show((count + share) / len(names), f"{label}: {says}")

        outcome = pulling.pull(store(), viewer(), name, is_rehearsal=is_rehearsal, progress=tell)
        if is_rehearsal and outcome.is_good:
            st.session_state[f"rehearsed-{name}"] = outcome
        else:
            told.setdefault("outcomes", []).append((outcome.is_good, outcome.says))
    told["is_stopped"] = False
    place.empty()
    st.rerun()


def _say_last() -> None:
    """What the pull just made came to, one sentence a platform; shown once."""
    told = st.session_state.get("just_pulled", {})
    for is_good, says in told.pop("outcomes", []):
        (st.success if is_good else st.error)(formats.plain(connecting.ended(says)))
    if told.pop("is_stopped", False):
        st.info("The pull was cancelled: of the platform being read nothing was stored.")


def map_objects(rows: pd.DataFrame) -> None:
    """The objects of nobody, and a form that says whose one is."""
    st.markdown(connecting.says_unmapped(rows))
    if rows.empty:
        return
    shown = connecting.unmapped(rows)
    st.dataframe(
        shown,
        key="unmapped",
        hide_index=True,
        column_order=list(connecting.UNMAPPED),
        column_config=connecting.UNMAPPED
        | {"where": st.column_config.LinkColumn("Where", display_text="open")},
    )
    objects = connecting.object_names(rows)
    named = portfolio.names(look_up("portfolio/initiatives"))
    with st.form("map", clear_on_submit=True):
        first, second, third = st.columns(3, wrap=True)
        thing = first.selectbox(
            "Which object", list(objects), format_func=objects.get, key="map_object"
        )
        initiative = second.selectbox(
            "belongs to",
            list(named),
            index=None,
            format_func=named.get,
            placeholder="initiative",
            key="map_initiative",
        )
        model = third.text_input(
            "Name of its model here", placeholder="as it is named there", key="map_model"
        )
        if st.form_submit_button("Map it"):
            _save(_one(rows, thing), initiative, model)


def _one(rows: pd.DataFrame, thing: tuple[str, str]) -> pd.Series:
    return rows[(rows["source"] == thing[0]) & (rows["key"] == thing[1])].iloc[0]


def _save(thing: pd.Series, initiative: str | None, model: str) -> None:
    if initiative is None:
        st.error("Choose the initiative it belongs to.")
        return
    given = Unmapped(thing["kind"], thing["key"], thing["name"], thing["url"])
    try:
        links.save(store(), viewer(), thing["source"], given, initiative, model)
    except DataError as error:
        st.error(formats.plain(str(error)))
        return
    st.rerun()


def unknown_initiatives(rows: pd.DataFrame) -> None:
    """Initiatives that platforms name and the board does not know."""
    for says in connecting.says_unknown(rows):
        st.markdown(says)


def mapped_objects() -> None:
    """What was mapped here, each with a way to take it back."""
    rows = look_up("sources/links")
    if rows.empty:
        return
    with st.expander(f"{formats.plural(len(rows), 'object')} mapped here"):
        st.dataframe(
            connecting.linked(rows),
            key="links",
            hide_index=True,
            column_order=list(connecting.LINKS),
            column_config=connecting.LINKS,
        )
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        objects = connecting.object_names(rows)
        thing = left.selectbox("Mapped", list(objects), key="link_chosen", format_func=objects.get)
        if right.button("Take it back", key="unlink", width="stretch"):
            _remove(thing)
        note("What was pulled by a mapping stays until its batch is undone.")


def _remove(thing: tuple[str, str]) -> None:
    try:
        links.remove(store(), viewer(), *thing)
    except DataError as error:
        st.error(formats.plain(str(error)))
        return
    st.rerun()


def disagreements(rows: pd.DataFrame) -> None:
    """Where people and platforms say different things, each with the initiative it is about."""
    if rows.empty:
        st.markdown("Nowhere.")
    for row in rows.itertuples():
        st.markdown(f"- {formats.plain(row.name)}, {connecting.disagreement(row)}")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
