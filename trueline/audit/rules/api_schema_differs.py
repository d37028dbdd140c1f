"""A class of the API that speaks of a table in other words."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from trueline.audit.context import Context
from trueline.audit.source.shapes import Shape, ShapeField
from trueline.audit.source.tables import Column, Table
from trueline.audit.source.values import last
from trueline.finding import Finding
from trueline.rule import Examples, Rule

ID = "api-schema-differs"

#: What classes of an API are called, after or before the table's class.
_WORDS = ("Create", "Update", "Read", "Response", "Request", "Out", "In", "Schema", "Public", "Detail", "Base", "DTO")
_ANSWERS = ("Read", "Response", "Out", "Public", "Detail")

#: Types of fields that are turned into something else before they are stored.
_TURNED = frozenset({"SecretStr", "SecretBytes", "UploadFile"})


def check(context: Context) -> Iterator[Finding]:
    """One finding for each field that the table lacks, and for each flag that an answer lacks."""
    tables = {last(table.path): table for table in context.project.tables if table.kind == "class"}
    related = {each.name for each in context.project.relationships}
    for shape in context.project.shapes:
        table = tables.get(_stem(shape.name, tables))
        if table is None or not table.whole or shape.name in tables:
            continue
        names = {column.name for column in table.columns}
        for field in shape.fields:
            if field.name not in names | related and field.type not in _TURNED:
                yield from _unknown(shape, field, table)
        yield from _flags(shape, table)


def _stem(name: str, tables: dict[str, Table]) -> str:
    for word in _WORDS:
        for stem in (name.removesuffix(word), name.removeprefix(word)):
            if stem != name and stem in tables:
                return stem
    return ""


def _unknown(shape: Shape, field: ShapeField, table: Table) -> Iterator[Finding]:
    """A field that the table has under another name, or that it would need and does not have."""
    taken = {each.name for each in shape.fields}
    free = [column for column in table.columns if column.name not in taken]
    near = max(free, key=lambda column: _likeness(field.name, column.name), default=None)
    if near is not None and _likeness(field.name, near.name) >= 0.5:
        yield Finding(
            ID,
            f"{shape.name}.{field.name} is no column of {table.label}, which has {near.name}",
            field.place,
            f"call it {near.name}, or say in {shape.name} how one becomes the other",
            related=(near.place,),
        )
    elif field.required and not shape.name.endswith(_ANSWERS):
        yield Finding(
            ID,
            f"{shape.name} requires {field.name}, and {table.label} has no such column",
            field.place,
            f"take it out, or add a column {field.name}",
            related=(table.place,),
        )


def _likeness(one: str, two: str) -> float:
    """1 for the same name; names that share their last word, or of which one begins with the other, are near."""
    if one.startswith(f"{two}_") or two.startswith(f"{one}_"):
        return 0.9
    same_end = one.rpartition("_")[2] == two.rpartition("_")[2] and "_" in one and "_" in two
    ratio = SequenceMatcher(None, one, two).ratio()
    return ratio if same_end or ratio >= 0.8 else 0.0


def _flags(shape: Shape, table: Table) -> Iterator[Finding]:
    """Flags that an answer does not give, though it gives most of the table."""
    if not shape.name.endswith(_ANSWERS):
        return
    names = {each.name for each in shape.fields}
    given = [column for column in table.columns if column.name in names]
    for column in table.columns if 2 * len(given) >= len(table.columns) else ():
        if _is_flag(column) and column.name not in names:
            what = f"{shape.name} gives most of {table.label}, and not its flag {column.name}"
            fix = f"{column.name}: bool"
            yield Finding(ID, what, shape.place, fix, "warning", (column.place,))


def _is_flag(column: Column) -> bool:
    return column.type == "boolean" and column.nullable is False


RULE = Rule(
    ID,
    "A class of the API disagrees with its table",
    "A class of pydantic, or of SQLModel without a table, is called after a table class (`UserCreate`, "
    "`UserResponse`). It "
    "has a field that the table has under a similar name only, requires one that the table lacks, or answers with "
    "most of "
    "the table and leaves a flag out. Fields of type `SecretStr` are turned into something else and do not count.",
    "What users send is lost or refused, and what they may not see is shown: nothing says so until it happens.",
    "Derive both from one base class, or use one name.",
    check,
)

_MODEL = """
from sqlmodel import Field, SQLModel

class User(SQLModel, table=True):
    id: int = Field(primary_key=True)
    email: str
    display_name: str
    is_private: bool = False
"""

EXAMPLES = Examples(
    bad={
        "app/models.py": _MODEL,
        "app/api.py": """
from pydantic import BaseModel

class UserCreate(BaseModel):
    email: str
    full_name: str

class UserResponse(BaseModel):
    id: int
    email: str
    display_name: str
""",
    },
    good={
        "app/models.py": _MODEL,
        "app/api.py": """
from pydantic import BaseModel

class UserCreate(BaseModel):
    email: str
    display_name: str

class UserResponse(BaseModel):
    id: int
    email: str
    display_name: str
    is_private: bool
""",
    },
)
