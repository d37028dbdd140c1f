"""A table as it is declared, by a class, by a Core ``Table`` or in a file of SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trueline.audit.source.words import family
from trueline.finding import Place

Kind = Literal["class", "core", "sql"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        type: in PostgreSQL's words, without lengths: ``integer``, ``uuid``; empty where the text does not tell.
        dialect: whether the type is PostgreSQL's alone.
        nullable: None where the text does not tell.
        key: whether it is in the primary key.
        default: whether the database or Python fills it.
        place: in the class that declares it, which may be a mixin of several tables.
    """

    name: str
    type: str
    place: Place
    nullable: bool | None = None
    key: bool = False
    dialect: bool = False
    default: bool = False

    @property
    def label(self) -> str:
        """What it is called where it is declared: ``User.id``, ``users.id``."""
        return self.place.object.removeprefix("column ")


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key. ``schema`` is what it names: None where it names none, or that of its metadata."""

    columns: tuple[str, ...]
    schema: str | None
    table: str
    target: tuple[str, ...]
    place: Place

    def __str__(self) -> str:
        return ".".join(filter(None, (self.schema, self.table, *self.target[:1])))


@dataclass(frozen=True, slots=True)
class Index:
    """An index or a unique constraint; ``name`` is empty where the convention names it.

    Attributes:
        constraint: whether it is a unique constraint.
        evaluated: whether its condition is one that Python evaluates, before SQLAlchemy sees it.
    """

    columns: tuple[str, ...]
    name: str
    unique: bool
    place: Place
    partial: bool = False
    constraint: bool = False
    evaluated: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table by one declaration.

    Attributes:
        path: dotted name of the class or variable; the file for SQL.
        owner: dotted name of the metadata; empty for SQL.
        schema: None where none is named.
        whole: whether all of its columns are known: false where a base class is not in the project.
    """

    kind: Kind
    name: str
    schema: str | None
    path: str
    module: str
    owner: str
    place: Place
    columns: tuple[Column, ...] = ()
    keys: tuple[ForeignKey, ...] = ()
    indexes: tuple[Index, ...] = ()
    whole: bool = True

    @property
    def label(self) -> str:
        """Schema and name."""
        return f"{self.schema}.{self.name}" if self.schema else self.name

    @property
    def identity(self) -> tuple[str, str]:
        """What two declarations of one table have in common."""
        return (self.schema or "public", self.name)

    @property
    def primary(self) -> tuple[str, ...]:
        """Columns of the primary key."""
        return tuple(each.name for each in self.columns if each.key)

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((each for each in self.columns if each.name == name), None)

    def key_of(self, column: str) -> ForeignKey | None:
        """A foreign key that the column is in."""
        return next((each for each in self.keys if column in each.columns), None)


def alike(one: str, two: str) -> bool:
    """Whether PostgreSQL takes one type for a foreign key to the other; True where one is not known."""
    return not one or not two or family(one) == family(two)
