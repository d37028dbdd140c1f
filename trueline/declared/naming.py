"""Names of keys, indexes and constraints: readable, the same everywhere, and never longer than PostgreSQL keeps.

PostgreSQL cuts a name after 63 bytes, silently; SQLAlchemy counts characters. So every name is made here, whole.
The convention's strings contain ``constraint_name`` because SQLAlchemy then hands over explicit names as well.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.schema import Column, Constraint
from sqlalchemy.sql.elements import ClauseElement, conv

#: https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS (NAMEDATALEN - 1)
MAX_BYTES = 63

Named = Constraint | Index

_DIALECT = postgresql.dialect()


def fit(name: str) -> str:
    """``name``, or its beginning and a hash of the whole where it is longer than 63 bytes."""
    raw = name.encode()
    if len(raw) <= MAX_BYTES:
        return name
    return f"{_cut(raw, MAX_BYTES - 9)}_{_digest(name)}"


def _cut(raw: bytes, size: int) -> str:
    """The longest whole characters within ``size`` bytes."""
    return raw[:size].decode(errors="ignore").rstrip("_")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def primary_key(const: Named, table: Table) -> str:
    """``pk_<table>``."""
    return _given(const) or fit(f"pk_{table.name}")


def unique(const: Named, table: Table) -> str:
    """``uq_<table>_<column>_<column>``."""
    columns = cast(UniqueConstraint, const).columns
    return _given(const) or fit(_joined("uq", table.name, *(c.name for c in columns)))


def foreign_key(const: Named, table: Table) -> str:
    """``fk_<table>_<columns>_<referred table>``."""
    if given := _given(const):
        return given
    elements = cast(ForeignKeyConstraint, const).elements
    columns = [key.parent.name for key in elements]
    referred = target_of(elements[0])[1]
    return fit(_joined("fk", table.name, *columns, referred))


def index(const: Named, table: Table) -> str:
    """``ix_<table>_<columns or expressions>``."""
    expressions = cast(Index, const).expressions
    return _given(const) or fit(_joined("ix", table.name, *(_words(e) for e in expressions)))


def exclusion(const: Named, table: Table) -> str:
    """``ex_<table>_<columns or expressions>``."""
    elements = [expression for expression, _, _ in cast(Any, const)._render_exprs]
    return _given(const) or fit(_joined("ex", table.name, *(_words(e) for e in elements)))


def check(const: Named, table: Table) -> str:
    """``ck_<table>_<given name>``; without a name, its columns and a hash of its text."""
    start = f"ck_{table.name}_"
    given = _given(const)
    part = given or _description(cast(CheckConstraint, const))
    if given and getattr(const, "_type_bound", False):
        # Enum names the checks of all its columns alike; a table may have two such columns.
        part = _joined(*_columns(cast(CheckConstraint, const)), given)
    return fit(part if part.startswith(start) else start + part)


def _given(const: Named) -> str | None:
    """The name that was written for ``const``; SQLAlchemy's marker for none is not a string."""
    return fit(str(const.name)) if isinstance(const.name, str) else None


def _description(const: CheckConstraint) -> str:
    kind = "check" if not getattr(const, "_type_bound", False) else "values"
    return _joined(*_columns(const), kind, _digest(_text(const.sqltext)))


def _columns(const: CheckConstraint) -> list[str]:
    return sorted({str(column.name) for column in const.columns})


def _words(expression: Any) -> str:
    """A column's name, or the words of an expression: ``lower(name)`` becomes ``lower_name``."""
    if isinstance(expression, Column):
        return str(expression.name)
    if isinstance(expression, str):
        return _slug(expression)
    return _slug(_text(expression))


def _slug(text: str) -> str:
    return "_".join(re.findall(r"\w+", text))


def _text(expression: ClauseElement) -> str:
    options = {"literal_binds": True, "include_table": False}
    return str(expression.compile(dialect=_DIALECT, compile_kwargs=options))


def _joined(*parts: str) -> str:
    return "_".join(part for part in parts if part)


