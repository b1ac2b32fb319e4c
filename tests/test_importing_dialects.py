"""The ways organizations write days and amounts: read back or asked about, never guessed."""

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importing import date_clues, dates, months, numbers, plain
from data.importing.convert import Context, column
from data.importing.date_clues import DAY_FIRST, MONTH_FIRST, Settings
from data.importing.problems import Found
from data.tables import Column

AS_OF = date(2025, 6, 30)
WEEKDAYS = ("Mon", "Tuesday", "Wed,", "Thurs", "Fri.", "Saturday,", "Sun")
SPELLINGS = (
    "{d:%Y-%m-%d}",
    "{d:%Y/%m/%d}",
    "{d:%Y%m%d}",
    "{d:%Y.%m.%d}",
    "{d.day} {name} {d.year}",
    "{d.day}. {name} {d.year}",
    "{d.day}-{name}-{d.year}",
    "{d.day:02}{name}{d.year}",
    "{name} {d.day}, {d.year}",
    "{weekday} {d.day} {name} {d.year}",
    "{d:%d.%m.%Y}",
    "{d:%Y-%m-%d} 13:45:10",
    "{d:%Y-%m-%d}T23:59:59.999+02:00",
    "{iso.year}-W{iso.week:02}-{iso.weekday}",
)
ENGLISH = "january february march april may june july august september october november december"


def read(*texts: str, kind: str = "date", **known) -> list[Found]:
    reader = dates.reader(texts, Settings(AS_OF, **known), kind)
    return [reader(text) for text in texts]


def day(text: str, **known) -> date | None:
    return read(text, **known)[0].value


def amounts(*texts: str, kind: str = "amount", **known) -> list:
    reader = numbers.reader(texts, kind, **known)
    return [reader(text).value for text in texts]


@given(
    st.dates(date(1950, 1, 2), date(2039, 12, 31)),
    st.sampled_from(SPELLINGS),
    st.sampled_from([None, DAY_FIRST]),
)
def test_a_day_written_in_any_clear_way_comes_back(original, spelling, order):
    names = [name for name, number in months.NUMBERS.items() if number == original.month]
    for name in names:
        weekday = WEEKDAYS[original.weekday()]
        text = spelling.format(d=original, name=name, weekday=weekday, iso=original.isocalendar())
        assert day(text, order=order) == original, text


@given(st.lists(st.dates(date(1990, 1, 1), date(2030, 12, 31)), min_size=1), st.booleans())
def test_days_of_one_column_come_back_or_are_asked_about_together(originals, is_day_first):
    pattern = "%d/%m/%Y" if is_day_first else "%m/%d/%Y"
    texts = [each.strftime(pattern) for each in originals]
    found = [each.value for each in read(*texts)]
    if date_clues.is_undecided(texts, Settings(AS_OF)):
        same = [each.day == each.month for each in originals]
        assert [value is not None for value in found] == same
    else:
        assert found == originals
    answer = DAY_FIRST if is_day_first else MONTH_FIRST
    assert [each.value for each in read(*texts, answer=answer)] == originals


@given(st.lists(st.dates(date(1955, 1, 1), date(2035, 12, 31)), min_size=3), st.booleans())
def test_a_spreadsheets_numbers_are_days_when_the_whole_column_says_so(originals, is_1904):
    epoch = dates.EPOCH_1904 if is_1904 else dates.EPOCH
    texts = [str((each - epoch).days) for each in originals]
    inside = [each for each in texts if 20_000 <= int(each) <= 60_000]
    assert [f.value for f in read(*inside, epoch=epoch)] == [
        each for each, text in zip(originals, texts, strict=True) if text in inside
    ]


def test_bare_numbers_are_days_of_a_column_not_of_a_cell():
    assert [each.value for each in read("45292", "45293", "2024-01-03")][:2] == [None, None]
    assert [each.value for each in read("45292", "45293", "45294.75", "2024-01-04")] == [
        date(2024, 1, number) for number in (1, 2, 3, 4)
    ]
    assert day("45292", epoch=dates.EPOCH) == date(2024, 1, 1)
    assert [each.value for each in read("45292", "45293", "45294", "7")] == [None] * 4


