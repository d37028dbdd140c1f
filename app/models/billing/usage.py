"""What users use, what they may use, and what it costs."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false

from app.models.columns import IntegerKey, moment
from trueline import Field, Timestamps, UuidKey


class UsageEvent(UuidKey, table=True):
    """One use of something that is counted."""

    __tablename__ = "usage_events"
    __table_args__ = (
        Index("ix_usage_events_user_id_occurred_at", "user_id", "occurred_at"),
        # Rows are only added: without this, statistics and visibility map would wait for a fifth of the table.
        {"schema": "billing", "storage_parameters": {"autovacuum_vacuum_insert_scale_factor": 0.02}},
    )

    user_id: int = Field(
        foreign_key="identity.users.id",
        ondelete="CASCADE",
        statistics=1000,  # few users make most of the events
    )
    kind: Literal["query", "document", "export", "stream"]
    units: int = Field(default=1, ge=1)
    cost: Decimal = Field(default=Decimal(0), ge=0, max_digits=12, decimal_places=6)
    details: dict[str, Any] = Field(default_factory=dict)
    occurred_at: dt.datetime = moment()


class UsageQuota(Timestamps, IntegerKey, table=True):
    """How much a user may use in a month."""

    __tablename__ = "usage_quotas"
    __table_args__ = (UniqueConstraint("user_id", "kind"), {"schema": "billing"})

    user_id: int = Field(foreign_key="identity.users.id", ondelete="CASCADE")
    kind: Literal["query", "document", "export", "stream"]
    monthly_limit: int = Field(ge=0)
    is_hard: bool = Field(
        default=False, sa_column_kwargs={"server_default": false()}, description="Refuse what goes beyond it"
    )


class UserUsageSummary(Timestamps, table=True):
    """What a user used in one month, per kind."""

    __tablename__ = "user_usage_summaries"
    __table_args__ = {"schema": "billing"}

    user_id: int = Field(primary_key=True, foreign_key="identity.users.id", ondelete="CASCADE")
    month: dt.date = Field(primary_key=True, description="Its first day")
    kind: Literal["query", "document", "export", "stream"] = Field(primary_key=True)
    units: int = Field(default=0, ge=0)
    cost: Decimal = Field(default=Decimal(0), ge=0, max_digits=14, decimal_places=6)


class AlertLevel(StrEnum):
    """How urgent an alert is."""

    NOTICE = "notice"
    WARNING = "warning"
    CRITICAL = "critical"


class CostAlert(IntegerKey, table=True):
    """A warning that a user's costs passed a threshold."""

    __tablename__ = "cost_alerts"
    __table_args__ = (
        CheckConstraint("actual_amount >= threshold_amount", name="actual_above_threshold"),
        {"schema": "billing"},
    )

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    level: AlertLevel
    threshold_amount: Decimal = Field(gt=0, max_digits=12, decimal_places=2)
    actual_amount: Decimal = Field(gt=0, max_digits=12, decimal_places=2)
    raised_at: dt.datetime = moment()
    acknowledged_at: dt.datetime | None = None


class CostOptimizationSuggestion(Timestamps, IntegerKey, table=True):
    """A way for a user to pay less."""

    __tablename__ = "cost_optimization_suggestions"
    __table_args__ = {"schema": "billing"}

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    title: str = Field(max_length=120)
    explanation: str = Field(max_length=2000)
    estimated_saving: Decimal = Field(ge=0, max_digits=12, decimal_places=2, description="Per month")
    confidence: Decimal = Field(ge=0, le=1, max_digits=4, decimal_places=3)
    decision: Literal["open", "accepted", "dismissed"] = Field(
        default="open", sa_column_kwargs={"server_default": "open"}
    )
