"""Views, routines, triggers, rules, policies and extensions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from trueline.catalog.objects.base import CatalogObject, InSchema, Key, OnTable, Origin

#: When a trigger or rule fires: ``origin`` is PostgreSQL's word for the usual, ``replica`` only when applying.
Enabled = Literal["origin", "replica", "always", "disabled"]


@dataclass(frozen=True, slots=True)
class View(InSchema):
    """A view.

    Attributes:
        options: ``check_option``, ``security_barrier``, ``security_invoker`` as ``name=value``, sorted.
        defaults: column and default, of columns that have one.
        columns: name and type, in order; what follows from the definition, and so not compared.
    """

    kind: ClassVar[str] = "view"

    schema: str
    name: str
    definition: str
    options: tuple[str, ...] = ()
    defaults: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class MaterializedView(InSchema):
    """A materialized view.

    Attributes:
        options: storage parameters as ``name=value``, sorted.
        settings: columns' chosen storage, compression and statistics, as ``column: SET …``.
        populated: whether REFRESH has filled it: its data, not its definition, and so not compared.
    """

    kind: ClassVar[str] = "materialized_view"

    schema: str
    name: str
    definition: str
    options: tuple[str, ...] = ()
    access_method: str | None = None
    tablespace: str | None = None
    clustered_on: str | None = None
    settings: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    populated: bool = field(default=True, compare=False)
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Routine(CatalogObject):
    """What is called: identified by the types of its input arguments, as PostgreSQL does.

    Attributes:
        arguments: types of the input arguments, separated by a comma and a space.
        definition: the statement that creates it.
    """

    schema: str
    name: str
    arguments: str
    definition: str
    origin: Origin | None = None

    @property
    def key(self) -> Key:
        """Kind, schema, name, types of arguments."""
        return (self.kind, self.schema, self.name, self.arguments)


@dataclass(frozen=True, slots=True)
class Function(Routine):
    """A function, window functions among them.

    Attributes:
        signature: all its arguments with mode, name, type and default, as they stand in the definition; not compared.
        result: what it returns, as in the definition; not compared.
    """

    kind: ClassVar[str] = "function"

    signature: str = field(default="", compare=False)
    result: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Procedure(Routine):
    """A procedure.

    Attributes:
        signature: all its arguments with mode, name, type and default, as they stand in the definition; not compared.
        result: empty; not compared.
    """

    kind: ClassVar[str] = "procedure"

    signature: str = field(default="", compare=False)
    result: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Aggregate(Routine):
    """An aggregate."""

    kind: ClassVar[str] = "aggregate"


@dataclass(frozen=True, slots=True)
class Trigger(OnTable):
    """A trigger of a table or view; those that PostgreSQL makes for keys are left out."""

    kind: ClassVar[str] = "trigger"

    schema: str
    table: str
    name: str
    definition: str
    enabled: Enabled = "origin"
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Rule(OnTable):
    """A rewrite rule of a table or view, without the one that a view is made of."""

    kind: ClassVar[str] = "rule"

    schema: str
    table: str
    name: str
    definition: str
    enabled: Enabled = "origin"
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Policy(OnTable):
    """A row security policy.

    Attributes:
        command: ``ALL``, ``SELECT``, ``INSERT``, ``UPDATE`` or ``DELETE``.
        roles: sorted; ``public`` for everybody.
        using: which rows are seen.
        check: which rows may be written.
    """

    kind: ClassVar[str] = "policy"

    schema: str
    table: str
    name: str
    command: str = "ALL"
    permissive: bool = True
    roles: tuple[str, ...] = ("public",)
    using: str | None = None
    check: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Extension(CatalogObject):
    """An installed extension; its members have it as their origin."""

    kind: ClassVar[str] = "extension"

    name: str
    schema: str
    version: str
    origin: Origin | None = None

    @property
    def key(self) -> Key:
        """Kind and name: an extension is in a schema, but not of it."""
        return (self.kind, self.name)
