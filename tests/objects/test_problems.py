"""What is wrong with declarations once everything is imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from tests.objects.drive import orders
from trueline.declared.guards import DeclarationError, verify
from trueline.errors import TruelineError
from trueline.objects import Extension, Function, Grant, Partition, Policy, RowSecurity, Statement, Trigger, View
from trueline.objects.problems import elsewhere

KINDS: list[Callable[[Any, sa.MetaData], object]] = [
    lambda on, metadata: Trigger("x", on=on, function="f", events="insert", metadata=metadata),
    lambda on, metadata: Policy("x", on=on, metadata=metadata),
    lambda on, metadata: RowSecurity(on, metadata=metadata),
    lambda on, metadata: Grant("select", on=on, to="public", metadata=metadata),
]


@pytest.mark.parametrize("declare", KINDS)
def test_unknown_table(declare: Callable[[Any, sa.MetaData], object]) -> None:
    """A name that nothing has is an error that names the line and the nearest name."""
    metadata = sa.MetaData()
    orders(metadata)
    declare("shop.order", metadata)
    with pytest.raises(TruelineError, match=r"is on shop\.order, which is not declared") as caught:
        verify(metadata)
    assert "test_problems.py:" in caught.value.where[0]
    assert caught.value.fix == 'on="shop.orders"'


@pytest.mark.parametrize("declare", KINDS)
@pytest.mark.parametrize("on", ["shop.orders", "shop.v", "shop.p", "shop.raw", "bare", "public.bare"])
def test_known_relation(declare: Callable[[Any, sa.MetaData], object], on: str) -> None:
    """Tables, views, partitions and what a statement creates can be named, in any order of import."""
    metadata = sa.MetaData()
    declare(on, metadata)
    orders(metadata)
    sa.Table("bare", metadata, sa.Column("id", sa.Integer))
    parted = sa.Table("t", metadata, sa.Column("a", sa.Date), schema="shop", postgresql_partition_by="RANGE (a)")
    Partition(parted, "p")
    View("v", "SELECT 1", schema="shop", metadata=metadata)
    Statement("CREATE TABLE shop.raw (id integer)", metadata=metadata)
    verify(metadata)


def test_table_of_another_metadata() -> None:
    """A table that no migration sees is nothing to declare things on."""
    metadata = sa.MetaData()
    Policy("p", on=orders(sa.MetaData()), metadata=metadata)
    with pytest.raises(TruelineError, match="which is a table of another metadata") as caught:
        verify(metadata)
    assert len(caught.value.where) == 2


def test_extensions_bring_tables() -> None:
    """Where an extension is declared, a name may be one of its own; a near miss is still an error."""
    metadata = sa.MetaData()
    orders(metadata)
    Extension("postgis", metadata=metadata)
    Grant("select", on="spatial_ref_sys", to="public", metadata=metadata)
    verify(metadata)
    Grant("select", on="shop.order", to="public", metadata=metadata)
    with pytest.raises(TruelineError, match=r"shop\.order, which is not declared"):
        verify(metadata)


def test_view_with_the_name_of_a_table() -> None:
    """Both want to be the same relation; the error names both places."""
    metadata = sa.MetaData()
    View("orders", "SELECT 1", schema="shop", metadata=metadata)
    orders(metadata)
    with pytest.raises(TruelineError, match=r"view shop\.orders has the name of a table") as caught:
        verify(metadata)
    assert len(caught.value.where) == 2


def test_all_problems_at_once() -> None:
    """One look shows everything."""
    metadata = sa.MetaData()
    Policy("p", on="a", metadata=metadata)
    Policy("p", on="b", metadata=metadata)
    with pytest.raises(DeclarationError, match="2 problems"):
        verify(metadata)


@pytest.mark.parametrize("on", ["", "a.b.c.d", "a..b", '"a', 5, int, ("a", "b", "c")])
def test_what_is_no_name(on: Any) -> None:
    """A table is named by a model, a table, a text with at most one dot, or schema and name."""
    with pytest.raises(TruelineError) as caught:
        Policy("p", on=on, metadata=sa.MetaData())
    assert "test_problems.py:" in caught.value.where[0]


@pytest.mark.parametrize(
    ("on", "place"),
    [
        ("t", (None, "t")),
        ("s.T", ("s", "T")),
        ('"a.b".t', ("a.b", "t")),
        ('s."a ""x"" b"', ("s", 'a "x" b')),
        (("a.b", 'c"d'), ("a.b", 'c"d')),
        ((None, "a.b"), (None, "a.b")),
    ],
)
def test_names(on: Any, place: tuple[str | None, str]) -> None:
    """A name is meant as it is written; a dot in it stands in quotes, or in a pair."""
    assert Policy("p", on=on, metadata=sa.MetaData()).place == place


def test_functions_are_left_to_postgresql() -> None:
    """A trigger may call what an extension or PostgreSQL itself brings."""
    metadata = sa.MetaData()
    Trigger("x", on=orders(metadata), function="suppress_redundant_updates_trigger", events="update", timing="before")
    Function("f", body="x", metadata=metadata)
    verify(metadata)


def test_objects_on_a_metadata_that_nobody_compares(monkeypatch: pytest.MonkeyPatch) -> None:
    """Declared without ``metadata=`` in a project whose models are on a metadata of their own: it would be silent."""
    compared, other = sa.MetaData(), sa.MetaData()
    monkeypatch.setattr("trueline.objects.problems.the_metadata", lambda: other)
    assert elsewhere(compared) is None
    Extension("citext", metadata=other)
    assert elsewhere(other) is None
    lost = elsewhere(compared)
    assert lost is not None
    assert "1 declared objects are on SQLModel.metadata" in lost.what
    assert "test_problems.py" in lost.where[0]
    assert lost.fix is not None
    assert lost.fix.startswith("Extension(..., metadata=metadata)")
