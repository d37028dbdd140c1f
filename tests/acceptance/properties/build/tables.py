"""Tables, with their partitions, and who may see their rows."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa

from tests.acceptance.options import sayable
from tests.acceptance.properties import spec as s
from tests.acceptance.properties.build.columns import declare_columns
from tests.acceptance.properties.build.keys import declare_checks, declare_keys
from tests.acceptance.properties.build.making import Making, table_name, unused
from tests.acceptance.properties.words import SCHEMAS
from trueline.catalog.render.words import name
from trueline.objects import Function, Partition, Policy, RowSecurity, Trigger

_BOUNDS = {
    "RANGE": ("DEFAULT", "FOR VALUES FROM (0) TO (10)", "FOR VALUES FROM (10) TO (20)", "FOR VALUES FROM (5) TO (15)"),
    "LIST": ("DEFAULT", "FOR VALUES IN (1, 2)", "FOR VALUES IN (3)", "FOR VALUES IN (2, 4)"),
    "HASH": tuple(f"FOR VALUES WITH (modulus 4, remainder {number})" for number in range(4)),
}
_COMMANDS: tuple[Literal["all", "select", "update", "delete"], ...] = ("all", "select", "update", "delete", "all")
_FIRES: tuple[dict[str, Any], ...] = (
    {"timing": "after", "events": "insert"},
    {"timing": "before", "events": ["insert", "update"], "arguments": ["it's", "%s :x"]},
    {"timing": "after", "events": ["delete", "truncate"], "for_each": "statement"},
    {"timing": "after", "events": "insert", "constraint": True, "deferrable": True, "initially_deferred": True},
    {"timing": "before", "events": "delete", "enabled": "disabled"},
    {"timing": "after", "events": "update", "for_each": "statement", "old_table": "old rows", "new_table": "new"},
)


def table_name_of(making: Making, number: int, table: s.Table) -> str:
    """What the table is called: by its number, or, where it goes by another name, by another one."""
    return making.slot(number + (33 if table.other else 0))


def declare_table(making: Making, number: int, table: s.Table) -> None:
    """With its columns, keys and checks; keys to other tables come later."""
    columns = declare_columns(making, number, table)
    built = sa.Table(
        table_name_of(making, number, table),
        making.metadata,
        *columns,
        schema=SCHEMAS[table.schema],
        comment=table.comment,
        **(_partitioning(making, making.slots[number][0]) if making.is_partitioned(number) else _storage(table)),
    )
    making.tables[number] = built
    declare_keys(making, number, table)
    declare_checks(making, number, table)
    if making.is_partitioned(number):
        _partitions(making, built, table)


def _partitioning(making: Making, column: sa.Column[Any]) -> dict[str, Any]:
    # SQLAlchemy hands this text to the driver as it is, which takes a percent sign for a parameter.
    return {"postgresql_partition_by": f"{making.spec.partitioned} ({name(column.name)})".replace("%", "%%")}


def _storage(table: s.Table) -> dict[str, Any]:
    given: dict[str, Any] = sayable(sa.Table, **{"with": {"fillfactor": 70}}) if table.how & 1 else {}
    if table.how == 6:
        given["prefixes"] = ["UNLOGGED"]
    if table.how == 4:
        given["info"] = {"replica_identity": "full", "storage_parameters": {"autovacuum_enabled": False}}
    return given


def _partitions(making: Making, built: sa.Table, table: s.Table) -> None:
    """Those whose bounds do not overlap with one before."""
    bounds = _BOUNDS[making.spec.partitioned]
    chosen = list(dict.fromkeys(table.partitions))
    if making.spec.partitioned != "HASH" and 3 in chosen:
        chosen = [each for each in chosen if each in {0, 3}]
    for each in chosen:
        own = making.free(table.schema, 20 + each)
        Partition(built, own, bounds[each])


def declare_access(making: Making, number: int, table: s.Table) -> None:
    """Row security, a policy and a trigger."""
    if table.policy is not None:
        _policy(making, number, table.policy)
    if table.trigger is not None:
        _trigger(making, number, table, table.trigger)


def _policy(making: Making, number: int, how: int) -> None:
    built = making.tables[number]
    RowSecurity(built, force=bool(how & 1), metadata=making.metadata)
    using = making.condition(number, how, how) if how in making.slots[number] else "true"
    given: dict[str, Any] = {"command": _COMMANDS[how % 5], "permissive": how % 3 != 2}
    if how in {2, 5}:
        given["with_check"] = "1 > 0" if given["command"] in {"all", "update"} else None
    if how == 4:
        given["to"] = ["pg_monitor"]
    Policy(making.slot(7), built, using=using, metadata=making.metadata, **given)
    making.nouns.append(f"POLICY {name(making.slot(7))} ON {table_name(built)}")


def _trigger(making: Making, number: int, table: s.Table, how: int) -> None:
    built = making.tables[number]
    body = f"BEGIN RETURN NEW; END -- {how} %s :x"
    given: dict[str, Any] = {"schema": SCHEMAS[table.schema], "metadata": making.metadata}
    function = Function(f"fires {number}", returns="trigger", body=body, **given)
    options = dict(_FIRES[how % 6])
    if making.is_partitioned(number) and how % 6 == 5:
        options = dict(_FIRES[0])
    if how % 6 == 0:
        column = making.slots[number].get(how // 6)
        if column is not None:
            options |= {"events": "update", "columns": [column.name]}
    elif how % 6 == 3 and len(built.c):
        options["when"] = f"NEW.{name(built.c[0].name)} IS NOT NULL"
    # A constraint trigger has the name of a constraint.
    own = unused(making.slot(8), {str(each.name) for each in built.constraints} if "constraint" in options else set())
    Trigger(own, built, function, metadata=making.metadata, **options)
    making.nouns.append(f"TRIGGER {name(own)} ON {table_name(built)}")
