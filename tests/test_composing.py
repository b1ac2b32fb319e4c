"""A meeting's slides say what the board says, through the meeting's own two clocks."""

from collections import Counter
from datetime import date

import hostile
import pytest
import reference_value as slow_value
from conftest import ROOT, ask, journeys, put
from reference import headline, impact, sample_rows
from rooms import room_of

from dashboard import briefing, terms
from dashboard import impact as impact_table
from dashboard.steering import compose, written
from dashboard.steering.content import TEXTURES, Briefing, Slide
from data import sample as sample_portfolio
from data.store import Lens, Store

AGENDA = [
    "headline",
    "last-decisions",
    "changes",
    "moves",
    "funnel",
    "impact",
    "decision-1",
    "decision-2",
    "decision-3",
    "decided",
    "money",
    "risks",
    "benefits",
    "steps",
    "sources",
]
MEETINGS = {
    "MTG-2025-4": date(2025, 11, 30),
    "MTG-2026-1": date(2026, 2, 28),
    "MTG-2026-2": date(2026, 5, 31),
    "MTG-2026-3": date(2026, 8, 31),
}
ONE = "meeting_id held_on title as_of\nm1 2025-06-20 First 2025-05-31\n"
TWO = ONE + "m2 2025-12-20 Second 2025-11-30\n"


@pytest.fixture(scope="module")
def decks(portfolios) -> dict[str, Briefing]:
    """The four meetings of the sample."""
    return {key: compose.briefing(room_of(portfolios.all, key)) for key in MEETINGS}


@pytest.fixture(scope="module")
def rows():
    return sample_rows(ROOT / "data" / "sample")


def slide(deck: Briefing, key: str) -> Slide:
    [found] = [each for each in deck.slides if each.key == key]
    return found


def texts(deck: Briefing) -> list[str]:
    """Every sentence of every slide, and every cell of its table as it is read."""
    said = []
    for each in (*deck.slides, *deck.appendix):
        said += [each.title, *each.says, *each.notes]
        if each.table is not None:
            shown = each.table.rows[list(each.table.labels)].to_dict("records")
            said += [written.cell(name, cell) for row in shown for name, cell in row.items()]
    return said


@pytest.mark.parametrize("key", MEETINGS)
def test_the_slides_stand_in_the_order_of_the_agenda(decks, key):
    assert [each.key for each in decks[key].slides] == AGENDA
    assert decks[key].as_of == MEETINGS[key] and decks[key].known_at is None


@pytest.mark.parametrize("key", MEETINGS)
def test_a_title_is_a_finding_in_one_line_without_a_full_stop(decks, key):
    for each in decks[key].slides:
        assert "\n" not in each.title and not each.title.endswith(".") and len(each.title) < 130


@pytest.mark.parametrize("key", MEETINGS)
def test_the_notes_give_the_day_and_the_formula_of_every_figure(decks, key):
    for each in decks[key].slides:
        assert "as of" in each.notes[0]
        for figure in each.figures:
            assert any(
                note.startswith(f"{terms.TERMS[figure.name].label} =") for note in each.notes
            )
        assert not any("{" in note for note in each.notes), "a formula kept its placeholder"


@pytest.mark.parametrize("key", MEETINGS)
def test_the_headline_is_the_share_counted_in_plain_loops(decks, rows, key):
    now, first = headline(rows, MEETINGS[key]), slide(decks[key], "headline")
    pilots, live = now["count_reached_pilot"], now["count_reached_production"]
    assert first.title.startswith(f"Of {pilots} initiatives that reached pilot, {live} (")
    counted = now | impact(rows, MEETINGS[key])
    for figure in first.figures:
        if figure.name != "live_in_year_share":
            assert figure.value == pytest.approx(counted[figure.name])


def test_a_figure_stands_beside_what_the_last_meeting_saw(decks):
    for (_, before), (_, after) in zip(
        list(decks.items())[:-1], list(decks.items())[1:], strict=True
    ):
        for key in ("headline", "money", "benefits"):
            then, now = slide(before, key).figures, slide(after, key).figures
            assert [figure.before for figure in now] == [figure.value for figure in then]


def test_a_first_meeting_compares_with_the_beginning(decks):
    first = decks["MTG-2025-4"]
    assert all(figure.before is None for each in first.slides for figure in each.figures)
    assert slide(first, "changes").title.endswith("since the beginning")
    assert slide(first, "changes").chart.categories[0] == "At the beginning"
    assert slide(first, "last-decisions").table is None


