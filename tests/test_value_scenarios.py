"""Scenarios are saved by name, taken off the list, and brought back as they were."""

from datetime import UTC, datetime

import pytest
from conftest import ask

from dashboard import forecast, scenarios
from data import scenarios as stored
from data.access import LOCAL_OWNER, Viewer
from data.errors import NotAllowed, ScenarioRefused
from data.store import Lens


def names(store, **lens) -> list[str]:
    return list(forecast.saved(ask(store, "value/scenarios", lens=Lens(**lens))))


def test_a_saved_scenario_comes_back_with_every_assumption(store):
    cautious = forecast.DEFAULTS | {"rate": 8.0, "haircut": True, "prior_pilot": 30.0, "seed": 7}
    assert stored.save(store, LOCAL_OWNER, "  Cautious   one ", cautious) == "Cautious one"
    [(name, assumed)] = forecast.saved(ask(store, "value/scenarios")).items()
    assert name == "Cautious one" and assumed == forecast.assumed_with(cautious)
    assert (assumed.rate, assumed.is_haircut, assumed.priors["pilot"]) == (0.08, True, 0.3)


def test_the_defaults_of_the_page_are_those_of_the_definitions():
    assert forecast.assumed_with(forecast.DEFAULTS) == scenarios.Assumptions()


def test_saving_under_the_same_name_replaces_and_keeps_what_was(store):
    for rate in (5.0, 6.0):
        stored.save(store, LOCAL_OWNER, "one", {"rate": rate})
    [assumed] = forecast.saved(ask(store, "value/scenarios")).values()
    assert assumed.rate == 0.06
    [(count,)] = store.connection.execute("select count(*) from scenario_log").fetchall()
    assert count == 2


def test_removing_and_bringing_back_restores_it(store):
    stored.save(store, LOCAL_OWNER, "one", {"rate": 5.0})
    before = ask(store, "value/scenarios")["assumptions"].tolist()
    stored.remove(store, LOCAL_OWNER, "one")
    assert names(store) == []
    stored.bring_back(store, LOCAL_OWNER, "one")
    assert names(store) == ["one"]
    assert ask(store, "value/scenarios")["assumptions"].tolist() == before


def test_a_past_moment_shows_the_scenarios_of_then(store):
    early = datetime.now(UTC).replace(tzinfo=None)
    stored.save(store, LOCAL_OWNER, "one", {})
    assert names(store, known_at=early) == [] and names(store) == ["one"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_nobody_could_find_again_is_refused(store, name):
    with pytest.raises(ScenarioRefused):
        stored.save(store, LOCAL_OWNER, name, {})


def test_what_is_not_on_the_list_cannot_be_removed_or_brought_back(store):
    stored.save(store, LOCAL_OWNER, "one", {})
    for change, name in ((stored.remove, "two"), (stored.bring_back, "one")):
        with pytest.raises(ScenarioRefused, match="load the page again"):
            change(store, LOCAL_OWNER, name)


def test_who_only_looks_may_load_but_not_save(store):
    stored.save(store, Viewer("chair", "chair"), "one", {})
    executive = Viewer("ana", "executive")
    with pytest.raises(NotAllowed):
        stored.save(store, executive, "two", {})
    assert list(ask(store, "value/scenarios", executive)["name"]) == ["one"]
    assert ask(store, "value/scenarios", Viewer("bob", units=())).empty
