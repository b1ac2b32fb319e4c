"""Layers and steps on a page: cells one can open and change, and who falls short."""

import pandas as pd
import streamlit as st

from dashboard import formats, initiative, layers, readiness, terms
from dashboard.charts import readiness as charts
from dashboard.steps import Step
from dashboard.ui.asking import ask, chosen
from dashboard.ui.editing import edit_outcome, keep_edit, may_edit
from dashboard.ui.moving import INITIATIVE, go_to, link, note
from dashboard.ui.showing import CHART_CONFIG, is_dark, where_from
from dashboard.ui.tables import section, table

LAYERS = "pages/readiness/layers.py"
STATES = ("missing", "partial", "in_place")


def choose_lacking() -> str | None:
    """Only the initiatives that lack something; all when nothing is chosen."""
    return st.selectbox(
        "Only those without",
        list(layers.THINGS),
        index=None,
        format_func=layers.name,
        placeholder="anything",
        key="lacks",
        bind="query-params",
        width=360,
    )


def run_without(rows: pd.DataFrame, who: str) -> None:
    """What they run without, most often first, each with its initiatives one click away."""
    said = layers.without(rows)
    if not said:
        st.markdown("Nothing is lacking.")
    for place, (thing, sentence) in enumerate(said[:6]):
        with st.container(horizontal=True, key=f"without-{place}", vertical_alignment="center"):
            st.markdown(formats.plain(sentence))
            link(LAYERS, "Which?", who=layers.WHO[who], lacks=layers.name(thing))
    if said[6:]:
        with st.expander(f"{len(said) - 6} more"):
            st.markdown("\n".join(f"- {formats.plain(sentence)}" for _, sentence in said[6:]))


def layer_map(rows: pd.DataFrame) -> None:
    """The heat map, page by page; a click on a cell opens it."""
    edit_outcome("cell")
    number = 1
    if layers.pages(rows) > 1:
        number = st.pagination(layers.pages(rows), key="layers_page", bind="query-params")
    shown = layers.page_of(rows, number)
    chart = charts.layer_map(shown, is_dark())
    title, chart.layout.title.text = chart.layout.title.text, None
    with st.container(key="figure-readiness-layers"):
        st.markdown(f"#### {formats.plain(title)}")
        note(f"{layers.LEGEND}. Grouped by unit; click a cell to open or change it.")
        # A new key after every cell opened, so that the click does not count again.
        event = st.plotly_chart(
            chart,
            key=f"layer-map-{st.session_state.setdefault('cells_opened', 0)}",
            theme=None,
            config=CHART_CONFIG,
            on_select="rerun",
            selection_mode="points",
            alt=title,
        )
        where_from("readiness/layers", ("layer_share",))
    points = event["selection"]["points"]
    if points and points[0].get("customdata"):
        key, thing = points[0]["customdata"]
        _open_cell(rows[(rows["initiative_id"] == key) & (rows["thing"] == thing)].iloc[0])


def _forget_click() -> None:
    st.session_state["cells_opened"] += 1


@st.dialog("One cell", on_dismiss=_forget_click)
def _open_cell(cell: pd.Series) -> None:
    st.markdown(f"### {formats.plain(cell['name'])}")
    st.markdown(layers.about(cell))
    if cell["thing"] in layers.TEAMS:
        note("Teams stand in the record of the initiative.")
    elif may_edit() and _cell_form(cell):
        _forget_click()
        st.rerun()
    if st.button("Open the initiative", key="open-cell", type="tertiary"):
        _forget_click()
        go_to(INITIATIVE, initiative_id=cell["initiative_id"])


def _cell_form(cell: pd.Series) -> bool:
    """A form to say what there is of a capability; whether it was sent."""
    with st.form("cell", border=False):
        known = cell["state"] if formats.is_known(cell["state"]) else None
        state = st.radio(
            "State",
            STATES,
            index=STATES.index(known) if known else None,
            format_func=formats.words,
            horizontal=True,
        )
        evidence = cell["evidence"] if formats.is_known(cell["evidence"]) else ""
        how = st.text_input("How do we know?", evidence)
        if not st.form_submit_button("Store"):
            return False
    if state is None:
        st.error("Say first what there is of it.")
        return False
    keep_capabilities(cell["initiative_id"], cell["name"], {cell["thing"]: (state, how)}, "cell")
    return True


