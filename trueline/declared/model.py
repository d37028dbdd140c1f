"""`Model`: SQLModel whose classes are checked when they are made, and whose fields the database enforces."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

from pydantic.fields import FieldInfo as PydanticFieldInfo
from pydantic_core import PydanticUndefined
from sqlalchemy import Column, Table
from sqlmodel import Relationship, SQLModel
from sqlmodel.main import FieldInfo, FieldInfoMetadata, SQLModelMetaclass, get_column_from_field

from trueline.declared import enforce, enums, guards, keys, options, origin, renames
from trueline.declared.columns import Context, column_type
from trueline.declared.field import Field, rules
from trueline.declared.metadata import metadata
from trueline.declared.origin import MADE_AT, Origin
from trueline.declared.shape import read
from trueline.declared.undo import forget
from trueline.settings import load_settings

__all__ = ["Field", "Model", "Relationship"]


@dataclass_transform(kw_only_default=True, field_specifiers=(Field, FieldInfo))
class ModelMeta(SQLModelMetaclass):
    """Makes the classes below `Model`; those with ``table=True`` get their columns here."""

    def __new__(cls, name: str, bases: tuple[type[Any], ...], class_dict: dict[str, Any], **kwargs: Any) -> Any:
        """The class, with a column per field where it is a table.

        SQLModel is not told of ``table=True``: it would make columns of types that it does not know, such as Literal.
        """
        here = origin.here(class_dict.get("__qualname__", name))
        is_table = _wants_table(class_dict, kwargs)
        class_dict = _with_hint(class_dict, kwargs)
        guards.refuse_table_from_table(name, bases, here, is_table=is_table)
        guards.refuse_other_base(name, bases, class_dict, kwargs, here)
        made = super().__new__(cls, name, bases, _without_table(class_dict), **{**kwargs, "table": None})
        type.__setattr__(made, MADE_AT, here)
        if is_table:
            _make_columns(made, class_dict)
        return made

    def __init__(cls, name: str, bases: tuple[type[Any], ...], class_dict: dict[str, Any], **kwargs: Any) -> None:
        """Map the class and put on its table what the fields ask for; a class that fails leaves nothing behind."""
        if not cls.model_config.get("table"):
            super().__init__(name, bases, class_dict, **kwargs)
            return
        kwargs.pop(renames.FROM, None)
        with _all_or_nothing(cls):
            options.take_arguments(cls, str(_origin(cls)))
            found = _checks(cls)
            super().__init__(name, bases, class_dict, **kwargs)
            _finish(cls, found)


def _wants_table(class_dict: Mapping[str, Any], kwargs: Mapping[str, Any]) -> bool:
    return bool(kwargs.get("table") or class_dict.get("model_config", {}).get("table"))


def _with_hint(class_dict: dict[str, Any], kwargs: dict[str, Any]) -> dict[str, Any]:
    """The class body with what ``renamed_from=`` says of the table."""
    hint = kwargs.pop(renames.FROM, None)
    return class_dict if hint is None else {**class_dict, renames.CLASS_HINT: hint}


def _without_table(class_dict: dict[str, Any]) -> dict[str, Any]:
    config = class_dict.get("model_config")
    if not config or "table" not in config:
        return class_dict
    return {**class_dict, "model_config": {k: v for k, v in config.items() if k != "table"}}


def _make_columns(cls: Any, class_dict: Mapping[str, Any]) -> None:
    """What SQLModel does for ``table=True``, with the types that the annotations ask for."""
    here = _origin(cls)
    schema = _schema(cls)
    if "__table__" not in class_dict:
        guards.refuse_second_owner(cls.__name__, _key(cls), metadata, here)
        guards.refuse_shared_arguments(cls, here)
    own = class_dict.get("__annotations__", {})
    columns = {
        field: _column(cls, field, info, schema, inherited=field not in own) for field, info in cls.model_fields.items()
    }
    keys.check_columns(columns, schema, cls.__tablename__, str(here), metadata)
    cls.model_config["table"] = True
    for field, column in columns.items():
        setattr(cls, field, column)
    cls.model_config["read_from_attributes"] = True
    cls.model_config["read_with_orm_mode"] = True


def _origin(cls: Any) -> Origin:
    found: Origin = cls.__dict__[MADE_AT]
    return found


def _schema(cls: Any) -> str | None:
    """The schema that ``__table_args__`` names, as a dictionary or at the end of a tuple."""
    given = getattr(cls, "__table_args__", None) or {}
    options = given if isinstance(given, Mapping) else next((a for a in given if isinstance(a, Mapping)), {})
    schema: str | None = options.get("schema", metadata.schema)
    return schema


def _key(cls: Any) -> str:
    schema = _schema(cls)
    return f"{schema}.{cls.__tablename__}" if schema else str(cls.__tablename__)


def _column(cls: Any, field: str, info: PydanticFieldInfo, schema: str | None, *, inherited: bool) -> Column[Any]:
    """The column of one field."""
    shape = read(info.annotation, info.metadata)
    off = _off(cls) | shape.unenforced
    prepared = _prepared(cls, info, inherited=inherited)
    if _value(prepared, "sa_type") is None and _value(prepared, "sa_column") is None:
        type_ = column_type(shape, Context(metadata, schema, _origin(cls), field, off))
        prepared = _with(prepared, sa_type=type_)
    column = get_column_from_field(prepared)
    if inherited and _value(prepared, "sa_column") is not None:
        column = column._copy()
    if shape.optional and _value(prepared, "nullable") is None and _value(prepared, "sa_column") is None:
        column.nullable = not column.primary_key
    if column.comment is None and "comment" not in off:
        column.comment = info.description
    if shape.info:
        column.info.update(shape.info)
    return column


def _prepared(cls: Any, info: PydanticFieldInfo, *, inherited: bool) -> PydanticFieldInfo:
    """``info`` with what depends on the class filled in, and nothing in it that another class uses too."""
    changes: dict[str, Any] = {}
    target = _value(info, "foreign_key")
    if callable(target):
        changes["foreign_key"] = target(cls)
    arguments = _value(info, "sa_column_args")
    if inherited and arguments is not None:
        changes["sa_column_args"] = [a._copy() if hasattr(a, "_copy") else a for a in arguments]
    return _with(info, **changes) if changes else info


def _value(info: PydanticFieldInfo, name: str) -> Any:
    """What SQLModel's Field was given as ``name``; None where it was not given."""
    marks = [m for m in info.metadata if isinstance(m, FieldInfoMetadata)]
    value = getattr(marks[0], name, None) if marks else getattr(info, name, None)
    return None if value is PydanticUndefined else value


