"""Stories of the proof: of a database that somebody changed by hand, and of one whose default schema is another."""

from __future__ import annotations

import logging
import shlex

import pytest
import sqlalchemy as sa

from tests.acceptance.drift.stories import Tell, number, quiet, table
from trueline.objects import Statement, View


def test_a_repair_that_runs_everywhere_is_proved(told: Tell, caplog: pytest.LogCaptureFixture) -> None:
    """What leads every database to the models holds; the downgrade brings back what somebody had done by hand."""
    project = told(table(number(), sa.Column("a", sa.Text, server_default="x")))
    project.written()
    project.execute("ALTER TABLE s.t ALTER a SET DEFAULT 'y'")
    with caplog.at_level(logging.INFO):
        project.written()
    assert "proved: " in caplog.text
    assert quiet(project)
    assert not project.downgrade().failed
    query = "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 's.t'::regclass"
    assert project.rows(query) == [("'y'::text",)]


def test_a_repair_of_one_database_says_how_to_do_without(told: Tell) -> None:
    """Where every other database would refuse the revision, it fails, and what it proposes instead repairs this one."""
    project = told(table(number(), sa.Column("a", sa.Text, index=True)))
    project.written()
    project.execute("DROP INDEX s.ix_s_t_a")
    done = project.revision()
    assert done.failed
    assert done.line("only this database was changed by hand")
    way = next(line for line in done.text.splitlines() if "alembic stamp" in line)
    upgrade, stamp, remove = way.strip().split(" && ")
    assert upgrade == "alembic upgrade head"
    assert not project.upgrade().failed
    assert not project.stamp(stamp.split()[-1]).failed
    assert shlex.split(remove) == ["rm", str(project.revisions[-1])]
    project.revisions[-1].unlink()
    assert quiet(project)


def test_a_change_beside_a_repair_says_where_to_write_it(told: Tell) -> None:
    """Where the models have news too, the way out is a database that nobody changed."""
    told(table(number(), sa.Column("a", sa.Text, index=True))).written()
    project = told(table(number(), sa.Column("a", sa.Text, index=True), sa.Column("b", sa.Text)))
    project.execute("DROP INDEX s.ix_s_t_a")
    done = project.revision()
    assert done.failed
    assert done.line("trueline scratch -- sh -c 'alembic upgrade head && alembic revision --autogenerate'")


def test_any_default_schema_is_proved(told: Tell) -> None:
    """Without a schema in their names, types and views come to where tables do, offline as well."""

    def declare(metadata: sa.MetaData) -> None:
        sa.Table("t", metadata, sa.Column("id", sa.Integer), sa.Column("e", sa.Enum("a", name="Kind %")))
        View("v", "SELECT id FROM t", metadata=metadata)
        Statement("CREATE TYPE pair AS (a integer, b text)", metadata=metadata)

    project = told(declare)
    database = str(sa.make_url(project.url).database)
    project.execute(f'CREATE SCHEMA "Tenant 1"; ALTER DATABASE "{database}" SET search_path = "Tenant 1"')
    project.written()
    assert quiet(project)
    assert project.rows("SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace") == []
    assert "public" not in project.sql()
