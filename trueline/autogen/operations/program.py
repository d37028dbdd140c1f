"""Operations for routines, triggers, rules and policies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alembic.operations import Operations

from trueline.autogen.call import Sql, unindented
from trueline.autogen.operations.brackets import without_brackets
from trueline.autogen.operations.execution import place
from trueline.autogen.operations.forms import Arguments, Form
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp, ReplaceObjectOp
from trueline.catalog.objects import Aggregate, Function, Policy, Procedure, Rule, Trigger
from trueline.catalog.objects.program import Enabled, Routine


class Routines:
    """What the operations of routines are called with.

    A routine is known by its name and the types of its input arguments, ``integer, text[]``, empty for none.
    """

    @classmethod
    def create_function(
        cls, operations: Operations, name: str, arguments: str, definition: str, *, schema: str | None = None
    ) -> None:
        """Create a function: its input types, and the whole statement; the body may use what comes later."""
        operations.invoke(CreateObjectOp(Function(place(operations, schema), name, arguments, unindented(definition))))

    @classmethod
    def replace_function(
        cls, operations: Operations, name: str, arguments: str, definition: str, *, schema: str | None = None
    ) -> None:
        """Replace a function, which keeps its input and result types."""
        new = Function(place(operations, schema), name, arguments, unindented(definition))
        operations.invoke(ReplaceObjectOp(None, new))

    @classmethod
    def drop_function(cls, operations: Operations, name: str, arguments: str, *, schema: str | None = None) -> None:
        """Drop the function with these input types; PostgreSQL refuses while anything uses it."""
        operations.invoke(DropObjectOp(Function(place(operations, schema), name, arguments, "")))

    @classmethod
    def create_procedure(
        cls, operations: Operations, name: str, arguments: str, definition: str, *, schema: str | None = None
    ) -> None:
        """Create a procedure: its input types, and the whole statement; the body may use what comes later."""
        operations.invoke(CreateObjectOp(Procedure(place(operations, schema), name, arguments, unindented(definition))))

    @classmethod
    def replace_procedure(
        cls, operations: Operations, name: str, arguments: str, definition: str, *, schema: str | None = None
    ) -> None:
        """Replace a procedure, which keeps its argument types."""
        new = Procedure(place(operations, schema), name, arguments, unindented(definition))
        operations.invoke(ReplaceObjectOp(None, new))

    @classmethod
    def drop_procedure(cls, operations: Operations, name: str, arguments: str, *, schema: str | None = None) -> None:
        """Drop the procedure with these input types."""
        operations.invoke(DropObjectOp(Procedure(place(operations, schema), name, arguments, "")))

    @classmethod
    def create_aggregate(
        cls, operations: Operations, name: str, arguments: str, definition: str, *, schema: str | None = None
    ) -> None:
        """Create an aggregate: its input types, and the whole statement."""
        operations.invoke(CreateObjectOp(Aggregate(place(operations, schema), name, arguments, unindented(definition))))

    @classmethod
    def replace_aggregate(
        cls, operations: Operations, name: str, arguments: str, definition: str, *, schema: str | None = None
    ) -> None:
        """Replace an aggregate, which keeps its input and result types."""
        new = Aggregate(place(operations, schema), name, arguments, unindented(definition))
        operations.invoke(ReplaceObjectOp(None, new))

    @classmethod
    def drop_aggregate(cls, operations: Operations, name: str, arguments: str, *, schema: str | None = None) -> None:
        """Drop the aggregate with these input types; PostgreSQL refuses while a view uses it."""
        operations.invoke(DropObjectOp(Aggregate(place(operations, schema), name, arguments, "")))


class OnTables:
    """What the operations of triggers, rules and policies are called with; ``schema`` is their table's."""

    @classmethod
    def create_trigger(
        cls,
        operations: Operations,
        name: str,
        table: str,
        definition: str,
        *,
        enabled: Enabled = "origin",
        schema: str | None = None,
    ) -> None:
        """Create a trigger of a table or view; ``definition`` is the whole statement."""
        thing = Trigger(place(operations, schema), table, name, unindented(definition), enabled)
        operations.invoke(CreateObjectOp(thing))

    @classmethod
    def replace_trigger(
        cls,
        operations: Operations,
        name: str,
        table: str,
        definition: str,
        *,
        enabled: Enabled = "origin",
        schema: str | None = None,
    ) -> None:
        """Replace a trigger; a constraint trigger has to be dropped and created."""
        thing = Trigger(place(operations, schema), table, name, unindented(definition), enabled)
        operations.invoke(ReplaceObjectOp(None, thing))

    @classmethod
    def drop_trigger(cls, operations: Operations, name: str, table: str, *, schema: str | None = None) -> None:
        """Drop a trigger of a table or view."""
        operations.invoke(DropObjectOp(Trigger(place(operations, schema), table, name, "")))

    @classmethod
    def create_rule(
        cls,
        operations: Operations,
        name: str,
        table: str,
        definition: str,
        *,
        enabled: Enabled = "origin",
        schema: str | None = None,
    ) -> None:
        """Create a rewrite rule of a table or view; ``definition`` is the whole statement."""
        thing = Rule(place(operations, schema), table, name, unindented(definition), enabled)
        operations.invoke(CreateObjectOp(thing))

    @classmethod
    def replace_rule(
        cls,
        operations: Operations,
        name: str,
        table: str,
        definition: str,
        *,
        enabled: Enabled = "origin",
        schema: str | None = None,
    ) -> None:
        """Replace a rewrite rule."""
        thing = Rule(place(operations, schema), table, name, unindented(definition), enabled)
        operations.invoke(ReplaceObjectOp(None, thing))

    @classmethod
    def drop_rule(cls, operations: Operations, name: str, table: str, *, schema: str | None = None) -> None:
        """Drop a rewrite rule of a table or view."""
        operations.invoke(DropObjectOp(Rule(place(operations, schema), table, name, "")))

    @classmethod
    def create_policy(
        cls,
        operations: Operations,
        name: str,
        table: str,
        *,
        command: str = "ALL",
        permissive: bool = True,
        roles: Sequence[str] = ("public",),
        using: str | None = None,
        check: str | None = None,
        schema: str | None = None,
    ) -> None:
        """Create a row security policy: ``using`` says which rows are seen, ``check`` which may be written."""
        seen, written = (None if each is None else unindented(each) for each in (using, check))
        thing = Policy(place(operations, schema), table, name, command, permissive, tuple(roles), seen, written)
        operations.invoke(CreateObjectOp(thing))

    @classmethod
    def drop_policy(cls, operations: Operations, name: str, table: str, *, schema: str | None = None) -> None:
        """Drop a row security policy."""
        operations.invoke(DropObjectOp(Policy(place(operations, schema), table, name)))


