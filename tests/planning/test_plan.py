"""`trueline plan` and `alembic -x plan=on upgrade head`: what would run, judged by the server, without running it."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from tests.looking.drive import Project

TABLE = 'op.create_table("Übung", sa.Column("id", sa.Integer, primary_key=True), sa.Column("a:b%", sa.Text))'
PENDING = """
op.add_column("Übung", sa.Column("c", sa.Integer))
with op.get_context().autocommit_block():
    op.create_index("ix", "Übung", ["a:b%"], postgresql_concurrently=True)
    op.execute("UPDATE \\"Übung\\" SET c = 0")
op.create_index("ix_c", "Übung", ["c"])
op.execute('ALTER TABLE "Übung" ADD CONSTRAINT ck CHECK (id > 0) NOT VALID')
op.execute('ALTER TABLE "Übung" VALIDATE CONSTRAINT ck')
op.create_table("new", sa.Column("id", sa.Integer, primary_key=True))
"""
BACK = """
op.drop_table("new")
op.drop_index("ix_c")
"""

RELATIONS = "SELECT array_agg(relname::text ORDER BY 1) FROM pg_class WHERE relnamespace = 'public'::regnamespace"


def relations(project: Project) -> list[str] | None:
    with project.connect() as connection:
        row = connection.execute(RELATIONS).fetchone()
    assert row is not None
    names: list[str] | None = row[0]
    return names


def plan(project: Project, *arguments: str) -> dict[str, Any]:
    said = project.trueline("plan", "--format", "json", *arguments)
    assert said.code == 0, said.err
    document: dict[str, Any] = json.loads(said.out)
    return document


def locks(found: dict[str, Any]) -> list[list[tuple[str, str]]]:
    """Of each statement, those of all revisions one after the other."""
    statements = [each for revision in found["revisions"] for each in revision["statements"]]
    return [[(lock["relation"], lock["mode"]) for lock in each["locks"]] for each in statements]


def at_r1(project: Project, pending: str = PENDING, back: str = BACK) -> None:
    project.add("r1", TABLE, 'op.drop_table("Übung")')
    assert project.alembic("upgrade", "r1").code == 0
    project.add("r2", pending, back, down="r1")


def test_statements_with_limits_and_locks(project: Project) -> None:
    """Each has the limits that it would run with, where it runs, and what it locks of what was there before."""
    at_r1(project)
    found = plan(project)
    (revision,) = found["revisions"]
    table = 'public."Übung"'
    told = [(each["place"], each["lock_timeout"], each["statement_timeout"]) for each in revision["statements"]]
    assert told == [
        ("transaction", "900ms", "15min"),
        ("outside", None, None),
        ("own", "900ms", "15min"),
        ("transaction", "900ms", "15min"),
        ("transaction", "900ms", "15min"),
        ("transaction", "900ms", None),
        ("transaction", "900ms", "15min"),
    ]
    assert locks(found) == [
        [(table, "AccessExclusiveLock")],
        [(table, "ShareUpdateExclusiveLock")],
        [(table, "RowExclusiveLock")],
        [(table, "ShareLock")],
        [(table, "AccessExclusiveLock")],
        [],
        [],
    ]
    assert [each["by_manual"] for each in revision["statements"][1]["locks"]] == [True]
    assert [each["risk"] for each in revision["statements"]][2:4] == ["harmless", "blocks writes"]
    assert (revision["risk"], found["risk"], found["unknown"]) == ("blocks reads", "blocks reads", None)


def test_nothing_is_run_in_the_database(project: Project) -> None:
    """No version table, no ledger, no hook, no waiting for whoever migrates at the moment."""
    project.settings('before = ["nowhere:hook"]', f'cache = "{project.root / "cache"}"')
    project.add("r1", TABLE)
    project.add("r2", PENDING, down="r1")
    with project.connect() as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", (0x74727565, 0x6C696E65))
        out = project.trueline("plan").out
        assert project.alembic("-x", "plan=on", "upgrade", "head").out == out
    assert "upgrade from base: 2 revisions" in out
    assert relations(project) is None


def test_what_the_plan_itself_creates_is_not_locked(project: Project) -> None:
    """From an empty database nobody has anything to wait for."""
    project.add("r1", TABLE)
    project.add("r2", PENDING, down="r1")
    found = plan(project)
    assert not any(locks(found))
    assert found["risk"] == "harmless"


def test_what_is_dropped_or_renamed_is_locked(project: Project) -> None:
    """A lock is shown by the name that there is then, or by the last one that there was."""
    at_r1(project, 'op.rename_table("Übung", "or%der")\nop.drop_table("or%der")')
    first, *_, last = locks(plan(project))
    assert first == [('public."or%der"', "AccessExclusiveLock")]
    assert ('public."Übung_pkey"', "AccessExclusiveLock") in last


PARTITIONS = """
op.execute("CREATE TABLE p (id int NOT NULL) PARTITION BY RANGE (id)")
op.execute("CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9)")
op.execute("CREATE INDEX ix ON p1 (id)")
"""
OUTSIDE = """
with op.get_context().autocommit_block():
    op.execute("REINDEX INDEX CONCURRENTLY ix")
    op.execute("DROP INDEX CONCURRENTLY ix")
    op.execute("ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY")
    op.execute("VACUUM (FULL, ANALYZE) p1")
    op.execute("VACUUM p1")
