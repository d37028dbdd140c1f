"""What revisions lead to, replayed in a scratch database."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from alembic import context, op
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.pool import NullPool

from tests.readings.histories import History, history
from trueline.catalog.catalog import Catalog
from trueline.readings import Replay, migrated, read_migrated, replayed
from trueline.readings.failed import ReplayError
from trueline.scratch import scratch_database
from trueline.settings import Settings
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server


@pytest.fixture
def past(tmp_path: Path) -> History:
    return history(tmp_path / "migrations")


@contextmanager
def replay_of(
    past: History, live: Connection, settings: Settings | None = None, to: str | tuple[str, ...] = "heads"
) -> Iterator[Replay]:
    with ExitStack() as stack:
        scratch = stack.enter_context(scratch_database(live, Settings(connect_retries=0)))
        yield stack.enter_context(replayed(past.config, past.script, scratch, {}, to, settings=settings))


def names(catalog: Catalog, kind: str = "table") -> set[str]:
    return {thing.key[2] for thing in catalog.own() if thing.kind == kind}


def table(name: str) -> str:
    return f"op.create_table({name!r}, sa.Column('id', sa.Integer, primary_key=True))"


def test_there_and_back(past: History, live: Connection) -> None:
    """Revisions are run up to where is asked, further, and back; Alembic's own table is known as such."""
    past.add("r1", table("one"), "op.drop_table('one')")
    past.add("r2", table("two"), "op.drop_table('two')", down="r1")
    with replay_of(past, live, to="r1") as replay:
        assert names(replay.read()) == {"one"}
        assert replay.read()["table", "public", "alembic_version"].origin is not None
        replay.upgrade("heads")
        assert names(replay.read()) == {"one", "two"}
        replay.downgrade("r1")
        assert names(replay.read()) == {"one"}
        replay.downgrade("base")
        assert names(replay.read()) == set()
    with replay_of(past, live, to="base") as replay:
        assert names(replay.read()) == set()
        replay.upgrade()
        assert names(replay.read()) == {"one", "two"}


def test_branches(past: History, live: Connection) -> None:
    """Several heads, labels, and dependencies across branches lead where `upgrade heads` does."""
    past.add("a1", table("a"), labels="left")
    past.add("b1", table("b"), labels="right")
    past.add("b2", "op.execute('ALTER TABLE a ADD x int')", down="b1", depends="a1")
    past.add("c1", table("c"), down="a1")
    past.add("c2", table("d"), down="a1")
    past.add("m1", table("merged"), down=("c1", "c2"))
    with replay_of(past, live) as replay:
        assert names(replay.read()) == {"a", "b", "c", "d", "merged"}
    with replay_of(past, live, to="right@head") as replay:
        assert names(replay.read()) == {"a", "b"}
    with replay_of(past, live, to=("c1", "b1")) as replay:
        assert names(replay.read()) == {"a", "b", "c"}


def test_every_way_to_the_database(past: History, live: Connection) -> None:
    """A revision may use the bind, a session on it, an autocommit block, and what `context` has to offer."""
    past.add(
        "r1",
        """
        from sqlalchemy.orm import Session
        bind = op.get_bind()
        bind.execute(sa.text("CREATE TABLE t (x int)"))
        with Session(bind=bind) as session:
            session.execute(sa.text("INSERT INTO t VALUES (1)"))
            session.flush()
        assert bind.execute(sa.text("SELECT count(*) FROM t")).scalar_one() == 1
        with op.get_context().autocommit_block():
            op.execute("CREATE INDEX CONCURRENTLY ix ON t (x)")
        assert context.get_bind() is op.get_bind()
        assert not context.is_offline_mode()
        assert context.get_x_argument() == []
        context.execute("COMMENT ON TABLE t IS '100%'")
        assert context.config.get_main_option("script_location")
        print("nobody wants to know")
        """,
    )
    with replay_of(past, live) as replay:
        assert names(replay.read(), "index") == {"ix"}


def test_nothing_is_printed(past: History, live: Connection, capfd: pytest.CaptureFixture[str]) -> None:
    """What a revision prints goes nowhere."""
    past.add("r1", "print('loud')")
    with replay_of(past, live):
        pass
    assert capfd.readouterr().out == ""


