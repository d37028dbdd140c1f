"""Rows to values: schemas, extensions, relations, columns and sequences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from operator import itemgetter

from trueline.catalog.canonical_default import canonical_default
from trueline.catalog.objects import (
    Attribute,
    Column,
    Composite,
    Extension,
    Foreign,
    Generated,
    Identity,
    Key,
    MaterializedView,
    Name,
    NotNull,
    Origin,
    Schema,
    Sequence,
    Table,
    View,
)
from trueline.catalog.reading import Reading, Relation, Row, expression, maybe, sorted_options, sure

#: Rows of `queries/column.sql` by the oid of their relation, in the columns' order.
ColumnRows = Mapping[int, list[Row]]

#: Identity options by oid of the table and number of the column.
Identities = dict[tuple[int, int], Row]


def read_extensions(reading: Reading) -> None:
    """Extensions, and what belongs to each."""
    for oid, name, schema, version, members in reading.rows("extension"):
        reading.add("pg_extension", oid, Extension(name, schema, version))
        origin = Origin("extension", ("extension", name))
        for member in members:
            table, _, number = member.rpartition(" ")
            reading.members[table, int(number)] = origin


def read_schemas(reading: Reading) -> None:
    """Schemas."""
    for oid, name in reading.rows("schema"):
        reading.add("pg_namespace", oid, Schema(name, reading.origin("pg_namespace", oid)))


def read_column_rows(reading: Reading) -> ColumnRows:
    """The columns' rows, for the kinds that are made of them; their names are kept."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in reading.rows("column"):
        found[row[0]].append(row)
        reading.columns[row[0], row[1]] = row[2]
    for rows in found.values():
        rows.sort(key=itemgetter(1))
    return found


def read_tables(reading: Reading, rows: ColumnRows, *, order: bool) -> None:
    """Tables, with the order of their columns when that is watched."""
    for oid, schema, name, persistence, options, toast, key, bound, parents, *rest in reading.rows("table"):
        secured, forced, replica, replica_index, method, space, of_type, clustered, server, server_options = rest
        above: tuple[Name, ...] = tuple((parent[0], parent[1]) for parent in parents or ())
        table = Table(
            schema,
            name,
            persistence,
            sorted_options(options, [f"toast.{option}" for option in toast or ()]),
            maybe(key),
            maybe(bound),
            above,
            secured,
            forced,
            replica,
            replica_index,
            method,
            space,
            of_type,
            clustered,
            Foreign(server, sorted_options(server_options)) if server is not None else None,
            tuple(row[2] for row in rows.get(oid, ())) if order else (),
            _table_origin(reading, oid, schema, name),
        )
        reading.add_relation(oid, table, above)


def _table_origin(reading: Reading, oid: int, schema: str, name: str) -> Origin | None:
    if name in reading.framework:
        return Origin("framework", ("table", schema, name))
    return reading.origin("pg_class", oid)


def read_views(reading: Reading, rows: ColumnRows) -> None:
    """Views and materialized views."""
    for oid, materialized, schema, name, definition, options, method, space, clustered, populated in reading.rows(
        "view"
    ):
        origin = reading.origin("pg_class", oid)
        columns = tuple((row[2], sure(row[3])) for row in rows.get(oid, ()))
        chosen = sorted_options(options)
        view: View | MaterializedView
        if materialized:
            settings = tuple(_settings(rows.get(oid, ())))
            text = expression(definition)
            view = MaterializedView(
                schema, name, text, chosen, method, space, clustered, settings, columns, populated, origin
            )
        else:
            defaults = tuple((row[2], expression(row[5])) for row in rows.get(oid, ()) if row[5] is not None)
            view = View(schema, name, expression(definition), chosen, defaults, columns, origin)
        reading.add_relation(oid, view)
        _know_parts(reading, oid, "view_column", rows)


def _settings(rows: list[Row] | tuple[()]) -> Iterator[tuple[str, str]]:
    """What was chosen for a materialized view's columns."""
    words = ("STORAGE", "COMPRESSION", "STATISTICS")
    for row in rows:
        for word, value in zip(words, row[9:12], strict=True):
            if value is not None:
                yield (row[2], f"SET {word} {value}")
        for option in sorted_options(row[12]):
            yield (row[2], f"SET ({option})")


