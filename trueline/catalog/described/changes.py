"""What changed in an object, field by field, in words."""

from __future__ import annotations

from typing import Any

from trueline.catalog.described.definitions import foreign_key, routine, says_nothing_new
from trueline.catalog.described.values import SAY, Say
from trueline.catalog.described.wording import Words, index_words, pair, word
from trueline.catalog.diff import Changed
from trueline.catalog.objects import CatalogObject, ForeignKey, Function, Index, Procedure, Table
from trueline.catalog.render.words import name

#: What a field is called, where its own name is not what people say.
_LABELS = {
    "access_method": "access method",
    "bound": "partition bound",
    "clustered_on": "clustered on index",
    "column_order": "column order",
    "force_row_security": "row security for the owner, too",
    "minimum": "minimum value",
    "maximum": "maximum value",
    "of_type": "table's type",
    "operator_class": "operator class",
    "owned_by": "owned by",
    "partition_key": "partitioned by",
    "row_security": "row security",
    "target": "statistics target",
    "statistics": "statistics target",
    "using": "USING",
    "difference": "difference function",
    "canonical": "canonical function",
    "multirange": "multirange type",
    "local": "declared here",
    "replica_identity": "replica identity",
    "replica_index": "replica identity: index",
    "check": "WITH CHECK",
}

#: What PostgreSQL takes where nothing was chosen; elsewhere it is simply nothing.
_BY_DEFAULT = frozenset(
    {"storage", "compression", "statistics", "collation", "access_method", "tablespace", "target", "operator_class"}
)

#: Fields that say again what another one has said.
_FOLLOW = {"not_null_constraint": "not_null", "replica_index": "replica_identity", "columns": "definition"}

#: Fields that the parts of a key or routine have told.
_TOLD = frozenset({"definition", "columns", "references"})


def changes(change: Changed) -> Words:
    """A phrase for every field that differs."""
    told = list(_whole(change))
    yield from told
    for field in change.fields:
        if _FOLLOW.get(field) in change.fields or (field in _TOLD and told):
            continue
        if field == "definition" and says_nothing_new(change):
            continue
        before, after = (_value(item, field) for item in (change.old, change.new))
        say = SAY.get((change.new.kind, field)) or SAY.get(("", field)) or _usual(field)
        label = _LABELS.get(field, field)
        yield from list(say(label, before, after)) or [f"order of {label}"]


def _whole(change: Changed) -> Words:
    """Of what has its parts beside its definition."""
    old, new = change.old, change.new
    if isinstance(old, ForeignKey) and isinstance(new, ForeignKey):
        yield from foreign_key(old, new)
    if (
        isinstance(old, Function | Procedure)
        and isinstance(new, Function | Procedure)
        and "definition" in change.fields
    ):
        yield from routine(old, new)


def _value(thing: CatalogObject, field: str) -> Any:
    """Of a table's replica identity and of an index's definition the whole, and no more, than people ask for."""
    if isinstance(thing, Table) and field == "replica_identity" and thing.replica_index:
        return f"index {name(thing.replica_index)}"
    if isinstance(thing, Index) and field == "definition":
        return index_words(thing)
    return getattr(thing, field)


def _usual(field: str) -> Say:
    nothing = "default" if field in _BY_DEFAULT else "none"

    def say(label: str, old: Any, new: Any) -> Words:
        yield f"{label}: {pair(word(old, nothing), word(new, nothing))}"

    return say
