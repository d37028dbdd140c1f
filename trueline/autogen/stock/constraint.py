"""Keys and checks as stock operations, where what those say is the definition to the letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic.operations import MigrateOperation
from alembic.operations.ops import (
    AddConstraintOp,
    CreateCheckConstraintOp,
    CreateForeignKeyOp,
    CreatePrimaryKeyOp,
    CreateUniqueConstraintOp,
)

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.operations.brackets import closing, without_brackets
from trueline.autogen.operations.constraint import STOCK_TYPES
from trueline.autogen.operations.object import CreateObjectOp, DropObjectOp
from trueline.autogen.operations.statements import Constraint
from trueline.autogen.operations.stock import DropExactConstraintOp
from trueline.autogen.stock.words import exact, expression, left_out, spelled, spelled_list
from trueline.catalog.objects import Check, ForeignKey, PrimaryKey, Unique
from trueline.catalog.render.words import name, options


def add_constraint(constraint: Constraint, *, default_schema: str) -> list[MigrateOperation]:
    """The operations that add a constraint to a table."""
    stock = _added(constraint, default_schema)
    return [stock, *index_operations(constraint)] if stock else [CreateObjectOp(constraint)]


def drop_constraint(constraint: Constraint, *, default_schema: str) -> list[MigrateOperation]:
    """The operations that drop a constraint of a table."""
    stock = _added(constraint, default_schema)
    if stock is None:
        return [DropObjectOp(constraint)]
    return [
        DropExactConstraintOp(
            exact(constraint.name),
            constraint.table,
            STOCK_TYPES[constraint.kind],
            schema=left_out(constraint.schema, default_schema),
            _reverse=stock,
        )
    ]


def inline(constraint: Constraint, *, default_schema: str) -> sa.Constraint | None:
    """The constraint as a part of ``create_table``, or None where it has to come after it."""
    match constraint:
        case PrimaryKey() if _is_plain_key(constraint):
            return sa.PrimaryKeyConstraint(*constraint.columns, name=exact(constraint.name))
        case Unique() if (given := _unique(constraint)) is not None:
            return sa.UniqueConstraint(*constraint.columns, name=exact(constraint.name), **given)
        case Check() if (condition := _condition(constraint)) is not None:
            return sa.CheckConstraint(condition, name=exact(constraint.name))
        case ForeignKey() if constraint.valid and (given := _foreign_key(constraint)) is not None:
            schema = left_out(constraint.references[0], default_schema)
            place = ".".join(filter(None, (schema, constraint.references[1])))
            targets = [f"{place}.{column}" for column in constraint.referenced_columns]
            return sa.ForeignKeyConstraint(list(constraint.columns), targets, name=exact(constraint.name), **given)
    return None


def index_operations(constraint: Constraint) -> list[MigrateOperation]:
    """What stock operations leave out of a key's index: storage parameters and tablespace."""
    if not isinstance(constraint, PrimaryKey | Unique):
        return []
    key = ("index", constraint.schema, constraint.name)
    found: list[MigrateOperation] = []
    if constraint.options:
        reset = ", ".join(option.partition("=")[0] for option in constraint.options)
        found.append(AlterObjectOp(key, f"SET {options(constraint.options)}", f"RESET ({reset})"))
    if constraint.tablespace:
        action = f"SET TABLESPACE {name(constraint.tablespace)}"
        found.append(AlterObjectOp(key, action, "SET TABLESPACE pg_default"))
    return found


def _added(constraint: Constraint, default_schema: str) -> AddConstraintOp | None:
    """The stock operation, where there is an exact one."""
    schema = left_out(constraint.schema, default_schema)
    named, table = exact(constraint.name), constraint.table
    match constraint:
        case PrimaryKey() if _is_plain_key(constraint):
            return CreatePrimaryKeyOp(named, table, list(constraint.columns), schema=schema)
        case Unique() if (given := _unique(constraint)) is not None:
            return CreateUniqueConstraintOp(named, table, list(constraint.columns), schema=schema, **given)
        case Check() if (condition := _condition(constraint)) is not None:
            return CreateCheckConstraintOp(named, table, condition, schema=schema)
        case ForeignKey() if (given := _foreign_key(constraint)) is not None:
            later: dict[str, Any] = {} if constraint.valid else {"postgresql_not_valid": True}
            target_schema = left_out(constraint.references[0], default_schema)
            later |= {"source_schema": schema, "referent_schema": target_schema, **given}
            here, there = list(constraint.columns), list(constraint.referenced_columns)
            return CreateForeignKeyOp(named, table, constraint.references[1], here, there, **later)
    return None


def _is_plain_key(key: PrimaryKey) -> bool:
    return re.fullmatch(rf"PRIMARY KEY \({spelled_list(key.columns)}\)", key.definition) is not None


def _unique(key: Unique) -> dict[str, Any] | None:
    """Keywords, or None where they would not say all of it."""
    pattern = rf"UNIQUE(?P<alike> NULLS NOT DISTINCT)? \({spelled_list(key.columns)}\)(?P<rest>.*)"
    match = re.fullmatch(pattern, key.definition, re.DOTALL)
    if match is None or match["rest"] != _deferrable_words(key):
        return None
    alike = {"postgresql_nulls_not_distinct": True} if match["alike"] else {}
    return {**_deferrable(key), **alike}


def _condition(check: Check) -> sa.TextClause | None:
    """What it demands, or None where there is more to it than that: Alembic 1.20.0 loses NOT VALID."""
    text, prefix = check.definition, "CHECK "
    if not text.startswith(prefix) or closing(text, len(prefix)) != len(text) - 1:
        return None
    return expression(without_brackets(text.removeprefix(prefix)))


def _foreign_key(key: ForeignKey) -> dict[str, Any] | None:
    """Keywords, or None where they would not say all of it: a dot in a name cannot be told from a separator."""
    if any("." in part for part in (key.references[1], *key.referenced_columns)):
        return None
    target = ".".join(map(spelled, key.references))
    head = rf"FOREIGN KEY \({spelled_list(key.columns)}\) REFERENCES {target}\({spelled_list(key.referenced_columns)}\)"
    rest = "".join(_actions(key)) + _deferrable_words(key) + ("" if key.valid else " NOT VALID")
    if not key.enforced or re.fullmatch(head + re.escape(rest), key.definition) is None:
        return None
    given = {
        "onupdate": _unless(key.on_update, "NO ACTION"),
        "ondelete": _unless(key.on_delete, "NO ACTION"),
        "match": _unless(key.match, "SIMPLE"),
    }
    # SQLAlchemy checks these words and takes no list of columns.
    if not all(each is None or re.fullmatch(r"[A-Z ]+", each) for each in given.values()):
        return None
    return {word: each for word, each in given.items() if each is not None} | _deferrable(key)


def _actions(key: ForeignKey) -> Sequence[str]:
    return (
        f" MATCH {key.match}" if key.match != "SIMPLE" else "",
        f" ON UPDATE {key.on_update}" if key.on_update != "NO ACTION" else "",
        f" ON DELETE {key.on_delete}" if key.on_delete != "NO ACTION" else "",
    )


def _unless(given: str, usual: str) -> str | None:
    return None if given == usual else given


def _deferrable(key: Unique | ForeignKey) -> dict[str, Any]:
    if key.deferrable == "no":
        return {}
    return {"deferrable": True} | ({"initially": "DEFERRED"} if key.deferrable == "deferred" else {})


def _deferrable_words(key: Unique | ForeignKey) -> str:
    return {"no": "", "immediate": " DEFERRABLE", "deferred": " DEFERRABLE INITIALLY DEFERRED"}[key.deferrable]
