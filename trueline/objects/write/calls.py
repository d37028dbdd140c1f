"""One function per kind of catalog object: the declaration that makes it, as Python source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

from trueline.catalog.catalog import Catalog
from trueline.catalog.objects import (
    CatalogObject,
    Check,
    Column,
    Comment,
    Domain,
    Enum,
    Exclusion,
    Extension,
    ForeignKey,
    Function,
    Index,
    MaterializedView,
    Policy,
    PrimaryKey,
    Procedure,
    Schema,
    Sequence,
    Table,
    Trigger,
    Unique,
    View,
)
from trueline.catalog.render.others import sequence_owner, statements
from trueline.catalog.render.table import create_table, marks, not_valid, parts_of
from trueline.catalog.render.words import name
from trueline.objects.write.names import dotted
from trueline.objects.write.python import Call, Source, Sql, call

#: What is written, and the names that it needs: ``sqlalchemy.Enum``, ``trueline.View``.
Written = tuple[Call, tuple[str, ...]]


def declarations(thing: CatalogObject, catalog: Catalog, *, whole: bool) -> Iterator[Written]:
    """The declarations of one object.

    Args:
        thing: the object.
        catalog: where it is from: what belongs to it is looked up there.
        whole: of a table, whether it is declared with its columns; else only its row security is.
    """
    if isinstance(thing, Table):
        yield from _table(thing, catalog) if whole else _row_security(thing)
    elif (write := _BY_KIND.get(thing.kind)) is not None:
        yield from write(thing, catalog)
    else:
        yield from statement(statements(thing))


def statement(texts: Iterator[str]) -> Iterator[Written]:
    """What there is no class for."""
    given = [Sql(text) for text in texts]
    if given:
        yield call("Statement", given[0] if len(given) == 1 else given), ("trueline.Statement",)


def comment_of(thing: CatalogObject, catalog: Catalog) -> str | None:
    """What the database says of it."""
    found = catalog.get(("comment", *thing.key))
    return found.text if isinstance(found, Comment) else None


def _extension(thing: Extension, _: Catalog) -> Iterator[Written]:
    """Its version is left to the server: to name it is to watch it."""
    schema = thing.schema if thing.schema != "pg_catalog" else None
    yield call("Extension", thing.name, schema=schema), ("trueline.Extension",)


def _schema(thing: Schema, _: Catalog) -> Iterator[Written]:
    yield from statement(statements(thing)) if thing.name != "public" else iter(())


def _enum(thing: Enum, _: Catalog) -> Iterator[Written]:
    if not thing.labels:
        yield from statement(statements(thing))
        return
    made = call("Enum", *thing.labels, name=thing.name, schema=thing.schema, metadata=Source("the_metadata()"))
    yield made, ("sqlalchemy.Enum", "trueline.objects.the_metadata")


def _domain(thing: Domain, catalog: Catalog) -> Iterator[Written]:
    required = thing.not_null_constraint
    made = call(
        "Domain",
        thing.name,
        thing.type,
        schema=thing.schema,
        collation=thing.collation,
        default=thing.default,
        not_null=thing.not_null,
        not_null_name=required.name if thing.not_null and required else None,
        checks={each.name: Sql(_condition(each.definition)) for each in thing.checks if each.valid},
        comment=comment_of(thing, catalog),
    )
    yield made, ("trueline.Domain",)
    place = name(thing.schema, thing.name)
    for each in thing.checks:
        if not each.valid:
            yield from statement(iter([f"ALTER DOMAIN {place} ADD CONSTRAINT {name(each.name)} {each.definition}"]))


def _condition(definition: str) -> str:
    """Of ``CHECK (condition)``."""
    return definition.removeprefix("CHECK (").removesuffix(")")


_SMALL = {"smallint": ("SmallInteger", 2**15 - 1), "integer": ("Integer", 2**31 - 1), "bigint": ("", 2**63 - 1)}


def _sequence(thing: Sequence, _: Catalog) -> Iterator[Written]:
    if thing.persistence == "unlogged":
        yield from statement(statements(thing))
    else:
        yield _plain_sequence(thing)
    yield from statement(sequence_owner(thing))


def _plain_sequence(thing: Sequence) -> Written:
    kind, most = _SMALL[thing.type]
    rises = thing.increment > 0
    usual = {
        "start": thing.minimum if rises else thing.maximum,
        "increment": 1,
        "minvalue": 1 if rises else -most - 1,
        "maxvalue": most if rises else -1,
        "cache": 1,
        "cycle": False,
    }
    given = {
        "start": thing.start,
        "increment": thing.increment,
        "minvalue": thing.minimum,
        "maxvalue": thing.maximum,
        "cache": thing.cache,
        "cycle": thing.cycle,
    }
    # A number of zero is not the usual one, though it is nothing.
    chosen = {word: Source(repr(value)) for word, value in given.items() if value != usual[word]}
    type_ = Source(kind) if kind else None
    one = Source("the_metadata()")
    made = call("Sequence", thing.name, schema=thing.schema, data_type=type_, metadata=one, **chosen)
    return made, ("sqlalchemy.Sequence", "trueline.objects.the_metadata", *([f"sqlalchemy.{kind}"] if kind else []))


def _routine(thing: Function | Procedure, catalog: Catalog) -> Iterator[Written]:
    cls = "Function" if isinstance(thing, Function) else "Procedure"
    yield call(f"{cls}.from_sql", Sql(thing.definition), comment=comment_of(thing, catalog)), (f"trueline.{cls}",)


def _view(thing: View, catalog: Catalog) -> Iterator[Written]:
    given: dict[str, Any] = dict(option.split("=", 1) for option in thing.options)
    chosen = {word: _switch(value) for word, value in given.items() if word.startswith("security_")}
    made = call(
        "View",
        thing.name,
        Sql(thing.definition.rstrip(";")),
        schema=thing.schema,
        check_option=given.get("check_option"),
        **chosen,
        defaults={column: Sql(default) for column, default in thing.defaults},
        comment=comment_of(thing, catalog),
    )
    yield made, ("trueline.View",)


def _switch(value: str) -> Source | str:
    """PostgreSQL keeps the word that was written, be it ``true`` or ``on``."""
    return Source(value.capitalize()) if value in {"true", "false"} else value


def _materialized_view(thing: MaterializedView, catalog: Catalog) -> Iterator[Written]:
    own = (thing.schema, thing.name)
    indexes = [each for each in catalog.of_kind(Index) if (each.schema, each.table) == own]
    made = call(
        "MaterializedView",
        thing.name,
        Sql(thing.definition.rstrip(";")),
        schema=thing.schema,
        indexes=[Sql(text) for each in indexes for text in statements(each)],
        options=dict(option.split("=", 1) for option in thing.options),
        using=thing.access_method,
        tablespace=thing.tablespace,
        settings=dict(thing.settings),
        cluster=thing.clustered_on,
        with_data=None if thing.populated else Source("False"),
        comment=comment_of(thing, catalog),
    )
    yield made, ("trueline.MaterializedView",)


def _trigger(thing: Trigger, catalog: Catalog) -> Iterator[Written]:
    enabled = thing.enabled if thing.enabled != "origin" else None
    made = call("Trigger.from_sql", Sql(thing.definition), enabled=enabled, comment=comment_of(thing, catalog))
    yield made, ("trueline.Trigger",)


def _policy(thing: Policy, catalog: Catalog) -> Iterator[Written]:
    made = call(
        "Policy",
        thing.name,
        on=dotted(thing.schema, thing.table),
        command=thing.command.lower() if thing.command != "ALL" else None,
        permissive=None if thing.permissive else Source("False"),
        to=thing.roles if thing.roles != ("public",) else None,
        using=Sql(thing.using) if thing.using is not None else None,
        with_check=Sql(thing.check) if thing.check is not None else None,
        comment=comment_of(thing, catalog),
    )
    yield made, ("trueline.Policy",)


def _row_security(thing: Table) -> Iterator[Written]:
    if thing.row_security:
        made = call("RowSecurity", on=dotted(thing.schema, thing.name), force=thing.force_row_security)
        yield made, ("trueline.RowSecurity",)


def _table(thing: Table, catalog: Catalog) -> Iterator[Written]:
    parts = next(each for each in parts_of(_without_keys(thing, catalog)) if each.table == thing)
    yield from statement(chain(create_table(parts, catalog), not_valid(parts, catalog)))
    yield from statement(marks(thing))


def _without_keys(thing: Table, catalog: Catalog) -> Catalog:
    """The table and its parts alone."""
    own = (thing.schema, thing.name)
    kinds = Column | PrimaryKey | Unique | Exclusion | Check
    return catalog.only(
        each for each in catalog if each is thing or (isinstance(each, kinds) and (each.schema, each.table) == own)
    )


def _constraint(thing: PrimaryKey | Unique | Exclusion | Check | ForeignKey, _: Catalog) -> Iterator[Written]:
    text = f"ALTER TABLE {name(thing.schema, thing.table)} ADD CONSTRAINT {name(thing.name)} {thing.definition}"
    yield from statement(iter([text]))


_BY_KIND: Mapping[str, Callable[[Any, Catalog], Iterator[Written]]] = {
    "extension": _extension,
    "schema": _schema,
    "enum": _enum,
    "domain": _domain,
    "sequence": _sequence,
    "function": _routine,
    "procedure": _routine,
    "view": _view,
    "materialized_view": _materialized_view,
    "trigger": _trigger,
    "policy": _policy,
    "primary_key": _constraint,
    "unique": _constraint,
    "exclusion": _constraint,
    "check": _constraint,
    "foreign_key": _constraint,
}
