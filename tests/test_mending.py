"""A cell mended in the preview is read anew, and the batch remembers it."""

import json
from datetime import date

from conftest import ask, look

from dashboard import history, importing
from data import uploads
from data.access import LOCAL_OWNER
from data.importing import checks, read
from data.importing.mending import mended

DAY = date(2025, 6, 30)
TEXT = b"name,stage,unit\nPrice letters,pilot,Claims\n,pilot,Claims\nRoutes,who knows,Retail\n"
COSTS = (
    b"initiative_id,month,category,actual_amount\na,2025-01,compute,-5\nTotal,2025-01,compute,x\n"
)


def test_only_the_mended_cells_differ():
    sheet = read(TEXT)
    after = mended(sheet, {"name": {2: "Peak shaving"}, "stage": {3: "idea", 99: "nowhere"}})
    assert after.cells("name") == ["Price letters", "Peak shaving", "Routes"]
    assert after.cells("stage") == ["pilot", "pilot", "idea"]
    assert after.cells("unit") == sheet.cells("unit") and mended(sheet, {}) is sheet


def test_a_mended_row_is_stored_and_the_batch_says_which_cell_was_mended(store):
    cells = {"name": {2: "Peak shaving"}}
    prepared = uploads.look_at(store, LOCAL_OWNER, TEXT, "list.csv", "inventory", DAY, mended=cells)
    assert prepared.rows["initiatives"] == 3 and not prepared.rows_refused
    uploads.keep(store, LOCAL_OWNER, prepared, "test")
    assert ("Peak shaving",) in look(store, "select name from initiatives")
    [row] = ask(store, "sources/batches").itertuples()
    assert json.loads(row.mapping)["mended"] == {"name": {"2": "Peak shaving"}}
    assert "mended" not in history.mapping_file(row)


def test_problems_are_filtered_by_severity_and_column(store):
    prepared = uploads.look_at(store, LOCAL_OWNER, TEXT, "list.csv", "inventory", DAY)
    every = importing.problems_table(prepared, list(importing.SEVERITIES), [])
    names = importing.problems_table(prepared, ["error"], ["name"])
    assert len(every) > len(names) == 1 and names["row"].tolist() == [2]
    assert set(importing.columns_with_problems(prepared)) >= {"name", "stage"}


def test_problems_are_filtered_by_the_rule_that_is_broken(store):
    prepared = uploads.look_at(store, LOCAL_OWNER, COSTS, "costs.csv", "costs", DAY)
    counts = importing.rules_broken(prepared)
    severities = list(importing.SEVERITIES)
    shown = {
        rule: importing.problems_table(prepared, severities, [], [rule])["says"].tolist()
        for rule in counts
    }
    assert {rule: len(says) for rule, says in shown.items()} == counts
    assert {"A cost is not negative", "No row is a total of the others"} < set(counts)
    assert sorted(sum(shown.values(), [])) == sorted(each.says for each in prepared.problems)
    sentences = {rule.says for rule in checks.rules()}
    assert all(f"{rule}." in sentences for rule in counts if rule != importing.READING)
    both = importing.problems_table(prepared, severities, [], list(counts))
    assert len(both) == len(prepared.problems)


def test_the_command_line_says_six_things_of_a_problem_of_a_rule(store):
    prepared = uploads.look_at(store, LOCAL_OWNER, COSTS, "costs.csv", "costs", DAY)
    said = [set(problem.as_dict()) for problem in prepared.problems]
    assert all(keys == {"row", "column", "value", "severity", "says", "mend"} for keys in said)


def test_rates_are_read_as_an_analyst_writes_them():
    assert importing.rates_said("USD 0.92, £ = 1.17; nothing") == {"USD": 0.92, "£": 1.17}
    assert importing.rates_said("USD 0,92, US$ 1,5; JPY 0; CHF 1,000.5") == {
        "USD": 0.92,
        "US$": 1.5,
    }
    kept = {"USD": 0.918273645, "KRW": 0.00062, "£": 123456.5}
    assert importing.rates_said(importing.rates_written(kept)) == kept
