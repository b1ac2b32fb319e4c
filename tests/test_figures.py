"""What the board and the portfolio show equals what plain loops say, whatever the day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from conftest import FEDERAL, FEDERAL_DAY, ROOT, ask, put
from pandas.testing import assert_frame_equal
from reference import (
    GIVEN,
    NAMED,
    Row,
    Rows,
    chance,
    headline,
    impact,
    monthly_costs,
    open_barriers,
    risks,
    slip_days,
    standing,
)
from test_figures_cases import Case, assert_same, every_case, opened, rows_of
from test_figures_delivery import (
    MONTH,
    incidence,
    median_days,
    naive_median_days,
    time_to_production,
)

import queries
from dashboard import briefing, filters
from data import batches, uploads, verify
from data.access import LOCAL_OWNER
from data.sample import LAST_DAY
from data.store import Lens, Store

# Its answer lists what was undone, so it is meant to differ afterwards.
TELLS_OF_UNDO = "sources/batches"
SOMETHING = {
    "initiative_id": "INI-001",
    "model": "delivery-window",
    "metric": "error_share",
    "number": 1,
}


def initiatives(rows: Rows, as_of: date) -> list[Row]:
    stands, likely, risk = standing(rows, as_of), chance(rows, as_of), risks(rows, as_of)
    costs = monthly_costs(rows, as_of)
    return [
        _initiative(
            facts,
            stands.get(facts["initiative_id"], {}),
            likely,
            risk.get(facts["initiative_id"], (False, False, False)),
        )
        | {
            "barriers": tuple(
                barrier["barrier"] for barrier in open_barriers(rows, facts["initiative_id"], as_of)
            ),
            "slip_days": slip_days(facts, as_of)
            if stands.get(facts["initiative_id"], {}).get("is_open")
            else None,
            "spent_amount": sum(costs[facts["initiative_id"]].values())
            if facts["initiative_id"] in costs
            else None,
        }
        for facts in rows.initiatives
    ]


def _initiative(facts: Row, stand: Row, likely: dict, risk: tuple) -> Row:
    benefit = facts["benefit_base_amount"]
    p = likely[stand["stage"]] if stand.get("is_open") else None
    flags = ("is_open", "is_in_pilot_work", "is_live", "is_lost", "is_stalled")
    is_red, is_unmeasured, is_ownerless = risk
    return (
        {key: facts[key] for key in (*NAMED, *GIVEN)}
        | {key: stand.get(key) for key in ("stage", "entered_on", "days_in_stage", "first_on")}
        | {flag: stand.get(flag, False) for flag in flags}
        | {
            "furthest_rank": stand.get("furthest_rank", 0),
            "has_stage": bool(stand),
            "is_live_red": is_red,
            "is_live_unmeasured": is_unmeasured,
            "is_live_ownerless": is_ownerless,
            "live_share": 1.0 if stand.get("is_live") else p,
            "cost_of_delay_amount": p * benefit / 12 if p and benefit is not None else None,
        }
    )


def brief(rows: Rows, as_of: date) -> Row:
    """Every figure of the brief."""
    durations = time_to_production(rows, as_of, "pilot")
    share, low, high = incidence(durations, 12 * MONTH)
    timed = {
        "live_in_year_share": share,
        "live_in_year_low_share": low,
        "live_in_year_high_share": high,
        "count_in_passage": sum(row["left_out"] is None for row in durations),
        "median_live_days": median_days(durations),
        "naive_median_days": naive_median_days(durations),
    }
    return headline(rows, as_of) | impact(rows, as_of) | timed


@pytest.fixture(scope="module", **every_case)
def case(request, tmp_path_factory) -> Iterator[Case]:
    with opened(request, tmp_path_factory.mktemp("case")) as it:
        yield it


def figures(case: Case, as_of: date | None = None) -> dict:
    asked = ("board/headline", "board/impact", "delivery/time_to_production")
    return briefing.figures(*(case.ask(name, as_of, from_stage="pilot") for name in asked))


@pytest.mark.parametrize(
    ("name", "reference"), [("board/headline", headline), ("board/impact", impact)]
)
def test_the_board_says_what_the_rows_say(case, name, reference):
    assert_same(case.ask(name), [reference(case.rows, case.as_of)])


def test_every_figure_of_the_brief_can_be_worked_out_from_the_rows(case):
    assert_same(pd.DataFrame([figures(case)]), [brief(case.rows, case.as_of)])


def test_every_initiative_stands_where_its_rows_say(case):
    answer = case.ask("portfolio/initiatives")
    assert_same(answer, initiatives(case.rows, case.as_of), case.without)


def test_the_trend_ends_on_the_day_and_looks_back_to_twelve_months_ends(case):
    days, end = [case.as_of], case.as_of.replace(day=1) - timedelta(days=1)
    while len(days) < 13:
        days.insert(0, end)
        end = end.replace(day=1) - timedelta(days=1)
    assert filters.trend_days(case.as_of) == days


def test_a_point_of_the_trend_is_the_figure_asked_as_of_that_day(case):
    for day in filters.trend_days(case.as_of)[:: 1 if case.is_sample else 4]:
        assert_same(pd.DataFrame([figures(case, day)]), [brief(case.rows, day)])


def answers(store: Store, lens: Lens | None = None) -> dict[str, pd.DataFrame]:
    names = [name for name in queries.names() if name != TELLS_OF_UNDO]
    return {name: ask(store, name, lens=lens, **SOMETHING) for name in names}


def assert_unchanged(before: dict[str, pd.DataFrame], after: dict[str, pd.DataFrame]) -> None:
    """Every answer is the same, row for row; sums of fractions may be added up in another order."""
    for name, answer in before.items():
        assert_frame_equal(answer, after[name], rtol=1e-12, atol=0, obj=name)


def bring_in(store: Store, content: bytes, as_: str, as_of: date) -> str:
    """Import a file; the id of its batch."""
    prepared = uploads.look_at(store, LOCAL_OWNER, content, f"{as_}.csv", as_, as_of)
    return uploads.keep(store, LOCAL_OWNER, prepared, "upload").stored.batch_id


def federal_content() -> bytes:
    if not FEDERAL.exists():
        pytest.skip(f"{FEDERAL.name} is not beside this project")
    return FEDERAL.read_bytes()


def corrected(name: str, change) -> bytes:
    """One of the sample's files, changed, as bytes."""
    frame = pd.read_csv(ROOT / "data" / "sample" / f"{name}.csv", dtype=str, keep_default_na=False)
    return change(frame).to_csv(index=False).encode()


