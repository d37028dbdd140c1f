"""One name for two things: PostgreSQL would refuse the second, so it is built under a free name, or not twice.

A key's index, an index, a table and a sequence share the names of their schema; a table's checks and foreign keys share
the names of its constraints. https://www.postgresql.org/docs/current/ddl-schemas.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import psycopg
from sqlalchemy import CheckConstraint, Constraint, Index, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.schema import AddConstraint, CreateIndex
from sqlalchemy.sql.elements import conv

from trueline.catalog.objects import Key, Name
from trueline.catalog.render.words import name as quoted
from trueline.declared.conditions import on_postgresql
from trueline.declared.naming import fit
from trueline.readings.capture import as_sent, dialect_for
from trueline.readings.finding import Finding
from trueline.readings.things import describe, place_of

Item = Index | Constraint

#: What PostgreSQL puts behind table and columns when it chooses a name itself.
_ENDINGS = {Index: "idx", UniqueConstraint: "key", ExcludeConstraint: "excl", PrimaryKeyConstraint: "pkey"}

_SHARED = tuple(_ENDINGS)

_INDEXES = """
    SELECT n.nspname, t.relname, i.relname, c.contype::text,
        ARRAY(SELECT a.attname::text FROM unnest(x.indkey::int2[]) WITH ORDINALITY k (number, place)
              LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number ORDER BY k.place)
    FROM unnest(%s::text[], %s::text[]) AS given (schema, relation)
    JOIN pg_catalog.pg_namespace n ON n.nspname = given.schema
    JOIN pg_catalog.pg_class t ON t.relnamespace = n.oid AND t.relname = given.relation
    JOIN pg_catalog.pg_index x ON x.indrelid = t.oid
    JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
    LEFT JOIN pg_catalog.pg_constraint c ON c.conindid = i.oid AND c.contype IN ('p', 'u', 'x')
    ORDER BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class _Named:
    """An index or constraint with its name as PostgreSQL has it.

    Attributes:
        local: whether its name has to be free on its table only.
    """

    item: Item
    table: Table
    schema: str
    name: str
    local: bool

    @property
    def place(self) -> Name:
        return (self.schema, self.table.name)

    @property
    def key(self) -> Key:
        kinds = {Index: "index", UniqueConstraint: "unique", ExcludeConstraint: "exclusion"}
        kinds |= {PrimaryKeyConstraint: "primary_key", CheckConstraint: "check"}
        kind = next((word for cls, word in kinds.items() if isinstance(self.item, cls)), "foreign_key")
        return (kind, self.schema, self.name) if kind == "index" else (kind, *self.place, self.name)


@dataclass(frozen=True, slots=True)
class _Known:
    """An index of the live database: its name, the kind of its constraint, its columns."""

    name: str
    kind: str | None
    columns: tuple[str | None, ...]


Indexes = dict[Name, list[_Known]]


@contextmanager
def each_name_once(
    metadata: MetaData, driver: psycopg.Connection[Any], schema: str, version: int
) -> Iterator[list[Finding]]:
    """Lead the metadata out of the way of such names while the body runs; it is as it was afterwards.

    Which of two keeps the name, and what the other is called, follows the live database where that has them: there,
    too, only one could get it.

    Args:
        metadata: the models.
        driver: to the live database.
        schema: of tables that name none.
        version: major version of the server.

    Yields:
        One finding for each thing that has another name, or is left out, in the body.
    """
    found = list(_named(metadata, schema, version))
    relations = {(table.schema or schema, table.name) for table in metadata.tables.values()}
    relations |= {(each.schema or schema, each.name) for each in metadata._sequences.values()}
    shared = _groups(found, lambda each: None if each.local else (each.schema, each.name))
    local = _groups(found, lambda each: None if isinstance(each.item, Index) else (*each.place, each.name))
    clashes = [*(group for place, group in shared.items() if len(group) > 1 or place in relations)]
    clashes += [group for group in local.values() if len(group) > 1 and all(each.local for each in group)]
    if not clashes:
        yield []
        return
    live = _indexes(driver, {each.place for group in clashes for each in group})
    taken = relations | {(each.schema, each.name) for each in found}
    with ExitStack() as stack:
        solver = _Solver(relations, live, taken, version, stack)
        yield [finding for group in clashes for finding in solver.solve(group)]


def _groups(found: Sequence[_Named], by: Callable[[_Named], Any]) -> dict[Any, list[_Named]]:
    groups: dict[Any, list[_Named]] = {}
    for each in found:
        if (key := by(each)) is not None:
            groups.setdefault(key, []).append(each)
    return groups


def _named(metadata: MetaData, schema: str, version: int) -> Iterator[_Named]:
    preparer: Any = dialect_for(version).identifier_preparer
    for table in metadata.tables.values():
        for item in _items(table):
            if isinstance(item.name, str) and on_postgresql(item):
                index = isinstance(item, Index)
                cut = preparer.truncate_and_render_index_name if index else preparer.truncate_and_render_constraint_name
                whole = str(cut(item.name, _alembic_quote=False))
                cut_again = whole.encode()[:63].decode(errors="ignore")
                yield _Named(item, table, table.schema or schema, cut_again, not isinstance(item, _SHARED))


