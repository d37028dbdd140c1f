"""What every kind of catalog object has: a kind, a key that identifies it, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

#: Identifies an object: its kind, then schema, relation and name as far as the kind has them.
Key = tuple[str, ...]

#: Schema and name.
Name = tuple[str, str]

OriginKind = Literal["extension", "framework", "constraint", "identity", "serial", "partition", "inherited"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What an object exists because of; an object without one was made for its own sake.

    Attributes:
        kind: ``extension`` and ``framework``: made and changed by somebody else. ``constraint``: the index that
            PostgreSQL keeps for a key. ``identity`` and ``serial``: the sequence of a column. ``partition``: what a
            partition got from its parent. ``inherited``: what an inheritance child or a partition has from its
            parent's columns and checks.
        of: key of the object that it came with.
    """

    kind: OriginKind
    of: Key


class CatalogObject:
    """Base of all kinds. `key` identifies, equality decides; fields that are not compared are no difference."""

    __slots__ = ()

    kind: ClassVar[str]
    origin: Origin | None

    @property
    def key(self) -> Key:
        """The kind and the names that identify this object among all others of a catalog."""
        raise NotImplementedError


class InSchema(CatalogObject):
    """Identified by schema and name."""

    __slots__ = ()

    schema: str
    name: str

    @property
    def key(self) -> Key:
        """Kind, schema, name."""
        return (self.kind, self.schema, self.name)


class OnTable(CatalogObject):
    """Identified by its relation and a name: columns, constraints, triggers, rules, policies."""

    __slots__ = ()

    schema: str
    table: str
    name: str

    @property
    def key(self) -> Key:
        """Kind, schema, relation, name."""
        return (self.kind, self.schema, self.table, self.name)
