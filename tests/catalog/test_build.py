"""A catalog as statements: the database that they make has the same catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.catalog.cases import HAS_ICU, Case, kinds, read_cases
from tests.catalog.conftest import Database
from tests.catalog.names import quoted
from trueline.catalog.build import build_statements
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import diff
from trueline.catalog.snapshot import WATCHABLE, read_catalog
from trueline.testing.databases import connect, new_database
from trueline.testing.servers import Server

ZOO = (Path(__file__).parent / "zoo.sql").read_text(encoding="utf-8")

ALL = [case for kind in [*kinds(), "nothing"] for case in read_cases(kind)]

#: What has no kind of its own, and so must be there before.
GIVEN = re.compile(r"^\s*CREATE ROLE [^;]*;", re.MULTILINE)

#: What only writing into pg_catalog makes.
FORBIDDEN = re.compile(r"\bUPDATE pg_")

CASES = [case for case in ALL if not FORBIDDEN.search(case.change)]
SETUPS = {case.setup: case for case in ALL}

#: What is hard, by what is hard about it.
HARD = {
    text.partition("\n")[0]: text.partition("\n")[2]
    for text in re.split(
        r"^=== ", (Path(__file__).parent / "hard.sql").read_text(encoding="utf-8"), flags=re.MULTILINE
    )[1:]
}


@pytest.fixture(scope="module")
def copy_database(any_server: Server) -> Iterator[Database]:
    with new_database(any_server) as url, connect(url) as connection:
        yield connection


def run(database: Database, sql: str) -> None:
    database.execute(quoted(sql).encode())


def built(database: Database, catalog: Catalog, sql: str) -> Catalog:
    """What a database has that was made from a catalog; it is gone again afterwards."""
    for given in GIVEN.findall(sql):
        run(database, given)
    try:
        for statement in build_statements(catalog):
            try:
                database.execute(statement.encode())
            except psycopg.Error as error:
                error.add_note(statement)
                raise
        return read_catalog(database, watch=catalog.watched).own()
    finally:
        database.rollback()


def rebuilt(original: Database, copy: Database, sql: str) -> None:
    """The SQL's catalog is the one of what is built from it."""
    try:
        run(original, sql)
        before = read_catalog(original, watch=WATCHABLE).own()
    finally:
        original.rollback()
    after = built(copy, before, sql)
    assert list(diff(before, after)) == []
    assert before == after


def skip_other_servers(database: Database, given: Case) -> None:
    icu = database.execute(HAS_ICU).fetchone() == (True,)
    if not given.runs_on(database.info.server_version // 10000, icu=icu):
        pytest.skip("this server does not have this")


@pytest.mark.parametrize("given", SETUPS.values(), ids=lambda given: given.name)
def test_every_setup_can_be_built(case_database: Database, copy_database: Database, given: Case) -> None:
    """Whatever a case begins with comes out of the statements as it went in."""
    skip_other_servers(case_database, given)
    rebuilt(case_database, copy_database, given.setup)


@pytest.mark.parametrize("given", CASES, ids=lambda given: given.name)
def test_every_case_can_be_built(case_database: Database, copy_database: Database, given: Case) -> None:
    """Whatever attribute of whatever kind: it comes out of the statements as it went in."""
    skip_other_servers(case_database, given)
    rebuilt(case_database, copy_database, given.setup + given.change)


@pytest.mark.parametrize("sql", HARD.values(), ids=HARD.keys())
def test_what_is_hard_to_build(case_database: Database, copy_database: Database, sql: str) -> None:
    """Circles, chosen names, and what a child has otherwise than its parent come out as they went in."""
    since = re.match(r"-- since (\d+)\n", sql)
    if since and case_database.info.server_version // 10000 < int(since[1]):
        pytest.skip("this version does not have this")
    rebuilt(case_database, copy_database, f"CREATE SCHEMA @r;\n{sql}")


def test_the_zoo_can_be_built(case_database: Database, copy_database: Database) -> None:
    """Everything together comes out as it went in."""
    rebuilt(case_database, copy_database, ZOO)


def test_an_extension_is_made_and_not_its_members(case_database: Database, copy_database: Database) -> None:
    """What is an extension's comes with it, before what uses it, and its schema before that."""
    kind = "hstore" if case_database.info.server_version < 160000 else "vector"
    made = (
        f"CREATE SCHEMA @a; CREATE EXTENSION {kind} WITH SCHEMA @a; CREATE TABLE @s.@t (@a @a.{kind}, @b @a.{kind}[])"
    )
    rebuilt(case_database, copy_database, made)


def test_a_session_is_left_as_it_was(copy_database: Database) -> None:
    """The statements set what they need for themselves, and set it back."""
    settings = "SELECT current_setting('search_path'), current_setting('check_function_bodies')"
    before = copy_database.execute(settings).fetchone()
    for statement in build_statements(read_catalog(copy_database)):
        copy_database.execute(statement.encode())
    assert copy_database.execute(settings).fetchone() == before
    copy_database.rollback()
