"""Column types by annotation."""

import datetime as dt
import ipaddress
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, TypedDict

import pytest
from pydantic import AwareDatetime, BaseModel, NaiveDatetime, PastDate, SecretStr
from sqlalchemy import MetaData
from sqlalchemy.dialects import postgresql, sqlite

from trueline import Field, Model
from trueline.declared.columns import ColumnTypeError, Context, column_type
from trueline.declared.origin import Origin
from trueline.declared.shape import read
from trueline.types import JsonOf


class Point(BaseModel):
    x: int


@dataclass
class Size:
    width: int


class Options(TypedDict):
    dark: bool


def context(*off: str) -> Context:
    return Context(MetaData(), "s", Origin("file.py", 3, "module", "Thing"), "field", frozenset(off))


@pytest.mark.parametrize(
    ("annotation", "on_postgresql", "on_sqlite"),
    [
        (int, "INTEGER", "INTEGER"),
        (bool, "BOOLEAN", "BOOLEAN"),
        (float, "FLOAT", "FLOAT"),
        (str, "VARCHAR", "VARCHAR"),
        (Path, "VARCHAR", "VARCHAR"),
        (Annotated[str, Field(max_length=5)], "VARCHAR(5)", "VARCHAR(5)"),
        (Annotated[str, Field(pattern="a", max_length=5)] | None, "VARCHAR(5)", "VARCHAR(5)"),
        (bytes, "BYTEA", "BLOB"),
        (Decimal, "NUMERIC", "NUMERIC"),
        (Annotated[Decimal, Field(max_digits=5, decimal_places=2)], "NUMERIC(5, 2)", "NUMERIC(5, 2)"),
        (Annotated[Decimal, Field(max_digits=5)], "NUMERIC", "NUMERIC"),
        (uuid.UUID, "UUID", "CHAR(36)"),
        (dt.datetime, "TIMESTAMP WITH TIME ZONE", "DATETIME"),
        (AwareDatetime, "TIMESTAMP WITH TIME ZONE", "DATETIME"),
        (NaiveDatetime, "TIMESTAMP WITHOUT TIME ZONE", "DATETIME"),
        (Annotated[dt.datetime, NaiveDatetime], "TIMESTAMP WITHOUT TIME ZONE", "DATETIME"),
        (dt.date, "DATE", "DATE"),
        (PastDate, "DATE", "DATE"),
        (dt.time, "TIME WITHOUT TIME ZONE", "TIME"),
        (dt.timedelta, "INTERVAL", "DATETIME"),
        (ipaddress.IPv4Address, "INET", "VARCHAR(43)"),
        (ipaddress.IPv6Network, "CIDR", "VARCHAR(43)"),
        (Literal["a", "b"], "VARCHAR", "VARCHAR"),
        (Literal[1, 2], "INTEGER", "INTEGER"),
        (Literal[True], "BOOLEAN", "BOOLEAN"),
        (list[str], "VARCHAR[]", "JSON"),
        (list[Annotated[str, Field(max_length=5)]], "VARCHAR(5)[]", "JSON"),
        (list[uuid.UUID] | None, "UUID[]", "JSON"),
        (list[list[int]], "INTEGER[][]", "JSON"),
        (Sequence[int], "INTEGER[]", "JSON"),
        (dict, "JSONB", "JSON"),
        (list, "JSONB", "JSON"),
        (dict[str, Any], "JSONB", "JSON"),
        (dict[str, list[int]], "JSONB", "JSON"),
        (list[dict[str, int]], "JSONB", "JSON"),
        (dict[str, int] | list[int], "JSONB", "JSON"),
        (Any, "JSONB", "JSON"),
        (Point, "JSONB", "JSON"),
        (list[Point], "JSONB", "JSON"),
        (Size, "JSONB", "JSON"),
        (Options, "JSONB", "JSON"),
        (set[str], "JSONB", "JSON"),
    ],
)
def test_every_annotation_has_its_type(annotation: Any, on_postgresql: str, on_sqlite: str) -> None:
    """An annotation becomes PostgreSQL's own type, and one that SQLite has."""
    type_ = column_type(read(annotation), context())
    assert type_.compile(dialect=postgresql.dialect()) == on_postgresql
    assert type_.compile(dialect=sqlite.dialect()) == on_sqlite


@pytest.mark.parametrize(
    ("annotation", "typed"),
    [(dict[str, int], False), (list[dict[str, Any]], False), (dict[str, uuid.UUID], True), (list[Point], True)],
)
def test_json_is_converted_only_where_it_has_to_be(annotation: Any, typed: bool) -> None:
    """Plain JSON is stored as it is; structures with other types in them are converted both ways."""
    assert isinstance(column_type(read(annotation), context()), JsonOf) is typed


@pytest.mark.parametrize(
    ("annotation", "off", "expected"),
    [
        (Annotated[str, Field(max_length=5)], "length", "VARCHAR"),
        (dt.datetime, "timestamptz", "TIMESTAMP WITHOUT TIME ZONE"),
    ],
)
def test_what_is_unenforced_gets_the_looser_type(annotation: Any, off: str, expected: str) -> None:
    """A length or a time zone that is not to be enforced is left out of the type."""
    assert column_type(read(annotation), context(off)).compile(dialect=postgresql.dialect()) == expected


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (int | str, "int | str has no column type"),
        (SecretStr, "SecretStr has no column type"),
        (list[SecretStr], "SecretStr has no column type"),
        (object, "object has no column type"),
        (Literal["a", 1], "Literal['a', 1] mixes types"),
        (Literal[b"a"], "mixes types"),
    ],
)
def test_what_has_no_type_is_an_error_with_the_way_out(annotation: Any, words: str) -> None:
    """An annotation that no column can hold is an error that names class, field and the way out."""
    with pytest.raises(ColumnTypeError) as caught:
        column_type(read(annotation), context())
    assert words in str(caught.value)
    assert "file.py:3 (class Thing), field field" in str(caught.value)
    assert "fix: field: " in str(caught.value)


def test_a_name_that_is_unknown_yet_is_explained() -> None:
    """An annotation that cannot be resolved is not blamed on its type."""
    with pytest.raises(ColumnTypeError, match="not known yet"):

        class Late(Model, table=True):
            id: int = Field(primary_key=True)
            other: "Unknown"  # type: ignore[name-defined]  # noqa: F821 - the point