"""


def test_what_runs_outside_is_known_from_the_manual(project: Project) -> None:
    """Its locks are gone when it is done: what changed tells which tables they were on."""
    project.add("r1", PARTITIONS)
    assert project.alembic("upgrade", "head").code == 0
    project.add("r2", OUTSIDE, down="r1")
    assert locks(plan(project)) == [
        [("public.p1", "ShareUpdateExclusiveLock")],
        [("public.p1", "ShareUpdateExclusiveLock")],
        [("public.p", "ShareUpdateExclusiveLock"), ("public.p1", "AccessExclusiveLock")],
        [("", "AccessExclusiveLock")],
        [("", "ShareUpdateExclusiveLock")],
    ]
    out = project.trueline("plan").out
    assert "ACCESS EXCLUSIVE on what it names, by the manual (blocks reads)" in out


def test_a_downgrade_has_a_plan_as_well(project: Project) -> None:
    """Through stock `alembic`, in words and in JSON."""
    at_r1(project)
    assert project.alembic("upgrade", "head").code == 0
    said = project.alembic("-x", "plan=json", "downgrade", "-1")
    found = json.loads(said.out)
    assert (found["command"], found["heads"]) == ("downgrade", ["r2"])
    assert ("public.new", "AccessExclusiveLock") in [lock for each in locks(found) for lock in each]
    assert "new" in (relations(project) or [])
    assert "downgrade from r2: 1 revision" in project.alembic("-x", "plan=on", "downgrade", "-1").out


def test_options_decide_about_limits(project: Project) -> None:
    """What is typed for the command counts for its plan."""
    at_r1(project)
    said = project.alembic("-x", "plan=on", "-x", "lock-timeout=2", "-x", "statement-timeout=0", "upgrade", "head")
    assert "lock_timeout 2s, statement_timeout none" in said.out


def test_very_many_statements(project: Project) -> None:
    """As many are shown as the ledger would keep, and the rest is counted."""
    project.add("r1", 'for number in range(503):\n    op.execute(f"CREATE TABLE t{number} ()")')
    (revision,) = plan(project)["revisions"]
    assert (len(revision["statements"]), revision["unshown"]) == (500, 3)
    assert "  … and 3 statements more" in project.trueline("plan").out


def test_all_revisions_in_one_transaction(project: Project) -> None:
    """What env.py says of transactions counts; Alembic's own table is nobody's business."""
    project.env(", transaction_per_migration=False")
    at_r1(project, 'op.add_column("Übung", sa.Column("c", sa.Integer))')
    project.add("r3", 'op.add_column("Übung", sa.Column("d", sa.Integer))', down="r2")
    assert locks(plan(project)) == [[('public."Übung"', "AccessExclusiveLock")], []]


def test_a_transaction_that_a_revision_ends_itself(project: Project) -> None:
    """Its locks are gone by then, and so not known; those of the next statement are."""
    at_r1(project, 'op.execute("COMMIT")\nop.add_column("Übung", sa.Column("c", sa.Integer))')
    statements = plan(project)["revisions"][0]["statements"]
    assert [each["locks"] is None for each in statements] == [True, False]


def test_nothing_is_moved(project: Project) -> None:
    """A schema that was chosen for Alembic's table is where the upgrade would move it, and not the plan."""
    at_r1(project)
    project.settings('version_schema = "Me:ta %"', f'cache = "{project.root / "cache"}"')
    said = project.alembic("-x", "plan=on", "upgrade", "head")
    assert "upgrade from r1: 1 revision" in said.out
    assert "alembic_version" in (relations(project) or [])
    assert project.trueline("plan").out == said.out
    assert project.alembic("upgrade", "head").code == 0
    assert "alembic_version" not in (relations(project) or [])
    assert project.trueline("plan").out == "nothing to run: the database is at r2\n"
    assert project.trueline("history", "--limit", "1").out.split()[3:4] == ["upgrade"]
    assert project.trueline("status", "--wait", "1").code == 0