def test_the_words_of_the_document_stand_as_they_are(decks):
    for deck in decks.values():
        [quoted] = [says for says in slide(deck, "funnel").says if briefing.DOCUMENT in says]
        assert "share of pilots" in quoted and briefing.DOCUMENT_SOURCE in quoted
        shown = slide(deck, "impact").table
        assert list(shown.labels.values())[:3] == [
            "Impact Area",
            "What Happens",
            "Business Consequences",
        ]
        assert shown.rows[["area", "happens", "consequence"]].values.tolist() == [
            [row.area, row.happens, row.consequence] for row in impact_table.ROWS
        ]


@pytest.mark.parametrize("key", MEETINGS)
def test_the_funnel_and_half_of_its_pilots_are_counted_in_plain_loops(decks, rows, key):
    now, chart = headline(rows, MEETINGS[key]), slide(decks[key], "funnel").chart
    reached, half = chart.series
    assert reached.values[2:4] == (now["count_reached_pilot"], now["count_reached_production"])
    assert half.values[3] == now["count_reached_pilot"] / 2
    assert {each for place, each in enumerate(half.values) if place != 3} == {None}


@pytest.mark.parametrize("key", MEETINGS)
def test_the_bridge_on_the_slide_adds_up_to_the_worth_worked_out_in_plain_loops(decks, rows, key):
    folder = ROOT / "data" / "sample"
    paid = slow_value.benefit_rows(folder)
    [series] = slide(decks[key], "changes").chart.series
    assert series.effects[0] == series.effects[-1] == "total"
    assert sum(series.values[:-1]) == pytest.approx(series.values[-1], abs=0.01)
    worth = slow_value.Forecast(rows, paid, MEETINGS[key]).worth()
    assert series.values[-1] == pytest.approx(worth, abs=0.01)


@pytest.mark.parametrize("key", MEETINGS)
def test_money_and_benefits_are_summed_in_plain_loops(decks, rows, key):
    as_of = MEETINGS[key]
    past = [cost for cost in rows.costs if cost["month"] <= as_of]
    spent = sum(cost["actual_amount"] or 0 for cost in past)
    planned = sum(cost["planned_amount"] or 0 for cost in past)
    shown = {figure.name: figure.value for figure in slide(decks[key], "money").figures}
    assert shown["spent_amount"] == pytest.approx(spent)
    assert shown["variance_amount"] == pytest.approx(spent - planned)
    actual, plan = slide(decks[key], "money").chart.series
    assert (sum(actual.values), sum(plan.values)) == pytest.approx((spent, planned))
    paid = slow_value.benefit_rows(ROOT / "data" / "sample")
    back = sum(row["realised_amount"] or 0 for row in paid if row["month"] <= as_of)
    shown = {figure.name: figure.value for figure in slide(decks[key], "benefits").figures}
    assert shown["realised_amount"] == pytest.approx(back)
    assert shown["roi_share"] == pytest.approx((back - spent) / spent)


def test_the_largest_risks_come_first_and_none_is_without_a_reason(decks):
    for deck in decks.values():
        each = slide(deck, "risks")
        amounts = each.table.rows["at_stake_amount"].tolist()
        assert len(amounts) == 5 and amounts == sorted(amounts, reverse=True)
        every = each.rows["portfolio/initiatives"]
        assert (every["because"] != "").all() and amounts[0] == every["at_stake_amount"].max()


def test_a_decision_names_whom_it_is_about_what_may_be_done_and_what_waiting_costs(decks):
    for deck in decks.values():
        asked = [each for each in deck.slides if each.decides]
        assert 1 <= len(asked) <= 3 and len({each.decides for each in asked}) == len(asked)
        for each in asked:
            names = [figure.name for figure in each.figures]
            assert names == ["week_amount", "waiting_days"]
            options = each.table.rows["option"].tolist()
            assert len(options) >= 3
            assert sum("(recommended)" in option for option in options) <= 1
            assert any(says.startswith("Recommended: ") for says in each.says)


def test_every_chart_fits_together(decks):
    for deck in decks.values():
        for chart in (each.chart for each in deck.slides if each.chart):
            for series in chart.series:
                assert len(series.values) == len(chart.categories)
                assert series.texture in TEXTURES
                assert len(series.effects) in (0, len(series.values))


PORTFOLIO = {
    "initiatives": """
        initiative_id name unit  owner benefit_base_amount planned_live_on
        a             Ada  Claims Ann  120000              2026-03-01
        b             Bo   Claims -    60000               2025-09-01
    """,
    "deployment_status": journeys("a pilot 2025-01-10\nb pilot 2024-01-10 production 2025-08-01"),
    "costs": """
        initiative_id month   category planned_amount actual_amount
        a             2025-05 people   10000          15000
        a             2026-01 people   1000           -
        b             2025-10 people   2000           2000
    """,
}


