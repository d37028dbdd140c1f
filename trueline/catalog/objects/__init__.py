"""One frozen value per kind of object that PostgreSQL keeps about a schema."""

from __future__ import annotations

from trueline.catalog.objects.access import Comment, DefaultPrivileges, Grant, Owner
from trueline.catalog.objects.base import CatalogObject, Key, Name, Origin
from trueline.catalog.objects.constraint import Check, Exclusion, ForeignKey, KeyFiring, PrimaryKey, Unique
from trueline.catalog.objects.program import (
    Aggregate,
    Extension,
    Function,
    MaterializedView,
    Policy,
    Procedure,
    Rule,
    Trigger,
    View,
)
from trueline.catalog.objects.table import (
    Column,
    Foreign,
    Generated,
    Identity,
    Index,
    NotNull,
    Schema,
    Statistics,
    Table,
)
from trueline.catalog.objects.type import Attribute, Composite, Domain, DomainCheck, Enum, Range, Sequence

#: Every kind, by its name.
KINDS: dict[str, type[CatalogObject]] = {
    cls.kind: cls
    for cls in (
        Schema,
        Extension,
        Enum,
        Composite,
        Domain,
        Range,
        Sequence,
        Function,
        Procedure,
        Aggregate,
        Table,
        Column,
        PrimaryKey,
        Unique,
        Exclusion,
        Check,
        ForeignKey,
        Index,
        Statistics,
        View,
        MaterializedView,
        Trigger,
        Rule,
        Policy,
        Comment,
        Owner,
        Grant,
        DefaultPrivileges,
    )
}

__all__ = [
    "KINDS",
    "Aggregate",
    "Attribute",
    "CatalogObject",
    "Check",
    "Column",
    "Comment",
    "Composite",
    "DefaultPrivileges",
    "Domain",
    "DomainCheck",
    "Enum",
    "Exclusion",
    "Extension",
    "Foreign",
    "ForeignKey",
    "Function",
    "Generated",
    "Grant",
    "Identity",
    "Index",
    "Key",
    "KeyFiring",
    "MaterializedView",
    "Name",
    "NotNull",
    "Origin",
    "Owner",
    "Policy",
    "PrimaryKey",
    "Procedure",
    "Range",
    "Rule",
    "Schema",
    "Sequence",
    "Statistics",
    "Table",
    "Trigger",
    "Unique",
    "View",
]
