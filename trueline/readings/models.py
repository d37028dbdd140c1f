"""Which class a table belongs to, and where that stands."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import mapperlib

from trueline.declared import origin


def place_of(table: Table) -> str:
    """Such as ``app/models/user.py:12 (class User)``; the table's name where the class is not to be found."""
    if (known := origin.of(table)) is not None:
        return str(known)
    for cls in _classes(table):
        return f"{_source(cls)}(class {cls.__qualname__})"
    return f"table {table.fullname}"


def _classes(table: Table) -> Iterator[type]:
    registries: Any = getattr(mapperlib, "_all_registries", list)()
    for registry in registries:
        for mapper in registry.mappers:
            if mapper.local_table is table:
                yield mapper.class_


def _source(cls: type) -> str:
    """File and line of a class with a space after it; its module where there is no file."""
    try:
        file, line = inspect.getsourcefile(cls), inspect.getsourcelines(cls)[1]
    except (OSError, TypeError):
        return f"{cls.__module__} "
    if file is None:
        return f"{cls.__module__} "
    path, here = Path(file), Path.cwd()
    return f"{path.relative_to(here) if path.is_relative_to(here) else path}:{line} "
