"""Targets beyond a plain column: another table of the file's initiatives, or one part of a table.

A target is a column (`name`), a column of a table that hangs on the file's initiatives
(`barriers.barrier`, in an inventory), and either of them for fixed values of other columns, when
the file has a column per month, category, metric or capability:

    actual_amount@2025-01                          a month's actual costs, in a costs file
    costs.planned_amount@month=2025-01,category=people
    value@psi                                      a metric of its own
    capabilities.state@alerting                    a capability's state, in an inventory

A value without a name is that of the column by which the table is usually spread.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.errors import MappingRefused
from data.tables import TABLES, Column

INVENTORIES = ("inventory", "initiatives")
SPREAD_BY = {
    "costs": "month",
    "benefits": "month",
    "model_metrics": "metric",
    "capabilities": "capability",
}
HANGING = ("costs", "benefits", "capabilities", "barriers", "model_metrics")


@dataclass(frozen=True)
class Path:
    """A column of a table, for fixed values of other columns of it."""

    table: str
    column: Column
    fixed: Mapping[str, str] = field(default_factory=dict)


def is_path(target: str) -> bool:
    """Whether a target is more than a plain column."""
    return "@" in target or "." in target


def parse(target: str, as_: str) -> Path:
    """What a target says in a file brought in as `as_`; MappingRefused naming what is wrong."""
    where, _, fixed = target.partition("@")
    table, _, name = where.strip().rpartition(".")
    table = _table(table.strip() or as_, as_, target)
    if name.strip() not in TABLES[table].names:
        known = ", ".join(TABLES[table].names)
        raise MappingRefused(f'"{target}": {table} has no column {name.strip()}; it has {known}.')
    values = dict(_value(each, table, target) for each in fixed.split(",") if each.strip())
    return Path(table, TABLES[table].column(name.strip()), values)


def written(column: str, table: str = "", **fixed: str) -> str:
    """A target as text: the inverse of `parse`."""
    values = ",".join(f"{name}={value}" for name, value in fixed.items())
    return (f"{table}." if table else "") + column + (f"@{values}" if values else "")


def _table(table: str, as_: str, target: str) -> str:
    if table == as_ and as_ in TABLES:
        return table
    if as_ in INVENTORIES and table in HANGING:
        return table
    can = ", ".join(HANGING) if as_ in INVENTORIES else f"{as_} alone"
    raise MappingRefused(f'"{target}": a file of {as_} can also feed {can}, not {table}.')


def _value(text: str, table: str, target: str) -> tuple[str, str]:
    name, is_named, value = text.partition("=")
    if not is_named:
        name, value = SPREAD_BY.get(table, ""), text
    name, value = name.strip(), value.strip()
    if name not in TABLES[table].names:
        raise MappingRefused(
            f'"{target}": say which column of {table} holds "{value}", as name=value.'
        )
    return name, value
