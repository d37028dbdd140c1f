"""What `trueline declare` writes, against the database that it was written from."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

import trueline
import trueline.declared.metadata
from tests.catalog.names import quoted
from tests.catalog.test_copies import ZOO, run
from tests.objects.drive import create, read
from tests.objects.test_create import everything
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import diff
from trueline.catalog.objects import DEFINED, CatalogObject, Table
from trueline.objects.write import module_text
from trueline.objects.write.python import Sql, source
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

Declare = Callable[[str], sa.MetaData]

#: What is written for `SHOP`.
MODULE = Path(__file__).with_name("undeclared.py.txt")

#: What the autogenerate of a project leaves alone where nobody declares it.
UNDECLARED = frozenset(
    {
        "view",
        "materialized_view",
        "function",
        "procedure",
        "aggregate",
        "trigger",
        "rule",
        "policy",
        "sequence",
        "domain",
        "composite",
        "range",
        "statistics",
        *(cls.kind for cls in DEFINED),
    }
)


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Declare:
    """A function from a module's text to the metadata that it declares its objects on."""

    def execute(text: str) -> sa.MetaData:
        metadata = sa.MetaData()
        monkeypatch.setattr(trueline, "metadata", metadata, raising=False)
        monkeypatch.setattr(trueline.declared.metadata, "metadata", metadata)
        exec(compile(text, "undeclared.py", "exec"), {"__name__": "app.undeclared"})  # noqa: S102 - it is what is tested
        return metadata

    return execute


def mine(catalog: Catalog) -> Catalog:
    """Names of what a partition gets from its parent are PostgreSQL's choice."""
    return catalog.only(thing for thing in catalog if thing.origin is None or thing.origin.kind != "partition")


def written_again(
    any_server: Server, make_database: MakeDatabase, declare: Declare, sql: str, watch: frozenset[str] = frozenset()
) -> str:
    """The declarations of what the statements make, once they have been shown to make the same."""
    original, copy = make_database(any_server), make_database(any_server)
    run(original, sql)
    catalog = mine(read(original, watch))
    text = module_text(catalog.objects, catalog)
    create(declare(text), copy)
    assert list(diff(catalog, mine(read(copy, watch)))) == []
    return text


def test_every_kind_comes_back(any_server: Server, make_database: MakeDatabase, declare: Declare) -> None:
    """A database of every kind of object, written as declarations and created from them, has an equal catalog."""
    written_again(any_server, make_database, declare, ZOO, frozenset({"database"}))


def test_declarations_come_back(any_server: Server, make_database: MakeDatabase, declare: Declare) -> None:
    """What was declared and created is declared again in the same way."""
    metadata = sa.MetaData()
    everything(metadata)
    original, copy = make_database(any_server), make_database(any_server)
    create(metadata, original)
    catalog = read(original)
    create(declare(module_text(catalog.objects, catalog)), copy)
    assert read(copy) == catalog


BODIES = [
    "SELECT 'it''s'",
    'SELECT """ " \'\'\' %s %% :x \\ \\n',
    'SELECT """',
    "SELECT '''''' \\",
    "\t SELECT 1  \n\n  -- ünï 😀\n",
    "SELECT '\u00a0\u200b\u2028\u0001\r\n'",
    "$$ $function$ $body$ '",
    'ends with "',
]


@pytest.mark.parametrize("body", BODIES)
def test_hostile_bodies(any_server: Server, make_database: MakeDatabase, declare: Declare, body: str) -> None:
    """Whatever characters a body and a comment are made of, they come back as they were."""
    tag = "$trueline$"
    sql = quoted("CREATE SCHEMA @s; SET check_function_bodies = off;")
    sql += quoted(f"CREATE FUNCTION @s.@f(@a text DEFAULT 'x,)') RETURNS text LANGUAGE sql AS {tag}{body}{tag};")
    sql += quoted(f"CREATE PROCEDURE @s.@t() LANGUAGE plpgsql AS {tag}{body}{tag};")
    sql += quoted(f"CREATE VIEW @s.@v AS SELECT {tag}{body}{tag} AS @c;")
    sql += quoted(f"CREATE DOMAIN @s.@d AS text DEFAULT {tag}{body}{tag} CHECK (VALUE <> {tag}{body}{tag});")
    comment = body.replace("'", "''")
    sql += quoted(f"COMMENT ON VIEW @s.@v IS '{comment}'; COMMENT ON SCHEMA @s IS '{comment}';")
    written_again(any_server, make_database, declare, sql)


