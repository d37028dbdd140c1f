"""The parents of inheritance children: which of them are left and joined, and what becomes the child's own by that.

``NO INHERIT`` makes a column or check that no other parent has the child's own, ``INHERIT`` leaves it what it is, and
nothing else in SQL says which of the two a column shall be. It shows in what becomes of it when a parent drops its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from alembic.operations import MigrateOperation

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.plan.step import Step
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject, Check, Column, Index, Key, Name, Origin, Sequence, Table
from trueline.catalog.render.words import name

Things = Mapping[Key, CatalogObject]


@dataclass(frozen=True, slots=True)
class Moves:
    """What a table does to come to its new parents.

    Attributes:
        left: parents for NO INHERIT.
        joined: parents for INHERIT, in their order.
        joins_first: whether it joins before it leaves, so that what both parents have is never its own.
    """

    left: tuple[Name, ...] = ()
    joined: tuple[Name, ...] = ()
    joins_first: bool = False

    def __bool__(self) -> bool:
        return bool(self.left or self.joined)

    def makes_local(self, local: bool, before: frozenset[Name], after: frozenset[Name]) -> bool:
        """Whether a part is the child's own afterwards, that these parents had before, and these shall have."""
        held = set(before) | (set(self.joined) & after if self.joins_first else set())
        return local or (bool(before & set(self.left)) and not held - set(self.left))


@dataclass(frozen=True, slots=True)
class _Part:
    """A column or check that a child has before and after, with those of the parents that have it, too."""

    old: Column | Check
    new: Column | Check
    before: frozenset[Name]
    after: frozenset[Name]

    def local(self, moves: Moves) -> bool:
        return moves.makes_local(self.old.local, self.before, self.after)


def lineage(old: Things, new: Things) -> dict[Key, Moves]:
    """By table what it does; nothing of partitions, which are attached and detached."""
    children = {
        table.key: (before, table)
        for table in new.values()
        if isinstance(table, Table) and isinstance(before := old.get(table.key), Table) and _is_child(before, table)
    }
    parts = _parts(old, new, children)
    leaving = {*_losing(old, new, children), *_passing(old, new, children)}
    found = {key: _moves(*pair, parts.get(key, []), key in leaving) for key, pair in children.items()}
    return {key: moves for key, moves in found.items() if moves}


def _is_child(old: Table, new: Table) -> bool:
    return bool(old.parents or new.parents) and not (old.bound and new.bound)


def _parts(old: Things, new: Things, children: Mapping[Key, tuple[Table, Table]]) -> dict[Key, list[_Part]]:
    found: dict[Key, list[_Part]] = defaultdict(list)
    if not children:
        return found
    for thing in new.values():
        if isinstance(thing, Column | Check) and (owner := ("table", thing.schema, thing.table)) in children:
            before = old.get(thing.key)
            if isinstance(before, Column | Check):
                was, becomes = children[owner]
                found[owner].append(_Part(before, thing, _having(was, before, old), _having(becomes, thing, new)))
    return found


def _losing(old: Things, new: Things, children: Mapping[Key, tuple[Table, Table]]) -> frozenset[Key]:
    """Children that do without something that they have from a parent: that one has to be left before."""
    parts = (thing for thing in old.values() if isinstance(thing, Column | Check)) if children else ()
    return frozenset(
        owner
        for thing in parts
        if (owner := ("table", thing.schema, thing.table)) in children
        and (thing.key not in new or _is_another(thing, old, new, children[owner][1]))
        and _having(children[owner][0], thing, old)
    )


def _is_another(part: Column | Check, old: Things, new: Things, table: Table) -> bool:
    """Whether it is a check that says something else afterwards, as one of a parent does that did not say the same."""
    after = new.get(part.key)
    if not isinstance(part, Check) or not isinstance(after, Check) or part.definition == after.definition:
        return False
    above = (("check", *parent, part.name) for parent in table.parents)
    return any(each in new and getattr(old.get(each), "definition", None) != part.definition for each in above)


def _having(table: Table, part: Column | Check, things: Things) -> frozenset[Name]:
    return frozenset(parent for parent in table.parents if (part.kind, *parent, part.name) in things)


def _passing(old: Things, new: Things, children: Mapping[Key, tuple[Table, Table]]) -> Iterator[Key]:
    """Children whose parent passes on a name to the next one: that can only come once the first is left and gone."""
    had, have = (_relations(things) if children else {} for things in (old, new))
    for key, (was, becomes) in children.items():
        left, joined = set(was.parents) - set(becomes.parents), set(becomes.parents) - set(was.parents)
        taken = (have.get(each, set()) for each in joined)
        if any(had.get(each, set()) & names for names in taken for each in left):
            yield key


