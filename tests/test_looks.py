"""What a sharp eye asks of figures, tables and sentences: that they can be read, and agree."""

import pandas as pd
import pytest

from dashboard import formats, quality, readiness, stalled
from dashboard.charts import ledger, theme
from dashboard.steps import STEPS
from dashboard.ui import tables

DAYS = pd.DataFrame(
    {
        "unit": ["Finance and Procurement", "Finance and Procurement", "Claims"],
        "barrier": ["ownership", None, None],
        "barrier_days": [60.0, 30.0, 90.0],
    }
)


@pytest.mark.parametrize("is_dark", [False, True])
def test_the_numbers_of_the_barrier_table_have_the_colour_of_the_modes_ink(is_dark):
    [cells] = ledger.by_unit(DAYS, is_dark).data
    assert cells.textfont.color == theme.palette(is_dark).ink


def test_a_long_unit_is_written_on_two_lines_and_not_cut():
    [cells] = ledger.by_unit(DAYS, False).data
    assert "Finance and<br>Procurement" in cells.y


def test_an_axis_writes_amounts_as_the_text_does():
    written = theme.scale(-600_000, 1_900_000, formats.money)
    assert written["ticktext"] == [formats.money(mark) for mark in written["tickvals"]]
    assert "-€500k" in written["ticktext"]


def test_days_are_a_number_and_shares_are_percents_as_in_the_text():
    columns = tables.formatted({"days_in_stage": "Days", "live_share": "Chance", "stage": "Stage"})
    kinds = {name: column["type_config"]["type"] for name, column in columns.items()}
    assert kinds == {"days_in_stage": "number", "live_share": "number", "stage": "text"}
    rows = tables.whole_percents(pd.DataFrame({"live_share": [0.434, None]}))
    assert rows["live_share"].iloc[0] == 43 and pd.isna(rows["live_share"].iloc[1])
    written = columns["live_share"]["type_config"]["format"] % rows["live_share"].iloc[0]
    assert written == formats.share(0.434)


def test_a_page_is_no_longer_because_a_portfolio_is():
    assert tables.tall(pd.DataFrame(index=range(10))) == "content"
    assert tables.tall(pd.DataFrame(index=range(2_000))) == 560


def test_where_every_step_stands_equal_none_is_called_the_weakest_and_the_strongest():
    numbers = [action.number for step in STEPS for action in step.actions]
    now = pd.DataFrame({"score_share": 0.0}, index=numbers)
    assert "weakest" not in readiness.finding(STEPS, now)


def test_where_nothing_is_costed_the_first_are_not_called_the_costliest():
    rows = pd.DataFrame({"cost_of_delay_amount": [None, None]}, dtype=float)
    assert "longest" in stalled.first(rows)
    assert "cost most" in stalled.first(rows.fillna(1.0))


def test_where_nobody_has_what_a_figure_needs_nothing_rests_on_the_others():
    rows = pd.DataFrame({name: [True, True] for name in quality.NEEDS})
    assert "rests on the others" in quality.finding(rows.assign(has_owner=[False, True]))
    nobody = quality.finding(rows.assign(has_owner=[False, False]))
    assert "rests on the others" not in nobody and "nothing can be said" in nobody
