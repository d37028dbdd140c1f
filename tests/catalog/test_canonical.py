"""The spelling of expressions: the same however often PostgreSQL has read its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.conftest import Database
from trueline.catalog.canonical import canonical

EXPRESSIONS = """
b IN ('x', 'y')
b NOT IN ('x', 'it''s, "('' [')
b IN (E'\\\\', 'x')
b IN (NULL, 'x')
b IN ('x', c, 'z')
(b IN ('x', 'y')) = m
i IN ('x', 'y')
b IN ('x', 'y') AND c = ' AND ((' AND a BETWEEN 1 AND 2
CASE WHEN b IN ('x', 'y') THEN m END
coalesce(b, 'x') IN ('x', b)
f = ANY (ARRAY[1, 2])
a::numeric = ANY (ARRAY[1, length(b)])
l @> ARRAY['x', 'y']::varchar[]
l = ARRAY['x'::text]::varchar[]
e IN ('a, "b"', 'c')
n <@ ARRAY['a, "b"']::"S h"."E, x"[]
n <@ ARRAY['a, "b"'::text]::"S h"."E, x"[]
a BETWEEN 1 AND 2 AND c <> ''
a BETWEEN 1 AND 2 AND m AND f > 1 AND a BETWEEN 3 AND 4
a NOT BETWEEN 1 AND 2 OR c = 'x'
(a BETWEEN 1 AND 2 OR m) AND m
m AND (m AND a > 1)
(m AND a > 1) AND m
((m OR a > 1) OR m) AND m
(a, f) = (1, 2) AND m
NOT (a BETWEEN 1 AND 2 AND m) AND m
a BETWEEN SYMMETRIC 1 AND 2 AND m
(a BETWEEN 1 AND 2 AND m) IS NOT TRUE
k[1] = 1 AND k[1:2] = ARRAY[1, 2]
a > -1 AND f > -1.5
"order" IN ('x', 'y') AND "a AND ((b)" BETWEEN 1 AND 2 AND m
""".strip().splitlines()


@pytest.fixture
def table(case: Database) -> Database:
    case.execute("""
        CREATE SCHEMA "S h"; CREATE TYPE "S h"."E, x" AS ENUM ('a, "b"', 'c'); CREATE DOMAIN public.d AS varchar(9);
        CREATE TABLE public.t (a integer, b varchar(9), c text, e "S h"."E, x", f numeric, i public.d, k integer[],
            l varchar[], m boolean, n "S h"."E, x"[], "order" varchar(5), "a AND ((b)" integer);
    """)
    return case


def definition(database: Database, words: str) -> str:
    """How PostgreSQL spells a check."""
    database.execute(f"ALTER TABLE public.t ADD CONSTRAINT q {words}".encode())
    database.execute("SET LOCAL search_path = pg_catalog, pg_temp")
    row = database.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'q'").fetchone()
    database.execute("SET LOCAL search_path = public")
    database.execute("ALTER TABLE public.t DROP CONSTRAINT q")
    assert row is not None
    return str(row[0])


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_spelling_is_what_a_restored_dump_has(table: Database, expression: str) -> None:
    """The spelling is PostgreSQL's own after it has read its words once more, and stays as it is from there on."""
    first = definition(table, f"CHECK ({expression})")
    second = definition(table, first)
    assert canonical(first) == canonical(second) == second
    assert definition(table, second) == second


def test_a_view_has_one_spelling(table: Database) -> None:
    """Conditions of a view are spelled in the same way, wherever they stand."""
    table.execute("""
        SET LOCAL search_path = public; CREATE VIEW v AS SELECT b IN ('x', 'y') AS x, count(*) FILTER (WHERE a BETWEEN
        1 AND 2 AND m), sum(a) OVER (PARTITION BY (a + 1) ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t WHERE a
        BETWEEN 1 AND 2 AND b IN ('x', 'y') AND EXISTS (SELECT FROM t u WHERE u.b IN ('x', 'y') AND u.m) GROUP BY a, b
    """)
    words = "SELECT pg_get_viewdef('public.v'::regclass)"
    table.execute("SET LOCAL search_path = pg_catalog, pg_temp")
    first = table.execute(words).fetchone()
    assert first is not None
    table.execute(f"CREATE OR REPLACE VIEW public.v AS {first[0]}".encode())
    second = table.execute(words).fetchone()
    assert second is not None
    assert first != second
    assert canonical(str(first[0])) == canonical(str(second[0])) == second[0]


@given(st.lists(st.sampled_from(["((", "(", ")", "[", "]", "'", '"', "E'", "\\", "])::", "text", "x", ",", " AND "])))
def test_no_other_text_is_touched(parts: list[str]) -> None:
    """Whatever the text, even what PostgreSQL never prints: it stays as it is where neither form is in it."""
    text = "".join(parts).replace("( AND ", "(").replace(") AND ", ")")
    assert canonical(text) == text
