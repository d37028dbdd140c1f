"""`trueline history`: the ledger, as people and programs read it."""

from __future__ import annotations

import json
import os
import socket

import pytest

from tests.looking.drive import Project

TABLE = 'op.create_table("Übung", sa.Column("id", sa.Integer, primary_key=True), sa.Column("a:b%", sa.Text))'
INDEX = """
with op.get_context().autocommit_block():
    op.create_index("ix", "Übung", ["a:b%"], postgresql_concurrently=True)
    op.execute("SELECT 1 / (SELECT count(*) FROM gate)")
"""
BACK = """
with op.get_context().autocommit_block():
    op.drop_index("ix", postgresql_concurrently=True)
"""


def two(project: Project) -> None:
    project.add("r1", TABLE, 'op.drop_table("Übung")')
    project.add("r2", 'op.add_column("Übung", sa.Column("c", sa.Integer))', 'op.drop_column("Übung", "c")', down="r1")


def test_a_database_without_a_ledger_says_so(project: Project) -> None:
    """It is no error, for people or for programs."""
    said = project.trueline("history")
    assert (said.code, "this database has no ledger" in said.out) == (0, True)
    assert project.trueline("history", "--format", "json").out == "[]\n"


def test_newest_first_with_who_and_from_where(project: Project) -> None:
    """Each command is a line: when, from where to where, how it went, and whose it was."""
    two(project)
    for command in (("upgrade", "head"), ("downgrade", "-1"), ("upgrade", "head")):
        assert project.alembic(*command).code == 0
    said = project.trueline("history")
    lines = said.out.splitlines()
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert "base → r2" in lines[2]
    assert "r2 → r1" in lines[1]
    assert "done" in lines[0]
    assert f"postgres, {socket.gethostname()}, trueline" in lines[0]
    assert lines[0].endswith("1.4.2")
    assert len(project.trueline("history", "--limit", "1").out.splitlines()) == 1


def test_statements_with_their_locks(project: Project) -> None:
    """`--verbose` shows each revision's statements, with the locks that PostgreSQL said they took."""
    two(project)
    project.alembic("upgrade", "head")
    out = project.trueline("history", "--verbose").out
    assert 'ALTER TABLE "Übung" ADD COLUMN c INTEGER\n           ACCESS EXCLUSIVE on public.Übung\n' in out
    assert "r1 up  done" in out
    one = project.trueline("history", "--revision", "r2").out
    assert "ADD COLUMN c" in one
    assert "CREATE TABLE" not in one


def test_a_revision_that_nobody_has_run(project: Project) -> None:
    """That is exit code 1, and said in words."""
    two(project)
    project.alembic("upgrade", "r1")
    said = project.trueline("history", "--revision", "r2")
    assert (said.code, said.out) == (1, "no deploy has run a revision r2\n")


def test_for_programs(project: Project) -> None:
    """JSON has all that the ledger has."""
    two(project)
    project.alembic("upgrade", "head")
    (deploy,) = json.loads(project.trueline("history", "--format", "json").out)
    assert (deploy["before"], deploy["after"], deploy["outcome"]) == ([], ["r2"], "done")
    assert deploy["process"] == os.getpid()
    assert [each["revision"] for each in deploy["revisions"]] == ["r1", "r2"]
    (statement,) = deploy["revisions"][1]["statements"]
    assert statement["locks"] == {"public.Übung": "AccessExclusiveLock"}


def test_what_failed_and_what_is_half_applied(project: Project) -> None:
    """Both are visible as such, with the reason and the way out; once it is finished, only that it had failed."""
    project.add("r1", f'op.execute("CREATE TABLE gate ()")\n{TABLE}')
    project.add("r2", INDEX, BACK, down="r1")
    assert project.alembic("upgrade", "head").code != 0
    said = project.trueline("history")
    assert "failed, r2 half applied" in said.out
    assert "division by zero [22012]" in said.out
    assert "revision r2 is half applied on its way up: 1 of its statements are committed" in said.out
    assert "fix: alembic upgrade head" in said.out
    project.run("INSERT INTO gate DEFAULT VALUES")
    assert project.alembic("upgrade", "head").code == 0
    said = project.trueline("history")
    assert "half applied" not in said.out
    last, before = said.out.splitlines()[:2]
    assert last.split()[4:8] == ["r1", "→", "r2", "done"]
    assert "failed" in before


