"""What somebody made by hand and stands on what the models let go of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.autogen.drive import autogenerate, connected
from trueline.autogen.compare import compare_project
from trueline.autogen.project import Project
from trueline.autogen.scope import Scope
from trueline.settings import Settings


@pytest.fixture
def connection(empty_database_url: str) -> Iterator[sa.Connection]:
    with connected(empty_database_url) as connection:
        yield connection


def table(*columns: str, other: bool = False) -> sa.MetaData:
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True), *(sa.Column(c, sa.Text) for c in columns))
    if other:
        sa.Table("Käse %s", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("a b", sa.Text))
    return metadata


def refusal(connection: sa.Connection, metadata: sa.MetaData, *drops: str) -> str:
    found = compare_project(connection, metadata, Project(Settings(), Scope(drop_undeclared=frozenset(drops))))
    return str(found.error or "")


def test_everything_that_needs_a_column_that_goes_is_named(connection: sa.Connection) -> None:
    """No revision is written, and the error has views, what stands on them, and every other kind."""
    autogenerate(connection, table("x", "y")).upgrade()
    connection.exec_driver_sql(
        "CREATE VIEW v AS SELECT id, x FROM t; CREATE MATERIALIZED VIEW mv AS SELECT * FROM v;"
        "CREATE VIEW w AS SELECT y FROM t; CREATE STATISTICS ext_x ON id, y FROM t;"
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';"
        "CREATE TRIGGER tg BEFORE UPDATE OF x ON t FOR EACH ROW EXECUTE FUNCTION touch();"
        "CREATE POLICY own ON t USING (x = current_user); CREATE STATISTICS st ON x, y FROM t;"
        "CREATE FUNCTION first() RETURNS text LANGUAGE sql RETURN (SELECT x FROM t LIMIT 1)"
    )
    assert refusal(connection, table("y")) == (
        "what is to be dropped is needed by what no model declares\n"
        "  at column public.t.x: needed by function public.first(), materialized view public.mv, policy public.t.own, "
        "statistics public.st, trigger public.t.tg, view public.v\n"
        "  fix:\n"
        "    declare it, and let the declaration do without: trueline declare\n"
        "    or drop it: alembic -x 'drop-undeclared=function:public.first(),materialized_view:public.mv,"
        "policy:public.t.own,statistics:public.st,trigger:public.t.tg,view:public.v' revision --autogenerate"
    )


def test_a_table_that_goes_is_named_once(connection: sa.Connection) -> None:
    """Its columns are not listed beside it, and names are written as they have to be."""
    autogenerate(connection, table(other=True)).upgrade()
    connection.exec_driver_sql('CREATE VIEW "V:1" AS SELECT id, "a b" FROM "Käse %%s"')
    assert 'at table public."Käse %s": needed by view public."V:1"\n' in refusal(connection, table())


@pytest.mark.parametrize("word", ["view", "all", "view:public.v"])
def test_the_way_out_that_is_named_leads_out(connection: sa.Connection, word: str) -> None:
    """With leave to drop the view the column goes, and the downgrade brings back both."""
    autogenerate(connection, table("x")).upgrade()
    connection.exec_driver_sql("CREATE VIEW v AS SELECT id, x FROM t")
    assert "drop-undeclared=view:public.v " in refusal(connection, table())
    assert refusal(connection, table(), word) == ""


def test_what_stands_on_a_column_that_stays_is_put_back(connection: sa.Connection) -> None:
    """A column's type changes beneath a view of somebody's, while another column goes."""
    autogenerate(connection, table("x", "y")).upgrade()
    connection.exec_driver_sql("CREATE VIEW w AS SELECT y FROM t")
    metadata = sa.MetaData()
    columns = (sa.Column("id", sa.Integer, primary_key=True), sa.Column("y", sa.String(7)))
    sa.Table("t", metadata, *columns)
    revision = autogenerate(connection, metadata)
    revision.upgrade()
    assert [row.name for row in autogenerate(connection, metadata).diffs] == []
    revision.downgrade()
    assert connection.exec_driver_sql("SELECT y FROM w").all() == []
