"""A catalog's column as SQLAlchemy's, and what has to follow because SQLAlchemy has no words for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Literal

import sqlalchemy as sa
from alembic.operations import MigrateOperation

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.operations.object import CreateObjectOp
from trueline.autogen.stock.constraint import inline
from trueline.autogen.stock.default import HIGHEST, computed, identity, identity_words, server_default
from trueline.autogen.stock.names import is_claimed, is_taken, not_null_name, sequence_name
from trueline.autogen.stock.parts import parts_of
from trueline.autogen.stock.types import sql_type
from trueline.autogen.stock.words import column_action
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column, Comment, Key, NotNull, Origin, Table
from trueline.catalog.objects import Sequence as SequenceObject
from trueline.catalog.render.words import literal, name, options

#: In which way a column comes to its NOT NULL: with the column, so and then renamed, or by a statement of its own.
NotNullWay = Literal["none", "plain", "renamed", "apart"]


@dataclass(slots=True)
class Built:
    """A column, and the operations after it, in two turns: what is renamed makes room for what is named."""

    column: sa.Column[Any]
    renames: list[MigrateOperation] = field(default_factory=list)
    rest: list[MigrateOperation] = field(default_factory=list)


def table_key(column: Column) -> Key:
    """The key of its table."""
    return ("table", column.schema, column.table)


def alter_column(column: Column, action: str, undo: str = "") -> AlterObjectOp:
    """``ALTER TABLE … ALTER COLUMN …``."""
    return AlterObjectOp(
        table_key(column), *(column_action(column.name, each) if each else "" for each in (action, undo))
    )


def build(
    column: Column, catalog: Catalog, default_schema: str, *, siblings: Sequence[Column] = (), in_table: bool = True
) -> Built | None:
    """The column for ``create_table`` or ``add_column``, or None where neither can say its value.

    Args:
        column: the catalog's.
        catalog: where it is from.
        default_schema: the schema that nothing has to name.
        siblings: the columns that come with it.
        in_table: whether its table comes with it, and with that its key.
    """
    value = _value(column, catalog)
    if value is None:
        return None
    way = not_null_way(column, catalog, siblings)
    drawn = _identity_way(column, catalog, siblings)
    arguments, keywords = value
    if column.identity and drawn != "apart" and way != "apart":
        arguments = (identity(column.identity, column.type),)
    if in_table and not arguments and _looks_serial(column, catalog):
        keywords = {} if is_serial(column, catalog) else keywords or {"autoincrement": False}
    kind = sql_type(column.type, catalog, column.collation, default_schema=default_schema)
    nullable = way in {"none", "apart"}
    said = comment_of(column, catalog)
    made: sa.Column[Any] = sa.Column(column.name, kind, *arguments, nullable=nullable, comment=said, **keywords)
    built = Built(made)
    _follow_not_null(built, column, way)
    _follow_identity(built, column, drawn if way != "apart" else "apart")
    built.rest += settings(column, foreign=is_foreign(column, catalog))
    return built


def _value(column: Column, catalog: Catalog) -> tuple[tuple[Any, ...], dict[str, Any]] | None:
    if column.generated:
        made = computed(column)
        return ((made,), {}) if made is not None else None
    if column.default is None:
        return (), {}
    default = server_default(column, catalog)
    return None if default is None else ((), {"server_default": default})


def comment_of(column: Column, catalog: Catalog) -> str | None:
    """What is said about it."""
    found = catalog.get(("comment", *column.key))
    return found.text if isinstance(found, Comment) else None


def comments(columns: Sequence[Column], catalog: Catalog) -> Iterator[MigrateOperation]:
    """What is said about columns that no `sa.Column` makes, which would say it."""
    for column in columns:
        if (text := comment_of(column, catalog)) is not None:
            yield CreateObjectOp(Comment(column.key, text))


def not_null_way(column: Column, catalog: Catalog, siblings: Sequence[Column] = ()) -> NotNullWay:
    """How to come to a NOT NULL of this name and kind. Before 18 it had neither."""
    required = column.not_null_constraint
    if not column.not_null:
        return "apart" if required is not None else "none"
    if required is None:
        return "plain"
    usual = not_null_name(column)
    if not required.valid or not required.inherits or is_claimed(catalog, column, usual, siblings):
        return "apart"
    if required.name == usual:
        return "plain"
    return "apart" if _crosses(required.name, column, siblings) else "renamed"


def _crosses(wanted: str, column: Column, siblings: Sequence[Column]) -> bool:
    """Whether another column's NOT NULL has this name for as long as it is not renamed."""
    return any(each.name != column.name and each.not_null and not_null_name(each) == wanted for each in siblings)


def _identity_way(column: Column, catalog: Catalog, siblings: Sequence[Column]) -> Literal["plain", "renamed", "apart"]:
    if column.identity is None:
        return "plain"
    usual = sequence_name(column)
    if is_taken(catalog, column, usual, siblings):
        return "apart"
    return "plain" if column.identity.sequence[1] == usual else "renamed"


def _follow_not_null(built: Built, column: Column, way: NotNullWay) -> None:
    required = column.not_null_constraint
    if required is None or way in {"none", "plain"}:
        return
    if way == "renamed":
        built.renames.append(rename_constraint(column, not_null_name(column), required.name))
    else:
        built.rest.append(AlterObjectOp(table_key(column), not_null_words(column, required), no_not_null(column)))


def rename_constraint(column: Column, old: str, new: str) -> AlterObjectOp:
    """Another name for a constraint of its table."""
    actions = (f"RENAME CONSTRAINT {name(one)} TO {name(other)}" for one, other in ((old, new), (new, old)))
    return AlterObjectOp(table_key(column), *actions)


