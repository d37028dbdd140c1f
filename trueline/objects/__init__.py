"""What belongs to a schema and SQLAlchemy has no class for, declared beside the models.

Each is a small frozen value that registers itself on the metadata, is created by ``create_all`` on PostgreSQL (and is
nothing on other databases), and is written into revisions by autogenerate.
"""

from __future__ import annotations

from trueline.objects.base import Declaration, Objects, objects_of, the_metadata
from trueline.objects.domain import Domain
from trueline.objects.extension import Extension
from trueline.objects.grant import Grant
from trueline.objects.names import ObjectError, table_of
from trueline.objects.partition import Partition, create_partition_sql
from trueline.objects.policy import Policy, RowSecurity
from trueline.objects.reference_rows import ReferenceRows
from trueline.objects.routine import Function, Procedure
from trueline.objects.statement import Statement
from trueline.objects.trigger import Trigger
from trueline.objects.view import MaterializedView, View

__all__ = [
    "Declaration",
    "Domain",
    "Extension",
    "Function",
    "Grant",
    "MaterializedView",
    "ObjectError",
    "Objects",
    "Partition",
    "Policy",
    "Procedure",
    "ReferenceRows",
    "RowSecurity",
    "Statement",
    "Trigger",
    "View",
    "create_partition_sql",
    "objects_of",
    "table_of",
    "the_metadata",
]
