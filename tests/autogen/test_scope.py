"""What takes part in a comparison, and what is left alone."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.autogen.drive import autogenerate, connected
from trueline.autogen.compare import compare_project
from trueline.autogen.comparison import Comparison
from trueline.autogen.project import Project
from trueline.autogen.scope import Scope
from trueline.autogen.summary import differences, undeclared
from trueline.comparing import project_of
from trueline.errors import TruelineError
from trueline.objects import Extension, Grant
from trueline.settings import Settings


@pytest.fixture
def connection(empty_database_url: str) -> Iterator[sa.Connection]:
    with connected(empty_database_url) as connection:
        yield connection


def one_table() -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True))
    return metadata


def compared(connection: sa.Connection, metadata: sa.MetaData, **scope: object) -> Comparison:
    return compare_project(connection, metadata, Project(Settings(), Scope(**scope)))  # type: ignore[arg-type] # fields of Scope


def names(found: Comparison) -> list[str]:
    return [f"{row.sign} {row.kind} {row.name}" for row in differences(found)]


def test_raw_sql_is_reported_and_left_alone(connection: sa.Connection) -> None:
    """What no declaration made is named, and no operation touches it."""
    autogenerate(connection, one_table()).upgrade()
    connection.exec_driver_sql("CREATE VIEW v AS SELECT id FROM t; CREATE FUNCTION f() RETURNS int RETURN 1")
    found = compared(connection, one_table())
    assert [row.name for row in undeclared(found)] == ["public.f()", "public.v"]
    assert found.upgrade == ()


@pytest.mark.parametrize(("word", "left"), [("view", ["public.f()"]), ("all", []), ("function,view", [])])
def test_raw_sql_goes_when_somebody_says_so(connection: sa.Connection, word: str, left: list[str]) -> None:
    """``-x drop-undeclared`` takes kinds, or all."""
    autogenerate(connection, one_table()).upgrade()
    connection.exec_driver_sql("CREATE VIEW v AS SELECT id FROM t; CREATE FUNCTION f() RETURNS int RETURN 1")
    found = compared(connection, one_table(), drop_undeclared=frozenset(word.split(",")))
    assert [row.name for row in undeclared(found)] == left
    assert len(found.upgrade) == 2 - len(left)


def test_row_security_stays_on(connection: sa.Connection) -> None:
    """Nobody's rows are laid open because a model says nothing of them."""
    autogenerate(connection, one_table()).upgrade()
    connection.exec_driver_sql("ALTER TABLE t ENABLE ROW LEVEL SECURITY")
    found = compared(connection, one_table())
    assert [(row.kind, row.name) for row in undeclared(found)] == [("row_security", "public.t")]
    assert found.upgrade == ()
    dropped = compared(connection, one_table(), drop_undeclared=frozenset({"row_security"}))
    assert names(dropped) == ["~ table public.t"]


@pytest.mark.parametrize("pattern", ["table:public.legacy*", "legacy_*", "table:legacy_*", "*:public.legacy_x"])
def test_a_pattern_takes_a_table_out_with_all_that_is_on_it(connection: sa.Connection, pattern: str) -> None:
    """Columns, indexes, sequence and comments go with their table."""
    autogenerate(connection, one_table()).upgrade()
    connection.exec_driver_sql(
        "CREATE TABLE legacy_x (a serial PRIMARY KEY, b text); CREATE INDEX ON legacy_x (b);"
        "COMMENT ON COLUMN legacy_x.b IS 'note'"
    )
    assert names(compared(connection, one_table())) == ["- table public.legacy_x"]
    assert names(compared(connection, one_table(), ignore=(pattern,))) == []


def test_names_can_be_left_out_as_a_whole(connection: sa.Connection) -> None:
    """``ignore = ["renames"]`` keeps the names that the database has."""
    autogenerate(connection, one_table()).upgrade()
    connection.exec_driver_sql("ALTER TABLE t RENAME CONSTRAINT t_pkey TO pk_t; ALTER SEQUENCE t_id_seq RENAME TO s")
    assert names(compared(connection, one_table())) == [
        "~ primary key public.t.t_pkey",
        "~ sequence public.t_id_seq",
    ]
    assert names(compared(connection, one_table(), ignore=("renames",))) == []


