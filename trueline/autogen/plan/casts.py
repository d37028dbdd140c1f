"""Whether a column's rows can be carried from one type to another, and with which words.

https://www.postgresql.org/docs/current/catalog-pg-cast.html and the chapter on type conversion: what ALTER COLUMN TYPE
does by itself is an assignment; a cast that must be asked for needs USING.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from sqlalchemy import Connection, text

from trueline.catalog.objects import Column
from trueline.errors import TruelineError

#: Source type, target type (both as format_type has them, without modifiers) -> whether it must be asked for.
Casts = dict[tuple[str, str], Literal["implicit", "assignment", "explicit"]]

_STRINGS = frozenset({"text", "character varying", "character", "name", '"char"'})

_INTEGERS = frozenset({"smallint", "integer", "bigint"})

_QUERY = """
    SELECT pg_catalog.format_type(castsource, NULL), pg_catalog.format_type(casttarget, NULL),
           CASE castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'assignment' ELSE 'explicit' END
      FROM pg_catalog.pg_cast
"""


def read_casts(connection: Connection) -> Casts:
    """The server's casts."""
    return {(source, target): how for source, target, how in connection.execute(text(_QUERY))}


def base(kind: str) -> str:
    """A type without its modifiers: ``numeric(10,2)`` is a ``numeric``, and ``timestamp(3) …`` a ``timestamp …``."""
    if kind.endswith("[]"):
        return base(kind[:-2]) + "[]"
    if kind.startswith("interval"):
        return "interval"
    # A modifier is the only parenthesis outside of a quoted name.
    pieces = kind.split('"')
    pieces[::2] = [_without_modifier(piece) for piece in pieces[::2]]
    return '"'.join(pieces)


def _without_modifier(piece: str) -> str:
    before, bracket, after = piece.partition("(")
    return before + after.partition(")")[2] if bracket else piece


def comparable(old: str, new: str) -> bool:
    """Whether a foreign key can stand between the two types, as it does while only one of its ends has changed."""
    one, other = base(old), base(new)
    return one == other or any({one, other} <= family for family in (_STRINGS, _INTEGERS))


def using(
    old: Column,
    new: Column,
    quoted: str,
    casts: Casts | None,
    enums: frozenset[str],
    *,
    domains: Mapping[str, str] | None = None,
) -> str | None:
    """The expression after USING, or None where ALTER COLUMN TYPE does it by itself.

    Args:
        old: the column before.
        new: the column after.
        quoted: the column's name as SQL.
        casts: of the server; None to always say USING.
        enums: types, as format_type names them, that are enums before or after.
        domains: domains, named likewise, with the type below.

    Raises:
        TruelineError: no cast leads from one to the other.
    """
    source, target = base(old.type), base(new.type)
    if source == target:
        return None
    plain = f"{quoted}::{new.type}"
    below = (domains or {}).get(target)
    if below is not None and base(below) != source:
        first = using(old, replace(new, type=below), quoted, casts, enums, domains=domains)
        return f"{first or f'{quoted}::{below}'}::{new.type}"
    source = base((domains or {}).get(source, source))
    one, other = source.removesuffix("[]"), target.removesuffix("[]")
    if one in enums and other in enums and source.endswith("[]") == target.endswith("[]"):
        return f"{quoted}::text{'[]' * source.endswith('[]')}::{new.type}"
    if source.endswith("[]") != target.endswith("[]"):
        if source in _STRINGS:
            return plain
        if target in _STRINGS:
            return None
        raise _no_cast(old, new, quoted)
    how = None if casts is None else casts.get((one, other))
    if how in {"implicit", "assignment"} or (casts is not None and other in _STRINGS):
        return None
    if casts is None or how == "explicit" or one in _STRINGS:
        return plain
    if one in enums or other in enums:
        raise _no_cast(old, new, quoted)
    if not _is_builtin(one) or not _is_builtin(other):  # a domain, or an extension's type: its base type may have one
        return plain
    raise _no_cast(old, new, quoted)


def _is_builtin(kind: str) -> bool:
    return "." not in kind and '"' not in kind


def _no_cast(old: Column, new: Column, quoted: str) -> TruelineError:
    return TruelineError(
        f"column {new.schema}.{new.table}.{new.name} cannot become {new.type}: PostgreSQL has no cast from {old.type}",
        where=f"{new.schema}.{new.table}.{new.name}: {old.type} in the database, {new.type} in the models",
        fix=(
            "write the revision by hand, with the expression that turns one into the other:\n"
            f'op.execute("ALTER TABLE … ALTER COLUMN {quoted} TYPE {new.type} USING …")\n'
            "or add a new column, fill it, and drop the old one in a later revision"
        ),
    )
