"""Extensions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from trueline.catalog.render.words import literal, name
from trueline.objects.base import Declaration, Key
from trueline.objects.names import Place


@dataclass(frozen=True, slots=True)
class Extension(Declaration):
    """An extension that the database must have; ``drop_all`` leaves it.

    Args:
        name: its name.
        schema: where its objects lie, where that is not left to it.
        version: the version to install, where it is not the newest that the server has.
        cascade: whether what it needs is installed too.

    Raises:
        ObjectError: it is declared already.
    """

    kind: ClassVar[str] = "extension"
    early: ClassVar[bool] = True

    name: str
    schema: str | None = None
    version: str | None = None
    cascade: bool = field(default=False, kw_only=True)

    @property
    def place(self) -> Place:
        """An extension is in a schema, but not of it."""
        return None, self.name

    @property
    def key(self) -> Key:
        """A database has it once."""
        return (self.kind, self.name)

    def create_sql(self) -> Iterator[str]:
        """Nothing where it is installed already."""
        schema = f" SCHEMA {name(self.schema)}" if self.schema else ""
        version = f" VERSION {literal(self.version)}" if self.version else ""
        yield f"CREATE EXTENSION IF NOT EXISTS {name(self.name)}{schema}{version}{' CASCADE' if self.cascade else ''}"
