"""Functions and procedures."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.objects.drive import created, emitted, one
from trueline.catalog.objects import Function as CatalogFunction
from trueline.catalog.objects import Procedure as CatalogProcedure
from trueline.errors import TruelineError
from trueline.objects import Function, Procedure

BODY = "\n  SELECT '$$' || '%s' || E'\\n:x' || '$body$' || \"a\"::text -- it's\n"


def test_function_has_all_options(any_empty_url: str) -> None:
    """Everything that CREATE FUNCTION takes can be said; the body comes out as it went in."""
    metadata = sa.MetaData()
    Function(
        "f",
        ["a integer DEFAULT 4", "VARIADIC b text[] DEFAULT '{}'"],
        "SETOF text",
        schema="shop",
        body=BODY.replace('"a"', "a"),
        language="sql",
        volatility="stable",
        strict=True,
        leakproof=True,
        security_definer=True,
        parallel="safe",
        cost=5,
        rows=7,
        settings={"search_path": "shop, pg_catalog"},
        comment="100% :x",
        metadata=metadata,
    )
    function = one(catalog := created(metadata, any_empty_url), "function", "shop", "f", "integer, text[]")
    assert isinstance(function, CatalogFunction)
    assert BODY.replace('"a"', "a") in function.definition
    for words in ("STABLE", "STRICT", "LEAKPROOF", "SECURITY DEFINER", "PARALLEL SAFE", "COST 5", "ROWS 7"):
        assert words in function.definition
    assert "SET search_path TO 'shop', 'pg_catalog'" in function.definition
    assert ("comment", *function.key) in catalog


@pytest.mark.parametrize(
    "body", ["RETURN a + 1", "BEGIN ATOMIC SELECT a + 1; END", "begin atomic\n  select a + 1;\nend;", "SELECT a + 1;"]
)
def test_sql_can_be_written_in_both_forms(any_empty_url: str, body: str) -> None:
    """SQL's own body stands as it is, a text body is quoted."""
    metadata = sa.MetaData()
    Function("f", "a integer", "integer", body=body, language="sql", metadata=metadata)
    function = one(created(metadata, any_empty_url), "function", "public", "f", "integer")
    assert isinstance(function, CatalogFunction)
    assert ("AS $function$" in function.definition) is body.startswith("SELECT")


def test_procedure(any_empty_url: str) -> None:
    """A procedure has arguments that come back, and a comment."""
    metadata = sa.MetaData()
    Procedure("p", "INOUT a integer", body="BEGIN a := a + 1; END", schema="shop", comment="adds", metadata=metadata)
    catalog = created(metadata, any_empty_url)
    assert isinstance(one(catalog, "procedure", "shop", "p", "integer"), CatalogProcedure)
    assert ("comment", "procedure", "shop", "p", "integer") in catalog


def test_whole_statement(any_empty_url: str) -> None:
    """A function may be given as the statement that creates it; schema, name and arguments are read from it."""
    metadata = sa.MetaData()
    function = Function.from_sql(
        """
        -- a comment /* with another */
        CREATE OR REPLACE FUNCTION "Sho""p"."f(%)"(a integer = 4, b text DEFAULT '(', c numeric(4, 2) DEFAULT 1)
        RETURNS text LANGUAGE sql AS $x$ SELECT '%s :x $$' $x$;
        """,
        metadata=metadata,
        comment="whole",
    )
    assert (function.schema, function.name) == ('Sho"p', "f(%)")
    assert function.signature == "a integer, b text, c numeric(4, 2)"
    catalog = created(metadata, any_empty_url)
    assert ("comment", "function", 'Sho"p', "f(%)", "integer, text, numeric") in catalog


@pytest.mark.parametrize("text", ["SELECT 1", "CREATE VIEW v AS SELECT 1", "CREATE PROCEDURE p() AS ''", ""])
def test_another_statement_is_refused(text: str) -> None:
    """What creates no function is no declaration of one."""
    with pytest.raises(TruelineError, match="this creates no function") as caught:
        Function.from_sql(text, metadata=sa.MetaData())
    assert "test_routine.py:" in caught.value.where[0]


def test_overloads() -> None:
    """Functions of one name differ in their arguments; the same ones again are an error that names both places."""
    metadata = sa.MetaData()
    Function("f", "a integer", body="x", metadata=metadata)
    Function("f", "a text DEFAULT 'x'", body="x", metadata=metadata)
    with pytest.raises(TruelineError, match=r"function f\(a  TEXT\) is declared twice") as caught:
        Function("f", "a  TEXT", body="y", metadata=metadata)
    assert len(caught.value.where) == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "has no body"),
        ({"body": "x", "volatility": "constant"}, "has volatility 'constant'"),
        ({"body": "x", "parallel": "yes"}, "has parallel 'yes'"),
    ],
)
def test_wrong_words_are_refused(options: dict[str, str], message: str) -> None:
    """The error says which words there are."""
    with pytest.raises(TruelineError, match=message):
        Function("f", metadata=sa.MetaData(), **options)  # type: ignore[arg-type]


def test_bodies_are_not_checked_while_tables_are_missing() -> None:
    """A body may speak of tables that come later, and of what is declared later."""
    metadata = sa.MetaData()
    Function("f", returns="integer", body="SELECT count(*)::int FROM shop.orders", language="sql", metadata=metadata)
    assert [text.split("(")[0] for _, text in emitted(metadata)] == [
        "SET check_function_bodies = off",
        "CREATE FUNCTION f",
        "RESET check_function_bodies",
    ]
