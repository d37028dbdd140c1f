"""What is said of a revision that must not be taken as it is, and the way out."""

from __future__ import annotations

import logging
import shlex
from pathlib import Path

from alembic.script import Script

from trueline.autogen.arguments import ALL
from trueline.autogen.comparison import Comparison
from trueline.errors import LostError, TruelineError
from trueline.proof.proof import Proof
from trueline.report.docstring import note_in_docstring
from trueline.report.terminal import plain_lines, show_differences

_log = logging.getLogger("trueline.proof")


def unproved(proof: Proof, revision: Script) -> TruelineError:
    """The error for a proof that does not hold; shows what is left, and notes it in the revision's docstring."""
    path = Path(revision.path)
    lines = [line for title, rows in proof.sections() for line in (title, *plain_lines(rows))]
    if proof.failure is not None:
        lines.append(str(proof.failure))
    note_in_docstring(path, ["Not proved:", *lines])
    for title, rows in proof.sections():
        show_differences(rows, title)
    reason = "what differs is listed above and in its docstring"
    if proof.failure is not None:  # its own way out is for a history that alone is the cause
        bare = proof.drift or isinstance(proof.failure, LostError)
        reason = str(TruelineError(proof.failure.what, where=proof.failure.where) if bare else proof.failure)
    return TruelineError(
        f"the revision is written, but not proved: {reason}", where=str(path), fix=_way_out(proof, revision)
    )


def _way_out(proof: Proof, revision: Script) -> str:
    path, again = shlex.quote(revision.path), "alembic upgrade head && alembic revision --autogenerate"
    if isinstance(proof.failure, LostError):
        return f"write it again when the server is back:\nrm {path}; alembic revision --autogenerate"
    if not proof.drift:
        return "correct it by hand and run: alembic upgrade head && alembic check\nor remove it and write it again"
    if proof.pending:
        return f"write it from a database that nobody changed by hand:\nrm {path}; trueline scratch -- sh -c '{again}'"
    down = revision.down_revision
    start = " ".join([down] if isinstance(down, str) else down or ["base"])
    return (
        "the revisions lead to the models already, and only this database was changed by hand: a revision fails in "
        f"every other one. Repair this one alone:\nalembic upgrade head && alembic stamp {start} && rm {path}"
    )


def incomplete(found: Comparison, revision: Script) -> TruelineError:
    """The error for a revision that lacks what PostgreSQL refuses of the models; notes it in its docstring."""
    lines = [line for each in found.declared.left_out for line in str(each).splitlines()]
    note_in_docstring(Path(revision.path), ["Without what PostgreSQL refuses:", *lines])
    return TruelineError(
        "\n".join(["the revision is written, but not complete: it is without what PostgreSQL refuses", *lines]),
        where=revision.path,
        fix="correct the models, remove the revision and write it again",
    )


def _is_said(line: str) -> bool:
    """Whether the model itself asks for the loss, by another type; what goes may as well have been renamed."""
    return line.startswith("changes ")


def destructive(found: Comparison, allowed: frozenset[str]) -> TruelineError | None:
    """The refusal of what would lose data, unless somebody said yes."""
    lost = [line for line in found.destroys if not (allowed & ALL or line.split()[1] in allowed)]
    for line in filter(_is_said, lost):
        _log.warning("the revision %s", line)
    lost = [line for line in lost if not _is_said(line)]
    if not lost:
        return None
    return TruelineError(
        f"the revision is written, and it destroys data: {'; '.join(lost)}",
        fix=(
            f"{_RENAMES_UNHEARD if found.unheard else _RENAMES}\n"
            "if the data shall go: alembic -x allow-destructive=yes revision --autogenerate"
        ),
    )


_RENAMES = (
    "if something was renamed, say so in the model and write the revision again: "
    'Field(renamed_from="old_name"), class …(Model, table=True, renamed_from="schema.old_table")'
)
_RENAMES_UNHEARD = (
    "renamed_from that leads nowhere is named in a warning: do what that says, and write the revision again"
)
