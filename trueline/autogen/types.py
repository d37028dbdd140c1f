"""How a column type reads in a revision: as the PostgreSQL type itself, whatever decorates it in the models.

A revision outlives the models: it must not import from them, nor name a type that only SQLModel knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy.dialects.postgresql import ENUM
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.types import ARRAY, TypeEngine

from trueline.autogen.call import schema_argument
from trueline.types import PgType, migration_type

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext

_IMPORT = "from sqlalchemy.dialects import postgresql"


def render_item(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Alembic's hook: the text for a type, or False to let Alembic write it."""
    return _render(item, context) if kind == "type" else False


def _render(type_: TypeEngine[Any], context: AutogenContext) -> str | Literal[False]:
    from alembic.autogenerate.render import _repr_type

    if isinstance(type_, ARRAY):
        return _render_array(type_, context)
    if isinstance(type_, PgType):
        context.imports.add("import trueline.types")
        return f"trueline.types.{type_!r}"
    if (enum := native_enum(type_)) is not None:
        context.imports.add(_IMPORT)
        return _render_enum(enum)
    native = migration_type(type_)
    if isinstance(native, ARRAY):
        return _render_array(native, context)
    # What is plain already goes back to Alembic: its own renderer calls this hook for every type it meets.
    same = type(native) is type(type_) and not type_._variant_mapping
    return False if same else _repr_type(native, context)


def native_enum(type_: TypeEngine[Any]) -> ENUM | None:
    """The PostgreSQL enum that a column type comes down to, be it plain, decorated, a variant or an array."""
    native = type_.dialect_impl(PGDialect())
    if isinstance(native, ARRAY):
        return native_enum(native.item_type)
    return native if isinstance(native, ENUM) and native.native_enum else None


def _render_array(array: ARRAY[Any], context: AutogenContext) -> str:
    from alembic.autogenerate.render import _repr_type

    context.imports.add(_IMPORT)
    dimensions = f", dimensions={array.dimensions}" if array.dimensions else ""
    return f"postgresql.ARRAY({_repr_type(array.item_type, context)}{dimensions})"


def _render_enum(enum: ENUM) -> str:
    labels = "".join(f"{label!r}, " for label in enum.enums)
    # The type is created by an operation of its own, so no table may create it.
    return f"postgresql.ENUM({labels}name={str(enum.name)!r}{schema_argument(enum.schema)}, create_type=False)"
