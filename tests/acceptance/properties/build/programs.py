"""Functions and views."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tests.acceptance.properties import spec as s
from tests.acceptance.properties.build.columns import called
from tests.acceptance.properties.build.making import Making, place, table_name
from tests.acceptance.properties.words import SCHEMAS
from trueline.catalog.render.words import name
from trueline.objects import Function, MaterializedView, View

_FUNCTIONS: list[dict[str, Any]] = [
    {"arguments": "a integer", "returns": "integer", "body": "SELECT $1", "language": "sql"},
    {"arguments": "a integer", "returns": "integer", "body": "SELECT $1 + 1 -- it's %s :x", "language": "sql"},
    {"arguments": "a integer", "returns": "bigint", "body": "SELECT $1", "language": "sql", "volatility": "immutable"},
    {"arguments": "b integer", "returns": "integer", "body": "RETURN b", "language": "sql"},
    {"arguments": "a integer, b text DEFAULT '%'", "returns": "text", "body": "BEGIN RETURN b; END"},
    {"arguments": "", "returns": "SETOF integer", "body": "BEGIN END", "security_definer": True, "comment": "c:x"},
    {"arguments": "a bigint", "returns": "bigint", "body": "BEGIN RETURN a; END", "parallel": "safe", "strict": True},
]


def declare_function(making: Making, number: int, function: s.Function) -> None:
    """One of the variants."""
    given: dict[str, Any] = {"schema": SCHEMAS[function.schema], "metadata": making.metadata}
    making.functions[number] = Function(making.slot(9 + number), **given, **_FUNCTIONS[function.how])


def declare_view(making: Making, number: int, view: s.View) -> None:
    """Over the view before it, or over a table; nothing where that is missing."""
    source, columns = _source(making, view)
    if not columns:
        return
    own = making.free(view.schema, 16 + number)
    call = called(making, view.calls) if view.calls is not None else None
    listed = ", ".join([*map(name, columns), *([f"{call} AS called"] if call and "called" not in columns else [])])
    where = f" WHERE {name(columns[0])} IS NOT NULL" if view.how & 1 else ""
    query = f"SELECT {listed} FROM {source}{where}"  # noqa: S608 - names in quotes
    (_materialized if view.materialized else _plain)(making, number, view, own, query, columns)
    making.views.append((name(place(view.schema), own), columns))


def _materialized(making: Making, number: int, view: s.View, own: str, query: str, columns: list[str]) -> None:
    wanted = view.how & 4 and columns[0] not in making.unordered
    indexed = [sa.Index(making.free(view.schema, 22 + number), columns[0])] if wanted else []
    given: dict[str, Any] = {"options": {"fillfactor": 70}} if view.how == 3 else {}
    MaterializedView(
        own, query, SCHEMAS[view.schema], indexes=indexed, comment=_comment(view), metadata=making.metadata, **given
    )


def _plain(making: Making, _number: int, view: s.View, own: str, query: str, columns: list[str]) -> None:
    given: dict[str, Any] = {"security_barrier": True} if view.how & 4 else {}
    if view.how == 3:
        given |= {"security_invoker": True, "defaults": {columns[0]: "NULL"}}
    if view.how == 1 and not view.over and view.calls is None:
        given["check_option"] = "local"
    View(own, query, SCHEMAS[view.schema], comment=_comment(view), metadata=making.metadata, **given)
    making.nouns.append(f"COLUMN {name(place(view.schema), own)}.{name(columns[0])}")


def _comment(view: s.View) -> str | None:
    return "it's 100% :x" if view.how & 2 else None


def _source(making: Making, view: s.View) -> tuple[str, list[str]]:
    if view.over and making.views:
        return making.views[-1]
    table = making.tables.get(view.table)
    if table is None:
        return "", []
    there = making.slots[view.table]
    making.unordered |= {there[slot].name for slot, type_ in making.types[view.table].items() if type_ == "json"}
    return table_name(table), [there[slot].name for slot in view.columns if slot in there]
