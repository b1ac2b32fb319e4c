"""Columns are recognized by header and values; a mapping is checked and used as it is written."""

import json

import pytest

from data.errors import MappingRefused
from data.importing import mapping as mappings
from data.importing import read, suggest
from data.importing.mapping import INVENTORY, checked, from_json, targets
from data.tables import TABLES


def suggested(text: str, as_: str = INVENTORY) -> dict[str, str]:
    return dict(suggest(read(text.encode()), as_)[0].columns)


def table(header: str, *rows: str, sep: str = ",") -> str:
    return "\n".join(row.replace(",", sep) for row in (header, *rows)) + "\n"


def test_the_older_public_inventory_is_recognized():
    text = table(
        "Use_Case_ID,Department_Code,Agency,Office,Title,Summary,Development_Stage,Techniques,"
        "Date_Initiated,Date_when_Acquisition_and_or_Development_began,Department",
        "X-1,X,North,,Triage,Sorts,Initiation,ML,3/13/2020,,Works",
        "X-2,X,North,,Pricing,Prices,Development and Acquisition,ML,3/4/2020,4/1/2020,Works",
        "X-3,X,South,,Churn,Warns,In production: more than 1 year,ML,,,Works",
    )
    assert suggested(text) == {
        "Use_Case_ID": "initiative_id",
        "Title": "name",
        "Summary": "description",
        "Development_Stage": "stage",
        "Date_Initiated": "entered_on:idea",
        "Date_when_Acquisition_and_or_Development_began": "entered_on:proof_of_concept",
        "Department": "unit",
    }


def test_the_newer_public_inventory_is_recognized():
    text = table(
        "Use Case Name,Bureau/Component,Email Address,Stage of Development,Is it high-impact?,"
        "What problem is the AI intended to solve?,"
        "Date when AI use case became operational or the pilot’s start date",
        "Triage,A,x@example.org,c) Deployed – The use case is used.,No,Slow letters,7/13/2024",
        "Pricing,B,x@example.org,b) Pilot – The use case is tried.,No,Old prices,Apr-25",
        "Churn,A,x@example.org,d) Retired – No longer there.,No,Lost clients,",
    )
    assert suggested(text) == {
        "Use Case Name": "name",
        "Bureau/Component": "unit",
        "Stage of Development": "stage",
        "What problem is the AI intended to solve?": "description",
        "Date when AI use case became operational or the pilot’s start date": "entered_on",
    }


def test_a_company_list_is_recognized():
    text = table(
        "Project,Dept,Phase,Kick-off,PoC,Go-live date,Planned go-live,Lead,RAG,Cancelled",
        "Triage,Claims,Live,01.02.2023,13.03.2023,01.05.2024,01.04.2024,A. B.,Green,",
        "Pricing,Retail,On hold,01.02.2023,,,31.12.2026,C. D.,Amber,",
        "Churn,Retail,Pilot,01.02.2023,,,31.12.2026,C. D.,Red,01.06.2024",
        sep=";",
    )
    assert suggested(text) == {
        "Project": "name",
        "Dept": "unit",
        "Phase": "stage",
        "Kick-off": "entered_on:idea",
        "PoC": "entered_on:proof_of_concept",
        "Go-live date": "entered_on:production",
        "Planned go-live": "planned_live_on",
        "Lead": "owner",
        "RAG": "declared_status",
        "Cancelled": "entered_on:stopped",
    }


def test_values_decide_what_a_status_is():
    rag = table("Name,Status", "A,Green", "B,Red")
    stages = table("Name,Status", "A,Pilot", "B,Deployed")
    assert suggested(rag)["Status"] == "declared_status"
    assert suggested(stages)["Status"] == "stage"


def test_stages_are_recognized_under_any_header():
    text = table("Name,Where is it now?", "A,Pilot", "B,Live", "C,Idea")
    assert suggested(text)["Where is it now?"] == "stage"


def test_repeated_identifiers_are_no_identifiers():
    text = table("Project ID,Project Name", "1,A", "1,B", "2,C")
    mapping, suggestions = suggest(read(text.encode()), INVENTORY)
    assert mapping.columns == {"Project Name": "name"}
    assert "its values repeat" in suggestions[0].why


def test_a_long_question_is_not_taken_for_a_name():
    question = "Is the AI use case found in the list below of general products and services?"
    text = table(f"{question},Use Case Name", "No,A", "No,B", "Yes,C", "No,D", "No,E")
    assert suggested(text) == {"Use Case Name": "name"}


