"""Every attribute of every kind: one change, one difference; and changes that are none."""

from __future__ import annotations

from dataclasses import fields

import pytest

from tests.catalog.cases import HAS_ICU, Case, kinds, read_cases
from tests.catalog.conftest import Database
from tests.catalog.names import bare, quoted
from trueline.catalog.codec import digest, from_json, to_json
from trueline.catalog.diff import Delta, diff
from trueline.catalog.objects import KINDS
from trueline.catalog.snapshot import read_catalog

CASES = [case for kind in kinds() for case in read_cases(kind)]


def run(database: Database, sql: str) -> None:
    database.execute(quoted(sql).encode())


def major(database: Database) -> int:
    return database.info.server_version // 10000


def has_icu(database: Database) -> bool:
    return database.execute(HAS_ICU).fetchone() == (True,)


def described(delta: Delta) -> list[tuple[tuple[str, ...], str]]:
    return [
        *((thing.key, "added") for thing in delta.added),
        *((thing.key, "removed") for thing in delta.removed),
        *((change.key, " ".join(change.fields)) for change in delta.changed),
    ]


@pytest.mark.parametrize("given", CASES, ids=lambda given: given.name)
def test_one_change_is_one_difference(case: Database, given: Case) -> None:
    """A change of one attribute comes out as one difference that names the object and the attribute, both ways."""
    if not given.runs_on(major(case), icu=has_icu(case)):
        pytest.skip(f"PostgreSQL {major(case)} does not have this")
    run(case, given.setup)
    old = read_catalog(case, watch=given.watch).own()
    run(case, given.change)
    new = read_catalog(case, watch=given.watch).own()
    assert described(diff(old, new).essential()) == [(bare(given.key), given.fields)]
    back = {"added": "removed", "removed": "added"}.get(given.fields, given.fields)
    assert described(diff(new, old).essential()) == [(bare(given.key), back)]
    assert digest(old) != digest(new)
    assert from_json(to_json(new)) == new


@pytest.mark.parametrize("given", read_cases("nothing"), ids=lambda given: given.name)
def test_what_is_no_difference(case: Database, given: Case) -> None:
    """A change that PostgreSQL does not keep, or that nobody watches, is no difference and leaves the digest alone."""
    run(case, given.setup)
    old = read_catalog(case).own()
    run(case, given.change)
    new = read_catalog(case).own()
    assert described(diff(old, new)) == []
    assert old == new
    assert digest(old) == digest(new)


#: Fields that are part of a key, or follow from another: a change of them is another object, or shown with the other.
IDENTIFYING = {"schema", "table", "name", "of", "arguments", "method", "creator", "objects", "origin"}
#: What has no parts, and of whose statement all but the name is parts: the other field never differs.
WHOLE = {("conversion", "parts"), ("cast", "parts"), ("language", "parts"), ("access_method", "parts")}
WHOLE |= {("transform", "parts")}
IN_PARTS = {("collation", "definition"), ("operator", "definition"), ("foreign_data_wrapper", "definition")}
IN_PARTS |= {("operator_family", "definition")}
IN_PARTS |= {(f"text_search_{kind}", "definition") for kind in ("parser", "template", "dictionary")}
IDENTIFYING_ROLE = {("grant", "role"), ("default_privileges", "role")}


def test_every_compared_field_has_a_case() -> None:
    """No attribute that decides equality is without a change that shows it."""
    shown = {(case.key.split(" ")[0], field) for case in CASES for field in case.fields.split(" ")}
    compared = {
        (kind, item.name)
        for kind, cls in KINDS.items()
        for item in fields(cls)  # type: ignore[arg-type] # every kind is a dataclass
        if item.compare and item.name not in IDENTIFYING
    }
    assert compared - shown == IDENTIFYING_ROLE | WHOLE | IN_PARTS
    assert {kind for kind, _ in shown} == set(KINDS)
