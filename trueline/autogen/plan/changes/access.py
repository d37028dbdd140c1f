"""Comments, owners, grants and default privileges: what is said replaces what was said."""

from __future__ import annotations

from alembic.operations import MigrateOperation

from trueline.autogen.operations.object import ReplaceObjectOp
from trueline.autogen.plan.comments import commented
from trueline.autogen.plan.sides import Sides
from trueline.catalog.objects import CatalogObject, Comment


def stated(old: CatalogObject, new: CatalogObject, _fields: frozenset[str], sides: Sides) -> list[MigrateOperation]:
    """One statement says it anew."""
    if isinstance(old, Comment) and isinstance(new, Comment):
        return commented(old, new, sides)
    return [ReplaceObjectOp(old, new)]
