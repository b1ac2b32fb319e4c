"""Who may edit raises and resolves barriers and sets targets on the page; undo takes it back."""

from datetime import date
from functools import partial

import pandas as pd
import pytest
from conftest import ask, journeys, put
from on_page import press, refusals, words
from opening import hold

from dashboard import ui
from data.store import Store

INITIATIVE, MODEL = "pages/portfolio/initiative.py", "pages/models/model.py"
EXECUTIVE = {"is_logged_in": True, "email": "e@example.org", "role": "executive"}


@pytest.fixture
def opened(opened, empty_path):
    """Opens a page on a small store."""
    with Store(empty_path) as store:
        put(
            store,
            initiatives="initiative_id name unit\na Ada Claims",
            deployment_status=journeys("a pilot 2025-03-01"),
            barriers="initiative_id barrier raised_on owner\na talent 2025-04-01 HR",
            model_metrics="""
                initiative_id  model  version  metric   measured_at       value
                a              m      1        mystery  2025-12-30T06:00  5
            """,
        )
    hold(empty_path)
    return partial(opened, empty_path)


def barriers(store) -> list[tuple]:
    rows = ask(store, "portfolio/barriers", initiative_id="a")
    return [(row.barrier, pd.isna(row.resolved_on)) for row in rows.itertuples()]


def test_a_barrier_is_resolved_and_raised_on_the_initiatives_page_and_undo_takes_it_back(opened):
    app = opened(INITIATIVE, initiative_id="a")
    app = press(app, "Resolve it")
    assert not refusals(app) and "AI engineering talent resolved for a" in words(app).replace(
        "\\", ""
    )
    assert barriers(ui.store()) == [("talent", False)]
    app = press(app, "Undo")
    assert not refusals(app) and barriers(ui.store()) == [("talent", True)]
    app = press(app, "Raise it")
    assert not refusals(app)
    assert sorted(barriers(ui.store())) == [("ownership", True), ("talent", True)]


def test_a_target_set_on_the_models_page_gives_the_metric_a_state(opened):
    app = opened(MODEL, model="a/m")
    assert not refusals(app) and "Nobody has said what is good for mystery" in words(app)
    app = press(app, "Set the target")
    assert any("needs an amber or a red line" in says for says in refusals(app))
    [red] = [one for one in app.number_input if one.label == "Red line"]
    red.set_value(0.7)
    app = press(app, "Set the target")
    assert not refusals(app)
    [state] = ask(ui.store(), "models/state", initiative_id="a", model="m").to_dict("records")
    assert (state["state"], state["red"], state["kind"]) == ("green", 0.7, "performance")


def test_who_only_looks_is_shown_no_form(opened):
    for name, link in ((INITIATIVE, {"initiative_id": "a"}), (MODEL, {"model": "a/m"})):
        app = opened(name, EXECUTIVE, **link)
        labels = [button.label for button in app.button]
        assert not refusals(app) and not {"Raise it", "Resolve it", "Set the target"} & set(labels)


def test_the_day_a_form_offers_is_the_day_the_reader_looks_at(opened):
    app = opened(INITIATIVE, initiative_id="a")
    days = [one.value for one in app.date_input if one.label in ("Since", "Resolved on")]
    assert days == [date(2025, 12, 31)] * 2
