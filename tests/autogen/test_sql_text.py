"""SQL of the models goes through a revision's text unchanged."""

from __future__ import annotations

from contextlib import suppress

import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.dialects.postgresql.base import PGDialect

from tests.autogen.drive import NAMING, autogenerate, connected
from trueline.autogen.sql_text import for_text
from trueline.errors import TruelineError

HOSTILE = "50% :a \\:b it's a::c %s %(x)s 12:30 a:b {d} \\n"


@given(st.text(st.sampled_from("ab :\\%'(1é_$"), max_size=12))
@example("a::text ~ ':x'")
@example("'12:30'")
@example("\\:a")
@example(":a:b:")
def test_an_expression_comes_out_of_text_as_it_went_in(sql: str) -> None:
    """Either text() gives back every character, or the expression is refused: it is never changed in silence."""
    with suppress(TruelineError):
        assert str(sa.text(for_text(sql)).compile(dialect=PGDialect(paramstyle="named"))) == sql


def test_plain_sql_stays_as_a_developer_would_write_it() -> None:
    """Casts and times need no escape."""
    assert for_text("a::text = '12' AND b > 0") == "a::text = '12' AND b > 0"


def test_hostile_text_reaches_the_server_through_a_revision(empty_database_url: str) -> None:
    """Checks, defaults, predicates and comments say on the server what the models say."""
    metadata = sa.MetaData(naming_convention=NAMING)
    table = sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("a", sa.Text, server_default=HOSTILE, comment=HOSTILE),
        sa.Column("b", sa.Text, server_default=sa.literal(HOSTILE)),
        comment=HOSTILE,
    )
    table.append_constraint(sa.CheckConstraint(table.c.a == HOSTILE, name="hostile"))
    sa.Index("ix_hostile", table.c.id, postgresql_where=table.c.b == HOSTILE)
    with connected(empty_database_url) as connection:
        autogenerate(connection, metadata).upgrade()
        connection.execute(sa.text("INSERT INTO t (id) VALUES (1)"))
        assert connection.execute(sa.text("SELECT a, b FROM t")).one() == (HOSTILE, HOSTILE)
        quoted = HOSTILE.replace("'", "''")
        for query in (
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'ck_t_hostile'",
            "SELECT pg_get_indexdef('ix_hostile'\\:\\:regclass)",
        ):
            assert quoted in (connection.scalar(sa.text(query)) or "")
        assert connection.scalar(sa.text("SELECT obj_description('t'\\:\\:regclass)")) == HOSTILE
