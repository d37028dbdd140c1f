"""What takes part in a comparison: what is ignored or left alone is made equal on both sides.

The result is two catalogs that can be compared as they are: nothing in them is anybody else's. So the planner knows
what stays, and can take it away for a moment and put it back, where that is the only way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from trueline.autogen.plan.names import name_changes
from trueline.autogen.plan.sides import relation_of
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import (
    KINDS,
    CatalogObject,
    Check,
    Column,
    Comment,
    Domain,
    Extension,
    Grant,
    Key,
    Owner,
    Sequence,
    Table,
)

#: Kinds that SQLAlchemy's models cannot declare: raw SQL in revisions makes them, and nobody can tell from a metadata
#: without them that they shall go.
UNDECLARABLE = frozenset(
    {
        "view",
        "materialized_view",
        "function",
        "procedure",
        "aggregate",
        "trigger",
        "rule",
        "policy",
        "sequence",
        "domain",
        "composite",
        "range",
        "statistics",
        "schema",
        "extension",
    }
)
#: Word for the row security flags of a table among those kinds.
ROW_SECURITY = "row_security"

_SAID = (Comment, Owner, Grant)
_RENAMES = "renames"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a project leaves out.

    Attributes:
        ignore: patterns ``kind:name`` or ``name``, with ``*``; ``renames`` for differences of name only.
        schemas: the only schemas that take part; none for all.
        drop_undeclared: kinds of undeclared objects to drop after all, or ``all``.
        watch_extensions: whether an extension that is not declared is a difference.
        pinned: extensions whose version is declared.
        watch_grants: whether privileges that are not declared are a difference.
    """

    ignore: tuple[str, ...] = ()
    schemas: frozenset[str] = frozenset()
    drop_undeclared: frozenset[str] = frozenset()
    watch_extensions: bool = False
    pinned: frozenset[str] = frozenset()
    watch_grants: bool = True

    def ignores(self, thing: CatalogObject) -> bool:
        """Whether a pattern takes it out: its own, or that of what it is a part of or says something about."""
        return any(_matches(pattern, key) for pattern in self.ignore for key in _whole_chain(thing))

    def drops(self, kind: str) -> bool:
        """Whether undeclared objects of this kind shall be dropped."""
        return bool(self.drop_undeclared & {"all", "yes", "*", kind})


@dataclass(frozen=True, slots=True)
class Compared:
    """Two catalogs to compare.

    Attributes:
        old: what is there.
        new: what shall be there, with everything of ``old`` that stays as it is.
        undeclared: what is in the database, by no declaration, and stays.
        waiting: what is declared, but needs something that does not take part.
    """

    old: Catalog
    new: Catalog
    undeclared: tuple[CatalogObject, ...] = ()
    waiting: tuple[CatalogObject, ...] = ()


def compared(
    live: Catalog, declared: Catalog, scope: Scope, created: Callable[[], frozenset[Key]] = frozenset
) -> Compared:
    """Both sides, with what does not take part made equal.

    Args:
        live: what is there.
        declared: what the models say.
        scope: what the project leaves out.
        created: keys of what a declaration once created, so that it goes with its declaration; only asked when needed.
    """
    old, wanted = live.own(), declared.own()
    merge = _Merge(old, {thing.key: thing for thing in wanted}, dict(wanted.dependencies))
    merge.equalize(lambda thing: scope.ignores(thing) or not _in_schemas(thing.key, scope.schemas))
    _settle_extensions(merge, scope)
    _settle_public(merge)
    _keep_children(merge)
    if not scope.watch_grants:
        _keep_grants(merge, created)
    _keep_lineage(merge)
    undeclared = _keep_undeclared(merge, scope, created)
    if _RENAMES in scope.ignore:
        _keep_names(merge)
    waiting = _wait(merge, wanted)
    new = replace(wanted.only(merge.new.values()), dependencies=merge.needs)
    return Compared(old, new, tuple(undeclared), tuple(waiting))


