"""Comments that no declaration made: raw SQL said something about what is declared, and nobody takes it back.

What a model can say is its own business: a comment on a table or a column, and on a view, function, trigger, policy or
domain whose declaration has an argument for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from trueline.autogen.plan.names import moved_keys, name_changes
from trueline.autogen.plan.remarks import parts_kept
from trueline.autogen.plan.sides import relation_of
from trueline.autogen.scope.leaving_out import Scope
from trueline.autogen.scope.merge import Merge
from trueline.autogen.undeclarable import COMMENT
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Comment, Composite, Key, MaterializedView, View
from trueline.objects.names import COMMENTED

_OF_TABLES = frozenset({"table", "column"})


def keep_comments(
    merge: Merge, scope: Scope, created: Callable[[], frozenset[Key]], taken: Collection[Key]
) -> list[Comment]:
    """Leave them alone; the comments that are left, with the name that what they are about shall have.

    Args:
        merge: the new side in the making, with everything else that stays.
        scope: what the project leaves out.
        created: keys of what a declaration once created.
        taken: keys of what no model declares, and models need: no declaration says anything of it.
    """
    found = [each for each in merge.old.of_kind(Comment) if each.key not in merge.new]
    found = [each for each in found if not _keep_data(each, merge) and not _is_said_by_models(each.of, taken)]
    found = [each for each in found if not scope.drops(each.key)]
    if not found:
        return []
    known, after = created(), _After.of(merge)
    kept = []
    for each in found:
        of = after.key(each.of) if each.key not in known or each.of in taken else None
        if of is not None and (COMMENT, *of) not in merge.new:
            kept.append(replace(each, of=of))
            merge.new[kept[-1].key] = kept[-1]
    return kept


def _keep_data(comment: Comment, merge: Merge) -> bool:
    """What is said of a partition that is data, or of a part of it, is as much data."""
    about = merge.old.get(comment.of)
    place = relation_of(about) if about is not None and about.kind != "table" else None
    key = comment.of[:3] if about is None or place is None else ("table", *place)
    table = merge.new.get(("table", *key[1:])) if key[0] in {"table", "not_null"} else None
    if table is None or table is not merge.old.get(table.key):
        return False
    merge.keep(comment.key)
    return True


def _is_said_by_models(of: Key, taken: Collection[Key]) -> bool:
    return of[0] in _OF_TABLES or (of[0] in COMMENTED and of not in taken)


@dataclass(frozen=True, slots=True)
class _After:
    """What comments are about, as it shall be called."""

    new: Mapping[Key, object]
    others: Mapping[Key, Key]

    @classmethod
    def of(cls, merge: Merge) -> _After:
        wanted = replace(merge.old.only(merge.new.values()), dependencies=merge.needs)
        renamed = moved_keys(name_changes(merge.old, wanted))
        return cls(merge.new, {**_parts(wanted), **parts_kept(merge.old, wanted), **renamed})

    def key(self, of: Key) -> Key | None:
        """None where it goes, and what is said of it with it."""
        return of if of in self.new else self.others.get(of)


def _parts(catalog: Catalog) -> dict[Key, Key]:
    """What has a name and is no object of its own."""
    found: list[Key] = []
    for thing in catalog:
        if isinstance(thing, View | MaterializedView):
            found += [("view_column", *thing.key[1:3], column) for column, *_ in thing.columns]
        elif isinstance(thing, Composite):
            found += [("attribute", *thing.key[1:3], each.name) for each in thing.attributes]
    return {key: key for key in found}
