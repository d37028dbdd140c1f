"""The Alembic plugin: registers trueline's operations and comparators, and nothing on import.

Alembic loads it while ``alembic`` itself is being imported, for every command: whatever is not needed for the
registration is imported where it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

from alembic.operations import Operations
from alembic.util import DispatchPriority

if TYPE_CHECKING:
    from alembic.runtime.plugins import Plugin


class _Plugin(ModuleType):
    """This module, which Alembic 1.20.0 iterates over instead of calling its ``setup``."""

    def __iter__(self) -> Iterator[ModuleType]:
        yield self


sys.modules[__name__].__class__ = _Plugin


def setup(plugin: Plugin) -> None:
    """Register everything; Alembic calls it once."""
    from alembic.autogenerate.render import renderers
    from alembic.script import write_hooks

    from trueline.autogen import enum, partition, reference_rows, schema
    from trueline.autogen.written import format_revision

    def register(name: str, op: Any, run: Any, render: Any) -> None:
        Operations.register_operation(name)(op)
        Operations.implementation_for(op)(run)
        renderers.dispatch_for(op)(render)

    register("create_schema", schema.CreateSchemaOp, schema.create, schema.render)
    register("drop_schema", schema.DropSchemaOp, schema.drop, schema.render)
    register("create_enum", enum.CreateEnumOp, enum.create, enum.render_create)
    register("drop_enum", enum.DropEnumOp, enum.drop, enum.render_drop)
    register("create_partition", partition.CreatePartitionOp, partition.create, partition.render)
    register("upsert_rows", reference_rows.UpsertRowsOp, reference_rows.run_upsert, reference_rows.render_upsert)
    register("delete_rows", reference_rows.DeleteRowsOp, reference_rows.run_delete, reference_rows.render_delete)
    write_hooks.register("trueline")(format_revision)
    plugin.add_autogenerate_comparator(_complete, "autogenerate", "trueline", priority=DispatchPriority.LAST)


def _complete(context: Any, upgrade_ops: Any) -> Any:
    from trueline.autogen.compare import complete

    return complete(context, upgrade_ops)
