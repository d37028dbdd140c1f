"""`trueline status`: where the database is, what is pending, who is at work, and whether it is well."""

from __future__ import annotations

import json
import socket
import threading
import time
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from tests.looking.drive import Project
from trueline.looking.activity import look_around

TABLE = 'op.create_table("t", sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.Text))'
COLUMN = 'op.add_column("t", sa.Column("c", sa.Integer))'
INDEX = """
with op.get_context().autocommit_block():
    op.create_index("ix", "t", ["a"], postgresql_concurrently=True)
    op.execute("SELECT 1 / (SELECT count(*) FROM t)")
"""


@pytest.fixture
def at_r1(project: Project) -> Project:
    """One revision has been run."""
    project.add("r1", TABLE, 'op.drop_table("t")')
    assert project.alembic("upgrade", "head").code == 0
    return project


def status(project: Project, *arguments: str) -> dict[str, Any]:
    said = project.trueline("status", "--format", "json", *arguments)
    assert said.code in {0, 1}, said.err
    found: dict[str, Any] = json.loads(said.out)
    assert found["is_well"] == (said.code == 0)
    return found


def test_at_head_and_well(at_r1: Project) -> None:
    """Exit code 0, and who brought it there."""
    said = at_r1.trueline("status")
    assert said.code == 0
    assert said.out.rstrip().endswith("at head, and well")
    assert f"by postgres from {socket.gethostname()}, version 1.4.2: done" in said.out
    assert status(at_r1)["last"]["after"] == ["r1"]


def test_an_empty_database(project: Project) -> None:
    """Everything is pending, and that there is no ledger is said; nothing is made in it."""
    project.add("r1", TABLE, doc="the table")
    said = project.trueline("status")
    assert said.code == 1
    assert "at          base" in said.out
    assert "pending     r1 the table" in said.out
    assert "no ledger" in said.out
    with project.connect() as connection:
        assert connection.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,)


def test_what_is_pending_and_how_risky(at_r1: Project) -> None:
    """By the plan; without it, that it was not looked at is said."""
    at_r1.add("r2", COLUMN, down="r1")
    said = at_r1.trueline("status")
    assert said.code == 1
    assert "risk: blocks reads: 1 statement" in said.out
    assert "1 revision pending: trueline plan, alembic upgrade head" in said.out
    assert status(at_r1)["risk"] == "blocks reads"
    assert "how risky it is was not looked at" in at_r1.trueline("status", "--no-plan").out


def test_a_database_that_is_newer(at_r1: Project) -> None:
    """That is a finding, and no plan is made."""
    at_r1.run("UPDATE alembic_version SET version_num = 'r9'")
    said = at_r1.trueline("status")
    assert said.code == 1
    assert "revision r9 of the database is not here" in said.out
    assert "the database is newer than this code" in said.out


def test_several_heads(at_r1: Project) -> None:
    """They are all pending; the way out is named."""
    at_r1.add("r2", "pass", down="r1")
    at_r1.add("r3", "pass", down="r1")
    said = at_r1.trueline("status")
    assert "several heads: alembic upgrade heads, or alembic merge" in said.out
    assert "2 revisions pending" in said.out


@pytest.mark.filterwarnings("ignore:Revision r2 referenced:UserWarning")
def test_a_file_that_is_missing(at_r1: Project) -> None:
    """Then nothing can be said; exit code 2."""
    at_r1.add("r3", "pass", down="r2")
    said = at_r1.trueline("status")
    assert "revision r2 is missing" in said.err
    assert said.code == 2


def test_what_is_half_applied(at_r1: Project) -> None:
    """With how far it came, why it stopped, and the way out."""
    at_r1.add("r2", INDEX, down="r1")
    assert at_r1.alembic("upgrade", "head").code != 0
    said = at_r1.trueline("status", "--no-plan")
    assert "half applied  revision r2 on its way up: 1 of its statements are committed" in said.out
    assert "it stopped with: division by zero [22012]" in said.out
    assert "fix: alembic upgrade head" in said.out
    assert status(at_r1, "--no-plan")["half"][0]["revision"] == "r2"


def test_what_was_changed_by_hand(at_r1: Project) -> None:
    """Objects of the database, and files of revisions."""
    at_r1.run('ALTER TABLE t ADD COLUMN "by hand" int')
    file = at_r1.add("r1", TABLE.replace('"a"', '"b"'), 'op.drop_table("t")')
    said = at_r1.trueline("status")
    assert said.code == 1
    assert "the database, by hand, since the last deploy: 1 difference" in said.out
    assert "by hand" in "".join(status(at_r1)["changed"])
    assert status(at_r1)["edited"] == [str(file)]
    assert said.out.rstrip().endswith("changed by hand; edited revisions")


def test_a_database_that_was_led_elsewhere(at_r1: Project) -> None:
    """By a failed deploy, or by stock Alembic: then nobody has read what was left, and that is said."""
    at_r1.add("r2", COLUMN, down="r1")
    at_r1.add("r3", 'op.execute("SELECT 1 / 0")', down="r2")
    assert at_r1.alembic("upgrade", "head").code != 0
    said = at_r1.trueline("status", "--no-plan")
    assert "something else has led it elsewhere since" in said.out
    assert "at          r2" in said.out
    assert ": failed: division by zero [22012]" in said.out


