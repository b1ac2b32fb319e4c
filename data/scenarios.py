"""Scenarios saved by name: what a forecast assumed, who said so, and when. Only ever added to."""

import json
from collections.abc import Mapping

from data.access import Viewer
from data.errors import NotAllowed, ScenarioRefused
from data.store import Store

LONGEST_NAME = 60


def may_save(viewer: Viewer) -> bool:
    """Whether the viewer may save scenarios everybody sees: whoever may import or decide."""
    return viewer.may("import") or viewer.may("decide")


def save(store: Store, viewer: Viewer, name: str, assumptions: Mapping[str, object]) -> str:
    """Save assumptions under a name, in place of what it stood for. Returns the name as saved.

    Raises ScenarioRefused for a name that is empty or too long, NotAllowed.
    """
    name = " ".join(name.split())
    if not name:
        raise ScenarioRefused("A scenario needs a name: type one, then save.")
    if len(name) > LONGEST_NAME:
        raise ScenarioRefused(f"The name is longer than {LONGEST_NAME} letters: shorten it.")
    _log(store, viewer, name, "saved", json.dumps(dict(assumptions)))
    return name


def remove(store: Store, viewer: Viewer, name: str) -> None:
    """Take a scenario off the list; it can be brought back."""
    _turn(store, viewer, name, "removed")


def bring_back(store: Store, viewer: Viewer, name: str) -> None:
    """Put a removed scenario on the list again, as it was."""
    _turn(store, viewer, name, "saved")


def _turn(store: Store, viewer: Viewer, name: str, event: str) -> None:
    with store.connection.cursor() as cursor:
        rows = cursor.execute(
            "select event, assumptions::text from scenario_log where name = $name "
            "order by happened_at desc, event_id desc limit 1",
            {"name": name},
        ).fetchall()
    if not rows or rows[0][0] == event:
        raise ScenarioRefused(f"There is no scenario {name} to change: load the page again.")
    _log(store, viewer, name, event, rows[0][1])


def _log(store: Store, viewer: Viewer, name: str, event: str, assumptions: str) -> None:
    if not may_save(viewer):
        raise NotAllowed(
            f"{viewer.name} ({viewer.role}) may not save scenarios; ask an owner for that right."
        )
    with store.writing() as cursor:
        cursor.execute(
            """
            insert into scenario_log by name
            select
                uuidv7() as event_id, $name as name, $event as event,
                $assumptions::json as assumptions, now()::timestamp as happened_at, $who as who
            """,
            {"name": name, "event": event, "assumptions": assumptions, "who": viewer.name},
        )
