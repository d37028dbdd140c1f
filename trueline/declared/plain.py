"""Classes of SQLModel itself: they leave what `trueline.Field` and ``renamed_from=`` say unheard, so we listen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, MetaData, Table, event

from trueline.declared import origin, renames
from trueline.declared.shape import read

_KEY = "trueline.plain"


def watch(metadata: MetaData) -> None:
    """Put into ``info`` what a class says of its table and columns when the table joins ``metadata``."""
    if _KEY in metadata.info:
        return
    metadata.info[_KEY] = True

    @event.listens_for(Table, "after_parent_attach")
    def note(table: Table, parent: MetaData) -> None:
        if parent is metadata:
            _note(table)


def _note(table: Table) -> None:
    cls, keywords = origin.class_in_the_making(), origin.keywords_in_the_making()
    if cls is None or "__table__" in cls.__dict__ or origin.MADE_AT in cls.__dict__:
        return
    hint = keywords.get(renames.FROM, cls.__dict__.get(renames.CLASS_HINT))
    if hint is not None:
        table.info.setdefault(renames.FROM, hint)
    for column, words in _said(cls):
        column.info.update(words)


def _said(cls: Any) -> Iterator[tuple[Column[Any], dict[str, Any]]]:
    """The columns of a class of which a field says what SQLAlchemy has no word for."""
    for field, info in getattr(cls, "model_fields", {}).items():
        column = cls.__dict__.get(field)
        if isinstance(column, Column) and (words := read(info.annotation, info.metadata).info):
            yield column, words


__all__ = ["watch"]