def test_the_live_database_is_out_of_reach(past: History, live: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual ways to the live database lead into the scratch database, and back again afterwards."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/live")
    past.add(
        "r1",
        """
        import os
        name = op.get_bind().engine.url.database
        assert name in os.environ["DATABASE_URL"]
        assert context.config.get_main_option("sqlalchemy.url").endswith(os.environ["DATABASE_URL"])
        assert context.config.attributes["connection"] is op.get_bind()
        with sa.create_engine(os.environ["DATABASE_URL"], poolclass=sa.NullPool).connect() as other:
            assert other.execute(sa.text("SELECT current_database()")).scalar_one() == name
        """,
    )
    config = past.config
    config.set_main_option("sqlalchemy.url", "postgresql://a%%40b@127.0.0.1:1/live")
    config.attributes["connection"] = live
    with scratch_database(live, Settings()) as scratch, replayed(config, past.script, scratch, {}):
        pass
    assert config.get_main_option("sqlalchemy.url") == "postgresql://a%40b@127.0.0.1:1/live"
    assert config.attributes["connection"] is live
    assert os.environ["DATABASE_URL"] == "postgresql://nobody@127.0.0.1:1/live"


@pytest.mark.parametrize("failing", [False, True])
def test_the_outer_command_goes_on(past: History, live: Connection, failing: bool) -> None:
    """Inside of a command, `op` and `context` are that command's again after a replay, failed or not."""
    past.add("r1", "raise ValueError('no')" if failing else table("one"))
    outer = EnvironmentContext(past.config, past.script)
    migration = MigrationContext.configure(live)
    with outer, Operations.context(migration):
        with pytest.raises(ReplayError) if failing else nullcontext(), replay_of(past, live):
            pass
        assert op.get_context() is migration
        assert context.config is outer.config
        assert context.get_x_argument() == []
    with pytest.raises(AttributeError):
        op.get_context()


def test_without_an_outer_command(past: History, live: Connection) -> None:
    """Where no command runs, neither module belongs to anybody afterwards."""
    past.add("r1", table("one"))
    with replay_of(past, live):
        assert not hasattr(context, "config")


def test_a_refused_statement(past: History, live: Connection) -> None:
    """PostgreSQL's words, the line of the revision and the statement."""
    file = past.add("r1", "op.execute('CREATE TABLE t (x nonsense)')")
    with pytest.raises(ReplayError) as caught, replay_of(past, live):
        pass
    assert 'type "nonsense" does not exist' in caught.value.what
    assert f"{file}:" in caught.value.where[0]
    assert "statement: CREATE TABLE t (x nonsense)" in caught.value.where
    assert caught.value.where[-1] == "replayed in a scratch database on the database's own server"
    assert caught.value.sqlstate == "42704"


def test_a_revision_that_needs_rows(past: History, live: Connection) -> None:
    """A revision that fails by itself is named with its line, its error and the way out."""
    past.add("r1", table("one"))
    file = past.add("r2", "op.get_bind().execute(sa.text('SELECT id FROM one')).one()", down="r1")
    with pytest.raises(ReplayError) as caught, replay_of(past, live):
        pass
    assert "NoResultFound: No row was found" in caught.value.what
    assert caught.value.where == (f"{file}:12",)


def test_a_missing_extension(past: History, live: Connection) -> None:
    """An extension that the scratch server lacks, which is the database's own, has to be installed there."""
    past.add("r1", "op.execute('CREATE EXTENSION no_such_extension')")
    with pytest.raises(ReplayError) as caught, replay_of(past, live):
        pass
    assert "no_such_extension" in caught.value.what
    assert (caught.value.fix or "").startswith("install no_such_extension on the server")


def test_offline(past: History, live: Connection) -> None:
    """What --sql writes for a way, without executing it."""
    past.add("r1", "op.execute(\"COMMENT ON SCHEMA public IS '50%'\")", "op.execute('SELECT 1')")
    past.add("r2", table("two"), "op.drop_table('two')", down="r1")
    with replay_of(past, live, to="base") as replay:
        text = replay.offline_sql("base", "r2")
        assert "COMMENT ON SCHEMA public IS '50%'" in text
        assert "CREATE TABLE two" in text
        assert names(replay.read()) == set()
        back = replay.offline_sql("r2", "r1", down=True)
        assert "DROP TABLE two" in back
        assert "CREATE" not in back


def test_what_operations_created(past: History, live: Connection) -> None:
    """trueline's operations tell what they created, and what is left of it after a way back."""
    past.add("r1", "op.create_enum('mood', ['a'])", "op.drop_enum('mood')")
    past.add("r2", "op.execute('CREATE TYPE other AS ENUM ()')", down="r1")
    with replay_of(past, live) as replay:
        assert replay.created == {("enum", "public", "mood")}
        replay.downgrade("base")
        assert replay.created == set()


