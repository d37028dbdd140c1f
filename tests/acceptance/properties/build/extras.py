"""What is declared as a statement: rules, statistics, range types, aggregates, children; and grants, and comments."""

from __future__ import annotations

from typing import Any

from tests.acceptance.properties import spec as s
from tests.acceptance.properties.build.columns import indexable
from tests.acceptance.properties.build.making import Making, place, table_name
from tests.acceptance.properties.words import COMMENTS, SCHEMAS
from trueline.catalog.render.words import literal, name
from trueline.objects import Grant, Procedure, Statement

_RANGES = (
    "subtype = integer",
    "subtype = bigint",
    'subtype = text, collation = "C"',
    "subtype = numeric",
    "subtype = date",
    "subtype = float8, subtype_diff = float8mi",
)
_AGGREGATES = (
    "(integer) (sfunc = int4pl, stype = integer)",
    "(integer) (sfunc = int4pl, stype = integer, initcond = '0')",
    "(bigint) (sfunc = int8pl, stype = bigint)",
    "(integer) (sfunc = int4larger, stype = integer, parallel = safe)",
    "(text) (sfunc = textcat, stype = text, initcond = 'it''s %s :x')",
    "(integer) (sfunc = int4smaller, stype = integer)",
)


def declare_extra(making: Making, number: int, extra: s.Extra) -> None:
    """One of them; nothing where its table is missing."""
    _KINDS[extra.kind](making, number, extra)


def _rule(making: Making, number: int, extra: s.Extra) -> None:
    table, columns = _columns_of(making, extra.table)
    if table and columns:
        where = f" WHERE OLD.{columns[0]} IS NOT NULL" if extra.how & 1 else ""
        kind = "INSERT" if extra.how & 2 and not extra.how & 1 else "DELETE"
        own = name(f"rule {number}")
        _state(making, f"CREATE RULE {own} AS ON {kind} TO {table}{where} DO ALSO NOTHING")
        making.nouns.append(f"RULE {own} ON {table}")


def _statistics(making: Making, number: int, extra: s.Extra) -> None:
    table, columns = _columns_of(making, extra.table)
    if table and len(columns) > 1:
        own = name(place(extra.schema), f"statistics {number}")
        first, second = columns[extra.how % len(columns)], columns[(extra.how + 1) % len(columns)]
        kinds = " (mcv)" if extra.how & 2 else ""
        _state(making, f"CREATE STATISTICS {own}{kinds} ON {first}, {second} FROM {table}")
        making.nouns.append(f"STATISTICS {own}")


def _columns_of(making: Making, number: int) -> tuple[str, list[str]]:
    """A table and those of its columns that can be compared, as SQL."""
    table = making.tables.get(number)
    if table is None:
        return "", []
    types = making.types[number]
    slots = [slot for slot in making.slots[number] if indexable(making, number, slot) and types[slot] != "range"]
    return table_name(table), [name(making.slots[number][slot].name) for slot in slots]


def _range(making: Making, number: int, extra: s.Extra) -> None:
    own = name(place(extra.schema), f"range {number}")
    _state(making, f"CREATE TYPE {own} AS RANGE ({_RANGES[extra.how]})")
    making.nouns.append(f"TYPE {own}")


def _aggregate(making: Making, number: int, extra: s.Extra) -> None:
    _state(making, f"CREATE AGGREGATE {name(place(extra.schema), f'aggregate {number}')}{_AGGREGATES[extra.how]}")


def _child(making: Making, number: int, extra: s.Extra) -> None:
    """A table that inherits from another one."""
    parent = making.tables.get(extra.table)
    if parent is not None and not making.is_partitioned(extra.table):
        own = name(place(extra.schema), f"child {number}")
        columns = (
            "",
            "own integer",
            "own text DEFAULT 'x'",
            "own integer, CHECK (own > 0)",
            '"own %s" text NOT NULL',
            "",
        )
        _state(making, f"CREATE TABLE {own} ({columns[extra.how]}) INHERITS ({table_name(parent)})")


def _procedure(making: Making, number: int, extra: s.Extra) -> None:
    body = f"BEGIN PERFORM {extra.how}; END -- it's %s :x"
    arguments = "a integer, b text DEFAULT '%'" if extra.how & 1 else "a integer"
    given: dict[str, Any] = {"schema": SCHEMAS[extra.schema], "metadata": making.metadata}
    Procedure(f"procedure {number}", arguments, body=body, **given)


def _grant(making: Making, _number: int, extra: s.Extra) -> None:
    """On a table; the owner has all rights anyway."""
    table = making.tables.get(extra.table)
    if table is None or (extra.table, extra.how) in making.granted:
        return
    making.granted.add((extra.table, extra.how))
    given: dict[str, Any] = {"to": "public" if extra.how & 1 else "pg_monitor", "metadata": making.metadata}
    privileges = ("select", "insert", "select,update", "references", "select", "delete")[extra.how]
    if extra.how == 4 and len(table.c):
        given["columns"] = [table.c[0].name]
    if extra.how == 2:
        given["with_grant_option"] = True
    Grant(privileges, table, **given)


def _comment(making: Making, number: int, extra: s.Extra) -> None:
    """On whatever has none of its own."""
    if making.nouns:
        noun = making.nouns[(extra.table * 6 + extra.how + number) % len(making.nouns)]
        making.nouns.remove(noun)
        _state(making, f"COMMENT ON {noun} IS {literal(COMMENTS[1 + extra.schema] or '')}")


def _state(making: Making, sql: str) -> None:
    Statement(sql, metadata=making.metadata)


_KINDS = {
    "rule": _rule,
    "statistics": _statistics,
    "range": _range,
    "aggregate": _aggregate,
    "child": _child,
    "procedure": _procedure,
    "grant": _grant,
    "comment": _comment,
}
