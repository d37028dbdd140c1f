"""Declares a specification: SQLAlchemy's metadata with trueline's objects on it.

What a specification says and PostgreSQL would refuse is left out here, always in the same way: a key over a column
that is not there, a foreign key to nothing unique, a second primary key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from tests.acceptance.options import sayable
from tests.acceptance.properties import spec as s
from tests.acceptance.properties.words import SCHEMAS, TYPES, comparable, conditions, family
from trueline.autogen.sql_text import for_text
from trueline.catalog.render.words import literal, name
from trueline.declared import options
from trueline.objects import (
    Domain,
    Function,
    MaterializedView,
    Partition,
    Policy,
    Procedure,
    RowSecurity,
    Statement,
    Trigger,
    View,
)

#: Of tables, the one that may be partitioned, by its first column.
PARTITIONED = 2

_OPTIONS: list[dict[str, Any]] = [
    {},
    {"ondelete": "CASCADE"},
    {"onupdate": "SET NULL", "ondelete": "RESTRICT"},
    {"deferrable": True},
    {"deferrable": True, "initially": "DEFERRED", "ondelete": "SET DEFAULT"},
    {"match": "FULL"},
]

_DOMAINS: list[dict[str, Any]] = [
    {"type": sa.Text()},
    {"type": sa.Text(), "checks": {"%s": "VALUE <> ''"}},
    {"type": sa.String(20), "default": "'x'"},
    {"type": sa.Text(), "not_null": True, "checks": {"a": "VALUE LIKE '%:x%'", "B": "length(VALUE) > 1"}},
    {"type": sa.Text(), "default": "'it''s'", "comment": "it's a domain"},
    {"type": sa.String(30), "checks": {"a": "VALUE IN ('a', 'b')"}},
]

_SEQUENCES: list[dict[str, Any]] = [
    {},
    {"start": 5, "increment": 2},
    {"increment": -1, "minvalue": -99, "maxvalue": 7, "start": 3, "cycle": True},
    {"cache": 7},
    {"data_type": sa.SmallInteger()},
    {"data_type": sa.Integer(), "maxvalue": 1000, "cycle": True},
]

_FUNCTIONS: list[dict[str, Any]] = [
    {"arguments": "a integer", "returns": "integer", "body": "SELECT $1", "language": "sql"},
    {"arguments": "a integer", "returns": "integer", "body": "SELECT $1 + 1 -- it's %s :x", "language": "sql"},
    {"arguments": "a integer", "returns": "bigint", "body": "SELECT $1", "language": "sql", "volatility": "immutable"},
    {"arguments": "b integer", "returns": "integer", "body": "RETURN b", "language": "sql"},
    {"arguments": "a integer, b text DEFAULT '%'", "returns": "text", "body": "BEGIN RETURN b; END"},
    {"arguments": "", "returns": "SETOF integer", "body": "BEGIN END", "security_definer": True, "comment": "c:x"},
]


def metadata_of(spec: s.Spec) -> sa.MetaData:
    """The specification, declared."""
    return _Builder(spec).metadata


def schemas_of(spec: s.Spec) -> list[str]:
    """The schemas that have to be there, without public."""
    parts = (spec.tables, spec.enums, spec.domains, spec.sequences, spec.views, spec.functions, spec.extras)
    used = {_place(each.schema) for part in parts for each in part if each is not None}
    return sorted(used - {"public"})


class _Builder:
    def __init__(self, spec: s.Spec) -> None:
        self.spec = spec
        self.metadata = sa.MetaData()
        options.watch(self.metadata)
        self.taken: dict[str, set[str]] = defaultdict(set)
        self.tables: dict[int, sa.Table] = {}
        self.slots: dict[int, dict[int, sa.Column[Any]]] = {}
        self.types: dict[int, dict[int, str]] = {}
        self.unique: set[tuple[int, int]] = set()
        self.views: list[tuple[str, list[str]]] = []
        self._declare()

    def _declare(self) -> None:
        for number, table in self._each(self.spec.tables):
            self.taken[_place(table.schema)].add(self._slot(number))
        self.enums = {number: self._enum(number, each) for number, each in self._each(self.spec.enums)}
        self.domains = {number: self._domain(number, each) for number, each in self._each(self.spec.domains)}
        for number, sequence in self._each(self.spec.sequences):
            own = self._free(sequence.schema, 14 + number)
            sa.Sequence(own, metadata=self.metadata, schema=SCHEMAS[sequence.schema], **_SEQUENCES[sequence.how])
        for number, table in self._each(self.spec.tables):
            self._table(number, table)
        for number, table in self._each(self.spec.tables):
            for foreign in table.foreign:
                self._foreign(number, foreign)
        for number, function in self._each(self.spec.functions):
            self._function(number, function)
        for number, view in self._each(self.spec.views):
            self._view(number, view)
        for number, extra in self._each(self.spec.extras):
            getattr(self, f"_extra_{extra.kind}")(number, extra)

    @staticmethod
    def _each(part: tuple[Any, ...]) -> Iterator[tuple[int, Any]]:
        return ((number, each) for number, each in enumerate(part) if each is not None)

    def _is_partitioned(self, number: int) -> bool:
        return self.spec.partitioned and number == PARTITIONED

    def _slot(self, number: int) -> str:
        names = self.spec.names
        return names[number % len(names)]

    def _free(self, schema: int, number: int) -> str:
        """A name that nothing in the schema has; relations and types share theirs."""
        taken = self.taken[_place(schema)]
        wanted = self._slot(number)
        candidates = (fitting(wanted, "" if n == 0 else str(n)) for n in range(99))
        found = next(each for each in candidates if each not in taken)
        taken.add(found)
        return found

    def _enum(self, number: int, enum: s.Enum) -> sa.Enum:
        own = self._free(enum.schema, 10 + number)
        return sa.Enum(*enum.labels, name=own, schema=SCHEMAS[enum.schema], metadata=self.metadata)

    def _domain(self, number: int, domain: s.Domain) -> Domain:
        own = self._free(domain.schema, 12 + number)
        return Domain(own, schema=SCHEMAS[domain.schema], metadata=self.metadata, **_DOMAINS[domain.how])

    def _table(self, number: int, table: s.Table) -> None:
        partitioned = self._is_partitioned(number)
        slots = dict(self._each(table.columns))
        if partitioned:
            slots[0] = s.Column("integer", nullable=False)
        types = {slot: self._known(column.type) for slot, column in slots.items()}
        columns = {slot: self._column(slot, column, slots, types) for slot, column in slots.items()}
        self.slots[number], self.types[number] = columns, types
        given: dict[str, Any] = {}
        if partitioned:
            # SQLAlchemy hands this text to the driver as it is, which takes a percent sign for a parameter.
            given["postgresql_partition_by"] = f"RANGE ({name(columns[0].name)})".replace("%", "%%")
        if not partitioned and table.how & 1:
            given |= sayable(sa.Table, **{"with": {"fillfactor": 70}})
        if not partitioned and table.how == 6:
            given["prefixes"] = ["UNLOGGED"]
        built = sa.Table(
            self._slot(number),
            self.metadata,
            *columns.values(),
            schema=SCHEMAS[table.schema],
            comment=table.comment,
            **given,
        )
        self.tables[number] = built
        self._keys(number, table)
        self._checks(number, table)
        if partitioned and table.how & 2:
            Partition(built, self._free(table.schema, 20), "DEFAULT")
        self._access(number, table)

    def _known(self, type_: str) -> str:
        """Text stands in for an enum or domain that is not there."""
        kind, _, slot = type_.partition(" ")
        there = {"enum": {*self.enums}, "enum[]": {*self.enums}, "domain": {*self.domains}}
        return type_ if kind not in there or int(slot) in there[kind] else "text"

    def _column(self, slot: int, column: s.Column, slots: dict[int, s.Column], types: dict[int, str]) -> sa.Column[Any]:
        type_ = types[slot]
        extra: list[Any] = []
        given: dict[str, Any] = {"nullable": column.nullable, "comment": column.comment}
        if (expression := self._computed(slot, column, slots, types)) is not None:
            extra.append(sa.Computed(for_text(expression), persisted=True))
        elif column.counts in {"always", "default"}:
            start, increment, cycle = column.options
            bounds: dict[str, Any] = {"minvalue": -99, "maxvalue": 9999}
            extra.append(
                sa.Identity(column.counts == "always", start=start, increment=increment, cycle=cycle, **bounds)
            )
        elif (default := self._default(column, type_)) is not None:
            given["server_default"] = sa.text(for_text(default))
        if column.storage and family(type_) == "text":
            words = {
                "external": {"storage": "external"},
                "statistics": {"statistics": 55},
                "pglz": {"compression": "pglz"},
            }
            given["info"] = words[column.storage]
        if not any(isinstance(each, sa.Identity) for each in extra):
            given["autoincrement"] = False
        return sa.Column(self._slot(30 - slot), self._type(type_), *extra, **given)

    def _type(self, type_: str) -> Any:
        kind, _, slot = type_.partition(" ")
        if type_ in TYPES:
            return TYPES[type_].make
        if kind == "domain":
            return self.domains[int(slot)].column_type
        enum = self.enums[int(slot)]
        return sa.ARRAY(enum) if kind == "enum[]" else enum

    def _default(self, column: s.Column, type_: str) -> str | None:
        kind, _, slot = type_.partition(" ")
        if column.fill < 0:
            return None
        if type_ in TYPES:
            choices = TYPES[type_].defaults
            return choices[column.fill % len(choices)] if choices else None
        if kind == "enum":
            labels = self.enums[int(slot)].enums
            return literal(labels[column.fill % len(labels)])
        return "'{}'" if kind == "enum[]" else None

    def _computed(self, slot: int, column: s.Column, slots: dict[int, s.Column], types: dict[int, str]) -> str | None:
        """From a plain column of the same family, in a way that fits the type."""
        source = column.computed
        if source is None or source == slot or source not in slots or slots[source].computed is not None:
            return None
        base = name(self._slot(30 - source))
        kinds = (family(types[slot]), family(types[source]))
        if kinds == ("number", "number"):
            return f"{base} * 2"
        return f"lower({base}) || ':x%'" if kinds == ("text", "text") and types[slot] == "text" else None

    def _keys(self, number: int, table: s.Table) -> None:
        primary = False
        for key in table.keys:
            columns = [
                slot for slot in key.columns if slot in self.slots[number] and comparable(self.types[number][slot])
            ]
            if self._is_partitioned(number) and key.kind != "index" and 0 not in columns:
                columns = [0, *columns]
            if (
                not columns
                or (key.kind == "primary" and primary)
                or (key.kind == "exclusion" and self._is_partitioned(number))
            ):
                continue
            primary = primary or key.kind == "primary"
            getattr(self, f"_{key.kind}")(number, table, key, columns)

    def _named(self, table: s.Table, key: s.Key) -> str | None:
        return None if key.name is None else self._free(table.schema, key.name)

    def _primary(self, number: int, table: s.Table, key: s.Key, columns: list[int]) -> None:
        given: dict[str, Any] = {"deferrable": True} if key.how == 1 else {}
        built = sa.PrimaryKeyConstraint(*self._those(number, columns), name=self._named(table, key), **given)
        self.tables[number].append_constraint(built)
        first = self.slots[number][columns[0]]
        counting = not self._is_partitioned(number) and len(columns) == 1 and isinstance(first.type, sa.Integer)
        if counting and first.server_default is None and first.identity is None and first.computed is None:
            first.autoincrement = "auto" if key.how & 2 else False
        if len(columns) == 1 and not given:
            self.unique.add((number, columns[0]))

    def _unique(self, number: int, table: s.Table, key: s.Key, columns: list[int]) -> None:
        choices: list[dict[str, Any]] = [
            {},
            {"deferrable": True},
            {"deferrable": True, "initially": "DEFERRED"},
            {"postgresql_nulls_not_distinct": True},
        ]
        given = choices[key.how % 4]
        built = sa.UniqueConstraint(*self._those(number, columns), name=self._named(table, key), **given)
        self.tables[number].append_constraint(built)
        if len(columns) == 1 and "deferrable" not in given:
            self.unique.add((number, columns[0]))

    def _exclusion(self, number: int, table: s.Table, key: s.Key, columns: list[int]) -> None:
        pairs = [(column, "=") for column in self._those(number, columns)]
        ranges = [slot for slot in columns if self.types[number][slot] == "range"]
        if ranges:
            pairs = [(self.slots[number][slot], "&&") for slot in ranges]
        using = "gist" if ranges else "btree"
        given: dict[str, Any] = {"deferrable": True} if key.how & 1 else {}
        if key.how & 2:
            given["where"] = sa.text(for_text(self._condition(number, columns[0], key.how)))
        self.tables[number].append_constraint(
            pg.ExcludeConstraint(*pairs, name=self._named(table, key), using=using, **given)
        )

    def _index(self, number: int, table: s.Table, key: s.Key, columns: list[int]) -> None:
        own = self._free(table.schema, key.name if key.name is not None else 5)
        first, *rest = parts = list(self._those(number, columns))
        given: dict[str, Any] = {}
        expressions: list[Any] = parts
        if key.how == 1 and not self._is_partitioned(number):
            given["unique"] = True
        if key.how in {2, 3}:
            given["postgresql_where"] = sa.text(for_text(self._condition(number, columns[0], key.how)))
        if key.how == 4:
            expressions = [first.desc().nulls_last(), *rest]
        if key.how == 5 and family(self.types[number][columns[0]]) == "text":
            expressions = [sa.func.lower(first), *rest]
        if key.how == 6:
            expressions, given["postgresql_using"] = [first], "hash"
        if key.how == 7 and rest:
            expressions, given["postgresql_include"] = [first], [rest[0].name]
        if key.how == 8:
            given["postgresql_with"] = {"fillfactor": 55}
        if key.how == 9 and self.types[number][columns[0]] in {"text", "text C"}:
            given["postgresql_ops"] = {first.name: "text_pattern_ops"}
        sa.Index(own, *expressions, **given)

    def _those(self, number: int, slots: list[int]) -> list[sa.Column[Any]]:
        return [self.slots[number][slot] for slot in slots]

    def _condition(self, number: int, slot: int, which: int) -> str:
        choices = conditions(self.types[number][slot])
        return choices[which % len(choices)].format(name(self.slots[number][slot].name))

    def _checks(self, number: int, table: s.Table) -> None:
        used: set[str] = {str(each.name) for each in self.tables[number].constraints}
        for check in table.checks:
            if check.column in self.slots[number]:
                own = None if check.name is None else _unused(self._slot(check.name), used)
                text = for_text(self._condition(number, check.column, check.condition))
                self.tables[number].append_constraint(sa.CheckConstraint(text, name=own))

    def _foreign(self, number: int, foreign: s.Foreign) -> None:
        """Only to what is unique, from a column of the same type, and as lasting."""
        targets = sorted(slot for table, slot in self.unique if table == foreign.table)
        if not targets or self._fleeting(number) != self._fleeting(foreign.table):
            return
        target = targets[foreign.target % len(targets)]
        wanted = self.types[foreign.table][target]
        own = [slot for slot, type_ in self.types[number].items() if type_ == wanted]
        own = [slot for slot in own if self.slots[number][slot].computed is None]
        if not own:
            return
        used = {str(each.name) for each in self.tables[number].constraints}
        built = sa.ForeignKeyConstraint(
            [self.slots[number][own[foreign.column % len(own)]]],
            [self.slots[foreign.table][target]],
            name=_unused(self._slot(foreign.name), used),
            use_alter=foreign.table > number,
            **_OPTIONS[foreign.how],
        )
        self.tables[number].append_constraint(built)

    def _fleeting(self, number: int) -> bool:
        return "UNLOGGED" in self.tables[number]._prefixes

    def _access(self, number: int, table: s.Table) -> None:
        built = self.tables[number]
        if table.policy is not None:
            RowSecurity(built, force=bool(table.policy & 1), metadata=self.metadata)
            slot = table.policy
            using = self._condition(number, slot, slot) if slot in self.slots[number] else "true"
            Policy(self._slot(7), built, using=using, metadata=self.metadata)
        if table.trigger is not None:
            self._trigger(number, table)

    def _trigger(self, number: int, table: s.Table) -> None:
        built, slot = self.tables[number], table.trigger
        own = f"fires {number}"
        schema = SCHEMAS[table.schema]
        body = f"BEGIN RETURN NEW; END -- {slot} %s :x"
        function = Function(own, returns="trigger", body=body, schema=schema, metadata=self.metadata)
        when = f"NEW.{name(built.c[0].name)} IS NOT NULL" if slot == 2 and len(built.c) else None
        columns = [self.slots[number][slot].name] if slot in self.slots[number] and slot != 2 else []
        Trigger(
            self._slot(8), built, function, timing="after", events="update" if columns else "insert", columns=columns,
            when=when, metadata=self.metadata,
        )  # fmt: skip

    def _function(self, number: int, function: s.Function) -> None:
        schema = SCHEMAS[function.schema]
        Function(self._slot(9 + number), schema=schema, metadata=self.metadata, **_FUNCTIONS[function.how])

    def _view(self, number: int, view: s.View) -> None:
        """Over the view before it, or over a table; nothing where that is missing."""
        source, columns = self._source(view)
        if not columns:
            return
        own = self._free(view.schema, 16 + number)
        schema = SCHEMAS[view.schema]
        listed = ", ".join(name(each) for each in columns)
        where = f" WHERE {name(columns[0])} IS NOT NULL" if view.how & 1 else ""
        query = f"SELECT {listed} FROM {source}{where}"  # noqa: S608 - names in quotes
        given: dict[str, Any] = {"metadata": self.metadata, "comment": "it's 100% :x" if view.how & 2 else None}
        if view.materialized:
            indexed = [sa.Index(self._free(view.schema, 22 + number), columns[0])] if view.how & 4 else []
            MaterializedView(own, query, schema, indexes=indexed, **given)
        else:
            View(own, query, schema, security_barrier=True if view.how & 4 else None, **given)
        self.views.append((name(schema or "public", own), columns))

    def _source(self, view: s.View) -> tuple[str, list[str]]:
        if view.over and self.views:
            return self.views[-1]
        table = self.tables.get(view.table)
        if table is None:
            return "", []
        there = self.slots[view.table]
        return name(table.schema or "public", table.name), [there[slot].name for slot in view.columns if slot in there]

    def _extra_rule(self, number: int, extra: s.Extra) -> None:
        table, columns = self._columns_of(extra.table)
        if table and columns:
            where = f" WHERE OLD.{columns[0]} IS NOT NULL" if extra.how & 1 else ""
            kind = "INSERT" if extra.how & 2 and not extra.how & 1 else "DELETE"
            own = name(f"rule {number}")
            Statement(f"CREATE RULE {own} AS ON {kind} TO {table}{where} DO ALSO NOTHING", metadata=self.metadata)

    def _extra_statistics(self, number: int, extra: s.Extra) -> None:
        table, columns = self._columns_of(extra.table)
        if table and len(columns) > 1:
            own = name(SCHEMAS[extra.schema] or "public", f"statistics {number}")
            first, second = columns[extra.how % len(columns)], columns[(extra.how + 1) % len(columns)]
            kinds = " (mcv)" if extra.how & 2 else ""
            Statement(f"CREATE STATISTICS {own}{kinds} ON {first}, {second} FROM {table}", metadata=self.metadata)

    def _columns_of(self, number: int) -> tuple[str, list[str]]:
        """A table and those of its columns that can be compared, as SQL."""
        table = self.tables.get(number)
        if table is None:
            return "", []
        known = self.types[number]
        slots = [slot for slot in self.slots[number] if comparable(known[slot]) and known[slot] != "range"]
        return name(table.schema or "public", table.name), [name(self.slots[number][slot].name) for slot in slots]

    def _extra_composite(self, number: int, extra: s.Extra) -> None:
        own = name(SCHEMAS[extra.schema] or "public", self._free(extra.schema, 25 + number))
        parts = ["a integer", "b text", '"C" date', '"%s" text[]', "a bigint", 'b text COLLATE "C"']
        chosen = [parts[extra.how], *parts[2 : 2 + extra.how % 3]]
        attributes = {part.split(" ")[0]: part for part in chosen}
        Statement(f"CREATE TYPE {own} AS ({', '.join(attributes.values())})", metadata=self.metadata)

    def _extra_procedure(self, number: int, extra: s.Extra) -> None:
        body = f"BEGIN PERFORM {extra.how}; END -- it's %s :x"
        arguments = "a integer, b text DEFAULT '%'" if extra.how & 1 else "a integer"
        given: dict[str, Any] = {"schema": SCHEMAS[extra.schema], "metadata": self.metadata}
        Procedure(f"procedure {number}", arguments, body=body, **given)


def _place(schema: int) -> str:
    return SCHEMAS[schema] or "public"


def fitting(text: str, suffix: str) -> str:
    """At most 63 bytes, the suffix included."""
    room = 63 - len(suffix)
    return text.encode()[:room].decode(errors="ignore") + suffix


def _unused(wanted: str, used: set[str]) -> str:
    found = next(each for n in range(99) if (each := fitting(wanted, "" if n == 0 else str(n))) not in used)
    used.add(found)
    return found
