"""What do we think of ourselves, over time and between teams, and does the data agree?"""

import streamlit as st

from dashboard import assessment, formats, ui
from dashboard.charts import assessment as charts

ui.head("Assessment", "What do we think of our readiness, and does the portfolio agree?")

mode = ui.choose_one("Show", assessment.MODES, "mode")
rows = ui.ask("readiness/answers")
if mode == "answer":
    ui.answer(rows)
    ui.where_from("readiness/answers", ("readiness",))
    st.stop()

known = assessment.known(rows)
ui.note(formats.plain(known.says_left_out()))
if known.answers.empty:
    ui.nobody_answered()
day = ui.choose_round(assessment.rounds(known.answers))
now = assessment.of_round(known.answers, day)
st.markdown(f"### {formats.plain(assessment.finding(known.answers, day))}")
ui.note(formats.plain(assessment.unfinished(known.answers, day)))

view = ui.choose_one("Lines", assessment.VIEWS, "view")
ui.show(
    charts.radar(
        assessment.lines(known.answers, view, day),
        view,
        f"Readiness per step, 0 to 4, {assessment.VIEWS[view].lower()}",
        ui.is_dark(),
    ),
    "readiness/answers",
    ("readiness",),
    key="radar",
)

ui.show(
    charts.spread(assessment.spread(now), "How far respondents lie apart", ui.is_dark()),
    "readiness/answers",
    ("readiness",),
    note=formats.plain(assessment.disagreement(now)),
    key="spread",
)

steps = assessment.agreement(now, ui.ask("readiness/actions"))
ui.show(
    charts.agreement(steps, assessment.agreement_finding(steps), ui.is_dark()),
    "readiness/actions",
    ("gap_share", "step_share"),
    note=f"{'; '.join(formats.plain(step.says()) for step in steps)}.",
)
ui.link("pages/readiness/five_steps.py", "What the portfolio shows, action by action")
ui.print_results(now, day, steps, known.says_left_out())
