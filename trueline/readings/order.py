"""Tables in an order that foreign keys allow, in linear time; keys that close a circle come after all tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Table

from trueline.declared.naming import target_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A table with its foreign keys.

    Attributes:
        inside: keys that can stand in CREATE TABLE.
        later: keys that have to be added when all tables are there.
    """

    table: Table
    inside: set[ForeignKeyConstraint] = field(default_factory=set)
    later: list[ForeignKeyConstraint] = field(default_factory=list)


def in_order(tables: Sequence[Table]) -> list[Placed]:
    """Every table once, those that others need first, else as they were given."""
    wanted = set(tables)
    begun: set[Table] = set()
    done: dict[Table, Placed] = {}
    for table in tables:
        # Depth first, without recursion: chains of keys are as long as they like.
        stack = [(table, _needed(table, wanted))] if table not in begun else []
        begun.add(table)
        while stack:
            current, needed = stack[-1]
            following = next((each for each in needed if each not in begun), None)
            if following is None:
                done[current] = _placed(current, done)
                stack.pop()
            else:
                begun.add(following)
                stack.append((following, _needed(following, wanted)))
    return list(done.values())


def _needed(table: Table, wanted: set[Table]) -> Iterator[Table]:
    keys = sorted((key for key in table.foreign_key_constraints if not key.use_alter), key=_words)
    dependencies: Any = getattr(table, "_extra_dependencies", ())
    for needed in (*(key.referred_table for key in keys), *sorted(dependencies, key=lambda each: each.fullname)):
        if needed in wanted:
            yield needed


def _placed(table: Table, done: dict[Table, Placed]) -> Placed:
    placed = Placed(table)
    for key in sorted(table.foreign_key_constraints, key=_words):
        # A rule is what SQLAlchemy leaves behind on a key that a create_all of its own has added later.
        free = not key.use_alter and key._create_rule is None
        if free and (key.referred_table is table or key.referred_table in done):
            placed.inside.add(key)
        else:
            placed.later.append(key)
    return placed


def _words(key: ForeignKeyConstraint) -> str:
    return f"{key.name} {key.column_keys} {[target_of(element) for element in key.elements]}"
