"""trueline: one metadata, one history, one database, proven equal.

Names are loaded when they are first used: Alembic imports this package as a plugin at every command, and a
plugin must cost nothing until it is needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# Alembic loads this package's plugin while it is being imported, and the plugin needs `trueline.errors`, which
# needs Alembic. Whichever module of this package comes first, Alembic must come before it.
import alembic  # noqa: F401

if TYPE_CHECKING:
    from trueline.declared.discover import discover as discover
    from trueline.declared.metadata import metadata as metadata
    from trueline.declared.mixins import SoftDelete as SoftDelete
    from trueline.declared.mixins import TenantScoped as TenantScoped
    from trueline.declared.mixins import Timestamps as Timestamps
    from trueline.declared.mixins import UuidKey as UuidKey
    from trueline.declared.model import Field as Field
    from trueline.declared.model import Model as Model
    from trueline.declared.model import Relationship as Relationship
    from trueline.declared.renames import renamed_type as renamed_type
    from trueline.declared.renames import renamed_values as renamed_values
    from trueline.errors import TruelineError as TruelineError
    from trueline.objects import Domain as Domain
    from trueline.objects import Extension as Extension
    from trueline.objects import Function as Function
    from trueline.objects import Grant as Grant
    from trueline.objects import MaterializedView as MaterializedView
    from trueline.objects import Partition as Partition
    from trueline.objects import Policy as Policy
    from trueline.objects import Procedure as Procedure
    from trueline.objects import ReferenceRows as ReferenceRows
    from trueline.objects import RowSecurity as RowSecurity
    from trueline.objects import Statement as Statement
    from trueline.objects import Trigger as Trigger
    from trueline.objects import View as View
    from trueline.waiting import wait_until_head as wait_until_head

_HOMES = {
    "discover": "trueline.declared.discover",
    "TruelineError": "trueline.errors",
    "metadata": "trueline.declared.metadata",
    "SoftDelete": "trueline.declared.mixins",
    "TenantScoped": "trueline.declared.mixins",
    "Timestamps": "trueline.declared.mixins",
    "UuidKey": "trueline.declared.mixins",
    "Field": "trueline.declared.model",
    "Model": "trueline.declared.model",
    "Relationship": "trueline.declared.model",
    "renamed_type": "trueline.declared.renames",
    "renamed_values": "trueline.declared.renames",
    "Domain": "trueline.objects",
    "Extension": "trueline.objects",
    "Function": "trueline.objects",
    "Grant": "trueline.objects",
    "MaterializedView": "trueline.objects",
    "Partition": "trueline.objects",
    "Policy": "trueline.objects",
    "Procedure": "trueline.objects",
    "ReferenceRows": "trueline.objects",
    "RowSecurity": "trueline.objects",
    "Statement": "trueline.objects",
    "Trigger": "trueline.objects",
    "View": "trueline.objects",
    "wait_until_head": "trueline.waiting",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - the list is the table above


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'trueline' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
