"""Operations for every kind that has none of its own name: operators, collations, text search and more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alembic.operations import Operations

from trueline.autogen.call import Sql, unindented
from trueline.autogen.operations.called import called, key_of, schema_of
from trueline.autogen.operations.forms import Arguments, Form
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp
from trueline.catalog.objects import DEFINED, KINDS, Defined
from trueline.catalog.render.defined import defined
from trueline.errors import TruelineError

_KINDS = tuple(cls.kind for cls in DEFINED)


class Objects:
    """What these operations are called with: kind and name first.

    An operator is known by the types of its arguments, too, ``arguments="integer, integer"``; an operator class or
    family by its access method; a cast is called ``source AS target``, a transform ``type LANGUAGE language``.
    """

    @classmethod
    def create_object(
        cls,
        operations: Operations,
        kind: str,
        name: str,
        definition: str | Sequence[str],
        *,
        arguments: str = "",
        method: str | None = None,
        schema: str | None = None,
    ) -> None:
        """Create an object of a kind without an operation of its own; ``definition`` is the whole statement or several.

        ``kind`` is ``collation``, ``operator``, ``text_search_configuration``, ``cast``, ``publication`` and so on.
        """
        given = [definition] if isinstance(definition, str) else definition
        first, *rest = map(unindented, given)
        key = key_of(operations, _known(kind), name, arguments=arguments, method=method, schema=schema)
        operations.invoke(CreateObjectOp(_thing(key, first, rest)))

    @classmethod
    def drop_object(
        cls,
        operations: Operations,
        kind: str,
        name: str,
        *,
        arguments: str = "",
        method: str | None = None,
        schema: str | None = None,
    ) -> None:
        """Drop an object of a kind without an operation of its own; PostgreSQL refuses while anything uses it."""
        key = key_of(operations, _known(kind), name, arguments=arguments, method=method, schema=schema)
        operations.invoke(DropObjectOp(_thing(key, "", ())))


def _known(kind: str) -> str:
    if kind not in _KINDS:
        raise TruelineError(
            f"there is no kind of object that is called {kind}", fix=f"choose from: {', '.join(_KINDS)}"
        )
    return kind


def _thing(key: Any, definition: str, rest: Sequence[str]) -> Defined:
    """The object; what follows its statement are parts without a name."""
    cls: Any = KINDS[key[0]]
    thing: Defined = cls(*key[1:], definition, tuple(("", text) for text in rest))
    return thing


def _created(thing: Defined) -> Arguments:
    positional, keywords = called(thing.key)
    texts = [Sql(text) for text in defined(thing)]
    return (*positional, texts[0] if len(texts) == 1 else texts), keywords


def _identity(thing: Defined) -> Arguments:
    return called(thing.key)


def _schema(thing: Defined) -> str | None:
    return schema_of(thing.key)


FORMS = {kind: Form(Objects.create_object, Objects.drop_object, _created, _identity, schema=_schema) for kind in _KINDS}
