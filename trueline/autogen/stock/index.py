"""Indexes as stock operations, where what those say is the definition to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from alembic.operations import MigrateOperation
from alembic.operations.ops import CreateIndexOp

from trueline.autogen.operations import statements
from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.operations.brackets import closing, outer_parts, without_brackets
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp
from trueline.autogen.operations.stock import DropExactIndexOp
from trueline.autogen.stock.table import index_marks
from trueline.autogen.stock.words import bare, exact, expression, left_out, spelled
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Index, MaterializedView, Table
from trueline.catalog.render.words import name


def create_index(index: Index, catalog: Catalog, *, default_schema: str) -> list[MigrateOperation]:
    """The operations that create an index."""
    stock = _created(index, default_schema)
    if stock is None:
        return [CreateObjectOp(index), *_attached(index, catalog, default_schema), *_marks(index, catalog)]
    targets = [f"ALTER COLUMN {number} SET STATISTICS {target}" for number, target in index.statistics]
    chosen = [AlterObjectOp(index.key, each, f"{each.rpartition(' ')[0]} -1") for each in targets]
    return [stock, *chosen, *_marks(index, catalog)]


def _attached(index: Index, catalog: Catalog, default_schema: str) -> Iterator[MigrateOperation]:
    """The partitions' indexes of one that was made ON ONLY its table: each was made and attached by itself."""
    if statements.is_on_only(index):
        for part in catalog.of_kind(Index):
            if part.origin is not None and part.origin.kind == "partition" and part.origin.of == index.key:
                yield from create_index(replace(part, origin=None), catalog, default_schema=default_schema)
                yield AlterObjectOp(index.key, f"ATTACH PARTITION {name(part.schema, part.name)}")


def _marks(index: Index, catalog: Catalog) -> Iterator[MigrateOperation]:
    """What its table says of it, which goes with the index and comes back with it."""
    table = catalog.get(("table", index.schema, index.table))
    view = catalog.get(("materialized_view", index.schema, index.table))
    if isinstance(table, Table):
        yield from index_marks(table, index.name)
    elif isinstance(view, MaterializedView) and view.clustered_on == index.name:
        yield AlterObjectOp(view.key, f"CLUSTER ON {name(index.name)}", "SET WITHOUT CLUSTER")


def drop_index(index: Index, _catalog: Catalog, *, default_schema: str) -> list[MigrateOperation]:
    """The operations that drop an index."""
    stock = _created(index, default_schema)
    if stock is None:
        return [DropObjectOp(index)]
    schema = left_out(index.schema, default_schema)
    return [DropExactIndexOp(exact(index.name), index.table, schema=schema, _reverse=stock)]


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a definition says."""

    unique: bool
    method: str
    columns: list[str]
    include: list[str]
    alike: bool
    where: str | None


def _created(index: Index, default_schema: str) -> CreateIndexOp | None:
    parts = _parts_of(index)
    where = expression(parts.where) if parts and parts.where else None
    if parts is None or (parts.where and where is None):
        return None
    given: dict[str, Any] = {
        "postgresql_using": parts.method if parts.method != "btree" else None,
        "postgresql_include": parts.include or None,
        "postgresql_nulls_not_distinct": parts.alike or None,
        "postgresql_with": dict(_pair(option) for option in index.options) or None,
        "postgresql_tablespace": index.tablespace,
        "postgresql_where": where,
    }
    chosen = {word: each for word, each in given.items() if each is not None}
    columns = [_column(each) for each in parts.columns]
    schema = left_out(index.schema, default_schema)
    return CreateIndexOp(exact(index.name), index.table, columns, schema=schema, unique=parts.unique, **chosen)


def _column(part: str) -> Any:
    """A plain column by its name, anything else as PostgreSQL writes it."""
    plain = bare(part)
    return sa.literal_column(part) if plain is None else plain


def _pair(option: str) -> tuple[str, str]:
    key, _, each = option.partition("=")
    return key, each


def _parts_of(index: Index) -> _Parts | None:
    """The definition taken apart, or None where putting it together again would not give the same text."""
    head = rf"CREATE (?P<unique>UNIQUE )?INDEX {spelled(index.name)} ON (?P<only>ONLY )?"
    place = rf"{spelled(index.schema)}\.{spelled(index.table)} USING (?P<method>[a-z_0-9]+) \("
    match = re.match(head + place, index.definition)
    if match is None or statements.is_on_only(index):
        return None
    end = closing(index.definition, match.end() - 1)
    columns = [part.strip() for part in outer_parts(index.definition[match.end() : end], ",")]
    rest = _rest_of(index, index.definition[end + 1 :])
    if rest is None or not _can_be_written(columns):
        return None
    return _Parts(bool(match["unique"]), match["method"], columns, *rest)


def _can_be_written(columns: list[str]) -> bool:
    """SQLAlchemy takes a column for one of its table, which has no name twice."""
    names = [bare(column) for column in columns if bare(column) is not None]
    return all(columns) and len(names) == len(set(names))


def _rest_of(index: Index, rest: str) -> tuple[list[str], bool, str | None] | None:
    """INCLUDE, NULLS NOT DISTINCT and WHERE, after the columns."""
    include: list[str] = []
    if rest.startswith(" INCLUDE ("):
        end = closing(rest, len(" INCLUDE "))
        names = [bare(part.strip()) for part in outer_parts(rest[len(" INCLUDE (") : end], ",")]
        include, rest = [name for name in names if name], rest[end + 1 :]
        if len(include) != len(names):
            return None
    alike = rest.startswith(" NULLS NOT DISTINCT")
    rest = rest.removeprefix(" NULLS NOT DISTINCT")
    if index.options:
        if not rest.startswith(" WITH ("):
            return None
        rest = rest[closing(rest, len(" WITH ")) + 1 :]
    if not rest:
        return include, alike, None
    if not rest.startswith(" WHERE "):
        return None
    return include, alike, without_brackets(rest.removeprefix(" WHERE "))
