"""Small parts: names that PostgreSQL chooses, its spelling of names, brackets, the index of a catalog."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.autogen.workshop import Workshop
from trueline.autogen.operations.brackets import closing, outer_parts, without_brackets
from trueline.autogen.stock.names import chosen_name
from trueline.autogen.stock.parts import index_of
from trueline.autogen.stock.words import bare, exact, expression, left_out, spelled
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column, Sequence


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("t", "c"),
        ("x" * 63, "y" * 63),
        ("x" * 63, "y"),
        ("x", "y" * 63),
        ("x" * 30, "y" * 40),
        ("é" * 31, "ü" * 31),
        ("😀" * 15, "x" + "😀" * 15),
        ('a"b', "c d"),
    ],
)
def test_names_are_cut_as_postgresql_cuts_them(table: str, column: str, workshop: Workshop) -> None:
    """A serial's sequence has the name that is expected of it, whatever was too long."""
    quoted = (f'"{part.replace(chr(34), chr(34) * 2)}"' for part in (table, column))
    [made] = workshop.make("CREATE TABLE {} ({} serial)".format(*quoted))
    [sequence] = made.of_kind(Sequence)
    assert sequence.name == chosen_name(table, column, "seq")


@given(st.text(alphabet="ab\"'.(", min_size=1, max_size=8))
def test_a_name_and_its_spelling(name: str) -> None:
    """What is quoted is read back as it was."""
    assert bare('"' + name.replace('"', '""') + '"') == name


def test_what_is_no_name_alone() -> None:
    """An expression, or two names, are none."""
    assert [bare(each) for each in ("lower(a)", "a.b", '"a" DESC', '"a"b"', '""', "", '"', "A")] == [None] * 8
    assert bare("a_1") == "a_1"


def test_brackets_in_quotes_are_none() -> None:
    """Only those that PostgreSQL would see are counted."""
    assert without_brackets("((a = ')'))") == "a = ')'"
    assert without_brackets("(a) AND (b)") == "(a) AND (b)"
    assert without_brackets("(\"(\" > E'''(')") == "\"(\" > E'''('"
    assert closing("f(a, '(')", 1) == 8
    assert closing("f(a", 1) == -1
    assert outer_parts("a, f(b, c), 'x,y', \"q,r\"[1,2]", ",") == ["a", " f(b, c)", " 'x,y'", ' "q,r"[1,2]']


def test_arguments_of_stock_operations() -> None:
    """The default schema is left out, names stay as they are, and what text() cannot hold is refused."""
    assert left_out("public", "public") is None
    assert left_out("core", "public") == "core"
    assert exact("x") == "x"
    assert str(expression("a > 0")) == "a > 0"
    assert expression("':a:'") is None
    assert spelled("timestamp") == '(?:"timestamp"|timestamp)'


def test_a_catalog_is_indexed_once() -> None:
    """The same catalog has the same index, another one its own, and old ones are forgotten."""
    catalogs = [Catalog((Column("s", "t", f"c{number}", "text"),), 180000) for number in range(9)]
    first = index_of(catalogs[0])
    assert index_of(catalogs[0]) is first
    for catalog in catalogs[1:]:
        assert index_of(catalog) is not first
    assert index_of(catalogs[0]) is not first
