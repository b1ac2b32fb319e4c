"""Objects of a platform that name no initiative, linked to one by somebody. Only ever added to."""

from data.access import Viewer
from data.connectors.pulled import Link, Unmapped
from data.connectors.settings import SOURCES
from data.errors import ConnectorError
from data.store import Store


def of(store: Store, source: str) -> dict[str, Link]:
    """The links of a platform's objects that stand, by the object's key."""
    with store.connection.cursor() as cursor:
        rows = cursor.execute(
            """
            select key, initiative_id, model from link_log
            where source = $source
            qualify row_number() over (
                partition by key order by happened_at desc, event_id desc
            ) = 1 and event = 'linked'
            """,
            {"source": source},
        ).fetchall()
    return {key: Link(initiative_id, model) for key, initiative_id, model in rows}


def save(
    store: Store, viewer: Viewer, source: str, thing: Unmapped, initiative_id: str, model: str
) -> None:
    """Link an object to an initiative; the next pull brings its rows.

    An empty `model` leaves the model's name to the platform. Raises ConnectorError for an
    initiative nobody knows and for a model name another object of the platform has there already.
    """
    link = Link(initiative_id, " ".join(model.split()) or None)
    taken = [key for key, other in of(store, source).items() if other == link and link.model]
    if set(taken) - {thing.key}:
        raise ConnectorError(
            f"Another object of {SOURCES[source].label} is model {link.model} of {initiative_id} "
            "already: give this one another name."
        )
    _log(store, viewer, source, thing, link, "linked")


def remove(store: Store, viewer: Viewer, source: str, key: str) -> None:
    """Take a link back. What was pulled by it stays until its batch is undone."""
    link = of(store, source).get(key)
    if link is None:
        raise ConnectorError("There is no such link any more: load the page again.")
    with store.connection.cursor() as cursor:
        [(kind, name)] = cursor.execute(
            "select kind, name from link_log where source = $source and key = $key "
            "order by happened_at desc, event_id desc limit 1",
            {"source": source, "key": key},
        ).fetchall()
    _log(store, viewer, source, Unmapped(kind, key, name), link, "unlinked")


def _log(
    store: Store, viewer: Viewer, source: str, thing: Unmapped, link: Link, event: str
) -> None:
    viewer.must("import")
    with store.writing() as cursor:
        known = cursor.execute(
            "select 1 from initiatives_current where initiative_id = $id",
            {"id": link.initiative_id},
        ).fetchall()
        if not known and event == "linked":
            raise ConnectorError(f"There is no initiative {link.initiative_id}: choose another.")
        cursor.execute(
            """
            insert into link_log by name
            select
                uuidv7() as event_id, $source as source, $key as key, $kind as kind,
                $name as name, $initiative_id as initiative_id, $model as model,
                $event as event, now()::timestamp as happened_at, $who as who
            """,
            {
                "source": source,
                "key": thing.key,
                "kind": thing.kind,
                "name": thing.name,
                "initiative_id": link.initiative_id,
                "model": link.model,
                "event": event,
                "who": viewer.name,
            },
        )
