"""What is dropped, each with its operations."""

from __future__ import annotations

from collections.abc import Iterator

from alembic.operations import MigrateOperation

from trueline.autogen.operations.object import DropObjectOp
from trueline.autogen.plan import attachment, keeping, typed
from trueline.autogen.plan.changes.actions import alter
from trueline.autogen.plan.comments import commented
from trueline.autogen.plan.lineage import Moves
from trueline.autogen.plan.occupied import names_of_all
from trueline.autogen.plan.sides import Sides, parent_of
from trueline.autogen.plan.step import Step
from trueline.autogen.stock import column, constraint, index, table
from trueline.autogen.stock.parts import Constraint
from trueline.catalog.objects import (
    CatalogObject,
    Check,
    Column,
    Comment,
    Composite,
    Domain,
    ForeignKey,
    Grant,
    Index,
    Key,
    MaterializedView,
    Owner,
    Sequence,
    Table,
    View,
)
from trueline.catalog.render.words import name


def removals(sides: Sides, rebuilt_types: set[Key]) -> Iterator[Step]:
    """A step for all that goes, or is made anew, and does not go with something else."""
    gone = {thing.key: thing for thing in sides.delta.removed if thing.key not in rebuilt_types}
    gone |= {key: sides.old[key] for key in sides.replaced if key in sides.old and key not in rebuilt_types}
    children = (each for each in sides.old.of_kind(Table) if each.parents)
    had = (part for child in children for part in sides.parts((child.schema, child.name), "old"))
    gone |= {part.key: part for part in had if _is_left_behind(part, sides)}
    covered: set[Key] = set()
    whole: dict[Key, frozenset[Key]] = {}
    for key, thing in gone.items():
        if thing.kind in _WHOLES:
            parts = frozenset(each.key for each in sides.whole(thing, "old"))
            whole[key] = parts
            covered |= parts - {key}
    for key, thing in gone.items():
        # A key between two tables that both go has a step of its own: circles are cut there.
        if key in covered and not isinstance(thing, ForeignKey):
            continue
        if _goes_unasked(thing, gone, sides):
            continue
        said = frozenset(each.key for each in sides.said(key, "old"))
        attached = sides.replaced & set(sides.family(key)) if isinstance(thing, Index) else set()
        covers = whole.get(key, frozenset({key}) | said | attached)
        freed = names_of_all(covers, sides, "old")
        if isinstance(thing, Table) and thing.bound:
            freed |= attachment.bounds_of(thing.parents[0])
        yield Step("drop", key, tuple(_drop(thing, sides)), covers, frees=freed, destroys=_loss(thing))


_WHOLES = frozenset({"table", "view", "materialized_view"})


def _is_left(of: Key, sides: Sides) -> bool:
    """Whether what a comment is about is still there, be it an object of its own or not."""
    kind, *parts = of
    if of in sides.old:
        return of in sides.new
    match kind:
        case "view_column":
            views = (sides.new.get((each, *parts[:2])) for each in ("view", "materialized_view"))
            return any(parts[2] in dict(view.columns) for view in views if isinstance(view, View | MaterializedView))
        case "attribute":
            whole = sides.new.get(("composite", *parts[:2]))
            return isinstance(whole, Composite) and parts[2] in {each.name for each in whole.attributes}
        case "domain_constraint":
            domain = sides.new.get(("domain", *parts[:2]))
            known = {each.name for each in domain.checks} if isinstance(domain, Domain) else set()
            required = domain.not_null_constraint if isinstance(domain, Domain) else None
            return parts[2] in known or (required is not None and parts[2] == required.name)
        case "not_null":
            columns = (each for each in sides.parts((parts[0], parts[1]), "new") if isinstance(each, Column))
            return any(each.not_null_constraint and each.not_null_constraint.name == parts[2] for each in columns)
    return True


def _goes_unasked(thing: CatalogObject, gone: dict[Key, CatalogObject], sides: Sides) -> bool:
    """What is said about an object goes with it, and so does the sequence that a column owns."""
    if isinstance(thing, Comment | Owner | Grant):
        return thing.of in gone or thing.of in sides.becoming or not _is_left(thing.of, sides)
    if isinstance(thing, Sequence) and thing.owned_by:
        return thing.owned_by in gone or ("table", *thing.owned_by[1:3]) in gone
    if isinstance(thing, Index) and thing.origin is not None:
        return thing.origin.kind in {"constraint", "partition"}
    if isinstance(thing, Column) and typed.follows(thing, sides):
        return True
    return parent_of(thing) is not None and not _is_left_behind(thing, sides)


def _is_left_behind(thing: CatalogObject, sides: Sides) -> bool:
    """Whether its table had it from a parent that it leaves: it does not go with the parent's."""
    if not isinstance(thing, Column | Check) or thing.origin is None or sides.stays(thing.key):
        return False
    place = (thing.schema, thing.table)
    if thing.key in sides.new and sides.moves.get(("table", *place), Moves()).joins_first:
        return False  # made anew with those of its parents
    return sides.leaves(place, (thing.origin.of[1], thing.origin.of[2]))


def _loss(thing: CatalogObject) -> str | None:
    if isinstance(thing, Table):
        return f"drops table {name(thing.schema, thing.name)} with all its rows"
    if isinstance(thing, Column) and thing.generated is None and thing.origin is None:
        return f"drops column {name(thing.schema, thing.table, thing.name)} with all its values"
    return None


def _drop(thing: CatalogObject, sides: Sides) -> list[MigrateOperation]:
    schema = sides.default_schema
    if isinstance(thing, Table):
        return [*_detached(thing, sides), table.drop_table(thing, sides.old, default_schema=schema)]
    if isinstance(thing, Column):
        return column.drop_column(thing, sides.old, default_schema=schema)
    if isinstance(thing, Constraint):
        return [*keeping.notes(thing.key, sides), *constraint.drop_constraint(thing, default_schema=schema)]
    if isinstance(thing, Index):
        return index.drop_index(thing, sides.old, default_schema=schema)
    if isinstance(thing, Comment):
        return commented(thing, None, sides)
    return [DropObjectOp(thing)]


def _detached(thing: Table, sides: Sides) -> list[MigrateOperation]:
    """PostgreSQL does not drop a partition of a table that a foreign key points at; it has to leave first."""
    if not thing.bound:
        return []
    above = frozenset(sides.lineage(thing.parents[0]))
    if not any(each.references in above for each in sides.new.of_kind(ForeignKey)):
        return []
    place = name(thing.schema, thing.name)
    words = (f"DETACH PARTITION {place}", f"ATTACH PARTITION {place} {thing.bound}")
    return [alter(("table", *thing.parents[0]), *words)]
