"""What a statement leaves behind that ran outside of a transaction and did not come to its end.

A CREATE INDEX CONCURRENTLY leaves an index that is not valid: nobody reads it, everybody has to keep it up to date,
and ``IF NOT EXISTS`` takes it for the real one. REINDEX CONCURRENTLY leaves one named ``…_ccnew`` or ``…_ccold``. A
partition whose DETACH CONCURRENTLY was interrupted is neither attached nor detached until it is finalized.
https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from trueline.deploy.records import Running

# Indexes of partitioned tables are not valid until each partition has one: that is their way, and no leftover.
_INDEXES = """
SELECT i.indexrelid, n.nspname, c.relname, i.indisvalid OR c.relkind = 'I'
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT LIKE 'pg\\_%' OR n.nspname = 'pg_toast'
"""

_PARTITIONS = """
SELECT i.inhrelid, i.inhdetachpending, n.nspname, c.relname, pn.nspname, p.relname
FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class p ON p.oid = i.inhparent JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
WHERE c.relispartition
"""

_TABLE = """
SELECT n.nspname, c.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE i.indexrelid = %s AND NOT i.indisvalid AND c.relkind <> 't'
"""

#: What REINDEX calls the index that it has put another one in place of.
_REPLACED = re.compile(r"_ccold\d*$")

#: That something is there already, or no longer.
_ACCOMPLISHED = frozenset({"42P07", "42710", "42704", "42P01"})


@dataclass(frozen=True, slots=True)
class State:
    """What statements outside of a transaction may leave half done.

    Attributes:
        valid: identifiers of the indexes that are in use.
        invalid: identifier, schema and name of those that are not.
        partitions: identifiers of all that have a parent.
        detaching: by identifier: schema and name of one of these that is half detached, and of its parent.
    """

    valid: frozenset[int]
    invalid: tuple[tuple[int, str, str], ...]
    partitions: frozenset[int]
    detaching: Mapping[int, tuple[str, str, str, str]]

    @property
    def indexes(self) -> frozenset[int]:
        """Identifiers of all."""
        return self.valid | {oid for oid, *_ in self.invalid}


def look(driver: psycopg.Connection[Any]) -> State:
    """How it is now."""
    cursor = psycopg.Cursor(driver)
    indexes = cursor.execute(_INDEXES).fetchall()
    partitions = cursor.execute(_PARTITIONS).fetchall()
    return State(
        frozenset(oid for oid, _, _, valid in indexes if valid),
        tuple((oid, schema, index) for oid, schema, index, valid in indexes if not valid),
        frozenset(row[0] for row in partitions),
        {row[0]: (row[2], row[3], row[4], row[5]) for row in partitions if row[1]},
    )


def clear(driver: psycopg.Connection[Any], before: Running) -> list[str]:
    """Take away what was not there before, and finish what is half detached since; gives back the statements.

    Args:
        driver: in autocommit mode, without a limit of time.
        before: the statement, with what there was when it began.
    """
    for oid, _, index in look(driver).invalid:
        if _is_left(oid, index, before):
            _let_others_end(driver, oid)
    now = look(driver)
    drops = [
        sql.SQL("DROP INDEX CONCURRENTLY IF EXISTS {}").format(sql.Identifier(schema, index))
        for oid, schema, index in now.invalid
        if _is_left(oid, index, before)
    ]
    finals = [
        sql.SQL("ALTER TABLE {} DETACH PARTITION {} FINALIZE").format(
            sql.Identifier(*names[2:]), sql.Identifier(*names[:2])
        )
        for oid, names in now.detaching.items()
        if oid not in before.detaching
    ]
    done = []
    for statement in (*drops, *finals):
        psycopg.Cursor(driver).execute(statement)
        done.append(statement.as_string(driver))
    return done


def _is_left(oid: int, index: str, before: Running) -> bool:
    return oid not in before.indexes or (oid not in before.invalid and bool(_REPLACED.search(index)))


def _let_others_end(driver: psycopg.Connection[Any], index: int) -> None:
    """Who builds an index keeps its table locked: whoever gets that lock knows that nobody does any longer."""
    for table in psycopg.Cursor(driver).execute(_TABLE, (index,)).fetchall():
        with driver.transaction():
            lock = sql.SQL("LOCK TABLE ONLY {} IN SHARE UPDATE EXCLUSIVE MODE").format(sql.Identifier(*table))
            psycopg.Cursor(driver).execute(lock)


def was_accomplished(error: psycopg.Error, before: Running, now: State) -> bool:
    """Whether a statement is refused for the very thing that it had done before it was interrupted."""
    came = now.valid - before.indexes
    went = (before.indexes - now.indexes) | (before.partitions - now.partitions)
    return error.sqlstate in _ACCOMPLISHED and bool(came or went)
