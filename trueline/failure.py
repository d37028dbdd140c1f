"""A statement that PostgreSQL refused, as an error that says which one, in which revision, and why."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, PendingRollbackError

from trueline.catalog.objects import Name
from trueline.catalog.render.words import name
from trueline.errors import LostError, TruelineError
from trueline.extensions import bringing

#: SQLSTATE of a server that goes, of a connection that does, and of sessions that were idle for too long.
#: https://www.postgresql.org/docs/current/errcodes-appendix.html
_GONE = ("57P", "08", "25P03", "25P04")
#: What SQLAlchemy says of every use of a connection that it knows to be gone.
_INVALIDATED = "8s2b"


def explain_failure(error: DBAPIError, migrations: Path) -> TruelineError:
    """Turn the driver's error into one that names the revision's line, the statement and the server's words.

    Parameters are left out: they may hold what must not be printed.
    """
    from trueline.embedded import explain

    original = error.orig
    where = tuple(filter(None, (_place(error, migrations), _statement(error))))
    if (gone := lost(error)) is not None:
        return LostError(gone.what, where=where)
    if known := explain(error):
        return TruelineError(known.what, where=where, fix=known.fix)
    return TruelineError(f"PostgreSQL refused a statement: {_words(original)}", where=where, fix=_hint(original))


def unreadable(error: DBAPIError, content: str, table: Name, connection: Connection) -> TruelineError | None:
    """The error that gives the privilege, if that is what was missing; ends the transaction then."""
    if not isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
        return None
    connection.rollback()
    return forbidden(content, table, connection, f": {_words(error.orig)}")


def forbidden(content: str, table: Name, connection: Connection, words: str = "") -> TruelineError:
    """That a role may not read a table, and the statement with which it may.

    Args:
        content: what is in the table.
        table: schema and name.
        connection: of the role.
        words: what PostgreSQL said.
    """
    role = name(connection.exec_driver_sql("SELECT current_user").scalar_one())
    fix = f"GRANT USAGE ON SCHEMA {name(table[0])} TO {role}; GRANT SELECT ON {name(*table)} TO {role};"
    return TruelineError(f"role {role} may not read {content}{words}", where=name(*table), fix=fix)


def _words(original: BaseException | None) -> str:
    if isinstance(original, psycopg.Error) and original.diag.message_primary:
        detail = f" ({original.diag.message_detail})" if original.diag.message_detail else ""
        return f"{original.diag.message_primary}{detail} [{original.sqlstate}]"
    return str(original).strip()


def lost(error: BaseException | None) -> LostError | None:
    """The error for a connection that went, if that is what happened, be it noticed later only.

    Args:
        error: of the driver or of SQLAlchemy.
    """
    chain = list(_chain(error))
    if (known := next((each for each in chain if isinstance(each, LostError)), None)) is not None:
        return known  # what was cleared away after it failed, too
    causes = [each for each in chain if is_lost(each)]
    told = sorted(causes, key=lambda each: getattr(each, "sqlstate", None) is None)  # the server's own words first
    if not told and not (isinstance(error, PendingRollbackError) and error.code == _INVALIDATED):
        return None
    words = f": {_words(told[0]).partition(chr(10))[0]}" if told else ""
    return LostError(f"the connection to PostgreSQL was lost{words}")


def is_lost(error: BaseException | None) -> bool:
    """Whether a driver's error means that the connection went, and not a statement."""
    if not isinstance(error, psycopg.Error):
        return False
    if error.sqlstate is None:
        return isinstance(error, psycopg.OperationalError)
    return error.sqlstate.startswith(_GONE)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and what it came from."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop(0)
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += [getattr(each, "orig", None), each.__cause__, each.__context__]


def _hint(original: BaseException | None) -> str:
    hint = original.diag.message_hint if isinstance(original, psycopg.Error) else None
    if isinstance(original, psycopg.errors.InsufficientPrivilege):
        return hint or (
            "give the role the privilege that PostgreSQL names, such as USAGE on the schema and SELECT on the table: "
            "GRANT SELECT ON … TO …;\nor connect as a role that has it"
        )
    if (extension := _needed(original)) is not None:
        by_revision = f"let the revision create what it needs before: op.create_extension({extension!r})"
        return f"{by_revision}\nor do so beforehand, as a superuser: CREATE EXTENSION {name(extension)};"
    return hint or "correct the revision; what its transaction had done before is rolled back"


def _needed(original: BaseException | None) -> str | None:
    """The extension that brings what is not there."""
    if not isinstance(original, psycopg.errors.UndefinedObject | psycopg.errors.UndefinedFunction):
        return None
    return bringing(original.diag.message_primary or "")


def _place(error: DBAPIError, migrations: Path) -> str | None:
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(migrations.resolve()) and frame.name != "<module>":
            return f"{frame.filename}:{frame.lineno}"
    return None


def _statement(error: DBAPIError) -> str | None:
    text = " ".join((error.statement or "").split())
    return f"statement: {text[:200]}{'…' if len(text) > 200 else ''}" if text else None
