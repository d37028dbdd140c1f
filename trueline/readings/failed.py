"""A revision that fails when it is replayed, in words that lead to its line."""

from __future__ import annotations

import io
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy.exc import DBAPIError

from trueline.errors import TruelineError
from trueline.extensions import lacking
from trueline.failure import explain_failure, lost
from trueline.readings.hints import lacking_extension


class ReplayError(TruelineError):
    """A revision that cannot be replayed.

    Attributes:
        sqlstate: PostgreSQL's code where it refused a statement.
    """

    sqlstate: str | None = None


@contextmanager
def explained(script: ScriptDirectory, place: str) -> Iterator[None]:
    """Run revisions; what they print is nobody's business here.

    Args:
        script: the project's revisions.
        place: where the scratch database is, in words.

    Raises:
        ReplayError: one of them failed.
    """
    try:
        with redirect_stdout(io.StringIO()):
            yield
    except DBAPIError as error:
        if (gone := lost(error)) is not None:
            raise gone from None
        raise _refused(error, script, place) from None
    except CommandError:
        raise
    except Exception as error:
        where = _place(error, script)
        if not where:
            raise
        what = f"a revision failed when it was replayed in an empty database: {type(error).__name__}: {error}"
        fix = "correct the revision; where there are no rows to work on, it has to do nothing"
        raise ReplayError(what, where=where, fix=fix) from error


def _refused(error: DBAPIError, script: ScriptDirectory, place: str) -> ReplayError:
    known = explain_failure(error, Path(script.dir))
    fix = "correct the revision: it has to run in an empty database"
    if (extension := lacking(error)) is not None:
        fix = lacking_extension(extension, place)
    where = dict.fromkeys((*_place(error, script), *known.where, f"replayed in a scratch database on {place}"))
    failed = ReplayError(known.what, where=tuple(where), fix=fix)
    failed.sqlstate = getattr(error.orig, "sqlstate", None)
    return failed


def _place(error: BaseException, script: ScriptDirectory) -> tuple[str, ...]:
    """File and line of the revision that was executing."""
    folders = [Path(str(each)).resolve() for each in (script.dir, *script._version_locations)]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        inside = any(Path(frame.filename).resolve().is_relative_to(folder) for folder in folders)
        if inside and frame.name != "<module>":
            return (f"{frame.filename}:{frame.lineno}",)
    return ()