@dataclass(slots=True)
class _Merge:
    """The new side in the making."""

    old: Catalog
    new: dict[Key, CatalogObject]
    needs: dict[Key, frozenset[Key]]
    _hanging: dict[tuple[str, str], list[CatalogObject]] | None = field(default=None)

    def keep(self, key: Key) -> None:
        """As it is in the old one, or not at all."""
        thing = self.old.get(key)
        if thing is None:
            self.new.pop(key, None)
            self.needs.pop(key, None)
        else:
            self.new[key] = thing
            self.needs[key] = self.old.dependencies.get(key, frozenset())

    def equalize(self, taken_out: Callable[[CatalogObject], bool]) -> None:
        """Keep everything that the predicate takes out."""
        both = {**{thing.key: thing for thing in self.old}, **self.new}
        out = {key for key, thing in both.items() if taken_out(thing)}
        out |= {key for key, thing in both.items() if isinstance(thing, _SAID) and thing.of in out}
        for key in out:
            self.keep(key)

    def hanging(self, relation: tuple[str, str]) -> list[CatalogObject]:
        """What is a part of a relation of the old side, or says something about it."""
        if self._hanging is None:
            found: dict[tuple[str, str], list[CatalogObject]] = defaultdict(list)
            for thing in self.old:
                if (place := relation_of(thing)) is not None:
                    found[place].append(thing)
            self._hanging = found
        return self._hanging.get(relation, [])


def _matches(pattern: str, key: Key) -> bool:
    kind, colon, rest = pattern.partition(":")
    if not colon:
        kind, rest = "*", pattern
    if not fnmatchcase(key[0], kind):
        return False
    names = [".".join(key[1:]), key[-1] if key[0] != "column" else ".".join(key[2:])]
    return any(fnmatchcase(each, rest) for each in names)


def _chain(key: Key) -> Iterable[Key]:
    """An object's own key, that of what it says something about, and that of its table."""
    if key[0] in {"comment", "owner", "grant"}:
        of = key[1:] if key[0] != "grant" else key[1:-1]
        return (key, *_chain(of))
    if len(key) > 3 and key[0] not in {"function", "procedure", "aggregate"}:
        return (key, ("table", *key[1:3]), ("view", *key[1:3]), ("materialized_view", *key[1:3]))
    return (key,)


def _whole_chain(thing: CatalogObject) -> Iterable[Key]:
    """Also of what its key does not tell: the table of an index, the column that owns a sequence."""
    yield from _chain(thing.key)
    if (place := relation_of(thing)) is not None:
        yield ("table", *place)
    if isinstance(thing, Sequence) and thing.owned_by:
        yield from _chain(thing.owned_by)


def _in_schemas(key: Key, schemas: frozenset[str]) -> bool:
    if not schemas or key[0] == "extension":
        return True
    if key[0] in {"comment", "owner", "grant"}:
        return _in_schemas(key[1:], schemas)
    return key[0] == "default_privileges" or key[1] in schemas


def _settle_extensions(merge: _Merge, scope: Scope) -> None:
    """More than the models need is nobody's business, nor is a version that they do not name."""
    for thing in merge.old.of_kind(Extension):
        wanted = merge.new.get(thing.key)
        if wanted is None and not scope.watch_extensions:
            merge.keep(thing.key)
        elif isinstance(wanted, Extension) and thing.name not in scope.pinned:
            merge.new[thing.key] = replace(wanted, version=thing.version, schema=thing.schema)


def _settle_public(merge: _Merge) -> None:
    """Every new database has it, with a comment of its own; somebody may have dropped it, and it is not missed."""
    public = ("schema", "public")
    used = any(key[0] != "schema" and len(key) > 2 and key[1] == "public" for key in merge.new)
    if public not in merge.old and not used:
        merge.keep(public)
    for key in [("comment", *public), ("owner", *public)]:
        merge.keep(key)
    if public in merge.old:
        merge.keep(public)
    for thing in list(merge.new.values()):
        if isinstance(thing, Grant) and thing.of == public:
            merge.keep(thing.key)


