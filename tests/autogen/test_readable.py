"""IN in revisions: what people write, and what leads to the same dump."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from tests.autogen.drive import NAMING, autogenerate, connected
from trueline.autogen.plan.readable import with_in
from trueline.testing import MakeDatabase
from trueline.testing.servers import Server

RAW = """
    SELECT conname::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'
    UNION ALL SELECT adnum::text, pg_get_expr(adbin, adrelid) FROM pg_attrdef ORDER BY 1
"""


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("((s)::text = ANY (ARRAY['a'::text, 'b''c'::text]))", "(s IN ('a', 'b''c'))"),
        ("(((s)::text <> ALL (ARRAY['x'::text, 'y'::text])) AND (n > 3))", "((s NOT IN ('x', 'y')) AND (n > 3))"),
        ("""(("Up")::text = ANY (ARRAY['x'::text]))""", """("Up" IN ('x'))"""),
        ("(b = ANY (ARRAY[1, -2]))", "(b IN (1, -2))"),
        ("(lower((s)::text) = ANY (ARRAY['a'::text]))", "(lower((s)::text) IN ('a'))"),
        ("((kind)::text = ANY (ARRAY['a'::text]))", "((kind)::text IN ('a'))"),
    ],
)
def test_a_comparison_with_constants_is_written_as_in(printed: str, written: str) -> None:
    """A varchar column loses the cast that nobody has asked for, anything else keeps its own."""
    assert with_in(printed, {"s", '"Up"'}) == written


@pytest.mark.parametrize(
    "printed",
    [
        "(n = ANY (ARRAY[1.5, (2)::numeric]))",
        "(s = ANY (ARRAY[a, b]))",
        "(s = ANY (t))",
        "(s = 'x = ANY (ARRAY[''a''::text])'::text)",
        "(a = ANY (ARRAY['x'::text, b]))",
    ],
)
def test_anything_else_stays_as_it_is(printed: str) -> None:
    """Only constants of one type make a list."""
    assert with_in(printed, {"s"}) == printed


def test_a_migrated_database_is_that_of_create_all(any_server: Server, make_database: MakeDatabase) -> None:
    """PostgreSQL keeps the same words, whichever way a database was made."""
    metadata = sa.MetaData(naming_convention=NAMING)
    conditions = ("s IN ('a', 'b''c')", "b NOT IN (1, 2)", "t IN ('%', ':x')", "lower(s) IN ('x', 'y')")
    checks = [sa.CheckConstraint(text, name=f"c{number}") for number, text in enumerate(conditions)]
    columns: list[sa.Column[Any]] = [
        sa.Column("s", sa.String(9), server_default="x"),
        sa.Column("b", sa.BigInteger, server_default="0"),
        sa.Column("n", sa.Numeric(5, 2), server_default="-1.5"),
        sa.Column("f", sa.Double, server_default=sa.text("0")),
        sa.Column("j", postgresql.JSONB, server_default="{}"),
        sa.Column("t", sa.Text),
    ]
    sa.Table("t", metadata, *columns, *checks)
    with connected(make_database(any_server)) as migrated, connected(make_database(any_server)) as made:
        autogenerate(migrated, metadata).upgrade()
        metadata.create_all(made)
        assert migrated.execute(sa.text(RAW)).all() == made.execute(sa.text(RAW)).all()