def not_null_words(column: Column, required: NotNull) -> str:
    """What follows ALTER TABLE to make it NOT NULL under this name."""
    endings = ("" if required.inherits else " NO INHERIT") + ("" if required.valid else " NOT VALID")
    return f"ADD CONSTRAINT {name(required.name)} NOT NULL {name(column.name)}{endings}"


def no_not_null(column: Column) -> str:
    """What follows ALTER TABLE to let it be NULL."""
    return column_action(column.name, "DROP NOT NULL")


def _follow_identity(built: Built, column: Column, way: Literal["plain", "renamed", "apart"]) -> None:
    given = column.identity
    if given is None or way == "plain":
        return
    if way == "apart":
        built.rest.append(alter_column(column, f"ADD {identity_words(given)}", "DROP IDENTITY"))
    else:
        built.renames.append(rename_sequence(column.schema, sequence_name(column), given.sequence[1]))


def rename_sequence(schema: str, old: str, new: str) -> AlterObjectOp:
    """Another name for a sequence."""
    return AlterObjectOp(("sequence", schema, old), f"RENAME TO {name(new)}", f"RENAME TO {name(old)}")


def is_foreign(column: Column, catalog: Catalog) -> bool:
    """Whether its rows are on another server, so that its options are mostly that one's."""
    table = catalog.get(table_key(column))
    return isinstance(table, Table) and table.foreign is not None


#: PostgreSQL's own types that are not stored as ``extended`` by themselves, of those that have a choice at all.
_MAIN = frozenset({"numeric", "inet", "cidr"})


def storage_words(column: Column, major: int) -> str:
    """``SET STORAGE …``. The type's own has a word since 16, but the revision may run on 15, too."""
    if column.storage:
        return f"SET STORAGE {column.storage.upper()}"
    kind = base_type(column.type)
    if major >= 16 and "." in kind and not kind.endswith("[]"):  # a domain, or an extension's type
        return "SET STORAGE DEFAULT"
    return f"SET STORAGE {'MAIN' if kind in _MAIN else 'EXTENDED'}"


def compression_words(column: Column) -> str:
    """``SET COMPRESSION …``."""
    return f"SET COMPRESSION {column.compression or 'DEFAULT'}"


def base_type(kind: str) -> str:
    """A type without its modifiers."""
    return base_type(kind[:-2]) + "[]" if kind.endswith("[]") else kind.partition("(")[0]


#: Options of a column that are PostgreSQL's own.
_OWN_OPTIONS = ("n_distinct=", "n_distinct_inherited=")


def settings(column: Column, *, foreign: bool = False) -> list[MigrateOperation]:
    """Storage, compression, statistics and options that were chosen."""
    found: list[MigrateOperation] = []
    if column.storage:
        found.append(alter_column(column, f"SET STORAGE {column.storage.upper()}"))
    if column.compression:
        found.append(alter_column(column, f"SET COMPRESSION {column.compression}", "SET COMPRESSION DEFAULT"))
    if column.statistics is not None:
        found.append(alter_column(column, f"SET STATISTICS {column.statistics}", "SET STATISTICS -1"))
    own = [option for option in column.options if not foreign or option.startswith(_OWN_OPTIONS)]
    if own:
        chosen = ", ".join(option.partition("=")[0] for option in own)
        found.append(alter_column(column, f"SET {options(own)}", f"RESET ({chosen})"))
    if others := [option.partition("=") for option in column.options if option not in own]:
        added = ", ".join(f"ADD {name(key)} {literal(each)}" for key, _, each in others)
        dropped = ", ".join(f"DROP {name(key)}" for key, *_ in others)
        found.append(alter_column(column, f"OPTIONS ({added})", f"OPTIONS ({dropped})"))
    return found


def is_serial(column: Column, catalog: Catalog) -> bool:
    """Whether ``create_table`` makes a SERIAL of it that is exactly this: then its sequence comes with it, too.

    SQLAlchemy does so with the only column of a primary key, an integer without default; PostgreSQL then chooses a
    sequence's name and options.
    """
    sequence = catalog.get(("sequence", column.schema, sequence_name(column)))
    table = catalog.get(table_key(column))
    return (
        isinstance(sequence, SequenceObject)
        and isinstance(table, Table)
        and table.bound is None
        and _looks_serial(column, catalog)
        and _is_usual(sequence, column, table)
        and column.default in _draws(sequence)
        and not_null_way(column, catalog, parts_of(catalog, column).columns) in {"plain", "renamed"}
        and _comes_with_key(column, catalog)
    )


def _is_usual(sequence: SequenceObject, column: Column, table: Table) -> bool:
    """Whether its options are those of a SERIAL's."""
    usual = SequenceObject(
        sequence.schema,
        sequence.name,
        type=column.type,
        maximum=HIGHEST[column.type],
        persistence=table.persistence,
        owned_by=column.key,
        origin=Origin("serial", column.key),
    )
    return sequence == usual


def _draws(sequence: SequenceObject) -> set[str]:
    """``nextval`` in each spelling of the name."""
    forms = ({part, '"' + part.replace('"', '""') + '"'} for part in (sequence.schema, sequence.name))
    return {f"nextval('{'.'.join(each)}'::regclass)" for each in map(_literal, product(*forms))}


def _literal(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.replace("'", "''") for part in parts)


def _looks_serial(column: Column, catalog: Catalog) -> bool:
    """Whether SQLAlchemy would take the column for one that counts by itself, unless told otherwise."""
    key = parts_of(catalog, column).primary_key()
    return column.type in HIGHEST and key is not None and key.columns == (column.name,)


def _comes_with_key(column: Column, catalog: Catalog) -> bool:
    key = parts_of(catalog, column).primary_key()
    return key is not None and inline(key, default_schema="") is not None
