"""Schemas and extensions that the history has made, and those that were there before it.

A revision creates both unless somebody has done so beforehand, a DBA as a rule. Its downgrade must not drop what it has
not made. Nothing in a database says who made a schema, but two things tell of many that it was somebody else: it is
that of a role whose rights this one has not got, or it is older than Alembic's own table, which comes before the first
revision.
"""

from __future__ import annotations

import logging
from typing import Any

from alembic.operations import Operations
from sqlalchemy import text

from trueline.autogen.operations.execution import run
from trueline.catalog.objects import Key
from trueline.catalog.render.words import literal, name, noun

_log = logging.getLogger("trueline.autogen")

#: System table, and its columns of the name and the owner.
_PLACES = {
    "schema": ("pg_namespace", "nspname", "nspowner"),
    "extension": ("pg_extension", "extname", "extowner"),
}

#: In every new database, where a replay takes place.
_ALWAYS = frozenset({("schema", "public"), ("extension", "plpgsql")})

_STAYS = (
    "SELECT true FROM pg_catalog.{table} o LEFT JOIN pg_catalog.pg_class v ON v.oid = to_regclass({versions}) "
    "WHERE o.{column} = {name} AND (NOT pg_has_role(o.{owner}, 'USAGE') OR o.oid < v.oid)"
)


def drop_made(operations: Operations, key: Key) -> bool:
    """Drop it unless it was there before; whether it is gone, as far as can be told."""
    context = operations.migration_context
    if context.as_sql or context.connection is None:
        run(operations, [_script(key, context)])
        return True
    if "trueline_created" in context.opts:  # a replay, where everything is made by operations
        stays = key in _ALWAYS
    else:
        query = _query(key, ":name", ":versions")
        given = {"name": key[1], "versions": _versions(context)}
        stays = context.connection.execute(text(query), given).first() is not None
    if stays:
        _log.info("%s stays: it was there before", noun(key))
        return False
    run(operations, [f"DROP {noun(key)}"])
    return True


def _query(key: Key, given: str, versions: str) -> str:
    table, column, owner = _PLACES[key[0]]
    return _STAYS.format(table=table, column=column, owner=owner, name=given, versions=versions)


def _versions(context: Any) -> str:
    return name(*filter(None, (context.version_table_schema, context.version_table)))


def _script(key: Key, context: Any) -> str:
    condition = _query(key, literal(key[1]), literal(_versions(context)))
    body = f"BEGIN IF NOT EXISTS ({condition}) THEN DROP {noun(key)}; END IF; END"
    return f"DO {literal(body)}"
