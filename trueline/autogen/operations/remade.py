"""What is dropped and made again in one transaction is the same thing: it keeps its privileges, its owner, its maker.

A view has to go while the type of a column under it changes. Who may read it is often given by hand, and differs from
one database to the next, so that no revision can say it: it is looked up when the view goes. So it is with a type that
steps aside under another name while a new one takes its place, and with a table that is made anew. With ``--sql`` the
server looks it up, when the script runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from alembic.operations import Operations
from sqlalchemy import text

from trueline.autogen.operations.access_of import KINDS, TYPES, granted_on, query, shown_name
from trueline.autogen.operations.execution import run
from trueline.autogen.operations.held import Held, hold
from trueline.catalog.objects import Key
from trueline.catalog.render.words import noun

_OPTION = "trueline_remade"


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
        state: who had what to do with it; None where it was not there, or is of a kind that nobody owns.
    """

    transaction: Any
    ours: bool
    state: _State | None


def remember(operations: Operations, key: Key, *, ours: bool) -> None:
    """Look at an object that is about to be dropped."""
    _remember(operations, key, [key], ours=ours)


#: End of the name of a type that steps aside for a new one.
ASIDE = "__old"


def remember_aside(operations: Operations, key: Key, was: Key, *, ours: bool) -> None:
    """Look at a type that has stepped aside: what takes its place under its old name has its privileges."""
    if ASIDE not in key[2]:  # it only has another name
        return
    _remember(operations, key, [(kind, *was[1:]) for kind in TYPES], ours=ours)


def _remember(operations: Operations, key: Key, names: Iterable[Key], *, ours: bool) -> None:
    context = operations.migration_context
    gone: _Gone | Held | None
    if context.connection is None or context.as_sql:
        gone = hold(context.impl, key) if key[0] in KINDS else None
    else:
        state = _looked_up(context.connection, key) if key[0] in KINDS else None
        gone = _Gone(context.connection.get_transaction(), ours, state)
    for each in names:
        context.opts.setdefault(_OPTION, {})[each] = gone


def restore(operations: Operations, key: Key) -> bool:
    """Give an object back what it had; tells whether it is, or is again, one that raw SQL has made."""
    context = operations.migration_context
    gone: _Gone | Held | None = context.opts.get(_OPTION, {}).pop(key, None)
    if isinstance(gone, Held):
        run(operations, gone.back(context.impl, key))
        return False
    if gone is None or context.connection is None or gone.transaction is not context.connection.get_transaction():
        return False
    if gone.state is not None:
        if gone.state.owner:
            run(operations, [f"ALTER {noun(key)} OWNER TO {gone.state.owner}"])
        if (now := _looked_up(context.connection, key)) is not None:
            run(operations, _statements(granted_on(key), gone.state, now))
    return not gone.ours


def _looked_up(connection: Any, key: Key) -> _State | None:
    rows = connection.execute(text(query(key, ":shown")), {"shown": shown_name(key)}).all()
    if not rows:
        return None
    grants = {_Given(column, privilege, role): option for _, column, privilege, role, option in rows if privilege}
    return _State(rows[0][0], grants, frozenset(row[1] for row in rows if row[1] is not None))


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


__all__ = ["ASIDE", "TYPES", "remember", "remember_aside", "restore"]
