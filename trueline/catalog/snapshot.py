"""Reading a catalog: one read-only transaction, one query per kind, whatever the number of tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import psycopg
import sqlalchemy
from psycopg import sql
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from trueline.catalog import read_constraints, read_defined, read_others, read_relations
from trueline.catalog.catalog import Catalog
from trueline.catalog.read_dependencies import read_dependencies
from trueline.catalog.reading import Reading, Row
from trueline.errors import LostError, TruelineError
from trueline.garbage import uncollected

#: Tables that the framework and Alembic keep for themselves, in whatever schema.
FRAMEWORK = frozenset({"alembic_version", "trueline_deploy", "trueline_revision", "trueline_answer"})

#: What is read on demand only: it differs between environments more often than it should be the same.
WATCHABLE = frozenset({"owner", "grant", "default_privileges", "column_order", "database"})

#: The oldest major version that the queries are written for.
OLDEST = 15

# PostgreSQL's words must not depend on who reads: every name but the system's own with its schema, every constant in
# one spelling. Compiling costs more than any of the queries runs. In a database that was made a moment ago nobody has
# counted the rows yet, and the nested loops that are guessed then take seconds instead of milliseconds.
_ALIKE = """
    SET LOCAL search_path = pg_catalog, pg_temp;
    SET LOCAL quote_all_identifiers = off;
    SET LOCAL client_encoding = 'UTF8';
    SET LOCAL standard_conforming_strings = on;
    SET LOCAL timezone = 'UTC';
    SET LOCAL datestyle = 'ISO, YMD';
    SET LOCAL intervalstyle = 'postgres';
    SET LOCAL extra_float_digits = 3;
    SET LOCAL bytea_output = 'hex';
    SET LOCAL lc_monetary = 'C';
    SET LOCAL jit = off;
    SET LOCAL enable_nestloop = off
