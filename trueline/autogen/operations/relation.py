"""Operations for schemas, extensions, sequences, views and extended statistics."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence as Several
from dataclasses import replace
from typing import Any

from alembic.operations import Operations

from trueline.autogen.call import Sql, unindented
from trueline.autogen.operations.execution import place
from trueline.autogen.operations.forms import Arguments, Form
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp, ReplaceObjectOp
from trueline.catalog.objects import Extension, MaterializedView, Schema, Sequence, Statistics, View

#: The highest value of each type that a sequence may have.
HIGHEST = {"smallint": 2**15 - 1, "integer": 2**31 - 1, "bigint": 2**63 - 1}


class Relations:
    """What the operations of schemas and what is in them are called with."""

    @classmethod
    def create_schema(cls, operations: Operations, name: str) -> None:
        """Create the schema unless a DBA has created it beforehand."""
        operations.invoke(CreateObjectOp(Schema(name)))

    @classmethod
    def drop_schema(cls, operations: Operations, name: str, *, if_made: bool = False) -> None:
        """Drop the schema; PostgreSQL refuses while anything is left in it.

        With ``if_made`` one that was there before the history began, or belongs to somebody else, stays.
        """
        operations.invoke(DropObjectOp(Schema(name), if_made=if_made))

    @classmethod
    def create_extension(
        cls, operations: Operations, name: str, *, version: str | None = None, schema: str | None = None
    ) -> None:
        """Create the extension unless it is there, in this schema; without ``version`` in the server's usual one."""
        operations.invoke(CreateObjectOp(Extension(name, place(operations, schema), version or "")))

    @classmethod
    def drop_extension(cls, operations: Operations, name: str, *, if_made: bool = False) -> None:
        """Drop the extension; PostgreSQL refuses while anything uses it.

        With ``if_made`` one that was there before the history began, or belongs to somebody else, stays.
        """
        operations.invoke(DropObjectOp(Extension(name, "", ""), if_made=if_made))

    @classmethod
    def create_sequence(
        cls,
        operations: Operations,
        name: str,
        *,
        type_: str = "bigint",
        start: int | None = None,
        increment: int = 1,
        minimum: int | None = None,
        maximum: int | None = None,
        cache: int = 1,
        cycle: bool = False,
        unlogged: bool = False,
        schema: str | None = None,
    ) -> None:
        """Create a sequence; what is left out is as PostgreSQL has it, by type and direction."""
        low, high = usual_bounds(type_, increment)
        lowest = low if minimum is None else minimum
        highest = high if maximum is None else maximum
        first = (lowest if increment > 0 else highest) if start is None else start
        persistence: Any = "unlogged" if unlogged else "permanent"
        options = (type_, first, increment, lowest, highest, cache, cycle, persistence)
        operations.invoke(CreateObjectOp(Sequence(place(operations, schema), name, *options)))

    @classmethod
    def drop_sequence(cls, operations: Operations, name: str, *, schema: str | None = None) -> None:
        """Drop a sequence; PostgreSQL refuses while a default draws from it."""
        operations.invoke(DropObjectOp(Sequence(place(operations, schema), name)))

    @classmethod
    def create_view(
        cls,
        operations: Operations,
        name: str,
        definition: str,
        *,
        options: Mapping[str, str] | None = None,
        defaults: Mapping[str, str] | None = None,
        schema: str | None = None,
    ) -> None:
        """Create a view of a SELECT; ``defaults`` are expressions by column, for INSERT into the view."""
        operations.invoke(
            CreateObjectOp(_new_view(operations, name, definition, options=options, defaults=defaults, schema=schema))
        )

    @classmethod
    def replace_view(
        cls,
        operations: Operations,
        name: str,
        definition: str,
        *,
        options: Mapping[str, str] | None = None,
        defaults: Mapping[str, str] | None = None,
        schema: str | None = None,
    ) -> None:
        """Replace a view, which keeps its columns and may get more at the end."""
        operations.invoke(
            ReplaceObjectOp(
                None, _new_view(operations, name, definition, options=options, defaults=defaults, schema=schema)
            )
        )

    @classmethod
    def drop_view(cls, operations: Operations, name: str, *, schema: str | None = None) -> None:
        """Drop a view; PostgreSQL refuses while another one uses it."""
        operations.invoke(DropObjectOp(View(place(operations, schema), name, "")))

    @classmethod
    def create_materialized_view(
        cls,
        operations: Operations,
        name: str,
        definition: str,
        *,
        options: Mapping[str, str] | None = None,
        access_method: str | None = None,
        tablespace: str | None = None,
        settings: Several[tuple[str, str]] = (),
        populated: bool = True,
        schema: str | None = None,
    ) -> None:
        """Create a materialized view of a SELECT, and fill it; ``settings`` are pairs: column, ``SET STORAGE …``."""
        chosen = _pairs(options)
        method, space, parts = access_method, tablespace, tuple(settings)
        view = MaterializedView(
            place(operations, schema), name, unindented(definition), chosen, method, space, None, parts
        )
        operations.invoke(CreateObjectOp(replace(view, populated=populated)))

    @classmethod
    def drop_materialized_view(cls, operations: Operations, name: str, *, schema: str | None = None) -> None:
        """Drop a materialized view with its indexes; PostgreSQL refuses while a view uses it."""
        operations.invoke(DropObjectOp(MaterializedView(place(operations, schema), name, "")))

    @classmethod
    def create_statistics(
        cls, operations: Operations, name: str, definition: str, *, target: int | None = None, schema: str | None = None
    ) -> None:
        """Create extended statistics; ``definition`` is the whole statement."""
        thing = Statistics(place(operations, schema), name, ("", ""), unindented(definition), target)
        operations.invoke(CreateObjectOp(thing))

    @classmethod
    def drop_statistics(cls, operations: Operations, name: str, *, schema: str | None = None) -> None:
        """Drop extended statistics."""
        operations.invoke(DropObjectOp(Statistics(place(operations, schema), name, ("", ""), "")))


