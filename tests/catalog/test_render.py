"""A catalog as SQL: readable, complete, and true."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from tests.catalog.test_copies import ZOO, catalog, run
from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import from_json
from trueline.catalog.diff import diff
from trueline.catalog.render import render
from trueline.cli import main
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

SMALL = """
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('open', 'done');
CREATE TABLE shop."order" (id integer PRIMARY KEY, state shop.state NOT NULL DEFAULT 'open', note varchar(20));
CREATE INDEX ON shop."order" (state) WHERE note IS NOT NULL;
CREATE VIEW shop.done AS SELECT id FROM shop."order" WHERE state = 'done';
COMMENT ON TABLE shop."order" IS 'what was ordered';
"""

RENDERED = """SET check_function_bodies = off;

-- schemas and extensions

CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog VERSION '1.0';

CREATE SCHEMA IF NOT EXISTS public;

CREATE SCHEMA IF NOT EXISTS shop;

-- types of shop

CREATE TYPE shop.state AS ENUM (
    'open',
    'done'
);

-- tables of shop

CREATE TABLE shop."order"
(
    id integer NOT NULL,
    state shop.state DEFAULT 'open'::shop.state NOT NULL,
    note character varying(20),
    CONSTRAINT order_pkey PRIMARY KEY (id)
);

-- indexes of shop

CREATE INDEX order_state_idx ON shop."order" USING btree (state) WHERE (note IS NOT NULL);

-- views of shop

CREATE VIEW shop.done AS
 SELECT id
   FROM shop."order"
  WHERE (state = 'done'::shop.state);

-- comments

COMMENT ON SCHEMA public IS 'standard public schema';

-- comments of shop

COMMENT ON TABLE shop."order" IS 'what was ordered';
"""


def without_derived(catalog: Catalog) -> Catalog:
    """Names of what a partition gets from its parent are PostgreSQL's choice."""
    own = catalog.own()
    return own.only(thing for thing in own if thing.origin is None or thing.origin.kind != "partition")


def run_rendered(given: Catalog, copy: str) -> None:
    engine = sa.create_engine(copy, poolclass=NullPool)
    with engine.begin() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute(render(given).encode())


def test_rendering_can_be_run(any_server: Server, make_database: MakeDatabase) -> None:
    """The SQL, run on an empty database, makes a database with an equal catalog."""
    original, copy = make_database(any_server), make_database(any_server)
    run(original, ZOO)
    one = without_derived(catalog(original))
    run_rendered(one, copy)
    two = without_derived(catalog(copy))
    assert list(diff(one, two)) == []


TREE = """
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE kind (id integer PRIMARY KEY);
CREATE TABLE tree (id integer REFERENCES kind) PARTITION BY RANGE (id);
CREATE TABLE leaf PARTITION OF tree DEFAULT;
CREATE TRIGGER t BEFORE INSERT ON tree FOR EACH ROW EXECUTE FUNCTION f();
COMMENT ON TRIGGER t ON leaf IS 'off';
ALTER TABLE leaf DISABLE TRIGGER ALL;
"""


def test_what_is_said_of_a_partition_alone(any_server: Server, make_database: MakeDatabase) -> None:
    """A trigger or key that is switched off in one partition, and a comment on what its parent gave it, are there."""
    original, copy = make_database(any_server), make_database(any_server)
    run(original, TREE)
    run_rendered(catalog(original), copy)
    assert list(diff(catalog(original), catalog(copy))) == []


def test_what_it_looks_like(empty_database_url: str, trueline_server: Server) -> None:
    """Statements as a developer would write them, grouped by what they make and by schema."""
    run(empty_database_url, SMALL)
    text = render(catalog(empty_database_url, frozenset()))
    if trueline_server.version >= 18:
        text = text.replace(" CONSTRAINT order_id_not_null", "").replace(" CONSTRAINT order_state_not_null", "")
    assert text == RENDERED


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        main(["schema", *arguments])
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_command_writes_sql(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``trueline schema`` prints the SQL of the configured database."""
    run(empty_database_url, SMALL)
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    code, out, _ = command(capsys)
    assert code == 0
    assert out == render(catalog(empty_database_url, frozenset()))


def test_command_writes_json(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``trueline schema --format json`` prints the catalog for programs, with what is watched."""
    run(empty_database_url, SMALL)
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    code, out, _ = command(capsys, "--format", "json", "--watch", "owner, grant")
    assert code == 0
    assert json.loads(out)["watched"] == ["grant", "owner"]
    assert from_json(out) == catalog(empty_database_url, frozenset({"owner", "grant"}))


def test_command_refuses_an_unknown_watch(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A word that cannot be watched ends with exit code 2 and the words that can."""
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    code, _, err = command(capsys, "--watch", "colour")
    assert code == 2
    assert "choose from: column_order" in err
