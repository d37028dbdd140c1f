"""Types that a schema defines, and sequences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from trueline.catalog.objects.base import InSchema, Key, Origin
from trueline.catalog.objects.table import NotNull, Persistence


@dataclass(frozen=True, slots=True)
class Enum(InSchema):
    """An enumerated type; its labels in their order."""

    kind: ClassVar[str] = "enum"

    schema: str
    name: str
    labels: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class DomainCheck:
    """A check of a domain."""

    name: str
    definition: str
    valid: bool = True


@dataclass(frozen=True, slots=True)
class Domain(InSchema):
    """A domain.

    Attributes:
        type: the type below, with its modifiers.
        not_null_constraint: its name; none before PostgreSQL 17.
        collation: when it is not the type's own.
        checks: sorted by name.
        spelled: the default as PostgreSQL prints it, where ``default`` has the one spelling; not compared.
    """

    kind: ClassVar[str] = "domain"

    schema: str
    name: str
    type: str
    not_null: bool = False
    not_null_constraint: NotNull | None = None
    default: str | None = None
    collation: str | None = None
    checks: tuple[DomainCheck, ...] = ()
    origin: Origin | None = None
    spelled: str | None = field(default=None, compare=False)

    @property
    def written(self) -> str | None:
        """The default as PostgreSQL prints it, for statements."""
        return None if self.default is None else self.spelled or self.default


@dataclass(frozen=True, slots=True)
class Attribute:
    """A part of a composite type. ``collation`` only when it is not the type's own."""

    name: str
    type: str
    collation: str | None = None


@dataclass(frozen=True, slots=True)
class Composite(InSchema):
    """A composite type; its attributes in their order."""

    kind: ClassVar[str] = "composite"

    schema: str
    name: str
    attributes: tuple[Attribute, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Range(InSchema):
    """A range type.

    Attributes:
        operator_class: when it is not the subtype's default.
        collation: when it is not the subtype's own.
        canonical: function, if any.
        difference: function (``subtype_diff``), if any.
        multirange: name of the multirange type.
    """

    kind: ClassVar[str] = "range"

    schema: str
    name: str
    subtype: str
    operator_class: str | None = None
    collation: str | None = None
    canonical: str | None = None
    difference: str | None = None
    multirange: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Sequence(InSchema):
    """A sequence: what it does, never how far it has got.

    Attributes:
        owned_by: key of the column that it is dropped with.
    """

    kind: ClassVar[str] = "sequence"

    schema: str
    name: str
    type: str = "bigint"
    start: int = 1
    increment: int = 1
    minimum: int = 1
    maximum: int = 2**63 - 1
    cache: int = 1
    cycle: bool = False
    persistence: Persistence = "permanent"
    owned_by: Key | None = None
    origin: Origin | None = None