def test_who_was_killed_is_not_running(project: Project) -> None:
    """A deploy that holds no lock and did not write how it ended is interrupted; one that holds it is running."""
    two(project)
    project.alembic("upgrade", "head")
    project.run("UPDATE trueline_deploy SET outcome = 'running', ended = NULL, heads_after = NULL")
    assert "interrupted" in project.trueline("history").out
    with project.connect() as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", (0x74727565, 0x6C696E65))
        other.execute("UPDATE trueline_deploy SET backend = pg_backend_pid()")
        out = project.trueline("history").out
    assert "base → ?" in out
    assert "running" in out


def test_a_database_with_a_style_of_its_own(project: Project) -> None:
    """However it writes dates, and wherever it is, times are told in UTC."""
    two(project)
    project.alembic("upgrade", "head")
    with project.connect() as connection:
        connection.execute(f'ALTER DATABASE "{connection.info.dbname}" SET DateStyle = "German, DMY"'.encode())
        connection.execute(f"ALTER DATABASE \"{connection.info.dbname}\" SET TimeZone = 'Asia/Tokyo'".encode())
    (deploy,) = json.loads(project.trueline("history", "--format", "json").out)
    assert deploy["began"].endswith("+00:00")
    assert project.trueline("status").code == 0


def test_a_ledger_elsewhere_is_found(project: Project) -> None:
    """Whatever schema env.py has put the version table into, the ledger is beside it."""
    project.env(', version_table_schema="Meta %"')
    project.run('CREATE SCHEMA "Meta %"')
    two(project)
    assert project.alembic("upgrade", "head").code == 0
    assert "base → r2" in project.trueline("history").out


def test_several_ledgers(project: Project) -> None:
    """Where applications share a database, and the search path leads to none of theirs, it has to be said which."""
    two(project)
    project.run("CREATE SCHEMA one", 'CREATE SCHEMA "the other"')
    project.env(', version_table_schema="one"')
    project.alembic("upgrade", "r1")
    project.env(', version_table_schema="the other"')
    project.alembic("stamp", "head")
    said = project.trueline("history")
    assert said.code == 2
    assert "there are 2 tables trueline_revision, and nothing says which is meant" in said.err
    assert "trueline history --schema 'one'" in said.err
    assert "base → r1" in project.trueline("history", "--schema", "one").out
    assert "stamp" in project.trueline("history", "--schema", "the other").out
    assert project.trueline("status", "--no-plan").out.count("stamp") == 1


def test_a_role_that_may_not_read_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error has the statement that gives the privilege; with it, reading is enough."""
    two(project)
    project.alembic("upgrade", "head")
    project.run("DROP ROLE IF EXISTS reader_of_history", "CREATE ROLE reader_of_history LOGIN")
    try:
        monkeypatch.setenv("PGOPTIONS", "-c role=reader_of_history")
        said = project.trueline("history")
        assert said.code == 2
        assert "role reader_of_history may not read the ledger" in said.err
        fix = said.err.partition("fix: ")[2].strip()
        assert "trueline_revision" in fix
        monkeypatch.delenv("PGOPTIONS")
        project.run(*filter(None, map(str.strip, fix.split(";"))))
        monkeypatch.setenv("PGOPTIONS", "-c role=reader_of_history")
        assert "base → r2" in project.trueline("history").out
    finally:
        monkeypatch.undo()
        project.run("DROP OWNED BY reader_of_history", "DROP ROLE reader_of_history")
