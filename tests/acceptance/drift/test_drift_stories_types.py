"""Stories of types and their values: defaults, enums, keys that count, casts."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from tests.acceptance.drift.stories import Columns, Declare, Tell, number, quiet, table

DEFAULTS: list[tuple[sa.types.TypeEngine[Any], Any, Any]] = [
    (sa.JSON(), '{"a": 1}', '{"a": 2}'),
    (pg.JSONB(), "[1, 2]", "[2, 1]"),
    (sa.Text(), "it's", "it''s"),
    (sa.Text(), "a", "A"),
    (sa.Float(), sa.text("RANDOM()"), sa.text("random() * 2")),
    (pg.INT4RANGE(), "[1,2)", "[1,3)"),
    (sa.LargeBinary(), r"\x00", r"\x01"),
    (sa.Text(), "100% :x", "%(x)s ::y"),
]


def test_defaults_that_cannot_be_compared_by_value_are_compared(told: Tell) -> None:
    """A default of every type is quiet while it is the same, and written once when it changes."""

    def declare(new: bool) -> Declare:
        columns = [
            sa.Column(f"c{number}", type_, server_default=choices[new])
            for number, (type_, *choices) in enumerate(DEFAULTS)
        ]
        return table(number(), *columns)

    project = told(declare(new=False))
    project.written()
    assert quiet(project)
    project = told(declare(new=True))
    checked = project.check()
    missed = [f"c{number}" for number in range(len(DEFAULTS)) if checked.line(f"s.t.c{number}") is None]
    assert missed == [], checked.text
    project.written()
    assert quiet(project)


def kind(*labels: str) -> sa.Enum:
    return sa.Enum(*labels, name="kind", schema="s")


ENUMS: dict[str, tuple[Columns, Columns]] = {
    "new": (list, lambda: [sa.Column("a", kind("x", "y"), server_default="x")]),
    "from text": (
        lambda: [sa.Column("a", sa.String(5), server_default="x")],
        lambda: [sa.Column("a", kind("x", "y"), server_default="x")],
    ),
    "reordered": (lambda: [sa.Column("a", kind("x", "y"))], lambda: [sa.Column("a", kind("y", "x"))]),
    "another column": (lambda: [sa.Column("a", kind("x", "y"))], lambda: [sa.Column("b", kind("x", "y"))]),
    "to text": (lambda: [sa.Column("a", kind("x", "y"))], lambda: [sa.Column("a", sa.Text)]),
}

NUMBERS: dict[str, tuple[Columns, Columns]] = {
    "serial": (
        lambda: [sa.Column("id", sa.Integer, primary_key=True)],
        lambda: [sa.Column("id", sa.Integer, sa.Identity(), primary_key=True)],
    ),
    "default": (
        lambda: [sa.Column("id", sa.Integer, server_default="5", primary_key=True)],
        lambda: [sa.Column("id", sa.BigInteger, sa.Identity(always=True, start=7), primary_key=True)],
    ),
    "options": (
        lambda: [sa.Column("id", sa.Integer, sa.Identity(start=5, cycle=True), primary_key=True)],
        lambda: [sa.Column("id", sa.Integer, sa.Identity(), primary_key=True)],
    ),
}


@pytest.mark.parametrize("change", ENUMS)
def test_enums_come_and_go_with_their_columns(told: Tell, change: str) -> None:
    """The type is made before its column and goes after it, there and back."""
    before, after = ENUMS[change]
    first = told(table(number(), *before()))
    first.written()
    second = told(table(number(), *after()))
    second.written("allow-destructive=all")
    assert quiet(second)
    back = second.withdraw()
    assert not back.failed, back.text
    assert quiet(first)


@pytest.mark.parametrize("change", NUMBERS)
def test_keys_become_identities(told: Tell, change: str) -> None:
    """Serial, plain default and other options: one revision, there and back."""
    before, after = NUMBERS[change]
    first = told(table(*before()))
    first.written()
    second = told(table(*after()))
    second.written()
    assert quiet(second)
    back = second.withdraw()
    assert not back.failed, back.text
    assert quiet(first)


def test_a_type_without_an_implicit_cast_is_converted(told: Tell) -> None:
    """Text to integer needs USING, and the rows are kept."""
    project = told(table(number(), sa.Column("a", sa.Text)))
    project.written()
    project.execute("INSERT INTO s.t VALUES (1, '42')")
    project = told(table(number(), sa.Column("a", sa.Integer)))
    assert "postgresql_using" in project.written()
    assert project.rows("SELECT a FROM s.t") == [(42,)]


def test_a_type_without_any_cast_is_refused(told: Tell) -> None:
    """Nothing is written, and the error names the column and both types."""
    told(table(number(), sa.Column("a", pg.INET))).written()
    project = told(table(number(), sa.Column("a", sa.Integer)))
    refused = project.revision()
    assert refused.failed
    assert "s.t.a" in refused.text
    assert "inet" in refused.text
    assert "integer" in refused.text
    assert len(project.revisions) == 1


def test_one_value_does_not_become_many_by_itself(told: Tell) -> None:
    """Nor many one: there is no cast between a type and its array."""
    told(table(number(), sa.Column("a", kind("x", "y")))).written()
    project = told(table(number(), sa.Column("a", sa.ARRAY(kind("x", "y")))))
    refused = project.revision()
    assert refused.failed
    assert "no cast" in refused.text
    assert len(project.revisions) == 1


def test_a_renamed_value_of_an_enum_keeps_its_rows(told: Tell) -> None:
    """``renamed_values`` renames the label in place."""
    told(table(number(), sa.Column("a", kind("x", "y"), server_default="x"))).written()
    new: sa.Column[str] = sa.Column("a", kind("X", "y"), server_default="X", info={"renamed_values": {"X": "x"}})
    project = told(table(number(), new))
    project.execute("INSERT INTO s.t VALUES (1)")
    project.written()
    assert project.rows("SELECT a::text FROM s.t") == [("X",)]
    assert quiet(project)