ACCESS = """
CREATE SCHEMA @s;
CREATE TABLE @s.@t (@a integer, @b text);
CREATE VIEW @s.@v AS SELECT 1 AS @c;
CREATE FUNCTION @s.@f(integer) RETURNS integer LANGUAGE sql RETURN $1;
CREATE PROCEDURE @s.@p() LANGUAGE plpgsql AS 'BEGIN END';
CREATE AGGREGATE @s.@x(bigint) (SFUNC = int8pl, STYPE = bigint);
CREATE DOMAIN @s.@d AS text;
CREATE TYPE @s.@k AS ENUM ('a');
CREATE TYPE @s.@m AS (@a integer);
CREATE SEQUENCE @s.@n;
GRANT SELECT, UPDATE ON @s.@t TO pg_monitor;
GRANT SELECT ON @s.@t TO pg_read_all_data WITH GRANT OPTION;
GRANT INSERT ON @s.@t TO pg_read_all_data;
GRANT UPDATE (@b) ON @s.@t TO PUBLIC;
GRANT SELECT (@c) ON @s.@v TO pg_monitor;
REVOKE ALL ON FUNCTION @s.@f(integer) FROM PUBLIC;
REVOKE ALL ON PROCEDURE @s.@p() FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE @s.@p() TO pg_monitor;
REVOKE ALL ON FUNCTION @s.@x(bigint) FROM PUBLIC;
REVOKE ALL ON DOMAIN @s.@d FROM PUBLIC;
GRANT USAGE ON TYPE @s.@k TO pg_monitor WITH GRANT OPTION;
REVOKE USAGE ON TYPE @s.@m FROM PUBLIC;
GRANT ALL ON SEQUENCE @s.@n TO pg_monitor;
GRANT USAGE ON SCHEMA @s TO PUBLIC;
REVOKE DELETE ON @s.@t FROM CURRENT_USER;
ALTER VIEW @s.@v OWNER TO pg_monitor;
ALTER DEFAULT PRIVILEGES IN SCHEMA @s GRANT SELECT ON TABLES TO pg_monitor WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES IN SCHEMA @s GRANT EXECUTE ON FUNCTIONS TO pg_monitor;
"""


@pytest.mark.parametrize(
    "watch", [{"grant"}, {"owner"}, {"default_privileges"}, {"grant", "owner", "default_privileges"}], ids=sorted
)
def test_privileges_come_back(
    any_server: Server, make_database: MakeDatabase, declare: Declare, watch: set[str]
) -> None:
    """Where they are watched, owners, privileges and default privileges are declared as well."""
    written_again(any_server, make_database, declare, quoted(ACCESS), frozenset(watch))


def chosen(catalog: Catalog) -> Iterator[CatalogObject]:
    """What a project is told that nobody declares."""
    for thing in catalog:
        if thing.kind in UNDECLARED or (isinstance(thing, Table) and thing.row_security):
            yield thing


SHOP = r"""
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id int PRIMARY KEY, total numeric NOT NULL, tenant int, note text);
CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $x$
BEGIN
    NEW.note := 'a''%s \d ' || coalesce(NEW.note, '');
    RETURN NEW;
END
$x$;
CREATE TRIGGER touch BEFORE UPDATE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.touch();
ALTER TABLE shop.orders DISABLE TRIGGER touch;
CREATE VIEW shop.big WITH (security_barrier = on) AS SELECT id FROM shop.orders WHERE total > 100;
COMMENT ON VIEW shop.big IS 'it''s "big"';
CREATE MATERIALIZED VIEW shop.sums AS SELECT tenant FROM shop.orders GROUP BY tenant;
CREATE UNIQUE INDEX uq_sums ON shop.sums (tenant);
COMMENT ON INDEX shop.uq_sums IS 'for refresh';
COMMENT ON COLUMN shop.sums.tenant IS 'who';
CREATE POLICY own ON shop.orders FOR SELECT USING (tenant = 1);
ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
CREATE DOMAIN shop.email AS text DEFAULT 'x@y' CHECK (VALUE LIKE '%@%');
CREATE SEQUENCE shop.numbers AS smallint START 100 MINVALUE 0 CYCLE;
CREATE TYPE shop.pair AS (a numeric, b text);
"""


def test_what_it_looks_like(empty_database_url: str, trueline_server: Server, tmp_path: Path) -> None:
    """The best class for each kind, written as ruff would format it."""
    run(empty_database_url, SHOP)
    catalog = read(empty_database_url)
    text = module_text(list(chosen(catalog)), catalog)
    assert trueline_server.version < 18 or text == MODULE.read_text(encoding="utf-8")
    file = tmp_path / "undeclared.py"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--diff", "--isolated", "--line-length=120", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""


@pytest.mark.parametrize(
    "options",
    [
        "AS smallint",
        "AS integer START 5 MINVALUE 5 CACHE 7",
        "INCREMENT -1",
        "AS smallint INCREMENT -2 MINVALUE -10 MAXVALUE 0 START 0",
        "MINVALUE 0 START 0 MAXVALUE 9 CYCLE",
        "INCREMENT 5 START 9223372036854775807",
    ],
)
def test_sequences(any_server: Server, make_database: MakeDatabase, declare: Declare, options: str) -> None:
    """A sequence is SQLAlchemy's own, with what differs from the usual."""
    text = written_again(any_server, make_database, declare, f'CREATE SEQUENCE "S %s" {options}')
    assert "Sequence(" in text
    assert '"S %s",' in text


@given(st.text(max_size=60))
def test_any_text_is_written(text: str) -> None:
    """A string in Python has the characters that it had, and SQL the same but for the space around it."""
    assert eval(source(text)) == text  # noqa: S307 - it is what is tested
    assert eval(source(Sql(text))).strip() == text.strip()  # noqa: S307 - it is what is tested
