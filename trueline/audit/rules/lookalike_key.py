"""A column that looks like a key and is none."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.audit.context import Context
from trueline.audit.source.tables import Column, Table, alike
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "lookalike-key"


def check(context: Context) -> Iterator[Finding]:
    """One finding for each ``user_id`` without a key, where the project has a table ``users`` or ``user``."""
    names = {table.name for table in context.project.tables if table.name}
    for table in context.project.tables:
        for column in table.columns:
            target = _meant(column.name, names)
            if target is None or not column.type or table.key_of(column.name) is not None or table.name == target:
                continue
            aims = context.project.named(target)
            yield Finding(
                ID,
                f"{table.label}.{column.name}{_type(column)} looks like a key to {aims[0].label} and is none"
                f"{_other(column, aims[0])}",
                column.place,
                f'ForeignKey("{aims[0].label}.{(aims[0].primary or ("id",))[0]}")',
                "warning",
                (aims[0].place,),
            )


def _meant(column: str, names: set[str]) -> str | None:
    """The table that a column's name speaks of."""
    stem = column.removesuffix("_id")
    if stem == column or not stem:
        return None
    return next(
        (name for name in (f"{stem}s", stem, f"{stem}es", f"{stem.removesuffix('y')}ies") if name in names), None
    )


def _type(column: Column) -> str:
    return f" ({column.type})" if column.type else ""


def _other(column: Column, target: Table) -> str:
    aim = target.column((target.primary or ("id",))[0])
    return f"; {target.label}.{aim.name} is {aim.type}" if aim and not alike(column.type, aim.type) else ""


RULE = Rule(
    ID,
    "A column looks like a key and is none",
    "It is called after a table of the project, as `user_id` after `users` or `user`, its type is known, and no "
    "foreign key has it.",
    "Nothing keeps its values true: rows stay that point at nobody, and joins need a cast where the types differ.",
    "Declare the foreign key, after bringing the column's type and values in order; or say why it is none.",
    check,
)

_USER = """
from sqlmodel import Field, SQLModel

class User(SQLModel, table=True):
    __tablename__ = "users"
    id: int = Field(primary_key=True)

class Quota(SQLModel, table=True):
    id: int = Field(primary_key=True)
"""

EXAMPLES = Examples(
    bad={"app/models.py": _USER + "    user_id: str = Field(max_length=36)\n"},
    good={"app/models.py": _USER + '    user_id: int = Field(foreign_key="users.id", index=True)\n'},
)