def keep_capabilities(
    initiative_id: str, name: str, said: dict[str, tuple[str, str]], place: str
) -> None:
    """Store what there is of an initiative's capabilities, as assessed on the as-of day."""
    rows = [
        {
            "initiative_id": initiative_id,
            "capability": thing,
            "assessed_on": chosen().as_of,
            "state": state,
            "evidence": how,
        }
        for thing, (state, how) in said.items()
    ]
    what = formats.listed([layers.name(thing) for thing in said])
    keep_edit(place, "capabilities", rows, f"{what} of {name}")


def equipment(initiative_id: str, name: str) -> None:
    """The layers of one initiative as a strip, and a table in which they can be changed."""
    rows = ask("readiness/layers")
    rows = rows[rows["initiative_id"] == initiative_id]
    if rows.empty:
        about = {"initiative_id": initiative_id}
        section("What it had of the five layers", "portfolio/layers", initiative.LAYERS, **about)
        return
    st.markdown("#### What it has of the five layers")
    edit_outcome("equipment")
    for layer in layers.EVERY_LAYER:
        st.markdown(layers.strip(layer, rows))
    note(layers.LEGEND)
    where_from("readiness/layers", ("layer_share",), key="where-equipment")
    if may_edit():
        with st.expander("Change what it has"):
            _equipment_editor(initiative_id, name, rows)


def _equipment_editor(initiative_id: str, name: str, rows: pd.DataFrame) -> None:
    capable = rows[~rows["thing"].isin(layers.TEAMS)].reset_index(drop=True)
    before = layers.editable(capable)
    with st.form("equipment", border=False):
        after = st.data_editor(
            before,
            key=f"equipment-{initiative_id}",
            hide_index=True,
            disabled=["capability"],
            column_config={
                "capability": "Capability",
                "state": st.column_config.SelectboxColumn("State", options=list(STATES)),
                "evidence": "How do we know?",
            },
        )
        sent = st.form_submit_button("Store")
    changed = layers.changed(capable, before, after)
    if sent and changed:
        keep_capabilities(initiative_id, name, changed, "equipment")
        st.rerun()


def step(one: Step, actions: pd.DataFrame, trend_chart) -> None:
    """A step of the document: objective, actions, outputs, each with its figure."""
    now = readiness.latest(actions)
    outputs, evidence = ask("readiness/outputs"), ask("readiness/evidence")
    with st.container(border=True, key=f"step-{one.number}"):
        st.markdown(f"#### {one.number}. {one.name}")
        st.markdown(f"Objective: {one.objective}.")
        st.markdown(f"**{formats.plain(readiness.headline(one, now))}**")
        for action, column in zip(one.actions, st.columns(3, wrap=True), strict=True):
            with column:
                _action(action, now)
        st.markdown("Outputs")
        for output in one.outputs:
            st.markdown(f"- {readiness.output_says(output, outputs)}")
        st.plotly_chart(
            trend_chart,
            key=f"step-trend-{one.number}",
            theme=None,
            config=CHART_CONFIG,
            alt=f"{one.name}, the last twelve months",
        )
        note(formats.plain(readiness.change(one, actions)))
        st.markdown(f"**{formats.plain(readiness.next_thing(one, now))}**")
        _who_falls_short(one, evidence)
        names = [each.term for each in (*one.actions, *one.outputs)]
        with st.container(horizontal=True):
            where_from(
                "readiness/actions", ("step_share", *names[:3]), key=f"where-step-{one.number}"
            )
            where_from(
                "readiness/outputs",
                tuple(names[3:]),
                key=f"where-outputs-{one.number}",
                label="And the outputs?",
            )


def _action(action, now: pd.DataFrame) -> None:
    value = readiness.score(now, action.number)
    st.metric(
        action.number,
        None if value is None else formats.share(value),
        help=formats.plain(terms.TERMS[action.term].formula),
    )
    st.markdown(action.says)
    note(formats.plain(readiness.says(action, now)))


def _who_falls_short(one: Step, evidence: pd.DataFrame) -> None:
    count = readiness.count_short(one, evidence)
    if not count:
        return
    verb = "falls" if count == 1 else "fall"
    label = f"{formats.plural(count, 'initiative')} {verb} short in an action: which?"
    box = st.expander(label, key=f"short_{one.number}", on_change="rerun", bind="query-params")
    if box.open:
        with box:
            rows = readiness.short_of(one, evidence)
            table(rows, f"short-table-{one.number}", readiness.columns(one), height=360)
            where_from("readiness/evidence", key=f"where-evidence-{one.number}")
