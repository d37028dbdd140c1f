"""Column types that are native on PostgreSQL and work on SQLite too, with the same Python values on both.

Each is a function that returns a ready type, for ``Field(sa_type=JSONB())`` or ``Column(JSONB())``. On PostgreSQL it
*is* the native type, so its operators and functions are there; ``with_variant`` puts the fallback behind it.
`migration_type` strips what is not PostgreSQL's, so that a revision shows the plain type.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Numeric, String, Text, TypeDecorator, Uuid, func
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import JSON, TypeEngine, UserDefinedType, to_instance

from trueline import fallbacks

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = [
    "ARRAY",
    "BIGINT",
    "CIDR",
    "DATERANGE",
    "INET",
    "INT4RANGE",
    "INT8RANGE",
    "JSONB",
    "NUMERIC",
    "NUMRANGE",
    "TSTZRANGE",
    "TSVECTOR",
    "UUID",
    "JsonOf",
    "LowerText",
    "PgType",
    "json_of",
    "migration_type",
]

TypeArgument = TypeEngine[Any] | type[TypeEngine[Any]] | Callable[[], TypeEngine[Any]]


def JSONB() -> TypeEngine[Any]:  # noqa: N802 - named like the type that it is
    """``jsonb``; JSON text on SQLite. None is SQL NULL, not JSON's null."""
    return postgresql.JSONB(none_as_null=True).with_variant(JSON(none_as_null=True), "sqlite")


def ARRAY(item_type: TypeArgument, dimensions: int | None = None) -> TypeEngine[list[Any]]:  # noqa: N802
    """An array of ``item_type``; a JSON list on SQLite, whose items come back as the Python values they were.

    Args:
        item_type: any type, such as ``String(40)``, ``UUID()`` or ``Enum(Mood)``.
        dimensions: how deeply the lists are nested, where that is known.
    """
    item = _exact(to_instance(cast(TypeEngine[Any], item_type)))
    native: TypeEngine[Any] = postgresql.ARRAY(item, dimensions=dimensions)
    return native.with_variant(fallbacks.JsonList(item), "sqlite")


def _exact(item: TypeEngine[Any]) -> TypeEngine[Any]:
    """``item``, with the variant that plain Numeric lacks: Decimals must not pass through float."""
    if isinstance(item, Numeric) and item.asdecimal and not item._variant_mapping:
        return NUMERIC(item.precision, item.scale)
    return item


def UUID() -> TypeEngine[uuid.UUID]:  # noqa: N802
    """``uuid``; its 36 characters on SQLite."""
    native: TypeEngine[uuid.UUID] = Uuid()
    return native.with_variant(fallbacks.UuidText(), "sqlite")


def BIGINT() -> TypeEngine[int]:  # noqa: N802
    """``bigint``; INTEGER on SQLite, the one type that counts up by itself there."""
    return BigInteger().with_variant(Integer(), "sqlite")


def NUMERIC(precision: int | None = None, scale: int | None = None) -> TypeEngine[Decimal]:  # noqa: N802
    """``numeric(precision, scale)``; SQLite keeps 15 digits of it."""
    return fallbacks.numeric(precision, scale)


def INET() -> TypeEngine[Any]:  # noqa: N802
    """``inet``: an `ipaddress` address, or an interface where a prefix was given; text on SQLite."""
    native: TypeEngine[Any] = postgresql.INET()
    return native.with_variant(fallbacks.AddressText(), "sqlite")


def CIDR() -> TypeEngine[Any]:  # noqa: N802
    """``cidr``: an `ipaddress` network; text on SQLite."""
    native: TypeEngine[Any] = postgresql.CIDR()
    return native.with_variant(fallbacks.NetworkText(), "sqlite")


def TSVECTOR() -> TypeEngine[str]:  # noqa: N802
    """``tsvector``; text without meaning on SQLite."""
    native: TypeEngine[str] = postgresql.TSVECTOR()
    return native.with_variant(Text(), "sqlite")


def INT4RANGE() -> TypeEngine[postgresql.Range[int]]:  # noqa: N802
    """``int4range``; text on SQLite, as are the other ranges. Values are ``sqlalchemy.dialects.postgresql.Range``."""
    return postgresql.INT4RANGE().with_variant(fallbacks.RangeText(int), "sqlite")


def INT8RANGE() -> TypeEngine[postgresql.Range[int]]:  # noqa: N802
    """``int8range``."""
    return postgresql.INT8RANGE().with_variant(fallbacks.RangeText(int), "sqlite")


def NUMRANGE() -> TypeEngine[postgresql.Range[Decimal]]:  # noqa: N802
    """``numrange``."""
    return postgresql.NUMRANGE().with_variant(fallbacks.RangeText(Decimal), "sqlite")


def DATERANGE() -> TypeEngine[postgresql.Range[date]]:  # noqa: N802
    """``daterange``."""
    return postgresql.DATERANGE().with_variant(fallbacks.RangeText(date), "sqlite")


def TSTZRANGE() -> TypeEngine[postgresql.Range[datetime]]:  # noqa: N802
    """``tstzrange``; its datetimes are aware."""
    return postgresql.TSTZRANGE().with_variant(fallbacks.RangeText(datetime), "sqlite")


