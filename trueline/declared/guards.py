"""What a class must not be: a second owner of a table, part of another metadata, a table made from a table."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Index, MetaData, Table

from trueline.declared import create, keys, options, origin, renames
from trueline.declared.conditions import on_postgresql
from trueline.declared.origin import Origin
from trueline.errors import TruelineError

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapper


class SecondOwnerError(TruelineError):
    """Two classes for one table."""


class OtherBaseError(TruelineError):
    """A class on another metadata, registry or declarative base."""


class TableFromTableError(TruelineError):
    """A table class that inherits from a table class."""


class SharedArgumentsError(TruelineError):
    """Indexes or constraints in the ``__table_args__`` of a base that two tables would share."""


class DeclarationError(TruelineError):
    """What is wrong with the declared tables as a whole; lists every problem."""


def refuse_other_base(
    name: str, bases: tuple[type, ...], body: Mapping[str, Any], options: Mapping[str, Any], here: Origin
) -> None:
    """Refuse a class that would not be on `SQLModel.metadata`.

    Raises:
        OtherBaseError: it names another metadata or registry, or inherits from one.
    """
    found = next(_other_bases(bases, body, options), None)
    if found is not None:
        what, place = found
        raise OtherBaseError(
            f"class {name} {what}, so its table would not be part of trueline.metadata: "
            "no migration would see it, and keys from and to it could not be resolved",
            where=(str(here), *([place] if place else [])),
            fix=f"class {name}(Model, table=True):   # from trueline import Model",
        )


def _other_bases(
    bases: tuple[type, ...], body: Mapping[str, Any], options: Mapping[str, Any]
) -> Iterator[tuple[str, str | None]]:
    from sqlalchemy.orm import registry as Registry  # noqa: N812 - a class
    from sqlmodel import SQLModel

    metadata, registry = SQLModel.metadata, SQLModel._sa_registry
    if isinstance(body.get("metadata"), MetaData) and body["metadata"] is not metadata:
        yield "sets a metadata of its own", None
    if "registry" in options or "registry" in body.get("model_config", {}):
        yield "is given a registry of its own", None
    table = body.get("__table__")
    if isinstance(table, Table) and table.metadata is not metadata:
        yield f"takes the table {table.fullname} of another metadata", None
    for base in bases:
        held = [getattr(base, name, None) for name in ("_sa_registry", "registry", "metadata")]
        if any(isinstance(one, Registry | MetaData) and one is not registry and one is not metadata for one in held):
            yield f"inherits from {base.__qualname__}, a base of another metadata", _where_defined(base)


def _where_defined(cls: type) -> str:
    return f"class {cls.__qualname__} in module {cls.__module__}"


def refuse_table_from_table(name: str, bases: tuple[type, ...], here: Origin, *, is_table: bool) -> None:
    """Refuse a class below one that has a table: SQLModel would lose its columns without a word.

    Raises:
        TableFromTableError: a base is a table class.
    """
    parent = next((base for base in bases if getattr(base, "model_config", {}).get("table")), None)
    if parent is None:
        return
    table = getattr(parent, "__table__", None)
    raise TableFromTableError(
        f"class {name} inherits from {parent.__qualname__}, which is a table: "
        "both would share that table, and new columns would be lost",
        where=(str(here), origin.place(table) if isinstance(table, Table) else _where_defined(parent)),
        fix=f"class {parent.__name__}Base(Model):   # the fields of both, no table=True\n    ...\n"
        f"class {parent.__name__}({parent.__name__}Base, table=True): ...\n"
        f"class {name}({parent.__name__}Base{', table=True' if is_table else ''}): ...",
    )


def refuse_shared_arguments(cls: type, here: Origin) -> None:
    """Refuse ``__table_args__`` of a base whose indexes or constraints are another table's already.

    Raises:
        SharedArgumentsError: an object in it is taken.
    """
    owner = next((base for base in cls.__mro__ if "__table_args__" in vars(base)), cls)
    given = vars(owner).get("__table_args__")
    for item in given if isinstance(given, tuple) else ():
        taken = getattr(item, "table", None) if isinstance(item, Index) else getattr(item, "parent", None)
        if isinstance(taken, Table):
            raise SharedArgumentsError(
                f"{type(item).__name__} {item.name} of {owner.__qualname__} belongs to table {taken.fullname}; "
                f"class {cls.__name__} cannot have it too",
                where=(str(here), origin.place(taken)),
                fix=f"# in {owner.__qualname__}; from sqlalchemy.orm import declared_attr\n"
                "@declared_attr.directive\n@classmethod\ndef __table_args__(cls):\n"
                f"    return ({type(item).__name__}(...),)",
            )


def refuse_second_owner(name: str, key: str, metadata: MetaData, here: Origin) -> None:
    """Refuse a class for a table that is declared already.

    Raises:
        SecondOwnerError: ``key`` (schema and name) is taken.
    """
    owner = metadata.tables.get(key)
    if owner is None:
        return
    first = origin.of(owner)
    raise SecondOwnerError(
        f"table {key} is declared twice",
        where=(origin.place(owner), str(here)),
        fix=_one_owner(name, key, first, here),
    )


def _one_owner(name: str, key: str, first: Origin | None, here: Origin) -> str:
    if first is None or not _same_place(first, here):
        return (
            "keep one of them and import it where the other was, or name another table:\n"
            f'__tablename__ = "{_other(key)}"'
        )
    if first.module != here.module:
        return (
            f"the same file is imported as {first.module} and as {here.module}; import it under one name only:\n"
            f"from {max(first.module, here.module, key=len)} import {name}"
        )
    return "the module is executed twice; start a fresh interpreter instead of reloading it"


def _other(key: str) -> str:
    return f"{key.rpartition('.')[2]}_2"


def _same_place(one: Origin, other: Origin) -> bool:
    """Whether both are one line of one file, executed twice."""
    return Path(one.file).absolute() == Path(other.file).absolute() and one.line == other.line


def verify(metadata: MetaData) -> MetaData:
    """Look at all declared tables together, once everything is imported.

    Returns:
        ``metadata``.

    Raises:
        DeclarationError: lists every key without a target or with one of another type, every table with two classes,
            every name that two indexes of a schema would share, every option and former name that cannot be, and every
            declaration that is about nothing.
    """
    found = list(problems(metadata))
    if len(found) == 1:
        raise found[0]
    if found:
        lines = "\n".join(f"- {problem}" for problem in found)
        raise DeclarationError(f"the declared tables have {len(found)} problems:\n{lines}")
    return metadata


def problems(metadata: MetaData) -> Iterator[TruelineError]:
    """What `verify` would raise, one by one."""
    options.watch(metadata)
    yield from keys.problems(metadata)
    yield from _shared_tables(metadata)
    yield from _shared_names(metadata)
    yield from options.problems(metadata)
    yield from renames.problems(metadata)
    for look in create.hooks_of(metadata).problems:
        yield from look(metadata)


def has_models(metadata: MetaData) -> bool:
    """Whether a table of it was made by `trueline.Model`, and so by somebody who wants it to be held to the rules."""
    tables = {id(table) for table in metadata.tables.values()}
    return any(hasattr(m.class_, origin.MADE_AT) and id(m.local_table) in tables for m in _mappers())


def _mappers() -> Iterable[Mapper[Any]]:
    """Those of SQLModel; where nobody has imported it, there are none, and it takes a tenth of a second."""
    module: Any = sys.modules.get("sqlmodel")
    mappers: Iterable[Mapper[Any]] = () if module is None else module.SQLModel._sa_registry.mappers
    return mappers


def _shared_tables(metadata: MetaData) -> Iterator[TruelineError]:
    """``extend_existing`` lets a plain SQLModel class take over a table."""
    owners: dict[Table, list[Mapper[Any]]] = defaultdict(list)
    for mapper in _mappers():
        if isinstance(mapper.local_table, Table) and mapper.inherits is None:
            owners[mapper.local_table].append(mapper)
    for table, mappers in owners.items():
        if len(mappers) > 1 and metadata.tables.get(table.key) is table:
            names = sorted(f"{m.class_.__module__}.{m.class_.__qualname__}" for m in mappers)
            yield SecondOwnerError(
                f"table {table.fullname} has {len(mappers)} classes: {', '.join(names)}",
                where=origin.place(table),
                fix="keep one of them and import it where the others were",
            )


def _shared_names(metadata: MetaData) -> Iterator[TruelineError]:
    """Indexes, and the constraints that make one, share the names of a schema."""
    counted: Counter[tuple[str | None, str]] = Counter()
    places: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for table in metadata.tables.values():
        for name in _relation_names(table):
            counted[table.schema, name] += 1
            places[table.schema, name].append(origin.place(table))
    for (schema, name), count in sorted(counted.items(), key=str):
        if count > 1:
            yield DeclarationError(
                f"{count} indexes or keys are named {name} in schema {schema or 'public'}",
                where=tuple(places[schema, name]),
                fix=f'Index("{name}_2", ...)   # or UniqueConstraint(..., name=...): give one of them a name',
            )


def _relation_names(table: Table) -> Iterator[str]:
    for index in table.indexes:
        if index.name and on_postgresql(index):
            yield str(index.name)
    for constraint in table.constraints:
        if (
            constraint.name
            and on_postgresql(constraint)
            and constraint.__visit_name__
            in {
                "primary_key_constraint",
                "unique_constraint",
                "exclude_constraint",
            }
        ):
            yield str(constraint.name)
