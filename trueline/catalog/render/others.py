"""Everything but tables as SQL: one function per kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from trueline.catalog.objects import (
    DEFINED,
    CatalogObject,
    Comment,
    Composite,
    DefaultPrivileges,
    Domain,
    Enum,
    Extension,
    ForeignKey,
    Grant,
    Index,
    MaterializedView,
    Owner,
    Policy,
    Range,
    Rule,
    Schema,
    Sequence,
    Statistics,
    Trigger,
    View,
)
from trueline.catalog.objects.program import Routine
from trueline.catalog.render.defined import defined
from trueline.catalog.render.table import index_settings
from trueline.catalog.render.words import literal, name, noun, options


def _schema(thing: Schema) -> Iterator[str]:
    yield f"CREATE SCHEMA IF NOT EXISTS {name(thing.name)}"  # every database begins with one called public


def _extension(thing: Extension) -> Iterator[str]:
    place, version = name(thing.schema), literal(thing.version)
    yield f"CREATE EXTENSION IF NOT EXISTS {name(thing.name)} WITH SCHEMA {place} VERSION {version}"


def _enum(thing: Enum) -> Iterator[str]:
    labels = ",\n    ".join(map(literal, thing.labels))
    yield f"CREATE TYPE {name(thing.schema, thing.name)} AS ENUM (\n    {labels}\n)"


def _domain(thing: Domain) -> Iterator[str]:
    place, required = name(thing.schema, thing.name), thing.not_null_constraint
    words = [f"CREATE DOMAIN {place} AS {thing.type}"]
    words += [f" COLLATE {thing.collation}"] if thing.collation else []
    words += [f" DEFAULT {thing.written}"] if thing.default is not None else []
    if thing.not_null:
        words += [f" CONSTRAINT {name(required.name)} NOT NULL" if required else " NOT NULL"]
    words += [f"\n    CONSTRAINT {name(check.name)} {check.definition}" for check in thing.checks if check.valid]
    yield "".join(words)
    for check in thing.checks:
        if not check.valid:
            yield f"ALTER DOMAIN {place} ADD CONSTRAINT {name(check.name)} {check.definition}"


def _composite(thing: Composite) -> Iterator[str]:
    lines = (
        f"{name(item.name)} {item.type}" + (f" COLLATE {item.collation}" if item.collation else "")
        for item in thing.attributes
    )
    yield f"CREATE TYPE {name(thing.schema, thing.name)} AS (\n    " + ",\n    ".join(lines) + "\n)"


def _range(thing: Range) -> Iterator[str]:
    given = {
        "subtype": thing.subtype,
        "subtype_opclass": thing.operator_class,
        "collation": thing.collation,
        "canonical": thing.canonical,
        "subtype_diff": thing.difference,
        "multirange_type_name": thing.multirange,
    }
    chosen = ", ".join(f"{key} = {value}" for key, value in given.items() if value)
    yield f"CREATE TYPE {name(thing.schema, thing.name)} AS RANGE ({chosen})"


def _sequence(thing: Sequence) -> Iterator[str]:
    unlogged = "UNLOGGED " if thing.persistence == "unlogged" else ""
    yield (
        f"CREATE {unlogged}SEQUENCE {name(thing.schema, thing.name)} AS {thing.type} START {thing.start}"
        f" INCREMENT {thing.increment} MINVALUE {thing.minimum} MAXVALUE {thing.maximum} CACHE {thing.cache}"
        f"{' CYCLE' if thing.cycle else ''}"
    )


def sequence_owner(thing: Sequence) -> Iterator[str]:
    """After the table whose column owns it."""
    if thing.owned_by:
        yield f"ALTER SEQUENCE {name(thing.schema, thing.name)} OWNED BY {name(*thing.owned_by[1:])}"


def _routine(thing: Routine) -> Iterator[str]:
    yield thing.definition.rstrip()


def _index(thing: Index) -> Iterator[str]:
    # PostgreSQL says ON ONLY of a partitioned table's; without it the partitions get theirs.
    before, only, rest = thing.definition.partition(f"{name(thing.name)} ON ONLY ")
    yield f"{before}{name(thing.name)} ON {rest}" if only else thing.definition
    yield from index_settings(thing.schema, thing)


def _statistics(thing: Statistics) -> Iterator[str]:
    yield thing.definition
    if thing.target is not None:
        yield f"ALTER STATISTICS {name(thing.schema, thing.name)} SET STATISTICS {thing.target}"


def _foreign_key(thing: ForeignKey) -> Iterator[str]:
    yield f"ALTER TABLE {name(thing.schema, thing.table)}\n    ADD CONSTRAINT {name(thing.name)} {thing.definition}"


def _view(thing: View) -> Iterator[str]:
    place = name(thing.schema, thing.name)
    chosen = f" WITH {options(thing.options)}" if thing.options else ""
    yield f"CREATE VIEW {place}{chosen} AS\n{thing.definition.rstrip(';')}"
    for column, default in thing.defaults:
        yield f"ALTER VIEW {place} ALTER {name(column)} SET DEFAULT {default}"


def _materialized_view(thing: MaterializedView) -> Iterator[str]:
    place = name(thing.schema, thing.name)
    method = f" USING {name(thing.access_method)}" if thing.access_method else ""
    chosen = f" WITH {options(thing.options)}" if thing.options else ""
    space = f" TABLESPACE {name(thing.tablespace)}" if thing.tablespace else ""
    data = "" if thing.populated else "\n  WITH NO DATA"
    text = thing.definition.rstrip(";")
    yield f"CREATE MATERIALIZED VIEW {place}{method}{chosen}{space} AS\n{text}{data}"
    for column, setting in thing.settings:
        yield f"ALTER MATERIALIZED VIEW {place} ALTER {name(column)} {setting}"


_MODES = {"origin": "ENABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS", "disabled": "DISABLE"}


def _fires(thing: Trigger | Rule) -> Iterator[str]:
    yield thing.definition.rstrip(";")
    if thing.enabled != "origin":
        yield firing(thing)


def firing(thing: Trigger | Rule) -> str:
    """When it fires."""
    mode = f"{_MODES[thing.enabled]} {thing.kind.upper()}"
    return f"ALTER TABLE {name(thing.schema, thing.table)} {mode} {name(thing.name)}"


def _policy(thing: Policy) -> Iterator[str]:
    roles = ", ".join(role if role == "public" else name(role) for role in thing.roles)
    yield (
        f"CREATE POLICY {name(thing.name)} ON {name(thing.schema, thing.table)}"
        f"{'' if thing.permissive else ' AS RESTRICTIVE'} FOR {thing.command} TO {roles}"
        f"{f' USING ({thing.using})' if thing.using else ''}{f' WITH CHECK ({thing.check})' if thing.check else ''}"
    )


def _comment(thing: Comment) -> Iterator[str]:
    yield f"COMMENT ON {noun(thing.of)} IS {literal(thing.text)}"


def _owner(thing: Owner) -> Iterator[str]:
    yield f"ALTER {noun(thing.of)} OWNER TO {name(thing.role)}"


#: GRANT knows fewer kinds.
_GRANTED = {
    "view": "table",
    "materialized_view": "table",
    "column": "table",
    "view_column": "table",
    "domain": "enum",
    "aggregate": "function",
}


def _grant(thing: Grant) -> Iterator[str]:
    """From nothing, as the privileges are given whole."""
    kind, *parts = thing.of
    column = f" ({name(parts.pop())})" if kind in {"column", "view_column"} else ""
    place, role = noun((_GRANTED.get(kind, kind), *parts)), role_name(thing.role)
    place = f"FOREIGN {place}" if kind == "server" else place
    yield f"REVOKE ALL{column} ON {place} FROM {role}"
    for words, option in _given(thing.privileges):
        yield f"GRANT {', '.join(word + column for word in words)} ON {place} TO {role}{option}"


def role_name(role: str) -> str:
    """A role, or everybody."""
    return "PUBLIC" if role == "public" else name(role)


def _given(privileges: tuple[str, ...]) -> Iterator[tuple[list[str], str]]:
    for ending, option in (("", ""), ("*", " WITH GRANT OPTION")):
        chosen = [item.rstrip("*") for item in privileges if item.endswith("*") == bool(ending)]
        if chosen:
            yield chosen, option


def _default_privileges(thing: DefaultPrivileges) -> Iterator[str]:
    """For one schema they are added to the usual ones, for all schemas they take the place of the role's usual ones."""
    head = f"ALTER DEFAULT PRIVILEGES FOR ROLE {name(thing.creator)}"
    head += f" IN SCHEMA {name(thing.schema)}" if thing.schema else ""
    if not thing.schema:
        yield f"{head} REVOKE ALL ON {thing.objects} FROM {role_name(thing.role)}"
    for words, option in _given(thing.privileges):
        yield f"{head} GRANT {', '.join(words)} ON {thing.objects} TO {role_name(thing.role)}{option}"


_BY_KIND: dict[str, Callable[[Any], Iterator[str]]] = {
    "schema": _schema,
    "extension": _extension,
    "enum": _enum,
    "domain": _domain,
    "composite": _composite,
    "range": _range,
    "sequence": _sequence,
    "function": _routine,
    "procedure": _routine,
    "aggregate": _routine,
    "index": _index,
    "statistics": _statistics,
    "foreign_key": _foreign_key,
    "view": _view,
    "materialized_view": _materialized_view,
    "trigger": _fires,
    "rule": _fires,
    "policy": _policy,
    "comment": _comment,
    "owner": _owner,
    "grant": _grant,
    "default_privileges": _default_privileges,
    **{cls.kind: defined for cls in DEFINED},
}


def statements(thing: CatalogObject) -> Iterator[str]:
    """The statements that make an object that is no part of a table."""
    return _BY_KIND[thing.kind](thing)
