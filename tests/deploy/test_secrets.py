"""Passwords in statements are in no log, no ledger and no error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.deploy.project import Folder, rows, session
from trueline.deploy.statement import is_validation, shown

SHOWN = {
    "CREATE ROLE x PASSWORD 'geheim'": "CREATE ROLE x PASSWORD '…'",
    "ALTER ROLE x WITH ENCRYPTED PASSWORD\n  'ge''heim' LOGIN": "ALTER ROLE x WITH ENCRYPTED PASSWORD '…' LOGIN",
    "ALTER ROLE x PASSWORD /* it's */ E'ge\\'heim' CREATEDB": "ALTER ROLE x PASSWORD '…' CREATEDB",
    "ALTER ROLE x PASSWORD -- it's\n $$geheim$$": "ALTER ROLE x PASSWORD '…'",
    "ALTER ROLE x PASSWORD $a$ge$$heim$a$;": "ALTER ROLE x PASSWORD '…';",
    "ALTER ROLE x PASSWORD U&'geheim\\0041'": "ALTER ROLE x PASSWORD '…'",
    "ALTER ROLE x PASSWORD 'ge'\n'heim' LOGIN": "ALTER ROLE x PASSWORD '…' '…' LOGIN",
    "CREATE USER MAPPING FOR x SERVER s OPTIONS (user 'u', password 'geheim')": (
        "CREATE USER MAPPING FOR x SERVER s OPTIONS (user 'u', password '…')"
    ),
    "ALTER USER MAPPING FOR x SERVER s OPTIONS (SET \"password\" 'geheim')": (
        "ALTER USER MAPPING FOR x SERVER s OPTIONS (SET \"password\" '…')"
    ),
    "CREATE SUBSCRIPTION s CONNECTION 'host=h password=geheim' PUBLICATION p": (
        "CREATE SUBSCRIPTION s CONNECTION '…' PUBLICATION p"
    ),
    "CREATE SUBSCRIPTION s CONNECTION 'postgresql://u:geheim@h/d' PUBLICATION p": (
        "CREATE SUBSCRIPTION s CONNECTION '…' PUBLICATION p"
    ),
    "SELECT dblink_connect('c', 'dbname=d passwd = geheim')": "SELECT dblink_connect('c', '…')",
    "UPDATE settings SET password = 'geheim'": "UPDATE settings SET password = '…'",
    "SELECT set_config('app.password', 'geheim', true)": "SELECT set_config('app.password', '…', true)",
    "SET app.secret = 'geheim'": "SET app.secret = '…'",
    "SET app.secret TO 'geheim'": "SET app.secret TO '…'",
    "INSERT INTO t VALUES ('it''s', $$a 'b' $$, E'\\'', \"a'b\", 1)  /* no password /* b */ c */": (
        "INSERT INTO t VALUES ('it''s', $$a 'b' $$, E'\\'', \"a'b\", 1)"
    ),
    "SELECT $1,\n a::text -- end": "SELECT $1, a::text -- end",
    "INSERT INTO person (name, password) VALUES ('it''s', $$geheim$$)": (
        "INSERT INTO person (name, password) VALUES ('…', '…')"
    ),
    "DO $$ BEGIN EXECUTE 'ALTER ROLE x PASSWORD ''geheim'''; PERFORM 'x'; END $$": (
        "DO $$ BEGIN EXECUTE '…'; PERFORM 'x'; END $$"
    ),
    "DO $x$ BEGIN EXECUTE format('ALTER ROLE x PASSWORD %L', 'geheim'); END $x$": (
        "DO $x$ BEGIN EXECUTE format('ALTER ROLE x PASSWORD %L', '…'); END $x$"
    ),
    "SELECT 'https://example.org/a:b@c', 'no secret'": "SELECT 'https://example.org/a:b@c', 'no secret'",
    "COMMENT ON COLUMN t.password IS 'of the user'": "COMMENT ON COLUMN t.password IS 'of the user'",
}


@pytest.mark.parametrize("statement", SHOWN)
def test_what_is_shown_of_a_statement(statement: str) -> None:
    """One line of it, with quotes as PostgreSQL reads them, and without what stands where passwords stand."""
    assert shown(statement) == SHOWN[statement]


def test_a_long_statement_is_cut() -> None:
    """The end is left out, and said to be."""
    assert shown("SELECT 'abc'", 8) == "SELECT …"


@pytest.mark.parametrize(
    ("statement", "is_one"),
    [
        ("ALTER TABLE t VALIDATE CONSTRAINT c", True),
        ("alter table only a.t /* x */ validate constraint c;", True),
        ("ALTER DOMAIN d VALIDATE CONSTRAINT c", True),
        ('ALTER TABLE "VALIDATE" ADD COLUMN a integer', False),
        ("ALTER TABLE t ADD COLUMN a text DEFAULT 'VALIDATE'", False),
        ("ALTER TABLE t VALIDATE CONSTRAINT c, ADD COLUMN a integer", False),
        ("ALTER TABLE t VALIDATE CONSTRAINT c; DROP TABLE t", False),
        ("SELECT validate FROM t", False),
    ],
)
def test_a_validation_is_told_from_the_rest(statement: str, *, is_one: bool) -> None:
    """Only what validates and does nothing else may take as long as it takes."""
    assert is_validation(statement) == is_one


@pytest.fixture
def role(empty_database_url: str) -> Iterator[str]:
    """A role that a revision makes."""
    with session(empty_database_url) as person:
        name = f"r_{person.info.dbname}"
        yield name
        person.execute(f"DROP ROLE IF EXISTS {name}".encode())


@pytest.mark.parametrize("progress", ["plain", "json"])
def test_a_deploy_tells_no_password(folder: Folder, empty_database_url: str, role: str, progress: str) -> None:
    """Neither in lines nor in the ledger, be the statement run, waited for, or refused."""
    ini = folder.root / "alembic.ini"
    ini.write_text(ini.read_text().replace("level = INFO", "level = DEBUG"))
    folder.revision(
        "r",
        f"""
        op.execute("CREATE ROLE {role} PASSWORD 'geheim1'")
        op.execute("CREATE FOREIGN DATA WRAPPER w")
        op.execute("CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (password 'geheim2')")
        with alone():
            op.execute("ALTER ROLE {role} PASSWORD 'geheim3'")
            op.execute("DO $$ BEGIN PERFORM pg_sleep(0.6); EXECUTE 'ALTER ROLE {role} PASSWORD ''geheim4'''; END $$")
        """,
    )
    folder.revision("s", f"""op.execute("CREATE ROLE {role} PASSWORD 'geheim5'")""")
    told = folder.run(empty_database_url, "-x", f"progress={progress}", "upgrade", "head").told(255)
    assert f"CREATE ROLE {role} PASSWORD '…'" in told
    assert "already exists" in told
    kept = "".join(str(rows(empty_database_url, f"TABLE trueline_{each}")) for each in ("deploy", "revision", "answer"))
    assert "PASSWORD '…'" in kept
    for number in range(1, 6):
        assert f"geheim{number}" not in told
        assert f"geheim{number}" not in kept
