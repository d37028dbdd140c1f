"""Tables as stock operations, and what those have no words for after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from alembic.operations import MigrateOperation
from alembic.operations.ops import AlterColumnOp, CreateTableOp

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.operations.object import CreateObjectOp
from trueline.autogen.operations.partition import CreatePartitionOp
from trueline.autogen.operations.stock import DropExactTableOp
from trueline.autogen.operations.table import CreateTableSqlOp, DropTableSqlOp
from trueline.autogen.stock.build import (
    Built,
    alter_column,
    build,
    comments,
    compression_words,
    is_serial,
    not_null_way,
    not_null_words,
    settings,
    storage_words,
)
from trueline.autogen.stock.constraint import add_constraint, index_operations, inline
from trueline.autogen.stock.default import default_clause
from trueline.autogen.stock.parts import Constraint, Parts, parts_of
from trueline.autogen.stock.words import left_out
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Check, Column, Comment, Exclusion, ForeignKey, Key, PrimaryKey, Table, Unique
from trueline.catalog.render import table as rendering
from trueline.catalog.render.words import name, options


def create_table(
    table: Table, catalog: Catalog, *, without: frozenset[Key] = frozenset(), default_schema: str
) -> list[MigrateOperation]:
    """The operations that create a table with its columns, constraints, comments and settings.

    Not its indexes, triggers, policies, rules, statistics and privileges, nor the sequences of serial columns for
    which `is_serial` does not hold.

    Args:
        table: the table.
        catalog: where it is from.
        without: keys of constraints that come later.
        default_schema: the schema that operations need not name.
    """
    parts = parts_of(catalog, table)
    kept = Parts(parts.columns, [each for each in parts.constraints if each.key not in without], parts.inherited)
    if table.bound:
        made = _partition if is_partition_of(table, catalog) else _attached
        return made(table, kept, catalog, default_schema)
    return _stock(table, kept, catalog, default_schema) or _raw(table, kept, catalog, default_schema)


def drop_table(table: Table, catalog: Catalog, *, default_schema: str) -> MigrateOperation:
    """The operation that drops a table; its reverse creates it with all that `create_table` makes of it."""
    created = create_table(table, catalog, default_schema=default_schema)
    if isinstance(created[0], CreateTableSqlOp):
        return DropTableSqlOp(table.schema, table.name, created)
    reverse = created[0] if isinstance(created[0], CreateTableOp) else None
    return DropExactTableOp(table.name, created, schema=left_out(table.schema, default_schema), _reverse=reverse)


def _stock(table: Table, parts: Parts, catalog: Catalog, default_schema: str) -> list[MigrateOperation] | None:
    """``op.create_table`` and what follows it, or None where that cannot say it."""
    local = [column for column in parts.columns if column.local]
    if not _can_be_stock(table, parts, default_schema) or not local:
        return None
    built = [build(column, catalog, default_schema, siblings=parts.columns) for column in local]
    if any(each is None for each in built):
        return None
    made = [each for each in built if each is not None]
    apart = {column.name for column in local if not_null_way(column, catalog, parts.columns) == "apart"}
    inside, after = _constraints(parts.constraints, local, apart, default_schema)
    created = CreateTableOp(
        table.name,
        [*(each.column for each in made), *inside],
        schema=left_out(table.schema, default_schema),
        **_keywords(table, catalog),
    )
    return [created, *_following(table, parts, catalog, made, after, default_schema=default_schema)]


def _can_be_stock(table: Table, parts: Parts, default_schema: str) -> bool:
    if table.foreign or table.of_type or table.bound:
        return False
    if "%" in (table.partition_key or "") + (table.access_method or ""):
        return False
    # SQLAlchemy writes a parent's name without its schema; what merges with a parent's column has the parent's name.
    merged = any(column.local and column.inherited for column in parts.columns)
    return not merged and all(schema == table.schema == default_schema for schema, _ in table.parents)


def _keywords(table: Table, catalog: Catalog) -> dict[str, Any]:
    said = catalog.get(("comment", *table.key))
    given = {
        "comment": said.text if isinstance(said, Comment) else None,
        "prefixes": ["UNLOGGED"] if table.persistence == "unlogged" else None,
        "postgresql_inherits": tuple(parent for _, parent in table.parents) or None,
        "postgresql_partition_by": table.partition_key,
        "postgresql_using": name(table.access_method) if table.access_method else None,
        "postgresql_tablespace": table.tablespace,
    }
    return {word: each for word, each in given.items() if each is not None}


def _constraints(
    constraints: list[Constraint], columns: list[Column], apart: set[str], default_schema: str
) -> tuple[list[sa.Constraint], list[MigrateOperation]]:
    """Those that fit into the table, and the operations for those that do not."""
    names = {column.name for column in columns}
    inside: list[sa.Constraint] = []
    after: list[MigrateOperation] = []
    for each in sorted(constraints, key=lambda one: isinstance(one, ForeignKey)):
        fits = set(each.columns) <= names and not (isinstance(each, PrimaryKey) and apart & set(each.columns))
        if isinstance(each, ForeignKey) and each.references == (each.schema, each.table):
            fits = fits and not after  # the key that it points at may be one of those
        made = inline(each, default_schema=default_schema) if fits else None
        if made is None:
            after += add_constraint(each, default_schema=default_schema)
        else:
            inside.append(made)
            after += index_operations(each)
    return inside, after


def _following(
    table: Table,
    parts: Parts,
    catalog: Catalog,
    made: list[Built],
    constraints: list[MigrateOperation],
    *,
    default_schema: str,
) -> Iterator[MigrateOperation]:
    for each in made:
        yield from each.renames
    for each in made:
        yield from each.rest
    yield from _deviations(table, parts, catalog, default_schema)
    yield from constraints
    if table.options:
        reset = ", ".join(option.partition("=")[0] for option in table.options)
        yield AlterObjectOp(table.key, f"SET {options(table.options)}", f"RESET ({reset})")
    yield from _marks(table, parts)


def _marks(table: Table, parts: Parts) -> Iterator[MigrateOperation]:
    """Row security, and what refers to an index that a key has; `create_index` does the same for other indexes."""
    if table.row_security:
        yield AlterObjectOp(table.key, "ENABLE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY")
    if table.force_row_security:
        yield AlterObjectOp(table.key, "FORCE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY")
    if table.replica_identity in {"full", "nothing"} and table.foreign is None:
        yield AlterObjectOp(table.key, f"REPLICA IDENTITY {table.replica_identity.upper()}", "REPLICA IDENTITY DEFAULT")
    for each in parts.constraints:
        if isinstance(each, PrimaryKey | Unique | Exclusion):
            yield from index_marks(table, each.name)


def index_marks(table: Table, index: str) -> Iterator[MigrateOperation]:
    """What a table says of this index: rows are identified by it, CLUSTER goes by it."""
    if table.replica_index == index:
        yield AlterObjectOp(table.key, f"REPLICA IDENTITY USING INDEX {name(index)}", "REPLICA IDENTITY DEFAULT")
    if table.clustered_on == index:
        yield AlterObjectOp(table.key, f"CLUSTER ON {name(index)}", "SET WITHOUT CLUSTER")


def _deviations(table: Table, parts: Parts, catalog: Catalog, default_schema: str) -> Iterator[MigrateOperation]:
    """What the columns that come from a parent have of their own."""
    for column in parts.columns:
        if column.local:
            continue
        parent = catalog.get(column.origin.of) if column.origin else None
        above = parent if isinstance(parent, Column) else None
        if above is not None and column.generated is None and column.default != above.default:
            yield _own_default(column, catalog, default_schema)
        if above is not None and column.not_null and not above.not_null:
            required = column.not_null_constraint
            if required is None or not_null_way(column, catalog, parts.columns) == "plain":
                schema = left_out(table.schema, default_schema)
                yield AlterColumnOp(table.name, column.name, schema=schema, modify_nullable=False)
            else:
                yield AlterObjectOp(table.key, not_null_words(column, required))
        yield from _own_settings(column, above, catalog)


def _own_settings(column: Column, above: Column | None, catalog: Catalog) -> Iterator[MigrateOperation]:
    """Statistics and options are a column's own; storage and compression come from above, too."""
    if above is None:
        yield from settings(column)
        return
    if column.storage != above.storage:
        yield alter_column(column, storage_words(column, catalog.major), storage_words(above, catalog.major))
    if column.compression != above.compression:
        yield alter_column(column, compression_words(column), compression_words(above))
    yield from settings(replace(column, storage=None, compression=None))


