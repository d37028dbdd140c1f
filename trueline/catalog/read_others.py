"""Rows to values: types, routines, what fires on tables, and what is said about objects."""

from __future__ import annotations

from trueline.catalog.canonical_default import canonical_default
from trueline.catalog.objects import (
    Aggregate,
    CatalogObject,
    Comment,
    DefaultPrivileges,
    Domain,
    DomainCheck,
    Enum,
    Function,
    Grant,
    NotNull,
    Origin,
    Owner,
    Policy,
    Procedure,
    Range,
    Rule,
    Trigger,
)
from trueline.catalog.reading import Reading, expression, maybe, sure


def read_enums(reading: Reading) -> None:
    """Enumerated types."""
    for oid, schema, name, labels in reading.rows("enum"):
        reading.add("pg_type", oid, Enum(schema, name, tuple(labels), reading.origin("pg_type", oid)))


def read_domains(reading: Reading) -> None:
    """Domains, with their constraints."""
    for oid, schema, name, kind, not_null, default, collation, constraints in reading.rows("domain"):
        checks = tuple(
            DomainCheck(name, expression(text), valid == "true")
            for _, kind, name, text, valid in constraints
            if kind == "c"
        )
        required = next(
            (NotNull(name, valid == "true") for _, kind, name, _, valid in constraints if kind == "n"), None
        )
        origin = reading.origin("pg_type", oid)
        base = sure(kind)
        printed = None if default is None else expression(default)
        value = None if printed is None else canonical_default(printed, base)
        spelled = None if value is None or value == printed else printed
        given = (base, not_null, required, value, collation, checks, origin, spelled)
        reading.add("pg_type", oid, Domain(schema, name, *given))
        for number, _, constraint, *_ in constraints:
            key = ("domain_constraint", schema, name, constraint)
            reading.keys["pg_constraint", int(number), 0] = (key, origin)


def read_ranges(reading: Reading) -> None:
    """Range types."""
    for oid, schema, name, subtype, *chosen, multirange in reading.rows("range"):
        origin = reading.origin("pg_type", oid)
        operators, collation, canonical, difference = chosen
        base, multiple = sure(subtype), sure(multirange)
        reading.add(
            "pg_type", oid, Range(schema, name, base, operators, collation, canonical, difference, multiple, origin)
        )


def read_functions(reading: Reading) -> None:
    """Functions and procedures."""
    for oid, procedure, schema, name, arguments, definition, signature, result in reading.rows("function"):
        cls = Procedure if procedure else Function
        origin = reading.origin("pg_proc", oid)
        routine = cls(schema, name, arguments, sure(definition), origin, sure(signature), result or "")
        reading.add("pg_proc", oid, routine)


def read_aggregates(reading: Reading) -> None:
    """Aggregates."""
    for oid, schema, name, arguments, definition in reading.rows("aggregate"):
        aggregate = Aggregate(schema, name, arguments, sure(definition), reading.origin("pg_proc", oid))
        reading.add("pg_proc", oid, aggregate)


def read_triggers(reading: Reading) -> None:
    """Triggers; those of partitions have their parent's as origin."""
    rows = list(reading.rows("trigger"))
    keys = {row[0]: ("trigger", *reading.relations[row[1]].name, row[2]) for row in rows}
    for oid, relation, name, definition, enabled, parent in rows:
        origin = reading.origin("pg_trigger", oid, relation)
        if origin is None and parent in keys:
            origin = Origin("partition", keys[parent])
        place = reading.relations[relation].name
        reading.add("pg_trigger", oid, Trigger(*place, name, expression(definition), enabled, origin))


def read_rules(reading: Reading) -> None:
    """Rewrite rules."""
    for oid, relation, name, definition, enabled in reading.rows("rule"):
        origin = reading.origin("pg_rewrite", oid, relation)
        place = reading.relations[relation].name
        reading.add("pg_rewrite", oid, Rule(*place, name, expression(definition), enabled, origin))


def read_policies(reading: Reading) -> None:
    """Row security policies."""
    for oid, relation, name, command, permissive, roles, using, check in reading.rows("policy"):
        origin = reading.origin("pg_policy", oid, relation)
        place = reading.relations[relation].name
        chosen = tuple(sorted(roles))
        reading.add(
            "pg_policy", oid, Policy(*place, name, command, permissive, chosen, maybe(using), maybe(check), origin)
        )


def read_comments(reading: Reading) -> None:
    """Comments on everything that has been read."""
    for table, oid, number, text in reading.rows("comment"):
        if known := reading.keys.get((table, oid, number)):
            key, origin = known
            # The comment on an extension comes with it.
            given = Origin("extension", key) if table == "pg_extension" else origin
            reading.objects.append(Comment(key, text, given))


def read_owners(reading: Reading) -> None:
    """Owners of everything that has been read."""
    for table, oid, role in reading.rows("owner"):
        if known := reading.keys.get((table, oid, 0)):
            reading.objects.append(Owner(known[0], role, known[1]))


def read_grants(reading: Reading) -> None:
    """Grants that differ from PostgreSQL's defaults."""
    for table, oid, number, role, privileges in reading.rows("grant"):
        if known := reading.keys.get((table, oid, number)):
            reading.objects.append(Grant(known[0], role, tuple(sorted(privileges)), known[1]))


def read_default_privileges(reading: Reading) -> None:
    """Default privileges."""
    found: list[CatalogObject] = [
        DefaultPrivileges(creator, schema, objects, role, tuple(sorted(privileges)))
        for creator, schema, objects, role, privileges in reading.rows("default_privileges")
    ]
    reading.objects.extend(found)
