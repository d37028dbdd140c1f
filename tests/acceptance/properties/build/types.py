"""Enums, domains, composite types and sequences."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tests.acceptance.properties import spec as s
from tests.acceptance.properties.build.making import Making, each, place
from tests.acceptance.properties.words import ATTRIBUTES, SCHEMAS
from trueline.catalog.render.words import name
from trueline.objects import Domain, Statement

_DOMAINS: list[dict[str, Any]] = [
    {"type": sa.Text()},
    {"type": sa.Text(), "checks": {"%s": "VALUE <> ''"}},
    {"type": sa.String(20), "default": "'x'"},
    {"type": sa.Text(), "not_null": True, "checks": {"a": "VALUE LIKE '%:x%'", "B": "length(VALUE) > 1"}},
    {"type": sa.Text(), "default": "'it''s'", "comment": "it's a domain"},
    {"type": sa.String(30), "checks": {"a": "VALUE IN ('a', 'b')"}},
]

_SEQUENCES: list[dict[str, Any]] = [
    {},
    {"start": 5, "increment": 2},
    {"increment": -1, "minvalue": -99, "maxvalue": 7, "start": 3, "cycle": True},
    {"cache": 7},
    {"data_type": sa.SmallInteger()},
    {"data_type": sa.Integer(), "maxvalue": 1000, "cycle": True},
]


def declare_types(making: Making) -> None:
    """All of them."""
    for number, enum in each(making.spec.enums):
        own = making.free(enum.schema, 10 + number)
        making.enums[number] = sa.Enum(*enum.labels, name=own, schema=SCHEMAS[enum.schema], metadata=making.metadata)
        making.nouns.append(f"TYPE {name(place(enum.schema), own)}")
    for number, domain in each(making.spec.domains):
        own = making.free(domain.schema, 12 + number)
        given: dict[str, Any] = {"schema": SCHEMAS[domain.schema], "metadata": making.metadata}
        making.domains[number] = Domain(own, **given, **_DOMAINS[domain.how])
    for number, composite in each(making.spec.composites):
        making.composites[number] = _composite(making, number, composite)
    for number, sequence in each(making.spec.sequences):
        own = making.free(sequence.schema, 14 + number)
        sa.Sequence(own, metadata=making.metadata, schema=SCHEMAS[sequence.schema], **_SEQUENCES[sequence.how])
        making.nouns.append(f"SEQUENCE {name(place(sequence.schema), own)}")


def _composite(making: Making, number: int, composite: s.Composite) -> str:
    own = name(place(composite.schema), making.free(composite.schema, 25 + number))
    attributes = ", ".join(f"{name(label)} {ATTRIBUTES[type_]}" for label, type_ in composite.attributes)
    Statement(f"CREATE TYPE {own} AS ({attributes})", metadata=making.metadata)
    making.nouns.append(f"TYPE {own}")
    return own
