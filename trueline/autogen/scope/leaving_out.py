"""What a project leaves out: patterns of names, schemas, and kinds that are dropped after all."""

from __future__ import annotations

from dataclasses import dataclass

from trueline.autogen.patterns import is_called
from trueline.autogen.scope.taken_in import Relations, matches
from trueline.catalog.objects import WITHOUT_SCHEMA, CatalogObject, Key


@dataclass(frozen=True, slots=True)
class Scope:
    """What a project leaves out.

    Attributes:
        ignore: patterns ``kind:name`` or ``name``, with ``*``; ``renames`` for differences of name only.
        schemas: the only schemas that take part; none for all.
        drop_undeclared: kinds and patterns of undeclared objects to drop after all, or ``all``.
        watch_extensions: whether an extension that is not declared is a difference.
        pinned: extensions whose version is declared.
        watch_grants: whether privileges that are not declared are a difference.
        watch_database: the same of what belongs to the database as a whole, such as publications.
    """

    ignore: tuple[str, ...] = ()
    schemas: frozenset[str] = frozenset()
    drop_undeclared: frozenset[str] = frozenset()
    watch_extensions: bool = False
    pinned: frozenset[str] = frozenset()
    watch_grants: bool = True
    watch_database: bool = True

    def ignores(self, thing: CatalogObject, known: Relations) -> bool:
        """Whether a pattern takes it out: its own, or that of what it is a part of or says something about."""
        return any(matches(pattern, thing, known) for pattern in self.ignore)

    def drops(self, key: Key) -> bool:
        """Whether an object shall be dropped, though no declaration ever made it."""
        if self.drop_undeclared & {"all", "yes", "true", "*", key[0]}:
            return True
        return any(":" in each and is_called(each, key) for each in self.drop_undeclared)


def in_schemas(key: Key, schemas: frozenset[str]) -> bool:
    """Whether an object is in one of these schemas; any will do where none is named."""
    if not schemas or (key[0] in WITHOUT_SCHEMA and key[0] != "schema"):
        return True
    if key[0] in {"comment", "owner", "grant"}:
        return in_schemas(key[1:], schemas)
    return key[0] == "default_privileges" or key[1] in schemas
