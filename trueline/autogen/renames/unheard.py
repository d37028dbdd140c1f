"""Hints of former names that lead nowhere: misspelt, or overtaken by a database that has both names already.

A hint that has done its work is none of these: the new name is there, and the old one is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from trueline.autogen.renames.rename import Rename, place
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import KINDS, Column, Enum, Key, MaterializedView, Name, Table, View
from trueline.catalog.render.words import name
from trueline.declared.renames import Renames
from trueline.readings.finding import Finding


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when hints are looked at.

    Attributes:
        live: what is there.
        declared: what the models say.
        renames: those that are carried out.
        where: the place of the model of a table.
        is_empty: whether a table of the database has no rows.
    """

    live: Catalog
    declared: Catalog
    renames: Collection[Rename]
    where: Callable[[Name], str]
    is_empty: Callable[[Name], bool]

    def before(self, kind: str) -> Mapping[Name, Name]:
        """The names that tables or types have now, by those that they get."""
        return {place(each.new): place(each.old) for each in self.renames if each.old[0] == each.new[0] == kind}


def unheard(hints: Renames, known: Known) -> list[Finding]:
    """A finding for each hint that leads nowhere, or for several that one statement sets right."""
    return [*_tables(hints, known), *_columns(hints, known), *_labels(hints, known), *_objects(hints, known)]


def _tables(hints: Renames, known: Known) -> Iterator[Finding]:
    live, declared = known.live.own(), known.declared.own()
    there = [each for each in live.of_kind(Table) if each.key not in declared]
    both: dict[Name, Name] = {}
    for new, old in sorted(hints.tables.items()):
        one, other = ("table", *old), ("table", *new)
        if other not in declared or Rename(one, other) in known.renames:
            continue
        if one in live and one not in declared and other in live:
            both[new] = old
        elif one not in live and other not in live and any(live.of_kind(Table)):
            near = _near(".".join(old), [".".join(each.key[1:]) for each in there])
            yield _misspelt(f"table {name(*new)}", name(*old), known.where(new), near)
    empty = {new for new in both if known.is_empty(new)}
    if empty:
        yield _overtaken({new: both[new] for new in sorted(empty)}, known)
    for new in sorted(both.keys() - empty):
        yield Finding(
            f"table {name(*new)} says that it was {name(*both[new])}, but the database has both, and both are used: "
            f"{name(*both[new])} goes with all its rows",
            (known.where(new),),
            f"bring the rows together in {name(*new)} or {name(*both[new])}, drop the other one, and run this again",
        )


def _overtaken(both: Mapping[Name, Name], known: Known) -> Finding:
    """Tables that are there under both names, and empty under the new one: something like create_all came first."""
    pairs = ", ".join(f"{name(*new)} was {name(*old)}" for new, old in both.items())
    return Finding(
        f"the models say that {pairs}, but the database has both, the new ones empty: "
        f"what would go, with all rows, is {', '.join(name(*old) for old in both.values())}",
        tuple(known.where(new) for new in both),
        "drop what is empty, and run this again; then the rows go on under the new name:\n"
        + "\n".join(_drops(list(both), known.live, known.declared)),
    )


def _drops(tables: list[Name], live: Catalog, declared: Catalog) -> Iterator[str]:
    gone: set[Key] = {("table", *each) for each in tables}
    views = [each for each in _standing_on(gone, live) if isinstance(each, View | MaterializedView)]
    for view in reversed(views):
        kind = "VIEW" if isinstance(view, View) else "MATERIALIZED VIEW"
        yield f"DROP {kind} {name(view.schema, view.name)};"
    yield f"DROP TABLE {', '.join(name(*each) for each in tables)};"
    for each in _types(set(tables), live, declared):
        yield f"DROP TYPE {name(each.schema, each.name)};"


def _standing_on(gone: set[Key], live: Catalog) -> list[View | MaterializedView]:
    """Views that need one of these, or a view that does, in an order in which they can be made."""
    found: list[View | MaterializedView] = []
    waiting: list[View | MaterializedView] = [*live.of_kind(View), *live.of_kind(MaterializedView)]
    reached = set(gone)
    while late := [each for each in waiting if reached & live.dependencies.get(each.key, frozenset())]:
        found += late
        reached |= {each.key for each in late}
        waiting = [each for each in waiting if each not in late]
    return found


