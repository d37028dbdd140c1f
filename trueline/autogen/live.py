"""What the database holds that stock reflection does not tell: three catalog queries, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, text

_SCHEMAS = """
    SELECT nspname, nspname = current_schema() AS is_default
      FROM pg_catalog.pg_namespace
     WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
"""

_ENUMS = """
    SELECT n.nspname, t.typname, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS labels
      FROM pg_catalog.pg_type t
      JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
      JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid
     GROUP BY n.nspname, t.typname
"""

# Tables, partitioned and foreign tables, views and materialized views, each with what it is a part of.
_RELATIONS = """
    SELECT n.nspname, c.relname, pn.nspname AS parent_schema, p.relname AS parent,
           EXISTS (SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_class'::regclass
                      AND d.objid = c.oid AND d.deptype = 'e') AS extension
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid
      LEFT JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
      LEFT JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
     WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
       AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
"""

#: A relation's schema (None for the default one, as in SQLAlchemy) and name.
Name = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Live:
    """Names in the database, with ``None`` for the default schema as SQLAlchemy has it."""

    default_schema: str
    schemas: frozenset[str]
    enums: dict[Name, tuple[str, ...]]
    relations: frozenset[Name]
    #: Partitions, inheritance children and what an extension owns: nothing that a model declares.
    unmanaged: frozenset[Name]
    #: Partitions and inheritance children, with the tables that they go down with.
    parents: dict[Name, frozenset[Name]]


def read_live(connection: Connection) -> Live:
    """Read the names, in the transaction that the connection is in."""
    schemas = connection.execute(text(_SCHEMAS)).all()
    default = next((row.nspname for row in schemas if row.is_default), "public")
    relations = connection.execute(text(_RELATIONS)).all()

    def name(schema: str, relation: str) -> Name:
        return (None if schema == default else schema, relation)

    parents: dict[Name, set[Name]] = defaultdict(set)
    for row in relations:
        if row.parent is not None:
            parents[name(row.nspname, row.relname)].add(name(row.parent_schema, row.parent))
    return Live(
        default_schema=default,
        schemas=frozenset(row.nspname for row in schemas),
        enums={name(row.nspname, row.typname): tuple(row.labels) for row in connection.execute(text(_ENUMS)).all()},
        relations=frozenset(name(row.nspname, row.relname) for row in relations),
        unmanaged=frozenset({*parents, *(name(row.nspname, row.relname) for row in relations if row.extension)}),
        parents={child: frozenset(names) for child, names in parents.items()},
    )