def _own_default(column: Column, catalog: Catalog, default_schema: str) -> MigrateOperation:
    value = default_clause(column, catalog)
    if column.default is not None and value is None:
        return alter_column(column, f"SET DEFAULT {column.written}", "DROP DEFAULT")
    schema = left_out(column.schema, default_schema)
    return AlterColumnOp(column.table, column.name, schema=schema, modify_server_default=value)


def is_partition_of(table: Table, catalog: Catalog) -> bool:
    """Whether PARTITION OF says all of a partition; else it is a table of its own before it is attached."""
    if table.persistence != "permanent" or table.foreign or table.tablespace or table.access_method:
        return False
    columns = parts_of(catalog, table).columns
    above = [catalog.get(column.origin.of) if column.origin else None for column in columns]
    pairs = [(each, parent) for each, parent in zip(columns, above, strict=True) if isinstance(parent, Column)]
    if "column_order" in catalog.watched and [parent.position for _, parent in pairs] != sorted(
        parent.position for _, parent in pairs
    ):
        return False
    return all(
        parent.not_null_constraint in {None, each.not_null_constraint} and each.generated == parent.generated
        for each, parent in pairs
    )


def _attached(table: Table, parts: Parts, catalog: Catalog, default_schema: str) -> list[MigrateOperation]:
    """A partition that was a table of its own first: names and storage that it would not get as PARTITION OF."""
    alone = replace(table, bound=None, parents=())
    own = [replace(column, local=True, inherited=False, origin=None) for column in parts.columns]
    checks = [replace(check, local=True, inherited=False, origin=None) for check in parts.inherited]
    whole = Parts(own, [*parts.constraints, *checks])
    created = _stock(alone, whole, catalog, default_schema) or _raw(alone, whole, catalog, default_schema)
    place = name(table.schema, table.name)
    actions = (f"ATTACH PARTITION {place} {table.bound}", f"DETACH PARTITION {place}")
    return [*created, AlterObjectOp(("table", *table.parents[0]), *actions)]


