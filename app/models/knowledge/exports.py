"""Copies of their data that users ask for, and who touched them."""

import datetime as dt
import uuid
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, text

from app.models.columns import IntegerKey, moment
from trueline import Field, Model, Relationship, Timestamps, UuidKey
from trueline.types import INET


class ExportFormat(StrEnum):
    """The form of an export."""

    JSON = "json"
    CSV = "csv"
    PDF = "pdf"


class ExportState(StrEnum):
    """Where an export stands."""

    REQUESTED = "requested"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class DataExportBase(Model):
    """What a user asks for."""

    format: ExportFormat
    sections: list[str] = Field(default_factory=list, description="Empty for everything")
    from_date: dt.date | None = None
    to_date: dt.date | None = None


class DataExportRequest(Timestamps, DataExportBase, UuidKey, table=True):
    """A copy of their data that a user asked for."""

    __tablename__ = "data_export_requests"
    __table_args__ = (
        CheckConstraint("to_date >= from_date", name="to_after_from"),
        CheckConstraint("state <> 'ready' OR location IS NOT NULL", name="ready_has_location"),
        # One export per user is being made at a time.
        Index(
            "uq_data_export_requests_user_id_open",
            "user_id",
            unique=True,
            postgresql_where=text("state IN ('requested', 'running')"),
            sqlite_where=text("state IN ('requested', 'running')"),
        ),
        {"schema": "knowledge"},
    )

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    state: ExportState = Field(default=ExportState.REQUESTED, sa_column_kwargs={"server_default": "requested"})
    location: str | None = Field(default=None, max_length=500, description="Key in the object store")
    size_bytes: int | None = Field(default=None, ge=0, sa_type=BigInteger)
    expires_at: dt.datetime | None = None
    error: str | None = Field(default=None, max_length=2000)

    audit: list["ExportAuditLog"] = Relationship(back_populates="export", passive_deletes=True)


class ExportAuditLog(IntegerKey, table=True):
    """Somebody did something with an export."""

    __tablename__ = "export_audit_logs"
    __table_args__ = {"schema": "knowledge"}

    export_id: uuid.UUID = Field(foreign_key="knowledge.data_export_requests.id", index=True, ondelete="CASCADE")
    user_id: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    action: str = Field(max_length=40)
    ip_address: str | None = Field(default=None, sa_type=INET())
    details: dict[str, Any] = Field(default_factory=dict)
    happened_at: dt.datetime = moment()

    export: DataExportRequest = Relationship(back_populates="audit")
