"""What takes part, told by a whole project: patterns, watched owners, drops one by one, and the drift report."""

from __future__ import annotations

import secrets
import shlex
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.acceptance.drift.models import NAMING
from tests.acceptance.drift.stories import Declare, Tell, number, quiet
from tests.acceptance.project import Project, new_project


def project_with(root: Path, url: str, settings: str, declare: Declare) -> Project:
    metadata = sa.MetaData(naming_convention=NAMING)
    declare(metadata)
    return new_project(root, url, metadata, settings)


def noted(*more: sa.schema.SchemaItem) -> Declare:
    """A table with a text that is indexed, and unique."""
    note = sa.Column("note", sa.Text, index=True, unique=True)
    return lambda metadata: sa.Table("t", metadata, number(), note, *more)


@pytest.mark.parametrize("pattern", ["view:*", "materialized_view:*", "*view:public.t"])
def test_a_pattern_of_views_takes_no_table_out(tmp_path: Path, empty_database_url: str, pattern: str) -> None:
    """What hangs on a table is not on a view of any name."""
    project = project_with(tmp_path, empty_database_url, f'ignore = ["{pattern}"]\n', noted())
    project.written()
    project.execute("ALTER TABLE t ADD hidden text; CREATE INDEX hidden ON t (note)")
    said = project.check()
    assert said.line("- column", "public.t.hidden"), said.text
    assert said.line("- index", "public.hidden"), said.text


def test_a_pattern_of_functions_names_them_as_people_do(tmp_path: Path, empty_database_url: str) -> None:
    """With their types or without, with their schema or without."""
    patterns = '"function:one", "function:public.two", "function:three(integer, text)", "function:public.four()"'
    project = project_with(tmp_path, empty_database_url, f"ignore = [{patterns}]\n", noted())
    project.written()
    project.execute(
        "".join(
            f"CREATE FUNCTION {each} RETURNS int LANGUAGE sql AS 'SELECT 1';"
            for each in ("one(int)", "two(text)", "three(int, text)", "four()")
        )
    )
    assert quiet(project)


def test_what_follows_its_table_has_its_owner(tmp_path: Path, empty_database_url: str) -> None:
    """Indexes, keys and the sequences of columns go with the table; partitions of a job's are nobody's business."""

    def declare(metadata: sa.MetaData) -> None:
        counted = sa.Column("n", sa.Integer, sa.Identity(), unique=True)
        sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True), counted)
        text = sa.Column("text", sa.Text, index=True)
        sa.Table("log", metadata, number(), text, postgresql_partition_by="HASH (id)")

    project = project_with(tmp_path, empty_database_url, 'watch = ["owner"]\n', declare)
    project.written()
    role = f"owner_{secrets.token_hex(4)}"
    project.execute(f"CREATE ROLE {role}")
    try:
        project.execute(
            "CREATE TABLE log_0 PARTITION OF log FOR VALUES WITH (MODULUS 1, REMAINDER 0);"
            "COMMENT ON TABLE log_0 IS 'by a job'; COMMENT ON COLUMN log_0.id IS 'by a job';"
            f"ALTER TABLE log_0 OWNER TO {role}"
        )
        assert quiet(project)
        project.execute(f"ALTER TABLE t OWNER TO {role}; ALTER TABLE log OWNER TO {role}")
        said = project.check()
        assert [line.split()[:5] for line in said.text.splitlines() if line.startswith("  ")] == [
            ["~", "owner", "of", "table", "public.log"],
            ["~", "owner", "of", "table", "public.t"],
        ]
        assert project.written("prove=off").count("set_owner") == 4
        assert quiet(project)
        assert not project.downgrade().failed
    finally:
        project.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


STANDING = """
    CREATE VIEW "V, 1" AS SELECT y FROM t;
    CREATE VIEW above AS SELECT * FROM "V, 1";
    CREATE POLICY "p*" ON t USING (y > 0);
    CREATE TRIGGER "tr[1]" BEFORE UPDATE OF y ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
    CREATE TRIGGER stays BEFORE UPDATE OF z ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
    CREATE FUNCTION f(a "V, 1", b int) RETURNS int LANGUAGE sql AS 'SELECT 1'
"""


def numbers(*names: str) -> Declare:
    return lambda metadata: sa.Table("t", metadata, number(), *(sa.Column(each, sa.Integer) for each in names))


