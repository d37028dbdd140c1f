"""Operations for constraints and indexes that stock Alembic cannot say: by PostgreSQL's own definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from alembic.operations import Operations

from trueline.autogen.call import Fixed, Sql, unindented
from trueline.autogen.operations.execution import place
from trueline.autogen.operations.forms import Arguments, Form
from trueline.autogen.operations.object import CreateObjectOp
from trueline.autogen.operations.statements import Constraint, create
from trueline.catalog.objects import Check, Exclusion, ForeignKey, Index, PrimaryKey, Unique


class Definitions:
    """What these operations are called with."""

    @classmethod
    def create_constraint(
        cls,
        operations: Operations,
        name: str,
        table: str,
        definition: str,
        *,
        options: Mapping[str, str] | None = None,
        tablespace: str | None = None,
        schema: str | None = None,
    ) -> None:
        """Add a constraint to a table, with what stock operations have no word for.

        ``definition`` is what follows its name: ``CHECK (…) NO INHERIT``, ``EXCLUDE USING gist (…)``. ``options`` and
        ``tablespace`` are those of its index.
        """
        thing = _constraint_of(place(operations, schema), table, name, unindented(definition))
        if isinstance(thing, PrimaryKey | Unique | Exclusion):
            pairs = tuple(f"{key}={each}" for key, each in (options or {}).items())
            thing = replace(thing, options=pairs, tablespace=tablespace)
        operations.invoke(CreateObjectOp(thing))

    @classmethod
    def create_index_sql(
        cls,
        operations: Operations,
        name: str,
        table: str,
        definition: str,
        *,
        tablespace: str | None = None,
        statistics: Mapping[int, int] | None = None,
        schema: str | None = None,
    ) -> None:
        """Create an index with what stock ``create_index`` has no word for; ``definition`` is the whole statement.

        ``statistics`` are targets by the number of the index's column.
        """
        targets = tuple((statistics or {}).items())
        # Not valid: so ON ONLY stays where the statement has it.
        thing = Index(place(operations, schema), name, table, unindented(definition), False, (), tablespace, targets)
        operations.invoke(CreateObjectOp(thing))


def _constraint_of(schema: str, table: str, name: str, definition: str) -> Constraint:
    match definition.split(maxsplit=1)[0].upper().partition("(")[0]:
        case "FOREIGN":
            return ForeignKey(schema, table, name, definition, (), ("", ""))
        case "PRIMARY":
            return PrimaryKey(schema, table, name, definition)
        case "UNIQUE":
            return Unique(schema, table, name, definition)
        case "EXCLUDE":
            return Exclusion(schema, table, name, definition)
        case _:
            return Check(schema, table, name, definition)


def _constraint(thing: Constraint) -> Arguments:
    options, space = None, None
    if isinstance(thing, PrimaryKey | Unique | Exclusion):
        options = {key: each for key, _, each in (option.partition("=") for option in thing.options)} or None
        space = thing.tablespace
    # An exclusion's definition has the options of its index already.
    chosen = None if isinstance(thing, Exclusion) else options
    return (thing.name, thing.table, Sql(thing.definition)), {"options": chosen, "tablespace": space}


def _index(thing: Index) -> Arguments:
    keywords = {"tablespace": thing.tablespace, "statistics": dict(thing.statistics) or None}
    return (thing.name, thing.table, Sql(next(create(thing)))), keywords


#: What stock ``drop_constraint`` calls the kinds; an exclusion has no word there.
STOCK_TYPES = {"primary_key": "primary", "unique": "unique", "check": "check", "foreign_key": "foreignkey"}


class _Stock:
    """The stock operations that drop them, for the call that is written."""

    @staticmethod
    def drop_constraint(name: str, table: str, *, type_: str | None = None, schema: str | None = None) -> None:
        """Only its signature is looked at."""

    @staticmethod
    def drop_index(name: str, *, table_name: str | None = None, schema: str | None = None) -> None:
        """Only its signature is looked at."""


def _dropped(thing: Constraint) -> Arguments:
    return (Fixed(thing.name), thing.table), {"type_": STOCK_TYPES.get(thing.kind)}


def _dropped_index(thing: Index) -> Arguments:
    return (Fixed(thing.name),), {"table_name": thing.table}


_FORM = Form(Definitions.create_constraint, _Stock.drop_constraint, _constraint, _dropped)

FORMS = {
    **dict.fromkeys(("primary_key", "unique", "exclusion", "check", "foreign_key"), _FORM),
    "index": Form(Definitions.create_index_sql, _Stock.drop_index, _index, _dropped_index),
}
