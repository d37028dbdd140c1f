"""What one statement makes, and ALTER changes piece by piece: collations, operators, text search, a database's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from trueline.catalog.objects.base import CatalogObject, InSchema, Key, Origin

#: Name and value of what ALTER can change, sorted by name.
Parts = tuple[tuple[str, str], ...]


class Defined(CatalogObject):
    """A statement and the parts that follow it.

    Attributes:
        definition: the statement that creates it, without its parts.
        parts: what ALTER can change, by name: options, members, mappings.
    """

    __slots__ = ()

    name: str
    definition: str
    parts: Parts


@dataclass(frozen=True, slots=True)
class DefinedInSchema(InSchema, Defined):
    """Identified by schema and name."""

    schema: str
    name: str
    definition: str
    parts: Parts = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class DefinedForMethod(Defined):
    """Identified by the index access method, too."""

    schema: str
    name: str
    method: str
    definition: str
    parts: Parts = ()
    origin: Origin | None = None

    @property
    def key(self) -> Key:
        """Kind, schema, name, access method."""
        return (self.kind, self.schema, self.name, self.method)


@dataclass(frozen=True, slots=True)
class DefinedAlone(Defined):
    """Identified by a name, in no schema."""

    name: str
    definition: str
    parts: Parts = ()
    origin: Origin | None = None

    @property
    def key(self) -> Key:
        """Kind and name."""
        return (self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Operator(Defined):
    """An operator; its parts are what the planner knows of it.

    Attributes:
        arguments: types of both sides, separated by a comma and a space; ``NONE`` is left of a prefix operator.
    """

    kind: ClassVar[str] = "operator"

    schema: str
    name: str
    arguments: str
    definition: str
    parts: Parts = ()
    origin: Origin | None = None

    @property
    def key(self) -> Key:
        """Kind, schema, symbol, types of arguments."""
        return (self.kind, self.schema, self.name, self.arguments)


@dataclass(frozen=True, slots=True)
class OperatorFamily(DefinedForMethod):
    """An operator family; its parts are the members that are in none of its classes."""

    kind: ClassVar[str] = "operator_family"


@dataclass(frozen=True, slots=True)
class OperatorClass(DefinedForMethod):
    """An operator class with its members."""

    kind: ClassVar[str] = "operator_class"


@dataclass(frozen=True, slots=True)
class Collation(DefinedInSchema):
    """A collation; the version of its provider is no part of it."""

    kind: ClassVar[str] = "collation"


@dataclass(frozen=True, slots=True)
class Conversion(DefinedInSchema):
    """A conversion between encodings."""

    kind: ClassVar[str] = "conversion"


@dataclass(frozen=True, slots=True)
class TextSearchParser(DefinedInSchema):
    """A text search parser."""

    kind: ClassVar[str] = "text_search_parser"


@dataclass(frozen=True, slots=True)
class TextSearchTemplate(DefinedInSchema):
    """A text search template."""

    kind: ClassVar[str] = "text_search_template"


@dataclass(frozen=True, slots=True)
class TextSearchDictionary(DefinedInSchema):
    """A text search dictionary; its parts are its template's options."""

    kind: ClassVar[str] = "text_search_dictionary"


@dataclass(frozen=True, slots=True)
class TextSearchConfiguration(DefinedInSchema):
    """A text search configuration; its parts are the dictionaries of each type of token."""

    kind: ClassVar[str] = "text_search_configuration"


@dataclass(frozen=True, slots=True)
class Cast(DefinedAlone):
    """A cast, which is called ``source AS target``."""

    kind: ClassVar[str] = "cast"


@dataclass(frozen=True, slots=True)
class Language(DefinedAlone):
    """A procedural language."""

    kind: ClassVar[str] = "language"


@dataclass(frozen=True, slots=True)
class Transform(DefinedAlone):
    """How values of a type come to a procedural language; it is called ``type LANGUAGE language``."""

    kind: ClassVar[str] = "transform"


@dataclass(frozen=True, slots=True)
class AccessMethod(DefinedAlone):
    """An access method of tables or indexes."""

    kind: ClassVar[str] = "access_method"


@dataclass(frozen=True, slots=True)
class ForeignDataWrapper(DefinedAlone):
    """A foreign-data wrapper; options that may hold a secret are not read."""

    kind: ClassVar[str] = "foreign_data_wrapper"


@dataclass(frozen=True, slots=True)
class Server(DefinedAlone):
    """A foreign server without its user mappings; options that may hold a secret are not read."""

    kind: ClassVar[str] = "server"


@dataclass(frozen=True, slots=True)
class Publication(DefinedAlone):
    """A publication; its parts are its tables and schemas, and what it publishes of them."""

    kind: ClassVar[str] = "publication"


@dataclass(frozen=True, slots=True)
class EventTrigger(DefinedAlone):
    """An event trigger; when it fires is its part ``enabled``, where that is not the usual."""

    kind: ClassVar[str] = "event_trigger"


#: Every kind of this module, in an order in which one may need what comes before.
DEFINED: tuple[type[Defined], ...] = (
    Language,
    AccessMethod,
    Collation,
    Conversion,
    TextSearchParser,
    TextSearchTemplate,
    TextSearchDictionary,
    TextSearchConfiguration,
    ForeignDataWrapper,
    Server,
    Operator,
    OperatorFamily,
    OperatorClass,
    Cast,
    Transform,
    Publication,
    EventTrigger,
)

#: Kinds that belong to the database as a whole: tools and administrators make them outside of migrations.
OF_DATABASE = frozenset(
    {
        "language",
        "access_method",
        "foreign_data_wrapper",
        "server",
        "transform",
        "publication",
        "event_trigger",
    }
)

#: Kinds whose key is kind and name.
WITHOUT_SCHEMA = frozenset({"schema", "extension", *(cls.kind for cls in DEFINED if issubclass(cls, DefinedAlone))})
