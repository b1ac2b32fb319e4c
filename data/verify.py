"""Prove that the current rows follow from their versions."""

from data.store import Store
from data.tables import TABLES, Table


def differences(store: Store) -> dict[str, int]:
    """Rebuild every table's current rows from the versions; how many differ per table (0: well)."""
    with store.connection.cursor() as cursor:
        return {
            table.name: cursor.execute(
                f"""
                select count(*) from (
                    (from {_rebuilt(table)} except all from {_kept(table)})
                    union all
                    (from {_kept(table)} except all from {_rebuilt(table)})
                )
                """
            ).fetchall()[0][0]
            for table in TABLES.values()
        }


def _rebuilt(table: Table) -> str:
    if not table.is_of_initiative:
        return f"(select {', '.join(table.names)} from {table.name}_history)"
    names = ", ".join(f"h.{name}" for name in table.names)
    return f"""(select {names}, i.unit, i.sponsor from {table.name}_history as h
        left join initiatives_history as i using (initiative_id))"""


def _kept(table: Table) -> str:
    carried = ", unit, sponsor" if table.is_of_initiative else ""
    return f"(select {', '.join(table.names)}{carried} from {table.name}_current)"
