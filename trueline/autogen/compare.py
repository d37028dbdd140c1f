"""Completes what stock autogenerate found: adds what it does not see and brings everything into order."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from alembic.operations import MigrateOperation
from alembic.operations.ops import CreateIndexOp, CreateTableOp, DropColumnOp, ModifyTableOps, UpgradeOps
from alembic.util import PriorityDispatchResult
from sqlalchemy import Connection, ForeignKeyConstraint, MetaData, Table

from trueline.autogen import enum, order, partition, reference_rows, schema
from trueline.autogen.live import Live, Name, read_live
from trueline.objects import objects_of

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext

_log = logging.getLogger("trueline.autogen")


def complete(context: AutogenContext, upgrade_ops: UpgradeOps) -> PriorityDispatchResult:
    """Rewrite the list of operations in place; Alembic derives the downgrade from it."""
    if context.dialect.name == "postgresql" and context.connection is not None:
        live = read_live(context.connection)
        upgrade_ops.ops = _complete(context, list(upgrade_ops.ops), live)
    return PriorityDispatchResult.CONTINUE


def _complete(context: AutogenContext, ops: list[MigrateOperation], live: Live) -> list[MigrateOperation]:
    metadata = cast("MetaData", context.metadata)
    tables = [each for each in metadata.sorted_tables if chosen(context.opts, each.schema)]
    found = order.sort_out(_postgresql_only(ops))
    used = enum.enums_of(_dropped_columns_tables(found))
    declared = enum.enums_of(tables)
    created, late = order.created_tables(found)
    waiting = _waiting(created, live)
    partitions = [each for each in objects_of(metadata).partitions if each.parent in tables]
    new_partitions = partition.missing(partitions, live)
    result: list[MigrateOperation] = [
        *schema.missing((table.schema for table in tables), live),
        *enum.missing(declared, live),
    ]
    for table in created:
        name = (table.schema, table.name)
        result += [order.without(found.creates[name], [*late, *waiting]), *found.take_modifies(name)]
    result += [*new_partitions, *(order.add_key(each) for each in late if each not in waiting)]
    drops = list(order.dropped_tables(found))
    result += [each for name in sorted(found.modifies, key=_by_name) for each in found.modifies[name]]
    result += [*found.rest, *_rows(context, metadata, tables, live), *drops]
    result += enum.orphaned(used, enum.enums_of(metadata.tables.values()), live)
    result += schema.emptied(found.drops, {table.schema for table in metadata.tables.values()}, live)
    return result


def _waiting(created: list[Table], live: Live) -> list[ForeignKeyConstraint]:
    """The keys whose target comes with a later revision, because ``-x schema=…`` leaves it out of this one."""
    there = {(table.schema, table.name) for table in created} | live.relations
    keys = [key for table in created for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name))]
    waiting = [key for key in keys if (_target(key).schema, _target(key).name) not in there]
    for key in waiting:
        _log.info("left for a later revision: %s, until %s is there", key.name, _target(key).fullname)
    return waiting


def _target(key: ForeignKeyConstraint) -> Table:
    return key.elements[0].column.table


def chosen(opts: dict[str, Any], name: str | None) -> bool:
    """Whether ``-x schema=…`` lets this schema take part; without the option every one does."""
    only: frozenset[str] = opts.get("trueline_schemas") or frozenset()
    return not only or (name or "public") in only


def _rows(context: AutogenContext, metadata: MetaData, tables: list[Table], live: Live) -> list[MigrateOperation]:
    position = {table: index for index, table in enumerate(tables)}
    declared = [each for each in objects_of(metadata).reference_rows if each.target in position]
    declared.sort(key=lambda each: position[each.target])
    return reference_rows.changes(declared, cast("Connection", context.connection), live)


def _by_name(name: Name) -> tuple[str, str]:
    return (name[0] or "", name[1])


def _dropped_columns_tables(found: order.StockOps) -> Iterable[Table]:
    """Tables that show the types which lose a user: the dropped ones, and one per dropped column."""
    for drop in found.drops.values():
        yield drop.to_table()
    for modifies in found.modifies.values():
        for op in (each for modify in modifies for each in modify.ops):
            if isinstance(op, DropColumnOp):
                yield Table(op.table_name, MetaData(), op.to_column()._copy(), schema=op.schema)


def _postgresql_only(ops: Iterable[MigrateOperation]) -> list[MigrateOperation]:
    """Leave out what a revision for PostgreSQL has no use for: options and constraints for other dialects."""
    kept = list(ops)
    for op in kept:
        if isinstance(op, CreateTableOp):
            op.info = {}
            op.kw = _postgresql_options(op.kw)
            op.columns = [item for item in op.columns if _wanted(item)]
        elif isinstance(op, ModifyTableOps):
            for each in op.ops:
                if isinstance(each, CreateIndexOp):
                    each.kw = _postgresql_options(each.kw)
    return kept


def _postgresql_options(options: Any) -> dict[str, Any]:
    return {name: value for name, value in options.items() if not name.startswith("sqlite_")}


def _wanted(item: Any) -> bool:
    """Whether a constraint's own ``ddl_if(dialect=…)`` lets it exist on PostgreSQL."""
    condition = getattr(item, "_ddl_if", None)
    dialect = getattr(condition, "dialect", None)
    return dialect is None or "postgresql" in ([dialect] if isinstance(dialect, str) else dialect)