def _items(table: Table) -> Iterator[Item]:
    """In one order, though SQLAlchemy keeps them in sets."""
    inline: Any = (each for column in table.columns for each in column.constraints)
    yield from sorted({*table.constraints, *inline}, key=lambda each: each._creation_order)
    yield from sorted(table.indexes, key=lambda each: str(each.name))


def _indexes(driver: psycopg.Connection[Any], places: set[Name]) -> Indexes:
    """The indexes that the live database has on these tables."""
    schemas, tables = zip(*sorted(places), strict=True)
    known: Indexes = {}
    with driver.transaction(force_rollback=True):
        cursor = psycopg.Cursor(driver)
        for schema, table, index, kind, columns in cursor.execute(_INDEXES, [list(schemas), list(tables)]):
            known.setdefault((schema, table), []).append(_Known(index, kind, tuple(columns)))
    return known


@dataclass(frozen=True, slots=True)
class _Solver:
    """Changes the metadata as long as its stack is open.

    Attributes:
        relations: schemas and names of tables and sequences.
        live: the indexes of the live database.
        taken: every schema and name that is not free.
    """

    relations: set[Name]
    live: Indexes
    taken: set[Name]
    version: int
    stack: ExitStack

    def solve(self, group: list[_Named]) -> Iterator[Finding]:
        """Of those with one name: hide what is the same thing, rename all but one of the others."""
        different: list[_Named] = []
        for each in group:
            if _sql(each, self.version) in {_sql(one, self.version) for one in different}:
                self.stack.enter_context(_hidden(each))
                yield _declared_twice(each)
            else:
                different.append(each)
        keeper = next((each for each in different if _has(self.live, each)), different[0])
        lost = (keeper.schema, keeper.name) in self.relations and not keeper.local
        for each in different:
            if each is not keeper or lost:
                free = _free_name(each, self.live, self.taken)
                self.taken.add((each.schema, free))
                yield _one_name(each, keeper, free)  # with the names that models have
                self.stack.enter_context(_renamed(each.item, free))


def _sql(named: _Named, version: int) -> str:
    element = (
        CreateIndex(named.item)
        if isinstance(named.item, Index)
        else AddConstraint(named.item, isolate_from_table=False)
    )
    return as_sent(str(element.compile(dialect=dialect_for(version))))


def _has(live: Indexes, named: _Named) -> bool:
    return any(known.name == named.name for known in live.get(named.place, ()))


def _free_name(named: _Named, live: Indexes, taken: set[Name]) -> str:
    """What the live database calls it, else what PostgreSQL would."""
    columns = tuple(getattr(each, "name", None) for each in getattr(named.item, "columns", ()))
    for known in live.get(named.place, ()):
        if known.columns == columns and _same_kind(known, named.item) and (named.schema, known.name) not in taken:
            return known.name
    ending = next((word for cls, word in _ENDINGS.items() if isinstance(named.item, cls)), "check")
    base = "_".join([named.table.name, *map(str, columns)])
    names = (fit(f"{base}_{ending}{number or ''}") for number in count())
    return next(each for each in names if (named.schema, each) not in taken)


def _same_kind(known: _Known, item: Item) -> bool:
    kinds = {UniqueConstraint: "u", PrimaryKeyConstraint: "p", ExcludeConstraint: "x"}
    return known.kind == next((word for cls, word in kinds.items() if isinstance(item, cls)), None)


@contextmanager
def _renamed(item: Any, free: str) -> Iterator[None]:
    before = item.name
    item.name = conv(free)  # so that no convention makes another one of it
    try:
        yield
    finally:
        item.name = before


@contextmanager
def _hidden(named: _Named) -> Iterator[None]:
    item: Any = named.item
    homes: list[set[Any]] = [named.table.indexes, named.table.constraints]
    homes += [column.constraints for column in named.table.columns]
    having = [home for home in homes if item in home]
    for home in having:
        home.discard(item)
    try:
        yield
    finally:
        for home in having:
            home.add(item)


def _declared_twice(named: _Named) -> Finding:
    what = f"{describe(named.item)} is declared twice, with the same words: it is built once"
    fix = "remove one of the two; index=True and unique=True on a column declare one already"
    return Finding(what, (place_of(named.table),), fix, (named.key,))


def _one_name(named: _Named, keeper: _Named, free: str) -> Finding:
    other = describe(keeper.item) if keeper is not named else f"a table or sequence in schema {quoted(named.schema)}"
    what = f"{describe(named.item)} has the name of {other}: it is built as {quoted(free)}"
    places = dict.fromkeys((place_of(named.table), place_of(keeper.table)))
    return Finding(what, tuple(places), f"give one of the two another name, such as name={free!r}", (named.key,))
