"""What somebody allowed by hand, which no model and no revision knows, outlives what is made anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.acceptance.drive import differences, execute, read
from tests.acceptance.plans.way import Carry, as_revision, as_sql, catalog_of, planned, undone
from tests.catalog.names import quoted
from trueline.catalog.catalog import Catalog
from trueline.catalog.diff import diff
from trueline.catalog.objects import CatalogObject, Grant, Owner

BEFORE = """
CREATE ROLE @o;
CREATE ROLE @r;
"""

#: By name: the schema before, after, and what somebody did by hand.
PAIRS = {
    "a view over a column": (
        """
        CREATE TABLE @s.@t (@a integer, @b text);
        CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t;
        CREATE MATERIALIZED VIEW @s.@w AS SELECT @a, @b FROM @s.@v;
        """,
        """
        CREATE TABLE @s.@t (@a bigint, @b text);
        CREATE VIEW @s.@v AS SELECT @a, @b FROM @s.@t;
        CREATE MATERIALIZED VIEW @s.@w AS SELECT @a, @b FROM @s.@v;
        """,
        """
        GRANT SELECT (@a), UPDATE (@b) ON @s.@v TO @o WITH GRANT OPTION;
        GRANT SELECT (@b) ON @s.@w TO PUBLIC;
        GRANT INSERT, DELETE ON @s.@v TO @r;
        REVOKE TRUNCATE ON @s.@v FROM postgres;
        ALTER MATERIALIZED VIEW @s.@w OWNER TO @o;
        ALTER DEFAULT PRIVILEGES GRANT REFERENCES, SELECT ON TABLES TO @r WITH GRANT OPTION;
        """,
    ),
    "a view that loses a column": (
        "CREATE VIEW @s.@v AS SELECT 1 AS @a, 2 AS @b;",
        "CREATE VIEW @s.@v AS SELECT 2 AS @b, 3 AS @c;",
        "GRANT SELECT (@b) ON @s.@v TO @o; GRANT UPDATE ON @s.@v TO @r;",
    ),
    "routines with another result": (
        """
        CREATE FUNCTION @s.@f(@s.@k, integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION @s.@h() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        """,
        """
        CREATE FUNCTION @s.@f(@s.@k, integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION @s.@h() RETURNS bigint LANGUAGE sql AS 'SELECT 1';
        """,
        """
        GRANT EXECUTE ON FUNCTION @s.@f TO @o WITH GRANT OPTION;
        REVOKE EXECUTE ON FUNCTION @s.@f FROM PUBLIC;
        ALTER FUNCTION @s.@f OWNER TO @r;
        """,
    ),
    "types that give way to another": (
        """
        CREATE TYPE @s.@l AS ENUM ('a', 'b');
        CREATE DOMAIN @s.@m AS text;
        CREATE TYPE @s.@j AS ENUM ('a');
        CREATE TABLE @s.@t (@a @s.@l, @b @s.@m, @c @s.@j);
        """,
        """
        CREATE TYPE @s.@l AS ENUM ('b', 'a');
        CREATE DOMAIN @s.@m AS varchar(5);
        CREATE DOMAIN @s.@j AS text;
        CREATE TABLE @s.@t (@a @s.@l, @b @s.@m, @c @s.@j);
        """,
        """
        GRANT USAGE ON TYPE @s.@l TO @o WITH GRANT OPTION;
        REVOKE USAGE ON TYPE @s.@l, @s.@m, @s.@j FROM PUBLIC;
        GRANT USAGE ON TYPE @s.@m, @s.@j TO @r;
        ALTER DOMAIN @s.@m OWNER TO @o;
        """,
    ),
    "a table that is made anew": (
        "CREATE TABLE @s.@t (@a integer, @b text) PARTITION BY RANGE (@a);",
        "CREATE TABLE @s.@t (@a integer, @b text) PARTITION BY LIST (@b);",
        "GRANT SELECT (@a), INSERT ON @s.@t TO @o; ALTER TABLE @s.@t OWNER TO @r; REVOKE DELETE ON @s.@t FROM @r;",
    ),
}


@pytest.mark.parametrize("carry", [as_revision, as_sql], ids=["upgrade", "sql"])
@pytest.mark.parametrize("name", PAIRS)
def test_what_was_allowed_by_hand_stays(ground: sa.Connection, name: str, carry: Carry) -> None:
    """There and back, for everything that the new one still has."""
    old, new, by_hand = PAIRS[name]
    kind = "CREATE TYPE @s.@k AS ENUM ('x');"
    one = catalog_of(ground, kind + old, frozenset())
    other = catalog_of(ground, kind + new, frozenset())
    up, down = planned(ground, one, other), planned(ground, other, one)
    with undone(ground):
        execute(ground, quoted(BEFORE + kind + old + by_hand))
        before = access(ground)
        assert len(before) > 2
        carry(ground, up)
        assert differences(read(ground), other) == []
        assert left(before, access(ground)) == []
        carry(ground, down)
        assert differences(read(ground), one) == []
        assert left(before, access(ground)) == []


def access(connection: sa.Connection) -> Catalog:
    """Owners and privileges alone."""
    found = read(connection, frozenset({"grant", "owner"}))
    return found.only(each for each in found if isinstance(each, Grant | Owner))


def left(before: Catalog, after: Catalog) -> list[str]:
    """What is another way than it was; an enum that became a domain has another key, and is the same for this."""
    return [str(each) for each in diff(before.only(map(of_type, before)), after.only(map(of_type, after)))]


def of_type(thing: CatalogObject) -> CatalogObject:
    assert isinstance(thing, Grant | Owner)
    return replace(thing, of=("type", *thing.of[1:])) if thing.of[0] in {"enum", "domain"} else thing
