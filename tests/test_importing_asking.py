"""What a file is, its spread columns and its words are recognized; what is unsure is asked."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data import uploads
from data.access import LOCAL_OWNER
from data.errors import MappingRefused
from data.importing import Prepared, numbers, prepare, read
from data.importing.asking import open_words, questions
from data.importing.mapping import Mapping, from_json
from data.importing.recognize import suggest, table
from data.tables import TABLES
from tests.conftest import put

AS_OF = date(2025, 2, 28)


def sheet(*lines: str):
    return read(("\n".join(lines) + "\n").encode())


def columns(as_: str, *lines: str) -> dict[str, str]:
    return dict(suggest(sheet(*lines), as_, AS_OF)[0].columns)


@pytest.mark.parametrize(
    ("as_", "lines"),
    [
        ("inventory", ("Project,Dept,Phase,Go-live", "A,X,Live,2024-01-01", "B,X,Pilot,")),
        ("costs", ("Project,Cost type,Jan 2025,Feb 2025", "a,cloud,1,2", "b,staff,3,4")),
        ("costs", ("Project,Month,Category,Budget,Actuals", "a,2025-01,cloud,1,2")),
        ("benefits", ("Initiative,Month,Benefit type,Realised", "a,2025-01,savings,3")),
        ("deployment_status", ("Project ID,Stage,Date entered stage", "a,Pilot,2025-01-02")),
        ("barriers", ("Project,Blocker,Raised on,Resolved", "a,Skills,2025-01-02,")),
        ("capabilities", ("Project,Capability,Assessment date,State", "a,GPU,2025-01-02,yes")),
        (
            "pipeline_runs",
            (
                "Orchestrator,Project,DAG,Run type,Dag run ID,Start time,End time,State",
                "airflow,a,retrain_x,Training,r1,2025-01-02 02:00,2025-01-02 03:00,success",
                "airflow,a,retrain_x,Training,r2,2025-02-02 02:00,,upstream_failed",
            ),
        ),
        ("model_metrics", ("initiative_id,model,version,timestamp,psi", "a,m,1,2025-01-02,0.1")),
    ],
)
def test_the_table_a_file_is_comes_first_with_a_reason(as_, lines):
    guesses = table(sheet(*lines))
    assert guesses[0].as_ == as_
    assert guesses[0].confidence > guesses[1].confidence
    assert all(guess.why.endswith(".") and 0 <= guess.confidence <= 1 for guess in guesses)
    assert {guess.as_ for guess in guesses} == {"inventory", *TABLES}


def test_months_across_are_plan_and_actual_as_their_headers_say():
    assert columns("costs", "Project,Type,Jan 2025 Plan,Jan 2025 Actual", "a,cloud,1,2") == {
        "Project": "initiative_id",
        "Type": "category",
        "Jan 2025 Plan": "planned_amount@month=2025-01",
        "Jan 2025 Actual": "actual_amount@month=2025-01",
    }


def test_months_to_come_are_planned_and_costs_of_no_category_are_other():
    assert columns("costs", "Project,Jan 2025,02/2025,2025-03", "a,1,2,3") == {
        "Project": "initiative_id",
        "Jan 2025": "actual_amount@month=2025-01,category=other",
        "02/2025": "actual_amount@month=2025-02,category=other",
        "2025-03": "planned_amount@month=2025-03,category=other",
    }


def test_categories_across_are_recognized():
    assert columns("costs", "Project,Month,People,Cloud,Note", "a,2025-01,1,2,x") == {
        "Project": "initiative_id",
        "Month": "month",
        "People": "actual_amount@category=people",
        "Cloud": "actual_amount@category=compute",
    }


def test_months_in_an_inventory_are_of_costs_only_if_they_say_so():
    lines = ("Use case name,Stage,Cost Jan 2025,Cost Feb 2025", "A,Pilot,1,2")
    assert columns("inventory", *lines)["Cost Jan 2025"] == (
        "costs.actual_amount@month=2025-01,category=other"
    )
    silent = suggest(sheet("Use case name,Jan 2025,Feb 2025", "A,1,2"), "inventory")[1][1]
    assert silent.target is None and "nothing says of what" in silent.why


def test_capabilities_and_barriers_in_an_inventory_are_recognized():
    lines = ("Use case name,Model registry,Alerts,Main barrier", "A,yes,no,Skills", "B,no,partly,")
    assert columns("inventory", *lines) == {
        "Use case name": "name",
        "Model registry": "capabilities.state@capability=model_versioning",
        "Alerts": "capabilities.state@capability=alerting",
        "Main barrier": "barriers.barrier",
    }


def test_a_recognized_wide_file_comes_in_without_a_mapping():
    content = b"Project,Type,Jan 2025,Feb 2025\na,cloud,10.00,\nb,staff,,30.00\n"
    result = prepare(content, "costs.csv", "costs", as_of=AS_OF, known={"a", "b"})
    found = [
        (row["month"].month, row["actual_amount"]) for row in result.tables["costs"].to_pylist()
    ]
    assert found == [(1, Decimal(10)), (2, Decimal(30))]
    again = prepare(content, "costs.csv", "costs", mapping=from_json(result.mapping.to_dict()))
    assert again.tables["costs"].to_pylist() == result.tables["costs"].to_pylist()


def test_every_word_is_told_with_its_count_and_only_known_ones_are_sure():
    lines = ("Name,Phase,Live?,Teams", "A,Live,Yes,IT; Finanse", "B,Pilott,,finance", "C,Odd,no,")
    mapping = from_json(
        {
            "as": "inventory",
            "columns": {"Name": "name", "Phase": "stage", "Teams": "teams"},
            "values": {"stage": {"odd": None}},
        }
    )
    found = open_words(sheet(*lines, "D,Live,no,?"), mapping)
    assert [(each.word, each.count, each.means, each.is_sure) for each in found["stage"]] == [
        ("Live", 2, "production", True),
        ("Pilott", 1, "pilot", False),
        ("Odd", 1, None, True),
    ]
    assert [(each.word, each.means, each.is_sure) for each in found["teams"]] == [
        ("IT", None, False),
        ("Finanse", "finance", False),
        ("finance", "finance", True),
        ("?", None, False),
    ]


def test_yes_and_no_are_words_too():
    mapping = Mapping("metric_targets", columns={"Up": "higher_is_better"})
    found = open_words(sheet("Metric,Up", "a,ja", "b,nein", "c,perhaps"), mapping)
    assert [(each.word, each.means, each.is_sure) for each in found["higher_is_better"]] == [
        ("ja", "yes", True),
        ("nein", "no", True),
        ("perhaps", None, False),
    ]


QUESTIONS = sheet("id;m;c;p;a", "a;Q1 FY25;data;1.234;$5", "b;3/4/2025;data;2.000;7 EUR")
ASKED = {"id": "initiative_id", "m": "month", "c": "category", "p": "planned_amount"}


def test_what_no_cell_proves_is_asked_with_examples():
    found = {each.about: each for each in questions(QUESTIONS, Mapping("costs", columns=ASKED))}
    assert found["date_order"].examples == ("3/4/2025",)
    assert found["fiscal_year_start"].examples == ("Q1 FY25",)
    assert (found["decimal_mark"].headers, found["decimal_mark"].examples) == (
        ("p",),
        ("1.234", "2.000"),
    )
    money = questions(QUESTIONS, Mapping("costs", columns={"a": "actual_amount"}))
    assert [(each.about, each.examples) for each in money] == [("rates", ("$5",))]
    assert money[0].asks.startswith("The board counts in €")


def test_what_is_answered_is_not_asked_again():
    choices = {"date_order": "day first", "fiscal_year_start": 4, "decimal_mark": ","}
    answered = from_json(
        {"as": "costs", "columns": {**ASKED, "a": "actual_amount"}, "choices": choices}
        | {"rates": {"USD": 0.9, "EUR": 1}}
    )
    assert questions(QUESTIONS, answered) == []


def test_a_column_of_currencies_is_converted_by_the_rates_of_the_mapping():
    lines = (
        "Project,Month,Type,Spend,Currency",
        "a,2025-01,data,100.00,USD",
        "a,2025-02,data,7,EUR",
    )
    mapping = from_json(
        {
            "as": "costs",
            "columns": {
                "Project": "initiative_id",
                "Month": "month",
                "Type": "category",
                "Spend": "actual_amount",
                "Currency": "currency",
            },
            "rates": {"USD": 0.5, "EUR": 1},
        }
    )
    content = ("\n".join(lines) + "\n").encode()
    result = prepare(content, "x.csv", "costs", as_of=AS_OF, mapping=mapping, known={"a"})
    found = [row["actual_amount"] for row in result.tables["costs"].to_pylist()]
    assert found == [Decimal(50), Decimal(7)]
    assert result.mapping.to_dict()["rates"] == {"USD": 0.5, "EUR": 1}
    unrated = prepare(content, "x.csv", "costs", as_of=AS_OF, known={"a"})
    assert [row["actual_amount"] for row in unrated.tables["costs"].to_pylist()] == [None, 7]
    assert [(each.row, each.value) for each in unrated.problems] == [(1, "USD 100.00")]
    assert "no rate is given" in unrated.problems[0].says


def _costs(content: str, **more) -> tuple[list, Prepared]:
    """The actual amounts of a costs file, and everything that is said of it."""
    result = prepare(content.encode(), "x.csv", "costs", as_of=AS_OF, known={"a"}, **more)
    return [row["actual_amount"] for row in result.tables["costs"].to_pylist()], result


@pytest.mark.parametrize(
    "lines",
    [
        "Project,Month,Type,Actual cost (USD)\na,2025-01,data,100.00\n",
        "Project,Month,Type,Actual cost\na,2025-01,data,$100\n",
        "Project,Month,Type,Actual cost,Currency\na,2025-01,data,100,US$\n",
        "Project,Month,Type,Actual cost (kUSD)\na,2025-01,data,0.1\n",
    ],
)
def test_a_foreign_currency_is_converted_by_its_rate_and_left_out_without_one(lines, monkeypatch):
    found, plain = _costs(lines)
    assert found == [None]
    [said] = [each for each in plain.problems if each.severity == "warning"]
    assert said.row == 1 and "no rate is given" in said.says
    mapping = replace(plain.mapping, rates={"USD": 0.5})
    assert _costs(lines, mapping=mapping)[0] == [Decimal(50)]
    monkeypatch.setenv("EXECUTION_GAP_CURRENCY", "US$ 2")
    assert _costs(lines)[0] == [Decimal(100)]
    assert questions(read(lines.encode()), plain.mapping) == []


def test_thousands_in_a_header_multiply_its_amounts_and_are_said():
    content = b"Project,Type,Jan 2025 (kEUR),Feb 2025 (kEUR)\na,data,1.5,2M\nb,data,3,\n"
    result = prepare(content, "x.csv", "costs", as_of=AS_OF, known={"a", "b"})
    found = [row["actual_amount"] for row in result.tables["costs"].to_pylist()]
    assert found == [Decimal(1500), Decimal(2000000), Decimal(3000)]
    said = [each.column for each in result.problems if "multiplied by 1,000" in each.says]
    assert said == ["Jan 2025 (kEUR)", "Feb 2025 (kEUR)"]


@pytest.mark.parametrize(
    ("header", "scale"),
    [
        *(
            (each, "k")
            for each in ("Budget kEUR", "Plan (k€)", "Cost, in thousands", "TEUR", "$'000")
        ),
        *((each, "m") for each in ("Spend (m EUR)", "Value in millions", "Mio. EUR", "$M")),
        *(
            (each, "")
            for each in ("Actual", "Task", "Market cost", "Mar 2000", "Amount 1000", "Team")
        ),
    ],
)
def test_the_scale_a_header_says_is_known(header, scale):
    assert numbers.scale_in(header) == scale


def test_what_every_row_has_alike_is_fixed_in_the_mapping():
    mapping = from_json(
        {
            "as": "costs",
            "columns": {"Project": "initiative_id", "Month": "month", "Spend": "actual_amount"},
            "fixed": {"category": "cloud"},
        }
    )
    content = b"Project,Month,Spend\na,2025-01,5\n"
    result = prepare(content, "x.csv", "costs", as_of=AS_OF, mapping=mapping, known={"a"})
    assert result.tables["costs"].to_pylist()[0]["category"] == "compute"
    assert from_json(result.mapping.to_dict()).fixed == {"category": "cloud"}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"rates": {"USD": "much"}}, '"rates" must map currencies'),
        ({"rates": {"USD": 0}}, '"rates" must map currencies'),
        ({"fixed": ["x"]}, '"fixed" must map targets'),
        ({"fixed": {"colour": "x"}}, '"fixed" names "colour"'),
        ({"fixed": {"month": "2025-01"}}, '"fixed" names "month"'),
    ],
)
def test_rates_and_fixed_values_that_cannot_be_are_refused(more, says):
    with pytest.raises(MappingRefused, match=says):
        mapping = from_json({"as": "costs", "columns": {"Month": "month"}} | more)
        prepare(b"Month,X\n2025-01,1\n", "x.csv", "costs", mapping=mapping)


def test_initiatives_may_be_called_by_their_names(store):
    put(
        store, initiatives="initiative_id|name|unit\nI-1|Triage of claims|X\nI-2|Twin|X\nI-3|Twin|Y"
    )
    content = b"Project,Month,Type,Spend\ntriage  of CLAIMS,2025-01,data,5\nTwin,2025-01,data,5\n"
    result = uploads.look_at(store, LOCAL_OWNER, content, "x.csv", "costs", AS_OF)
    ids = [row["initiative_id"] for row in result.tables["costs"].to_pylist()]
    assert ids == ["I-1", "Twin"]
    says = " ".join(each.says for each in result.problems)
    assert 'known by their names, as "triage  of CLAIMS" for I-1' in says
    assert 'No initiative "Twin" is stored yet' in says


def test_a_total_of_costs_is_explained_and_offered_not_guessed():
    [each] = [
        each
        for each in suggest(sheet("Use case name,Total cost (EUR)", "A,12"), "inventory", AS_OF)[1]
        if each.header.startswith("Total")
    ]
    assert each.target is None and "costs are kept by month and category" in each.why
    assert each.offers[0] == "costs.actual_amount@month=2025-02,category=other"


def _months(names: str, filename: str, **more) -> tuple[dict[str, str], str, str]:
    """The targets of months, the year they have, and what is asked."""
    lines = f"Project,Type,{names}", "a,cloud" + ",1" * len(names.split(","))
    mapping, suggestions = suggest(sheet(*lines), "costs", AS_OF, filename, **more)
    found = {each.header: each.target for each in suggestions[2:]}
    asked = "".join(each.asks for each in questions(sheet(*lines), mapping))
    return found, mapping.fixed.get("calendar_year", ""), asked


def test_months_that_go_on_after_the_turn_of_a_year_are_of_the_next_one():
    found, year, _ = _months("Nov,Dec,Jan", "costs 2024-25.csv")
    assert (list(found.values()), year) == (
        [f"actual_amount@month={month}" for month in ("11", "12", "01+1")],
        "2024",
    )


def test_the_year_they_begin_in_is_asked_where_only_one_is_named_and_decides_what_is_plan():
    found, year, asked = _months("Jan,Apr,Jul,Oct", "costs 2025.csv")
    assert year == "2025" and not asked
    found, year, asked = _months("Nov,Dec,Jan,Feb,Mar", "costs 2025.csv")
    assert year == "" and asked.startswith("Of which year is the first month?")
    found, *_ = _months("Nov,Dec,Jan,Feb,Mar", "costs 2025.csv", year="2024")
    assert [each.partition("_")[0] for each in found.values()] == ["actual"] * 4 + ["planned"]


def test_months_in_no_order_need_their_years_written():
    found, *_ = _months("Nov,Jan,Dec", "costs 2025.csv")
    assert set(found.values()) == {None}


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("costs 2025.csv", "2025"),
        ("costs-2025-03.csv", "2025"),
        ("costs 2024-25.csv", ""),
        ("2024 and 2025.csv", ""),
        ("FY2025.csv", ""),
        ("inv20251.csv", ""),
    ],
)
def test_the_year_of_a_files_name_is_taken_only_where_it_is_one(name, year):
    found = suggest(sheet("Project,Type,Jan,Feb", "a,cloud,1,2"), "costs", AS_OF, name)[0].fixed
    assert found == ({"calendar_year": year} if year else {})
