"""SQL expressions of the models as text for a revision, so that they arrive at the server unchanged.

A revision hands its text to ``sqlalchemy.text()``, which takes ``:word`` for a bound parameter. Stock Alembic
writes such a word as it is, and doubles every percent sign because it compiles for the driver.
"""

from __future__ import annotations

import re
from operator import eq
from typing import TYPE_CHECKING, Any

from sqlalchemy import Dialect, Executable, Table, Update, text
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.schema import DDLElement
from sqlalchemy.sql.elements import BinaryExpression, ColumnClause, quoted_name

from trueline.errors import TruelineError

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ClauseElement

#: Option of a context: `trueline.deploy.limits.Limits` that a script carries.
LIMITS = "trueline_limits"

#: A colon that text() would bind, or whose backslash it would take for an escape.
_COLON = re.compile(r"(?<![:\w\\]):(?=\w)|(?<=\\):")

#: A tab in quotes, or in what may be quotes: after a dollar sign nothing is certain.
_QUOTED_TAB = re.compile(r"""['"$][^\t]*\t[^'"]*['"$]""")


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
    """Let Alembic write what it is given unchanged. Defining the class is Alembic's way to register it."""
    # Not above: the plugin is loaded while Alembic is still importing that module.
    from alembic.ddl.base import AlterTable
    from alembic.ddl.postgresql import PostgresqlImpl

    class ExactPostgresqlImpl(PostgresqlImpl):
        __dialect__ = "postgresql"

        def __init__(self, dialect: Dialect, *given: Any, **options: Any) -> None:
            super().__init__(dialect, *given, **options)
            if self.as_sql:  # SQLAlchemy before 2.1 asks the server, and thinks of the nineties where there is none
                dialect._backslash_escapes = False  # type: ignore[attr-defined] # PGDialect's

        #: What is yet to be written of the open transaction, from the first place on that may have to be filled.
        pieces: list[str] | None = None
        within = False

        def emit_begin(self) -> None:
            super().emit_begin()
            self.within = True
            limits = self.context_opts.get(LIMITS)
            if limits is not None:
                self._write(f"{limits.sql('LOCAL')};")

        def emit_commit(self) -> None:
            self._write(f"COMMIT{self.command_terminator}")
            self.within = False
            self._write_out()

        def hold(self) -> list[str] | None:
            """Keep from here on what is written, until the transaction ends; none where none was begun."""
            if self.pieces is None and self.within:
                self.pieces = []
            return self.pieces

        def static_output(self, text: str) -> None:
            limits = self.context_opts.get(LIMITS)
            for part in (text,) if limits is None else limits.around(text, within=self.within):
                self._write(part)

        def _write(self, text: str) -> None:
            if self.pieces is None:
                super().static_output(text)
            else:
                self.pieces.append(f"{text}\n\n")

        def _write_out(self) -> None:
            pieces, self.pieces = self.pieces or [], None
            for piece in filter(None, pieces):
                super().static_output(piece.removesuffix("\n\n"))

        def _exec(self, construct: Executable | str, *given: Any, **options: Any) -> Any:
            if isinstance(construct, AlterTable) and construct.schema:
                # Stock takes a dot in a schema's name for two names.
                construct.schema = quoted_name(construct.schema, None)
            if self.as_sql and isinstance(construct, DDLElement):
                text = str(construct.compile(dialect=self.dialect)).strip()
                return self.static_output(_laid_out(text) + self.command_terminator)
            if not self.as_sql and self.connection is not None and isinstance(construct, Update):
                told = _of_literals(construct, self.dialect)
                if told is not None:
                    return self.connection.exec_driver_sql(told)
            return super()._exec(construct, *given, **options)

        def render_ddl_sql_expr(
            self, expr: ClauseElement, is_server_default: bool = False, is_index: bool = False, **kw: Any
        ) -> str:
            sql = super().render_ddl_sql_expr(expr, is_server_default=is_server_default, is_index=is_index, **kw)
            if getattr(self.dialect.identifier_preparer, "_double_percents", False):
                sql = sql.replace("%%", "%")
            # An index's expressions are written as literal_column(), which binds nothing.
            return sql if is_index else for_text(sql)


def _of_literals(update: Update, dialect: Dialect) -> str | None:
    """The statement with which Alembic notes each revision, without SQLAlchemy's compiler: as it holds its values, that
    would work it out anew every time, and take longer than anything else around a small revision.
    """  # noqa: D205 - the reason does not fit into one line
    values: dict[Any, Any] = dict(update._values or {})
    criteria, table = update._where_criteria, update.table
    if len(values) != 1 or len(criteria) != 1 or not isinstance(criteria[0], BinaryExpression):
        return None
    (key, value), where = next(iter(values.items())), criteria[0]
    if not isinstance(table, Table) or where.operator is not eq or where.left is not table.c.get(str(key)):
        return None
    if not all(isinstance(each, ColumnClause) and each.is_literal for each in (value, where.right)):
        return None
    home = dialect.identifier_preparer.format_table(table)
    column = dialect.identifier_preparer.quote(str(key))
    # What Alembic itself writes out: the names of two revisions, as literals.
    return f"UPDATE {home} SET {column}={value.name} WHERE {column} = {where.right.name}"  # noqa: S608 - as said above


def _laid_out(statement: str) -> str:
    """With the indentation that stock Alembic gives to a statement, unless that would change a name or a constant."""
    return statement if _QUOTED_TAB.search(statement) else statement.replace("\t", "    ")
