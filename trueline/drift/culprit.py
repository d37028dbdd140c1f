"""Whose doing a difference is, and what resolves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trueline.catalog.describe import Difference
from trueline.finding import Place

Culprit = Literal[
    "failed deploy",
    "unknown revision",
    "out of band",
    "waiting revision",
    "unimported model",
    "hand-edited revision",
    "pending",
]

#: In the order in which they are told: what is broken now, then what will be; with what each of them means.
MEANINGS: dict[Culprit, str] = {
    "failed deploy": "a deploy that failed or was interrupted has left this",
    "unknown revision": "the database is at a revision that is not among the files",
    "out of band": "the database was changed, and no revision did it",
    "waiting revision": "the database has not run this revision yet",
    "unimported model": "a revision makes this, and its model is never imported",
    "hand-edited revision": "a revision does not do what the models say",
    "pending": "the models were changed, and no revision does it",
}

RESOLVED_BY: dict[Culprit, str] = {
    "failed deploy": "alembic upgrade head   # goes on where it stopped",
    "unknown revision": "deploy the code that has it, or bring its file back from version control",
    "out of band": "undo it by hand; or say the same in the models, and write it: "
    'alembic revision --autogenerate -m "…"',
    "waiting revision": "alembic upgrade head",
    "unimported model": "import its module where env.py imports the others",
    "hand-edited revision": "where nobody has run it, correct it; else write what the models say as a new one: "
    'alembic revision --autogenerate -m "…"',
    "pending": 'alembic revision --autogenerate -m "…"',
}


@dataclass(frozen=True, slots=True)
class Drifted:
    """One difference.

    Attributes:
        culprit: whose doing it is.
        row: what differs; of revisions and deploys their name.
        where: the model, the revision, or the object.
        why: what tells that it is this one's doing.
        fix: what resolves it.
    """

    culprit: Culprit
    row: Difference
    where: Place
    why: str = ""
    fix: str = ""

    @property
    def resolved_by(self) -> str:
        """The command, or what is to be done."""
        return self.fix or RESOLVED_BY[self.culprit]


@dataclass(frozen=True, slots=True)
class Drift:
    """Everything that was found.

    Attributes:
        database: its address without a password.
        heads: the revisions that it is at.
        found: sorted by culprit, as in `MEANINGS`.
        notes: what was not looked at, and why.
    """

    database: str
    heads: tuple[str, ...]
    found: tuple[Drifted, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_well(self) -> bool:
        """Whether nothing was found."""
        return not self.found
