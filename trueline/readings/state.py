"""What a history leads to, and what a database needs beside its catalog to go on from there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from trueline.catalog.build import build_statements
from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import from_json, to_json
from trueline.catalog.objects import Comment, ForeignKey, Key, Name, Trigger
from trueline.catalog.render.firing import key_firing
from trueline.catalog.render.others import firing, statements
from trueline.catalog.render.words import literal, name, names
from trueline.garbage import uncollected
from trueline.readings.send import CHUNK, run

#: Characters of rows up to which they are kept.
_MOST = 5_000_000

#: Comes after the rows: it would look at them, or act on them.
_AFTER_ROWS = frozenset({"foreign_key", "trigger", "rule"})

_TABLES = """
    SELECT n.nspname::text, c.relname::text,
        ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
              AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum)
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT c.relname = ANY(%s) AND pg_catalog.pg_relation_size(c.oid) > 0
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                      AND d.deptype = 'e')
    ORDER BY 1, 2
"""

_SEQUENCES = (
    "SELECT schemaname::text, sequencename::text, last_value FROM pg_catalog.pg_sequences WHERE last_value IS NOT NULL"
)

#: Whether there is anything that a catalog has no kind for; the first oid that is not PostgreSQL's own is 16384.
_BEYOND = " UNION ALL ".join(
    f"SELECT true FROM pg_catalog.{table} t WHERE t.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d"  # noqa: S608 - from the list below
    f" WHERE d.classid = '{table}'::regclass AND d.objid = t.oid AND d.deptype IN ('e', 'i'))"
    for table in (
        "pg_cast",
        "pg_collation",
        "pg_conversion",
        "pg_event_trigger",
        "pg_foreign_data_wrapper",
        "pg_foreign_server",
        "pg_language",
        "pg_largeobject_metadata",
        "pg_opclass",
        "pg_operator",
        "pg_opfamily",
        "pg_publication",
        "pg_transform",
        "pg_ts_config",
        "pg_ts_dict",
    )
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table as COPY writes them."""

    table: Name
    columns: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Data:
    """What revisions have put into their tables.

    Attributes:
        rows: of every table that has some, Alembic's own left out.
        sequences: schema, name and last value.
    """

    rows: tuple[Rows, ...] = ()
    sequences: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a history leads to.

    Attributes:
        catalog: everything, Alembic's own table marked as the framework's.
        created: keys of the objects that trueline's operations created: what declarations once wrote.
        data: None where the database has something that neither catalog nor rows tell.
    """

    catalog: Catalog
    created: frozenset[Key] = frozenset()
    data: Data | None = None


def data_of(driver: psycopg.Connection[Any], framework: frozenset[str]) -> Data | None:
    """The rows of the scratch database; None where they, with the catalog, are not all, or are too many."""
    with driver.transaction(force_rollback=True):
        cursor = psycopg.Cursor(driver)
        if cursor.execute(f"{_BEYOND} LIMIT 1".encode()).fetchone():
            return None
        rows: list[Rows] = []
        size = 0
        for schema, table, columns in cursor.execute(_TABLES, [sorted(framework)]).fetchall():
            rows.append(Rows((schema, table), tuple(columns), _copied(cursor, (schema, table), columns)))
            size += len(rows[-1].text)
            if size > _MOST:
                return None
        sequences = [(schema, own, value) for schema, own, value in cursor.execute(_SEQUENCES)]
        return Data(tuple(rows), tuple(sequences))


def _copied(cursor: psycopg.Cursor[Any], table: Name, columns: list[str]) -> str:
    with cursor.copy(f"COPY {name(*table)} ({names(columns)}) TO STDOUT".encode()) as copy:
        return b"".join(bytes(part) for part in copy).decode(cursor.connection.info.encoding)


def restore(driver: psycopg.Connection[Any], migrated: Migrated, data: Data) -> None:
    """Make an empty database what a history has led to.

    Args:
        driver: in autocommit mode: one transaction for everything could take all the server's locks.
        migrated: whose catalog.
        data: its rows.

    Raises:
        psycopg.Error: PostgreSQL refuses something of it; what was made before stays.
    """
    own = migrated.catalog.own()
    before = own.only(thing for thing in own if not _is_late(thing.key))
    _run(driver, build_statements(before))
    for rows in data.rows:
        copy_in = f"COPY {name(*rows.table)} ({names(rows.columns)}) FROM STDIN"
        with psycopg.Cursor(driver).copy(copy_in.encode(driver.info.encoding)) as copy:
            copy.write(rows.text.encode(driver.info.encoding))
    setval = "SELECT setval({}, {})"
    _run(driver, [setval.format(literal(name(schema, own)), value) for schema, own, value in data.sequences])
    _run(driver, list(_late(own)))


def _run(driver: psycopg.Connection[Any], texts: Sequence[str]) -> None:
    for first in range(0, len(texts), CHUNK):
        run(driver, "\n;\n".join(texts[first : first + CHUNK]))


def _is_late(key: Key) -> bool:
    return key[0] in _AFTER_ROWS or (key[0] in {"comment", "owner"} and key[1] in _AFTER_ROWS)


def _late(own: Catalog) -> Iterator[str]:
    late = [thing for thing in own if _is_late(thing.key)]
    for thing in sorted(late, key=lambda each: (each.kind == "comment", each.key)):
        if thing.origin is None or isinstance(thing, Comment):
            yield from statements(thing)
    for thing in late:
        parent = own.get(thing.origin.of) if thing.origin else None
        if isinstance(thing, Trigger) and isinstance(parent, Trigger) and thing.enabled != parent.enabled:
            yield firing(thing)
        elif isinstance(thing, ForeignKey):
            yield from key_firing(thing)


def to_text(reading: Migrated) -> str:
    """Keys and rows on the first line, the catalog on the second."""
    data = reading.data
    head: dict[str, Any] = {"created": sorted(reading.created)}
    if data is not None:
        head["rows"] = [[each.table, each.columns, each.text] for each in data.rows]
        head["sequences"] = data.sequences
    return json.dumps(head, ensure_ascii=False) + "\n" + to_json(reading.catalog)


def from_text(text: str) -> Migrated:
    """What `to_text` wrote; raises whatever a damaged text leads to."""
    first, _, catalog = text.partition("\n")
    head = json.loads(first)
    data = None
    if "rows" in head:
        rows = tuple(Rows((table[0], table[1]), tuple(columns), each) for table, columns, each in head["rows"])
        data = Data(rows, tuple((schema, own, value) for schema, own, value in head["sequences"]))
    with uncollected():
        return Migrated(from_json(catalog), frozenset(map(tuple, head["created"])), data)