def _routine(thing: Routine) -> Arguments:
    return (thing.name, thing.arguments, Sql(thing.definition.strip())), {}


def _called(thing: Routine) -> Arguments:
    return (thing.name, thing.arguments), {}


def _fires(thing: Trigger | Rule) -> Arguments:
    return (thing.name, thing.table, Sql(thing.definition.removesuffix(";"))), {"enabled": thing.enabled}


def _policy(thing: Policy) -> Arguments:
    keywords = {
        "command": thing.command,
        "permissive": thing.permissive,
        "roles": ("public",) if thing.roles == ("public",) else list(thing.roles),
        "using": _condition(thing.using),
        "check": _condition(thing.check),
    }
    return (thing.name, thing.table), keywords


def _condition(sql: str | None) -> Sql | None:
    """Without the brackets that the statement has anyway."""
    return None if sql is None else Sql(without_brackets(sql))


def _on_table(thing: Any) -> Arguments:
    return (thing.name, thing.table), {}


FORMS = {
    "function": Form(Routines.create_function, Routines.drop_function, _routine, _called, "replace_function"),
    "procedure": Form(Routines.create_procedure, Routines.drop_procedure, _routine, _called, "replace_procedure"),
    "aggregate": Form(Routines.create_aggregate, Routines.drop_aggregate, _routine, _called, "replace_aggregate"),
    "trigger": Form(OnTables.create_trigger, OnTables.drop_trigger, _fires, _on_table, "replace_trigger"),
    "rule": Form(OnTables.create_rule, OnTables.drop_rule, _fires, _on_table, "replace_rule"),
    "policy": Form(OnTables.create_policy, OnTables.drop_policy, _policy, _on_table),
}
