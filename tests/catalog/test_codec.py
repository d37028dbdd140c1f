"""JSON out and in, and the digest, for any catalog at all."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.catalog.catalog import Catalog
from trueline.catalog.codec import digest, from_json, to_json
from trueline.catalog.objects import KINDS, Column, Table
from trueline.errors import TruelineError

OBJECTS = st.one_of([st.from_type(cls) for cls in KINDS.values()])
CATALOGS = st.builds(
    Catalog,
    st.lists(OBJECTS, max_size=12, unique_by=lambda thing: thing.key).map(tuple),
    st.integers(150000, 190000),
    st.frozensets(st.sampled_from(["owner", "grant"])),
)


@settings(max_examples=200, deadline=None)
@given(CATALOGS)
def test_json_round_trip(catalog: Catalog) -> None:
    """What is written is read as it was, fields that are not compared among them, and written the same again."""
    text = to_json(catalog)
    back = from_json(text)
    assert back == catalog
    assert repr(back.objects) == repr(catalog.objects)
    assert to_json(back) == text
    assert digest(back) == digest(catalog)


@settings(max_examples=100, deadline=None)
@given(CATALOGS, CATALOGS)
def test_digests_agree_with_equality(one: Catalog, two: Catalog) -> None:
    """Two catalogs have one digest when they are equal, and only then."""
    assert (digest(one) == digest(two)) == (one == two)


@settings(max_examples=100, deadline=None)
@given(CATALOGS, st.randoms())
def test_order_of_reading_does_not_matter(catalog: Catalog, random: Any) -> None:
    """Whatever order the objects come in, the catalog is the same."""
    objects = list(catalog)
    random.shuffle(objects)
    shuffled = catalog.only(objects)
    assert shuffled == catalog
    assert to_json(shuffled) == to_json(catalog)


def test_positions_and_minor_versions_are_no_difference() -> None:
    """What is not compared is kept in JSON, but is neither in equality nor in the digest."""
    column = Column("s", "t", "c", "integer", position=1)
    one = Catalog((column,), 180001)
    two = Catalog((replace(column, position=2),), 180004)
    assert one == two
    assert digest(one) == digest(two)
    assert to_json(one) != to_json(two)
    assert digest(one) != digest(Catalog((column,), 170001))


def test_usual_values_are_left_out() -> None:
    """A field that has its default is not written, so that a new one leaves older digests alone."""
    document = json.loads(to_json(Catalog((Table("s", "t"),), 180004)))
    assert document == {
        "trueline_catalog": 1,
        "server_version": 180004,
        "watched": [],
        "objects": [{"kind": "table", "schema": "s", "name": "t"}],
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "no catalog"),
        ("[]", "no catalog"),
        ('{"name": 1}', "no catalog"),
        ('{"trueline_catalog": 2}', "format 2, and this version of trueline knows up to 1"),
        ('{"trueline_catalog": "x"}', "format x"),
        ('{"trueline_catalog": 1}', "damaged"),
        (
            '{"trueline_catalog": 1, "server_version": 1, "watched": [], "objects": [{"kind": "dog"}]}',
            "unknown kind dog",
        ),
        ('{"trueline_catalog": 1, "server_version": 1, "watched": [], "objects": [{"kind": "schema"}]}', "damaged"),
        (
            '{"trueline_catalog": 1, "server_version": 1, "watched": [], "objects": [{"kind": "schema", "name": 5}]}',
            "5 is no str",
        ),
        (
            '{"trueline_catalog": 1, "server_version": 1, "watched": [], "objects": [], "dependencies": [[["a", 1]]]}',
            "is no list of texts",
        ),
        (
            '{"trueline_catalog": 1, "server_version": 1, "watched": [], "objects": [], "dependencies": [[]]}',
            "damaged",
        ),
    ],
)
def test_what_is_no_catalog(text: str, words: str) -> None:
    """JSON that is no catalog, is from the future or is damaged is an error that says which."""
    with pytest.raises(TruelineError, match=words):
        from_json(text)