def test_indexes_that_are_not_valid(at_r1: Project) -> None:
    """With both ways out, ready to paste."""
    at_r1.run("INSERT INTO t VALUES (1, 'x'), (2, 'x')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        at_r1.run('CREATE UNIQUE INDEX CONCURRENTLY "a %ix" ON t (a)')
    said = at_r1.trueline("status")
    assert said.code == 1
    assert 'public."a %ix" is INVALID: REINDEX INDEX CONCURRENTLY public."a %ix"; or DROP INDEX' in said.out


def test_an_index_that_is_being_built(at_r1: Project) -> None:
    """It is not valid yet, and nothing is wrong with it; a role that may see nothing of it does not call it wrong."""
    role = f"onlooker_{time.time_ns()}"
    at_r1.run(f"CREATE ROLE {role}")
    with at_r1.connect(autocommit=False) as writer, at_r1.connect() as builder, at_r1.connect() as looking:
        writer.execute("INSERT INTO t VALUES (1, 'x')")
        building = threading.Thread(target=builder.execute, args=("CREATE INDEX CONCURRENTLY ix ON t (a)",))
        building.start()
        while not looking.execute("SELECT 1 FROM pg_index WHERE NOT indisvalid").fetchone():
            pass
        seen = look_around(looking)
        looking.execute(f"SET ROLE {role}".encode())
        seen_by_role = look_around(looking)
        writer.rollback()
        building.join()
    at_r1.run(f"DROP ROLE {role}")
    assert (seen.invalid, seen_by_role.invalid) == ((), ())
    assert seen_by_role.hidden > 0


def test_who_is_migrating(at_r1: Project) -> None:
    """Whoever holds the lock, by process and application; what is under way is not called half applied."""
    with at_r1.connect(application_name="the other deploy") as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", (0x74727565, 0x6C696E65))
        said = at_r1.trueline("status")
        assert f"a migration: pid {other.info.backend_pid}, the other deploy, postgres" in said.out
    assert "no migration" in at_r1.trueline("status").out


def test_who_would_stand_in_the_way(at_r1: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Transactions that have been open for long, with what would end an idle one."""
    monkeypatch.setattr("trueline.looking.activity.look_around.__defaults__", (0.0,))
    with at_r1.connect(autocommit=False, application_name="a forgotten console") as other:
        other.execute("SELECT count(*) FROM t")
        out = at_r1.trueline("status").out
        assert f"pid {other.info.backend_pid} (a forgotten console, postgres, idle in transaction" in out
        assert "SELECT pg_terminate_backend(pid);" in out
    assert at_r1.trueline("status").code == 0


def test_a_short_transaction_is_in_nobodys_way(at_r1: Project) -> None:
    """Only those are told that are older than a migration waits."""
    with at_r1.connect(autocommit=False) as other, at_r1.connect() as looking:
        other.execute("SELECT count(*) FROM t")
        assert look_around(looking, least=3600).in_the_way == ()
        assert look_around(looking, least=0).in_the_way[0].pid == other.info.backend_pid


def test_a_role_that_may_only_read(at_r1: Project) -> None:
    """SELECT on the version table is enough to look; what else it may not see is said, with the privilege for it."""
    role = f"reader_{time.time_ns()}"
    at_r1.run(f"CREATE ROLE {role} LOGIN", f"GRANT SELECT ON alembic_version TO {role}")
    mine = Project(at_r1.root, sa.make_url(at_r1.url).set(username=role).render_as_string(False), at_r1.capture)
    try:
        with pytest.MonkeyPatch.context() as patch, at_r1.connect(autocommit=False) as other:
            patch.setenv("DATABASE_URL", mine.url)
            other.execute("SELECT 1")
            said = mine.trueline("status")
            assert said.code == 0, said.err
            assert f"role {role} may not read the ledger" in said.out
            assert "what 1 other sessions do is hidden from this role: GRANT pg_read_all_stats" in said.out
            at_r1.run(f"GRANT SELECT ON trueline_deploy, trueline_revision TO {role}")
            at_r1.run("ALTER TABLE t ADD COLUMN hand int")
            assert "by hand, since the last deploy: 1 difference" in mine.trueline("status").out
            at_r1.add("r2", COLUMN, down="r1")
            assert "risk: " in mine.trueline("status").out or "locks are not known" in mine.trueline("status").out
    finally:
        at_r1.run(f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def test_a_role_that_may_not_even_do_that(at_r1: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error has the privilege; exit code 2."""
    role = f"stranger_{time.time_ns()}"
    at_r1.run(f"CREATE ROLE {role} LOGIN")
    monkeypatch.setenv("DATABASE_URL", sa.make_url(at_r1.url).set(username=role).render_as_string(False))
    said = at_r1.trueline("status")
    monkeypatch.setenv("DATABASE_URL", at_r1.url)
    at_r1.run(f"DROP ROLE {role}")
    assert said.code == 2
    assert "GRANT SELECT ON public.alembic_version" in said.err


def test_waiting_in_front_of_an_application(at_r1: Project) -> None:
    """At once where all is run; exit code 1 where it is not in time."""
    said = at_r1.trueline("status", "--wait", "5")
    assert (said.code, said.out) == (0, "at head: r1\n")
    assert json.loads(at_r1.trueline("status", "--wait", "5", "--format", "json").out) == {"heads": ["r1"]}
    at_r1.add("r2", COLUMN, down="r1")
    said = at_r1.trueline("status", "--wait", "0.2")
    assert said.code == 1
    assert "it is at r1, and 1 of the revisions up to r2 have not been run" in said.err
