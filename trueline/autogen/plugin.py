"""The Alembic plugin: registers trueline's operations and comparators, and nothing on import.

Alembic loads it while ``alembic`` itself is being imported, for every command: whatever is not needed for the
registration is imported where it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

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
    from alembic.script import write_hooks

    from trueline.garbage import collect_rarely, is_command

    if is_command("alembic"):
        collect_rarely()  # first of all: half the time that models take to be built would go into it

    from trueline.autogen.operations import registry
    from trueline.autogen.written import format_revision

    registry.register()
    write_hooks.register("trueline")(format_revision)
    plugin.add_autogenerate_comparator(_compare, "autogenerate", "trueline", priority=DispatchPriority.LAST)


def _compare(context: Any, upgrade_ops: Any) -> Any:
    from trueline.autogen.compare import compare

    return compare(context, upgrade_ops)
