"""What is dropped and made again in one transaction is the same thing: it keeps its privileges, its owner, its maker.

A view has to go while the type of a column under it changes. Who may read it is often given by hand, and differs from
one database to the next, so that no revision can say it: it is looked up when the view goes. So it is with a type that
steps aside under another name while a new one takes its place, and with a table that is made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from alembic.operations import Operations
from sqlalchemy import text

from trueline.autogen.operations.execution import run
from trueline.catalog.objects import Key
from trueline.catalog.render.words import name, noun

_OPTION = "trueline_remade"

_RELATIONS = frozenset({"table", "view", "materialized_view", "sequence"})
_ROUTINES = frozenset({"function", "procedure", "aggregate"})
#: Kinds that may take one another's place under one name.
TYPES = frozenset({"enum", "domain", "composite", "range"})

#: System table, its column of privileges, its owner, the cast that finds an object by its name, and the letter by which
#: `acldefault` knows the kind.
_PLACES = {
    **dict.fromkeys(_RELATIONS, ("pg_class", "relacl", "relowner", "to_regclass", "r")),
    "sequence": ("pg_class", "relacl", "relowner", "to_regclass", "s"),
    **dict.fromkeys(_ROUTINES, ("pg_proc", "proacl", "proowner", "to_regprocedure", "f")),
    **dict.fromkeys(TYPES, ("pg_type", "typacl", "typowner", "to_regtype", "T")),
}

_PRIVILEGES = """
    SELECT CASE WHEN {owner} <> current_user::regrole THEN quote_ident(pg_get_userbyid({owner})) END, c.name,
           a.privilege_type, CASE WHEN a.grantee <> 0 THEN quote_ident(pg_get_userbyid(a.grantee)) ELSE 'PUBLIC' END,
           bool_or(a.is_grantable)
      FROM pg_catalog.{table} o
     CROSS JOIN LATERAL (
           SELECT NULL AS name, coalesce(o.{privileges}, acldefault('{letter}', o.{owner})) AS acl {columns}) c
      LEFT JOIN LATERAL aclexplode(c.acl) a ON true
     WHERE o.oid = {cast}(:shown)
     GROUP BY 1, 2, 3, 4
     ORDER BY 2 NULLS FIRST, 3, 4
"""

_COLUMNS = """
           UNION ALL
           SELECT quote_ident(attname), attacl
             FROM pg_catalog.pg_attribute WHERE attrelid = o.oid AND attnum > 0 AND NOT attisdropped
"""


@dataclass(frozen=True, slots=True)
class _Given:
    """A privilege on an object, or on one of its columns."""

    column: str | None
    privilege: str
    role: str


@dataclass(frozen=True, slots=True)
class _State:
    """Who has what to do with an object.

    Attributes:
        owner: its owner, when that is somebody else.
        grants: each privilege, and whether it may be handed on.
        columns: its columns.
    """

    owner: str | None
    grants: dict[_Given, bool]
    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Gone:
    """What an object was when it was dropped.

    Attributes:
        transaction: in which that was.
        ours: whether an operation had created it.
        state: who had what to do with it; None where it was not there.
    """

    transaction: Any
    ours: bool
    state: _State | None


def remember(operations: Operations, key: Key, *, ours: bool) -> None:
    """Look at an object that is about to be dropped."""
    _remember(operations, key, [key], ours=ours)


def remember_aside(operations: Operations, key: Key, was: Key, *, ours: bool) -> None:
    """Look at a type that has stepped aside: what takes its place under its old name has its privileges."""
    _remember(operations, key, [(kind, *was[1:]) for kind in TYPES], ours=ours)


def _remember(operations: Operations, key: Key, names: Iterable[Key], *, ours: bool) -> None:
    context = operations.migration_context
    if context.as_sql or context.connection is None or key[0] not in _PLACES:
        return
    gone = _Gone(context.connection.get_transaction(), ours, _looked_up(context.connection, key))
    for each in names:
        context.opts.setdefault(_OPTION, {})[each] = gone


def restore(operations: Operations, key: Key) -> bool:
    """Give an object back what it had; tells whether it is, or is again, one that raw SQL has made."""
    context = operations.migration_context
    gone: _Gone | None = context.opts.get(_OPTION, {}).pop(key, None)
    if gone is None or context.connection is None or gone.transaction is not context.connection.get_transaction():
        return False
    if gone.state is not None:
        if gone.state.owner:
            run(operations, [f"ALTER {noun(key)} OWNER TO {gone.state.owner}"])
        if (now := _looked_up(context.connection, key)) is not None:
            run(operations, _statements(_place(key), gone.state, now))
    return not gone.ours


def _looked_up(connection: Any, key: Key) -> _State | None:
    table, privileges, owner, cast, letter = _PLACES[key[0]]
    words = {"table": table, "privileges": privileges, "owner": owner, "cast": cast, "letter": letter}
    query = _PRIVILEGES.format(**words, columns=_COLUMNS if key[0] in _RELATIONS - {"sequence"} else "")
    rows = connection.execute(text(query), {"shown": _shown(key)}).all()
    if not rows:
        return None
    grants = {_Given(column, privilege, role): option for _, column, privilege, role, option in rows if privilege}
    return _State(rows[0][0], grants, frozenset(row[1] for row in rows if row[1] is not None))


def _shown(key: Key) -> str:
    return name(*key[1:3]) + (f"({key[3]})" if key[0] in _ROUTINES else "")


def _place(key: Key) -> str:
    word = "ROUTINE" if key[0] in _ROUTINES else "TYPE" if key[0] in TYPES else "TABLE"
    return f"{'SEQUENCE' if key[0] == 'sequence' else word} {_shown(key)}"


def _statements(place: str, was: _State, now: _State) -> Iterator[str]:
    """What makes of one state the other: default privileges may have given a new object more than the old one had."""
    for given, option in now.grants.items():
        if given not in was.grants:
            yield f"REVOKE {_words(given)} ON {place} FROM {given.role}"
        elif option and not was.grants[given]:
            yield f"REVOKE GRANT OPTION FOR {_words(given)} ON {place} FROM {given.role}"
    for given, option in was.grants.items():
        if (given.column is None or given.column in now.columns) and now.grants.get(given) not in {True, option}:
            yield f"GRANT {_words(given)} ON {place} TO {given.role}{' WITH GRANT OPTION' if option else ''}"


def _words(given: _Given) -> str:
    return f"{given.privilege} ({given.column})" if given.column else given.privilege
