"""Names as PostgreSQL writes them, and one order for what needs one another."""

from __future__ import annotations

import pytest

from tests.catalog.conftest import Database
from trueline.catalog.objects import Key
from trueline.catalog.render.order import Unit, in_order
from trueline.catalog.render.words import name


def test_names_are_quoted_where_postgresql_quotes_them(case: Database) -> None:
    """Every keyword that PostgreSQL would quote is quoted, and what it would leave bare on any version is bare."""
    rows = case.execute("SELECT word, quote_ident(word), catcode::text FROM pg_get_keywords()").fetchall()
    assert len(rows) > 400
    newest = case.info.server_version >= 180000
    for word, quoted, _ in rows:
        assert name(str(word)) == quoted or (quoted == word and not newest)


@pytest.mark.parametrize("word", ["a", "_x1", "A", "a b", 'q"q', "ü", "1a", "a$", "a.b", "state", "old"])
def test_other_names_are_quoted_as_well(case: Database, word: str) -> None:
    """Upper case, spaces, quotes and other letters are quoted as PostgreSQL does it."""
    row = case.execute("SELECT quote_ident(%s)", (word,)).fetchone()
    assert row == (name(word),)


def unit(number: int, provides: str, needs: str = "", apart: tuple[Unit, ...] = ()) -> Unit:
    return Unit((number, "", ()), (f"{number} {provides}",), keys(provides), keys(needs), lambda: apart)


def keys(words: str) -> frozenset[Key]:
    return frozenset(("x", word) for word in words.split())


def texts(*units: Unit) -> list[str]:
    return [text for unit in in_order(units) for text in unit.statements]


def test_order_is_the_reader_s_but_for_needs() -> None:
    """What needs nothing comes by rank, the rest as soon as it can; what nobody provides is there already."""
    assert texts(unit(3, "c"), unit(1, "a", "c there"), unit(2, "b")) == ["2 b", "3 c", "1 a"]


def test_a_circle_is_taken_apart() -> None:
    """Of units that need one another, the one that can is made in two steps."""
    parts = (unit(2, "b"), unit(2, "", "a b"))
    assert texts(unit(1, "a", "b"), unit(2, "b", "a", parts), unit(3, "c", "b")) == ["2 b", "1 a", "2 ", "3 c"]


def test_a_circle_that_cannot_be_taken_apart_has_an_order_too() -> None:
    """Where no order helps, nothing is lost, and what does not need the circle is not held up."""
    assert texts(unit(1, "a", "b"), unit(2, "b", "a"), unit(3, "c")) == ["3 c", "1 a", "2 b"]
