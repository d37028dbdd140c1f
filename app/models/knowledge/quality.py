"""How good the answers are, what goes wrong, and what is done about it."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from app.models.columns import IntegerKey, moment
from trueline import Field, Model, Relationship, Timestamps


class PromptTemplate(Timestamps, IntegerKey, table=True):
    """A version of an instruction to the language model."""

    __tablename__ = "prompt_templates"
    __table_args__ = (
        UniqueConstraint("name", "version"),
        # One version of an instruction is in use.
        Index(
            "uq_prompt_templates_name_active",
            "name",
            unique=True,
            postgresql_where=text("state = 'active'"),
            sqlite_where=text("state = 'active'"),
        ),
        {"schema": "knowledge"},
    )

    name: str = Field(max_length=80, pattern=r"^[a-z][a-z0-9_]*$")
    version: int = Field(ge=1)
    state: Literal["draft", "active", "retired"] = Field(default="draft", sa_column_kwargs={"server_default": "draft"})
    body: str = Field(min_length=1)
    variables: list[str] = Field(default_factory=list)
    written_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")


class Severity(StrEnum):
    """How bad a failure is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class FailurePattern(Timestamps, IntegerKey, table=True):
    """A way in which answers keep going wrong."""

    __tablename__ = "failure_patterns"
    __table_args__ = {"schema": "knowledge"}

    name: str = Field(max_length=80, unique=True)
    severity: Severity
    explanation: str = Field(max_length=2000)
    signature: dict[str, Any] = Field(default_factory=dict, description="How it is recognised")
    resolved_at: dt.datetime | None = None

    occurrences: list["FailureOccurrence"] = Relationship(back_populates="pattern", passive_deletes=True)


class FailureOccurrence(Model, table=True):
    """An answer that went wrong in a known way."""

    __tablename__ = "failure_occurrences"
    __table_args__ = {"schema": "knowledge"}

    pattern_id: int = Field(primary_key=True, foreign_key="knowledge.failure_patterns.id", ondelete="CASCADE")
    query_id: int = Field(primary_key=True, foreign_key="knowledge.query_history.id", index=True, ondelete="CASCADE")
    similarity: Decimal = Field(ge=0, le=1, max_digits=4, decimal_places=3)
    seen_at: dt.datetime = moment()

    pattern: FailurePattern = Relationship(back_populates="occurrences")


class SystemImprovement(Timestamps, IntegerKey, table=True):
    """A change made against a failure, and what it brought."""

    __tablename__ = "system_improvements"
    __table_args__ = (
        CheckConstraint("state <> 'live' OR live_since IS NOT NULL", name="live_has_time"),
        {"schema": "knowledge"},
    )

    pattern_id: int | None = Field(
        default=None, foreign_key="knowledge.failure_patterns.id", index=True, ondelete="SET NULL"
    )
    template_id: int | None = Field(
        default=None, foreign_key="knowledge.prompt_templates.id", index=True, ondelete="SET NULL"
    )
    approved_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    title: str = Field(min_length=1, max_length=150)
    state: Literal["proposed", "approved", "live", "reverted"] = Field(
        default="proposed", sa_column_kwargs={"server_default": "proposed"}
    )
    expected: dict[str, Any] = Field(default_factory=dict)
    live_since: dt.datetime | None = None


class QualityMetric(Model, table=True):
    """A measured value of one day."""

    __tablename__ = "quality_metrics"
    __table_args__ = {"schema": "knowledge"}

    measured_on: dt.date = Field(primary_key=True)
    name: str = Field(primary_key=True, max_length=60, pattern=r"^[a-z][a-z0-9_]*$")
    value: Decimal = Field(max_digits=14, decimal_places=4)
    samples: int = Field(ge=1)