def read_composites(reading: Reading, rows: ColumnRows) -> None:
    """Composite types."""
    for oid, schema, name, relation in reading.rows("composite"):
        attributes = tuple(Attribute(row[2], sure(row[3]), row[8]) for row in rows.get(relation, ()))
        thing = Composite(schema, name, attributes, reading.origin("pg_type", oid))
        reading.add_relation(relation, thing)
        reading.keys["pg_type", oid, 0] = (thing.key, thing.origin)
        _know_parts(reading, relation, "attribute", rows)


def _know_parts(reading: Reading, oid: int, kind: str, rows: ColumnRows) -> None:
    relation = reading.relations[oid]
    for row in rows.get(oid, ()):
        reading.keys["pg_class", oid, row[1]] = ((kind, *relation.name, row[2]), relation.origin)


def read_sequences(reading: Reading, needs: list[Row]) -> Identities:
    """Sequences; those of identity columns are given back, for their columns to carry the options.

    A column whose default draws from the sequence that it owns (see ``needs``) is a serial one.
    """
    identities: Identities = {}
    drawn = {(table, number, sequence) for _, table, number, _, sequence, *_ in needs}
    for row in reading.rows("sequence"):
        oid, schema, name, kind, start, increment, low, high, cache, cycle, persistence, *owner = row
        table, number, dependency = owner
        owned_by = _column_key(reading, table, number)
        origin = reading.origin("pg_class", oid, table)
        if origin is None and owned_by is not None and (dependency == "i" or (table, number, oid) in drawn):
            origin = Origin("identity" if dependency == "i" else "serial", owned_by)
        if dependency == "i":
            identities[table, number] = row
        reading.add(
            "pg_class",
            oid,
            Sequence(schema, name, kind, start, increment, low, high, cache, cycle, persistence, owned_by, origin),
        )
    return identities


def _column_key(reading: Reading, table: int | None, number: int) -> Key | None:
    if table is None or table not in reading.relations:
        return None
    return ("column", *reading.relations[table].name, reading.columns[table, number])


def read_columns(reading: Reading, rows: ColumnRows, identities: Identities) -> None:
    """Columns of tables: most of what a catalog holds, so this loop is kept plain."""
    for oid, relation in reading.relations.items():
        if relation.key[0] == "table":
            for position, row in enumerate(rows.get(oid, ()), start=1):
                _add_column(reading, relation, position, row, identities)


def _add_column(reading: Reading, relation: Relation, position: int, row: Row, identities: Identities) -> None:
    oid, number, name, kind, not_null, default, identity, generated, collation, storage, compression = row[:11]
    statistics, options, foreign, inherited, local, required, *constraint = row[11:]
    (_, schema, table), origin, parents = relation
    if origin is None and inherited and not local and parents:
        # The first parent's part of that name; which parents have it is not worth a query.
        origin = Origin("inherited", ("column", *parents[0], name))
    printed = None if generated or default is None else expression(default)
    value = None if printed is None else canonical_default(printed, kind)
    column = Column(
        schema,
        table,
        name,
        sure(kind),
        not_null,
        NotNull(*constraint) if required is not None else None,
        value,
        _identity(identity, identities.get((oid, number))) if identity else None,
        Generated(expression(default), generated == "s") if generated else None,
        collation,
        storage,
        compression,
        statistics,
        sorted_options(options, foreign) if options or foreign else (),
        inherited,
        local,
        position,
        origin,
        None if value is None or value == printed else printed,
    )
    reading.add("pg_class", oid, column, number)
    if required is not None:
        reading.keys["pg_constraint", required, 0] = (("not_null", schema, table, constraint[0]), origin)


def _identity(kind: str, row: Row | None) -> Identity | None:
    if row is None:  # a partition's: since 17 it draws from its parent's sequence and has none
        return None
    _, schema, name, _, start, increment, low, high, cache, cycle, *_ = row
    return Identity(kind == "a", (schema, name), start, increment, low, high, cache, cycle)