def test_a_class_that_is_mapped_on_a_view_makes_no_table(
    connection: sa.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    """The view stays what it is, and the log says how to declare it."""
    connection.exec_driver_sql("CREATE MATERIALIZED VIEW v AS SELECT 1 AS id")
    metadata = sa.MetaData()
    sa.Table("v", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("b", sa.Text, index=True))
    with caplog.at_level(logging.WARNING):
        found = compared(connection, metadata)
    assert found.upgrade == ()
    assert [row.name for row in undeclared(found)] == ["public.v"]
    assert "public.v is a materialized view in the database" in caplog.text


def test_extensions_that_nobody_declares_are_left_alone(connection: sa.Connection) -> None:
    """More than the models need is nobody's business, nor is a version that they do not name."""
    metadata = one_table()
    autogenerate(connection, metadata).upgrade()
    assert names(compared(connection, metadata)) == []
    declared = one_table()
    Extension("plpgsql", metadata=declared)
    assert names(compared(connection, declared)) == []


def test_only_declared_privileges_are_compared(connection: sa.Connection) -> None:
    """A declared privilege is seen when it is taken away; others are given elsewhere."""
    metadata = one_table()
    Grant("SELECT", metadata.tables["t"], to="public")
    autogenerate(connection, metadata).upgrade()
    connection.exec_driver_sql("CREATE SEQUENCE s; GRANT USAGE ON SEQUENCE s TO PUBLIC")
    assert names(compared(connection, metadata)) == []
    connection.exec_driver_sql("REVOKE SELECT ON t FROM PUBLIC")
    assert names(compared(connection, metadata)) == ["+ privileges on table public.t"]


def test_an_enum_type_that_no_column_has_is_somebodys(connection: sa.Connection) -> None:
    """Made by raw SQL it is left alone; with the column that has it it goes."""
    autogenerate(connection, one_table()).upgrade()
    connection.exec_driver_sql("CREATE TYPE orphan AS ENUM ('x'); CREATE TYPE used AS ENUM ('y')")
    connection.exec_driver_sql("ALTER TABLE t ADD c used")
    found = compared(connection, one_table())
    assert [row.name for row in undeclared(found)] == ["public.orphan"]
    assert names(found) == ["- column public.t.c", "- enum public.used"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"drop-undeclared": "views"}, "view"),
        ({"allow-destructive": "tabel"}, "table"),
        ({"prove": "of"}, "off"),
        ({"drop-undeclared": "view,tigger:public.t.*"}, "trigger:public.t.*"),
        ({"drop-undeclared": "view:"}, "view:*"),
    ],
)
def test_a_word_that_nobody_knows_is_refused(arguments: dict[str, str], word: str) -> None:
    """A misspelt option must not pass for one that says nothing; the error suggests the word that was meant."""
    with pytest.raises(TruelineError) as caught:
        project_of(Settings(), arguments, {}, None, None)
    assert f"alembic -x {next(iter(arguments))}={word}" in str(caught.value)


@pytest.mark.parametrize("name", ["drop-undeclared", "allow-destructive", "prove"])
@pytest.mark.parametrize("word", ["nonsense", "nonsense:x", "", " ,", "table:t"])
def test_what_may_be_typed_is_listed(name: str, word: str) -> None:
    """A word without a neighbour, a kind that nobody declares, and none at all."""
    with pytest.raises(TruelineError, match="known: ") as caught:
        project_of(Settings(), {name: word}, {}, None, None)
    assert f"-x {name}={word}" in str(caught.value)


def test_other_names_are_the_projects_own() -> None:
    """Revisions and env.py may take what they like after ``-x``."""
    arguments = {"tenant": "", "drop_undeclared": "x:y", "dry-run": "maybe", "schema": "", "prove": "off"}
    arguments |= {"drop-undeclared": "view, trigger:public.t.*,row_security:t"}
    project = project_of(Settings(ignore=("renames", "tab*:x", "*:y", "z")), arguments, {}, None, None)
    assert project.scope.drop_undeclared == {"view", "trigger:public.t.*", "row_security:t"}


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("tabel:x", 'ignore = ["table:x"]'),
        ("table:", 'ignore = ["table:*"]'),
        ("table: ", 'ignore = ["table:*"]'),
        (":x", "known: access_method"),
        ("nothing*:x", "known: access_method"),
        ("", "a pattern names nothing"),
    ],
)
def test_a_pattern_that_says_nothing_is_refused(pattern: str, said: str) -> None:
    """Of ``ignore`` the same holds."""
    with pytest.raises(TruelineError) as caught:
        project_of(Settings(ignore=(pattern,)), {}, {}, None, None)
    assert said in str(caught.value)


def test_a_view_that_goes_for_a_while_keeps_its_readers(connection: sa.Connection) -> None:
    """The type of a column under it changes; who may read the view, and hand that on, stays as it was."""

    def models(kind: type[sa.Integer]) -> sa.MetaData:
        metadata = sa.MetaData()
        sa.Table("t", metadata, sa.Column("a", kind))
        return metadata

    role = f"reader_{secrets.token_hex(4)}"
    autogenerate(connection, models(sa.Integer)).upgrade()
    for statement in (
        f"CREATE ROLE {role}",
        "CREATE VIEW v AS SELECT a FROM t",
        "GRANT SELECT ON v TO PUBLIC",
        f"GRANT SELECT, UPDATE ON v TO {role} WITH GRANT OPTION",
    ):
        connection.exec_driver_sql(statement)
    query = sa.text("SELECT relacl::text FROM pg_class WHERE relname = 'v'")
    before = connection.scalar(query)
    autogenerate(connection, models(sa.BigInteger)).upgrade()
    assert connection.scalar(query) == before
    connection.rollback()


def test_a_schema_that_nobody_has_is_refused(connection: sa.Connection) -> None:
    """Nothing would differ there; the error lists the schemas that there are. One of either side is known."""
    metadata = one_table()
    sa.Table("u", metadata, sa.Column("id", sa.Integer), schema="shop")
    connection.execute(sa.schema.CreateSchema("sales"))
    for schema in ("public", "shop", "sales"):
        compared(connection, metadata, schemas=frozenset({schema}))
    with pytest.raises(TruelineError, match="there is no schema shopp; known: public, sales, shop"):
        compared(connection, metadata, schemas=frozenset({"shopp", "public"}))