def _with(info: PydanticFieldInfo, **changes: Any) -> PydanticFieldInfo:
    """A copy of ``info`` with other values; pydantic shares fields, and their metadata, between classes."""
    changed = copy(info)
    first = next((m for m in info.metadata if isinstance(m, FieldInfoMetadata)), None)
    known = first or FieldInfoMetadata(**{name: getattr(info, name) for name in _NAMES if hasattr(info, name)})
    changed.metadata = [replace(known, **changes), *(m for m in info.metadata if m is not first)]
    return changed


_NAMES = tuple(FieldInfoMetadata.__dataclass_fields__)


def _off(cls: Any) -> frozenset[str]:
    """What the project and the model leave unenforced."""
    here = _origin(cls)
    own = rules(getattr(cls, "__unenforced__", ()), where=str(here))
    return own | _project_off(here.folder or Path.cwd(), os.environ.get("TRUELINE_UNENFORCED"))


@cache
def _project_off(folder: Path, variable: str | None) -> frozenset[str]:  # noqa: ARG001 - the variable is part of the key
    return frozenset(load_settings(folder).unenforced)


def _checks(cls: Any) -> list[enforce.Check]:
    """The CHECKs of all fields; their columns have no table yet."""
    found = []
    for field, info in cls.model_fields.items():
        column = cls.__dict__.get(field)
        if isinstance(column, Column):
            column.name = column.name or field
            column.key = column.key or field
            shape = read(info.annotation, info.metadata)
            where = f"{_origin(cls)}, field {field}"
            found += enforce.checks(column, shape, _off(cls) | shape.unenforced, where)
    return found


def _finish(cls: Any, found: list[enforce.Check]) -> None:
    table: Table = cls.__table__
    table.info.pop("trueline.origin", None)
    origin.remember(table, _origin(cls))
    enforce.attach(table, found)
    if (hint := cls.__dict__.get(renames.CLASS_HINT)) is not None:
        table.info[renames.FROM] = hint
    options.check(table)
    if table.comment is None and "comment" not in _off(cls):
        table.comment = _first_line(cls.__dict__.get("__doc__"))


def _first_line(doc: str | None) -> str | None:
    return cleandoc(doc).strip().partition("\n")[0].strip() or None if doc else None


@contextmanager
def _all_or_nothing(cls: Any) -> Iterator[None]:
    """Take ``cls`` back out of the metadata and the registry where mapping it fails."""
    try:
        yield
    except Exception:
        forget(cls)
        enums.forget_unused(metadata)
        raise


class Model(SQLModel, metaclass=ModelMeta):
    """The base of every table: SQLModel with guard rails.

    A class is refused, at the place where it is written, when its table has an owner already, when it is on another
    metadata or base, when it inherits from a table, or when one of its foreign keys cannot hold. What its fields say
    (lengths, bounds, patterns, choices, enums, descriptions) becomes part of the table; ``unenforced`` turns that off
    for a field, ``__unenforced__`` for a model and ``[tool.trueline] unenforced`` for a project.

    ``renamed_from="schema.table"`` names the table that it was. ``__table_args__`` takes the words of
    `trueline.declared.options` beside SQLAlchemy's.
    """

    if TYPE_CHECKING:
        __table__: ClassVar[Table]
        __table_args__: ClassVar[Any]
        __unenforced__: ClassVar[Any]
        __renamed_from__: ClassVar[Any]
