"""Whose rows a batch touches: a viewer of some units may write rows of those only."""

from collections.abc import Iterable

import duckdb

from data.access import Viewer
from data.errors import NotAllowed
from data.tables import TABLES

# What people say of themselves is about no unit's rows.
OF_NO_UNIT = {"assessments"}
NO_UNIT = "no unit in particular (who sees every unit may)"
Touched = dict[str | None, str | None]


def touched(cursor: duckdb.DuckDBPyConnection, viewer: Viewer, names: Iterable[str]) -> Touched:
    """The initiatives that incoming rows of these tables are about, each with its unit now.

    Rows about no initiative in particular are about everybody: they stand under None. For a
    viewer of every unit nothing is looked up, as nothing is refused.
    """
    units: Touched = {}
    if viewer.sees_every_unit:
        return units
    for name in names:
        if name in OF_NO_UNIT:
            continue
        if "initiative_id" not in TABLES[name].names:
            units[None] = None
            continue
        rows = cursor.execute(
            f"""
            select distinct initiative_id, initiatives_current.unit
            from (select initiative_id from incoming_{name})
            left join initiatives_current using (initiative_id)
            """
        )
        units.update(rows.fetchall())
    return units


def refuse_foreign(viewer: Viewer, before: Touched, after: Touched) -> None:
    """Raise NotAllowed if a batch takes from or gives to a unit the viewer does not see.

    `before` and `after` are what `touched` answers on either side of the change.
    """
    if viewer.sees_every_unit:
        return
    taken_from = {unit for unit in before.values() if unit}
    given_to = {unit or before[initiative] for initiative, unit in after.items()}
    foreign = (taken_from | given_to) - set(viewer.units)
    if foreign:
        named = ", ".join(sorted(unit or NO_UNIT for unit in foreign))
        raise NotAllowed(f"{viewer.name} may not store rows of {named}; nothing was stored.")
