"""Prove that the current rows follow from their versions."""

from data.store import Store
from data.tables import TABLES, Table
from data.views import DAYS_AS_KNOWN

KEPT_DAYS = "model_metrics_daily_current"
DAYS = (
    "initiative_id, model, version, metric, measured_on, value, value_low, value_high, "
    "count_values, unit, sponsor"
)


def differences(store: Store) -> dict[str, int]:
    """Rebuild every table's current rows from the versions; how many differ, per table (0 is well).

    The daily roll-up of model metrics is rebuilt and compared too.
    """
    pairs = {table.name: (_rebuilt(table), _kept(table)) for table in TABLES.values()}
    pairs["model_metrics_daily"] = (f"({DAYS_AS_KNOWN})", f"(select {DAYS} from {KEPT_DAYS})")
    with store.connection.cursor() as cursor:
        return {
            name: cursor.execute(
                f"""
                select count(*) from (
                    (from {rebuilt} except all from {kept})
                    union all
                    (from {kept} except all from {rebuilt})
                )
                """
            ).fetchall()[0][0]
            for name, (rebuilt, kept) in pairs.items()
        }


def _rebuilt(table: Table) -> str:
    if not table.is_of_initiative:
        return f"(select batch_id, {', '.join(table.names)} from {table.name}_history)"
    names = ", ".join(f"h.{name}" for name in table.names)
    return f"""(select h.batch_id, {names}, i.unit, i.sponsor from {table.name}_history as h
        left join initiatives_history as i using (initiative_id))"""


def _kept(table: Table) -> str:
    carried = ", unit, sponsor" if table.is_of_initiative else ""
    return f"(select batch_id, {', '.join(table.names)}{carried} from {table.name}_current)"
