"""A table that PostgreSQL refuses, in parts: what can be made is made, and the rest is known by its name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Column, Constraint, Table
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler

from trueline.readings.capture import Statement, as_sent, dialect_for, new_dialect
from trueline.readings.send import run
from trueline.readings.things import describe


@dataclass(frozen=True, slots=True)
class DefaultOf:
    """The default of a column, as a part of its own."""

    column: Column[Any]


def split(driver: psycopg.Connection[Any], refused: Statement, version: int) -> list[Statement]:
    """The table with the columns that PostgreSQL takes; then each other column, default and constraint by itself.

    Args:
        driver: to the scratch database, in autocommit mode; tries which columns can be made, and leaves nothing.
        refused: a CREATE TABLE.
        version: major version of the server.
    """
    table: Table = refused.item
    good = _good_columns(driver, table, version)
    bad = [column for column in table.columns if column not in good]
    skeleton = Statement(_skeleton(refused, good, version), refused.what, table, table, refused.element)
    return [skeleton, *(_add_column(column, version) for column in bad), *_parts(refused, version)]


class _Bare(PGDDLCompiler):
    """Columns with their types only, of those that are wanted."""

    def get_column_default_string(self, column: Column[Any]) -> str | None:
        del column
        return None

    def create_table_constraints(self, table: Table, *_: Any, **__: Any) -> str:
        del table
        return ""

    def visit_create_column(self, create: Any, first_pk: bool = False, **_: Any) -> str | None:
        del first_pk
        column = create.element
        wanted = column.name in getattr(self.dialect, "trueline_columns", ())
        untyped: Any = self
        return str(untyped.get_column_specification(column)) if wanted and not column.system else None


def _bare_dialect(version: int, columns: Collection[Column[Any]]) -> Any:
    dialect = new_dialect(version)
    dialect.ddl_compiler = _Bare
    dialect.trueline_columns = frozenset(column.name for column in columns)
    return dialect


def _skeleton(refused: Statement, columns: Collection[Column[Any]], version: int) -> str:
    return as_sent(str(refused.element.compile(dialect=_bare_dialect(version, columns))).strip())


def _good_columns(driver: psycopg.Connection[Any], table: Table, version: int) -> set[Column[Any]]:
    """A generated column is tried with those that it can be made from."""
    plain = [column for column in table.columns if column.computed is None]
    good = {column for column in plain if _is_taken(driver, table, {column}, version)}
    for column in table.columns:
        if column.computed is not None and _is_taken(driver, table, good | {column}, version):
            good.add(column)
    return good


def _is_taken(driver: psycopg.Connection[Any], table: Table, columns: set[Column[Any]], version: int) -> bool:
    """One message is one transaction, so that a refusal leaves nothing either."""
    compiler = _compiler(_bare_dialect(version, columns))
    place = compiler.preparer.format_table(table)
    specifications = ", ".join(
        compiler.get_column_specification(column) for column in table.columns if column in columns
    )
    try:
        run(driver, as_sent(f"CREATE TABLE {place} ({specifications}); DROP TABLE {place}"))
    except psycopg.Error:
        if driver.closed:
            raise
        return False
    return True


def _add_column(column: Column[Any], version: int) -> Statement:
    compiler = _compiler(_bare_dialect(version, [column]))
    words = compiler.get_column_specification(column)
    place = compiler.preparer.format_table(column.table)
    return Statement(as_sent(f"ALTER TABLE {place} ADD COLUMN {words}"), describe(column), column, column.table)


def _parts(refused: Statement, version: int) -> Iterator[Statement]:
    table: Table = refused.item
    compiler = _compiler(dialect_for(version))
    place = compiler.preparer.format_table(table)
    for column in table.columns:
        if (default := compiler.get_column_default_string(column)) is not None and not column.system:
            sql = f"ALTER TABLE {place} ALTER COLUMN {compiler.preparer.format_column(column)} SET DEFAULT {default}"
            yield Statement(as_sent(sql), f"default of {describe(column)}", DefaultOf(column), table)
    for constraint in _constraints(refused, compiler):
        sql = f"ALTER TABLE {place} ADD {compiler.process(constraint)}"
        yield Statement(as_sent(sql), describe(constraint), constraint, table)


def _compiler(dialect: Any) -> Any:
    """One that is asked for parts of a statement."""
    return dialect.ddl_compiler(dialect, None)


def _constraints(refused: Statement, compiler: Any) -> Iterator[Constraint]:
    """Those that stood in the statement, keys first."""
    table: Table = refused.item
    left_out = table.foreign_key_constraints - set(refused.element.include_foreign_key_constraints or ())
    inline: Any = [constraint for column in table.columns for constraint in column.constraints]
    found: Any = [each for each in {*table.constraints, *inline} if each not in left_out]
    for each in sorted(found, key=lambda one: (one is not table.primary_key, one._creation_order)):
        empty = each is table.primary_key and not len(table.primary_key)
        if not empty and each._should_create_for_compiler(compiler) and not getattr(each, "use_alter", False):
            yield each
