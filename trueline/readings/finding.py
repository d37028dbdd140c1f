"""What a reading has to say about models or revisions that could be read all the same."""

from __future__ import annotations

from dataclasses import dataclass

from trueline.catalog.objects import Key
from trueline.errors import TruelineError


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect that the reading found a way around.

    Attributes:
        what: one sentence: the object, PostgreSQL's words, and what was done instead.
        where: the models, such as ``app/models/user.py:12 (class User)``.
        fix: the way out, ready to paste.
        objects: keys of the catalog objects that it is about.
    """

    what: str
    where: tuple[str, ...] = ()
    fix: str | None = None
    objects: tuple[Key, ...] = ()

    def __str__(self) -> str:
        return TruelineError(self.what, where=self.where, fix=self.fix).text()
