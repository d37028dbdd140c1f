"""A database that was altered into a shape has the same catalog as one that was made in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.catalog.conftest import Database
from trueline.catalog.canonical_default import canonical_default
from trueline.catalog.catalog import Catalog
from trueline.catalog.describe import describe
from trueline.catalog.diff import diff
from trueline.catalog.snapshot import read_catalog

TEXT = (Path(__file__).parent / "altered.sql").read_text(encoding="utf-8")

#: Name, SQL of the shape, SQL that leads to it on another way.
SHAPES = [
    (head, *rest.split("--- altered\n"))
    for block in re.split(r"^=== ", TEXT, flags=re.MULTILINE)[1:]
    for head, _, rest in [block.partition("\n")]
]


def made(database: Database, sql: str) -> Catalog:
    """What the SQL makes; it is gone again afterwards."""
    try:
        database.execute("SET LOCAL search_path = public")
        database.execute(sql.encode())
        return read_catalog(database).own()
    finally:
        database.rollback()


@pytest.mark.parametrize(("name", "direct", "altered"), SHAPES, ids=[name for name, *_ in SHAPES])
def test_how_a_shape_came_about_is_no_difference(case: Database, name: str, direct: str, altered: str) -> None:
    """Made at once or altered step by step: the catalogs are equal."""
    since = re.match(r"-- since (\d+)\n", direct)
    if since and case.info.server_version // 10000 < int(since[1]):
        pytest.skip(f"this version does not have this: {name}")
    one, two = made(case, direct), made(case, altered)
    assert [str(describe(item)) for item in diff(one, two)] == []


@pytest.mark.parametrize(
    ("text", "kind", "default"),
    [
        ("'0'::bigint", "bigint", "0"),
        ("'-1'::integer", "bigint", "-1"),
        ("'1.50'::numeric", "numeric(10,2)", "1.50"),
        ("0", "bigint", "0"),
        ("(0)::bigint", "bigint", "(0)::bigint"),
        ("'NaN'::numeric", "numeric", "'NaN'::numeric"),
        ("'1e-05'::double precision", "double precision", "'1e-05'::double precision"),
        ("'x'::text", "character varying(9)", "'x'::character varying"),
        ("'x'::character varying", "text", "'x'::text"),
        ("'x'::text", "character(3)", "'x'::bpchar"),
        ("'x '::bpchar", "text", "'x '::bpchar"),
        ("'it''s'::character varying", "text", "'it''s'::text"),
        ("'x'::text", "public.d", "'x'::text"),
        ("'0'::bigint", "text", "'0'::bigint"),
        ("'{}'::json", "jsonb", "'{}'::jsonb"),
        ("'{}'::text[]", "character varying(9)[]", "'{}'::character varying[]"),
        ("'{a}'::text[]", "character varying[]", "'{a}'::text[]"),
        ("'1 day'::interval", "interval day to second(3)", "'1 day'::interval day to second"),
        ("NULL::character varying", "character varying(3)", None),
        ("NULL", "integer", None),
        ("NULL::public.d", "public.d", "NULL::public.d"),
        ("now()", "timestamp with time zone", "now()"),
        ("'a'::public.e", "public.e", "'a'::public.e"),
        ("'x'::text || 'y'::text", "text", "'x'::text || 'y'::text"),
        ("'2020-01-01'::date", "timestamp without time zone", "'2020-01-01'::date"),
    ],
)
def test_a_constant_default_has_one_spelling(text: str, kind: str, default: str | None) -> None:
    """A constant is written for the column's type wherever that changes nothing, and else left alone."""
    assert canonical_default(text, kind) == default
