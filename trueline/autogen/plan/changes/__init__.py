"""What changes an object where it stands, kind by kind; None where it has to be dropped and made anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from alembic.operations import MigrateOperation

from trueline.autogen.plan.changes import access, constraint, defined, index, program, table
from trueline.autogen.plan.changes import type as types
from trueline.autogen.plan.sides import Sides
from trueline.catalog.diff import Changed
from trueline.catalog.objects import DEFINED, Check, Exclusion, ForeignKey, PrimaryKey, Unique

#: Operations, or None: the object must be replaced.
InPlace = Callable[[Any, Any, frozenset[str], Sides], list[MigrateOperation] | None]

_BY_KIND: dict[str, InPlace] = {
    "extension": types.extension,
    "enum": types.enum,
    "domain": types.domain,
    "composite": types.composite,
    "sequence": types.sequence,
    "function": program.routine,
    "procedure": program.routine,
    "view": program.view,
    "materialized_view": program.materialized_view,
    "trigger": program.fires,
    "rule": program.fires,
    "table": table.table,
    "column": table.column,
    "primary_key": constraint.indexed,
    "unique": constraint.indexed,
    "exclusion": constraint.indexed,
    "check": constraint.validated,
    "foreign_key": constraint.validated,
    "index": index.index,
    "statistics": index.statistics,
    "comment": access.stated,
    "owner": access.stated,
    "grant": access.stated,
    "default_privileges": access.stated,
    **{cls.kind: defined.defined for cls in DEFINED},
}


_TAKEN_OVER = (PrimaryKey, Unique, Exclusion, ForeignKey, Check)


def _is_taken_over(change: Changed) -> bool:
    """Whether a partition had it before its parent, which finds it there and makes it a part of its own."""
    old, new = change.old, change.new
    if not isinstance(old, _TAKEN_OVER) or not isinstance(new, _TAKEN_OVER) or old.origin is not None:
        return False
    return new.origin is not None and set(change.fields) <= {"origin", "local"}


def in_place(change: Changed, sides: Sides) -> list[MigrateOperation] | None:
    """The operations that change it, or None.

    Raises:
        TruelineError: PostgreSQL has no way at all.
    """
    if _is_taken_over(change):
        return []
    change_kind = _BY_KIND.get(change.new.kind)
    return change_kind(change.old, change.new, frozenset(change.fields), sides) if change_kind else None
