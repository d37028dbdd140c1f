"""What models are made of, in the words of an error: which object it is, and where its class stands."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Constraint, Index, Sequence, Table

from trueline.catalog.described.wording import named
from trueline.catalog.objects import Key
from trueline.catalog.render.words import name
from trueline.declared import origin


def place_of(table: Table) -> str:
    """Such as ``app/models/user.py:12 (class User)``; the table's name where the class is not to be found."""
    if (known := origin.of(table)) is not None:
        return str(known)
    for cls in _classes(table):
        return f"{_source(cls)}(class {cls.__qualname__})"
    return f"table {table.fullname}"


def _classes(table: Table) -> Iterator[type]:
    # Where nobody has imported it, there are none; it takes a tenth of a second.
    registries: Any = getattr(sys.modules.get("sqlalchemy.orm.mapper"), "_all_registries", list)()
    for registry in registries:
        for mapper in registry.mappers:
            if mapper.local_table is table:
                yield mapper.class_


def _source(cls: type) -> str:
    """File and line of a class with a space after it; its module where there is no file."""
    try:
        file, line = inspect.getsourcefile(cls), inspect.getsourcelines(cls)[1]
    except (OSError, TypeError):
        return f"{cls.__module__} "
    if file is None:
        return f"{cls.__module__} "
    path, here = Path(file), Path.cwd()
    return f"{path.relative_to(here) if path.is_relative_to(here) else path}:{line} "


def table_of(item: Any) -> Table | None:
    """The table that something declared is, or belongs to."""
    found = item if isinstance(item, Table) else getattr(item, "table", None)
    return found if isinstance(found, Table) else None


def describe(item: Any) -> str:
    """Such as ``index ix_users_email of table identity.users``."""
    if isinstance(item, Table):
        return f"table {full_name(item)}"
    table = table_of(item)
    of = f" of table {full_name(table)}" if table is not None else ""
    if isinstance(item, Column):
        return f"column {name(item.name)}{of}"
    if isinstance(item, Index):
        return f"index {name(str(item.name))}{of}"
    if isinstance(item, Constraint):
        named = f" {name(str(item.name))}" if item.name else ""
        return f"{_constraint_word(item)}{named}{of}"
    kind = "sequence" if isinstance(item, Sequence) else "type"
    return f"{kind} {name(*filter(None, (getattr(item, 'schema', None), str(getattr(item, 'name', item)))))}"


_CONSTRAINTS = {
    "primary_key_constraint": "primary key",
    "foreign_key_constraint": "foreign key",
    "unique_constraint": "unique constraint",
    "exclude_constraint": "exclusion constraint",
}


def _constraint_word(constraint: Constraint) -> str:
    return _CONSTRAINTS.get(str(constraint.__visit_name__), "check constraint")


def full_name(table: Table) -> str:
    """Schema and name as SQL."""
    return name(*filter(None, (table.schema, table.name)))


def first_words(sql: str) -> str:
    """The beginning of a statement that says itself what it makes."""
    text = " ".join(sql.split())
    return f"statement {text[:80]}{'…' if len(text) > 80 else ''}"


_ON_RELATION = frozenset({"column", "check", "unique", "primary_key", "foreign_key", "exclusion", "trigger", "rule"})


def readable(key: Key) -> str:
    """A catalog object as people name it."""
    kind, *parts = key
    word = kind.replace("_", " ")
    if kind in _ON_RELATION or kind == "policy":
        return f"{word} {name(parts[2])} of {name(*parts[:2])}"
    if kind == "comment":
        return f"comment on {readable(tuple(parts))}"
    return f"{word} {named(key)}"
