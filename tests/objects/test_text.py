"""Reading SQL for names: what a statement creates, and what it speaks of."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueline.objects.text import dollar_quoted, header, in_parentheses, mentions, tokens, without_defaults


@pytest.mark.parametrize(
    ("sql", "kind", "schema", "name"),
    [
        ("CREATE VIEW v AS SELECT 1", "VIEW", None, "v"),
        ("create or replace recursive view S.V as", "VIEW", "s", "v"),
        ('CREATE MATERIALIZED VIEW IF NOT EXISTS "S"."a""b" AS', "MATERIALIZED VIEW", "S", 'a"b'),
        ("CREATE /* x */ FUNCTION -- y\n s . f (a int)", "FUNCTION", "s", "f"),
        ("CREATE UNIQUE INDEX CONCURRENTLY ix ON t (a)", "INDEX", None, "ix"),
        ("CREATE CONSTRAINT TRIGGER tg AFTER", "TRIGGER", None, "tg"),
        ("CREATE EVENT TRIGGER tg ON", "EVENT TRIGGER", None, "tg"),
        ("CREATE OPERATOR CLASS s.c FOR TYPE", "OPERATOR CLASS", "s", "c"),
        ("CREATE INDEX ON t (a)", "INDEX", None, "on"),
        ("CREATE CAST (a AS b)", "CAST", None, ""),
    ],
)
def test_header(sql: str, kind: str, schema: str | None, name: str) -> None:
    """Kind and name of what a CREATE statement creates, quoted or not."""
    found = header(sql)
    assert found is not None
    assert (found.kind, found.schema, found.name) == (kind, schema, name)


@pytest.mark.parametrize("sql", ["", "SELECT 1", "ALTER TABLE t", '"create" view v', "CREATE", "CREATE NOTHING x"])
def test_no_header(sql: str) -> None:
    """Anything else creates nothing that has a name."""
    assert header(sql) is None


def test_mentions() -> None:
    """Names outside of strings are mentioned, those inside are hints; what is created is neither."""
    found = mentions(
        """CREATE VIEW s.own AS SELECT a."B", s.f(1), 'in text', E'it\\'s', $x$ s.body $x$ /* s.no */ -- s.no
        FROM s.t, "S"."T" WHERE x = '%' AND s.own IS NULL"""
    )
    assert {("s", "t"), ("S", "T"), ("a", "B"), ("s", "own")} <= found.bare
    assert found.called == {("s", "f")}
    assert {"text", "body"} <= found.hinted
    assert not {"text", "body", "no"} & found.names
    assert not mentions("CREATE VIEW s.own AS SELECT 1").pairs
    assert {"null", "and"} <= found.hinted
    assert not {"null", "and"} & found.names
    assert "null" in mentions('SELECT "null"').names


@pytest.mark.parametrize(
    ("arguments", "signature"),
    [
        ("", ""),
        ("a integer", "a integer"),
        (
            "a integer DEFAULT f(1, 2), b text = ',' , VARIADIC c text[] default '{}'::text[]",
            "a integer, b text, VARIADIC c text[]",
        ),
        ('numeric(4, 2) DEFAULT 1, OUT b "default"', 'numeric(4, 2), OUT b "default"'),
        ("a text := 'x'", "a text"),
    ],
)
def test_signature(arguments: str, signature: str) -> None:
    """Arguments without their defaults are what DROP and COMMENT take."""
    assert without_defaults(arguments) == signature


def test_parentheses() -> None:
    """What the next parentheses hold, whatever is nested or quoted in it."""
    assert in_parentheses("f (a text DEFAULT ')', b numeric(4, 2)) x()", 1) == "a text DEFAULT ')', b numeric(4, 2)"
    assert in_parentheses("f ()", 1) == ""
    assert in_parentheses("f x ()", 1) is None
    assert in_parentheses("f (", 1) is None


@given(st.text(alphabet="a$ b'\n\\%", max_size=12))
def test_dollar_quoting_holds_any_text(body: str) -> None:
    """The text between the tags is the text, and nothing follows it."""
    quoted = dollar_quoted(body)
    tag = quoted[: quoted.index("$", 1) + 1]
    assert quoted == f"{tag}{body}{tag}"
    assert quoted.index(tag, len(tag)) == len(quoted) - len(tag)


@given(st.text(max_size=40))
def test_any_text_has_tokens(text: str) -> None:
    """No text is an error, and tokens come in the order in which they stand."""
    found = list(tokens(text))
    assert all(one.end <= other.start for one, other in pairwise(found))
