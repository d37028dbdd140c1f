"""What is read beside the definition for those who write it in words of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.catalog.conftest import Database
from tests.catalog.names import HOSTILE, bare, quoted
from trueline.catalog.codec import digest
from trueline.catalog.objects import ForeignKey, Function, Procedure
from trueline.catalog.snapshot import read_catalog


def run(database: Database, sql: str) -> None:
    database.execute(quoted(sql).encode())


def foreign_key(database: Database, words: str) -> ForeignKey:
    run(database, "CREATE TABLE @s.@t (@a integer, @b integer, @c integer, PRIMARY KEY (@a, @b), UNIQUE (@c))")
    run(database, "CREATE TABLE @s.@u (@a integer, @d integer DEFAULT 1)")
    run(database, f"ALTER TABLE @s.@u ADD CONSTRAINT @n FOREIGN KEY {words}")
    found = read_catalog(database)[bare("foreign_key @s @u @n")]
    assert isinstance(found, ForeignKey)
    return found


@pytest.mark.parametrize(
    ("words", "columns", "on_update", "on_delete", "match"),
    [
        ("(@a) REFERENCES @s.@t (@c)", "@c", "NO ACTION", "NO ACTION", "SIMPLE"),
        ("(@a, @d) REFERENCES @s.@t", "@a @b", "NO ACTION", "NO ACTION", "SIMPLE"),
        ("(@a, @d) REFERENCES @s.@t (@b, @a)", "@b @a", "NO ACTION", "NO ACTION", "SIMPLE"),
        ("(@a, @d) REFERENCES @s.@t MATCH FULL ON DELETE CASCADE", "@a @b", "NO ACTION", "CASCADE", "FULL"),
        ("(@a) REFERENCES @s.@t (@c) ON UPDATE CASCADE ON DELETE RESTRICT", "@c", "CASCADE", "RESTRICT", "SIMPLE"),
        ("(@a) REFERENCES @s.@t (@c) ON UPDATE SET NULL", "@c", "SET NULL", "NO ACTION", "SIMPLE"),
        ("(@a) REFERENCES @s.@t (@c) ON DELETE SET DEFAULT", "@c", "NO ACTION", "SET DEFAULT", "SIMPLE"),
        ("(@a, @d) REFERENCES @s.@t ON DELETE SET NULL (@d)", "@a @b", "NO ACTION", 'SET NULL ("user")', "SIMPLE"),
    ],
)
def test_parts_of_a_foreign_key(
    case: Database, words: str, columns: str, on_update: str, on_delete: str, match: str
) -> None:
    """A foreign key says what it points at and what it does, also apart from its definition."""
    key = foreign_key(case, words)
    assert key.referenced_columns == bare(columns)
    assert (key.on_update, key.on_delete, key.match) == (on_update, on_delete, match)
    assert (key.references, key.columns[0]) == ((HOSTILE["s"], HOSTILE["t"]), "id")


def test_signature_and_result(case: Database) -> None:
    """A function has its arguments with modes, names and defaults, and its result; a procedure the arguments alone."""
    run(case, "CREATE FUNCTION @s.@f(@a integer, @b text DEFAULT 'x') RETURNS SETOF text LANGUAGE sql AS 'SELECT $2'")
    run(case, "CREATE PROCEDURE @s.@n(INOUT @a integer) LANGUAGE sql AS 'SELECT 1'")
    catalog = read_catalog(case)
    function, procedure = catalog.of_kind(Function)[0], catalog.of_kind(Procedure)[0]
    assert (function.signature, function.result) == ("id integer, \"UPPER Case\" text DEFAULT 'x'::text", "SETOF text")
    assert (procedure.signature, procedure.result) == ("INOUT id integer", "")


def test_details_are_no_difference(case: Database) -> None:
    """The definition is compared, not what it is made of: another reading may leave the parts out."""
    key = foreign_key(case, "(@a) REFERENCES @s.@t (@c) ON DELETE CASCADE")
    run(case, "CREATE FUNCTION @s.@f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'")
    catalog = read_catalog(case)
    function = catalog.of_kind(Function)[0]
    bare_ones = (
        replace(key, referenced_columns=(), on_update="", on_delete="", match=""),
        replace(function, signature="", result=""),
    )
    other = catalog.only((*(thing for thing in catalog if thing not in (key, function)), *bare_ones))
    assert other == catalog
    assert digest(other) == digest(catalog)
