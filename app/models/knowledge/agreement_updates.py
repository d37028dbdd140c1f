"""How agreements are kept up to date: where news comes from, what it changed, and whether the watch works."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import Index, UniqueConstraint, text, true

from app.models.columns import IntegerKey, moment
from trueline import Field, Model, Timestamps


class CcnlSource(Timestamps, IntegerKey, table=True):
    """A place that news about agreements comes from."""

    __tablename__ = "ccnl_sources"
    __table_args__ = {"schema": "knowledge"}

    name: str = Field(min_length=1, max_length=120, unique=True)
    url: str = Field(max_length=500, pattern=r"^https?://")
    reliability: Decimal = Field(ge=0, le=1, max_digits=4, decimal_places=3)
    is_watched: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class CcnlVersion(IntegerKey, table=True):
    """The text of an agreement as it stood at one time."""

    __tablename__ = "ccnl_versions"
    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        Index(
            "uq_ccnl_versions_agreement_id_current",
            "agreement_id",
            unique=True,
            postgresql_where=text("is_current"),
            sqlite_where=text("is_current"),
        ),
        {"schema": "knowledge"},
    )

    agreement_id: int = Field(foreign_key="knowledge.ccnl_agreements.id", ondelete="CASCADE")
    number: int = Field(ge=1)
    is_current: bool = False
    body: str = Field(min_length=1)
    checksum: str = Field(min_length=64, max_length=64, description="SHA-256 of the text, in hex")
    read_at: dt.datetime = moment()


class UpdateState(StrEnum):
    """Where a piece of news stands."""

    FOUND = "found"
    CONFIRMED = "confirmed"
    APPLIED = "applied"
    DISMISSED = "dismissed"


class CcnlUpdateEvent(Timestamps, IntegerKey, table=True):
    """News about an agreement."""

    __tablename__ = "ccnl_update_events"
    __table_args__ = (UniqueConstraint("source_id", "url"), {"schema": "knowledge"})

    source_id: int = Field(foreign_key="knowledge.ccnl_sources.id", ondelete="CASCADE")
    agreement_id: int | None = Field(
        default=None, foreign_key="knowledge.ccnl_agreements.id", index=True, ondelete="SET NULL"
    )
    state: UpdateState = Field(default=UpdateState.FOUND, sa_column_kwargs={"server_default": "found"})
    url: str = Field(max_length=500, pattern=r"^https?://")
    headline: str = Field(min_length=1, max_length=300)
    reviewed_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")


class CcnlChange(IntegerKey, table=True):
    """What differs between two versions of an agreement."""

    __tablename__ = "ccnl_changes"
    __table_args__ = {"schema": "knowledge"}

    event_id: int | None = Field(
        default=None, foreign_key="knowledge.ccnl_update_events.id", index=True, ondelete="SET NULL"
    )
    version_id: int = Field(foreign_key="knowledge.ccnl_versions.id", index=True, ondelete="CASCADE")
    topic: Literal["pay", "hours", "leave", "notice", "other"]
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    changed_at: dt.datetime = moment()


class CcnlMonitoring(Model, table=True):
    """Whether watching a source works: one row per source and day."""

    __tablename__ = "ccnl_monitoring"
    __table_args__ = {"schema": "knowledge"}

    source_id: int = Field(primary_key=True, foreign_key="knowledge.ccnl_sources.id", ondelete="CASCADE")
    day: dt.date = Field(primary_key=True)
    checks: int = Field(default=0, ge=0)
    failures: int = Field(default=0, ge=0)
    mean_seconds: Decimal | None = Field(default=None, ge=0, max_digits=8, decimal_places=3)