def _relations(things: Things) -> dict[Name, set[Name]]:
    """By table the names that it and its indexes and sequences have among relations."""
    found: dict[Name, set[Name]] = defaultdict(set)
    for thing in things.values():
        if isinstance(thing, Index):
            found[thing.schema, thing.table].add((thing.schema, thing.name))
        elif isinstance(thing, Table):
            found[thing.schema, thing.name].add((thing.schema, thing.name))
        elif isinstance(thing, Sequence) and thing.owned_by:
            found[thing.owned_by[1], thing.owned_by[2]].add((thing.schema, thing.name))
    return found


def _moves(old: Table, new: Table, parts: list[_Part], leaves_first: bool) -> Moves:
    """The way that leaves the fewest parts other than they shall be; the shortest of those."""
    leaves_first = leaves_first or any(map(_is_renamed, parts))
    ways = [way for way in _ways(old, new) if not (way.joins_first and leaves_first)]
    return min(ways, key=lambda way: sum(part.local(way) != part.new.local for part in parts))


def _is_renamed(part: _Part) -> bool:
    """Whether it gets another name for its NOT NULL, which has to be its own for that."""
    if not isinstance(part.old, Column) or not isinstance(part.new, Column):
        return False
    before, after = part.old.not_null_constraint, part.new.not_null_constraint
    return before is not None and after is not None and before.name != after.name


def _ways(old: Table, new: Table) -> Iterator[Moves]:
    if old.bound:  # a partition until it is detached, which makes all its columns its own
        yield Moves((), new.parents)
        return
    if new.bound:
        yield Moves(old.parents)
        return
    kept = _kept(old.parents, new.parents)
    left, joined = tuple(each for each in old.parents if each not in kept), new.parents[len(kept) :]
    yield Moves(left, joined)
    if left and joined and not set(left) & set(joined):
        yield Moves(left, joined, joins_first=True)
    if new.parents:
        yield Moves(old.parents, new.parents)


def _kept(old: tuple[Name, ...], new: tuple[Name, ...]) -> tuple[Name, ...]:
    """Those of the new parents, from the first, that are in this order already: one that is joined is the last."""
    position = -1
    for number, parent in enumerate(new):
        if parent not in old or old.index(parent) < position:
            return new[:number]
        position = old.index(parent)
    return new


def attainable(old: Things, new: Things) -> dict[Key, CatalogObject]:
    """The new side, with what no statement leads to as the statements leave it."""
    moves = lineage(old, new)
    return {key: _attained(thing, old, new, moves) for key, thing in new.items()}


def reached(old: Catalog, new: Catalog) -> Catalog:
    """The new catalog as a plan from the old one leaves it: see `attainable`."""
    if not any(table.parents and not table.bound for table in new.of_kind(Table)):
        return new
    return new.only(attainable(old.by_key, new.by_key).values())


def _attained(thing: CatalogObject, old: Things, new: Things, moves: Mapping[Key, Moves]) -> CatalogObject:
    if not isinstance(thing, Column | Check):
        return thing
    owner = ("table", thing.schema, thing.table)
    was, becomes, before = old.get(owner), new.get(owner), old.get(thing.key)
    if not isinstance(was, Table) or not isinstance(becomes, Table) or not _is_child(was, becomes) or becomes.bound:
        return thing
    if isinstance(before, Column | Check):
        part = _Part(before, thing, _having(was, before, old), _having(becomes, thing, new))
        local = was.bound is not None or part.local(moves.get(owner, Moves()))
    else:  # what comes from a parent comes by itself, unless the parent has it before it is one
        joined = _having(becomes, thing, new) & set(moves.get(owner, Moves()).joined)
        local = thing.local or any(
            (thing.kind, *each, thing.name) in old or ("table", *each) not in old for each in joined
        )
    if local == thing.local:
        return thing
    origin = None if local else Origin("inherited", (thing.kind, *becomes.parents[0], thing.name))
    return replace(thing, local=local, origin=origin)


def steps(moves: Mapping[Key, Moves]) -> Iterator[Step]:
    """Parents that a table leaves before its columns change, and joins when they are as theirs."""
    for key, way in moves.items():
        left = [(f"NO INHERIT {name(*parent)}", f"INHERIT {name(*parent)}") for parent in way.left]
        joined = [(f"INHERIT {name(*parent)}", f"NO INHERIT {name(*parent)}") for parent in way.joined]
        last = ("attachment", *key[1:])
        yield Step("alter", key, () if way.joins_first else _altered(key, left), covers=frozenset({key}))
        yield Step("create", last, _altered(key, joined + left * way.joins_first), covers=frozenset({last}))


def _altered(key: Key, words: list[tuple[str, str]]) -> tuple[MigrateOperation, ...]:
    return tuple(AlterObjectOp(key, *each) for each in words)
