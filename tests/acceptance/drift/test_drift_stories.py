"""What stock autogenerate sees and does wrong, one story each: it does not crash, lose data, or differ for ever."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from tests.acceptance.drift.models import NAMING
from tests.acceptance.drift.stories import Tell, number, quiet, table
from tests.acceptance.project import new_project


def test_a_key_into_public_spelled_out_is_no_difference(told: Tell) -> None:
    """``schema="public"`` and no schema are the same place."""

    def declare(metadata: sa.MetaData) -> None:
        sa.Table("a", metadata, number(), schema="public")
        sa.Table("b", metadata, number(), sa.Column("a_id", sa.ForeignKey("public.a.id")))
        sa.Table("c", metadata, number(), sa.Column("a_id", sa.ForeignKey("public.a.id")), schema="public")

    project = told(declare)
    project.written()
    assert quiet(project)


def test_a_comparison_does_not_move_sequences(told: Tell) -> None:
    """A default that draws from another sequence is seen, and neither sequence has moved."""

    def declare(metadata: sa.MetaData) -> None:
        one = sa.Sequence("one", metadata=metadata)
        sa.Sequence("two", metadata=metadata)
        sa.Table("t", metadata, number(), sa.Column("n", sa.Integer, server_default=one.next_value()))

    project = told(declare)
    project.written()
    project.execute("ALTER TABLE t ALTER n SET DEFAULT nextval('two')")
    assert project.check().line("t.n", "two") is not None
    assert project.rows("SELECT is_called FROM one UNION ALL SELECT is_called FROM two") == [(False,), (False,)]


def test_a_schema_is_made_before_what_is_in_it_and_goes_after(told: Tell) -> None:
    """A hostile name, and nothing of it is left after the downgrade."""
    project = told(table(number(), schema='Sch"ema %s:x'))
    project.written()
    assert quiet(project)
    assert not project.downgrade("base").failed
    assert project.rows("SELECT 1 FROM pg_namespace WHERE nspname LIKE 'Sch%'") == []


def test_keys_in_a_circle_are_added_last_and_dropped_first(told: Tell) -> None:
    """Neither needs ``use_alter``."""

    def declare(metadata: sa.MetaData) -> None:
        sa.Table("a", metadata, number(), sa.Column("b_id", sa.ForeignKey("b.id", use_alter=True)))
        sa.Table("b", metadata, number(), sa.Column("a_id", sa.ForeignKey("a.id")))

    project = told(declare)
    project.written()
    assert quiet(project)
    assert not project.downgrade("base").failed


def test_a_key_that_was_switched_off_is_kept_again(told: Tell) -> None:
    """Autogenerate makes the key anew, rows that break it stop the upgrade, and the downgrade switches it off again."""

    def declare(metadata: sa.MetaData) -> None:
        sa.Table("a", metadata, number())
        sa.Table("b", metadata, number(), sa.Column("a_id", sa.ForeignKey("a.id")))

    project = told(declare)
    project.written()
    project.execute("ALTER TABLE b DISABLE TRIGGER ALL; INSERT INTO b VALUES (1, 5)")
    assert project.check().line("b_a_id", "inserts", "disabled") is not None
    assert not project.revision().failed
    refused = project.upgrade()
    assert refused.failed
    assert refused.line("a_id", "(5)") is not None
    project.execute("INSERT INTO a VALUES (5)")
    assert not project.upgrade().failed
    assert quiet(project)
    assert not project.downgrade().failed
    project.execute("INSERT INTO b VALUES (2, 99)")  # which nobody keeps from coming


def test_order_of_columns_is_a_difference_for_those_who_watch_it(tmp_path: Path, empty_database_url: str) -> None:
    """``watch = ["column_order"]``: the check names the table whose columns lie in another order."""
    metadata = sa.MetaData()
    table(number(), sa.Column("a", sa.Text), sa.Column("b", sa.Text))(metadata)
    project = new_project(tmp_path, empty_database_url, metadata, 'watch = ["column_order"]\n')
    project.written()
    assert quiet(project)
    project.execute("ALTER TABLE s.t DROP a, ADD a text")
    checked = project.check()
    assert checked.failed
    assert checked.line("s.t") is not None


def test_owners_and_grants_are_a_difference_for_those_who_watch_them(tmp_path: Path, empty_database_url: str) -> None:
    """``watch = ["owner", "grant"]``: without it neither is one."""
    metadata = sa.MetaData()
    table(number())(metadata)
    project = new_project(tmp_path, empty_database_url, metadata)
    project.written()
    project.execute("GRANT SELECT ON s.t TO PUBLIC; ALTER TABLE s.t OWNER TO pg_monitor")
    assert quiet(project)
    (tmp_path / "pyproject.toml").write_text('[tool.trueline]\nwatch = ["owner", "grant"]\n')
    checked = project.check()
    assert checked.failed
    assert checked.line("privileges", "s.t") is not None
    assert checked.line("owner", "s.t") is not None


def test_what_is_ignored_is_no_difference(tmp_path: Path, empty_database_url: str) -> None:
    """Patterns by kind and name, and ``renames`` for all differences of name only."""
    metadata = sa.MetaData(naming_convention=NAMING)
    table(number(), sa.Column("a", sa.Text, unique=True, index=True))(metadata)
    project = new_project(
        tmp_path, empty_database_url, metadata, 'ignore = ["table:legacy.*", "index:*by_hand*", "renames"]\n'
    )
    project.written()
    project.execute(
        "CREATE SCHEMA legacy; CREATE TABLE legacy.t (id serial PRIMARY KEY); CREATE INDEX by_hand ON s.t (a);"
        "ALTER TABLE s.t RENAME CONSTRAINT pk_t TO t_pkey; ALTER INDEX s.ix_s_t_a RENAME TO other"
    )
    assert quiet(project)
