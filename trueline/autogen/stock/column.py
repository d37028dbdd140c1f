"""Columns as stock operations, and what those have no words for as ``alter_table``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from alembic.operations import MigrateOperation
from alembic.operations.ops import AddColumnOp, AlterColumnOp

from trueline.autogen.operations.alter import AlterObjectOp
from trueline.autogen.operations.stock import DropExactColumnOp
from trueline.autogen.stock.bounds import begins_anew, led_inside
from trueline.autogen.stock.build import (
    alter_column,
    base_type,
    build,
    comments,
    compression_words,
    is_foreign,
    no_not_null,
    not_null_way,
    not_null_words,
    rename_constraint,
    rename_sequence,
    settings,
    storage_words,
    table_key,
)
from trueline.autogen.stock.default import HIGHEST, default_clause, identity_words
from trueline.autogen.stock.renames import not_null_renames
from trueline.autogen.stock.types import sql_type
from trueline.autogen.stock.words import left_out
from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import Column, Identity, NotNull
from trueline.catalog.render.words import literal, name, options


def add_column(column: Column, catalog: Catalog, *, default_schema: str) -> list[MigrateOperation]:
    """The operations that add a column to a table."""
    made = build(column, catalog, default_schema, in_table=False)
    if made is None:
        return _added_raw(column, catalog)
    added = AddColumnOp(column.table, made.column, schema=left_out(column.schema, default_schema))
    return [added, *made.renames, *made.rest]


def _added_raw(column: Column, catalog: Catalog) -> list[MigrateOperation]:
    """A column whose value SQLAlchemy cannot say."""
    words = [name(column.name), column.type]
    words += [f"COLLATE {column.collation}"] if column.collation else []
    if column.generated:
        kept = "STORED" if column.generated.stored else "VIRTUAL"
        words.append(f"GENERATED ALWAYS AS ({column.generated.expression}) {kept}")
    elif column.default is not None:
        words.append(f"DEFAULT {column.written}")
    if column.not_null:
        required = column.not_null_constraint
        words.append(f"CONSTRAINT {name(required.name)} NOT NULL" if required else "NOT NULL")
    undo = f"DROP COLUMN {name(column.name)}"
    return [
        AlterObjectOp(table_key(column), f"ADD COLUMN {' '.join(words)}", undo),
        *settings(column, foreign=is_foreign(column, catalog)),
        *comments([column], catalog),
    ]


def drop_column(column: Column, catalog: Catalog, *, default_schema: str) -> list[MigrateOperation]:
    """The operations that drop a column of a table."""
    schema, created = (
        left_out(column.schema, default_schema),
        add_column(column, catalog, default_schema=default_schema),
    )
    return [DropExactColumnOp(column.table, column.name, created, schema=schema)]


def change_column(
    old: Column,
    new: Column,
    old_catalog: Catalog,
    new_catalog: Catalog,
    *,
    default_schema: str,
    using: str | None = None,
) -> list[MigrateOperation]:
    """The operations that bring a column from ``old`` to ``new``, each as small as PostgreSQL allows.

    Args:
        old: the column as it is.
        new: the column of the same name as it shall be.
        old_catalog: where the first is from.
        new_catalog: where the second is from.
        default_schema: the schema that operations need not name.
        using: the expression that turns the old value into the new one, where a cast does not come by itself.
    """
    if _is_computed_anew(old, new, new_catalog.major):
        return [
            *drop_column(old, old_catalog, default_schema=default_schema),
            *add_column(new, new_catalog, default_schema=default_schema),
        ]
    change = _Change(old, new, old_catalog, new_catalog, default_schema, using)
    return [*_values_gone(change), *_type(change), *_not_null(change), *_values_come(change), *_settings(change)]


@dataclass(frozen=True, slots=True)
class _Change:
    """Both sides of a column, and what they are part of."""

    old: Column
    new: Column
    before: Catalog
    after: Catalog
    default_schema: str
    using: str | None

    @property
    def type_changes(self) -> bool:
        """Whether there is another type, other modifiers, or another collation."""
        return (self.old.type, self.old.collation) != (self.new.type, self.new.collation)

    @property
    def default_steps_aside(self) -> bool:
        """Whether its default goes while the type changes: it may not be one of the new type."""
        moves = self.using is not None or base_type(self.old.type) != base_type(self.new.type)
        return moves and self.old.default is not None and self.old.generated is None

    def stock(self, **changes: Any) -> AlterColumnOp:
        """One stock operation."""
        kind = sql_type(self.old.type, self.before, self.old.collation, default_schema=self.default_schema)
        schema = left_out(self.new.schema, self.default_schema)
        given = {"existing_type": kind, "existing_nullable": not self.old.not_null, **changes}
        return AlterColumnOp(self.new.table, self.new.name, schema=schema, **given)


def _is_computed_anew(old: Column, new: Column, major: int) -> bool:
    """DROP EXPRESSION makes a stored value a plain one; SET EXPRESSION came with 17; no other way leads anywhere."""
    if old.generated == new.generated:
        return False
    if new.generated is None:
        return old.generated is not None and not old.generated.stored
    return old.generated is None or old.generated.stored != new.generated.stored or major < 17


def _values_gone(change: _Change) -> Iterator[MigrateOperation]:
    old, new = change.old, change.new
    if old.identity and not new.identity and old.origin is None:
        yield alter_column(new, "DROP IDENTITY", f"ADD {identity_words(old.identity)}")
    if old.generated and not new.generated:
        yield alter_column(new, "DROP EXPRESSION")
    if change.default_steps_aside or (old.default is not None and new.identity):
        yield _default(change, None)


def _type(change: _Change) -> Iterator[MigrateOperation]:
    if not change.type_changes:
        return
    old, new = change.old, change.new
    kind = sql_type(new.type, change.after, new.collation, default_schema=change.default_schema)
    if change.using is None or "%" not in change.using:
        using = {"postgresql_using": change.using} if change.using else {}
        yield change.stock(modify_type=kind, **using)
        return
    words = " ".join(filter(None, (new.type, new.collation and f"COLLATE {new.collation}")))
    yield alter_column(new, f"TYPE {words} USING {change.using}", f"TYPE {old.type}")


def _values_come(change: _Change) -> Iterator[MigrateOperation]:
    old, new = change.old, change.new
    if new.identity and not old.identity:
        yield alter_column(new, f"ADD {identity_words(new.identity)}", "DROP IDENTITY")
    elif new.identity and old.identity:
        yield from _identity(change, old.identity, new.identity)
    if new.generated and old.generated and new.generated != old.generated:
        words = (f"SET EXPRESSION AS ({each.expression})" for each in (new.generated, old.generated))
        yield alter_column(new, *words)
    gone = change.default_steps_aside or (old.default is not None and new.identity is not None)
    if new.default != (None if gone else old.default):
        yield _default(change, new.written)


def _default(change: _Change, default: str | None) -> MigrateOperation:
    """SET or DROP DEFAULT."""
    before = default_clause(change.old, change.before)
    if default is None:
        return change.stock(modify_server_default=None, existing_server_default=before)
    value = default_clause(change.new, change.after)
    if value is None:
        undo = f"SET DEFAULT {change.old.written}" if change.old.default is not None else "DROP DEFAULT"
        return alter_column(change.new, f"SET DEFAULT {default}", undo)
    return change.stock(modify_server_default=value, existing_server_default=before)


def _identity(change: _Change, old: Identity, new: Identity) -> Iterator[MigrateOperation]:
    followed = _after_type_change(old, change.old.type, change.new.type) if change.type_changes else old
    if words := list(_identity_changes(followed, new)):
        undo = list(_identity_changes(new, followed))
        yield from led_inside(old.sequence, followed, new)
        yield alter_column(change.new, " ".join(words), " ".join(undo))
    if old.sequence[1] != new.sequence[1]:
        yield rename_sequence(new.sequence[0], old.sequence[1], new.sequence[1])


def _after_type_change(old: Identity, before: str, after: str) -> Identity:
    """The bounds that were a type's own are the new type's own afterwards."""
    if before not in HIGHEST or after not in HIGHEST:
        return old
    high, low = old.maximum, old.minimum
    high = HIGHEST[after] if high == HIGHEST[before] else high
    low = -HIGHEST[after] - 1 if low == -HIGHEST[before] - 1 else low
    return Identity(old.always, old.sequence, old.start, old.increment, low, high, old.cache, old.cycle)


def _identity_changes(old: Identity, new: Identity) -> Iterator[str]:
    if old.always != new.always:
        yield f"SET GENERATED {'ALWAYS' if new.always else 'BY DEFAULT'}"
    words = {"start": "START", "increment": "INCREMENT", "minimum": "MINVALUE", "maximum": "MAXVALUE", "cache": "CACHE"}
    for field, word in words.items():
        if getattr(old, field) != getattr(new, field):
            yield f"SET {word} {getattr(new, field)}"
    if old.cycle != new.cycle:
        yield "SET CYCLE" if new.cycle else "SET NO CYCLE"
    if begins_anew(old, new):
        yield "RESTART"


def _not_null(change: _Change) -> Iterator[MigrateOperation]:
    old, new = change.old, change.new
    before, after = old.not_null_constraint, new.not_null_constraint
    if before is None and after is None:
        if old.not_null != new.not_null:
            yield change.stock(modify_nullable=not new.not_null)
    elif after is None:
        yield change.stock(modify_nullable=True)
    elif before is None:
        yield _not_null_comes(change, after)
    elif before.valid and not after.valid:
        yield AlterObjectOp(table_key(new), no_not_null(new), not_null_words(old, before))
        yield AlterObjectOp(table_key(new), not_null_words(new, after), no_not_null(new))
    else:
        for one, other in not_null_renames(old, new, change.before, change.after):
            yield rename_constraint(new, one, other)
        if before.inherits != after.inherits:
            place = f"ALTER CONSTRAINT {name(after.name)}"
            words = (f"{place} {'INHERIT' if each.inherits else 'NO INHERIT'}" for each in (after, before))
            yield AlterObjectOp(table_key(new), *words)
        if after.valid and not before.valid:
            yield AlterObjectOp(table_key(new), f"VALIDATE CONSTRAINT {name(after.name)}")


def _not_null_comes(change: _Change, required: NotNull) -> MigrateOperation:
    new = change.new
    if not_null_way(new, change.after) == "plain":
        return change.stock(modify_nullable=False)
    return AlterObjectOp(table_key(new), not_null_words(new, required), no_not_null(new))


def _settings(change: _Change) -> Iterator[MigrateOperation]:
    old, new = change.old, change.new
    if change.type_changes:  # that has put both back to what the type has
        old = replace(old, storage=None, compression=None)
    if old.storage != new.storage:
        yield alter_column(new, *(storage_words(each, change.after.major) for each in (new, old)))
    if old.compression != new.compression:
        yield alter_column(new, *(compression_words(each) for each in (new, old)))
    if old.statistics != new.statistics:
        targets = (-1 if each.statistics is None else each.statistics for each in (new, old))
        yield alter_column(new, *(f"SET STATISTICS {each}" for each in targets))
    if old.options != new.options:
        yield from _foreign_options(old, new) if is_foreign(new, change.after) else _options(old, new)


def _options(old: Column, new: Column) -> Iterator[MigrateOperation]:
    before, after = (dict(option.split("=", 1) for option in each.options) for each in (old, new))
    given = tuple(f"{key}={each}" for key, each in after.items() if before.get(key) != each)
    gone = [key for key in before if key not in after]
    if gone:
        yield alter_column(
            new, f"RESET ({', '.join(gone)})", f"SET {options([f'{key}={before[key]}' for key in gone])}"
        )
    if given:
        yield alter_column(new, f"SET {options(given)}")


def _foreign_options(old: Column, new: Column) -> Iterator[MigrateOperation]:
    yield alter_column(new, *(_foreign_changes(*pair) for pair in ((old, new), (new, old))))


def _foreign_changes(old: Column, new: Column) -> str:
    before, after = (dict(option.split("=", 1) for option in each.options) for each in (old, new))
    words = [f"ADD {name(key)} {literal(each)}" for key, each in after.items() if key not in before]
    words += [f"SET {name(key)} {literal(each)}" for key, each in after.items() if before.get(key, each) != each]
    words += [f"DROP {name(key)}" for key in before if key not in after]
    return f"OPTIONS ({', '.join(words)})"