def test_a_program_gets_a_plan_on_its_own_connection(project: Project) -> None:
    """It stays open, and as it was."""
    at_r1(project)
    config = Config(str(project.root / "alembic.ini"), cmd_opts=Namespace(x=["plan=on"]))
    engine = sa.create_engine(project.url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        assert not connection.in_transaction()
        assert connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == "r1"
    engine.dispose()


def test_at_head_there_is_nothing_to_run(project: Project) -> None:
    """That is said, and no scratch database is made."""
    project.add("r1", TABLE)
    project.alembic("upgrade", "head")
    assert project.trueline("plan").out == "nothing to run: the database is at r1\n"


def test_a_revision_that_was_interrupted(project: Project) -> None:
    """What is done of it is marked: a run would pass it over."""
    project.add("r1", TABLE)
    broken = 'op.execute("SELECT 1 / (SELECT count(*) FROM \\"Übung\\")")'
    concurrent = f'op.create_index("ix", "Übung", ["id"], postgresql_concurrently=True)\n    {broken}'
    project.add("r2", f"with op.get_context().autocommit_block():\n    {concurrent}", down="r1")
    assert project.alembic("upgrade", "head").code != 0
    said = project.trueline("plan")
    assert said.code == 1
    assert "done already, by a run that was interrupted; is passed over" in said.out
    assert "the rehearsal did not come to its end:\n  PostgreSQL refused a statement: division by zero" in said.out


TAKEN_BACK = """
with op.get_context().autocommit_block():
    op.drop_index("ix", postgresql_concurrently=True)
    op.execute('SELECT 1 / (SELECT count(*) FROM "Übung")')
"""


def test_what_has_to_be_finished_first(project: Project) -> None:
    """A revision that is half taken back comes before any upgrade; the plan says so as the upgrade would."""
    project.add("r1", TABLE)
    project.add("r2", 'op.create_index("ix", "Übung", ["id"])', TAKEN_BACK, down="r1")
    project.alembic("upgrade", "head")
    assert project.alembic("downgrade", "-1").code != 0
    project.add("r3", "pass", down="r2")
    said = project.trueline("plan")
    assert said.code == 2
    assert "revision r2 was interrupted on its way down after statement 1" in said.err
    assert "an upgrade would be refused: revision r2 was interrupted" in project.trueline("status").out


def test_where_nothing_can_be_rehearsed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a place for a scratch database the statements are those of `--sql`, and locks are not known."""
    at_r1(project)
    monkeypatch.setattr("trueline.scratch.places.find_servers", dict)
    project.run("DROP ROLE IF EXISTS may_not_create", "CREATE ROLE may_not_create")
    project.run("GRANT SELECT ON alembic_version TO may_not_create")
    monkeypatch.setenv("PGOPTIONS", "-c role=may_not_create")
    try:
        said, found = project.trueline("plan"), plan(project)
    finally:
        monkeypatch.delenv("PGOPTIONS")
        project.run("DROP OWNED BY may_not_create", "DROP ROLE may_not_create")
    assert "locks are not known" in said.out
    assert "the role may_not_create may not create databases" in said.out
    (revision,) = found["revisions"]
    told = [(each["place"], each["lock_timeout"], each["statement_timeout"]) for each in revision["statements"]]
    assert told[:3] == [("transaction", "900ms", "15min"), ("outside", None, None), ("own", "900ms", "15min")]
    assert told[5] == ("transaction", "900ms", None)
    assert [each["locks"] for each in revision["statements"]] == [None] * 7
    assert (revision["risk"], found["risk"]) == (None, None)


def test_several_heads(project: Project) -> None:
    """The error is the one of an upgrade; `alembic` keeps its exit code, `trueline` could not run."""
    project.add("r1", TABLE)
    project.add("r2", "pass", down="r1")
    project.add("r3", "pass", down="r1")
    said = project.trueline("plan")
    assert said.code == 2
    assert "there are 2 heads" in said.err
    assert project.alembic("-x", "plan=on", "upgrade", "head").code == 10
    assert len(plan(project, "heads")["revisions"]) == 3


def test_a_database_that_is_newer(project: Project) -> None:
    """A revision that no file has is named."""
    at_r1(project)
    project.run("UPDATE alembic_version SET version_num = 'r9'")
    said = project.trueline("plan")
    assert said.code == 2
    assert "the database is at revision r9" in said.err


@pytest.mark.parametrize(("arguments", "words"), [(("stamp", "head"), "stamp runs no"), (("upgrade", "head"), "'x'")])
def test_what_cannot_be_planned_is_not_run(project: Project, arguments: tuple[str, ...], words: str) -> None:
    """A word that nobody knows, or a command without a plan, ends before anything happens."""
    project.add("r1", TABLE)
    said = project.alembic("-x", "plan=x", *arguments)
    assert said.code != 0
    assert words in said.out + said.err
    assert relations(project) is None


def test_outside_of_a_project(project: Project) -> None:
    """The error says what is missing."""
    (project.root / "alembic.ini").unlink()
    said = project.trueline("plan")
    assert (said.code, "there is no alembic.ini here" in said.err) == (2, True)
