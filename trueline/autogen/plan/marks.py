"""What partitions say of indexes that they have from their parent: rows are identified by one, CLUSTER goes by one.

Such an index comes with the parent's, so no step of its own can mark it.
"""

from __future__ import annotations

from collections.abc import Iterator

from trueline.autogen.plan.sides import Sides, line_of, parent_of
from trueline.autogen.plan.step import Step
from trueline.autogen.stock.table import index_marks
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject, Key, Table

_KINDS = ("primary_key", "unique", "exclusion")


def steps(new: Catalog, sides: Sides) -> Iterator[Step]:
    """A step for each mark on an index that comes with a parent's.

    Args:
        new: what shall be there, with its partitions.
        sides: the same with those that move as tables of their own.
    """
    for table in new.of_kind(Table):
        for index in sorted({table.replica_index or "", table.clustered_on or ""} - {""}):
            above = line_of(_marked(table, index, new), new)
            if len(above) > 1 and _comes(above, sides):
                key = ("mark", table.schema, table.name, index)
                after = frozenset({*above, table.key, ("partition", table.schema, table.name)})
                yield Step("alter", key, tuple(index_marks(table, index)), frozenset({key}), after=after)


def _marked(table: Table, index: str, catalog: Catalog) -> CatalogObject | None:
    """The index, or the key that PostgreSQL keeps it for."""
    keys = ((kind, table.schema, table.name, index) for kind in _KINDS)
    found = (catalog.get(key) for key in (("index", table.schema, index), *keys))
    return next((thing for thing in found if thing is not None), None)


def _comes(above: list[Key], sides: Sides) -> bool:
    """Whether it is made by being attached, or with its parent's."""
    if (mine := sides.new.get(above[0])) is not None and parent_of(mine) is None:
        return False
    anew = sides.replaced | sides.remade
    return any(key in anew or key not in sides.old for key in above) or above[0] not in sides.new


__all__ = ["steps"]