def test_each_command_has_its_session(past: History, live: Connection) -> None:
    """What a revision sets for its session holds until the command's end, not longer."""
    past.add("r1", "op.execute('CREATE SCHEMA other')\nop.execute('SET search_path = other, public')")
    past.add("r2", "op.execute('CREATE TEMPORARY TABLE mine ()')\nop.execute('CREATE TABLE here ()')", down="r1")
    with replay_of(past, live, to="r1") as replay:
        assert replay.connection.exec_driver_sql("SHOW search_path").scalar_one() == "other, public"
        replay.upgrade("r2")
        assert ("table", "public", "here") in replay.read()


def test_kept(past: History, live: Connection, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading is made once; a change in a revision, in a file beside it, or of how far, makes another one."""
    file = past.add("r1", table("one"))
    past.add("r2", table("two"), down="r1")
    calls: list[object] = []

    def counted(*arguments: object, **options: object) -> object:
        calls.append(arguments)
        return scratch_database(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(migrated, "scratch_database", counted)

    def reading(to: str = "heads") -> set[str]:
        return names(read_migrated(past.config, past.script, live, settings, {}, to=to).catalog)

    assert [reading(), reading(), len(calls)] == [{"one", "two"}, {"one", "two"}, 1]
    assert [reading("r1"), reading("r1"), len(calls)] == [{"one"}, {"one"}, 2]
    past.add("r3", table("three"), down="r2")
    assert [reading("r2"), len(calls)] == [{"one", "two"}, 2]
    assert [reading(), len(calls)] == [{"one", "two", "three"}, 3]
    file.write_text(file.read_text("utf-8").replace("'one'", "'uno'"), "utf-8")
    assert [reading(), len(calls)] == [{"uno", "two", "three"}, 4]
    (past.folder / "rows.sql").write_text("SELECT 1", "utf-8")
    assert [reading(), reading(), len(calls)] == [{"uno", "two", "three"}] * 2 + [5]


def test_resumed(past: History, live: Connection, settings: Settings) -> None:
    """A replay that begins from what is kept has the rows, sequences and revisions of the one before."""
    past.add(
        "r1",
        """
        op.create_table("kind", sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True),
            sa.Column("n%", sa.Text), sa.Column("twice", sa.Text, sa.Computed("'2' || id::text", True)))
        op.create_table("item", sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("kind", sa.Integer, sa.ForeignKey("kind.id")))
        op.execute("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'")
        op.execute('INSERT INTO kind ("n%") VALUES (E\\'a\\\\tb\\\\nü\\'), (NULL)')
        op.execute("INSERT INTO item SELECT id, id FROM kind")
        op.execute("CREATE TRIGGER never BEFORE INSERT ON item FOR EACH ROW EXECUTE FUNCTION no()")
        op.execute("COMMENT ON TRIGGER never ON item IS 'really'")
        op.execute("CREATE TABLE tree (id int REFERENCES kind) PARTITION BY RANGE (id)")
        op.execute("CREATE TABLE leaf PARTITION OF tree DEFAULT")
        op.execute("CREATE TRIGGER never BEFORE INSERT ON tree FOR EACH ROW EXECUTE FUNCTION no()")
        op.execute("COMMENT ON TRIGGER never ON leaf IS 'really'")
        op.execute("ALTER TABLE leaf DISABLE TRIGGER ALL")
        op.create_enum("mood", ["a"])
        """,
    )
    past.add("r2", "op.execute('UPDATE item SET kind = 1')", "op.execute('UPDATE item SET kind = 2')", down="r1")
    catalogs = []
    for resumed in (False, True):
        with replay_of(past, live, settings, to="r1") as replay:
            assert replay.resumed is resumed
            assert replay.created == {
                ("table", "public", "kind"),
                ("table", "public", "item"),
                ("enum", "public", "mood"),
            }
            rows = replay.connection.exec_driver_sql('SELECT id, "n%%", twice FROM kind ORDER BY 1').all()
            assert rows == [(1, "a\tb\nü", "21"), (2, None, "22")]
            assert replay.connection.exec_driver_sql("SELECT count(*) FROM item").scalar_one() == 2
            assert replay.connection.exec_driver_sql("SHOW search_path").scalar_one() == '"$user", public'
            next_id = "INSERT INTO kind DEFAULT VALUES RETURNING id"
            assert replay.connection.exec_driver_sql(next_id).scalar_one() == 3
            replay.upgrade()
            catalogs.append(replay.read())
            replay.downgrade("r1")
    assert catalogs[0] == catalogs[1]


@pytest.mark.parametrize(("old", "new"), [('"name": "x"', '"name": "y"'), (r'"1\n"', r'"a\n"')])
def test_what_was_kept_leads_elsewhere(past: History, live: Connection, settings: Settings, old: str, new: str) -> None:
    """Where the kept statements or rows do not lead to the same, all is taken back and every revision run."""
    live.exec_driver_sql("CREATE SCHEMA core; SET search_path = core, public")
    live.commit()
    past.add("r1", "op.execute('CREATE TABLE t (x int)')\nop.execute('INSERT INTO t VALUES (1)')")
    with replay_of(past, live, settings):
        pass
    (file,) = Path(settings.cache).iterdir()
    text = file.read_text("utf-8").partition("\n")[2]
    wrong = text.replace(old, new, 1)
    assert wrong != text
    file.write_text(f"{sha256(wrong.encode()).hexdigest()}\n{wrong}", "utf-8")
    with replay_of(past, live, settings) as replay:
        assert not replay.resumed
        assert ("column", "core", "t", "x") in replay.read()


def test_not_everything_can_be_resumed(past: History, live: Connection, settings: Settings) -> None:
    """Where there is something that a catalog does not tell, everything is run again."""
    past.add("r1", "op.execute('CREATE TEXT SEARCH CONFIGURATION mine (COPY = simple)')")
    for _ in range(2):
        with replay_of(past, live, settings) as replay:
            assert not replay.resumed


def test_extension_of_an_administrator(past: History, live: Connection, caplog: pytest.LogCaptureFixture) -> None:
    """An extension that the live database has and no revision creates is there when a revision needs it."""
    query = "SELECT name FROM pg_available_extensions WHERE name IN ('vector', 'hstore') ORDER BY 1 DESC LIMIT 1"
    extension = live.exec_driver_sql(query).scalar_one_or_none() or pytest.skip("this server has neither")
    live.exec_driver_sql(f"CREATE SCHEMA tools; CREATE EXTENSION {extension} SCHEMA tools")
    live.commit()
    past.add("r1", "op.execute('CREATE SCHEMA tools')\nop.execute('CREATE TABLE before (x int)')")
    past.add("r2", f"op.execute('CREATE TABLE t (x tools.{extension})')", down="r1")
    with caplog.at_level(logging.INFO), replay_of(past, live) as replay:
        assert names(replay.read()) == {"before", "t"}
        assert ("extension", str(extension)) in replay.read()
    assert f"taken over from the live database: extension {extension}, which no revision creates" in caplog.messages


def test_schema_of_an_administrator(past: History, live: Connection, caplog: pytest.LogCaptureFixture) -> None:
    """A schema that the live database has and no revision creates is there when a revision needs it, and no other."""
    live.exec_driver_sql('CREATE SCHEMA "It\'s 1"; CREATE SCHEMA other')
    live.commit()
    past.add("r1", """op.execute('CREATE TABLE before (x int)')\nop.create_table("t", schema="It's 1")""")
    with replay_of(past, live) as replay:
        assert names(replay.read()) == {"before", "t"}
        assert ("schema", "It's 1") in replay.read()
        assert ("schema", "other") not in replay.read()
    assert 'put op.create_schema("It\'s 1") before its first use' in caplog.text


def test_roles(past: History, any_server: Server, make_database: MakeDatabase) -> None:
    """A role that revisions name is known also on an embedded server, where the live one lets nobody build."""
    url = make_url(make_database(any_server))
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(False), autocommit=True) as admin:
        admin.execute('CREATE ROLE "read%er"')
        admin.execute("CREATE ROLE poor LOGIN")
        try:
            past.add("r1", """op.execute('CREATE TABLE t (x int)')\nop.execute('GRANT SELECT ON t TO "read%er"')""")
            engine = create_engine(url.set(username="poor"), poolclass=NullPool)
            with engine.connect() as live, replay_of(past, live) as replay:
                assert replay.scratch.place.startswith("an embedded PostgreSQL")
                assert names(replay.read()) == {"t"}
        finally:
            admin.execute('DROP ROLE "read%er", poor')


@pytest.mark.parametrize("first", ["SELECT 1", "CREATE TABLE core.early (x int)"])
def test_schema_of_the_search_path(past: History, live: Connection, first: str) -> None:
    """The schema that the search path begins with is there from the beginning, unless a revision makes it."""
    live.exec_driver_sql("CREATE SCHEMA core; SET search_path = core, public")
    live.commit()
    past.add("r1", f"op.execute({first!r})")
    with replay_of(past, live) as replay:
        assert replay.connection.exec_driver_sql("SELECT current_schema()").scalar_one() == "core"
    if first == "SELECT 1":
        past.add("r2", "op.execute('CREATE SCHEMA core')\nop.execute('CREATE TABLE t (x int)')", down="r1")
    with replay_of(past, live, to="r1") as replay:
        replay.upgrade()
        assert first != "SELECT 1" or ("table", "core", "t") in replay.read()
        assert ("comment", "schema", "public") in replay.read()
