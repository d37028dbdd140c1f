"""Comments: Alembic's own operations for tables and columns, ours for everything else."""

from __future__ import annotations

from alembic.operations import MigrateOperation
from alembic.operations.ops import AlterColumnOp, CreateTableCommentOp, DropTableCommentOp

from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp, ReplaceObjectOp
from trueline.autogen.plan.sides import Sides
from trueline.autogen.stock.types import sql_type
from trueline.catalog.objects import Column, Comment, Table


def commented(old: Comment | None, new: Comment | None, sides: Sides) -> list[MigrateOperation]:
    """What turns one comment into another; None for no comment."""
    comment = new or old
    if comment is None:
        return []
    text, before = (each.text if each else None for each in (new, old))
    target = sides.new.get(comment.of)
    if isinstance(target, Table) and target.foreign is None:
        return [_of_table(target, text, before, sides)]
    if isinstance(target, Column) and ("table", target.schema, target.table) in sides.new:
        return [_of_column(target, text, before, sides)]
    if old and new:
        return [ReplaceObjectOp(old, new)]
    return [CreateObjectOp(new) if new else DropObjectOp(comment)]


def _of_table(target: Table, text: str | None, before: str | None, sides: Sides) -> MigrateOperation:
    schema = None if target.schema == sides.default_schema else target.schema
    if text is None:
        return DropTableCommentOp(target.name, schema=schema, existing_comment=before)
    return CreateTableCommentOp(target.name, text, schema=schema, existing_comment=before)


def _of_column(target: Column, text: str | None, before: str | None, sides: Sides) -> MigrateOperation:
    return AlterColumnOp(
        target.table,
        target.name,
        schema=None if target.schema == sides.default_schema else target.schema,
        existing_type=sql_type(target.type, sides.new, target.collation),
        existing_nullable=not target.not_null,
        modify_comment=text,
        existing_comment=before,
    )
