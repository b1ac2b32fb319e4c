"""The front door: who is looking, what they may open, the shared filters, and the page."""

import streamlit as st

from dashboard import ui
from data.errors import StoreError

st.set_page_config(page_title="Execution Gap", page_icon="static/icon.png", layout="wide")


def page(path: str, title: str, icon: str, **options) -> st.Page:
    return st.Page(f"pages/{path}.py", title=title, icon=f":material/{icon}:", **options)


menu = {
    "Board": [
        page("board/brief", "Brief", "insights", default=True),
        page("board/impact", "Impact", "crisis_alert"),
    ],
    "Portfolio": [
        page("portfolio/initiatives", "Initiatives", "list_alt"),
        page("portfolio/initiative", "Initiative", "article"),
    ],
    "Delivery": [
        page("delivery/funnel", "Funnel", "filter_alt"),
        page("delivery/time_to_production", "Time to production", "timer"),
        page("delivery/stalled", "Stalled", "hourglass_top"),
    ],
    "Value": [
        page("value/spend", "Spend", "payments"),
        page("value/returns", "Returns", "savings"),
        page("value/forecast", "Forecast", "trending_up"),
    ],
    "Models": [
        page("models/health", "Model health", "monitor_heart"),
        page("models/model", "Model", "query_stats"),
    ],
    "Readiness": [
        page("readiness/layers", "Layers", "layers"),
        page("readiness/five_steps", "Five steps", "stairs"),
        page("readiness/assessment", "Assessment", "fact_check"),
    ],
    "Steering": [
        page("steering/meeting", "Meeting", "groups"),
        page("steering/present", "Present", "slideshow"),
        page("steering/pack", "Pack", "inventory_2"),
        page("steering/decisions", "Decisions", "gavel"),
    ],
}
if ui.viewer().may("import"):
    menu["Sources"] = [
        page("sources/import_file", "Import a file", "upload_file"),
        page("sources/connectors", "Connectors", "cable"),
        page("sources/templates", "Templates", "table_view"),
        page("sources/quality", "Data quality", "fact_check"),
        page("sources/history", "History", "history"),
    ]

try:
    ui.viewer().must("look")
    ui.store()
except StoreError as error:
    st.navigation(menu, position="hidden")
    st.title("The store cannot be opened")
    st.error(str(error))
    st.stop()

opened = st.navigation(menu, position="top")
if opened.url_path == "present":
    # Said at once: the style that hides the rest comes only when the browser has fetched it.
    st.navigation(menu, position="hidden")
    ui.full_screen()
ui.choose_filters()
opened.run()
