"""A foreign key whose columns no index begins with."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context, Live
from trueline.audit.rules._indexes import leading_in_catalog
from trueline.audit.source.tables import Table
from trueline.catalog.objects import ForeignKey
from trueline.catalog.render.words import name
from trueline.finding import Finding, Place
from trueline.rule import Examples, Rule

ID = "key-without-index"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each such key, in the declarations and in the database."""
    for table in context.project.tables:
        covered = set(_leading(table))
        for key in table.keys:
            if key.columns and not _begins(frozenset(key.columns), covered):
                columns = ", ".join(key.columns)
                fix = f"index=True, or Index(None, {', '.join(map(repr, key.columns))})"
                if table.kind == "sql":
                    fix = f"CREATE INDEX ON {name(table.name)} ({', '.join(map(name, key.columns))});"
                yield Finding(
                    ID, f"{table.label} ({columns}) points at {key} and has no index", key.place, fix, "warning"
                )
    if context.live is not None:
        yield from _live(context.live, {table.identity for table in context.project.tables})


def _leading(table: Table) -> Iterator[tuple[str, ...]]:
    """Columns that the indexes of all rows have, in order."""
    yield table.primary
    for index in table.indexes:
        if not index.partial:
            yield index.columns


def _begins(key: frozenset[str], covered: set[tuple[str, ...]]) -> bool:
    return any(frozenset(columns[: len(key)]) == key for columns in covered)


def _live(live: Live, declared: set[tuple[str, str]]) -> Iterator[Finding]:
    """Keys of tables that no declaration in the project speaks of."""
    covered = leading_in_catalog(live.catalog)
    for key in live.catalog.own().of_kind(ForeignKey):
        table = (key.schema, key.table)
        if table not in declared and not _begins(frozenset(key.columns), covered.get(table, set())):
            target = ".".join(map(name, table))
            yield Finding(
                ID,
                f"foreign key {key.name} of {key.schema}.{key.table} ({', '.join(key.columns)}) has no index",
                Place(object=f"table {key.schema}.{key.table}"),
                f"CREATE INDEX CONCURRENTLY ON {target} ({', '.join(map(name, key.columns))});",
                "warning",
            )


RULE = Rule(
    ID,
    "A foreign key has no index",
    "No index, unique constraint or primary key of the table begins with the key's columns; one with a condition "
    "does not "
    "count. With a database, keys of tables that no model declares are looked at, too.",
    "Each deletion in the table that it points at reads the whole table, under lock; so does each join from there.",
    "Add an index that begins with the key's columns.",
    check,
)

_MODELS = """
from sqlmodel import Field, SQLModel

class User(SQLModel, table=True):
    id: int = Field(primary_key=True)

class Note(SQLModel, table=True):
    id: int = Field(primary_key=True)
"""

EXAMPLES = Examples(
    bad={"app/models.py": _MODELS + '    user_id: int = Field(foreign_key="user.id")\n'},
    good={"app/models.py": _MODELS + '    user_id: int = Field(foreign_key="user.id", index=True)\n'},
)
