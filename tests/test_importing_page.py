"""What the page asks of a file that leaves something open, and what an answer does."""

from datetime import date

import test_pages
from on_page import press, refusals, words

from dashboard.ui import meaning

board = test_pages.board
IMPORT = "pages/sources/import_file.py"
MONTHS = "Project,Type,Nov,Dec,Jan,Feb\nINI-001,cloud,1,2,3,4\n"
DOLLARS = "Project,Month,Type,Spend (kUSD)\nINI-001,2026-01,data,5\n"


def opened(board, path, content: str, day: date):
    app = board(path, IMPORT)
    app.file_uploader[0].upload("from finance.csv", content.encode(), "text/csv").run()
    return app.date_input(key="import_as_of").set_value(day).run()


def warned(app) -> str:
    return " ".join(each.value for each in app.warning)


def test_one_year_said_once_dates_all_months_and_tells_plan_from_actual(board, sample_path):
    app = opened(board, sample_path, MONTHS, date(2026, 1, 31))
    assert "Of which year is the first month?" in warned(app)
    [year] = [each for each in app.number_input if each.label == "Year"]
    app = year.set_value(2025).run()
    assert not refusals(app) and "4 costs can be stored; none is refused" in words(app)
    [columns] = [each.value for each in app.dataframe if "target" in each.value.columns]
    assert [target.partition("@")[0] for target in columns["target"][2:]] == [
        *("actual_amount",) * 3,
        "planned_amount",
    ]
    app = next(each for each in app.number_input if each.label == "Year").set_value(2024).run()
    assert not refusals(app) and "4 costs can be stored; none is refused" in words(app)


def test_a_foreign_currency_asks_for_its_rate_and_takes_it(board, sample_path):
    app = opened(board, sample_path, DOLLARS, date(2026, 1, 31))
    assert "The board counts in €" in warned(app)
    [rates] = [each for each in app.text_input if each.label == "Rates"]
    app = rates.set_value("USD 0.5").run()
    assert not refusals(app)
    assert not any("no rate is given" in str(each.value) for each in app.dataframe)


def test_an_answer_given_where_it_is_asked_is_kept_for_next_months_file(board, sample_path):
    lines = "ID,Name,Unit,Stage,Pilot start\nX1,Xyz,Retail,pilot,{}\n"
    app = opened(board, sample_path, lines.format("Q4 FY25"), date(2026, 1, 31))
    assert "In which month does the fiscal year begin?" in warned(app)
    [answer] = [each for each in app.selectbox if each.label == meaning.ANSWER]
    app = answer.set_value(4).run()
    assert not refusals(app) and "fiscal year" not in warned(app)
    assert not refusals(press(app, "Store (2 rows)"))
    app = opened(board, sample_path, lines.format("Q1 FY26"), date(2026, 1, 31))
    assert "as said then: April" in words(app) and "fiscal year" not in warned(app)
