"""A bare page that draws as much as the brief does, of nothing: what Streamlit itself costs.

streamlit run bench/bare.py
"""

import plotly.graph_objects as go
import streamlit as st

METRICS, FIGURES, TEXTS = 4, 1, 18

st.set_page_config(page_title="Bare", layout="wide")
with st.sidebar:
    st.multiselect("Units", [], key="unit")
    st.multiselect("Sponsors", [], key="sponsor")
    st.date_input("As of", None, key="as_of")
    st.date_input("Compare with", None, key="compare")
    st.number_input("Days", 1, key="days")
st.title("Bare")
for column in st.columns(METRICS):
    column.metric("Nothing", 0, 0, chart_data=[0] * 13, border=True)
for number in range(FIGURES):
    st.plotly_chart(go.Figure(), key=f"figure-{number}")
for _ in range(TEXTS):
    st.markdown("Nothing")