def _partition(table: Table, parts: Parts, catalog: Catalog, default_schema: str) -> list[MigrateOperation]:
    parent_schema, parent = table.parents[0]
    created = CreatePartitionOp(
        table.name,
        parent,
        str(table.bound),
        schema=left_out(table.schema, default_schema),
        parent_schema=parent_schema if parent_schema != table.schema else None,
        partition_by=table.partition_key,
    )
    constraints = [op for each in parts.constraints for op in add_constraint(each, default_schema=default_schema)]
    following = _following(table, parts, catalog, [], constraints, default_schema=default_schema)
    return [created, *following, *_comments(table, parts, catalog)]


def _raw(table: Table, parts: Parts, catalog: Catalog, default_schema: str) -> list[MigrateOperation]:
    """The statements that print a table, as operations."""
    inside = [each for each in parts.constraints if isinstance(each, PrimaryKey | Unique | Exclusion | Check)]
    whole = rendering.Parts(table, parts.columns, inside)
    first, *rest = [*rendering.create_table(whole, catalog), *rendering.not_valid(whole, catalog)]
    keys = [each for each in parts.constraints if each not in inside]
    return [
        CreateTableSqlOp(table.schema, table.name, first),
        *(_altered(table, statement) for statement in rest),
        *(op for each in keys for op in add_constraint(each, default_schema=default_schema)),
        *_marks(replace(table, row_security=False, force_row_security=False), parts),
        *_comments(table, parts, catalog),
    ]


def _altered(table: Table, statement: str) -> MigrateOperation:
    place = f"ALTER TABLE {name(table.schema, table.name)} "
    if statement.startswith(place):
        return AlterObjectOp(table.key, statement.removeprefix(place))
    index, _, action = statement.removeprefix(f"ALTER INDEX {name(table.schema)}.").partition(" SET ")
    return AlterObjectOp(("index", table.schema, index), f"SET {action}")


def _comments(table: Table, parts: Parts, catalog: Catalog) -> Iterator[MigrateOperation]:
    said = catalog.get(("comment", *table.key))
    if said is not None:
        yield CreateObjectOp(said)
    yield from comments(parts.columns, catalog)


__all__ = ["create_table", "drop_table", "index_marks", "is_partition_of", "is_serial"]
