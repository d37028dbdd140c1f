"""Which step has to do with which object, and so which steps have to come before another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from trueline.autogen.plan.filling import FILLED
from trueline.autogen.plan.rebuild import TYPES
from trueline.autogen.plan.sides import Sides, line_of, parent_of, relation_of
from trueline.autogen.plan.step import Step
from trueline.catalog.objects import CatalogObject, ForeignKey, Key, Name, Sequence, Table

#: Kinds that need the columns of their table as they shall be.
_ON_COLUMNS = frozenset(
    {"primary_key", "unique", "exclusion", "check", "foreign_key", "index", "statistics", "trigger", "rule", "policy"}
)
_JUDGES = frozenset({"check", "foreign_key"})
KEYS = frozenset({"primary_key", "unique", "index"})


@dataclass(slots=True)
class Graph:
    """Which step has to do with which object."""

    sides: Sides
    creates: dict[Key, Step] = field(default_factory=dict)
    alters: dict[Key, list[Step]] = field(default_factory=lambda: defaultdict(list))
    drops: dict[Key, Step] = field(default_factory=dict)
    frees: dict[Key, list[Step]] = field(default_factory=lambda: defaultdict(list))
    #: Of a table: creations and changes of columns, creations of keys, and drops of what hangs on it.
    columns: dict[Name, list[Step]] = field(default_factory=lambda: defaultdict(list))
    keys: dict[Name, list[Step]] = field(default_factory=lambda: defaultdict(list))
    parted: dict[Name, list[Step]] = field(default_factory=lambda: defaultdict(list))
    referring: dict[Name, list[Step]] = field(default_factory=lambda: defaultdict(list))
    #: Of a schema: what leaves it.
    leaving: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))
    tables: dict[Name, list[Step]] = field(default_factory=lambda: defaultdict(list))
    #: Of a table: what fills and empties it.
    rows: dict[Name, list[Step]] = field(default_factory=lambda: defaultdict(list))
    #: Of a table: everything.
    about: dict[Name, list[Step]] = field(default_factory=lambda: defaultdict(list))
    #: Sequences by the column that owns them before.
    owned: dict[Key, list[Key]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for sequence in self.sides.old.of_kind(Sequence):
            if sequence.owned_by:
                self.owned[sequence.owned_by].append(sequence.key)

    def add(self, step: Step) -> None:
        """Learn a step."""
        match step.verb:
            case "create":
                for key in step.covers:
                    self.creates[key] = step
            case "alter" | "rename":
                for key in step.covers:
                    self.alters[key].append(step)
                    if key[0] == "column" and key != step.key:
                        self.columns[key[1], key[2]].append(step)
            case "drop":
                self._add_drop(step)
        for taken in step.frees:
            self.frees[taken].append(step)
        for place in {self._relation(key) for key in (step.key, *step.covers)} if step.verb != "rows" else ():
            if place is not None:
                self.about[place].append(step)
        self._place(step)

    def _relation(self, key: Key) -> Name | None:
        """The table that a key is the key of, or of a part of."""
        thing = self.sides.new.get(key) or self.sides.old.get(key)
        if isinstance(thing, Table) or key[0] == "default":
            return (key[1], key[2])
        return relation_of(thing) if thing is not None else None

    def _add_drop(self, step: Step) -> None:
        for key in step.covers:
            self.drops.setdefault(key, step)
        self.drops[step.key] = step
        self.leaving[step.key[1]].append(step)
        thing = self.sides.old.get(step.key)
        if thing is None and step.key[0] == "default":
            self.parted[step.key[1], step.key[2]].append(step)
        if thing is None:
            return
        if (place := relation_of(thing)) is not None and thing.kind != "column":
            self.parted[place].append(step)
        if isinstance(thing, ForeignKey):
            self.referring[thing.references].append(step)

    def _place(self, step: Step) -> None:
        if step.verb == "drop" or len(step.key) < 3:
            return
        place = (step.key[1], step.key[2])
        kind = step.key[0]
        if step.verb == "rows":
            self.rows[place].append(step)
        if step.verb == "rows" or kind == FILLED:
            return
        if not self._judges_rows(step):
            self.tables[place].append(step)
        if kind in {"column", "table", "default"}:
            self.columns[place].append(step)
        thing = self.sides.new.get(step.key)
        if kind in KEYS and thing is not None and (relation := relation_of(thing)) is not None:
            self.keys[relation].append(step)
            if kind == "index":
                self.tables[relation].append(step)

    def _judges_rows(self, step: Step) -> bool:
        """Whether it asks whether the rows of a table that is there are right: they have to be made so before."""
        kind, *parts = step.key
        return step.verb == "create" and kind in _JUDGES and ("table", *parts[:2]) in self.sides.old

    def needed(self, step: Step) -> Iterator[Step]:
        """The steps that have to come before."""
        for taken in step.takes:
            # What gets a name and then goes to be made anew has it from nobody.
            yield from (
                each for each in self.frees.get(taken, ()) if step.verb != "rename" or step.key not in each.covers
            )
        for key in sorted(step.after):
            yield from (self.creates[each] for each in (key,) if each in self.creates)
            yield from self.alters.get(key, ())
        match step.verb:
            case "create" if step.key[0] == "partition":
                yield from self._before_partition(step)
            case "alter" if step.key[0] == FILLED:
                yield from self.rows.get((step.key[1], step.key[2]), ())
            case "create" | "alter":  # a rename needs nothing but the name
                yield from self._before_creation(step)
                if step.verb == "alter":
                    yield from self._before_change(step)
            case "rows":
                yield from self._before_rows(step)
            case "drop":
                yield from self._before_drop(step)

    def _before_creation(self, step: Step) -> Iterator[Step]:
        new = self.sides.new
        for key in step.covers:
            if ("schema", key[1]) in self.creates and key[0] != "schema":
                yield self.creates["schema", key[1]]
            thing = new.get(key)
            joined = self._joined_later(step)
            for need in (each for each in self._needs(key, thing) if each not in joined):
                if need in self.creates:
                    yield self.creates[need]
                yield from self.alters.get(need, ())
            if thing is not None and step.verb == "create":
                yield from self._before_part(thing)
                if self._judges_rows(step):
                    places = {(key[1], key[2]), *([thing.references] if isinstance(thing, ForeignKey) else [])}
                    yield from (each for place in sorted(places) for each in self.rows.get(place, ()))
                if step.key == key and key[0] in {"column", "check"}:
                    yield from self._before_parent_has(key)
            if key[0] == "attachment":
                yield from self._before_attachment((key[1], key[2]))
            if key in self.drops:  # made anew
                yield self.drops[key]

    def _joined_later(self, step: Step) -> frozenset[Key]:
        """Parents that a table joins by a step of its own, so that no other change of it needs them."""
        moves = self.sides.moves.get(step.key) if step.verb == "alter" else None
        return frozenset(("table", *parent) for parent in moves.joined) if moves else frozenset()

    def _needs(self, key: Key, thing: CatalogObject | None) -> Iterable[Key]:
        """What an object needs; a key between tables is cut apart where it closes a circle."""
        found = set(self.sides.needs(key))
        if key[0] == "ownership":
            sequence = self.sides.new.get(("sequence", *key[1:]))
            if isinstance(sequence, Sequence) and sequence.owned_by:
                found |= {sequence.key, sequence.owned_by}
        if key[0] in {"default", "aside"}:
            found |= self.sides.needs(("column" if key[0] == "default" else "domain", *key[1:]))
        if isinstance(thing, Sequence) and thing.owned_by and key in self.alters:
            found.add(thing.owned_by)
        if key[0] in {"comment", "owner", "grant"}:
            of = key[1:] if key[0] != "grant" else key[1:-1]
            found |= {(kind, *of[1:3]) for kind in ("table", "view", "materialized_view", "partition")} | {of}
        if thing is not None and (place := relation_of(thing)) is not None:
            found |= {("table", *place), ("view", *place), ("materialized_view", *place)}
        if isinstance(thing, Table):
            found |= {("table", *parent) for parent in thing.parents}
        if (parent := parent_of(thing)) is not None:  # what it has from there comes before what is its own
            found.add(parent)
        found.discard(key)
        return sorted(found)

    def _before_parent_has(self, key: Key) -> Iterator[Step]:
        """Children that do not have it themselves are joined first, so that it comes to them, too."""
        for each in self.sides.new_followers.get(key, ()):
            attachment = ("attachment", each[1], each[2])
            if each not in self.creates and attachment in self.creates and not self.sides.stays(each):
                yield self.creates[attachment]

    def _before_attachment(self, place: Name) -> Iterator[Step]:
        """The child has to have what its parents have, in the same form; a table of a type no more."""
        table = self.sides.new.get(("table", *place))
        parents = table.parents if isinstance(table, Table) else ()
        yield from (self.creates[each] for p in parents if (each := ("table", *p)) in self.creates)
        yield from self._before_child_has(place, parents)
        gone = (part.key for part in self.sides.parts(place, "old") if part.kind == "column")
        yield from (self.drops[key] for key in gone if key in self.drops and key not in self.creates)
        for part in self.sides.parts(place, "new"):
            if part.kind in {"column", "check"}:
                if part.key in self.creates:
                    yield self.creates[part.key]
                yield from self.alters.get(part.key, ())
                if part.origin is not None:
                    yield from self.alters.get(part.origin.of, ())

    def _before_child_has(self, place: Name, parents: Iterable[Name]) -> Iterator[Step]:
        """A parent has what the child has all the time, and has no more what the child has no more."""
        for part in self.sides.parts(place, "old"):
            for parent in parents if part.kind in {"column", "check"} else ():
                key = (part.kind, *parent, part.key[3])
                if part.key in self.drops and key in self.drops:
                    yield self.drops[key]
                if self.sides.stays(part.key):
                    line = line_of(self.sides.new.get(key), self.sides.new)
                    yield from (self.creates[each] for each in line if each in self.creates)

    def _leaves_last(self, place: Name) -> bool:
        moves = self.sides.moves.get(("table", *place))
        return moves is not None and moves.joins_first and ("attachment", *place) in self.creates

    def _before_partition(self, step: Step) -> Iterator[Step]:
        """A partition and its parent, and what that is a partition of, have to be what they shall be."""
        parents = [(taken[1], taken[2]) for taken in step.takes]
        for place in [(step.key[1], step.key[2]), *parents]:
            for each in self.sides.lineage(place, "new"):
                yield from self.about.get(each, ())

    def _before_part(self, thing: CatalogObject) -> Iterator[Step]:
        place = relation_of(thing)
        if place is None or thing.kind not in _ON_COLUMNS:
            return
        yield from self.columns.get(place, ())
        if isinstance(thing, ForeignKey):
            yield from self.columns.get(thing.references, ())
            yield from self.keys.get(thing.references, ())
            # A key that goes must not be the one that the foreign key is found to stand on.
            yield from (each for each in self.parted.get(thing.references, ()) if each.key[0] in KEYS)

    def _before_change(self, step: Step) -> Iterator[Step]:
        """Whatever bars the change, or needs the old state, goes before."""
        for key in (each for each in step.covers if each[0] == "column" or each[0] in TYPES):
            for member in self.sides.family(key):
                for each in sorted(self.sides.dependents.get(member, ())):
                    if each in self.drops:
                        yield self.drops[each]
                    if key[0] != "column" and self.sides.becomes(key) not in self.sides.needs(each):
                        yield from self.alters.get(each, ())
            if key[0] == "column":
                for parent in self.sides.lineage((key[1], key[2]), "new"):
                    yield from self.alters.get(("column", *parent, key[3]), ())
                if ("default", *key[1:]) in self.drops:
                    yield self.drops["default", *key[1:]]
                yield from self.parted.get((key[1], key[2]), ())
                yield from self.referring.get((key[1], key[2]), ())
        yield from self._before_persistence(step)

    def _before_persistence(self, step: Step) -> Iterator[Step]:
        """No key may point from a logged table at an unlogged one, in no moment."""
        old, new = self.sides.old.get(step.key), self.sides.new.get(step.key)
        if not isinstance(old, Table) or not isinstance(new, Table) or old.persistence == new.persistence:
            return
        place = (old.schema, old.name)
        for drop in (*self.referring.get(place, ()), *self.parted.get(place, ())):
            if drop.key[0] == "foreign_key":
                yield drop
                if (owner := ("table", drop.key[1], drop.key[2])) in self.drops:
                    yield self.drops[owner]

    def _before_rows(self, step: Step) -> Iterator[Step]:
        place = (step.key[1], step.key[2])
        yield from self.tables.get(place, ())
        yield from self.parted.get(place, ())  # what bars the rows that shall be
        for thing in self.sides.parts(place, "old"):  # and what new ones have no value for
            if thing.kind == "column" and thing.key in self.drops and thing.key not in self.sides.new:
                yield self.drops[thing.key]
        for thing in self.sides.parts(place, "new"):
            if isinstance(thing, ForeignKey) and thing.references != place:
                yield from self.tables.get(thing.references, ())
        # Rows may use values of an enum that has just got them.
        yield from (each for key, steps in self.alters.items() if key[0] == "enum" for each in steps)

    def _before_drop(self, step: Step) -> Iterator[Step]:
        key = step.key
        if key[0] == "schema":
            yield from (each for each in self.leaving[key[1]] if each is not step)
            yield from (each for old, steps in self.alters.items() if old[1] == key[1] for each in steps)
            return
        for covered in sorted(step.covers):
            # What has another name first goes by that one.
            yield from (each for each in self.alters.get(covered, ()) if each.verb == "rename")
            for each in sorted(self.sides.dependents.get(covered, ())):
                aside = ("aside" if each[0] == "domain" else "default", *each[1:])
                yield from (self.drops[key] for key in (each, aside) if key in self.drops)
                if covered not in self.sides.needs(each) and aside not in self.drops:
                    yield from self.alters.get(each, ())
            yield from (each for key in self.owned.get(covered, ()) for each in self.alters.get(key, ()))
        if key[0] in {"column", "check"} and self.sides.old[key].origin is not None:  # its parent is left first
            yield from self.alters.get(("table", key[1], key[2]), ())
        if key[0] == "column":
            yield from self.parted.get((key[1], key[2]), ())
            yield from self.referring.get((key[1], key[2]), ())
        if key[0] == "table":
            for child in self.sides.children.get((key[1], key[2]), ()):
                if (dropped := self.drops.get(("table", *child))) is not None:
                    yield dropped
                if self._leaves_last(child):
                    yield self.creates["attachment", *child]
            for place in self.sides.lineage((key[1], key[2])):
                yield from self.referring.get(place, ())
        thing = self.sides.old.get(key) if key[0] in KEYS else None
        if thing is not None and (relation := relation_of(thing)) is not None:
            yield from self.referring.get(relation, ())
