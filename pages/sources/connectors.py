"""What do the platforms know that nobody has to retype?"""

import streamlit as st

from dashboard import connecting, ui

ui.viewer().must("import")
st.title("Connectors")
st.markdown("What do the platforms where the work happens know that nobody has to retype?")
ui.note(connecting.NEVER)

ui.pull_everything()
ui.platforms(ui.look_up("sources/pulls"), ui.ask("sources/batches"))

st.markdown("#### What belongs to no initiative yet")
ui.map_objects(ui.look_up("sources/unmapped"))
ui.mapped_objects()
ui.unknown_initiatives(ui.look_up("sources/unknown"))

st.markdown("#### Where people and platforms disagree")
ui.disagreements(ui.look_up("sources/disagreements"))