def _types(tables: set[Name], live: Catalog, declared: Catalog) -> Iterator[Enum]:
    """Enum types that came with these tables, for one of the same name that could have moved instead."""
    left = {each.name for each in live.own().of_kind(Enum) if each.key not in declared}
    for thing in live.own().of_kind(Enum):
        users = [key for key, needs in live.dependencies.items() if thing.key in needs]
        mine = all(key[0] == "column" and (key[1], key[2]) in tables for key in users)
        if thing.name in left and thing.key in declared and users and mine:
            yield thing


def _columns(hints: Renames, known: Known) -> Iterator[Finding]:
    live, declared, before = known.live.own(), known.declared.own(), known.before("table")
    for (table, column), source in sorted(hints.columns.items()):
        there = before.get(table, table)
        one, other = ("column", *there, source), ("column", *there, column)
        if ("table", *there) not in live or ("column", *table, column) not in declared:
            continue
        if one in live and other in live:
            yield Finding(
                f"column {name(*table, column)} says that it was {name(source)}, but the table has both: "
                f"{name(source)} goes with all its values",
                (known.where(table),),
                "if the new one is empty, drop it and run this again; then the values go on under the new name:\n"
                f"ALTER TABLE {name(*there)} DROP COLUMN {name(column)};",
            )
        elif one not in live and other not in live:
            mine = (each for each in live.of_kind(Column) if (each.schema, each.table) == there)
            going = [each.name for each in mine if ("column", *table, each.name) not in declared]
            yield _misspelt(f"column {name(*table, column)}", name(source), known.where(table), _near(source, going))


def _labels(hints: Renames, known: Known) -> Iterator[Finding]:
    before = known.before("enum")
    for kind, labels in sorted(hints.labels.items()):
        was, becomes = known.live.get(("enum", *before.get(kind, kind))), known.declared.get(("enum", *kind))
        if not isinstance(was, Enum) or not isinstance(becomes, Enum):
            continue
        going = [label for label in was.labels if label not in becomes.labels]
        for label, source in labels.items():
            if label in becomes.labels and not {label, source} & set(was.labels):
                near = _near(source, going)
                yield _misspelt(f"value {label!r} of type {name(*kind)}", repr(source), "", near)


def _objects(hints: Renames, known: Known) -> Iterator[Finding]:
    live, declared = known.live.own(), known.declared.own()
    for (kind, new), former in sorted(hints.objects.items()):
        there = {place(each.key) for each in live.of_kind(KINDS[kind])}
        wanted = {place(each.key) for each in declared.of_kind(KINDS[kind])}
        what = f"{kind.replace('_', ' ')} {name(*new)}"
        if new not in wanted or any(place(each.new) == new and each.new[0] == kind for each in known.renames):
            continue
        if former.name in there and new in there and former.name not in wanted:
            yield Finding(
                f"{what} says that it was {name(*former.name)}, but the database has both",
                (former.where,),
                f"drop {name(*former.name)}, or {name(*new)} if that came by mistake, and run this again",
            )
        elif former.name not in there and new not in there and any(live.of_kind(Table)):
            going = [".".join(each) for each in sorted(there - wanted)]
            yield _misspelt(what, name(*former.name), former.where, _near(".".join(former.name), going))


def _near(source: str, going: list[str]) -> str | None:
    """What could be meant: the nearest of what goes, or the only one."""
    found = get_close_matches(source, going, n=1, cutoff=0.4)
    return found[0] if found else going[0] if len(going) == 1 else None


def _misspelt(what: str, old: str, where: str, near: str | None) -> Finding:
    also = f"; {near} goes at the same time, with what it holds" if near else ""
    return Finding(
        f"{what} says that it was {old}, which the database does not have{also}",
        (where,) if where else (),
        f'if that is meant: renamed_from="{near}"' if near else "correct renamed_from, or take it away",
    )


__all__ = ["Known", "unheard"]