def test_moments_kept_as_seconds_or_milliseconds_are_timestamps():
    found = read("1710237600", "1710237600000", kind="timestamp")
    assert [each.value for each in found] == [datetime(2024, 3, 12, 10)] * 2
    assert day("1710237600") is None


@pytest.mark.parametrize(
    ("text", "first", "last", "length"),
    [
        ("Q3 2024", date(2024, 7, 1), date(2024, 9, 30), "quarter"),
        ("2024Q3", date(2024, 7, 1), date(2024, 9, 30), "quarter"),
        ("2024-Q3", date(2024, 7, 1), date(2024, 9, 30), "quarter"),
        ("3Q24", date(2024, 7, 1), date(2024, 9, 30), "quarter"),
        ("3rd quarter of 2024", date(2024, 7, 1), date(2024, 9, 30), "quarter"),
        ("H1 2025", date(2025, 1, 1), date(2025, 6, 30), "half-year"),
        ("2h25", date(2025, 7, 1), date(2025, 12, 31), "half-year"),
        ("W12 2024", date(2024, 3, 18), date(2024, 3, 24), "week"),
        ("KW 12/2024", date(2024, 3, 18), date(2024, 3, 24), "week"),
        ("2024-W12", date(2024, 3, 18), date(2024, 3, 24), "week"),
        ("Mar 2024", date(2024, 3, 1), date(2024, 3, 31), "month"),
        ("mars 2024", date(2024, 3, 1), date(2024, 3, 31), "month"),
        ("Dez-24", date(2024, 12, 1), date(2024, 12, 31), "month"),
    ],
)
def test_a_longer_stretch_is_its_first_day_a_promise_its_last(text, first, last, length):
    [begun], [due] = read(text), read(text, kind="deadline")
    assert (begun.value, due.value) == (first, last)
    assert begun.severity == due.severity == "info"
    assert f"Only the {length} is known" in begun.says


@pytest.mark.parametrize("text", ["Q4 FY25", "Q4FY25", "FY2025 Q4", "FY25-Q4", "Q4 FY24/25"])
def test_a_fiscal_quarter_needs_the_month_in_which_the_fiscal_year_begins(text):
    [unknown] = read(text)
    assert (unknown.value, unknown.severity) == (None, "warning")
    assert "which they begin is not known" in unknown.says
    assert day(text, fiscal_start=10) == date(2025, 7, 1)
    assert day(text, fiscal_start=1) == date(2025, 10, 1)
    assert day(text, fiscal_start=4) == date(2025, 1, 1)


def test_fiscal_years_are_named_after_the_year_they_end_in():
    assert day("FY25", fiscal_start=7) == date(2024, 7, 1)
    assert day("fiscal year 2024/25", fiscal_start=7) == date(2024, 7, 1)
    assert day("FY25", fiscal_start=1) == date(2025, 1, 1)
    assert day("FY24/27", fiscal_start=7) is None


def test_a_quarter_is_no_month_of_costs():
    [found] = read("Q3 2024", kind="month")
    assert found.value is None and "amounts are kept by month" in found.says


@pytest.mark.parametrize(
    ("header", "is_month"),
    [
        *[(each, True) for each in ("Jan 2025", "2025-01", "01/2025", "Januar 2025", "Jan-25")],
        *[(each, False) for each in ("2025", "12 Jan 2025", "January", "202501", "Q1 25")],
    ],
)
def test_headers_that_are_months_are_known(header, is_month):
    assert dates.looks_like_month(header) is is_month


CENTS = st.decimals(-(10**10), 10**10, places=2).filter(lambda each: abs(each) >= 1)
DIALECTS = {
    "english": (",", "."),
    "german": (".", ","),
    "french": (" ", ","),
    "thin": ("\u202f", ","),
    "swiss": ("’", "."),
    "plain": ("", "."),
}
WAYS = ("{n}", "{n} EUR", "€{n}", "EUR {n}", "-{m}", "({m})", "{m}-", "−{m}", "-€{m}", "€ -{m}")


def written(amount: Decimal, dialect: str) -> str:
    thousands, mark = DIALECTS[dialect]
    return f"{amount:,.2f}".replace(",", "T").replace(".", mark).replace("T", thousands)


