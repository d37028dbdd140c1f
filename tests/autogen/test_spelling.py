"""Names in what PostgreSQL prints."""

from __future__ import annotations

import pytest

from trueline.autogen.plan.spelling import mentions


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("RANGE (day)", "day"),
        ('LIST ("a b")', "a b"),
        ("RANGE (lower(name), id)", "name"),
        ('CREATE INDEX ix ON s.t USING btree (lower((note || \'x\'::text)), "Id" COLLATE "C")', "Id"),
        ('LIST ("say ""so""")', 'say "so"'),
        ("RANGE (((comp).part))", "comp"),
        ("CREATE STATISTICS s.st (mcv) ON a, b FROM s.t", "a"),
    ],
)
def test_a_column_is_found(text: str, column: str) -> None:
    """A column is found by its name, in quotes or without."""
    assert mentions(text, column)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("RANGE (day)", "a"),
        ('LIST ("public.t")', "public"),
        ('LIST ("a b")', "a"),
        ("RANGE (lower(name))", "lower"),
        ("RANGE (s.f(name))", "s"),
        ("RANGE (((id)::text))", "text"),
        ('RANGE (name COLLATE "C")', "C"),
        ("RANGE (((name || 'day'::text)))", "day"),
        ("RANGE (day)", "RANGE"),
    ],
)
def test_what_only_looks_like_it_is_not(text: str, column: str) -> None:
    """A longer name, a string, a function, type, collation or word of PostgreSQL's own is not the column."""
    assert not mentions(text, column)
