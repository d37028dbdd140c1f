"""Columns that many tables share. Each works in any number of classes, in any order beside `Model`.

class Station(Timestamps, UuidKey, Model, table=True): ...
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import SQLModel, col

from trueline import types
from trueline.declared.field import Field
from trueline.declared.model import ModelMeta


def utc_now() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


class RandomUuid(FunctionElement[UUID]):
    """``gen_random_uuid()``, and an expression that makes the same kind of text on SQLite."""

    name = "gen_random_uuid"
    type = types.UUID()
    inherit_cache = True


@compiles(RandomUuid)
def _native(element: RandomUuid, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ARG001 - SQLAlchemy's signature
    return "gen_random_uuid()"


@compiles(RandomUuid, "sqlite")
def _by_hand(element: RandomUuid, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ARG001 - SQLAlchemy's signature
    """Version 4, variant 1: https://www.rfc-editor.org/rfc/rfc9562#section-5.4."""
    parts = ("hex(randomblob(4))", "hex(randomblob(2))", "'4' || substr(hex(randomblob(2)), 2)")
    variant = "substr('89ab', 1 + abs(random() % 4), 1) || substr(hex(randomblob(2)), 2)"
    dashed = " || '-' || ".join((*parts, variant, "hex(randomblob(6))"))
    return f"(lower({dashed}))"


class Timestamps(SQLModel, metaclass=ModelMeta):
    """``created_at`` and ``updated_at``, set by Python, and by the database where a row is written without it."""

    created_at: datetime = Field(
        default_factory=utc_now,
        description="When the row was created",
        sa_column_kwargs={"server_default": func.now()},
    )
    updated_at: datetime = Field(
        default_factory=utc_now,
        description="When the row was last changed",
        sa_column_kwargs={"server_default": func.now(), "onupdate": utc_now},
    )


class UuidKey(SQLModel, metaclass=ModelMeta):
    """``id``, a random UUID as primary key; known before the row is written."""

    id: UUID = Field(
        default_factory=uuid4,
        primary_key=True,
        sa_column_kwargs={"server_default": RandomUuid()},
    )


class SoftDelete(SQLModel, metaclass=ModelMeta):
    """``deleted_at``: rows that are marked as deleted instead of removed."""

    deleted_at: datetime | None = Field(default=None, description="When the row was deleted; empty while it lives")

    @property
    def is_deleted(self) -> bool:
        """Whether the row is marked as deleted."""
        return self.deleted_at is not None

    def mark_deleted(self, at: datetime | None = None) -> None:
        """Mark the row as deleted, now or ``at`` a given moment; the first mark stays."""
        if self.deleted_at is None:
            self.deleted_at = at or utc_now()

    def restore(self) -> None:
        """Take the mark off again."""
        self.deleted_at = None

    @classmethod
    def alive(cls) -> ColumnElement[bool]:
        """The condition for rows that are not deleted: ``select(Booking).where(Booking.alive())``."""
        return col(cls.deleted_at).is_(None)


def _tenant_key(cls: Any) -> str:
    key: str = cls.__tenant_key__
    return key


class TenantScoped(SQLModel, metaclass=ModelMeta):
    """``tenant_id``: every row belongs to one tenant.

    ``__tenant_key__`` names the column that it points at; a project sets it on a base of its own.
    """

    __tenant_key__: ClassVar[str] = "identity.tenants.id"

    tenant_id: int = Field(foreign_key=_tenant_key, index=True, description="The tenant that the row belongs to")
