"""How a catalog is read: by whom, at what cost, and what is left behind."""

from __future__ import annotations

import gc
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from tests.catalog.names import HOSTILE, quoted
from tests.catalog.test_copies import ZOO, run
from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import to_json
from trueline.catalog.objects import Column, Function, Index, Sequence, Table
from trueline.catalog.snapshot import WATCHABLE, Rows, catalog_of, query, read_catalog, read_rows
from trueline.errors import TruelineError
from trueline.testing import MakeDatabase
from trueline.testing.databases import connect
from trueline.testing.servers import Server

QUERIES = Path(__file__).parents[2] / "trueline" / "catalog" / "queries"


@pytest.fixture
def zoo(any_empty_url: str) -> str:
    run(any_empty_url, ZOO)
    return any_empty_url


@pytest.fixture
def role(zoo: str) -> Iterator[str]:
    """May connect, and nothing else: not even the use of a schema."""
    name = "trueline_reader"
    with connect(zoo) as owner:
        owner.execute(f"CREATE ROLE {name} LOGIN; REVOKE ALL ON SCHEMA public FROM PUBLIC")
    yield name
    with connect(zoo) as owner:
        owner.execute(f"DROP OWNED BY {name}; DROP ROLE {name}")


def as_role(url: str, role: str) -> str:
    return make_url(url).set(username=role, password=None).render_as_string(hide_password=False)


def counted(url: str, watch: frozenset[str] = frozenset()) -> tuple[Catalog, int]:
    """A catalog, and how many statements it took."""
    seen: list[object] = []

    class Counting(psycopg.Connection[Any]):
        def wait(self, *args: Any, **kwargs: Any) -> Any:
            seen.append(args)
            return super().wait(*args, **kwargs)

    with Counting.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)) as reader:
        seen.clear()
        catalog = read_catalog(reader, watch=watch)
        return catalog, len(seen)


def test_number_of_queries_does_not_depend_on_the_schema(
    zoo: str, any_server: Server, make_database: MakeDatabase
) -> None:
    """An empty database and one with everything in it take the same number of round trips."""
    empty, least = counted(make_database(any_server))
    full, most = counted(zoo)
    assert len(full) > 30 * len(empty)
    assert least == most <= 25  # BEGIN, settings and ROLLBACK among them


def test_reading_needs_no_privilege(zoo: str, role: str) -> None:
    """A role that may only connect reads what the owner reads."""
    with connect(zoo) as owner, connect(as_role(zoo, role)) as reader:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), reader.transaction():
            reader.execute("SELECT FROM public.alembic_version")
        assert to_json(read_catalog(reader, watch=WATCHABLE)) == to_json(read_catalog(owner, watch=WATCHABLE))


def test_a_missing_privilege_is_named(zoo: str, role: str) -> None:
    """Where somebody hid a part of pg_catalog, the error says which one, from whom, and the statement that helps."""
    with connect(zoo) as owner:
        owner.execute("REVOKE SELECT ON pg_catalog.pg_trigger FROM PUBLIC")
    with connect(as_role(zoo, role)) as reader, pytest.raises(TruelineError) as caught:
        read_catalog(reader)
    assert 'role "trueline_reader" may not read the catalog: permission denied for table pg_trigger' in str(
        caught.value
    )
    assert caught.value.fix == 'GRANT SELECT ON pg_catalog.pg_trigger TO "trueline_reader";'
    with connect(zoo) as owner:
        owner.execute(str(caught.value.fix).encode())
    with connect(as_role(zoo, role)) as reader:
        assert read_catalog(reader)


def test_reading_changes_nothing(zoo: str) -> None:
    """No sequence moves, no transaction id is taken, and no lock is stronger than ACCESS SHARE."""
    with connect(zoo) as watcher, connect(zoo) as reader:
        watcher.autocommit = True
        positions = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"
        before = watcher.execute(positions).fetchall()
        locks: set[tuple[Any, ...]] = set()
        original = query

        def look(kind: str, major: int) -> bytes:
            held = "SELECT mode, relation::regclass::text FROM pg_locks WHERE pid = %s AND locktype <> 'virtualxid'"
            locks.update(watcher.execute(held, (reader.info.backend_pid,)).fetchall())
            taken = "SELECT backend_xid IS NULL FROM pg_stat_activity WHERE pid = %s"
            assert watcher.execute(taken, (reader.info.backend_pid,)).fetchone() == (True,)
            return original(kind, major)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("trueline.catalog.snapshot.query", look)
            read_catalog(reader, watch=WATCHABLE)
        assert {mode for mode, _ in locks} == {"AccessShareLock"}
        assert len(locks) > 10
        assert watcher.execute(positions).fetchall() == before


