"""How complete and fresh is what we know, which figures rest on it, and who can mend it?"""

import streamlit as st

from dashboard import formats, quality, ui

ui.viewer().must("import")
ui.head("Data quality", "How complete and fresh is what we know, and who can mend it?")

rows = ui.ask("sources/gaps")
st.markdown(f"### {formats.plain(quality.finding(rows))}")
ui.where_from("sources/gaps")

st.markdown("#### What to mend first, and who can")
ui.gaps(rows)

st.markdown("#### What the figures rest on")
st.markdown(quality.rests_on(rows))

st.markdown("#### By unit: the share that has what figures need, and the latest days")
ui.plain_table(quality.by_unit(rows), "quality-by-unit", quality.unit_columns())
