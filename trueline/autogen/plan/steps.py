"""The difference as steps: what is created, changed and dropped, each with its operations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from alembic.operations import MigrateOperation

from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp
from trueline.autogen.plan import attachment, counting, filling, granting, keeping, lineage, risks, typed
from trueline.autogen.plan.asides import asides
from trueline.autogen.plan.changes import in_place
from trueline.autogen.plan.changes.actions import alter
from trueline.autogen.plan.comments import commented
from trueline.autogen.plan.lineage import Moves
from trueline.autogen.plan.numbered import numbered
from trueline.autogen.plan.occupied import names_of
from trueline.autogen.plan.rebuild import TYPES, carried, groups, rebuilt, without_default
from trueline.autogen.plan.sides import Sides, parent_of, relation_of
from trueline.autogen.plan.spread import spread
from trueline.autogen.plan.step import Step
from trueline.autogen.stock import column, constraint, index, table
from trueline.autogen.stock.renames import not_null_names
from trueline.catalog.diff import Changed
from trueline.catalog.objects import (
    CatalogObject,
    Check,
    Column,
    Comment,
    Composite,
    Domain,
    Exclusion,
    ForeignKey,
    Grant,
    Index,
    Key,
    MaterializedView,
    Owner,
    PrimaryKey,
    Sequence,
    Table,
    Unique,
    View,
)
from trueline.catalog.render.words import name

_CONSTRAINTS = (PrimaryKey, Unique, Exclusion, Check, ForeignKey)


def find(sides: Sides) -> Iterator[Step]:
    """All steps, in no particular order."""
    spread(sides)
    rebuilt_types = {key for key in sides.replaced if key[0] in TYPES and key in sides.old and key in sides.new}
    rebuilt_types |= {*sides.becoming, *sides.becoming.values()}
    removals = list(_removals(sides, rebuilt_types))
    # What stays the same, but went with something: said of a view that is now a materialized one.
    sides.remade |= {key for step in removals for key in step.covers if key in sides.new} - sides.replaced
    sides.remade |= set(granting.lost(sides))
    yield from removals
    yield from granting.outliving(sides)
    yield from _additions(sides, rebuilt_types)
    moving: set[Key] = set()
    for group in groups((key for key in rebuilt_types if key in sides.old), sides):
        pairs = [pair for key in group for pair in carried(sides.old[key], sides)]
        moved = {before.key for before, _ in pairs}
        moving |= moved
        covers = frozenset({*group, *(sides.becomes(key) for key in group), *moved})
        risk = risks.retyping(pairs, sides)
        operations = tuple(rebuilt(group, sides))
        yield Step("alter", group[0], operations, covers, destroys=risk.destroys, fails=risk.fails)
    yield from asides(sides)
    yield from lineage.steps({key: moves for key, moves in sides.moves.items() if key not in sides.replaced})
    for change in (without_default(change, moving) for change in sides.delta.changed):
        if change.key in sides.replaced or _goes_with(change.old, sides):
            continue
        old, new = change.old, change.new
        if isinstance(old, Column) and isinstance(new, Column) and counting.counts_otherwise(old, new):
            yield from counting.steps(old, new, sides)
        elif isinstance(old, Column) and isinstance(new, Column) and typed.follows(new, sides):
            yield typed.own(old, new, sides)
        elif isinstance(old, Composite) and isinstance(new, Composite):
            yield typed.change(old, new, in_place(change, sides) or [], sides)
        elif isinstance(old, Column) and isinstance(new, Column) and filling.waits(old, new, sides):
            yield _alteration(replace(change, new=filling.without(new)), sides)
            yield from filling.required(new, sides)
        else:
            yield _alteration(change, sides)
            if isinstance(old, Table) and isinstance(new, Table):
                yield from typed.steps(old, new)


def _alteration(change: Changed, sides: Sides) -> Step:
    """What changes where it stands; a column with the name of its NOT NULL, and those that go round with it."""
    old, new = change.old, change.new
    taken: frozenset[str] = frozenset()
    freed: frozenset[str] = frozenset()
    if isinstance(old, Column) and isinstance(new, Column):
        taken, freed = not_null_names(old, new, sides.old, sides.new)
    takes, frees = (frozenset(("constraint", *change.key[1:3], each) for each in names) for names in (taken, freed))
    operations = tuple(in_place(change, sides) or ())
    risk = _risk(change, sides)
    step = Step("alter", change.key, operations, frozenset({change.key}), takes=takes, frees=frees)
    return replace(step, destroys=risk.destroys, fails=risk.fails)


def _risk(change: Changed, sides: Sides) -> risks.Risk:
    """What a change where it stands does to rows."""
    old, new = change.old, change.new
    if not isinstance(old, Column) or not isinstance(new, Column):
        return risks.Risk()
    required = new.not_null and not old.not_null and new.identity is None
    retyped = risks.retyping([(old, new)], sides) if "type" in change.fields else risks.Risk()
    return risks.all_of([retyped, risks.requirement(new) if required else risks.Risk()])


def _goes_with(thing: CatalogObject, sides: Sides) -> bool:
    """Whether it is dropped, or made anew, as a part of something else."""
    return thing.key in sides.remade or thing.key in sides.replaced


def _removals(sides: Sides, rebuilt_types: set[Key]) -> Iterator[Step]:
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
        freed = _names(covers, sides, "old")
        if isinstance(thing, Table) and thing.bound:
            freed |= attachment.bounds_of(thing.parents[0])
        yield Step("drop", key, tuple(_drop(thing, sides)), covers, frees=freed, destroys=_loss(thing))


def _names(covers: frozenset[Key], sides: Sides, side: str) -> frozenset[Key]:
    """The names of what comes or goes, in partitions and children, too, unless these have it all the time."""
    catalog = sides.old if side == "old" else sides.new
    family = (each for key in covers for each in (key, *_following(key, sides, side)) if each in catalog)
    return frozenset(taken for each in family for taken in names_of(catalog[each]))


def _following(key: Key, sides: Sides, side: str) -> Iterator[Key]:
    return (each for each in sides.family(key, side) if each != key and not sides.stays(each))


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
    if isinstance(thing, _CONSTRAINTS):
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


def _additions(sides: Sides, rebuilt_types: set[Key]) -> Iterator[Step]:
    added = (thing for thing in sides.delta.added if thing.key not in rebuilt_types)
    come = {thing.key: thing for thing in (*added, *_serial_sequences(sides))}
    again = {key for key in sides.replaced | sides.remade if key in sides.new and key not in rebuilt_types}
    again |= {each.key for key in rebuilt_types for each in sides.said(key, "new")}
    come |= {key: sides.new[key] for key in again}
    tables = {key for key in come if key[0] == "table"}
    for thing in come.values():
        if isinstance(thing, Column) and typed.follows(thing, sides):
            yield typed.own(None, thing, sides)
        elif not _comes_with(thing, tables, come):
            yield from _creation(thing, sides)


def _serial_sequences(sides: Sides) -> Iterator[Sequence]:
    """Sequences of new columns that no SERIAL makes: each is created before its column and given to it afterwards."""
    before = sides.old
    for thing in sides.new.of_kind(Sequence):
        if (
            thing.origin is not None
            and thing.origin.kind == "serial"
            and (thing.key not in before or ("table", *thing.origin.of[1:3]) in sides.replaced)
        ):
            owner = sides.new.get(thing.origin.of)
            if isinstance(owner, Column) and not (
                _is_made_anew(("table", owner.schema, owner.table), sides) and table.is_serial(owner, sides.new)
            ):
                yield thing


def _is_made_anew(key: Key, sides: Sides) -> bool:
    return key not in sides.old or key in sides.replaced


def _comes_with(thing: CatalogObject, tables: set[Key], come: dict[Key, CatalogObject]) -> bool:
    """Whether the creation of its table makes it, or that of its parent's part."""
    origin = thing.origin
    if origin is not None and origin.kind in {"constraint", "identity"}:
        return True
    if origin is not None and parent_of(thing) is not None:
        place = relation_of(thing)
        return origin.kind == "partition" or origin.of in come or place is None or ("table", *place) in tables
    if isinstance(thing, Sequence) and origin is not None:
        return False
    place = relation_of(thing)
    if place is not None and ("table", *place) in tables:
        return isinstance(thing, Column | PrimaryKey | Unique | Exclusion | Check)
    if isinstance(thing, Comment):
        return (thing.of[0] == "table" and thing.of in tables) or (
            thing.of[0] == "column" and (("table", *thing.of[1:3]) in tables or thing.of in come)
        )
    return False


