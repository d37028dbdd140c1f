"""Create, drop and replace: three operations for every kind of object that the catalog knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic.operations import MigrateOperation, Operations

from trueline.autogen.call import Call, written
from trueline.autogen.operations import statements
from trueline.autogen.operations.execution import default_schema, is_ours, record_created, record_dropped, run
from trueline.autogen.operations.forms import form_of
from trueline.autogen.operations.made import drop_made
from trueline.autogen.operations.note import NoteOp
from trueline.autogen.operations.remade import remember, restore
from trueline.catalog.objects import CatalogObject, Rule, Trigger

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


class CreateObjectOp(MigrateOperation):
    """Create an object."""

    def __init__(self, thing: CatalogObject) -> None:
        self.thing = thing

    def reverse(self) -> DropObjectOp:
        """Drop what was created."""
        return DropObjectOp(self.thing)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return (f"create_{self.thing.kind}", shown(self.thing))


class DropObjectOp(MigrateOperation):
    """Drop an object.

    Args:
        thing: the object.
        if_made: whether a schema or extension stays that was there before the history began; see
            `trueline.autogen.operations.made`.
    """

    def __init__(self, thing: CatalogObject, *, if_made: bool = False) -> None:
        self.thing = thing
        self.if_made = if_made

    def reverse(self) -> CreateObjectOp:
        """Create what was dropped."""
        return CreateObjectOp(self.thing)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return (f"drop_{self.thing.kind}", shown(self.thing))


class ReplaceObjectOp(MigrateOperation):
    """Bring an object to another definition: in place where PostgreSQL can, else by drop and create.

    Args:
        old: what it was; None where only the new definition is known, as in a revision.
        new: what it will be.
    """

    def __init__(self, old: CatalogObject | None, new: CatalogObject) -> None:
        self.old = old
        self.new = new

    def reverse(self) -> MigrateOperation:
        """Bring it back to what it was."""
        if self.old is None:
            return NoteOp(f"what {self.new.kind} {shown(self.new)} was before is not known here")
        return ReplaceObjectOp(self.new, self.old)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        """Say what ``alembic check`` prints."""
        return (f"replace_{self.new.kind}", shown(self.new))


def shown(thing: CatalogObject) -> str:
    """Its name for people."""
    return ".".join(thing.key[1:])


def create(operations: Operations, op: CreateObjectOp) -> None:
    """Run it, or write it out offline."""
    run(operations, statements.create(op.thing))
    if not restore(operations, op.thing.key):
        record_created(operations, op.thing.key)


def drop(operations: Operations, op: DropObjectOp) -> None:
    """Run it, or write it out offline."""
    remember(operations, op.thing.key, ours=is_ours(operations, op.thing.key))
    if not op.if_made:
        run(operations, statements.drop(op.thing))
    elif not drop_made(operations, op.thing.key):
        return
    record_dropped(operations, op.thing.key)


def replace(operations: Operations, op: ReplaceObjectOp) -> None:
    """Run it, or write it out offline."""
    run(operations, statements.replace(op.old, op.new))
    record_created(operations, op.new.key)


def render_create(context: AutogenContext, op: CreateObjectOp) -> str:
    """Write the call into the revision."""
    return written(form_of(op.thing).create(op.thing, _default(context)))


def render_drop(context: AutogenContext, op: DropObjectOp) -> str:
    """Write the call into the revision."""
    call = form_of(op.thing).drop(op.thing, _default(context))
    return written(Call(call.operation, call.positional, {**call.keywords, "if_made": True}) if op.if_made else call)


def render_replace(context: AutogenContext, op: ReplaceObjectOp) -> list[str]:
    """Write into the revision what replaces it: one call, or a drop and a create."""
    default = _default(context)
    return [written(call) for call in _replacing(op.old, op.new, default)]


def _replacing(old: CatalogObject | None, new: CatalogObject, default: str) -> list[Call]:
    form = form_of(new)
    if isinstance(new, Trigger | Rule) and statements.only_fires(old, new):
        return [_alter("alter_table", (new.table, statements.fires_action(new)), new.schema, default)]
    if statements.can_replace(old, new) and form.replaces:
        rest = statements.left_over_actions(old, new)
        name, schema = new.key[2], new.key[1]
        return [
            form.replace(new, default),
            *(_alter("alter_view", (name, action), schema, default) for action in rest),
        ]
    if form.creates_over:
        return [form.create(new, default)]
    return [form.drop(old or new, default), form.create(new, default)]


def _alter(operation: str, positional: tuple[str, ...], schema: str, default: str) -> Call:
    return Call(operation, positional, {"schema": schema} if schema != default else {})


def _default(context: AutogenContext) -> str:
    migration = context.migration_context
    return default_schema(migration)
