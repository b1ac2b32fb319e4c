"""What must a file look like, and what is stored already in that shape?"""

import streamlit as st

from dashboard import ui

ui.viewer().must("import")
st.title("Templates")
st.markdown("What must a file look like, and what is stored already in that shape?")

table = ui.choose_table()

st.markdown("#### A file to fill in")
st.markdown("The workbook has drop-downs, examples, and a dictionary of its columns.")
ui.template_files(table)

st.markdown("#### What is stored")
st.markdown(
    "All stored rows of the chosen units and sponsors, whatever day they describe. Edit the file "
    "and import it again: only what you changed is stored."
)
ui.stored_files(table)

st.markdown("#### What the columns mean")
ui.dictionary(table)
ui.link_to_import()
