"""What a catalog has to offer to models that need it: objects as statements, and definitions by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import CatalogObject, Column, Key, Name, Sequence
from trueline.catalog.render.others import sequence_owner, statements
from trueline.catalog.render.table import create_table, parts_of
from trueline.catalog.render.words import name, noun
from trueline.readings.capture import Statement

#: What others can need, in an order in which most of it can be made.
KINDS = (
    "schema",
    "extension",
    "language",
    "access_method",
    "collation",
    "text_search_parser",
    "text_search_template",
    "text_search_dictionary",
    "text_search_configuration",
    "foreign_data_wrapper",
    "server",
    "enum",
    "composite",
    "domain",
    "range",
    "sequence",
    "function",
    "procedure",
    "aggregate",
    "operator",
    "operator_family",
    "operator_class",
    "cast",
    "transform",
    "view",
    "materialized_view",
)

#: Kinds that are found under the name of a declared one.
_CONSTRAINTS = ("unique", "primary_key", "check", "foreign_key", "exclusion")


@dataclass(frozen=True, slots=True)
class Offer:
    """An object that can be taken over."""

    thing: CatalogObject

    @property
    def key(self) -> Key:
        """Of the object."""
        return self.thing.key

    @property
    def drop(self) -> str:
        """Refused by PostgreSQL when something needs the object."""
        return f"DROP {noun(self.key)} RESTRICT"

    def afterwards(self) -> list[Statement]:
        """What belongs to it and needs the tables."""
        texts = sequence_owner(self.thing) if isinstance(self.thing, Sequence) else ()
        return [Statement(text, noun(self.key), self) for text in texts]


def offers(catalog: Catalog, present: Collection[Key], declared: Collection[Name], *, tables: bool) -> list[Statement]:
    """What a catalog has and nobody declares, each as one statement whose item is an `Offer`.

    Args:
        catalog: of the revisions, or of the live database.
        present: keys of what is there already.
        declared: schemas and names that models want for themselves.
        tables: whether tables are offered too.
    """
    chosen = [
        thing
        for thing in catalog
        if _is_free(thing) and thing.kind in KINDS and thing.key not in present and thing.key[1:3] not in declared
    ]
    chosen.sort(key=lambda thing: KINDS.index(thing.kind))
    made = [_offer(thing, statements(thing)) for thing in chosen]
    return made + (list(_tables(catalog, present, declared)) if tables else [])


def _is_free(thing: CatalogObject) -> bool:
    """Whether it was made for its own sake; the sequence of a default is needed wherever that default is declared."""
    return thing.origin is None or thing.origin.kind == "serial"


def _tables(catalog: Catalog, present: Collection[Key], declared: Collection[Name]) -> Iterator[Statement]:
    own = catalog.own()
    for parts in parts_of(own):
        key = parts.table.key
        if parts.table.origin is None and key not in present and key[1:3] not in declared:
            yield _offer(parts.table, create_table(parts, own))


def _offer(thing: CatalogObject, sql: Iterable[str]) -> Statement:
    return Statement("\n;\n".join(sql), noun(thing.key), Offer(thing))


def definition_of(thing: CatalogObject, catalog: Catalog) -> str:
    """The statements that make an object in a table that is there without it, or on its own."""
    table = name(*thing.key[1:3]) if len(thing.key) > 2 else ""
    if isinstance(thing, Column):
        return f"ALTER TABLE {table} ADD COLUMN {_column(thing)}"
    if thing.kind in _CONSTRAINTS:
        return f"ALTER TABLE {table} ADD CONSTRAINT {name(thing.key[3])} {getattr(thing, 'definition', '')}"
    if thing.kind == "table":
        parts = next(parts for parts in parts_of(catalog) if parts.table.key == thing.key)
        return "\n;\n".join(create_table(parts, catalog))
    return "\n;\n".join(statements(thing))


def _column(column: Column) -> str:
    words = [name(column.name), column.type]
    words += [f"COLLATE {column.collation}"] if column.collation else []
    words += [f"DEFAULT {column.written}"] if column.default is not None else []
    if column.generated:
        words.append(f"GENERATED ALWAYS AS ({column.generated.expression})")
        words.append("STORED" if column.generated.stored else "VIRTUAL")
    words += ["NOT NULL"] if column.not_null else []
    return " ".join(words)


def constraint_keys(schema: str, table: str, own: str) -> list[Key]:
    """Where a constraint of this name may be: as any kind of constraint, or as an index."""
    return [*((kind, schema, table, own) for kind in _CONSTRAINTS), ("index", schema, own)]
