"""What is known of one module of Python from its text alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from trueline.audit.source.values import Call, Value
from trueline.finding import Place

#: What a file is for: the application, its tests, Alembic's env.py, or a revision.
Role = Literal["code", "test", "env", "revision"]


@dataclass(frozen=True, slots=True)
class Import:
    """An import, absolute: ``from a import b`` has the target ``a.b``."""

    module: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name with a value or an annotation, in a class or a module."""

    name: str
    value: Value | None
    annotation: Value | None
    line: int


@dataclass(frozen=True, slots=True)
class Class:
    """A class as it is written.

    Attributes:
        path: dotted, with its module's name.
        bases: dotted names as far as they are such.
        methods: their names.
        computed: those of them that make an attribute when the class is mapped: ``@declared_attr``.
    """

    path: str
    bases: tuple[str, ...]
    keywords: tuple[tuple[str, Value], ...]
    attributes: tuple[Attribute, ...]
    methods: tuple[str, ...]
    place: Place
    computed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Without the module."""
        return self.path.rpartition(".")[2]

    def keyword(self, name: str) -> Value | None:
        """What ``class A(B, name=…)`` gives."""
        return next((value for word, value in self.keywords if word == name), None)

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of that name, the last where there are several."""
        return next((each for each in reversed(self.attributes) if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of a module: is there anything in it?"""

    name: str
    empty: bool
    line: int


@dataclass(frozen=True, slots=True)
class Sql:
    """SQL in a string of Python."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Host:
    """A connection that leads to the machine itself unless something else is said.

    Attributes:
        name: of the variable, setting or attribute that is left at that; empty for an address on its own.
    """

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Allowed:
    """``# trueline: allow rule-id: reason``, and the line that it speaks of: its own, or the next if it is alone."""

    rule: str
    reason: str
    place: Place
    line: int


@dataclass(frozen=True, slots=True)
class Module:
    """One file of Python.

    Attributes:
        name: dotted, as it is imported from its source root.
        package: whether it is an ``__init__.py``.
        aliases: local name -> dotted name that an import gave it.
        stars: modules of which every name is imported.
        calls: of functions that rules ask about: see `python.ASKED_ABOUT`.
    """

    file: str
    name: str
    role: Role
    package: bool = False
    imports: tuple[Import, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    stars: tuple[str, ...] = ()
    classes: tuple[Class, ...] = ()
    assigned: tuple[Attribute, ...] = ()
    functions: tuple[Function, ...] = ()
    calls: tuple[Call, ...] = ()
    sql: tuple[Sql, ...] = ()
    hosts: tuple[Host, ...] = ()

    def assignment(self, name: str) -> Attribute | None:
        """What a name of the module is set to, at last."""
        return next((each for each in reversed(self.assigned) if each.name == name), None)

    def place(self, line: int, thing: str = "") -> Place:
        """A line of this file."""
        return Place(self.file, line, thing)
