"""Where a table was declared, so that an error can name the place."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import MetaData, Table, event

_KEY = "trueline.origin"
_LIBRARIES = ("sqlalchemy", "sqlmodel", "pydantic", "trueline", "importlib", "abc")


#: Attribute of a class that `trueline.Model` made: the place that it was written at.
MADE_AT = "__trueline_origin__"


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in the user's code: file, line (from 1), module, and the class where there is one."""

    file: str
    line: int
    module: str
    qualname: str | None = None

    def __str__(self) -> str:
        owner = f" (class {self.qualname})" if self.qualname else ""
        return f"{_relative(self.file)}:{self.line}{owner}"

    @property
    def folder(self) -> Path | None:
        """The folder of the file; none for code that was typed in."""
        path = Path(self.file)
        return path.absolute().parent if path.is_file() else None


def _relative(file: str) -> str:
    """``file`` from the current folder on, where it lies below it."""
    try:
        return str(Path(file).relative_to(Path.cwd()))
    except ValueError:
        return file


def here(qualname: str | None = None) -> Origin:
    """The nearest place outside the libraries that is executing now."""
    frames = list(_frames(sys._getframe(1)))
    outer = next((f for f in frames if not _is_library(f)), frames[-1])
    owner = qualname or _class_name(frames[: frames.index(outer)])
    return Origin(outer.f_code.co_filename, outer.f_lineno, outer.f_globals.get("__name__", ""), owner)


def _frames(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _is_library(frame: FrameType) -> bool:
    name = frame.f_globals.get("__name__", "")
    return name.partition(".")[0] in _LIBRARIES


def class_in_the_making() -> type | None:
    """The class that a declarative base is just mapping; none for a Core table."""
    return _mapped(takewhile(_is_library, _frames(sys._getframe(1))))


def keywords_in_the_making() -> Mapping[str, Any]:
    """What stands beside the bases of the class that is just mapped, such as ``table=True``."""
    frame = next(_mapping(takewhile(_is_library, _frames(sys._getframe(1)))), None)
    return frame.f_locals.get("kw", {}) if frame is not None else {}


def _class_name(frames: list[FrameType]) -> str | None:
    cls = _mapped(frames)
    return cls.__qualname__ if cls is not None else None


def _mapped(frames: Iterable[FrameType]) -> type | None:
    return next((frame.f_locals["cls"] for frame in _mapping(frames)), None)


def _mapping(frames: Iterable[FrameType]) -> Iterator[FrameType]:
    """Where a declarative base maps a class."""
    for frame in frames:
        named = frame.f_globals.get("__name__") == "sqlalchemy.orm.decl_api"
        if named and isinstance(frame.f_locals.get("cls"), type):
            yield frame


def remember(table: Table, origin: Origin) -> None:
    """Note where ``table`` was declared, unless that is known."""
    table.info.setdefault(_KEY, origin)


def of(table: Table) -> Origin | None:
    """Where ``table`` was declared; none for one that was made before trueline was imported."""
    found: Any = table.info.get(_KEY)
    return found if isinstance(found, Origin) else None


def place(table: Table) -> str:
    """What an error says about the place of ``table``."""
    found = of(table)
    return str(found) if found else f"table {table.fullname} (declared before trueline was imported)"


def watch(metadata: MetaData) -> None:
    """Remember the place of every table that joins ``metadata``."""
    if _KEY in metadata.info:
        return
    metadata.info[_KEY] = True

    @event.listens_for(Table, "after_parent_attach")
    def note(table: Table, parent: MetaData) -> None:
        if parent is metadata:
            table.info[_KEY] = here()
