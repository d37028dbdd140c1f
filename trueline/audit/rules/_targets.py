"""Where foreign keys lead, in a project that may declare a table twice."""

from __future__ import annotations

from trueline.audit.source.project import Project
from trueline.audit.source.tables import ForeignKey, Table


def target_of(project: Project, table: Table, key: ForeignKey) -> Table | None:
    """The declaration that a key leads to: of its own metadata, else in Python, else any."""
    found = project.declarations(key.schema, key.table)
    return min(
        found, key=lambda each: (each.owner != table.owner or each.kind == "sql", each.kind == "sql"), default=None
    )


def elsewhere(project: Project, key: ForeignKey) -> tuple[Table, ...]:
    """Tables of the name that it means, in other schemas than the one it says."""
    return tuple(each for each in project.named(key.table) if each.identity != (key.schema or "public", key.table))


def all_named(project: Project) -> bool:
    """Whether every table's name is known: only then can one be missing."""
    return all(table.name for table in project.tables)
