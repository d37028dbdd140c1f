"""SQL expressions of the models as text for a revision, so that they arrive at the server unchanged.

A revision hands its text to ``sqlalchemy.text()``, which takes ``:word`` for a bound parameter. Stock Alembic
writes such a word as it is, and doubles every percent sign because it compiles for the driver.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql.base import PGDialect

from trueline.errors import TruelineError

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ClauseElement

#: A colon that text() would bind, or whose backslash it would take for an escape.
_COLON = re.compile(r"(?<![:\w\\]):(?=\w)|(?<=\\):")


def for_text(sql: str) -> str:
    r"""Escape the colons that ``text()`` would bind: ``' :a'`` becomes ``' \:a'``.

    Raises:
        TruelineError: for the few texts that ``text()`` cannot hold at all.
    """
    escaped = _COLON.sub(r"\:", sql) if ":" in sql else sql
    if str(text(escaped).compile(dialect=PGDialect(paramstyle="named"))) == sql:
        return escaped
    raise TruelineError(
        "This SQL expression cannot be written into a revision: SQLAlchemy takes a part of it for a parameter.",
        where=sql,
        fix="write the colon as U&'\\003A' in the expression, or create the object with op.execute() by hand",
    )


def register() -> None:
    """Let Alembic render PostgreSQL's expressions exactly. Defining the class is Alembic's way to register it."""
    # Not above: the plugin is loaded while Alembic is still importing that module.
    from alembic.ddl.postgresql import PostgresqlImpl

    class ExactPostgresqlImpl(PostgresqlImpl):
        __dialect__ = "postgresql"

        def render_ddl_sql_expr(
            self, expr: ClauseElement, is_server_default: bool = False, is_index: bool = False, **kw: Any
        ) -> str:
            sql = super().render_ddl_sql_expr(expr, is_server_default=is_server_default, is_index=is_index, **kw)
            if getattr(self.dialect.identifier_preparer, "_double_percents", False):
                sql = sql.replace("%%", "%")
            # An index's expressions are written as literal_column(), which binds nothing.
            return sql if is_index else for_text(sql)
