"""Documents that users bring, and what is found in them."""

import datetime as dt
import uuid
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import BigInteger, CheckConstraint, Index, text

from app.models.columns import IntegerKey
from trueline import Field, Relationship, SoftDelete, Timestamps, UuidKey


class Document(SoftDelete, Timestamps, UuidKey, table=True):
    """A file that a user has uploaded."""

    __tablename__ = "documents"
    __table_args__ = (
        Index(
            "uq_documents_user_id_checksum",
            "user_id",
            "checksum",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
            sqlite_where=text("deleted_at IS NULL"),
        ),
        {"schema": "knowledge"},
    )

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    file_name: str = Field(min_length=1, max_length=255)
    media_type: str = Field(max_length=100, pattern=r"^[a-z]+/[a-zA-Z0-9.+-]+$")
    size_bytes: int = Field(ge=0, sa_type=BigInteger)
    checksum: str = Field(min_length=64, max_length=64, description="SHA-256, in hex")
    location: str = Field(max_length=500, description="Key in the object store")

    analyses: list["DocumentAnalysis"] = Relationship(back_populates="document", passive_deletes=True)


class AnalysisState(StrEnum):
    """Where an analysis stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class DocumentAnalysis(Timestamps, UuidKey, table=True):
    """What was found in a document."""

    __tablename__ = "document_analyses"
    __table_args__ = (
        Index("ix_document_analyses_findings", "findings", postgresql_using="gin"),
        {"schema": "knowledge"},
    )

    document_id: uuid.UUID = Field(foreign_key="knowledge.documents.id", index=True, ondelete="CASCADE")
    user_id: int = Field(
        foreign_key="identity.users.id", index=True, ondelete="CASCADE", description="Who asked for it"
    )
    state: AnalysisState = Field(default=AnalysisState.QUEUED, sa_column_kwargs={"server_default": "queued"})
    kind: Literal["invoice", "contract", "payslip", "letter", "other"] = "other"
    summary: str | None = Field(default=None, max_length=5000)
    findings: dict[str, Any] = Field(default_factory=dict)
    confidence: Decimal | None = Field(default=None, ge=0, le=1, max_digits=4, decimal_places=3)

    document: Document = Relationship(back_populates="analyses")


class ComplianceCheck(Timestamps, IntegerKey, table=True):
    """Whether something that a user plans is allowed."""

    __tablename__ = "compliance_checks"
    __table_args__ = (
        CheckConstraint("result = 'pending' OR checked_at IS NOT NULL", name="result_has_time"),
        {"schema": "knowledge"},
    )

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    analysis_id: uuid.UUID | None = Field(
        default=None, foreign_key="knowledge.document_analyses.id", index=True, ondelete="SET NULL"
    )
    rule: str = Field(max_length=80, description="Name of the rule that was checked")
    result: Literal["pending", "allowed", "doubtful", "forbidden"] = Field(
        default="pending", sa_column_kwargs={"server_default": "pending"}
    )
    reasons: list[str] = Field(default_factory=list)
    checked_at: dt.datetime | None = None