def _creation(thing: CatalogObject, sides: Sides) -> Iterator[Step]:
    covers = {thing.key}
    if isinstance(thing, Table):
        covers |= {
            part.key
            for part in sides.parts((thing.schema, thing.name), "new")
            if isinstance(part, Column | PrimaryKey | Unique | Exclusion | Check)
        }
    takes = _names(frozenset(covers), sides, "new") | granting.wholes(thing)
    after = granting.wholes(thing) | frozenset(numbered(thing.key, sides))
    if isinstance(thing, Table) and thing.bound:
        takes |= attachment.bounds_of(thing.parents[0])
    if isinstance(thing, Column) and filling.waits(None, thing, sides):
        yield from filling.required(thing, sides)
    operations = () if isinstance(thing, Table) else tuple(_create(thing, sides))
    fails = _risk_of_new(thing, sides).fails
    yield Step("create", thing.key, operations, frozenset(covers), takes=takes, after=after, fails=fails)
    if isinstance(thing, Sequence) and thing.owned_by:
        action = f"OWNED BY {name(*thing.owned_by[1:])}"
        key = ("ownership", thing.schema, thing.name)
        yield Step("create", key, (alter(thing.key, action, "OWNED BY NONE"),), frozenset({key}))


def _risk_of_new(thing: CatalogObject, sides: Sides) -> risks.Risk:
    """What something new does to rows that are there."""
    if not isinstance(thing, Column):
        return risks.rule(thing, sides)
    return risks.Risk() if filling.waits(None, thing, sides) else risks.addition(thing, sides)


