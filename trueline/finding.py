"""What everything that looks for defects reports: one value for one defect, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: An error breaks something today; a warning will, or hides what does.
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file, or an object of a database.

    Attributes:
        file: relative to the project, with ``/``; empty for an object of a database.
        line: from 1; 0 for a whole file.
        object: such as ``class Booking`` or ``table core.bookings``.
    """

    file: str = ""
    line: int = 0
    object: str = ""

    def __str__(self) -> str:
        spot = f"{self.file}:{self.line}" if self.line else self.file
        if not spot:
            return self.object
        return f"{spot} ({self.object})" if self.object else spot


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect.

    Attributes:
        rule: id of the rule that found it.
        what: one sentence that names the defect.
        where: the place to correct it in.
        fix: the way out, ready to paste; may span several lines.
        related: other places that one has to see to understand it.
    """

    rule: str
    what: str
    where: Place
    fix: str = ""
    severity: Severity = "error"
    related: tuple[Place, ...] = ()

    @property
    def rank(self) -> tuple[str, int, str, str, str]:
        """What findings are sorted by: first their place."""
        return (self.where.file, self.where.line, self.where.object, self.rule, self.what)
