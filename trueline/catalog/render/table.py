"""Tables as SQL: columns and constraints inside, what has no place there after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import (
    Check,
    Column,
    Exclusion,
    Identity,
    Index,
    MaterializedView,
    PrimaryKey,
    Table,
    Unique,
)
from trueline.catalog.render.inherited import above, inherited_changes, inherited_not_null
from trueline.catalog.render.words import literal, name, noun, options

Constraint = PrimaryKey | Unique | Exclusion | Check


@dataclass(slots=True)
class Parts:
    """A table with what it is made of, columns as they lie."""

    table: Table
    columns: list[Column] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)


def parts_of(catalog: Catalog, *, inherited: bool = False) -> list[Parts]:
    """Every table with its parts, inherited constraints only where wanted; parents come before their children."""
    found = {(table.schema, table.name): Parts(table) for table in catalog.of_kind(Table)}
    for thing in catalog:
        if isinstance(thing, Column):
            found[thing.schema, thing.table].columns.append(thing)
        elif isinstance(thing, Constraint) and (inherited or thing.origin is None):
            found[thing.schema, thing.table].constraints.append(thing)
    for parts in found.values():
        parts.columns.sort(key=lambda column: column.position)
    ordered: dict[tuple[str, str], Parts] = {}

    def place(key: tuple[str, str]) -> None:
        if key in found and key not in ordered:
            for parent in found[key].table.parents:
                place(parent)
            ordered[key] = found[key]

    for key in found:
        place(key)
    return list(ordered.values())


def create_table(parts: Parts, catalog: Catalog) -> Iterator[str]:
    """The statements that make a table, without its foreign keys and what is `not_valid`."""
    table = parts.table
    lines = [*_column_lines(parts, catalog), *(constraint_words(c) for c in parts.constraints if _fits_inside(c))]
    body = "\n(\n    " + ",\n    ".join(lines) + "\n)" if lines else "" if table.bound or table.of_type else " ()"
    yield f"CREATE {_sort(table)}TABLE {name(table.schema, table.name)}{_before(table)}{body}{_after(table)}"
    yield from _alterations(parts, catalog)


def _sort(table: Table) -> str:
    return "FOREIGN " if table.foreign else "UNLOGGED " if table.persistence == "unlogged" else ""


def _before(table: Table) -> str:
    if table.bound:
        return f" PARTITION OF {name(*table.parents[0])}"
    return f" OF {table.of_type}" if table.of_type else ""


def _after(table: Table) -> str:
    words = [f"\n{table.bound}"] if table.bound else []
    if table.parents and not table.bound:
        words.append(f"\nINHERITS ({', '.join(name(*parent) for parent in table.parents)})")
    if table.partition_key:
        words.append(f"\nPARTITION BY {table.partition_key}")
    if table.access_method:
        words.append(f"\nUSING {name(table.access_method)}")
    if table.options:
        words.append(f"\nWITH {options(table.options)}")
    if table.tablespace:
        words.append(f"\nTABLESPACE {name(table.tablespace)}")
    if table.foreign:
        words.append(f"\nSERVER {name(table.foreign.server)}{foreign_options(table.foreign.options)}")
    return "".join(words)


def foreign_options(given: tuple[str, ...]) -> str:
    """The options of a foreign table or column."""
    pairs = (option.partition("=") for option in given)
    return f" OPTIONS ({', '.join(f'{name(key)} {literal(value)}' for key, _, value in pairs)})" if given else ""


def _column_lines(parts: Parts, catalog: Catalog) -> Iterator[str]:
    """A child repeats only what it has of its own; a typed table's columns are its type's."""
    for column in parts.columns:
        if parts.table.of_type or parts.table.bound:
            if own := _deviation(column, catalog):
                yield f"{name(column.name)}{own}"
        elif not column.local:
            yield from inherited_not_null(column, above(column, parts.table, catalog))
        else:
            collation = f" COLLATE {column.collation}" if column.collation else ""
            yield f"{name(column.name)} {column.type}{collation}{_value(column)}{_not_null(column)}"


def _deviation(column: Column, catalog: Catalog) -> str:
    """Default and NOT NULL of a column that has its type from elsewhere, where they are its own."""
    parent = catalog.get(column.origin.of) if column.origin and column.origin.kind == "inherited" else None
    above = parent if isinstance(parent, Column) else None
    if above is not None and above.generated:
        return ""
    default = column.written if column.default != (above.default if above else None) else None
    required = column.not_null and not (above and above.not_null)
    return (f" DEFAULT {default}" if default else "") + (_not_null(column) if required else "")


def _value(column: Column) -> str:
    if column.identity:
        return _identity(column.identity)
    if column.generated:
        return f" GENERATED ALWAYS AS ({column.generated.expression})" + (
            " STORED" if column.generated.stored else " VIRTUAL"
        )
    return f" DEFAULT {column.written}" if column.default is not None else ""


def _identity(identity: Identity) -> str:
    mode = "ALWAYS" if identity.always else "BY DEFAULT"
    return (
        f" GENERATED {mode} AS IDENTITY (SEQUENCE NAME {name(*identity.sequence)} START {identity.start}"
        f" INCREMENT {identity.increment} MINVALUE {identity.minimum} MAXVALUE {identity.maximum}"
        f" CACHE {identity.cache}{' CYCLE' if identity.cycle else ''})"
    )


def _not_null(column: Column) -> str:
    constraint = column.not_null_constraint
    if not column.not_null or (constraint and not constraint.valid):
        return ""
    named = f" CONSTRAINT {name(constraint.name)}" if constraint else ""
    return f"{named} NOT NULL{'' if constraint is None or constraint.inherits else ' NO INHERIT'}"


def constraint_words(constraint: Constraint) -> str:
    """Name and definition."""
    return f"CONSTRAINT {name(constraint.name)} {constraint.definition}"


def _fits_inside(constraint: Constraint) -> bool:
    """In a new table everything is valid, so that NOT VALID has to come later."""
    return not isinstance(constraint, Check) or constraint.valid or not constraint.enforced


def _alterations(parts: Parts, catalog: Catalog) -> Iterator[str]:
    table = parts.table
    place = name(table.schema, table.name)
    for column in parts.columns:
        changes = [*_settings(column, foreign=table.foreign is not None)]
        if table.parents and not table.bound:
            changes += inherited_changes(column, above(column, table, catalog), catalog.major)
        yield from (f"ALTER TABLE {place} ALTER {name(column.name)} {change}" for change in changes)
    for constraint in parts.constraints:
        if not isinstance(constraint, Check):
            yield from index_settings(table.schema, constraint)
    if table.row_security:
        yield f"ALTER TABLE {place} ENABLE ROW LEVEL SECURITY"
    if table.force_row_security:
        yield f"ALTER TABLE {place} FORCE ROW LEVEL SECURITY"


def not_valid(parts: Parts, catalog: Catalog) -> Iterator[str]:
    """What is not known to hold: a new table has only what holds, and a child takes over what its parent gets later."""
    place = name(parts.table.schema, parts.table.name)
    for column in parts.columns:
        required = column.not_null_constraint
        if required and not required.valid and not _comes_from_above(column, parts.table, catalog):
            yield f"ALTER TABLE {place} ADD CONSTRAINT {name(required.name)} NOT NULL {name(column.name)} NOT VALID"
    for constraint in parts.constraints:
        if not _fits_inside(constraint):
            yield f"ALTER TABLE {place} ADD {constraint_words(constraint)}"


def _comes_from_above(column: Column, table: Table, catalog: Catalog) -> bool:
    return column.not_null_constraint in [item.not_null_constraint for item in above(column, table, catalog)]


def _settings(column: Column, *, foreign: bool) -> Iterator[str]:
    if column.storage:
        yield f"SET STORAGE {column.storage.upper()}"
    if column.compression:
        yield f"SET COMPRESSION {column.compression}"
    if column.statistics is not None:
        yield f"SET STATISTICS {column.statistics}"
    # Both kinds of options are kept in one list: those of a foreign column can be anything but these two.
    chosen = [option for option in column.options if not foreign or option.startswith(("n_distinct=", "n_distinct_in"))]
    if chosen:
        yield f"SET {options(chosen)}"
    if others := [option.partition("=") for option in column.options if option not in chosen]:
        yield f"OPTIONS ({', '.join(f'ADD {name(key)} {literal(value)}' for key, _, value in others)})"


def index_settings(schema: str, thing: PrimaryKey | Unique | Exclusion | Index) -> Iterator[str]:
    """What the definition of an index or constraint leaves out."""
    place = name(schema, thing.name)
    if thing.options and not isinstance(thing, Index | Exclusion):
        yield f"ALTER INDEX {place} SET {options(thing.options)}"
    if thing.tablespace:
        yield f"ALTER INDEX {place} SET TABLESPACE {name(thing.tablespace)}"
    for column, target in thing.statistics if isinstance(thing, Index) else ():
        yield f"ALTER INDEX {place} ALTER COLUMN {column} SET STATISTICS {target}"


def marks(thing: Table | MaterializedView) -> Iterator[str]:
    """What names an index of the table or materialized view, and so comes after the indexes."""
    place = name(thing.schema, thing.name)
    if isinstance(thing, Table) and thing.replica_index:
        yield f"ALTER TABLE {place} REPLICA IDENTITY USING INDEX {name(thing.replica_index)}"
    elif isinstance(thing, Table) and thing.replica_identity in {"full", "nothing"} and not thing.foreign:
        yield f"ALTER TABLE {place} REPLICA IDENTITY {thing.replica_identity.upper()}"
    if thing.clustered_on:
        yield f"ALTER {noun(thing.key)} CLUSTER ON {name(thing.clustered_on)}"
