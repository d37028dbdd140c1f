"""Stories of data that has to last: under another name, or gone only when somebody said so."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.acceptance.drift.stories import Declare, Tell, number, quiet, table
from trueline.objects import Function, Policy, RowSecurity, Trigger


def test_what_destroys_data_says_so_and_fails_without_leave(told: Tell) -> None:
    """The revision is marked; the command fails unless ``-x allow-destructive`` was given."""
    told(table(number(), sa.Column("a", sa.Text))).written()
    project = told(table(number()))
    done = project.revision()
    assert done.failed
    assert "destroys data" in done.text
    assert "allow-destructive" in done.text
    assert "# destructive: " in project.revisions[-1].read_text()


def test_leave_to_destroy_is_taken(told: Tell) -> None:
    """With it the same revision is written, applied and quiet."""
    told(table(number(), sa.Column("a", sa.Text))).written()
    project = told(table(number()))
    assert "destructive" in project.written("allow-destructive=all")
    assert quiet(project)


def test_a_type_that_loses_a_part_of_its_values_is_a_warning(told: Tell, caplog: pytest.LogCaptureFixture) -> None:
    """The model asks for the other type, so the command does not fail; the revision and the log say what is lost."""
    told(table(number(), sa.Column("a", sa.Numeric(12, 4)))).written()
    project = told(table(number(), sa.Column("a", sa.Numeric(12, 2))))
    assert "# destructive: changes column s.t.a" in project.written()
    assert "changes column s.t.a from numeric(12,4) to numeric(12,2), which rounds values" in caplog.text
    assert quiet(project)


def test_a_renamed_column_keeps_its_data(told: Tell) -> None:
    """``renamed_from`` in the column's info is a rename of the column and of what is named after it."""
    told(table(number(), sa.Column("old", sa.Text, index=True, unique=True))).written()
    new: sa.Column[str] = sa.Column("new", sa.Text, index=True, unique=True, info={"renamed_from": "old"})
    project = told(table(number(), new))
    project.execute("INSERT INTO s.t VALUES (1, 'kept')")
    text = project.written()
    assert "drop_column" not in text
    assert project.rows("SELECT new FROM s.t") == [("kept",)]
    assert quiet(project)
    assert not project.downgrade().failed
    assert project.rows("SELECT old FROM s.t") == [("kept",)]


def test_a_renamed_and_moved_table_keeps_its_rows(told: Tell) -> None:
    """``renamed_from`` with a schema moves the table with its constraints, indexes and sequences."""

    def declare(name: str, schema: str | None, **info: str) -> Declare:
        def run(metadata: sa.MetaData) -> None:
            key = sa.Column("id", sa.Integer, primary_key=True)
            unique = sa.Column("email", sa.Text, unique=True)
            sa.Table(name, metadata, key, unique, sa.Column("a", sa.Text, index=True), schema=schema, info=info)
            place = f"{schema}.{name}" if schema else name
            sa.Table("b", metadata, number(), sa.Column("a_id", sa.ForeignKey(f"{place}.id")))

        return run

    told(declare("bookings", None)).written()
    project = told(declare("booking", "core", renamed_from="public.bookings"))
    project.execute(
        "INSERT INTO bookings (email) SELECT n::text FROM generate_series(1, 600) n; INSERT INTO b VALUES (1, 600)"
    )
    file = project.rows("SELECT pg_relation_filenode('bookings')")
    text = project.written()
    assert "drop_table" not in text
    assert project.rows("SELECT count(*) FROM core.booking") == [(600,)]
    assert project.rows("SELECT pg_relation_filenode('core.booking')") == file
    project.execute("INSERT INTO core.booking (email) VALUES ('more')")
    assert quiet(project)


@pytest.mark.parametrize("force", [True, False])
def test_row_security_goes_with_its_declaration(told: Tell, force: bool) -> None:
    """What a declaration turned on is turned off when it is gone, and back on by the downgrade."""

    def declare(on: bool) -> Declare:
        def both(metadata: sa.MetaData) -> None:
            made = sa.Table("t", metadata, number())
            if on:
                RowSecurity(made, force=force, metadata=metadata)

        return both

    told(declare(on=True)).written()
    project = told(declare(on=False))
    assert "DISABLE ROW LEVEL SECURITY" in project.written()
    assert quiet(project)
    assert not project.downgrade().failed
    assert project.rows("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 't'") == [
        (True, force)
    ]


def test_what_hangs_on_a_renamed_table_goes_with_its_declaration(told: Tell) -> None:
    """A table that is renamed may lose its trigger, its policy and its row security in the same revision."""

    def declare(name: str, *, guarded: bool, **info: str) -> Declare:
        def run(metadata: sa.MetaData) -> None:
            each = sa.Table(name, metadata, number(), schema="s", info=info)
            if guarded:
                body = "BEGIN RETURN NULL; END"
                noted = Function("noted", returns="trigger", language="plpgsql", body=body, metadata=metadata)
                Trigger("notes", on=each, function=noted, timing="after", events=("insert",))
                RowSecurity(each)
                Policy("own", on=each, using="true")

        return run

    told(declare("old", guarded=True)).written()
    project = told(declare("new", guarded=False, renamed_from="old"))
    text = project.written()
    assert "drop_table" not in text.partition("def downgrade")[0]
    assert quiet(project)
    assert not project.downgrade().failed
    assert project.rows("SELECT relname, relrowsecurity FROM pg_class WHERE relname IN ('old', 'new')") == [
        ("old", True)
    ]
