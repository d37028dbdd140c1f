"""The SQL that creates, drops and replaces an object of any kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace as changed
from typing import Any

from trueline.catalog.objects import (
    WITHOUT_SCHEMA,
    CatalogObject,
    Comment,
    DefaultPrivileges,
    Extension,
    Grant,
    Index,
    Key,
    MaterializedView,
    Owner,
    Rule,
    Trigger,
    View,
)
from trueline.catalog.objects.constraint import Check, Exclusion, ForeignKey, PrimaryKey, Unique
from trueline.catalog.objects.program import Routine
from trueline.catalog.render.others import statements
from trueline.catalog.render.table import index_settings
from trueline.catalog.render.words import literal, name, names, noun

Constraint = PrimaryKey | Unique | Exclusion | Check | ForeignKey

_ROUTINES = frozenset({"function", "procedure"})


def create(thing: CatalogObject) -> Iterator[str]:
    """What makes it."""
    make = _CREATE.get(thing.kind, statements)
    yield from _unchecked(thing, make(thing))


def drop(thing: CatalogObject) -> Iterator[str]:
    """What removes it."""
    make = _DROP.get(thing.kind)
    return make(thing) if make else iter([f"DROP {noun(thing.key)}"])


def replace(old: CatalogObject | None, new: CatalogObject) -> Iterator[str]:
    """What brings it from ``old`` to ``new``, in place where PostgreSQL can.

    ``old`` may be unknown where a statement says the whole; only what it has left behind would stay.
    """
    if only_fires(old, new):
        yield from _fires(new)
    elif can_replace(old, new):
        first, *rest = statements(new)
        yield from _unchecked(new, iter([_or_replace(first), *rest]))
        yield from left_over(old, new)
    elif new.kind in _SAID_WHOLE:
        yield from create(new)
    else:
        yield from drop(old or new)
        yield from create(new)


#: Kinds that a second statement of the same form overwrites.
_SAID_WHOLE = frozenset({"comment", "owner", "grant", "default_privileges"})


def can_replace(old: CatalogObject | None, new: CatalogObject) -> bool:
    """Whether PostgreSQL has CREATE OR REPLACE for it: not for constraint triggers."""
    if isinstance(new, Trigger):
        return not any(_is_constraint_trigger(each) for each in (old, new))
    return isinstance(new, View | Routine | Rule)


def only_fires(old: CatalogObject | None, new: CatalogObject) -> bool:
    """Whether a trigger or rule differs in nothing but when it fires."""
    return isinstance(new, Trigger | Rule) and old is not None and changed(old, enabled=new.enabled) == new  # type: ignore[type-var] # a dataclass, like every kind


def left_over(old: CatalogObject | None, new: CatalogObject) -> Iterator[str]:
    """What replacing leaves behind: defaults that a view's columns had."""
    for action in left_over_actions(old, new):
        yield f"ALTER VIEW {name(*new.key[1:])} {action}"


def left_over_actions(old: CatalogObject | None, new: CatalogObject) -> Iterator[str]:
    """The same, as what follows the view's name."""
    if isinstance(old, View) and isinstance(new, View):
        kept = {column for column, _ in new.defaults}
        for column, _ in old.defaults:
            if column not in kept:
                yield f"ALTER COLUMN {name(column)} DROP DEFAULT"


def fires_action(thing: Trigger | Rule) -> str:
    """What follows ALTER TABLE to make it fire as it shall."""
    word = {"origin": "ENABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS", "disabled": "DISABLE"}
    return f"{word[thing.enabled]} {thing.kind.upper()} {name(thing.name)}"


def _fires(thing: CatalogObject) -> Iterator[str]:
    if isinstance(thing, Trigger | Rule):
        yield f"ALTER TABLE {name(thing.schema, thing.table)} {fires_action(thing)}"


def _is_constraint_trigger(thing: CatalogObject | None) -> bool:
    return isinstance(thing, Trigger) and thing.definition.startswith("CREATE CONSTRAINT")


def _or_replace(statement: str) -> str:
    verb, _, rest = statement.partition(" ")
    return statement if rest.startswith("OR REPLACE ") else f"{verb} OR REPLACE {rest}"


def _unchecked(thing: CatalogObject, made: Iterator[str]) -> Iterator[str]:
    """A body may name what a later operation creates, so PostgreSQL must not look into it."""
    if thing.kind not in _ROUTINES:
        yield from made
        return
    yield "SET LOCAL check_function_bodies = off"
    yield from made
    yield "SET LOCAL check_function_bodies = DEFAULT"


def _extension(thing: Extension) -> Iterator[str]:
    version = f" VERSION {literal(thing.version)}" if thing.version else ""
    place = f" WITH SCHEMA {name(thing.schema)}" if thing.schema else ""
    yield f"CREATE EXTENSION IF NOT EXISTS {name(thing.name)}{place}{version}"


def _view(thing: View | MaterializedView) -> Iterator[str]:
    return statements(changed(thing, definition=thing.definition.strip()))


def _routine(thing: Routine) -> Iterator[str]:
    yield thing.definition.strip().removesuffix(";")


def is_on_only(thing: Index) -> bool:
    """Whether a partitioned table's index has not come to all of its partitions."""
    return not thing.valid and f"INDEX {name(thing.name)} ON ONLY " in thing.definition


