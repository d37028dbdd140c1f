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
CASE b WHEN 'x' THEN 1 WHEN 'y' THEN 2 ELSE 0 END > 0
CASE WHEN b = 'x' THEN c ELSE b END <> ''
coalesce(b, c, 'x') = 'x'
nullif(b, '') IS NOT NULL
greatest(b, 'x') > 'a'
least(a, 1, 2) = 1
b LIKE 'x%' AND b NOT LIKE '%y' AND b ILIKE 'z_' AND b NOT ILIKE 'q' ESCAPE '#'
b SIMILAR TO '(a|b)%'
b ~ '^[a-z]+$' AND b !~* 'x'
b IS DISTINCT FROM c AND a IS NOT DISTINCT FROM 1
ts > '2020-01-01' AND ts < '2020-01-01 12:00:00+05'
ts > now() - interval '1 day'
ts > CURRENT_TIMESTAMP AND ts < LOCALTIMESTAMP
d > CURRENT_DATE - 7
d BETWEEN '2020-01-01' AND '2021-01-01' AND m
ts AT TIME ZONE 'UTC' > '2020-01-01'
extract(year FROM ts) > 2000 AND extract(epoch FROM iv) > 1
date_trunc('day', ts) = ts
iv > '1 day 02:03:04' AND iv < '-1 day'
iv > interval '1' year
a = -1 AND f = -1.5 AND f > - 2
a IN (-1, 0, 1)
big IN (1, 2) AND big NOT IN (-1, 3)
big IN (1, 3000000000)
big = ANY ('{1,2}')
f IN (1, 2.5)
f::numeric(10,2) = 1.5
a::text || b = 'x'
b || c || 'x' <> ''
substring(b FROM 1 FOR 2) = 'x' AND substring(b FROM '^x') = 'x'
position('x' IN b) > 0 AND overlay(b PLACING 'x' FROM 1) = 'x'
trim(both 'x' FROM b) = '' AND trim(b) <> '' AND ltrim(b) = ''
upper(b) = b AND lower(b) COLLATE "C" = b
b COLLATE "C" IN ('x', 'y')
char_length(b) BETWEEN 1 AND 2 OR b IS NULL
NOT m AND m IS TRUE AND m IS NOT FALSE AND m IS UNKNOWN
m = true AND NOT (m = false)
(m OR a > 1) AND (m OR a < 5) AND (b = 'x' OR (c = 'y' AND m))
((a > 1 AND a < 2) OR (a > 3 AND a < 4)) AND m
a > 1 AND (f > 1 OR f < 0) AND m
NOT (a > 1 AND m)
(a, f) > (1, 2) AND m
(a, b) IN ((1, 'x'), (2, 'y'))
ROW(a, b) IS NOT NULL
j @> '{"a": 1}' AND j ? 'b' AND j->>'a' = 'x' AND j #>> '{a,b}' = 'y'
j->>'a' IN ('x', 'y')
(j->'a'->>'b')::integer > 1
jsonb_typeof(j) = 'object'
k[1] = 1 AND array_length(k, 1) > 0 AND 1 = ANY (k) AND k <> '{}'
k && ARRAY[1, 2] AND k @> '{1}'
k = ARRAY[]::integer[]
l && ARRAY['x', 'y']::varchar[]
l && '{x,y}'
'x' = ANY (l)
e = 'c' AND e IN ('c', 'a, "b"') AND e > 'c' AND e::text IN ('c', 'd')
i IN ('x', 'y') AND i <> ''
i::text = 'x'
b::varchar(3) = 'x' AND b::char(2) IN ('x', 'y')
bp IN ('x', 'y') AND bp = 'z'
u = '00000000-0000-0000-0000-000000000001' AND u IN ('00000000-0000-0000-0000-000000000001')
by <> '\\x00' AND by IN ('\\x01', '\\x02')
r && '[1,5)' AND r @> 3 AND NOT isempty(r)
r <> 'empty'
ip << '10.0.0.0/8' AND ip IN ('10.0.0.1', '10.0.0.2')
a % 2 = 0 AND a ^ 2 > 1 AND |/ a > 1 AND @ a = 1 AND a # 1 = 1 AND ~ a = 1
a & 1 = 1 AND a | 1 = 1 AND a << 1 = 2
-a < 0 AND - (-a) > 0 AND +a > 0
a + 1 * 2 - 3 / 4 > 0 AND (a + 1) * 2 > 0
a - (1 - 2) > 0
mod(a, 2) = 0 AND abs(a) > 0 AND round(f, 2) = f
1 = a AND 'x' = b
num_nonnulls(a, b) = 1
concat_ws('-', b, c) = 'x'
format('%s', b) = 'x'
md5(b) = c
to_tsvector('english', c) @@ to_tsquery('x')
make_interval(days => 1) > iv
b IN ('x') AND c IN ('y')
b NOT IN ('x', 'y') OR c NOT IN ('x', 'y')
b = ANY (ARRAY['x', 'y']) AND b <> ALL (ARRAY['x', 'y'])
b = ANY (ARRAY['x', 'y']::text[]) AND b = ANY ('{x,y}'::text[])
b = ANY (string_to_array('x,y', ','))
b IN (lower('X'), 'y', c)
b IN ('x', NULL)
a IN (1, 2) AND a IN (3, 4) AND b IN ('x', 'y')
tm > '10:00' AND tm BETWEEN '09:00' AND '17:00' AND m
mo > '1.5' OR mo = 2::money
bi = B'101' AND bi <> X'1F'
pt <@ box '((0,0),(1,1))'
(b = 'x') = m AND (b = 'x') IS TRUE
(b IN ('x', 'y')) IS NOT FALSE
a = 1::smallint AND big = 1::smallint AND sm = 1 AND sm IN (1, 2)
re > 1.5 AND re IN (1, 2.5) AND re = 1
dp > 1.5 AND dp IN (1, 2.5) AND dp BETWEEN 0 AND 1
E'\\n' <> b AND U&'\\0041' <> b AND b <> E'a\\\\b'
b <> 'it''s' AND b <> '::text' AND b <> 'x'::varchar
coalesce(b, 'x'::text) = 'y' AND coalesce(c, 'x'::varchar) = 'y'
('x'::varchar)::text = c AND ('x'::text)::varchar = b AND (('x'::varchar)::varchar(3))::text = c
(1::bigint)::numeric = f AND (1::bigint)::integer = a AND ((-1)::bigint)::numeric = f AND 1::bigint IN (1, 2)
starts_with(b, 'x') AND b ^@ 'y'
length(b) > CASE WHEN m THEN 1 ELSE 2 END
b = CURRENT_USER AND c = SESSION_USER
current_setting('app.x', true) = c
row_to_json(ROW(a, b))::text = 'x'
ARRAY[a, 1] = k AND ARRAY[[1, 2], [3, 4]] <> ARRAY[k, k]
k[1:2] = '{1,2}' AND (ARRAY[1, 2, 3])[2] = a
ts IN ('2020-01-01', '2021-01-01') AND d IN ('2020-01-01', '2021-01-01')
d + interval '1 day' > ts AND d + 1 > d AND ts + '1 day' > now()
timezone('utc', now()) > ts AND ts > timestamptz 'epoch'
""".strip().splitlines()


@pytest.fixture
def table(case: Database) -> Database:
    case.execute("""
        CREATE SCHEMA "S h"; CREATE TYPE "S h"."E, x" AS ENUM ('a, "b"', 'c'); CREATE DOMAIN public.d AS varchar(9);
        CREATE TABLE public.t (a integer, b varchar(9), c text, e "S h"."E, x", f numeric, i public.d, k integer[],
            l varchar[], m boolean, n "S h"."E, x"[], "order" varchar(5), "a AND ((b)" integer, ts timestamptz, d date,
            iv interval, big bigint, sm smallint, re real, dp float8, j jsonb, bp char(3), u uuid, by bytea,
            r int4range, ip inet, tm time, mo money, bi bit varying, pt point);
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
    """The spelling is one that PostgreSQL reads and prints as it is, and the same after every reading."""
    first = definition(table, f"CHECK ({expression})")
    second = definition(table, first)
    one = canonical(first)
    assert canonical(second) == canonical(one) == one
    assert definition(table, one) == one


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
    one = canonical(str(first[0]))
    assert canonical(str(second[0])) == one
    table.execute(f"CREATE OR REPLACE VIEW public.v AS {one}".encode())
    assert table.execute(words).fetchone() == (one,)


@given(st.lists(st.sampled_from(["((", "(", ")", "[", "]", "'", '"', "E'", "\\", "])::", "text", "x", ",", " AND "])))
def test_no_other_text_is_touched(parts: list[str]) -> None:
    """Whatever the text, even what PostgreSQL never prints: it stays as it is where neither form is in it."""
    text = "".join(parts).replace("( AND ", "(").replace(") AND ", ")")
    assert canonical(text) == text