def _keep_children(merge: _Merge) -> None:
    """Partitions and inheritance children that nobody declared are data: they come and go with time."""
    waiting = [thing for thing in merge.old.of_kind(Table) if thing.parents and thing.key not in merge.new]
    while True:
        kept = [thing for thing in waiting if all(("table", *parent) in merge.new for parent in thing.parents)]
        if not kept:
            return
        for thing in kept:
            _keep_whole(merge, thing)
        waiting = [thing for thing in waiting if thing.key not in merge.new]


def _keep_whole(merge: _Merge, thing: CatalogObject) -> None:
    """With its parts; what follows from its parent is as the parent shall be."""
    merge.keep(thing.key)
    for part in merge.hanging((thing.key[1], thing.key[2])):
        parent = part.origin.of if part.origin else None
        if parent is None or parent not in merge.new or merge.new.get(parent) == merge.old.get(parent):
            merge.keep(part.key)


def _keep_lineage(merge: _Merge) -> None:
    """That a child's column was declared with the child, too, shows in nothing but what a parent's drop does."""
    for thing in merge.old:
        other = merge.new.get(thing.key)
        if isinstance(thing, Column | Check) and isinstance(other, Column | Check) and thing.local != other.local:
            merge.new[thing.key] = replace(other, local=thing.local, origin=thing.origin)


def _keep_grants(merge: _Merge, created: Callable[[], frozenset[Key]]) -> None:
    """Privileges that nobody declares are given elsewhere, unless a declaration once gave them."""
    found = [thing for thing in merge.old.of_kind(Grant) if thing.key not in merge.new and _is_there(thing.of, merge)]
    known: frozenset[Key] = created() if found else frozenset()
    for thing in found:
        if thing.key not in known:
            merge.keep(thing.key)


def _is_there(of: Key, merge: _Merge) -> bool:
    return of in merge.new or of[0] not in KINDS


def _keep_undeclared(merge: _Merge, scope: Scope, created: Callable[[], frozenset[Key]]) -> list[CatalogObject]:
    """What no declaration ever made stays, and is named; with all that it needs."""
    candidates = [thing for thing in merge.old if _is_candidate(thing, merge) and not scope.drops(thing.kind)]
    known: frozenset[Key] = created() if candidates else frozenset()
    found = [thing for thing in candidates if thing.key not in known and thing.kind != "schema"]
    for thing in found:
        merge.keep(thing.key)
    _keep_needed(merge, [thing.key for thing in found])
    found += _empty_schemas(merge, candidates, known)
    for thing in merge.old:
        if isinstance(thing, _SAID) and thing.key not in merge.new and _of_undeclared(thing.of, merge):
            merge.keep(thing.key)
    return sorted([*found, *_row_security(merge, scope)], key=lambda thing: thing.key)


def _is_candidate(thing: CatalogObject, merge: _Merge) -> bool:
    if thing.kind not in UNDECLARABLE or thing.key in merge.new or thing.origin is not None:
        return False
    if (relation := relation_of(thing)) is not None:
        return any((kind, *relation) in merge.new for kind in ("table", "view", "materialized_view")) or any(
            (kind, *relation) in merge.old for kind in ("view", "materialized_view")
        )
    if isinstance(thing, Sequence) and thing.owned_by is not None:
        return thing.owned_by in merge.new
    return True


def _keep_needed(merge: _Merge, keys: list[Key]) -> None:
    """A type or function that something kept needs is kept as well; of tables the planner tells the way out."""
    while keys:
        for need in merge.old.dependencies.get(keys.pop(), frozenset()):
            if need not in merge.new and need in merge.old and need[0] not in {"table", "column"}:
                merge.keep(need)
                keys.append(need)
    for thing in list(merge.old):
        # The index of a materialized view is a part of it.
        place = relation_of(thing) if thing.kind == "index" and thing.key not in merge.new else None
        view = merge.new.get(("materialized_view", *place)) if place else None
        if view is not None and view is merge.old.get(view.key):
            merge.keep(thing.key)


