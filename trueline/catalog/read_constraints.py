"""Rows to values: constraints, indexes and extended statistics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trueline.catalog.objects import (
    CatalogObject,
    Check,
    Exclusion,
    ForeignKey,
    Index,
    Key,
    KeyFiring,
    Origin,
    PrimaryKey,
    Statistics,
    Unique,
)
from trueline.catalog.reading import Reading, Row, expression, sorted_options, sure
from trueline.catalog.render.words import names as quoted

#: Rows of `queries/index.sql` by the oid of the index.
IndexRows = dict[int, Row]

_ACTIONS = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
_MATCHES = {"s": "SIMPLE", "f": "FULL"}

_KINDS: dict[str, type[CatalogObject]] = {"p": PrimaryKey, "u": Unique, "x": Exclusion, "c": Check, "f": ForeignKey}


def read_index_rows(reading: Reading) -> IndexRows:
    """The indexes' rows: keys need those of their own."""
    return {row[0]: row for row in reading.rows("index")}


def read_constraints(reading: Reading, indexes: IndexRows) -> dict[int, Key]:
    """Constraints of tables. Gives back the key of each by the oid of the index that PostgreSQL keeps for it."""
    rows = [row for row in reading.rows("constraint") if row[2] in reading.relations]
    keys: dict[int, Key] = {row[0]: (_KINDS[row[1]].kind, *reading.relations[row[2]].name, row[3]) for row in rows}
    for row in rows:
        reading.add(
            "pg_constraint", row[0], _MAKERS[row[1]](reading, row, _constraint_origin(reading, row, keys), indexes)
        )
    return {row[13]: keys[row[0]] for row in rows if row[1] in "pux"}


def _constraint_origin(reading: Reading, row: Row, keys: dict[int, Key]) -> Origin | None:
    oid, relation, name, inherited, local, parent = row[0], row[2], row[3], row[9], row[10], row[11]
    if given := reading.origin("pg_constraint", oid, relation):
        return given
    if parent in keys:
        return Origin("partition", keys[parent])
    parents = reading.relations[relation].parents
    if inherited and not local and parents:
        return Origin("inherited", (Check.kind, *parents[0], name))
    return None


def _columns(reading: Reading, row: Row) -> tuple[str, ...]:
    """Names; an exclusion's expression has the number 0 and no name."""
    return tuple(reading.columns[row[2], number] for number in row[5] or () if number)


def _indexed(
    cls: type[PrimaryKey | Unique | Exclusion],
) -> Callable[[Reading, Row, Origin | None, IndexRows], CatalogObject]:
    def make(reading: Reading, row: Row, origin: Origin | None, indexes: IndexRows) -> CatalogObject:
        index = indexes.get(row[13])
        options, tablespace = (index[5], index[6]) if index else (None, None)
        names = (*reading.relations[row[2]].name, row[3])
        return cls(
            *names,
            expression(row[4]),
            _columns(reading, row),
            row[6],
            sorted_options(options),
            tablespace,
            origin,
            _firing(reading, row),
        )

    return make


def _check(reading: Reading, row: Row, origin: Origin | None, _: Any) -> CatalogObject:
    valid, enforced, inherited, local = row[7:11]
    names = (*reading.relations[row[2]].name, row[3])
    return Check(*names, expression(row[4]), _columns(reading, row), valid, enforced, inherited, local, origin)


def _foreign_key(reading: Reading, row: Row, origin: Origin | None, _: Any) -> CatalogObject:
    target = reading.relations.get(row[12])
    schema, table = reading.relations[row[2]].name
    key = ForeignKey(
        schema,
        table,
        row[3],
        sure(row[4]),
        _columns(reading, row),
        target.name if target else ("pg_catalog", ""),
        row[6],
        row[7],
        row[8],
        origin,
        tuple(reading.columns[row[12], number] for number in row[14]) if target else (),
        _ACTIONS[row[15]],
        _ACTIONS[row[16]] + _some_columns(reading, row),
        _MATCHES[row[18]],
        _firing(reading, row),
    )
    reading.relied_on[key.key] = row[13]
    return key


def _firing(reading: Reading, row: Row) -> tuple[KeyFiring, ...]:
    """Events, tables' oids and modes to values, in one order."""
    given = (KeyFiring(event, reading.relations[int(oid)].name, mode) for event, oid, mode in row[19] or ())
    return tuple(sorted(given, key=lambda each: (each.table, each.event)))


def _some_columns(reading: Reading, row: Row) -> str:
    """Those that SET NULL and SET DEFAULT set, where not all."""
    return f" ({quoted(reading.columns[row[2], number] for number in row[17])})" if row[17] else ""


_MAKERS = {
    "p": _indexed(PrimaryKey),
    "u": _indexed(Unique),
    "x": _indexed(Exclusion),
    "c": _check,
    "f": _foreign_key,
}


def read_indexes(reading: Reading, rows: IndexRows, constraints: dict[int, Key]) -> None:
    """Indexes of tables and materialized views."""
    keys = {oid: ("index", reading.relations[row[1]].key[1], row[2]) for oid, row in rows.items()}
    for oid, relation, name, definition, valid, options, tablespace, parent, statistics in rows.values():
        schema, table = reading.relations[relation].name
        origin = reading.origin("pg_class", oid, relation)
        if origin is None and oid in constraints:
            origin = Origin("constraint", constraints[oid])
        elif origin is None and parent in keys:
            origin = Origin("partition", keys[parent])
        targets = tuple((number, target) for number, target in statistics or ())
        text, chosen = expression(definition), sorted_options(options)
        index = Index(schema, name, table, text, valid, chosen, tablespace, targets, origin)
        reading.add("pg_class", oid, index)


def read_statistics(reading: Reading) -> None:
    """Extended statistics."""
    for oid, schema, name, relation, definition, target in reading.rows("statistics"):
        table = reading.relations[relation].name
        origin = reading.origin("pg_statistic_ext", oid, relation)
        reading.add("pg_statistic_ext", oid, Statistics(schema, name, table, expression(definition), target, origin))
