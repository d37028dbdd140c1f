"""Operations for enum, domain, composite and range types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alembic.operations import Operations

from trueline.autogen.operations.execution import place
from trueline.autogen.operations.forms import Arguments, Form
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp
from trueline.catalog.objects import Attribute, Composite, Domain, DomainCheck, Enum, NotNull, Range


class Types:
    """What a type's operations are called with."""

    @classmethod
    def create_enum(
        cls, operations: Operations, name: str, labels: Sequence[str], *, schema: str | None = None
    ) -> None:
        """Create an enum type with these labels, in this order."""
        operations.invoke(CreateObjectOp(Enum(place(operations, schema), name, tuple(labels))))

    @classmethod
    def drop_enum(cls, operations: Operations, name: str, *, schema: str | None = None) -> None:
        """Drop an enum type; PostgreSQL refuses while a column uses it."""
        operations.invoke(DropObjectOp(Enum(place(operations, schema), name)))

    @classmethod
    def create_domain(
        cls,
        operations: Operations,
        name: str,
        type_: str,
        *,
        not_null: bool = False,
        not_null_name: str | None = None,
        default: str | None = None,
        collation: str | None = None,
        checks: Mapping[str, str] | None = None,
        schema: str | None = None,
    ) -> None:
        """Create a domain over ``type_``; ``checks`` are definitions by name, such as ``CHECK (VALUE <> '')``."""
        required = NotNull(not_null_name) if not_null_name else None
        conditions = tuple(
            DomainCheck(check, definition, not definition.endswith(" NOT VALID"))
            for check, definition in (checks or {}).items()
        )
        place_ = place(operations, schema)
        domain = Domain(place_, name, type_, not_null or bool(required), required, default, collation, conditions)
        operations.invoke(CreateObjectOp(domain))

    @classmethod
    def drop_domain(cls, operations: Operations, name: str, *, schema: str | None = None) -> None:
        """Drop a domain; PostgreSQL refuses while a column uses it."""
        operations.invoke(DropObjectOp(Domain(place(operations, schema), name, "")))

    @classmethod
    def create_composite_type(
        cls, operations: Operations, name: str, attributes: Sequence[Sequence[str]], *, schema: str | None = None
    ) -> None:
        """Create a composite type; an attribute is its name and type, and its collation where that is not the usual."""
        parts = tuple(Attribute(*attribute) for attribute in attributes)
        operations.invoke(CreateObjectOp(Composite(place(operations, schema), name, parts)))

    @classmethod
    def drop_composite_type(cls, operations: Operations, name: str, *, schema: str | None = None) -> None:
        """Drop a composite type; PostgreSQL refuses while a column uses it."""
        operations.invoke(DropObjectOp(Composite(place(operations, schema), name)))

    @classmethod
    def create_range_type(
        cls,
        operations: Operations,
        name: str,
        subtype: str,
        *,
        operator_class: str | None = None,
        collation: str | None = None,
        canonical: str | None = None,
        difference: str | None = None,
        multirange: str | None = None,
        schema: str | None = None,
    ) -> None:
        """Create a range type over ``subtype``; what else is given names functions and the like as SQL has them."""
        given = (operator_class, collation, canonical, difference, multirange)
        operations.invoke(CreateObjectOp(Range(place(operations, schema), name, subtype, *given)))

    @classmethod
    def drop_range_type(cls, operations: Operations, name: str, *, schema: str | None = None) -> None:
        """Drop a range type with its multirange; PostgreSQL refuses while a column uses one of them."""
        operations.invoke(DropObjectOp(Range(place(operations, schema), name, "")))


def _enum(thing: Enum) -> Arguments:
    return (thing.name, list(thing.labels)), {}


def _domain(thing: Domain) -> Arguments:
    required = thing.not_null_constraint.name if thing.not_null_constraint else None
    named = required if required != f"{thing.name}_not_null" else None
    keywords = {
        "not_null": thing.not_null and named is None,
        "not_null_name": named,
        "default": thing.written,
        "collation": thing.collation,
        "checks": {check.name: check.definition for check in thing.checks} or None,
    }
    return (thing.name, thing.type), keywords


def _composite(thing: Composite) -> Arguments:
    parts = [tuple(filter(None, (part.name, part.type, part.collation))) for part in thing.attributes]
    return (thing.name, parts), {}


def _range(thing: Range) -> Arguments:
    keywords = {
        "operator_class": thing.operator_class,
        "collation": thing.collation,
        "canonical": thing.canonical,
        "difference": thing.difference,
        "multirange": thing.multirange,
    }
    return (thing.name, thing.subtype), keywords


def _name(thing: Enum | Domain | Composite | Range) -> Arguments:
    return (thing.name,), {}


FORMS = {
    "enum": Form(Types.create_enum, Types.drop_enum, _enum, _name),
    "domain": Form(Types.create_domain, Types.drop_domain, _domain, _name),
    "composite": Form(Types.create_composite_type, Types.drop_composite_type, _composite, _name),
    "range": Form(Types.create_range_type, Types.drop_range_type, _range, _name),
}
