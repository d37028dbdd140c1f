"""Which objects go on under another name: by hint, by having moved unchanged, or because somebody said so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from trueline.autogen.renames.objects import Ask, object_renames, renames_of_kind
from trueline.autogen.renames.rename import Rename, place
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column, Enum, Key, Name, Table
from trueline.catalog.render.words import name
from trueline.declared.renames import Renames

#: Share of columns, by name and type, that two tables must have in common to be taken for one; less is enough for a
#: table of the same name in another schema.
_ALIKE, _ALIKE_BY_NAME = 0.6, 0.3
#: Share of its values that an enum type must keep to be the same one in another schema.
_HALF = 0.5


def find_renames(live: Catalog, declared: Catalog, hints: Renames, ask: Ask | None = None) -> list[Rename]:
    """Renames that are still to be done, in an order in which each can run.

    A hint whose old name is gone, or whose new name is there already, has done its work and is no rename any more.

    Args:
        live: what is there.
        declared: what the models say.
        hints: what ``renamed_from`` says.
        ask: asks about what looks like a rename but has no hint; None for never.
    """
    old, new = live.own(), declared.own()
    hinted = list(renames_of_kind(Enum, old, new, hints.objects, None))
    moved = list(_types(old, new, hints, {key for each in hinted for key in (each.old, each.new)}))
    types = [*hinted, *moved, *_said(old, new, [*hinted, *moved], ask)]
    tables = list(_tables(old, new, hints, ask))
    names = {rename.new[1:3]: place(rename.old) for rename in tables}
    columns = list(_columns(old, new, hints, names, ask))
    labels = list(_labels(old, new, hints, {rename.new[1:3]: place(rename.old) for rename in types}))
    return [*types, *tables, *columns, *labels, *object_renames(old, new, hints.objects, ask)]


def _tables(old: Catalog, new: Catalog, hints: Renames, ask: Ask | None) -> Iterator[Rename]:
    taken: set[Key] = set()
    for target, source in sorted(hints.tables.items()):
        one, other = ("table", *source), ("table", *target)
        if one in old and one not in new and other not in old and other in new:
            taken |= {one, other}
            yield Rename(one, other)
    if ask is None:
        return
    gone = [thing for thing in old.of_kind(Table) if thing.key not in new and thing.key not in taken]
    for thing in new.of_kind(Table):
        if thing.key in old or thing.key in taken or thing.bound:
            continue
        for before in gone:
            enough = _ALIKE_BY_NAME if before.name == thing.name else _ALIKE
            if before.key not in taken and _alike(before, thing, old, new) >= enough:
                question = f"Is table {name(before.schema, before.name)} now {name(thing.schema, thing.name)}?"
                if ask(question):
                    taken |= {before.key, thing.key}
                    yield Rename(before.key, thing.key)
                    break


def _alike(before: Table, after: Table, old: Catalog, new: Catalog) -> float:
    one, other = (_shape(table, catalog) for table, catalog in ((before, old), (after, new)))
    return len(one & other) / len(one | other) if one | other else 0.0


def _shape(table: Table, catalog: Catalog) -> set[tuple[str, str]]:
    """Names and types of the columns; a type may have moved to another schema with its table."""
    mine = (each for each in catalog.of_kind(Column) if (each.schema, each.table) == (table.schema, table.name))
    return {(each.name, each.type.rpartition(".")[2]) for each in mine}


def _columns(
    old: Catalog, new: Catalog, hints: Renames, names: dict[tuple[str, ...], Name], ask: Ask | None
) -> Iterator[Rename]:
    taken: set[Key] = set()
    for (table, column), source in sorted(hints.columns.items()):
        before = ("column", *names.get(table, table), source)
        moved, target = ("column", *table, source), ("column", *table, column)
        present = ("column", *names.get(table, table), column)
        if before in old and moved not in new and target in new and present not in old:
            taken |= {before, target}
            yield Rename(moved, target)
    if ask is None:
        return
    moved_to = {source: target for target, source in names.items()}
    gone: dict[tuple[str, ...], list[str]] = defaultdict(list)
    types: dict[Key, str] = {}
    for each in old.of_kind(Column):
        there = moved_to.get((each.schema, each.table), (each.schema, each.table))
        key = ("column", *there, each.name)
        if key not in new and each.key not in taken and ("table", *there) in new:
            gone[there].append(each.name)
            types[key] = each.type
    for column_ in new.of_kind(Column):
        there = (column_.schema, column_.table)
        if ("column", *names.get(there, there), column_.name) in old or column_.key in taken:
            continue
        for name_ in gone.get(there, []):
            key = ("column", *there, name_)
            question = f"Is column {name(*there, name_)} now {name(column_.name)}?"
            if key not in taken and types[key] == column_.type and ask(question):
                taken |= {key, column_.key}
                yield Rename(key, column_.key)
                break


def _said(old: Catalog, new: Catalog, known: list[Rename], ask: Ask | None) -> Iterator[Rename]:
    """Enum types that somebody has said yes to."""
    if ask is not None:
        taken = {key for each in known for key in (each.old, each.new)}
        before, after = (side.only(each for each in side if each.key not in taken) for side in (old, new))
        yield from renames_of_kind(Enum, before, after, {}, ask)


def _types(old: Catalog, new: Catalog, hints: Renames, taken: set[Key]) -> Iterator[Rename]:
    """Enum types that are the same but for name or schema: to make them anew would rewrite every table they are in."""

    def before_hints(thing: Enum) -> tuple[str, ...]:
        known = hints.labels.get((thing.schema, thing.name), {})
        return tuple(known.get(label, label) for label in thing.labels)

    gone = [thing for thing in old.of_kind(Enum) if thing.key not in new and thing.key not in taken]
    come = [thing for thing in new.of_kind(Enum) if thing.key not in old and thing.key not in taken]
    for before in gone:
        same = [each for each in come if before_hints(each) == before.labels]
        moved = [
            each for each in come if each.name == before.name and _share(before.labels, before_hints(each)) >= _HALF
        ]
        alone = len(same) == 1 and [each.labels for each in gone].count(before.labels) == 1
        found = moved or (same if alone and same[0].schema == before.schema else [])
        if len(found) == 1:
            come.remove(found[0])
            yield Rename(before.key, found[0].key)


def _share(before: tuple[str, ...], after: tuple[str, ...]) -> float:
    """How many of the values that a type had are values of the other one."""
    return len(set(before) & set(after)) / len(before) if before else 1.0


def _labels(old: Catalog, new: Catalog, hints: Renames, names: dict[tuple[str, ...], Name]) -> Iterator[Rename]:
    for kind, labels in sorted(hints.labels.items()):
        before, after = old.get(("enum", *names.get(kind, kind))), new.get(("enum", *kind))
        if not isinstance(before, Enum) or not isinstance(after, Enum):
            continue
        for label, source in labels.items():
            gone = source in before.labels and source not in after.labels
            if gone and label in after.labels and label not in before.labels:
                yield Rename(("label", *kind, source), ("label", *kind, label))
