"""The rules across rows: given these rows, these are told; of a clean file none is broken."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from data.access import LOCAL_OWNER, Viewer
from data.importing import checks
from data.importing.mapping import Mapping
from data.importing.problems import Problem
from data.sample import LAST_DAY, tables
from data.store import Store
from data.tables import TABLES
from tests.conftest import A, journeys, named, put, rows

TABLE_RULES = [rule for rule in checks.rules() if rule.table != "any"]


@dataclass
class File:
    """As much of a prepared file as the rules look at; rows are numbered from 1."""

    tables: dict[str, pa.Table]
    as_of: date = A
    problems: list[Problem] = field(default_factory=list)
    mapping: Mapping = field(default_factory=lambda: Mapping("costs"))

    @property
    def numbers(self) -> dict[str, pa.Array]:
        return {
            name: pa.array(np.arange(1, each.num_rows + 1)) for name, each in self.tables.items()
        }


def broken(store: Store, rule: str, viewer: Viewer = LOCAL_OWNER, **texts: str) -> list[tuple]:
    """The rows, values and severities that one rule tells of a file of small tables."""
    file = File({name: rows(name, text) for name, text in texts.items()})
    with store.reader(viewer) as cursor:
        checks.lay_out(cursor, file)
        [wanted] = [each for each in checks.rules() if f"{each.table}/{each.name}" == rule]
        found = list(checks._broken(cursor, wanted, {}))
    assert all(each.says and each.mend for each in found)
    return [(each.row, each.value) for each in found]


@pytest.mark.parametrize("rule", checks.rules(), ids=lambda rule: f"{rule.table}/{rule.name}")
def test_every_rule_says_what_it_demands_how_bad_breaking_it_is_and_how_to_mend_it(rule):
    assert rule.table == "any" or rule.table in TABLES
    assert rule.says.endswith(".") and rule.says[0].isupper()
    assert rule.severity in ("error", "warning", "info")
    assert rule.mend.endswith(".") and rule.mend[0].isupper()


def test_no_rule_is_broken_by_the_clean_sample_but_by_the_two_that_lack_an_owner(store):
    with store.reader(LOCAL_OWNER) as cursor:
        found = checks.run(cursor, File(tables(), LAST_DAY))
    told = [each.says for each in found if each.severity != "info"]
    assert len(told) == 2
    assert all("nobody is named as its owner" in says for says in told)


def test_live_without_owner(store):
    put(store, initiatives=named("b"), deployment_status=journeys("b production 2025-01-01"))
    assert broken(
        store,
        "initiatives/live_without_owner",
        initiatives="initiative_id name unit owner\na a X -\nb b X -\nc c X Jo",
        deployment_status=journeys("a pilot 2025-01-01\nc scaled 2025-01-01"),
    ) == [(2, "")]
    ownerless = "initiative_id name unit\nb b X"
    assert broken(store, "initiatives/live_without_owner", initiatives=ownerless) == []


def test_benefit_order(store):
    text = """
        initiative_id name unit benefit_low_amount benefit_base_amount benefit_high_amount
        a a X 1 2 3
        b b X 5 2 9
        c c X 1 - 0.5
        d d X - 2 -
    """
    assert [row for row, _ in broken(store, "initiatives/benefit_order", initiatives=text)] == [
        2,
        3,
    ]


def test_promise_passed(store):
    found = broken(
        store,
        "initiatives/promise_passed",
        initiatives="""
            initiative_id name unit planned_live_on
            a a X 2025-06-01
            b b X 2026-06-01
            c c X 2025-06-01
        """,
        deployment_status=journeys(
            "a pilot 2025-01-01\nb pilot 2025-01-01\nc production 2025-05-01"
        ),
    )
    assert found == [(1, "2025-06-01")]


def test_nearly_the_same(store):
    put(store, initiatives="initiative_id|name|unit\nold|Claims triage of photos|Claims")
    text = """
        initiative_id|name|unit
        a|Claim triage of photos|Claims
        b|Claims triage of photos|Retail
        c|Demand forecast 1|Retail
        d|Demand forecast 2|Retail
        e|Fraud-detection|Retail
        f|Fraud detection|Retail
    """
    assert broken(store, "initiatives/nearly_the_same", initiatives=text) == [
        (1, "Claim triage of photos"),
        (6, "Fraud detection"),
    ]


def test_spellings(store):
    put(store, initiatives="initiative_id|name|unit|owner\no|o|Claims|Anna Schmidt")
    text = """
        initiative_id|name|unit|owner
        a|a|Claims|Schmidt, Anna
        b|b|Claims dept|Anna Schmidt
        c|c|Retail|Unit 2
        d|d|Retail|Unit 1
    """
    assert broken(store, "initiatives/spellings", initiatives=text) == [(1, "Schmidt, Anna")]


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("initiatives", "initiative_id|name|unit\na|Totally new|X\nb|Grand Total|X"),
        ("costs", "initiative_id|month|category\ntotaled|2025-01|other\nTotal 2025|2025-01|other"),
        ("benefits", "initiative_id|month|kind\na|2025-01|revenue\nSumme|2025-01|revenue"),
    ],
)
def test_total_row(store, table, text):
    assert [row for row, _ in broken(store, f"{table}/total_row", **{table: text})] == [2]


def test_goes_back(store):
    stored = journeys("a production 2025-03-01\nb pilot 2025-03-01")
    put(store, initiatives=named("a", "b"), deployment_status=stored)
    text = journeys(
        "a pilot 2025-05-01\nb production 2025-06-01 stopped 2025-07-01\nc pilot 2025-01-01"
    )
    assert broken(store, "deployment_status/goes_back", deployment_status=text) == [(1, "pilot")]


def test_live_before_pilot(store):
    put(store, initiatives=named("a"), deployment_status=journeys("a pilot 2025-03-01"))
    text = journeys("a production 2025-01-05\nb pilot 2025-01-01 production 2025-01-01")
    rule = "deployment_status/live_before_pilot"
    assert broken(store, rule, deployment_status=text) == [(1, "2025-01-05")]


def test_seen_before_entered(store):
    text = """
        initiative_id stage entered_on observed_on
        a pilot 2025-02-01 2025-01-01
        b pilot 2025-02-01 2025-02-01
    """
    rule = "deployment_status/seen_before_entered"
    assert broken(store, rule, deployment_status=text) == [(1, "2025-02-01")]


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("barriers", "initiative_id barrier raised_on\na talent 2026-01-01\nb talent 2025-12-31"),
        (
            "capabilities",
            "initiative_id capability assessed_on state\na alerting 2026-01-01 missing\n"
            "b alerting 2025-12-31 missing",
        ),
        (
            "assessments",
            "assessed_on respondent question score\n2026-01-01 a 1 2\n2025-01-01 a 1 2",
        ),
        ("decisions", "decision_id done_on\n1 2026-02-01\n2 -\n3 2025-01-01"),
        (
            "model_metrics",
            "initiative_id model version metric measured_at value\na m 1 psi 2026-01-02 1\n"
            "a m 1 psi 2026-01-01 1",
        ),
        (
            "costs",
            "initiative_id month category planned_amount actual_amount\na 2026-01 data 1 1\n"
            "a 2026-02 data 1 -\na 2026-03 data 1 0\na 2025-12 data 1 1",
        ),
        (
            "benefits",
            "initiative_id month kind planned_amount realised_amount\na 2026-01 revenue 1 1\n"
            "a 2026-02 revenue 1 -\na 2025-12 revenue 1 1",
        ),
    ],
)
def test_in_the_future(store, table, text):
    assert [row for row, _ in broken(store, f"{table}/in_the_future", **{table: text})] == [1]


def test_negative_cost(store):
    text = """
        initiative_id month category planned_amount actual_amount
        a 2025-01 data 1 -5
        a 2025-02 data 1 5
    """.replace("-5", "-5.00")
    assert broken(store, "costs/negative", costs=text) == [(1, "-5.00")]


def test_costs_before_first_status(store):
    stored = journeys("a idea 2025-03-20\nb pilot 2025-03-20\nb idea ~2025-03-20")
    put(store, initiatives=named("a", "b"), deployment_status=stored)
    text = """
        initiative_id month category planned_amount actual_amount
        a 2025-02 data - 5
        a 2025-03 data - 5
        a 2025-01 data 5 -
        b 2025-01 data - 5
        unknown 2025-01 data - 5
    """
    assert broken(store, "costs/before_first_status", costs=text) == [(1, "2025-02")]


@pytest.mark.parametrize(
    ("table", "what", "amount"),
    [("costs", "category", "actual_amount"), ("benefits", "kind", "realised_amount")],
)
def test_out_of_scale(store, table, what, amount):
    word = TABLES[table].column(what).words[0]
    lines = [
        *(f"a 2025-0{month} {word} 1000 1100" for month in (1, 2, 3, 4)),
        f"a 2025-05 {word} 1200000 1200000",
        f"b 2025-05 {word} 1000 1000000",
        f"a 2025-06 {word} 1000 1.10",
        f"c 2025-06 {word} 1000 30000",
    ]
    text = "\n".join([f"initiative_id month {what} planned_amount {amount}", *lines])
    found = broken(store, f"{table}/out_of_scale", **{table: text})
    assert [row for row, _ in found] == [5, 5, 6, 7, 7]
    assert {value for _, value in found} == {"1200000.00", "1000000.00", "1.10", "1000.00"}


def test_own_history_of_costs(store):
    put(
        store,
        initiatives=named("a"),
        costs="\n".join(
            ["initiative_id month category actual_amount"]
            + [f"a 2025-0{month} data 100" for month in range(1, 8)]
        ),
    )
    text = """
        initiative_id month category actual_amount
        a 2025-08 data 700
        a 2025-09 data 400
        a 2025-09 people 700
    """
    assert broken(store, "costs/own_history", costs=text) == [(1, "700.00")]


def test_benefits_before_live(store):
    put(store, initiatives=named("a"), deployment_status=journeys("a production 2025-03-20"))
    text = """
        initiative_id month kind planned_amount realised_amount
        a 2025-02 revenue 1 1
        a 2025-03 revenue 1 1
        a 2025-01 revenue 1 0
    """
    assert broken(store, "benefits/before_live", benefits=text) == [(1, "2025-02")]


def metrics(*values: str) -> str:
    header = "initiative_id model version metric measured_at value"
    lines = [f"a m 1 {value.split()[0]} 2025-01-01 {value.split()[1]}" for value in values]
    return "\n".join([header, *lines])


def test_share_outside(store):
    text = metrics("accuracy 87", "error_share -0.1", "auc 0.8", "latency_ms 300", "generate 5")
    found = broken(store, "model_metrics/share_outside", model_metrics=text)
    assert found == [(1, "87.0"), (2, "-0.1")]


def test_metric_without_target(store):
    put(store, metric_targets="metric kind higher_is_better\npsi data_drift false")
    text = metrics("auc 0.8", "psi 0.1", "auc 0.9")
    assert broken(store, "model_metrics/without_target", model_metrics=text) == [(1, "auc")]


def test_own_history_of_metrics(store):
    header = "initiative_id model version metric measured_at value"
    days = [f"a m 1 auc 2025-01-{day:02} 0.{80 + day % 3}" for day in range(1, 26)]
    put(store, initiatives=named("a"), model_metrics="\n".join([header, *days]))
    text = metrics("auc 81", "auc 0.85", "psi 99")
    assert broken(store, "model_metrics/own_history", model_metrics=text) == [(1, "81.0")]


def test_targets_the_wrong_way(store):
    text = """
        metric kind higher_is_better amber red
        auc performance true 0.7 0.8
        psi data_drift false 0.1 0.25
        acc performance true 0.9 0.8
    """
    assert broken(store, "metric_targets/wrong_way", metric_targets=text) == [(1, "0.8")]


def test_barrier_on_live(store):
    stored = journeys("a production 2025-03-20\nb pilot 2025-03-20")
    put(store, initiatives=named("a", "b"), deployment_status=stored)
    text = """
        initiative_id barrier raised_on resolved_on
        a talent 2025-01-01 -
        b talent 2025-01-01 -
        a ownership 2025-01-01 2025-02-01
    """
    assert broken(store, "barriers/on_live", barriers=text) == [(1, "talent")]


def test_resolved_before_raised(store):
    text = """
        initiative_id barrier raised_on resolved_on
        a talent 2025-02-01 2025-01-01
        b talent 2025-02-01 2025-02-01
    """
    rule = "barriers/resolved_before_raised"
    assert broken(store, rule, barriers=text) == [(1, "2025-01-01")]


def test_score_outside(store):
    text = "assessed_on respondent question score\n2025-01-01 a 1 5\n2025-01-01 a 2 4"
    assert broken(store, "assessments/score_outside", assessments=text) == [(1, "5.0")]


def test_shifted_rows_are_those_with_three_cells_of_different_kinds_that_do_not_fit(store):
    mapping = Mapping("costs", columns={"m": "month", "c": "category", "p": "planned_amount"})
    cells = ["2 m", "2 c", "2 p", "3 m", "3 m", "3 p", "0 m", "0 c", "0 p", "4 m", "4 x", "4 y"]
    seen = [Problem(int(cell[0]), cell[2], "", "warning", "-", "-") for cell in cells]
    with store.reader(LOCAL_OWNER) as cursor:
        found = checks.run(cursor, File({}, problems=seen, mapping=mapping))
    assert [each.row for each in found] == [2]


def test_rules_see_no_rows_the_viewer_may_not_see(store):
    put(store, initiatives=named("old"))
    text = "initiative_id|name|unit\nnew|old.|Claims"
    outsider = Viewer("x", role="analyst", units=("Retail",))
    for viewer in (LOCAL_OWNER, outsider):
        with store.reader(viewer) as cursor:
            checks.lay_out(cursor, File({"initiatives": rows("initiatives", text)}))
            [(count,)] = cursor.execute("select count(*) from after_initiatives").fetchall()
            assert count == (2 if viewer is LOCAL_OWNER else 1)


def test_of_many_findings_a_thousand_are_told_and_the_rest_counted(store):
    count = 5_000
    values = pa.array(np.full(count, 5.0))
    text = pa.array(["auc"] * count).dictionary_encode()
    table = pa.table(
        {
            "initiative_id": text,
            "model": text,
            "version": text,
            "metric": text,
            "measured_at": pa.array(np.arange(count), pa.timestamp("us")),
            "value": values,
        }
    )
    with store.reader(LOCAL_OWNER) as cursor:
        found = checks.run(cursor, File({"model_metrics": table}))
    outside = [each for each in found if "is a share" in each.says]
    assert len(outside) == checks.EXAMPLES
    assert [each.says for each in found if each.row == 0] == [
        "4,000 more rows: A share lies between 0 and 1."
    ]