def test_own_transaction_is_read_only_and_ends(zoo: str) -> None:
    """It is read-only and repeatable-read; afterwards none is open and the session's settings are as before."""
    with connect(zoo) as reader:
        seen: list[object] = []
        original = query

        def look(kind: str, major: int) -> bytes:
            state = "SELECT current_setting('transaction_read_only'), current_setting('transaction_isolation')"
            seen.append(reader.execute(state).fetchone())
            return original(kind, major)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("trueline.catalog.snapshot.query", look)
            read_catalog(reader)
        assert set(seen) == {("on", "repeatable read")}
        assert reader.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        assert reader.execute("SHOW search_path").fetchone() == ('"$user", public',)


def test_an_open_transaction_is_used_as_it_is(zoo: str) -> None:
    """What an open transaction has done is seen; the transaction goes on, its settings untouched."""
    with connect(zoo) as reader:
        reader.execute("SET LOCAL search_path = public; CREATE TABLE fresh (id integer)")
        assert ("table", "public", "fresh") in read_catalog(reader)
        assert reader.execute("SHOW search_path").fetchone() == ("public",)
        reader.execute("INSERT INTO fresh VALUES (1)")
        reader.rollback()
        assert ("table", "public", "fresh") not in read_catalog(reader)


@pytest.mark.parametrize("isolation", ["READ COMMITTED", "AUTOCOMMIT"])
def test_a_connection_of_sqlalchemy(zoo: str, isolation: Any) -> None:
    """A connection of SQLAlchemy reads the same as its driver's, with or without autocommit."""
    engine = sa.create_engine(zoo)
    with engine.connect().execution_options(isolation_level=isolation) as connection, connect(zoo) as reader:
        assert read_catalog(connection) == read_catalog(reader)
        assert connection.scalar(sa.text("SHOW search_path")) == '"$user", public'
    engine.dispose()


def test_another_driver_is_refused() -> None:
    """A connection that is not psycopg's is refused by name."""
    with sa.create_engine("sqlite://").connect() as connection, pytest.raises(TruelineError, match="not sqlite3"):
        read_catalog(connection)


def test_what_cannot_be_watched() -> None:
    """A word that is no watch is refused with those that are."""
    with pytest.raises(
        TruelineError, match="called tables\n  fix: choose from: column_order, database, default_privileges, grant"
    ):
        read_catalog(None, watch=frozenset({"tables"}))  # type: ignore[arg-type] # never looked at