@given(CENTS, st.sampled_from(list(DIALECTS)), st.sampled_from(WAYS))
def test_an_amount_in_any_dialect_comes_back_to_the_cent(amount, dialect, way):
    text = way.format(n=written(amount, dialect), m=written(abs(amount), dialect))
    assert amounts(text) == [amount if "{n}" in way else -abs(amount)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("TEUR 1.200,5", "1200500"),
        ("30 k€", "30000"),
        ("1,5 Mio. €", "1500000"),
        ("2 Mrd. EUR", "2000000000"),
        ("CHF 1'200.–", "1200"),
        ("12,34,567.00", "1234567"),
        ("3 crore", "30000000"),
        ("~1,200.00", "1200"),
        ("USD 1.2 million", "1200000"),
    ],
)
def test_amounts_as_finance_writes_them(text, value):
    assert amounts(text) == [Decimal(value)]


def test_a_unit_behind_a_number_is_left_out_and_said():
    reader = numbers.reader(["3 FTE", "2.5 FTE", "4 days"], "number")
    assert [reader(text).value for text in ("3 FTE", "2.5 FTE", "4", "4 days")] == [3, 2.5, 4, None]
    assert 'The word "FTE" was left out' in reader("3 FTE").says
    assert 'in "days" and most of its column in "fte"' in reader("4 days").says
    assert amounts("5 days") == [None]


@pytest.mark.parametrize("text", ["NaN", "inf", "-Infinity", "#DIV/0!", "#REF!"])
def test_what_a_failed_computation_leaves_is_no_number_and_said(text):
    found = numbers.reader([text], "number")(text)
    assert (found.value, found.severity) == (None, "warning")
    assert "failed" in found.says


def test_two_numbers_are_not_one():
    found = numbers.reader(["1.2M - 1.5M"], "amount")("1.2M - 1.5M")
    assert found.value is None and "two numbers" in found.says


def test_currencies_are_converted_by_the_analysts_rates_and_no_others():
    texts = ("$100", "100 EUR", "100", "£100")
    reader = numbers.reader(texts, "amount", rates={"USD": 0.92, "EUR": 1})
    assert [reader(text).value for text in texts] == [
        *(Decimal("92.00"), Decimal("100.00"), Decimal("100.00")),
        None,
    ]
    assert "no rate is given" in reader("£100").says


def test_an_undecided_mark_is_asked_and_the_answer_used():
    texts = ["1.234", "2.500"]
    assert numbers.is_undecided(texts, "amount")
    assert amounts(*texts) == [None, None]
    assert amounts(*texts, answer=",") == [Decimal(1234), Decimal(2500)]
    assert amounts(*texts, answer=".") == [Decimal("1.23"), Decimal("2.50")]
    assert not numbers.is_undecided(["1.5", "2"], "amount")


def test_english_months_are_all_known():
    assert [months.NUMBERS[name] for name in ENGLISH.split()] == list(range(1, 13))


PLAIN_TEXTS = {
    "number": st.sampled_from(["7", "-12.5", "0.125", "1.234", "12.000", "n/a", "1,5", "3 k", "x"]),
    "amount": st.sampled_from(["7", "0.125", "-0.125", "2.345", "99.999", "", "€5", "1,000.5"]),
    "date": st.sampled_from(["2024-02-29", "1949-12-31", "2099-01-01", "3/13/2024", "May 2024"]),
    "month": st.sampled_from(["2024-02-29", "2024-05-01", "2024-05", "Q1 2024", "soon"]),
    "timestamp": st.sampled_from(
        ["2024-02-29 10:00:00", "2024-02-29T10:00:00.5Z", "2024-02-29T10:00:00+01:00", "2024-03-01"]
    ),
}


@given(st.data(), st.sampled_from(list(PLAIN_TEXTS)), st.sampled_from([",", ";"]))
def test_many_plain_cells_are_read_together_as_each_would_be_alone(data, kind, delimiter):
    cells = data.draw(st.lists(PLAIN_TEXTS[kind], min_size=1, max_size=8))
    target, context = Column("some", kind, ""), Context(AS_OF, None, delimiter)
    texts, counts = pa.array(cells).dictionary_encode(), np.arange(1, len(cells) + 1)
    slow = column(texts, counts, "h", target, {}, context)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "FEW", 0)
        fast = column(texts, counts, "h", target, {}, context)
    assert fast.values.to_pylist() == slow.values.to_pylist()
    assert (fast.problems, fast.places) == (slow.problems, slow.places)
