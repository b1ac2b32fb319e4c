"""What was brought in, by whom, and does it count?"""

import streamlit as st

from dashboard import history, ui

ui.viewer().must("import")
st.title("History")
st.markdown("Everything that was ever brought in. Undo a batch and the rows before it show again.")

batches = ui.ask("sources/batches")
if batches.empty:
    ui.nothing_yet()
st.markdown(f"**{history.finding(batches)}**")
for row in ui.page_of_batches(batches).itertuples():
    ui.batch(row)
ui.where_from("sources/batches")

if ui.viewer().may("administer"):
    st.markdown("#### Backup")
    st.markdown(history.BACKUP)
    ui.backups()