def _index(thing: Index) -> Iterator[str]:
    first, *rest = statements(thing)
    return iter([thing.definition if is_on_only(thing) else first, *rest])


def _constraint(thing: Constraint) -> Iterator[str]:
    yield f"ALTER TABLE {name(thing.schema, thing.table)} ADD CONSTRAINT {name(thing.name)} {thing.definition}"
    if isinstance(thing, PrimaryKey | Unique | Exclusion):
        yield from index_settings(thing.schema, thing)


def _default_privileges(thing: DefaultPrivileges) -> Iterator[str]:
    yield from _no_default_privileges(thing)
    yield from statements(thing)


def _usual_default_privileges(thing: DefaultPrivileges) -> Iterator[str]:
    """Back to what PostgreSQL does by default: nothing in a schema, everywhere what it gives to owner and public."""
    yield from _no_default_privileges(thing)
    usual: tuple[str, ...] = ()
    if not thing.schema and thing.role == thing.creator:
        usual = ("ALL",)
    elif not thing.schema and thing.role == "public":
        usual = {"FUNCTIONS": ("EXECUTE",), "TYPES": ("USAGE",)}.get(thing.objects, ())
    yield from statements(changed(thing, privileges=usual))


def _no_default_privileges(thing: DefaultPrivileges) -> Iterator[str]:
    role = "PUBLIC" if thing.role == "public" else name(thing.role)
    where = f" IN SCHEMA {name(thing.schema)}" if thing.schema else ""
    yield (
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {names([thing.creator])}{where} REVOKE ALL ON {thing.objects} FROM {role}"
    )


def _no_constraint(thing: Constraint) -> Iterator[str]:
    yield f"ALTER TABLE {name(thing.schema, thing.table)} DROP CONSTRAINT {name(thing.name)}"


def _no_comment(thing: Comment) -> Iterator[str]:
    yield f"COMMENT ON {noun(thing.of)} IS NULL"


def _no_owner(thing: Owner) -> Iterator[str]:
    """Back to who would have it by default: the role that makes it."""
    yield f"ALTER {noun(thing.of)} OWNER TO CURRENT_USER"


def _no_grant(thing: Grant) -> Iterator[str]:
    """Back to what PostgreSQL gives by default, which is everything to the owner, and some of it to everybody."""
    yield from statements(changed(thing, privileges=_usual_privileges(thing)))
    if thing.role != "public" and (owner := _owner_of(thing.of)):
        *_, grant = statements(changed(thing, privileges=("ALL",)))
        yield f"DO $trueline$ BEGIN IF {owner} = {literal(thing.role)} THEN {grant}; END IF; END $trueline$"


#: Where the owner of a kind is kept: system table, column, and type of a name's oid, or the column of the name.
_OWNERS = {
    "schema": ("pg_namespace", "nspowner", "regnamespace"),
    **dict.fromkeys(("table", "view", "materialized_view", "sequence"), ("pg_class", "relowner", "regclass")),
    **dict.fromkeys(("function", "procedure", "aggregate"), ("pg_proc", "proowner", "regprocedure")),
    **dict.fromkeys(("enum", "domain", "composite", "range"), ("pg_type", "typowner", "regtype")),
    "language": ("pg_language", "lanowner", "lanname"),
    "foreign_data_wrapper": ("pg_foreign_data_wrapper", "fdwowner", "fdwname"),
    "server": ("pg_foreign_server", "srvowner", "srvname"),
}


def _owner_of(key: Key) -> str | None:
    """An expression that gives the role that owns an object."""
    if key[0] not in _OWNERS:
        return None
    table, column, kind = _OWNERS[key[0]]
    owner = f"pg_catalog.pg_get_userbyid({column}) FROM pg_catalog.{table}"
    if key[0] in WITHOUT_SCHEMA and key[0] != "schema":
        return f"(SELECT {owner} WHERE {kind} = {literal(key[1])})"
    called = f"({key[3]})" if kind == "regprocedure" else ""
    return f"(SELECT {owner} WHERE oid = {literal(name(*key[1:3]) + called)}::{kind})"


def _usual_privileges(thing: Grant) -> tuple[str, ...]:
    if thing.role != "public":
        return ()
    if thing.of[0] in {"function", "procedure", "aggregate"}:
        return ("EXECUTE",)
    return ("USAGE",) if thing.of[0] in {"enum", "domain", "composite", "range", "language"} else ()


_CONSTRAINTS = ("primary_key", "unique", "exclusion", "check", "foreign_key")

_CREATE: dict[str, Callable[[Any], Iterator[str]]] = {
    "extension": _extension,
    "view": _view,
    "materialized_view": _view,
    "function": _routine,
    "procedure": _routine,
    "aggregate": _routine,
    "index": _index,
    "default_privileges": _default_privileges,
    **dict.fromkeys(_CONSTRAINTS, _constraint),
}

_DROP: dict[str, Callable[[Any], Iterator[str]]] = {
    "comment": _no_comment,
    "owner": _no_owner,
    "grant": _no_grant,
    "default_privileges": _usual_default_privileges,
    **dict.fromkeys(_CONSTRAINTS, _no_constraint),
}