def correct(store: Store) -> list[str]:
    """Bring in corrections to rows the sample has, and one unit's new name; the batches' ids."""
    files = {
        "initiatives": lambda rows: rows.replace({"unit": {"Logistics": "Transport"}}),
        "deployment_status": lambda rows: rows.assign(stage="stopped", entered_on="2026-10-01")[:9],
        "costs": lambda rows: rows.assign(actual_amount="1000")[:500],
        "barriers": lambda rows: rows.assign(resolved_on="2026-10-15")[:20],
    }
    return [
        bring_in(store, corrected(name, change), name, LAST_DAY) for name, change in files.items()
    ]


def test_undo_brings_back_exactly_the_figures_from_before_another_file(sample):
    before = answers(sample)
    batch = bring_in(sample, federal_content(), "inventory", FEDERAL_DAY)
    assert not answers(sample)["delivery/funnel"].equals(before["delivery/funnel"])
    batches.undo(sample, batch, LOCAL_OWNER)
    assert_unchanged(before, answers(sample))
    assert not any(verify.differences(sample).values())


def test_undo_brings_back_exactly_the_figures_from_before_corrections(sample):
    before = answers(sample)
    ids = correct(sample)
    after = answers(sample)
    assert not after["board/impact"].equals(before["board/impact"])
    for batch in ids:
        batches.undo(sample, batch, LOCAL_OWNER)
    assert_unchanged(before, answers(sample))
    for batch in ids:
        batches.redo(sample, batch, LOCAL_OWNER)
    assert_unchanged(after, answers(sample))


def test_what_was_known_before_later_imports_is_what_was_shown_then(sample):
    before = answers(sample)
    then = datetime.now(UTC).replace(tzinfo=None)
    correct(sample)
    bring_in(sample, federal_content(), "inventory", FEDERAL_DAY)
    assert not answers(sample)["board/impact"].equals(before["board/impact"])
    assert_unchanged(before, answers(sample, Lens(known_at=then)))


def test_two_portfolios_in_one_store_are_counted_together(sample):
    bring_in(sample, federal_content(), "inventory", FEDERAL_DAY)
    both, other = rows_of("sample"), rows_of("federal")
    rows = Rows(
        both.initiatives + other.initiatives,
        both.deployment_status + other.deployment_status,
        both.costs,
        both.barriers,
        both.model_metrics,
        both.metric_targets,
    )
    assert_same(ask(sample, "board/headline"), [headline(rows, LAST_DAY)])
    assert_same(ask(sample, "board/impact"), [impact(rows, LAST_DAY)])


def test_engineers_count_until_the_first_exit_not_until_the_paperwork_after_it(store):
    put(
        store,
        initiatives="""
        initiative_id  name  unit    engineers_fte
        a              a     Retail  2
        """,
        deployment_status="""
        initiative_id  stage    entered_on
        a              pilot    2025-01-01
        a              stopped  2025-03-01
        a              retired  2025-12-01
        """,
    )
    [months] = ask(store, "board/impact")["idle_engineer_months"]
    assert months == pytest.approx(2 * 59 / MONTH)


def test_all_that_was_spent_includes_what_no_stage_is_known_of(store):
    put(
        store,
        initiatives="""
        initiative_id  name  unit
        a              a     Retail
        b              b     Retail
        """,
        deployment_status="""
        initiative_id  stage    entered_on
        a              stopped  2025-03-01
        """,
        costs="""
        initiative_id  month    category  actual_amount
        a              2025-01  people    100
        b              2025-01  people    300
        """,
    )
    [answer] = ask(store, "board/impact").to_dict("records")
    assert (answer["spent_amount"], answer["stuck_spend_share"]) == (400, 0.25)
