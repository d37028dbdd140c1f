"""How questions that are asked often are found, and what makes their answers old."""

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import CheckConstraint, UniqueConstraint, text

from app.models.columns import IntegerKey, moment
from trueline import Field, Relationship, Timestamps


class QueryCluster(Timestamps, IntegerKey, table=True):
    """Questions of many users that mean the same."""

    __tablename__ = "query_clusters"
    __table_args__ = (
        CheckConstraint("last_seen_at >= first_seen_at", name="last_after_first"),
        {"schema": "knowledge"},
    )

    canonical_question: str = Field(min_length=1, max_length=500, unique=True)
    query_count: int = Field(default=1, ge=1)
    mean_similarity: Decimal = Field(ge=0, le=1, max_digits=4, decimal_places=3)
    monthly_cost: Decimal = Field(default=Decimal(0), ge=0, max_digits=10, decimal_places=2)
    first_seen_at: dt.datetime
    last_seen_at: dt.datetime

    candidates: list["FaqCandidate"] = Relationship(back_populates="cluster", passive_deletes=True)


class FaqCandidate(Timestamps, IntegerKey, table=True):
    """A question that may be worth a stored answer."""

    __tablename__ = "faq_candidates"
    __table_args__ = {"schema": "knowledge"}

    cluster_id: int = Field(foreign_key="knowledge.query_clusters.id", index=True, ondelete="CASCADE")
    suggested_question: str = Field(min_length=1, max_length=500)
    best_answer: str | None = Field(default=None, max_length=20_000)
    priority: int = Field(default=50, ge=0, le=100, sa_column_kwargs={"server_default": text("50")})
    state: Literal["new", "generating", "generated", "refused"] = Field(
        default="new", sa_column_kwargs={"server_default": "new"}
    )

    cluster: QueryCluster = Relationship(back_populates="candidates")


class FaqSourceImpact(IntegerKey, table=True):
    """News that may make a stored answer wrong."""

    __tablename__ = "faq_source_impacts"
    __table_args__ = (UniqueConstraint("faq_id", "source_url"), {"schema": "knowledge"})

    faq_id: int = Field(foreign_key="knowledge.generated_faqs.id", ondelete="CASCADE")
    source_url: str = Field(max_length=500, pattern=r"^https?://")
    impact: Literal["none", "review", "outdated"]
    found_at: dt.datetime = moment()
    reviewed_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")


class FaqGenerationJob(Timestamps, IntegerKey, table=True):
    """A run that writes stored answers."""

    __tablename__ = "faq_generation_jobs"
    __table_args__ = (
        CheckConstraint("finished_at IS NULL OR finished_at >= started_at", name="finished_after_started"),
        {"schema": "knowledge"},
    )

    started_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    state: Literal["queued", "running", "done", "failed"] = Field(
        default="queued", sa_column_kwargs={"server_default": "queued"}
    )
    options: dict[str, Any] = Field(default_factory=dict)
    generated: int = Field(default=0, ge=0)
    cost: Decimal = Field(default=Decimal(0), ge=0, max_digits=10, decimal_places=4)
    error: str | None = Field(default=None, max_length=2000)
    started_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