def _empty_schemas(merge: _Merge, candidates: list[CatalogObject], known: frozenset[Key]) -> list[CatalogObject]:
    """A schema goes with the last that was in it; one that was empty before is somebody's."""
    used = {key[1] for key in merge.new if len(key) > 2 and key[0] not in {"extension", "comment", "owner", "grant"}}
    filled = {thing.key[1] for thing in merge.old if len(thing.key) > 2}
    found = []
    for thing in candidates:
        if thing.kind == "schema":
            if thing.key[1] in used:
                merge.keep(thing.key)
            elif thing.key[1] not in filled and thing.key not in known:
                merge.keep(thing.key)
                found.append(thing)
    return found


def _of_undeclared(of: Key, merge: _Merge) -> bool:
    thing = merge.new.get(of)
    if thing is not None:
        place = relation_of(thing) if thing.kind == "index" else None
        on_view = place is not None and ("materialized_view", *place) in merge.new
        return thing is merge.old.get(of) and (thing.kind in UNDECLARABLE or on_view)
    view = next(
        (merge.new[kind, *of[1:3]] for kind in ("view", "materialized_view") if (kind, *of[1:3]) in merge.new), None
    )
    return view is not None and view is merge.old.get(view.key)


def _row_security(merge: _Merge, scope: Scope) -> list[CatalogObject]:
    """Row security that no declaration turned on protects somebody's rows: it stays on."""
    if scope.drops(ROW_SECURITY):
        return []
    found: list[CatalogObject] = []
    for thing in merge.old.of_kind(Table):
        wanted = merge.new.get(thing.key)
        if not isinstance(wanted, Table) or wanted is thing:
            continue
        on, forced = thing.row_security, thing.force_row_security
        if on > wanted.row_security or forced > wanted.force_row_security:
            merge.new[thing.key] = replace(
                wanted,
                row_security=wanted.row_security or on,
                force_row_security=wanted.force_row_security or forced,
            )
            found.append(thing)
    return found


def _keep_names(merge: _Merge) -> None:
    """Where only a name differs, the old one is as good."""
    wanted = replace(merge.old.only(merge.new.values()), dependencies=merge.needs)
    keys = {change.new.key: change.old.key for change in name_changes(merge.old, wanted)}
    for key, before in keys.items():
        del merge.new[key]
        merge.needs.pop(key, None)
        merge.keep(before)
    for key, needed in merge.needs.items():
        if any(need in keys for need in needed):
            merge.needs[key] = frozenset(keys.get(need, need) for need in needed)
    _keep_sequences(merge, keys)
    for thing in merge.old.of_kind(Column):
        other = merge.new.get(thing.key)
        if isinstance(other, Column) and thing.not_null_constraint and other.not_null_constraint:
            named = replace(other.not_null_constraint, name=thing.not_null_constraint.name)
            merge.new[thing.key] = replace(other, not_null_constraint=named)
    for domain in merge.old.of_kind(Domain):
        twin = merge.new.get(domain.key)
        if isinstance(twin, Domain) and domain.not_null_constraint and twin.not_null_constraint:
            named = replace(twin.not_null_constraint, name=domain.not_null_constraint.name)
            merge.new[domain.key] = replace(twin, not_null_constraint=named)


def _keep_sequences(merge: _Merge, keys: Mapping[Key, Key]) -> None:
    """A column draws from its sequence under the name that this has."""
    for key in [key for key, before in keys.items() if before[0] == "sequence"]:
        for thing in list(merge.old.of_kind(Column)):
            other = merge.new.get(thing.key)
            if isinstance(other, Column) and keys[key] in merge.needs.get(thing.key, ()) and thing.default:
                merge.new[thing.key] = replace(other, default=thing.default)


def _wait(merge: _Merge, wanted: Catalog) -> list[CatalogObject]:
    """What needs something that is declared, but does not take part."""
    missing: Mapping[Key, bool] = {thing.key: True for thing in wanted if thing.key not in merge.new}
    found: list[CatalogObject] = []
    while missing:
        late = [
            thing
            for key, thing in merge.new.items()
            if thing is not merge.old.get(key) and any(need in missing for need in merge.needs.get(key, ()))
        ]
        if not late:
            break
        for thing in late:
            merge.keep(thing.key)
        found += late
        missing = {thing.key: True for thing in late}
    return found
