"""Builds a catalog anew with operations: rendered as a revision, run as one, online or offline."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import api
from alembic.migration import MigrationContext
from alembic.operations import MigrateOperation, Operations
from alembic.operations.ops import UpgradeOps
from sqlalchemy.dialects import postgresql
from sqlalchemy.pool import NullPool

import trueline.types
from trueline.autogen import sql_text
from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.operations.key_firing import SetKeyFiringOp
from trueline.autogen.operations.object import CreateObjectOp
from trueline.autogen.stock import column, constraint, index, table
from trueline.autogen.types import render_item
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import (
    DEFINED,
    CatalogObject,
    Check,
    Column,
    Comment,
    Exclusion,
    ForeignKey,
    Index,
    Key,
    PrimaryKey,
    Sequence,
    Table,
    Unique,
)
from trueline.catalog.render.firing import KeptByTriggers, grouped
from trueline.catalog.render.words import name

_KINDS = (
    *("schema", "extension", *(cls.kind for cls in DEFINED if cls.kind not in {"publication", "event_trigger"})),
    *("enum", "composite", "domain", "range", "sequence", "function", "procedure", "aggregate"),
    *("table", "foreign_key", "materialized_view", "view", "index", "statistics", "trigger", "rule", "policy"),
    *("publication", "event_trigger"),
    *("comment", "owner", "grant", "default_privileges"),
)


def building(catalog: Catalog, default_schema: str = "public") -> list[MigrateOperation]:
    """Operations that make everything in a catalog, in an order that is good enough for tests."""
    own = catalog.own()
    own = own.only(thing for thing in own if not (thing.origin and thing.origin.kind in {"partition", "inherited"}))
    wanted = [thing for thing in own if _is_made(thing, catalog)]
    found: list[MigrateOperation] = []
    there: set[Key] = set()
    for thing in _ordered(wanted, catalog):
        if thing.key not in there:
            found += _made(thing, catalog, default_schema, there)
    for sequence in own.of_kind(Sequence):
        if sequence.owned_by and sequence in wanted:
            found.append(AlterObjectOp(sequence.key, f"OWNED BY {name(*sequence.owned_by[1:])}", "OWNED BY NONE"))
    return [*found, *(op for each in own if isinstance(each, KeptByTriggers) for op in firing_of(each))]


def firing_of(key: KeptByTriggers) -> Iterator[MigrateOperation]:
    """What the plan does once both tables of a key are there."""
    for (place, mode), each in grouped(key.firing):
        others = place != (key.schema, key.table) or any(one.event.startswith("referenced") for one in each)
        yield SetKeyFiringOp(key.key, mode, [one.event for one in each], place if others else None)


def _is_made(thing: CatalogObject, catalog: Catalog) -> bool:
    if isinstance(thing, Sequence) and thing.origin is not None:
        owner = catalog[thing.origin.of]
        return isinstance(owner, Column) and not table.is_serial(owner, catalog)
    if isinstance(thing, Comment):
        return thing.of[0] not in {"table", "column"}
    return thing.kind in _KINDS


def _ordered(things: Iterable[CatalogObject], catalog: Catalog) -> Iterator[CatalogObject]:
    rank = {kind: number for number, kind in enumerate(_KINDS)}
    left = {thing.key: thing for thing in sorted(things, key=lambda thing: (rank[thing.kind], thing.key))}
    done: set[Key] = set()

    def place(key: Key) -> Iterator[CatalogObject]:
        if key in done or key not in left:
            return
        done.add(key)
        for needed in sorted(_needs(key, catalog)):
            yield from place(needed)
        yield left[key]

    for key in left:
        yield from place(key)


def _needs(key: Key, catalog: Catalog) -> Iterator[Key]:
    """What an object needs, and a table what its columns and checks need, wholes for parts."""
    parts = {key}
    if key[0] == "table":
        parts |= {
            thing.key
            for thing in catalog
            if isinstance(thing, Column | Check | PrimaryKey | Unique | Exclusion) and thing.key[1:3] == key[1:]
        }
    for part in parts:
        for needed in catalog.dependencies.get(part, ()):
            whole = ("table", *needed[1:3]) if needed[0] in {"column", "primary_key", "unique"} else needed
            if whole != key:
                yield whole


def _made(thing: CatalogObject, catalog: Catalog, default_schema: str, there: set[Key]) -> list[MigrateOperation]:
    """The operations for it; what is there afterwards is noted."""
    match thing:
        case Table():
            there.add(thing.key)
            keys = [each for each in catalog.of_kind(ForeignKey) if (each.schema, each.table) == thing.key[1:]]
            later = frozenset(each.key for each in keys if ("table", *each.references) not in there)
            there |= {each.key for each in keys} - later
            return table.create_table(thing, catalog, without=later, default_schema=default_schema)
        case ForeignKey():
            return constraint.add_constraint(thing, default_schema=default_schema)
        case Index():
            return index.create_index(thing, catalog, default_schema=default_schema)
        case _:
            return [CreateObjectOp(thing)]


def options(**more: Any) -> dict[str, Any]:
    """What env.py gives to Alembic."""
    return {
        "target_metadata": sa.MetaData(naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s", "pk": "pk"}),
        "render_item": render_item,
        "user_module_prefix": None,
        "sqlalchemy_module_prefix": "sa.",
        "alembic_module_prefix": "op.",
        "upgrade_token": "upgrades",
        "downgrade_token": "downgrades",
        **more,
    }


def rendered(context: MigrationContext, operations: Iterable[MigrateOperation]) -> str:
    """The body of a revision, indented as in its file."""
    body = api.render_python_code(
        UpgradeOps(list(operations)), render_item=render_item, migration_context=context, imports=[]
    )
    return f"def upgrade():\n    pass\n    {body}\n"


def compiled(text: str, operations: Operations) -> Callable[[], None]:
    """A revision's body as something to call."""
    names: dict[str, Any] = {"op": operations, "sa": sa, "postgresql": postgresql, "trueline": trueline}
    exec(text, names)  # noqa: S102 - a revision is code, and this is the text that would be written
    run: Callable[[], None] = names["upgrade"]
    return run


def upgrade(url: str, operations: Iterable[MigrateOperation], **more: Any) -> str:
    """Write the operations as a revision and run that; gives back its text."""
    sql_text.register()
    engine = sa.create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options(**more))
        text = rendered(context, operations)
        with context.begin_transaction():
            compiled(text, Operations(context))()
    engine.dispose()
    return text


def offline(operations: Iterable[MigrateOperation]) -> str:
    """Write the operations as a revision, and that as SQL."""
    sql_text.register()
    buffer = io.StringIO()
    given = {"as_sql": True, "literal_binds": True, "output_buffer": buffer}
    context = MigrationContext.configure(
        dialect_name="postgresql", dialect_opts={"paramstyle": "named"}, opts=options(**given)
    )
    writing = MigrationContext.configure(dialect_name="postgresql", opts=options())
    compiled(rendered(writing, operations), Operations(context))()
    return buffer.getvalue()


__all__ = ["building", "column", "firing_of", "offline", "options", "rendered", "upgrade"]
