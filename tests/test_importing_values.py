"""Cells become days, numbers and words, or stay empty with a sentence; nothing is guessed."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importing import dates, numbers, words
from data.importing.convert import Context, flag, items, reader
from data.importing.date_clues import DAY_FIRST, MONTH_FIRST
from data.tables import STAGES, TABLES, Column

AS_OF = date(2024, 12, 16)


def days(*texts, kind="date", order=None, as_of=AS_OF):
    read = dates.reader(texts, dates.Settings(as_of, order), kind)
    return [read(text).value for text in texts]


def amounts(*texts, kind="amount", delimiter=","):
    read = numbers.reader(texts, kind, delimiter)
    return [read(text).value for text in texts]


def said(read, text):
    found = read(text)
    return found.severity, found.says


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-12",
        "2024/3/12",
        "2024.03.12",
        "20240312",
        "2024-03-12T23:30:00Z",
        "2024-03-12 00:00:00",
        "12 Mar 2024",
        "12-Mar-2024",
        "12-mar-24",
        "12th of March 2024",
        "12. March 2024",
        "March 12, 2024",
        "Mar-12-2024",
        "2024 March 12",
        "12.03.2024",
        "3/12/2024 12:00:00 AM",
    ],
)
def test_days_are_read_in_every_common_order(text):
    assert days(text, order=MONTH_FIRST) == [date(2024, 3, 12)]


@pytest.mark.parametrize("text", ["2024-03", "03/2024", "Mar 2024", "March, 2024", "Mar-24"])
def test_a_month_is_its_first_day_and_said(text):
    found = dates.reader([text], dates.Settings(AS_OF))(text)
    assert (found.value, found.severity) == (date(2024, 3, 1), "info")


def test_one_cell_decides_the_order_of_its_column():
    assert days("3/4/2024", "3/13/2024") == [date(2024, 3, 4), date(2024, 3, 13)]
    assert days("3/4/2024", "13/3/2024") == [date(2024, 4, 3), date(2024, 3, 13)]


def test_an_undecided_column_follows_the_other_columns_of_its_file():
    assert days("3/4/2024", order=DAY_FIRST) == [date(2024, 4, 3)]


def test_an_order_nothing_proves_leaves_the_cells_empty():
    read = dates.reader(["3/4/2024", "5/5/2024"], dates.Settings(AS_OF))
    assert said(read, "3/4/2024")[0] == "warning"
    assert "the day or the month" in said(read, "3/4/2024")[1]
    assert read("5/5/2024").value == date(2024, 5, 5)


def test_contradicting_cells_prove_nothing_but_themselves():
    assert days("3/13/2024", "13/3/2024", "3/4/2024")[2] is None


def test_a_stray_cell_among_many_does_not_unprove_the_order():
    column = ["3/13/2024"] * 20 + ["13/3/2024", "3/4/2024"]
    assert days(*column)[-2:] == [None, date(2024, 3, 4)]


def test_year_and_month_without_century_need_a_column_that_proves_them():
    assert days("22-Jul", "24-Nov", "19-Feb") == [
        date(2022, 7, 1),
        date(2024, 11, 1),
        date(2019, 2, 1),
    ]
    assert days("22-Jul", "24-Nov") == [None, None]
    assert days("22-Jul", "24-Nov", "26-Feb") == [None, None, None]
    assert days("22-Jul", "24-Nov", "5-Feb") == [None, None, None]


@pytest.mark.parametrize(
    "text",
    [
        "2021",
        "Q4FY25",
        "Pre-2021",
        "TBD",
        "Unknown",
        "Ongoing",
        "2015-2022",
        "10/12023",
        "2024-10-16 (first licences)",
        "2024-02-30",
        "31/11/2024",
        "1949-12-31",
        "2050-01-01",
        "45292",
    ],
)
def test_what_is_no_complete_day_is_left_empty_and_said(text):
    found = dates.reader([text], dates.Settings(AS_OF, DAY_FIRST))(text)
    assert (found.value, found.severity) == (None, "warning")


def test_a_year_a_spreadsheet_shows_as_a_day_is_explained():
    severity, says = said(dates.reader(["7/16/1905"], dates.Settings(AS_OF)), "7/16/1905")
    assert severity == "warning"
    assert "the year 2024 as 7/16/1905; only the year is known" in says


@pytest.mark.parametrize("text", ["", " ", "N/A", "n/a", "NA", "none", "-", "–", "null"])
def test_words_for_nothing_are_empty_without_a_word(text):
    found = dates.reader([text], dates.Settings(AS_OF))(text)
    assert (found.value, found.severity) == (None, "")


def test_months_are_their_first_day_without_a_word():
    read = dates.reader(["2024-03-12", "Mar 2024"], dates.Settings(AS_OF), "month")
    assert [read(text).value for text in ("2024-03-12", "Mar 2024")] == [date(2024, 3, 1)] * 2
    assert read("Mar 2024").severity == ""


def test_timestamps_are_brought_to_utc():
    assert days("2024-03-12T01:30:00+02:00", "2024-03-12 5:30 PM", kind="timestamp") == [
        datetime(2024, 3, 11, 23, 30),
        datetime(2024, 3, 12, 17, 30),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.5", "1234.50"),
        ("1,234.56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1.234.567,8", "1234567.80"),
        ("1'234.56", "1234.56"),
        ("(1,200.00)", "-1200.00"),
        ("-$1,200.00", "-1200.00"),
        ("$1.2M", "1200000.00"),
        ("€ 3k", "3000.00"),
        ("12,50 EUR", "12.50"),
        ("1e-1", "0.10"),
        ("0.125", "0.13"),
        ("1,234", "1234.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(text, value):
    assert amounts(text) == [Decimal(value)]


def test_the_column_proves_the_decimal_mark():
    assert amounts("1.234", "2,5", delimiter=";") == [Decimal("1234.00"), Decimal("2.50")]
    assert amounts("1,234", "2.5", delimiter=";") == [Decimal("1234.00"), Decimal("2.50")]


def test_a_mark_nothing_proves_leaves_the_cells_empty():
    assert amounts("1.234", "850") == [None, Decimal("850.00")]
    assert amounts("1,234", delimiter=";") == [None]
    assert amounts("1,234.5", "1.234,5", "1.234")[2] is None


def test_plain_measurements_keep_their_three_decimals():
    assert amounts("1.234", "0.912", kind="number") == [1.234, 0.912]


@pytest.mark.parametrize(
    "text", ["many", "12 people", "1-2", "#REF!", "1,23,4", "1.2.3", "NaN", "inf", "9" * 30]
)
def test_what_is_no_number_is_left_empty(text):
    assert amounts(text) == [None]


def test_a_percentage_is_a_share_and_said_but_no_amount():
    found = numbers.reader(["12 %"], "number")("12 %")
    assert (found.value, found.severity) == (0.12, "info")
    assert amounts("12 %") == [None]


def test_a_second_currency_in_a_column_is_not_mixed_in():
    assert amounts("$1", "$2", "€3") == [Decimal("1.00"), Decimal("2.00"), None]


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("Operation and Maintenance", "production"),
        ("Acquisition and/or Development", "proof_of_concept"),
        ("Development and Acquisition", "proof_of_concept"),
        ("Implementation and Assessment", "pilot"),
        ("In production: more than 1 year", "production"),
        ("Planned (not in production)", "idea"),
        ("c) Deployed – The use case is in use", "production"),
        ("Stage 3 - Implementation (being tested)", "pilot"),
        ("Pre-deployment", "proof_of_concept"),
        ("PoC", "proof_of_concept"),
        ("MVP", "pilot"),
        ("LIVE", "production"),
        ("4. Rolled out", "production"),
        ("Enterprise-wide", "scaled"),
        ("Cancelled", "stopped"),
        ("Sunset", "retired"),
        ("proof_of_concept", "proof_of_concept"),
        ("On hold", None),
        ("Research or Administrative Action Complete", None),
        ("Pilot / production", None),
        ("Not in production", None),
        ("Active", None),
    ],
)
def test_stages_are_known_by_the_words_of_organizations_and_never_guessed(word, stage):
    assert words.meaning(word, STAGES) == stage


@pytest.mark.parametrize("table", TABLES.values(), ids=str)
def test_every_word_of_every_table_means_itself(table):
    for column in table.columns:
        for word in column.words:
            assert words.meaning(word, column.words) == word
            assert words.meaning(word.replace("_", " ").upper(), column.words) == word


def test_yes_and_no_are_flags():
    assert [flag(text).value for text in ("Yes", "n", "TRUE", "0", "", "maybe")] == [
        *(True, False, True, False),
        *(None, None),
    ]


def test_lists_are_split_and_unknown_items_left_out_and_said():
    teams = TABLES["initiatives"].column("teams")
    found = items("Engineering; data scientists, Marketing\nFinance", teams)
    assert found.value == ["engineering", "data_science", "finance"]
    assert found.severity == "warning" and "Marketing" in found.says
    assert items("SAP | Oracle", Column("integrates_with", "list", "")).value == ["SAP", "Oracle"]


ANY_TEXT = st.text(max_size=20) | st.from_regex(r"[\d.,/: ()$%kKmM-]{1,14}", fullmatch=True)
KINDS = ["date", "month", "timestamp", "amount", "number", "flag", "list", "text"]


@given(st.lists(ANY_TEXT, min_size=1, max_size=5), st.sampled_from(KINDS))
def test_no_text_breaks_a_reader_and_what_is_left_out_is_said(texts, kind):
    read = reader(Column("some", kind, ""), texts, Context(AS_OF))
    for text in texts:
        found = read(text)
        assert found.value is not None or found.severity or words.nothing(text) or kind == "list"
        assert not (isinstance(found.value, float) and not abs(found.value) < float("inf"))
