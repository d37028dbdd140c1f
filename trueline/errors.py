"""The one base of every error that trueline reports.

An error says what is wrong, where, and the way out, ready to paste. It derives from Alembic's own
``CommandError``, which the ``alembic`` command prints as one message instead of a traceback.
"""

from __future__ import annotations

from alembic.util.exc import CommandError


class TruelineError(CommandError):
    """Something the user can put right.

    Args:
        what: one sentence that names the defect.
        where: the place or places it was found in, such as ``app/models/user.py:12 (class User)``.
        fix: the way out, ready to paste; may span several lines.
    """

    #: Exit code of the ``trueline`` command: 2 means that it could not run.
    exit_code = 2

    def __init__(self, what: str, *, where: str | tuple[str, ...] = (), fix: str | None = None) -> None:
        self.what = what
        self.where = (where,) if isinstance(where, str) else where
        self.fix = fix
        super().__init__(self.text())

    def text(self) -> str:
        """The message as it is printed: what, then a line per place, then the way out."""
        lines = [self.what, *(f"  at {place}" for place in self.where)]
        if self.fix:
            lines += [f"  fix: {self.fix}" if "\n" not in self.fix else f"  fix:\n{_indent(self.fix)}"]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text()


class LostError(TruelineError):
    """The connection to the server went, so that nothing can be told of what was asked last.

    Args:
        what: with the server's words, where it had any.
        where: what it was asked.
    """

    def __init__(self, what: str, *, where: str | tuple[str, ...] = ()) -> None:
        again = "run the command again when the server is back; what its transaction had done is rolled back"
        super().__init__(what, where=where, fix=again)


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
