"""Differences of name only, where the project does not want to hear of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from trueline.autogen.plan.names import NameChange, name_changes
from trueline.autogen.scope.merge import Merge
from trueline.catalog.diff import is_named_by_server
from trueline.catalog.objects import Column, Domain, Index, Key


def keep_names(merge: Merge) -> None:
    """Where only a name differs, the old one is as good."""
    wanted = replace(merge.old.only(merge.new.values()), dependencies=merge.needs)
    changes = (change for change in name_changes(merge.old, wanted) if not _gives_way(change))
    keys = {change.new.key: change.old.key for change in changes}
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


def _gives_way(change: NameChange) -> bool:
    """Whether it is a partition's index, which is only renamed where something else is to have its name."""
    return isinstance(change.old, Index) and is_named_by_server(change.old)


def _keep_sequences(merge: Merge, keys: Mapping[Key, Key]) -> None:
    """A column draws from its sequence under the name that this has."""
    for key in [key for key, before in keys.items() if before[0] == "sequence"]:
        for thing in list(merge.old.of_kind(Column)):
            other = merge.new.get(thing.key)
            if isinstance(other, Column) and keys[key] in merge.needs.get(thing.key, ()) and thing.default:
                merge.new[thing.key] = replace(other, default=thing.default)
