"""How an object is written as a call: which operations a kind has, and what it gives as arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from inspect import Parameter, signature
from typing import Any

from trueline.autogen.call import Call
from trueline.catalog.objects import CatalogObject

#: Positional arguments of a call, and keywords.
Arguments = tuple[tuple[Any, ...], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Form:
    """The operations of one kind.

    Attributes:
        creating: the class method behind the operation that creates it.
        dropping: the same for the one that drops it.
        arguments: what an object gives to the first.
        identity: what it gives to the second.
        replacing: name of the operation that replaces it in place, where there is one.
        creates_over: whether creating it again overwrites what was there.
        schema: the schema that ``schema=`` stands for; None for what has none.
    """

    creating: Callable[..., None]
    dropping: Callable[..., None]
    arguments: Callable[[Any], Arguments]
    identity: Callable[[Any], Arguments]
    replacing: str | None = None
    creates_over: bool = False
    schema: Callable[[Any], str | None] = field(default=lambda thing: thing.schema)

    @property
    def replaces(self) -> bool:
        """Whether there is an operation that replaces it."""
        return self.replacing is not None

    def create(self, thing: CatalogObject, default_schema: str) -> Call:
        """The call that creates it."""
        return self._call(self.creating, self.arguments(thing), thing, default_schema)

    def drop(self, thing: CatalogObject, default_schema: str) -> Call:
        """The call that drops it."""
        return self._call(self.dropping, self.identity(thing), thing, default_schema)

    def replace(self, thing: CatalogObject, default_schema: str) -> Call:
        """The call that replaces it: it takes what creating it takes."""
        call = self.create(thing, default_schema)
        return Call(self.replacing or call.operation, call.positional, call.keywords)

    def _call(self, method: Callable[..., None], given: Arguments, thing: Any, default_schema: str) -> Call:
        positional, keywords = given
        usual = _defaults(method)
        chosen = {name: each for name, each in keywords.items() if each != usual[name]}
        schema = self.schema(thing) if "schema" in usual else None
        if schema is not None and schema != default_schema:
            chosen["schema"] = schema
        return Call(method.__name__, positional, chosen)


@cache
def _defaults(method: Callable[..., None]) -> dict[str, Any]:
    """What leaving a keyword out means."""
    parameters = signature(method).parameters.values()
    return {each.name: each.default for each in parameters if each.default is not Parameter.empty}


def form_of(thing: CatalogObject) -> Form:
    """The form of an object's kind."""
    return _forms()[thing.kind]


@cache
def _forms() -> dict[str, Form]:
    from trueline.autogen.operations import access, constraint, defined, program, relation, types

    return {**relation.FORMS, **types.FORMS, **program.FORMS, **constraint.FORMS, **access.FORMS, **defined.FORMS}
