"""Which extension brings what, and what is said where one is missing."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from trueline.extensions import bringing, installing
from trueline.failure import explain_failure
from trueline.readings.hints import lacking_extension
from trueline.scratch.places import OWN_SERVER


@pytest.mark.parametrize(
    ("words", "extension"),
    [
        ('type "geometry" does not exist', "postgis"),
        ('type "public.vector" does not exist', "vector"),
        ("function similarity(unknown, text) does not exist", "pg_trgm"),
        ('operator class "gin_trgm_ops" does not exist for access method "gin"', "pg_trgm"),
        ('type "nonsense" does not exist', None),
    ],
)
def test_a_name_tells_its_extension(words: str, extension: str | None) -> None:
    """By PostgreSQL's words, with or without a schema, quotes and arguments."""
    assert bringing(words) == extension


@pytest.mark.parametrize(
    ("extension", "said"),
    [
        ("postgis", "apt install postgresql-NN-postgis-3   # on the server; NN is its major version"),
        ("btree_gist", "apt install postgresql-contrib   # on the server; other systems"),
        ("nonsense", "install nonsense on the server\n"),
    ],
)
def test_how_it_is_installed(extension: str, said: str) -> None:
    """By its package where that is known, and with the question that shows whether it is there now."""
    assert installing(extension).startswith(said)
    assert "pg_available_extensions" in installing(extension)


def refused(url: str, statement: str) -> str:
    """What a user reads of a statement."""
    engine = sa.create_engine(url)
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError) as caught:
        connection.exec_driver_sql(statement)
    engine.dispose()
    return str(explain_failure(caught.value, Path("migrations")))


@pytest.mark.parametrize("statement", ["CREATE TABLE t (v citext)", "SELECT uuid_generate_v4()"])
def test_an_extension_that_is_not_created(any_empty_url: str, statement: str) -> None:
    """The error of what needs it gives the operation and the statement, the name quoted where it must be."""
    said = refused(any_empty_url, statement)
    quoted = "citext" if "citext" in statement else '"uuid-ossp"'
    assert f"op.create_extension('{quoted.strip(chr(34))}')" in said
    assert f"CREATE EXTENSION {quoted};" in said
    assert "correct the revision" not in said


@pytest.mark.parametrize("statement", ["SELECT crypt FROM pg_class", "SELECT FROM geometry", "SELECT nonsense()"])
def test_what_no_extension_brings(any_empty_url: str, statement: str) -> None:
    """A column or table of such a name has nothing to do with it."""
    assert "EXTENSION" not in refused(any_empty_url, statement)


def test_an_extension_that_the_server_does_not_have(any_empty_url: str) -> None:
    """The error of CREATE EXTENSION has the statement and the package."""
    said = refused(any_empty_url, "CREATE EXTENSION no_such_thing")
    assert "this server does not have the extension 'no_such_thing'" in said
    assert "at statement: CREATE EXTENSION no_such_thing" in said
    assert "install no_such_thing on the server" in said


def test_a_scratch_server_without_it() -> None:
    """On the database's own server it is installed; for another one there are other ways, too."""
    assert lacking_extension("citext", OWN_SERVER) == installing("citext")
    elsewhere = lacking_extension("citext", "an embedded PostgreSQL 18")
    assert elsewhere.startswith("scratch databases are made on an embedded PostgreSQL 18; let them be where")
    assert elsewhere.endswith(installing("citext"))


def test_other_errors_have_no_advice_about_extensions() -> None:
    """Whatever their words say."""
    error = sa.exc.DBAPIError("SELECT", {}, psycopg.errors.SyntaxError('syntax error at or near "vector"'))
    assert "EXTENSION" not in str(explain_failure(error, Path("migrations")))