def split_target(fullname: str) -> tuple[str | None, str, str | None]:
    """Schema, table and column that ``identity.users.id`` names; a bare ``users`` names no column."""
    parts = fullname.split(".")
    if len(parts) == 1:
        return None, parts[0], None
    return ".".join(parts[:-2]) or None, parts[-2], parts[-1]


def target_of(key: ForeignKey) -> tuple[str | None, str, str | None]:
    """Schema, table and column that a key points at, whichever characters stand in their names."""
    given: Column[Any] | None = key._table_column
    if given is not None:
        table = given.table
        return (None, str(given.key), None) if table is None else (table.schema, table.name, given.key)
    # SQLAlchemy 2.1 takes a name apart where it is given; before, a dot in a name cannot be told from one between two.
    tokens: Any = getattr(key, "target_tokens", None)
    if tokens is not None:
        schema, name, column = tokens
        return schema, name, column
    return split_target(key.target_fullname)


_KINDS: Mapping[Any, tuple[str, Callable[[Named, Table], str]]] = {
    "pk": ("trueline_pk_constraint_name", primary_key),
    "uq": ("trueline_uq_constraint_name", unique),
    "fk": ("trueline_fk_constraint_name", foreign_key),
    "ix": ("trueline_ix_constraint_name", index),
    "ck": ("trueline_ck_constraint_name", check),
    ExcludeConstraint: ("trueline_ex_constraint_name", exclusion),
}

#: What `MetaData.naming_convention` takes: a pattern per kind, and the functions that the patterns name.
CONVENTION: dict[Any, Any] = {
    **{kind: f"%({token})s" for kind, (token, _) in _KINDS.items()},
    **{token: function for token, function in _KINDS.values()},  # noqa: C416 - pairs of another mapping
}

_CLASSES: Mapping[Any, type[Named]] = {
    "pk": PrimaryKeyConstraint,
    "uq": UniqueConstraint,
    "fk": ForeignKeyConstraint,
    "ix": Index,
    "ck": CheckConstraint,
    ExcludeConstraint: ExcludeConstraint,
}

_STOCK = {"ix": "ix_%(column_0_label)s"}


def apply(metadata: MetaData) -> None:
    """Give ``metadata`` the convention, and what already hangs on it the names that follow from it.

    Patterns that the project has set itself stay.
    """
    own = {k: v for k, v in dict(metadata.naming_convention).items() if _STOCK.get(cast(str, k)) != v}
    if own.keys() >= CONVENTION.keys():
        return
    metadata.naming_convention = cast(Any, {**CONVENTION, **own})
    for table in metadata.tables.values():
        for const in _sorted(table):
            _rename(const, table, own)


def for_history(metadata: MetaData) -> MetaData:
    """What revisions run with: the tables, and only such patterns as the project has set itself.

    A revision that names no constraint was written when PostgreSQL chose the name; it must not choose another one today
    because the models have a convention now. What trueline writes has every name in it.
    """
    own = {k: v for k, v in dict(metadata.naming_convention).items() if CONVENTION.get(k) != v}
    history = MetaData(naming_convention=cast(Any, {**_STOCK, **own}))
    history.tables = metadata.tables
    return history


def _sorted(table: Table) -> Iterable[Named]:
    return [*table.constraints, *table.indexes]


def _rename(const: Named, table: Table, own: Mapping[Any, Any]) -> None:
    """Name ``const`` as if the convention had stood when it was made."""
    kind = next(k for k in _KINDS if isinstance(const, _CLASSES[k]))
    if kind in own or getattr(const, "_type_bound", False):
        return
    if isinstance(const.name, conv) and (kind != "ix" or const.name != _stock_index_name(const)):
        return
    if isinstance(const.name, conv):
        const.name = None
    const.name = conv(_KINDS[kind][1](const, table))


def _stock_index_name(const: Named) -> str:
    first = next(iter(cast(Index, const).columns), None)
    return f"ix_{first._ddl_label}" if first is not None else ""