"""

#: What is read always, a query each.
_KINDS = (
    "dependency",
    "extension",
    "schema",
    "column",
    "table",
    "view",
    "composite",
    "sequence",
    "index",
    "constraint",
    "statistics",
    "enum",
    "domain",
    "range",
    "function",
    "aggregate",
    "trigger",
    "rule",
    "policy",
    "defined",
    "comment",
)

_UNCHANGING = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"


@dataclass(frozen=True, slots=True)
class Rows:
    """What a server answers about one database, as it came.

    Attributes:
        version: as in ``server_version_num``.
        watched: what was read beyond the usual.
        kinds: the rows by the name of their query.
    """

    version: int
    watched: frozenset[str]
    kinds: Mapping[str, list[Row]] = field(repr=False)

    def tell_the_same(self, other: Rows) -> bool:
        """Whether both have the same rows, in whatever order the server gave them."""
        return (self.version, self.watched, self.kinds.keys()) == (
            other.version,
            other.watched,
            other.kinds.keys(),
        ) and all(
            rows == other.kinds[kind] or sorted(map(repr, rows)) == sorted(map(repr, other.kinds[kind]))
            for kind, rows in self.kinds.items()
        )

    def digest(self) -> str:
        """Two databases of one digest have one catalog. One database has another when it was restored from a dump."""
        told = (self.version, sorted(self.watched), sorted(self.kinds.items()))
        return sha256(repr(told).encode(errors="surrogatepass")).hexdigest()


def read_catalog(
    connection: sqlalchemy.Connection | psycopg.Connection[Any],
    *,
    watch: frozenset[str] = frozenset(),
    framework: frozenset[str] = FRAMEWORK,
) -> Catalog:
    """Read everything that PostgreSQL keeps about the schemas that are not its own.

    It takes a transaction of its own, read-only and repeatable-read. Inside an open transaction it uses that one as
    it is, sees what that one has done, and leaves it and its settings as they were. Only ``pg_catalog`` is read: a
    role needs no more than CONNECT, no lock above ACCESS SHARE is taken, and no sequence moves.

    Args:
        connection: of SQLAlchemy on psycopg 3, or psycopg's own.
        watch: of `WATCHABLE`, what to read beside the usual.
        framework: names of tables to mark as the framework's own, with all that hangs on them.

    Raises:
        TruelineError: the role lacks a privilege, the connection was lost, the schema changed in mid-read, or the
            server is older than `OLDEST`. There is never half a catalog.
    """
    return catalog_of(read_rows(connection, watch=watch), framework)


def read_rows(
    connection: sqlalchemy.Connection | psycopg.Connection[Any], *, watch: frozenset[str] = frozenset()
) -> Rows:
    """What `read_catalog` makes a catalog of, as the server gives it; parameters and errors are the same."""
    if unknown := watch - WATCHABLE:
        fix = f"choose from: {', '.join(sorted(WATCHABLE))}"
        raise TruelineError(f"there is nothing to watch that is called {', '.join(sorted(unknown))}", fix=fix)
    driver = _driver(connection)
    try:
        with uncollected(), _explained(driver):
            return _rows(driver, watch)
    except TruelineError:
        if isinstance(connection, sqlalchemy.Connection) and (driver.broken or driver.closed):
            connection.invalidate()  # or the pool would try to reset it, and say at length that it cannot
        raise


def _rows(driver: psycopg.Connection[Any], watch: frozenset[str]) -> Rows:
    version = _supported(driver.info.server_version)
    with _transaction(driver):
        run = _runner(driver, version // 10000)
        return Rows(
            version, watch, {kind: run(kind) for kind in (*_KINDS, *(each for each in _ON_DEMAND if each in watch))}
        )


@uncollected()
def catalog_of(rows: Rows, framework: frozenset[str] = FRAMEWORK) -> Catalog:
    """The catalog that the rows tell; asks nobody.

    Raises:
        TruelineError: the schema had changed while they were read.
    """
    reading = Reading(rows.kinds.__getitem__, framework)
    needs = rows.kinds["dependency"]
    _read(reading, needs, rows.watched)
    return Catalog(tuple(reading.objects), rows.version, rows.watched, read_dependencies(reading, needs))


def _supported(version: int) -> int:
    if not version:  # of a connection that is gone
        raise LostError("the connection to PostgreSQL was lost")
    if version < OLDEST * 10000:
        raise TruelineError(f"PostgreSQL {version // 10000} is too old: {OLDEST} or newer is needed")
    return version


def _read(reading: Reading, needs: list[Row], watch: frozenset[str]) -> None:
    """In the order in which one needs what the other found."""
    read_relations.read_extensions(reading)
    read_relations.read_schemas(reading)
    columns = read_relations.read_column_rows(reading)
    read_relations.read_tables(reading, columns, order="column_order" in watch)
    read_relations.read_views(reading, columns)
    read_relations.read_composites(reading, columns)
    identities = read_relations.read_sequences(reading, needs)
    read_relations.read_columns(reading, columns, identities)
    indexes = read_constraints.read_index_rows(reading)
    constraints = read_constraints.read_constraints(reading, indexes)
    read_constraints.read_indexes(reading, indexes, constraints)
    read_constraints.read_statistics(reading)
    for reader in (
        read_others.read_enums,
        read_others.read_domains,
        read_others.read_ranges,
        read_others.read_functions,
        read_others.read_aggregates,
        read_others.read_triggers,
        read_others.read_rules,
        read_others.read_policies,
        read_defined.read_defined,
        *([read_defined.read_database] if "database" in watch else []),
        read_others.read_comments,
    ):
        reader(reading)
    for name, watched_reader in _WATCHED.items():
        if name in watch:
            watched_reader(reading)


_WATCHED: dict[str, Callable[[Reading], None]] = {
    "owner": read_others.read_owners,
    "grant": read_others.read_grants,
    "default_privileges": read_others.read_default_privileges,
}

_ON_DEMAND = ("database", *_WATCHED)


def _driver(connection: sqlalchemy.Connection | psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    given = connection.connection.driver_connection if isinstance(connection, sqlalchemy.Connection) else connection
    if not isinstance(given, psycopg.Connection):
        found = type(given).__module__.partition(".")[0]
        raise TruelineError(
            f"a catalog is read through psycopg 3, not {found}", fix="use an engine of postgresql+psycopg://"
        )
    return given


@contextmanager
def _transaction(driver: psycopg.Connection[Any]) -> Iterator[None]:
    """One that leaves nothing behind, not even the settings: rolled back, to a savepoint where one is open."""
    own = driver.info.transaction_status == TransactionStatus.IDLE
    with driver.transaction(force_rollback=True):
        driver.execute(_UNCHANGING + _ALIKE if own else _ALIKE)
        yield


def _runner(driver: psycopg.Connection[Any], major: int) -> Callable[[str], list[Row]]:
    # A cursor of its own making: the connection may be set up to give rows in another shape.
    cursor = psycopg.Cursor(driver, row_factory=tuple_row)

    def rows(kind: str) -> list[Row]:
        return cursor.execute(query(kind, major)).fetchall()

    return rows


@cache
def query(kind: str, major: int) -> bytes:
    """The SQL that reads a kind: of its files the one for the highest version that is not above the server's."""
    texts = {
        int(version or 0): entry
        for entry in files("trueline.catalog").joinpath("queries").iterdir()
        for name, _, version in [entry.name.removesuffix(".sql").partition(".")]
        if name == kind and entry.name.endswith(".sql")
    }
    return texts[max(version for version in texts if version <= major)].read_bytes()


@contextmanager
def _explained(driver: psycopg.Connection[Any]) -> Iterator[None]:
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        raise _forbidden(driver, error) from None
    except psycopg.Error as error:
        if driver.broken or driver.closed:
            raise LostError(f"the connection was lost while the catalog was read: {_words(error)}") from None
        raise TruelineError(f"the catalog could not be read: {_words(error)} [{error.sqlstate}]") from None


def _forbidden(driver: psycopg.Connection[Any], error: psycopg.Error) -> TruelineError:
    """Everybody may read the system catalogs unless somebody took that away."""
    words = _words(error)
    table = words.rpartition(" ")[2]
    role = sql.Identifier(driver.info.user).as_string(None)
    fix = f"GRANT SELECT ON pg_catalog.{table} TO {role};" if "for table" in words or "for view" in words else None
    return TruelineError(f"role {role} may not read the catalog: {words}", fix=fix)


def _words(error: psycopg.Error) -> str:
    return error.diag.message_primary or str(error).strip().partition("\n")[0]
