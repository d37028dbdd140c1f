"""Reference rows: what is declared against what the table holds, and what leads from one to the other and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from alembic.operations import MigrateOperation
from sqlalchemy import Connection

from trueline.autogen.operations.rows import DeleteRowsOp, UpdateRowsOp, UpsertRowsOp
from trueline.autogen.plan.step import Step
from trueline.autogen.row_texts import Held, Values, Wording, native, present, wanted
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column, Key, Name
from trueline.objects import ReferenceRows
from trueline.objects.reference_rows import parents_first
from trueline.rows import PlainRow, plain

#: An operation for the way up, and one for the way down; None where a way needs none.
Pair = tuple[MigrateOperation | None, MigrateOperation | None]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """What the rows of one table need, there and back.

    Attributes:
        table: schema and name.
        refers_to: the tables that its keys lead to.
        removed: what deletes rows.
        filled: what changes rows, and then what inserts them.
        repoints: whether rows that stay change, so that what they referred to may go only afterwards.
    """

    table: Name
    refers_to: frozenset[Name] = frozenset()
    removed: tuple[Pair, ...] = ()
    filled: tuple[Pair, ...] = ()
    repoints: bool = False

    @property
    def up(self) -> tuple[MigrateOperation, ...]:
        """The way there."""
        return tuple(up for up, _ in (*self.removed, *self.filled) if up is not None)

    @property
    def down(self) -> tuple[MigrateOperation, ...]:
        """The way back."""
        return tuple(down for _, down in reversed((*self.removed, *self.filled)) if down is not None)


@dataclass(frozen=True, slots=True)
class Home:
    """Where the database has a declared table now.

    Attributes:
        place: schema and name.
        names: by the declared names of columns those that they have there, where these are others.
        lost: columns that are dropped, with their values.
    """

    place: Name
    names: Mapping[str, str] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()


#: Where the database has the table that shall have a name; None where it is new.
WhereIsIt = Callable[[Name], Home | None]


@dataclass(frozen=True, slots=True)
class Ground:
    """What rows are compared on.

    Attributes:
        connection: of the database.
        live: what is there.
        models: gives what shall be there; asked for only where something differs.
        where: where it is there.
        default_schema: of tables that name none.
    """

    connection: Connection
    live: Catalog
    models: Callable[[], Catalog]
    where: WhereIsIt
    default_schema: str


def row_changes(declared: Iterable[ReferenceRows], ground: Ground) -> list[RowChanges]:
    """Every table whose rows differ, parents before children."""
    found = []
    for each in parents_first(declared):
        name = (each.target.schema or ground.default_schema, each.target.name)
        compared = _Compared(each, name, ground)
        changes = compared.with_new_table() if (home := ground.where(name)) is None else compared.at(home)
        if changes.up or changes.down:
            found.append(changes)
    return found


def row_steps(changes: Sequence[RowChanges]) -> tuple[list[Step], list[Step]]:
    """Steps for the way up, and for the way down, ranked: rows come after those they refer to, and go before them."""
    moved = [each for each in changes if each.repoints]
    late = {each.table for each in changes if any(each.table in other.refers_to for other in moved)}
    gone = [(each, each.removed) for each in reversed(changes) if each.removed]
    pairs = [
        *(part for part in gone if part[0].table not in late),
        *((each, each.filled) for each in changes if each.filled),
        *(part for part in gone if part[0].table in late),
    ]
    ups = [_step(each.table, (up for up, _ in part), rank) for rank, (each, part) in enumerate(pairs)]
    downs = [_step(each.table, (down for _, down in part[::-1]), -rank) for rank, (each, part) in enumerate(pairs)]
    return [step for step in ups if step.operations], [step for step in downs if step.operations]


def _step(table: Name, operations: Iterable[MigrateOperation | None], rank: int) -> Step:
    key: Key = ("rows", *table)
    return Step("rows", key, tuple(each for each in operations if each is not None), frozenset({key}), rank=rank)


@dataclass(frozen=True, slots=True)
class _Compared:
    """The rows of one table under comparison."""

    declared: ReferenceRows
    name: Name
    ground: Ground

    @property
    def schema(self) -> str | None:
        given = self.declared.target.schema
        return None if given == self.ground.default_schema else given

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(self.declared.target.columns[each].name for each in self.declared.key)

    @property
    def rows(self) -> list[PlainRow]:
        return [_plain_row(self.declared, row) for row in self.declared.rows]

    @property
    def refers_to(self) -> frozenset[Name]:
        tables = (key.referred_table for key in self.declared.target.foreign_key_constraints)
        return frozenset((each.schema or self.ground.default_schema, each.name) for each in tables)

    def with_new_table(self) -> RowChanges:
        """The way back drops the table."""
        return RowChanges(self.name, self.refers_to, filled=((self._upsert(self.rows, new_table=True), None),))

    def at(self, home: Home) -> RowChanges:
        """Against what a table holds."""
        key, rows = self.key, self.rows
        columns = [each for each in self._columns(home) if each.name in rows[0]]
        if not set(key) <= {each.name for each in columns}:  # the key is new: what is there cannot be told apart
            return RowChanges(self.name, self.refers_to, filled=((self._upsert(rows), None),))
        types = {each.name: native(each.type) for each in self.declared.target.columns}
        declared = wanted(rows, columns, types, key, self.ground.connection)
        only = None if self.declared.complete else rows
        held = present(home.place, columns, key, self.ground.connection, only)
        extra = [each for each in held if each not in declared]
        whole = self._whole(home, only) if extra or home.lost else {}
        by_key = dict(zip(declared, rows, strict=True))
        changed = [
            each
            for each in declared
            if each in held and (len(columns) < len(rows[0]) or declared[each] != held[each].spelled)
        ]
        return RowChanges(
            self.name,
            self.refers_to,
            tuple(self._removed([whole[each].shown for each in extra])),
            (
                *self._changed(changed, by_key, held, home),
                *self._brought_back([each for each in declared if each in whole], whole, home),
                *self._inserted([row for each, row in by_key.items() if each not in held]),
            ),
            repoints=bool(changed),
        )

    def _columns(self, home: Home) -> list[Wording]:
        """Everything that rows hold there."""
        declared = {there: name for name, there in home.names.items()}
        mine = (each for each in self.ground.live.of_kind(Column) if (each.schema, each.table) == home.place)
        return [
            Wording(declared.get(each.name, each.name), each.name, each.type)
            for each in sorted(mine, key=lambda column: column.position)
            if not each.generated
        ]

    def _whole(self, home: Home, only: Sequence[PlainRow] | None) -> dict[Values, Held]:
        """Rows with everything that they hold, and not only what was declared of them: a downgrade brings them back."""
        return present(home.place, self._columns(home), self.key, self.ground.connection, only)

    def _removed(self, extra: Sequence[PlainRow]) -> Iterator[Pair]:
        if extra:
            delete = DeleteRowsOp(self.declared.target.name, self.key, extra, schema=self.schema)
            yield delete, self._upsert(extra)

    def _changed(
        self, keys: Sequence[Values], by_key: Mapping[Values, PlainRow], held: Mapping[Values, Held], home: Home
    ) -> Iterator[Pair]:
        if keys:
            before, after = [held[each].shown for each in keys], [by_key[each] for each in keys]
            yield (
                self._set(after, before, _required(self.ground.models(), self.name, {})),
                self._set(before, after, _required(self.ground.live, home.place, home.names)),
            )

    def _brought_back(self, keys: Sequence[Values], whole: Mapping[Values, Held], home: Home) -> Iterator[Pair]:
        """What columns held that go: on the way back they come without it."""
        names = [*self.key, *(each for each in sorted(home.lost) if each not in self.key)]
        rows = [{name: whole[each].shown[name] for name in names} for each in keys]
        full = [row for row in rows if any(row[name] is not None for name in home.lost)]
        if full and home.lost:
            target = self.declared.target.name
            yield None, UpdateRowsOp(target, self.key, full, schema=self.schema)

    def _inserted(self, rows: Sequence[PlainRow]) -> Iterator[Pair]:
        if rows:
            delete = DeleteRowsOp(self.declared.target.name, self.key, rows, schema=self.schema)
            yield self._upsert(rows), delete

    def _upsert(self, rows: Sequence[PlainRow], *, new_table: bool = False) -> UpsertRowsOp:
        target, key = self.declared.target.name, self.key
        return UpsertRowsOp(target, key, rows, schema=self.schema, new_table=new_table)

    def _set(
        self, rows: Sequence[PlainRow], replaced: Sequence[PlainRow], required: frozenset[str]
    ) -> UpsertRowsOp | UpdateRowsOp:
        """An upsert, unless the rows alone would not do for an insert."""
        target, key = self.declared.target.name, self.key
        if required <= set(rows[0]):
            return UpsertRowsOp(target, key, rows, schema=self.schema, replaced=replaced)
        return UpdateRowsOp(target, key, rows, schema=self.schema, replaced=replaced)


def _required(catalog: Catalog, place: Name, names: Mapping[str, str]) -> frozenset[str]:
    """Columns, by their declared names, that no row can be inserted without."""
    declared = {there: name for name, there in names.items()}
    return frozenset(
        declared.get(each.name, each.name)
        for each in catalog.of_kind(Column)
        if (each.schema, each.table) == place and is_required(each)
    )


def is_required(column: Column) -> bool:
    """Whether no row can be inserted without a value for it."""
    return column.not_null and column.default is None and not column.identity and not column.generated


def _plain_row(declared: ReferenceRows, row: Mapping[str, Any]) -> PlainRow:
    columns = declared.target.columns
    return {columns[name].name: plain(value, columns[name].type) for name, value in row.items()}
