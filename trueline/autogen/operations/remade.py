"""What is dropped and made again in one transaction is the same thing: it keeps its privileges, its owner, its maker.

A view has to go while the type of a column under it changes. Who may read it is often given by hand, and differs from
one database to the next, so that no revision can say it: it is looked up when the view goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from alembic.operations import Operations
from sqlalchemy import text

from trueline.autogen.operations.execution import run
from trueline.catalog.objects import Key
from trueline.catalog.render.words import name, noun

_OPTION = "trueline_remade"

_RELATIONS = frozenset({"view", "materialized_view", "sequence"})
_ROUTINES = frozenset({"function", "procedure", "aggregate"})
_TYPES = frozenset({"enum", "domain", "composite", "range"})

#: System table, its column of privileges, its owner, and the cast that finds an object by its name.
_PLACES = {
    **dict.fromkeys(_RELATIONS, ("pg_class", "relacl", "relowner", "to_regclass")),
    **dict.fromkeys(_ROUTINES, ("pg_proc", "proacl", "proowner", "to_regprocedure")),
    **dict.fromkeys(_TYPES, ("pg_type", "typacl", "typowner", "to_regtype")),
}


@dataclass(frozen=True, slots=True)
class _Gone:
    """What an object was when it was dropped.

    Attributes:
        transaction: in which that was.
        ours: whether an operation had created it.
        owner: its owner, when that is somebody else.
        grants: privilege, role (None for everybody) and whether it may be handed on; None for the usual ones.
    """

    transaction: Any
    ours: bool
    owner: str | None
    grants: list[tuple[str, str | None, bool]] | None


def remember(operations: Operations, key: Key, *, ours: bool) -> None:
    """Look at an object that is about to be dropped."""
    context = operations.migration_context
    if context.as_sql or context.connection is None or key[0] not in _PLACES:
        return
    owner, grants = _looked_up(context.connection, key)
    gone = _Gone(context.connection.get_transaction(), ours, owner, grants)
    context.opts.setdefault(_OPTION, {})[key] = gone


def restore(operations: Operations, key: Key) -> bool:
    """Give an object back what it had; tells whether it is, or is again, one that raw SQL has made."""
    context = operations.migration_context
    gone: _Gone | None = context.opts.get(_OPTION, {}).pop(key, None)
    if gone is None or context.connection is None or gone.transaction is not context.connection.get_transaction():
        return False
    run(operations, _statements(key, gone))
    return not gone.ours


def _looked_up(connection: Any, key: Key) -> tuple[str | None, list[tuple[str, str | None, bool]] | None]:
    table, column, owner, cast = _PLACES[key[0]]
    shown = name(*key[1:3]) + (f"({key[3]})" if key[0] in _ROUTINES else "")
    found = connection.execute(
        text(
            f"SELECT CASE WHEN {owner} <> current_user::regrole THEN quote_ident(pg_get_userbyid({owner})) END, "  # noqa: S608 - words of this module
            f"{column} IS NULL, ARRAY(SELECT ARRAY[privilege_type, is_grantable::text, CASE WHEN grantee <> 0 "
            f"THEN quote_ident(pg_get_userbyid(grantee)) END] FROM aclexplode({column})) "
            f"FROM pg_catalog.{table} WHERE oid = {cast}(:shown)"
        ),
        {"shown": shown},
    ).first()
    if found is None:
        return None, None
    rows = [(privilege, role, grantable == "true") for privilege, grantable, role in found[2]]
    return found[0], None if found[1] else rows


def _statements(key: Key, gone: _Gone) -> list[str]:
    found = [f"ALTER {noun(key)} OWNER TO {gone.owner}"] if gone.owner else []
    if gone.grants is None:
        return found
    shown = name(*key[1:3]) + (f"({key[3]})" if key[0] in _ROUTINES else "")
    word = "ROUTINE" if key[0] in _ROUTINES else "TYPE" if key[0] in _TYPES else "TABLE"
    place = f"{'SEQUENCE' if key[0] == 'sequence' else word} {shown}"
    found.append(f"REVOKE ALL ON {place} FROM PUBLIC")
    for privilege, role, grantable in gone.grants:
        option = " WITH GRANT OPTION" if grantable else ""
        found.append(f"GRANT {privilege} ON {place} TO {role or 'PUBLIC'}{option}")
    return found
