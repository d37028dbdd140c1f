"""What a project leaves out: patterns of names, schemas, and kinds that are dropped after all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from trueline.autogen.plan.sides import relation_of
from trueline.catalog.objects import CatalogObject, Key, Sequence


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
        return bool(self.drop_undeclared & {"all", "yes", "true", "*", kind})


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


def in_schemas(key: Key, schemas: frozenset[str]) -> bool:
    """Whether an object is in one of these schemas; any will do where none is named."""
    if not schemas or key[0] == "extension":
        return True
    if key[0] in {"comment", "owner", "grant"}:
        return in_schemas(key[1:], schemas)
    return key[0] == "default_privileges" or key[1] in schemas