def test_all_that_bars_a_drop_is_named_at_once(told: Tell) -> None:
    """With what stands on it, and the option that drops exactly these."""
    told(numbers("y", "z")).written()
    project = told(numbers("z"))
    project.execute(STANDING)
    said = project.revision("allow-destructive=yes")
    assert said.failed
    for each in ('view public."V, 1"', 'policy public.t."p*"', 'trigger public.t."tr[1]"', "view public.above"):
        assert said.line("column public.t.y: needed by", each) is not None, said.text
    (command,) = (line for line in said.text.splitlines() if "-x" in line)
    options = shlex.split(command[command.index("alembic") :])
    assert options[3:] == ["revision", "--autogenerate"]
    dropped = project.revision("allow-destructive=yes", "prove=off", options[2])
    assert not dropped.failed, dropped.text
    applied = project.upgrade()
    assert not applied.failed, applied.text
    left = project.check()
    assert [line.split()[:2] for line in left.text.splitlines() if line.startswith("  ")] == [["?", "trigger"]]


def test_what_is_on_a_view_goes_with_it(told: Tell) -> None:
    """A rule or trigger that no declaration made does not outlive the view that it is on."""
    project = told(numbers("y"))
    project.written()
    project.execute(
        "CREATE VIEW v AS SELECT y FROM t; CREATE RULE r AS ON DELETE TO v DO INSTEAD NOTHING;"
        "COMMENT ON VIEW v IS 'x';"
        "CREATE MATERIALIZED VIEW m AS SELECT y FROM t; CREATE INDEX ON m (y); CREATE VIEW stays AS SELECT 1 AS one;"
        "CREATE RULE stays AS ON DELETE TO stays DO INSTEAD NOTHING"
    )
    project.written("drop-undeclared=view:v,materialized_view:public.m", "prove=off")
    said = project.check()
    assert [line.split()[:3] for line in said.text.splitlines() if line.startswith("  ")] == [
        ["?", "rule", "public.stays.stays"],
        ["?", "view", "public.stays"],
    ]
    assert not project.withdraw().failed


def test_what_something_undeclared_needs_is_not_dropped(told: Tell) -> None:
    """It is named with the rest of what is left alone."""
    project = told(numbers("y"))
    project.written()
    project.execute("CREATE VIEW below AS SELECT y FROM t; CREATE VIEW above AS SELECT * FROM below")
    said = project.check("drop-undeclared=view:below")
    assert said.line("? view", "public.below"), said.text
    assert said.line("? view", "public.above"), said.text


def test_row_security_is_dropped_table_by_table(told: Tell) -> None:
    """The flags have a word of their own, which takes a name."""

    def declare(metadata: sa.MetaData) -> None:
        for each in ("one", "two"):
            sa.Table(each, metadata, number())

    project = told(declare)
    project.written()
    project.execute("ALTER TABLE one ENABLE ROW LEVEL SECURITY; ALTER TABLE two ENABLE ROW LEVEL SECURITY")
    said = project.check("drop-undeclared=row_security:public.one")
    assert said.line("~ table", "public.one"), said.text
    assert said.line("? row_security", "public.two"), said.text


def test_the_drift_report_leaves_out_what_nobody_looks_at(tmp_path: Path, empty_database_url: str) -> None:
    """Of what was changed by hand, a failed proof names what the project compares."""
    settings = 'ignore = ["renames", "table:legacy", "index:*_tmp", "function:*"]\n'
    project = project_with(tmp_path, empty_database_url, settings, noted())
    project.written()
    project.execute(
        "CREATE TABLE legacy (id serial PRIMARY KEY); COMMENT ON TABLE legacy IS 'x'; CREATE INDEX on_tmp ON t (note);"
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER TABLE t RENAME CONSTRAINT pk_t TO other;"
        "ALTER INDEX ix_t_note RENAME TO another; GRANT SELECT ON t TO PUBLIC; ALTER TABLE t ADD x integer"
    )
    said = project.revision("allow-destructive=yes")
    assert said.failed
    report = said.text.partition("changed by hand:\n")[2].partition("FAILED")[0]
    assert [line.split()[:3] for line in report.splitlines()] == [["+", "column", "public.t.x"]], said.text


def test_a_schema_that_nobody_has_is_refused(told: Tell) -> None:
    """A misspelt ``-x schema`` would find nothing to say, and pass for a quiet check."""
    project = told(numbers("y"))
    project.written()
    assert quiet(project)
    said = project.check("schema=publik")
    assert said.failed
    assert "publik" in said.text
    assert "known: public" in said.text