class LowerText(TypeDecorator[str]):
    """Text that is stored and compared in lower case: what citext is wanted for, without an extension.

    Values are lower-cased on their way in, in WHERE as in INSERT, so a plain unique index is case-insensitive.
    A `trueline.Model` adds the CHECK that keeps other writers to it.

    Args:
        length: most characters; none for no limit.
    """

    impl = String
    cache_ok = True

    def __init__(self, length: int | None = None) -> None:
        super().__init__(length)
        self.length = length

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Lower-cased."""
        return None if value is None else value.lower()

    def process_literal_param(self, value: str | None, dialect: Dialect) -> str:  # noqa: ARG002
        """Lower-cased; the quotes come from `String`."""
        return (value or "").lower()

    def __repr__(self) -> str:
        return f"trueline.types.LowerText({'' if self.length is None else self.length})"

    @staticmethod
    def condition(column: ColumnElement[str]) -> ColumnElement[bool]:
        """What holds for every value that went through this type."""
        return column == func.lower(column)


class Adapter:
    """Turns one annotated Python type into JSON and back; equal only to itself, so types cache by it."""

    def __init__(self, annotation: Any) -> None:
        self.annotation = annotation
        self._adapter: TypeAdapter[Any] | None = None

    @property
    def adapter(self) -> TypeAdapter[Any]:
        """Made at first use: the annotation may name a class that is not complete before."""
        if self._adapter is None:
            from pydantic import TypeAdapter

            self._adapter = TypeAdapter(self.annotation)
        return self._adapter


class JsonOf(TypeDecorator[Any]):
    """``jsonb`` that holds a pydantic model or another typed structure; JSON text on SQLite.

    What is written is checked first, what is read comes back as the annotated type.

    Raises:
        pydantic.ValidationError: a value, or what the database holds, does not fit the type.
    """

    impl = JSON
    cache_ok = True

    def __init__(self, adapter: Adapter) -> None:
        super().__init__(none_as_null=True)
        self.adapter = adapter

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use jsonb where there is one."""
        return dialect.type_descriptor(to_instance(JSONB()).dialect_impl(dialect))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """Plain JSON values."""
        if value is None:
            return None
        adapter = self.adapter.adapter
        return adapter.dump_python(adapter.validate_python(value), mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """The annotated type."""
        return None if value is None else self.adapter.adapter.validate_python(value)

    def coerce_compared_value(self, op: OperatorType | None, value: Any) -> TypeEngine[Any]:
        """A path into the document is no document itself."""
        return to_instance(JSONB()).coerce_compared_value(op, value)

    def __repr__(self) -> str:
        return f"trueline.types.json_of({self.adapter.annotation!r})"


def json_of(annotation: Any) -> JsonOf:
    """Store ``annotation`` as ``jsonb``: a pydantic model, ``dict[str, UUID]`` or ``list[Point]``."""
    return JsonOf(_adapter(annotation))


@cache
def _adapter(annotation: Any) -> Adapter:
    return Adapter(annotation)


def migration_type(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    """The plain PostgreSQL type to write into a revision, for every type of this module and of SQLModel.

    Other types come back as they are.
    """
    variant = type_._variant_mapping.get("postgresql")
    return _plain(variant if variant is not None else type_)


def _plain(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    match type_:
        case TypeDecorator() if _is_sqlmodels(type_, "UTCDateTime"):
            return DateTime(timezone=True)
        case TypeDecorator() if isinstance(type_, LowerText) or _is_sqlmodels(type_, "AutoString"):
            return String(getattr(type_.impl, "length", None))
        case JsonOf() | postgresql.JSONB():
            return postgresql.JSONB()
        case postgresql.ARRAY():
            return postgresql.ARRAY(migration_type(type_.item_type), dimensions=type_.dimensions)
        case SqlEnum() if type_.native_enum:
            return SqlEnum(*type_.enums, name=type_.name, schema=type_.schema)
    return _without_variants(type_)


def _is_sqlmodels(type_: TypeEngine[Any], name: str) -> bool:
    """Whether SQLModel has such a type and this is one; where nobody has imported it, there is none."""
    module = sys.modules.get("sqlmodel.sql.sqltypes")
    return module is not None and isinstance(type_, getattr(module, name))


def _without_variants(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    if not type_._variant_mapping:
        return type_
    plain = type_.copy()
    plain._variant_mapping = type(type_._variant_mapping)()
    return plain


class PgType(UserDefinedType[Any]):
    """A PostgreSQL type by its name, for those that SQLAlchemy has no class for: ``PgType("ltree")``.

    Args:
        name: as SQL has it, with its schema and modifiers: ``public.geometry(Point,4326)``.
        collation: as SQL has it, where it is not the type's own.
    """

    cache_ok = True

    def __init__(self, name: str, collation: str | None = None) -> None:
        self.name = name
        self.collation = collation

    def get_col_spec(self, **_: Any) -> str:
        """What follows the column's name."""
        return self.name + (f" COLLATE {self.collation}" if self.collation else "")

    def __repr__(self) -> str:
        given = f", collation={self.collation!r}" if self.collation else ""
        return f"PgType({self.name!r}{given})"


@compiles(PgType)
def _pg_type(type_: PgType, compiler: Any, **_: Any) -> str:
    # A driver that takes parameters as %s would take a percent sign in a name for one.
    spec = type_.get_col_spec()
    doubled = getattr(compiler.dialect.identifier_preparer, "_double_percents", False)
    return spec.replace("%", "%%") if doubled else spec