def test_an_old_server_is_refused(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server older than the queries know is refused by its version."""
    monkeypatch.setattr("trueline.catalog.snapshot.OLDEST", 99)
    with connect(empty_database_url) as reader, pytest.raises(TruelineError, match="is too old: 99 or newer"):
        read_catalog(reader)


def test_a_lost_connection_fails_whole(zoo: str) -> None:
    """When the server ends the connection in mid-read there is an error and no catalog."""
    with connect(zoo) as killer, connect(zoo) as reader:
        original = query

        def cut(kind: str, major: int) -> bytes:
            if kind == "trigger":
                killer.execute("SELECT pg_terminate_backend(%s, 5000)", (reader.info.backend_pid,))
            return original(kind, major)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("trueline.catalog.snapshot.query", cut)
            with pytest.raises(TruelineError, match="connection was lost"):
                read_catalog(reader)


def test_a_procedure_dropped_in_mid_read_fails_whole(zoo: str) -> None:
    """A definition that is gone when it is asked for is an error, not an object without one."""
    with connect(zoo) as other, connect(zoo) as reader:
        other.autocommit = True
        original = query

        def drop(kind: str, major: int) -> bytes:
            if kind == "function":
                other.execute(quoted("DROP PROCEDURE @r.@f").encode())
            return original(kind, major)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("trueline.catalog.snapshot.query", drop)
            with pytest.raises(TruelineError, match="changed by somebody else"):
                read_catalog(reader)


def test_reading_while_others_write(zoo: str) -> None:
    """A transaction that writes rows does not hold a reading up, nor the other way round."""
    with connect(zoo) as writer, connect(zoo) as reader:
        writer.execute(quoted("INSERT INTO @r.@v VALUES (1)").encode())
        thread = threading.Thread(target=read_catalog, args=(reader,))
        thread.start()
        thread.join(60)
        assert not thread.is_alive()


@pytest.mark.parametrize("collecting", [True, False])
def test_garbage_collection_is_left_as_it_was(empty_database_url: str, collecting: bool) -> None:
    """Collection rests while a catalog is read, and goes on afterwards only where it was on, also after an error."""
    try:
        gc.enable() if collecting else gc.disable()
        with connect(empty_database_url) as reader:
            read_catalog(reader)
            assert gc.isenabled() == collecting
        with pytest.raises(TruelineError, match="connection"):
            read_catalog(reader)
        assert gc.isenabled() == collecting
    finally:
        gc.enable()


def test_what_things_came_with(zoo: str) -> None:
    """Sequences, indexes and partitions know what they exist because of."""
    with connect(zoo) as reader:
        catalog = read_catalog(reader)
    origins = {(thing.kind, thing.origin.kind) for thing in catalog if thing.origin}
    assert origins >= {
        ("sequence", "identity"),
        ("sequence", "serial"),
        ("index", "constraint"),
        ("index", "partition"),
        ("trigger", "partition"),
        ("foreign_key", "partition"),
        ("column", "inherited"),
        ("check", "inherited"),
        ("table", "framework"),
        ("column", "framework"),
        ("primary_key", "framework"),
        ("index", "framework"),
        ("comment", "extension"),
    }
    assert all(thing.origin.of in catalog for thing in catalog if thing.origin)


def test_members_of_an_extension(any_server: Server, any_empty_url: str) -> None:
    """An extension's types, functions and their comments belong to it; only the extension itself is one's own."""
    with connect(any_empty_url) as reader:
        before = read_catalog(reader).own()
        reader.execute("CREATE EXTENSION " + ("hstore" if any_server.version == 15 else "vector"))
        after = read_catalog(reader)
    assert len(after.of_kind(Function)) > 20
    assert {thing.origin.kind for thing in after.of_kind(Function) if thing.origin} == {"extension"}
    assert len(after.own()) == len(before) + 1


def test_framework_tables_are_given_by_name(zoo: str) -> None:
    """Whoever calls says which tables are the framework's; all that hangs on them is."""
    with connect(zoo) as reader:
        catalog = read_catalog(reader, framework=frozenset({"null"}))
    own = catalog.own()
    assert ("table", "public", "alembic_version") in own
    assert {thing.key for thing in catalog.of_kind(Table)} - {thing.key for thing in own.of_kind(Table)} == {
        ("table", "public.with.dots", "null")
    }
    assert all(column.table != "null" for column in own.of_kind(Column))


def test_positions_and_lookup(zoo: str) -> None:
    """Objects are found by key and by kind, and sorted."""
    with connect(zoo) as reader:
        catalog = read_catalog(reader)
    assert [thing.key for thing in catalog] == sorted(thing.key for thing in catalog)
    index = catalog.of_kind(Index)[0]
    assert catalog[index.key] is catalog.get(index.key) is index
    assert catalog.get(("index", "nowhere", "x")) is None
    positions = [column.position for column in catalog.of_kind(Column) if column.table == HOSTILE["u"]]
    assert sorted(positions) == list(range(1, len(positions) + 1))
    assert {sequence.kind for sequence in catalog.of_kind(Sequence)} == {"sequence"}


def test_a_query_is_chosen_by_version() -> None:
    """The file for the highest version that is not above the server's: 17 reads as 16 does, 19 as 18."""
    assert query("column", 17) == query("column", 15) == (QUERIES / "column.sql").read_bytes()
    assert query("column", 19) == query("column", 18) == (QUERIES / "column.18.sql").read_bytes()
    assert query("trigger", 18) == (QUERIES / "trigger.sql").read_bytes()


def test_files_for_versions_differ_only_where_they_must() -> None:
    """What a version reads in its own way is a line or a join, so that the rest cannot drift apart."""
    for path in QUERIES.glob("*.*.sql"):
        base = (QUERIES / f"{path.name.split('.')[0]}.sql").read_text().splitlines()
        assert len(set(path.read_text().splitlines()) ^ set(base)) <= 6


def test_the_wheel_has_the_queries(tmp_path: Path) -> None:
    """What is installed can read: every query is in the package."""
    wheel = pytest.importorskip("hatchling.builders.wheel")
    built = next(wheel.WheelBuilder(str(QUERIES.parents[2])).build(directory=str(tmp_path), versions=["standard"]))
    names = set(zipfile.ZipFile(built).namelist())
    assert {f"trueline/catalog/queries/{path.name}" for path in QUERIES.glob("*.sql")} <= names


def test_rows_tell_the_catalog(zoo: str) -> None:
    """The same rows in another order are the same, by themselves and as a catalog; with one changed they are not."""
    with connect(zoo) as reader:
        rows = read_rows(reader)
        turned = Rows(rows.version, rows.watched, {kind: list(reversed(each)) for kind, each in rows.kinds.items()})
        assert turned.tell_the_same(rows)
        assert catalog_of(turned) == catalog_of(rows) == read_catalog(reader)
        assert read_rows(reader).digest() == rows.digest()
        reader.execute("CREATE TABLE another ()")
        later = read_rows(reader)
    assert not later.tell_the_same(rows)
    assert later.digest() != rows.digest()
    assert not Rows(rows.version + 1, rows.watched, rows.kinds).tell_the_same(rows)
