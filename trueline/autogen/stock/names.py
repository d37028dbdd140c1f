"""Names that PostgreSQL chooses where none is given."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from trueline.autogen.stock.parts import claimants
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column

#: Bytes that a name may have.
_LONGEST = 63

#: Kinds that share their names: what pg_class holds.
_RELATIONS = ("table", "view", "materialized_view", "index", "sequence", "composite")


@lru_cache(maxsize=16384)  # each column of a table is held against all others
def chosen_name(first: str, second: str, label: str) -> str:
    """``first_second_label``, the longer of the two names cut until it fits: PostgreSQL's makeObjectName.

    https://doxygen.postgresql.org/indexcmds_8c.html
    """
    one, other = first.encode(), second.encode()
    available = _LONGEST - len(label.encode()) - 2
    lengths = [len(one), len(other)]
    while sum(lengths) > available:
        longer = 0 if lengths[0] > lengths[1] else 1
        lengths[longer] -= 1
    return "_".join((_cut(one, lengths[0]), _cut(other, lengths[1]), label))


def _cut(text: bytes, length: int) -> str:
    """No character is cut in two."""
    return text[:length].decode(errors="ignore")


def sequence_name(column: Column) -> str:
    """The name of a serial's or an identity's sequence."""
    return chosen_name(column.table, column.name, "seq")


def not_null_name(column: Column) -> str:
    """The name of its NOT NULL."""
    return chosen_name(column.table, column.name, "not_null")


def is_claimed(catalog: Catalog, column: Column, name: str, siblings: Iterable[Column] = ()) -> bool:
    """Whether anything else has the name that its NOT NULL would get, so that PostgreSQL may choose another one."""
    if any(key != column.key for key in claimants(catalog, column.schema, name)):
        return True
    return any(each.name != column.name and each.not_null and not_null_name(each) == name for each in siblings)


def is_taken(catalog: Catalog, column: Column, name: str, siblings: Iterable[Column] = ()) -> bool:
    """Whether anything but the column's own sequence has the name that this would get."""
    own = column.identity.sequence if column.identity else None
    if (column.schema, name) != own and any((kind, column.schema, name) in catalog for kind in _RELATIONS):
        return True
    return any(each.name != column.name and each.identity and sequence_name(each) == name for each in siblings)
