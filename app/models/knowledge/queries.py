"""Questions that users ask, how they are read, and what users think of the answers."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from app.models.columns import IntegerKey, moment
from trueline import Field, Relationship, UuidKey


class QueryHistory(IntegerKey, table=True):
    """A question that a user asked, and the answer."""

    __tablename__ = "query_history"
    __table_args__ = (
        Index("ix_query_history_user_id_asked_at", "user_id", "asked_at"),
        {"schema": "knowledge"},
    )

    user_id: int = Field(foreign_key="identity.users.id", ondelete="CASCADE")
    session_id: uuid.UUID | None = Field(
        default=None, foreign_key="identity.sessions.id", index=True, ondelete="SET NULL"
    )
    cluster_id: int | None = Field(
        default=None, foreign_key="knowledge.query_clusters.id", index=True, ondelete="SET NULL"
    )
    question: str = Field(min_length=1, max_length=4000)
    answer: str | None = Field(default=None, max_length=40_000)
    sources: list[str] = Field(default_factory=list)
    tokens: int = Field(default=0, ge=0)
    cost: Decimal = Field(default=Decimal(0), ge=0, max_digits=10, decimal_places=6)
    asked_at: dt.datetime = moment()

    feedback: list["KnowledgeFeedback"] = Relationship(back_populates="query", passive_deletes=True)


class QueryNormalization(UuidKey, table=True):
    """How a question was put into other words before it was looked up."""

    __tablename__ = "query_normalization_log"
    __table_args__ = {"schema": "knowledge"}

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    query_id: int | None = Field(default=None, foreign_key="knowledge.query_history.id", index=True, ondelete="CASCADE")
    original: str = Field(min_length=1, max_length=4000)
    normalized: str = Field(min_length=1, max_length=4000)
    method: Literal["rules", "model", "none"]
    normalized_at: dt.datetime = moment()


class KnowledgeFeedback(IntegerKey, table=True):
    """What a user thinks of an answer."""

    __tablename__ = "knowledge_feedback"
    __table_args__ = (UniqueConstraint("query_id", "user_id"), {"schema": "knowledge"})

    query_id: int = Field(foreign_key="knowledge.query_history.id", ondelete="CASCADE")
    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    stars: int = Field(ge=1, le=5)
    remark: str | None = Field(default=None, max_length=2000)
    given_at: dt.datetime = moment()

    query: QueryHistory = Relationship(back_populates="feedback")


class FaqInteraction(UuidKey, table=True):
    """A user who opened a published question."""

    __tablename__ = "faq_interactions"
    __table_args__ = {"schema": "knowledge"}

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    faq_id: int = Field(foreign_key="knowledge.generated_faqs.id", index=True, ondelete="CASCADE")
    action: Literal["shown", "opened", "copied", "rated"]
    happened_at: dt.datetime = moment()


class KnowledgeBaseSearch(UuidKey, table=True):
    """A search of a user, and what came of it."""

    __tablename__ = "knowledge_base_searches"
    __table_args__ = (
        CheckConstraint("opened <= hits", name="opened_within_hits"),
        Index("ix_knowledge_base_searches_filters", "filters", postgresql_using="gin"),
        {"schema": "knowledge"},
    )

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    terms: str = Field(min_length=1, max_length=400)
    filters: dict[str, Any] = Field(default_factory=dict)
    hits: int = Field(default=0, ge=0)
    opened: int = Field(default=0, ge=0)
    searched_at: dt.datetime = moment()