def usual_bounds(type_: str, increment: int) -> tuple[int, int]:
    """Lowest and highest value of a sequence where none is given."""
    highest = HIGHEST[type_]
    return (1, highest) if increment > 0 else (-highest - 1, -1)


def _new_view(
    operations: Operations,
    name: str,
    definition: str,
    *,
    options: Mapping[str, str] | None,
    defaults: Mapping[str, str] | None,
    schema: str | None,
) -> View:
    values = tuple((defaults or {}).items())
    return View(place(operations, schema), name, unindented(definition), _pairs(options), values)


def _pairs(options: Mapping[str, str] | None) -> tuple[str, ...]:
    return tuple(f"{key}={each}" for key, each in (options or {}).items())


def _mapping(pairs: tuple[str, ...]) -> dict[str, str] | None:
    return {key: each for key, _, each in (pair.partition("=") for pair in pairs)} or None


def _named(thing: Any) -> Arguments:
    return (thing.name,), {}


def _extension(thing: Extension) -> Arguments:
    return (thing.name,), {"version": thing.version or None}


def _sequence(thing: Sequence) -> Arguments:
    low, high = usual_bounds(thing.type, thing.increment)
    first = thing.minimum if thing.increment > 0 else thing.maximum
    keywords = {
        "type_": thing.type,
        "start": None if thing.start == first else thing.start,
        "increment": thing.increment,
        "minimum": None if thing.minimum == low else thing.minimum,
        "maximum": None if thing.maximum == high else thing.maximum,
        "cache": thing.cache,
        "cycle": thing.cycle,
        "unlogged": thing.persistence == "unlogged",
    }
    return (thing.name,), keywords


def _query(thing: View | MaterializedView) -> Sql:
    return Sql(thing.definition.strip().removesuffix(";"))


def _view(thing: View) -> Arguments:
    return (thing.name, _query(thing)), {"options": _mapping(thing.options), "defaults": dict(thing.defaults) or None}


def _materialized_view(thing: MaterializedView) -> Arguments:
    keywords = {
        "options": _mapping(thing.options),
        "access_method": thing.access_method,
        "tablespace": thing.tablespace,
        "settings": list(thing.settings) or (),
        "populated": thing.populated,
    }
    return (thing.name, _query(thing)), keywords


def _statistics(thing: Statistics) -> Arguments:
    return (thing.name, Sql(thing.definition)), {"target": thing.target}


FORMS = {
    "schema": Form(Relations.create_schema, Relations.drop_schema, _named, _named, schema=lambda _: None),
    "extension": Form(Relations.create_extension, Relations.drop_extension, _extension, _named),
    "sequence": Form(Relations.create_sequence, Relations.drop_sequence, _sequence, _named),
    "view": Form(Relations.create_view, Relations.drop_view, _view, _named, "replace_view"),
    "materialized_view": Form(
        Relations.create_materialized_view, Relations.drop_materialized_view, _materialized_view, _named
    ),
    "statistics": Form(Relations.create_statistics, Relations.drop_statistics, _statistics, _named),
}
