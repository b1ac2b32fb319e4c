"""What is in this file, what is wrong with it, and what would it store?"""

import streamlit as st

from dashboard import importing, ui

ui.viewer().must("import")
st.title("Import a file")
st.markdown("Look at a file, mend what its columns mean, see what is wrong, then store it.")

upload = ui.choose_file()
sheet, choices = ui.read_upload(upload)

st.markdown("#### What it is")
saved = ui.known_mapping(upload, sheet)
as_, as_of, is_complete = ui.choose_kind(upload, (sheet, choices), saved)
mapping = ui.choose_mapping(upload, (sheet, choices), as_, as_of, saved)
prepared = ui.prepare_file(upload, mapping)

st.markdown(f"#### {importing.finding(prepared)}")
ui.problems(upload, prepared)

st.markdown("#### What changes")
instead_of = ui.taken_out(prepared)
ui.changes(prepared, is_complete, instead_of)
ui.store_file(sheet, prepared, is_complete, instead_of)

with st.expander("The mapping, for the command line and for next month's file"):
    ui.take_mapping(prepared)
