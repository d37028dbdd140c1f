"""Keys and checks. Each carries PostgreSQL's own definition of it, whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from trueline.catalog.objects.base import Name, OnTable, Origin
from trueline.catalog.objects.program import Enabled

#: Not deferrable; deferrable and initially immediate; deferrable and initially deferred.
Deferrable = Literal["no", "immediate", "deferred"]


#: What makes a trigger of a key fire: rows that point, or are pointed at, change; a deferred key is checked again.
KeyEvent = Literal["insert", "update", "referenced update", "referenced delete", "recheck"]


@dataclass(frozen=True, slots=True)
class KeyFiring:
    """How one of the triggers by which PostgreSQL keeps a key fires, where somebody has said otherwise.

    ``ALTER TABLE … DISABLE TRIGGER ALL`` says so, and the key holds nothing any more.

    Attributes:
        table: that the trigger is on: the key's own, or the one that a foreign key points at, or a partition of that.
        enabled: ``origin``, the usual, never.
    """

    event: KeyEvent
    table: Name
    enabled: Enabled


@dataclass(frozen=True, slots=True)
class IndexedConstraint(OnTable):
    """A constraint that PostgreSQL keeps by an index of the same name.

    Attributes:
        columns: names, without those in INCLUDE and without expressions.
        options: storage parameters of its index.
        tablespace: of its index, when it is not the database's.
        firing: of the trigger that checks a deferrable one again, where it is not as usual.
    """

    schema: str
    table: str
    name: str
    definition: str
    columns: tuple[str, ...] = ()
    deferrable: Deferrable = "no"
    options: tuple[str, ...] = ()
    tablespace: str | None = None
    origin: Origin | None = None
    firing: tuple[KeyFiring, ...] = ()


@dataclass(frozen=True, slots=True)
class PrimaryKey(IndexedConstraint):
    """A primary key."""

    kind: ClassVar[str] = "primary_key"


@dataclass(frozen=True, slots=True)
class Unique(IndexedConstraint):
    """A unique constraint."""

    kind: ClassVar[str] = "unique"


@dataclass(frozen=True, slots=True)
class Exclusion(IndexedConstraint):
    """An exclusion constraint."""

    kind: ClassVar[str] = "exclusion"


@dataclass(frozen=True, slots=True)
class Check(OnTable):
    """A check of a table.

    Attributes:
        valid: whether it is known to hold for the rows that were there before it.
        enforced: false for NOT ENFORCED, which PostgreSQL 18 brought.
        inherited: whether a parent has it, too, which follows from the parents; not compared.
        local: whether it was declared here, too, or only came from a parent.
    """

    kind: ClassVar[str] = "check"

    schema: str
    table: str
    name: str
    definition: str
    columns: tuple[str, ...] = ()
    valid: bool = True
    enforced: bool = True
    inherited: bool = field(default=False, compare=False)
    local: bool = True
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class ForeignKey(OnTable):
    """A foreign key.

    Attributes:
        references: schema and name of the table it points at.
        referenced_columns: as ``columns``, of that table; with the next three a part of the definition, and so not
            compared.
        on_update: ``NO ACTION``, ``RESTRICT``, ``CASCADE``, ``SET NULL`` or ``SET DEFAULT``.
        on_delete: the same, or ``SET NULL (a, b)`` where only some of the columns are set.
        match: ``SIMPLE`` or ``FULL``.
        valid: whether it is known to hold for the rows that were there before it.
        enforced: false for NOT ENFORCED, which PostgreSQL 18 brought.
        firing: of its triggers, those that do not fire as usual, sorted.
    """

    kind: ClassVar[str] = "foreign_key"

    schema: str
    table: str
    name: str
    definition: str
    columns: tuple[str, ...]
    references: Name
    deferrable: Deferrable = "no"
    valid: bool = True
    enforced: bool = True
    origin: Origin | None = None
    referenced_columns: tuple[str, ...] = field(default=(), compare=False)
    on_update: str = field(default="NO ACTION", compare=False)
    on_delete: str = field(default="NO ACTION", compare=False)
    match: str = field(default="SIMPLE", compare=False)
    firing: tuple[KeyFiring, ...] = ()
