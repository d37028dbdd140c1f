"""What lets the same models stand on SQLite, for tests that need no server.

SQLite has no schemas, no exclusion constraints and no deferrable unique constraints. `attach_schemas` makes the first
up; the other two are left out, as PostgreSQL alone can hold them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, MetaData, UniqueConstraint, event
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import DDLCompiler


@compiles(ExcludeConstraint, "sqlite")
def _nothing(constraint: ExcludeConstraint, compiler: DDLCompiler, **kw: Any) -> None:
    """Leave the constraint out of CREATE TABLE."""


@compiles(UniqueConstraint, "sqlite")
def _at_once(constraint: UniqueConstraint, compiler: DDLCompiler, **kw: Any) -> str:
    """The constraint, checked at once: SQLite can defer only foreign keys."""
    clause = compiler.define_constraint_deferrability(constraint)
    return str(compiler.visit_unique_constraint(constraint, **kw)).removesuffix(clause)


def attach_schemas(engine: Engine, metadata: MetaData) -> Engine:
    """Give every connection of ``engine`` a database in memory for each schema that ``metadata`` has by then.

    SQLite checks foreign keys within one database only, so those from schema to schema are not held to.
    """

    @event.listens_for(engine, "connect")
    def attach(connection: Any, _record: Any) -> None:
        for schema in sorted({table.schema for table in metadata.tables.values() if table.schema}):
            connection.execute("ATTACH DATABASE ':memory:' AS " + engine.dialect.identifier_preparer.quote(schema))

    return engine
