"""Questions that are asked often, their answers, and how often they help."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, text

from app.models.columns import IntegerKey, moment
from trueline import Field, Model, Relationship, Timestamps, UuidKey


class FaqStatus(StrEnum):
    """Where a question and its answer stand."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    RETIRED = "retired"


class FaqBase(Model):
    """A question and its answer."""

    question: str = Field(min_length=1, max_length=500)
    answer: str = Field(min_length=1, max_length=20_000)
    tags: list[str] = Field(default_factory=list)


class GeneratedFaq(Timestamps, FaqBase, IntegerKey, table=True):
    """A question that is answered without asking the language model again."""

    __tablename__ = "generated_faqs"
    __table_args__ = (
        CheckConstraint("status NOT IN ('approved', 'published') OR approved_at IS NOT NULL", name="approval_has_time"),
        Index("ix_generated_faqs_tags", "tags", postgresql_using="gin"),
        Index(
            "ix_generated_faqs_hits_published",
            "hits",
            postgresql_where=text("status = 'published'"),
            sqlite_where=text("status = 'published'"),
        ),
        {"schema": "knowledge"},
    )

    candidate_id: int | None = Field(
        default=None, foreign_key="knowledge.faq_candidates.id", unique=True, ondelete="SET NULL"
    )
    status: FaqStatus = Field(default=FaqStatus.DRAFT, sa_column_kwargs={"server_default": "draft"})
    quality_score: Decimal = Field(ge=0, le=1, max_digits=4, decimal_places=3)
    hits: int = Field(default=0, ge=0, sa_column_kwargs={"server_default": text("0")})
    approved_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    approved_at: dt.datetime | None = None

    variations: list["FaqVariation"] = Relationship(back_populates="faq", passive_deletes=True)


class ExpertFaqCandidate(Timestamps, FaqBase, IntegerKey, table=True):
    """A question and answer that an expert proposes."""

    __tablename__ = "expert_faq_candidates"
    __table_args__ = (
        CheckConstraint("approved_by <> user_id", name="not_approved_by_oneself"),
        {"schema": "knowledge"},
    )

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE", description="The expert")
    approved_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    expected_saving: Decimal = Field(default=Decimal(0), ge=0, max_digits=10, decimal_places=2)
    decided_at: dt.datetime | None = None


class FaqUsageLog(UuidKey, table=True):
    """A user who was given a stored answer."""

    __tablename__ = "faq_usage_logs"
    __table_args__ = (
        Index("ix_faq_usage_logs_faq_id_used_at", "faq_id", "used_at"),
        {"schema": "knowledge"},
    )

    faq_id: int = Field(foreign_key="knowledge.generated_faqs.id", ondelete="CASCADE")
    user_id: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    helped: bool | None = Field(default=None, description="Empty while the user has not said")
    cost_saved: Decimal = Field(default=Decimal(0), ge=0, max_digits=10, decimal_places=6)
    used_at: dt.datetime = moment()


class FaqVariation(UuidKey, table=True):
    """A stored answer in other words, for one user's context."""

    __tablename__ = "faq_variation_cache"
    __table_args__ = (
        Index("ix_faq_variation_cache_expires_at", "expires_at"),
        # What a crash takes from it is written again when it is asked for.
        {"schema": "knowledge", "unlogged": True},
    )

    faq_id: int = Field(foreign_key="knowledge.generated_faqs.id", index=True, ondelete="CASCADE")
    user_id: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    cache_key: str = Field(min_length=64, max_length=64, unique=True, description="SHA-256 of the context, in hex")
    wording: str = Field(min_length=1, max_length=20_000)
    context: dict[str, Any] = Field(default_factory=dict)
    expires_at: dt.datetime

    faq: GeneratedFaq = Relationship(back_populates="variations")
