"""Differences in words: one line each, that a developer understands who has never looked into ``pg_catalog``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from trueline.catalog.described.changes import changes
from trueline.catalog.described.wording import (
    after,
    attribute,
    generated,
    identity,
    index_words,
    kind_word,
    named,
    short,
    visible,
)
from trueline.catalog.diff import Changed
from trueline.catalog.objects import (
    DEFINED,
    CatalogObject,
    Check,
    Column,
    Comment,
    Composite,
    DefaultPrivileges,
    Defined,
    Domain,
    Enum,
    Extension,
    ForeignKey,
    Function,
    Grant,
    Index,
    MaterializedView,
    Owner,
    Policy,
    Range,
    Rule,
    Sequence,
    Statistics,
    Table,
    Trigger,
    View,
)
from trueline.catalog.objects.constraint import IndexedConstraint
from trueline.catalog.render.words import literal, name, names

#: Added, removed, changed; there without a declaration; declared, but refused.
Sign = Literal["+", "-", "~", "?", "!"]

#: Parts of what is new or gone that need no mention.
_USUAL = {"start": 1, "increment": 1, "minimum": 1, "maximum": 2**63 - 1, "cache": 1}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference for people.

    Attributes:
        sign: ``+`` added, ``-`` removed, ``~`` changed.
        kind: of the object, as people say it: ``foreign key``, ``comment on table``.
        name: as people write it, in quotes only where it must be.
        what: what it is, or how it changed; may be empty for what is just there or gone.
    """

    sign: Sign
    kind: str
    name: str
    what: str

    def __str__(self) -> str:
        return f"{self.sign} {self.kind} {self.name}{f': {self.what}' if self.what else ''}"


def describe(item: CatalogObject | Changed, *, removed: bool = False) -> Difference:
    """An object that is new (or gone, when ``removed``), or a change, on one line."""
    if isinstance(item, Changed):
        return Difference("~", kind_word(item.key), named(item.key), visible("; ".join(changes(item))))
    words = _SUMMARIES.get(item.kind, _nothing)(item)
    return Difference("-" if removed else "+", kind_word(item.key), named(item.key), visible(", ".join(words)))


def _nothing(_: Any) -> Iterator[str]:
    yield from ()


def _extension(thing: Extension) -> Iterator[str]:
    if thing.version:
        yield f"version {thing.version}"
    yield f"in schema {name(thing.schema)}"


def _enum(thing: Enum) -> Iterator[str]:
    yield short(", ".join(map(literal, thing.labels)) or "no labels")


def _composite(thing: Composite) -> Iterator[str]:
    yield short(", ".join(map(attribute, thing.attributes)) or "no attributes")


def _domain(thing: Domain) -> Iterator[str]:
    yield thing.type
    yield from _value(thing)
    yield from (short(f"{name(check.name)} {check.definition}") for check in thing.checks)


def _value(thing: Domain | Column) -> Iterator[str]:
    if thing.collation:
        yield f"collation {thing.collation}"
    if thing.not_null:
        yield "not null"
    if thing.default is not None:
        yield f"default {short(thing.default)}"


def _range(thing: Range) -> Iterator[str]:
    yield f"of {thing.subtype}"


def _sequence(thing: Sequence) -> Iterator[str]:
    yield thing.type
    yield from (f"{part} {getattr(thing, part)}" for part, usual in _USUAL.items() if getattr(thing, part) != usual)
    if thing.cycle:
        yield "cycle"
    if thing.owned_by:
        yield f"owned by {named(thing.owned_by)}"


def _function(thing: Function) -> Iterator[str]:
    if thing.result:
        yield f"returns {short(thing.result)}"


def _table(thing: Table) -> Iterator[str]:
    if thing.persistence != "permanent":
        yield thing.persistence
    if thing.foreign:
        yield f"foreign, on server {name(thing.foreign.server)}"
    if thing.parents:
        yield ("partition of " if thing.bound else "inherits from ") + ", ".join(name(*item) for item in thing.parents)
    if thing.bound:
        yield short(thing.bound)
    if thing.partition_key:
        yield f"partitioned by {short(thing.partition_key)}"
    if thing.of_type:
        yield f"of type {thing.of_type}"


def _column(thing: Column) -> Iterator[str]:
    yield thing.type
    yield from _value(thing)
    if thing.identity:
        yield f"identity {identity(thing.identity)}"
    if thing.generated:
        yield f"generated {generated(thing.generated)}"


def _constraint(thing: IndexedConstraint | Check | ForeignKey) -> Iterator[str]:
    yield short(thing.definition)


def _index(thing: Index) -> Iterator[str]:
    yield short(index_words(thing))
    if not thing.valid:
        yield "not valid"


def _statistics(thing: Statistics) -> Iterator[str]:
    yield short(after(thing.definition, thing.schema, thing.name))


def _view(thing: View | MaterializedView) -> Iterator[str]:
    yield f"columns {short(names(column for column, _ in thing.columns))}" if thing.columns else "no columns"


def _fires(thing: Trigger | Rule) -> Iterator[str]:
    yield short(after(thing.definition, thing.name))
    if thing.enabled != "origin":
        yield thing.enabled


def _policy(thing: Policy) -> Iterator[str]:
    yield "permissive" if thing.permissive else "restrictive"
    yield f"for {thing.command} to {', '.join(thing.roles)}"
    if thing.using:
        yield f"using {short(thing.using)}"
    if thing.check:
        yield f"with check {short(thing.check)}"


def _comment(thing: Comment) -> Iterator[str]:
    yield short(literal(thing.text))


def _owner(thing: Owner) -> Iterator[str]:
    yield name(thing.role)


def _grant(thing: Grant | DefaultPrivileges) -> Iterator[str]:
    yield f"{thing.role}: {', '.join(thing.privileges) or 'nothing'}"


def _defined(thing: Defined) -> Iterator[str]:
    """Its parts; else its definition without what its kind and name say."""
    if thing.parts:
        yield short(", ".join(f"{part} {value}".rstrip() for part, value in thing.parts))
    elif (words := after(thing.definition, thing.key[-1])) != thing.definition:
        yield short(words)


_SUMMARIES: dict[str, Callable[[Any], Iterator[str]]] = {
    "extension": _extension,
    "enum": _enum,
    "composite": _composite,
    "domain": _domain,
    "range": _range,
    "sequence": _sequence,
    "function": _function,
    "table": _table,
    "column": _column,
    "primary_key": _constraint,
    "unique": _constraint,
    "exclusion": _constraint,
    "check": _constraint,
    "foreign_key": _constraint,
    "index": _index,
    "statistics": _statistics,
    "view": _view,
    "materialized_view": _view,
    "trigger": _fires,
    "rule": _fires,
    "policy": _policy,
    "comment": _comment,
    "owner": _owner,
    "grant": _grant,
    "default_privileges": _grant,
    **{cls.kind: _defined for cls in DEFINED},
}