def close(store: Store, meeting: str) -> str:
    """The row of a meeting, closed now: it knows what was told so far."""
    [(at,)] = store.connection.execute("select max(happened_at) from batch_log").fetchall()
    return f"{meeting} {at:%Y-%m-%dT%H:%M:%S.%f}"


CLOCKED = "meeting_id held_on title as_of known_at\n"


def test_a_closed_meeting_reads_the_same_whatever_is_stored_later(store):
    put(store, **PORTFOLIO)
    put(store, meetings=TWO)
    put(store, meetings=CLOCKED + close(store, "m2 2025-12-20 Second 2025-11-30"))
    seen = compose.briefing(room_of(store, "m2"), with_appendix=True)
    put(store, deployment_status=journeys("a production 2025-11-01"))
    again = compose.briefing(room_of(store, "m2"), with_appendix=True)
    assert texts(seen) == texts(again) and seen.known_at is not None
    put(store, meetings=TWO)
    reopened = compose.briefing(room_of(store, "m2"))
    assert "Of 2 initiatives that reached pilot, 2 " in slide(reopened, "headline").title
    assert "Of 2 initiatives that reached pilot, 1 " in slide(seen, "headline").title


def test_a_figure_told_later_is_marked_as_restated(store):
    put(store, **PORTFOLIO)
    first = close(store, "m1 2025-06-20 First 2025-05-31")
    put(store, meetings=f"{CLOCKED}{first}\nm2 2025-12-20 Second 2025-11-30 -")
    put(store, costs="initiative_id month category actual_amount\na 2025-04 people 50000")
    each = slide(compose.briefing(room_of(store, "m2")), "moves")
    assert "restated since: " in each.says[0] and "Spent to date" in each.says[0]
    assert "Spent to date: €15k then, €65k now." in each.notes


def test_a_decision_taken_is_marked_on_its_slide_and_listed(store):
    put(store, **PORTFOLIO)
    put(store, meetings=TWO)
    put(
        store,
        decisions="decision_id meeting_id initiative_id outcome owner due_on\n"
        "d1 m2 a hold Ann 2026-01-31",
    )
    deck = compose.briefing(room_of(store, "m2"))
    [asked] = [each for each in deck.slides if each.decides == "a"]
    assert "hold (decided)" in asked.table.rows["option"].tolist()
    assert slide(deck, "decided").title == "This meeting took up 1 question: 1 hold"


@pytest.mark.parametrize("has_benchmarks", [True, False])
def test_a_meeting_about_nothing_says_so_on_every_slide(store, has_benchmarks):
    if has_benchmarks:
        sample_portfolio.load_benchmarks(store)
    put(store, meetings=TWO)
    deck = compose.briefing(room_of(store), with_appendix=True)
    assert [each.key for each in deck.slides if not each.key.startswith("decision-")] == [
        key for key in AGENDA if not key.startswith("deci")
    ]
    assert not deck.appendix and not any("nan" in text.split() for text in texts(deck))
    assert slide(deck, "decision-1").title.startswith("No decision is required")


def test_hostile_names_stay_the_text_they_are(store):
    hostile.put_hostile(store)
    deck = compose.briefing(room_of(store), with_appendix=True)
    said = "\n".join(texts(deck))
    for name in hostile.NAMES:
        assert name in said
    assert len(deck.appendix) == len(hostile.NAMES)


def test_the_appendix_has_every_initiative_and_asks_no_more_for_many(store, portfolios):
    few, many = [], []
    put(store, **PORTFOLIO)
    put(store, meetings=TWO)
    compose.briefing(room_of(store, asked=few), with_appendix=True)
    deck = compose.briefing(room_of(portfolios.all, asked=many), with_appendix=True)
    known = ask(portfolios.all, "portfolio/initiatives", lens=Lens(as_of=MEETINGS["MTG-2026-3"]))
    assert [each.key for each in deck.appendix] == [
        f"initiative-{row.initiative_id}"
        for row in known.sort_values(["unit", "name", "initiative_id"]).itertuples()
    ]
    assert Counter(few) == Counter(many)
    [one] = [each for each in deck.appendix if each.key == "initiative-INI-001"]
    spent = {figure.name: figure.value for figure in one.figures}["spent_amount"]
    mine = known.set_index("initiative_id").loc["INI-001"]
    assert spent == float(mine["spent_amount"])