def test_every_suggestion_says_why_and_how_sure_it_is():
    text = table("Agency,Agency Abbreviation,Colour", "North,N,blue", "South,S,red")
    unit, abbreviation, colour = suggest(read(text.encode()), INVENTORY)[1]
    assert (unit.target, unit.confidence > 0.9) == ("unit", True)
    assert abbreviation.why == '"Agency" fits unit better.'
    assert (colour.target, colour.why) == (None, "Nothing we know is called so.")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_written_with_its_own_column_names_is_recognized(name):
    columns = TABLES[name].columns
    cells = {
        "date": "2024-03-13",
        "month": "2024-03",
        "timestamp": "2024-03-13 10:00",
        "amount": "12.50",
        "number": "3",
        "flag": "yes",
        "list": "finance",
        "text": "some text",
    }
    row = [column.words[0] if column.words else cells[column.kind] for column in columns]
    text = table(",".join(TABLES[name].names), ",".join(row))
    assert suggested(text, name) == {column: column for column in TABLES[name].names}


def test_a_costs_file_is_recognized():
    text = table("Project ID,Period,Cost type,Budget,Actuals", "a,2024-03,Staff,100,90")
    assert list(suggested(text, "costs").values()) == [
        *("initiative_id", "month", "category"),
        *("planned_amount", "actual_amount"),
    ]


def test_a_mapping_survives_its_file():
    given = {
        "as": "inventory",
        "as_of": "2024-12-16",
        "columns": {"Use Case Name": "name", "Date Initiated": "entered_on:idea"},
        "values": {"stage": {"Operation and Maintenance": "production", "On hold": None}},
    }
    assert from_json(json.dumps(given)).to_dict() == given


def test_headers_and_words_match_whatever_their_case_and_white_space():
    given = from_json({"as": "inventory", "columns": {" use  case NAME ": "name"}, "values": {}})
    assert checked(given, INVENTORY, ["Use Case Name"]).columns == {"Use Case Name": "name"}
    assert mappings.alike(" On\n HOLD ") == "on hold"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("{", "not valid JSON"),
        ("[]", "must be a JSON object"),
        ({"as": "inventry"}, '"inventry": it must be inventory, initiatives'),
        ({"as": "costs", "colums": {}}, 'no "colums"'),
        ({"as": "costs", "as_of": "yesterday"}, '"as_of" is "yesterday"'),
        ({"as": "costs", "columns": ["month"]}, '"columns" must map'),
        ({"as": "costs", "values": {"category": ["x"]}}, '"values" must map'),
        ({"as": "costs", "values": {"category": {"x": 1}}}, "must be text or null"),
    ],
)
def test_a_malformed_mapping_is_refused_in_one_sentence(given, says):
    with pytest.raises(MappingRefused, match=says):
        from_json(given if isinstance(given, str) else json.dumps(given))


@pytest.mark.parametrize(
    ("columns", "values", "says"),
    [
        ({"Nme": "name"}, {}, 'no column "Nme": it has "Name", "Phase"'),
        ({"Name": "nme"}, {}, '"nme", wanted for "Name".*choose initiative_id, name'),
        ({"Name": "name", "Phase": "name"}, {}, 'Both "Name" and "Phase" are mapped to name'),
        ({"Phase": "stage"}, {"stage": {"Go": "running"}}, '"running".*choose idea'),
        ({"Phase": "stage"}, {"stagee": {}}, '"values" names "stagee"'),
        ({"Name": "name", "name ": "unit"}, {}, "twice"),
    ],
)
def test_a_mapping_that_does_not_fit_the_file_is_refused_naming_the_choices(columns, values, says):
    given = from_json({"as": "inventory", "columns": columns, "values": values})
    with pytest.raises(MappingRefused, match=says):
        checked(given, INVENTORY, ["Name", "Phase"])


def test_a_mapping_for_another_table_is_refused():
    with pytest.raises(MappingRefused, match="for costs and the file is brought in as benefits"):
        checked(from_json({"as": "costs", "columns": {}}), "benefits", [])


def test_an_unknown_table_is_refused_naming_the_tables():
    with pytest.raises(MappingRefused, match="inventory, initiatives, deployment_status"):
        targets("spendings")
