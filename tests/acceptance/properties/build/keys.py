"""Keys, indexes and checks of tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from tests.acceptance.options import sayable
from tests.acceptance.properties import spec as s
from tests.acceptance.properties.build.columns import indexable
from tests.acceptance.properties.build.making import Making, place, table_name, unused
from tests.acceptance.properties.words import family
from trueline.autogen.sql_text import for_text
from trueline.catalog.render.words import name
from trueline.objects import Statement

_UNIQUE: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"deferrable": True}, {}),
    ({"deferrable": True, "initially": "DEFERRED"}, {}),
    ({}, {"nulls_not_distinct": True}),
]

_FOREIGN: list[dict[str, Any]] = [
    {},
    {"ondelete": "CASCADE"},
    {"onupdate": "SET NULL", "ondelete": "RESTRICT"},
    {"deferrable": True},
    {"deferrable": True, "initially": "DEFERRED", "ondelete": "SET DEFAULT"},
    {"match": "FULL"},
]


def declare_keys(making: Making, number: int, table: s.Table) -> None:
    """Those that stand on columns that are there; one primary key."""
    primary = False
    for key in table.keys:
        columns = [slot for slot in key.columns if slot in making.slots[number] and indexable(making, number, slot)]
        if making.is_partitioned(number) and key.kind != "index" and 0 not in columns:
            columns = [0, *columns]
        if not columns or (key.kind == "primary" and primary):
            continue
        if key.kind == "exclusion" and making.is_partitioned(number):
            continue
        primary = primary or key.kind == "primary"
        _KINDS[key.kind](making, number, table, key, columns)


def declare_checks(making: Making, number: int, table: s.Table) -> None:
    """Those of columns that are there."""
    built = making.tables[number]
    used: set[str] = {str(each.name) for each in built.constraints}
    for check in table.checks:
        if check.column not in making.slots[number]:
            continue
        own = None if check.name is None else unused(making.slot(check.name), used)
        text = making.condition(number, check.column, check.condition)
        if own is not None:
            making.nouns.append(f"CONSTRAINT {name(own)} ON {table_name(built)}")
        if own is not None and check.how == 2 and making.version >= 18:
            words = f"ALTER TABLE {table_name(built)} ADD CONSTRAINT {name(own)} CHECK ({text}) NOT ENFORCED"
            Statement(words, metadata=making.metadata)
            continue
        given = sayable(sa.CheckConstraint, not_valid=True) if check.how == 1 else {}
        built.append_constraint(sa.CheckConstraint(for_text(text), name=own, **given))


def declare_foreign(making: Making, number: int, foreign: s.Foreign) -> None:
    """Only to what is unique, from columns of the same types, and as lasting."""
    targets = sorted(slots for table, slots in making.unique if table == foreign.table)
    if not targets or _fleeting(making, number) != _fleeting(making, foreign.table):
        return
    target = targets[foreign.target % len(targets)]
    own = [_same(making, number, making.types[foreign.table][slot]) for slot in target]
    if not all(own):
        return
    columns = [found[foreign.column % len(found)] for found in own]
    if len(set(columns)) < len(columns):
        return
    used = {str(each.name) for each in making.tables[number].constraints}
    label = unused(making.slot(foreign.name), used)
    given = dict(_FOREIGN[foreign.how % 6])
    if foreign.how == 6 and not making.is_partitioned(number):
        given |= sayable(sa.ForeignKeyConstraint, not_valid=True)
    built = sa.ForeignKeyConstraint(
        [making.slots[number][slot] for slot in columns],
        [making.slots[foreign.table][slot] for slot in target],
        name=label,
        use_alter=foreign.table > number,
        **given,
    )
    making.tables[number].append_constraint(built)
    making.nouns.append(f"CONSTRAINT {name(label)} ON {table_name(making.tables[number])}")


def _same(making: Making, number: int, type_: str) -> list[int]:
    """Columns that a key to this type can stand on."""
    found = [slot for slot, other in making.types[number].items() if other == type_]
    return [slot for slot in found if making.slots[number][slot].computed is None]


def _fleeting(making: Making, number: int) -> bool:
    return "UNLOGGED" in making.tables[number]._prefixes


def _named(making: Making, number: int, table: s.Table, key: s.Key) -> str | None:
    if key.name is None:
        return None
    own = making.free(table.schema, key.name)
    making.nouns.append(f"CONSTRAINT {name(own)} ON {table_name(making.tables[number])}")
    return own


def _primary(making: Making, number: int, table: s.Table, key: s.Key, columns: list[int]) -> None:
    given: dict[str, Any] = {"deferrable": True} if key.how == 1 else {}
    own = _named(making, number, table, key)
    built = sa.PrimaryKeyConstraint(*making.those(number, columns), name=own, **given)
    making.tables[number].append_constraint(built)
    first = making.slots[number][columns[0]]
    counting = not making.is_partitioned(number) and len(columns) == 1 and isinstance(first.type, sa.Integer)
    if counting and first.server_default is None and first.identity is None and first.computed is None:
        first.autoincrement = "auto" if key.how & 2 else False
    if not given:
        making.unique.add((number, tuple(columns)))


def _unique(making: Making, number: int, table: s.Table, key: s.Key, columns: list[int]) -> None:
    given, options = _UNIQUE[key.how % 4]
    own = _named(making, number, table, key)
    words = {**given, **sayable(sa.UniqueConstraint, **options)}
    making.tables[number].append_constraint(sa.UniqueConstraint(*making.those(number, columns), name=own, **words))
    if "deferrable" not in given:
        making.unique.add((number, tuple(columns)))


def _exclusion(making: Making, number: int, table: s.Table, key: s.Key, columns: list[int]) -> None:
    pairs = [(column, "=") for column in making.those(number, columns)]
    ranges = [slot for slot in columns if making.types[number][slot] == "range"]
    if ranges:
        pairs = [(making.slots[number][slot], "&&") for slot in ranges]
    given: dict[str, Any] = {"using": "gist" if ranges else "btree"}
    if key.how & 1:
        given["deferrable"] = True
    if key.how & 2:
        given["where"] = sa.text(for_text(making.condition(number, columns[0], key.how)))
    own = _named(making, number, table, key)
    making.tables[number].append_constraint(pg.ExcludeConstraint(*pairs, name=own, **given))


def _index(making: Making, number: int, table: s.Table, key: s.Key, columns: list[int]) -> None:
    own = making.free(table.schema, key.name if key.name is not None else 5)
    first, *rest = parts = making.those(number, columns)
    given: dict[str, Any] = {}
    expressions: list[Any] = parts
    type_ = making.types[number][columns[0]]
    match key.how:
        case 1 if not making.is_partitioned(number):
            given["unique"] = True
        case 2 | 3:
            given["postgresql_where"] = sa.text(for_text(making.condition(number, columns[0], key.how)))
        case 4:
            expressions = [first.desc().nulls_last(), *rest]
        case 5 if family(type_) == "text":
            expressions = [sa.func.lower(first), *rest]
        case 6:
            expressions, given["postgresql_using"] = [first], "hash"
        case 7 if rest:
            expressions, given["postgresql_include"] = [first], [rest[0].name]
        case 8:
            given["postgresql_with"] = {"fillfactor": 55}
        case 9 if type_ in {"text", "text C"}:
            given["postgresql_ops"] = {first.name: "text_pattern_ops"}
        case 10 if family(type_) in {"number", "time"}:
            expressions, given["postgresql_using"] = [first], "brin"
        case 11 if type_ in {"integers", "texts", "jsonb"}:
            expressions, given["postgresql_using"] = [first], "gin"
        case 12 if not making.is_partitioned(number):
            given |= {"unique": True, **sayable(sa.Index, nulls_not_distinct=True)}
    sa.Index(own, *expressions, **given)
    making.nouns.append(f"INDEX {name(place(table.schema), own)}")


_KINDS = {"primary": _primary, "unique": _unique, "exclusion": _exclusion, "index": _index}