def _create(thing: CatalogObject, sides: Sides) -> list[MigrateOperation]:
    schema = sides.default_schema
    thing = sides.wording.get(thing.key) or thing
    if isinstance(thing, Column) and filling.waits(None, thing, sides):
        thing = filling.without(thing)
    if isinstance(thing, Column) and counting.is_filled_apart(thing, sides):
        return counting.filled(thing, sides)
    if isinstance(thing, Column):
        return column.add_column(thing, sides.new, default_schema=schema)
    if isinstance(thing, _CONSTRAINTS):
        return [*constraint.add_constraint(thing, default_schema=schema), *_marks(thing, sides)]
    if isinstance(thing, Index):
        return index.create_index(thing, sides.new, default_schema=schema)
    if isinstance(thing, Comment):
        return commented(None, thing, sides)
    return [CreateObjectOp(thing)]


def _marks(thing: PrimaryKey | Unique | Exclusion | Check | ForeignKey, sides: Sides) -> list[MigrateOperation]:
    """What its table says of the index of a key, which went with the old one."""
    owner = sides.new.get(("table", thing.schema, thing.table))
    if not isinstance(owner, Table) or not isinstance(thing, PrimaryKey | Unique | Exclusion):
        return []
    return list(table.index_marks(owner, thing.name))


def created_table(key: Key, without: frozenset[Key], sides: Sides) -> list[MigrateOperation]:
    """The operations that create a table, once it is known which of its keys have to wait."""
    return table.create_table(
        cast("Table", sides.wording[key]), sides.wording, without=without, default_schema=sides.default_schema
    )
