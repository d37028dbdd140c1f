"""Where the database is, where the files lead, and why one may not get from here to there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util.exc import CommandError

from trueline.deploy.exits import MISSING_REVISION, SEVERAL_HEADS, UNKNOWN_REVISION
from trueline.errors import TruelineError


class HeadsError(TruelineError):
    """There is no way from where the database is to where it is to go."""

    def __init__(self, *arguments: Any, exit_code: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.exit_code = exit_code


@contextmanager
def explained_heads(script: ScriptDirectory, wanted: str | None = None) -> Iterator[None]:
    """Alembic's words about several heads, with the way out.

    Raises:
        HeadsError: instead of Alembic's own error.
    """
    try:
        yield
    except TruelineError:
        raise
    except CommandError as error:
        if "ultiple head" not in str(error) or len(script.get_heads()) < 2:
            raise
        raise several_heads(script, wanted) from None


def several_heads(script: ScriptDirectory, wanted: str | None = None) -> HeadsError:
    """That ``head`` is no single revision, with the files."""
    heads = sorted(script.get_heads())
    where = tuple(f"{script.get_revision(head).path} ({script.get_revision(head).doc})" for head in heads)
    return HeadsError(
        f"there are {len(heads)} heads, so {wanted or 'head'} is not one revision: {', '.join(heads)}",
        where=where,
        fix=f'put one after the other by its down_revision, or join them:\nalembic merge -m "merge" {" ".join(heads)}\n'
        "or apply all of them: alembic upgrade heads",
        exit_code=SEVERAL_HEADS,
    )


def refuse_broken(script: ScriptDirectory) -> None:
    """Look at the files by themselves.

    Raises:
        HeadsError: one comes after a revision that there is not.
    """
    try:
        script.get_heads()
    except (RevisionError, KeyError, CommandError) as error:
        raise _missing(script, error) from None


def refuse_unknown(script: ScriptDirectory, heads: Sequence[str], applied: str = "") -> None:
    """Look at the revisions that the database is at.

    Args:
        script: the files.
        heads: from the version table.
        applied: when and by what the last of them was applied, where that is known.

    Raises:
        HeadsError: no file has one of them.
    """
    refuse_broken(script)
    known = {str(each.revision) for each in script.walk_revisions()}
    unknown = [head for head in heads if head not in known]
    if not unknown:
        return
    ours = ", ".join(script.get_heads()) or "base"
    raise HeadsError(
        f"the database is at revision {', '.join(unknown)}, which is none of the {len(known)} that are here{applied}",
        where=str(Path(script.dir) / "versions"),
        fix="this code is older than the database: deploy the newer one; or, to go back to this, let the newer run\n"
        f"alembic downgrade {ours}\n"
        "or the revision's file was removed or renamed: bring it back from version control",
        exit_code=UNKNOWN_REVISION,
    )


def _missing(script: ScriptDirectory, error: Exception) -> HeadsError:
    where, lost = [], set()
    for file, revision, before in _files(script):
        for each in before:
            if each not in {other for _, other, _ in _files(script)}:
                lost.add(each)
                where.append(f"{file} (revision {revision}, down_revision {each})")
    if not lost:
        return HeadsError(str(error), where=str(Path(script.dir) / "versions"), exit_code=MISSING_REVISION)
    return HeadsError(
        f"revision {', '.join(sorted(lost))} is missing, and others come after it",
        where=tuple(where),
        fix="bring its file back from version control, or name the revision that is really before it in down_revision",
        exit_code=MISSING_REVISION,
    )


def _files(script: ScriptDirectory) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (str(each.path), str(each.revision), tuple(map(str, each._versioned_down_revisions)))
        for each in script._load_revisions()
    ]
