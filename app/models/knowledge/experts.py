"""Experts, and what they say about answers."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from app.models.columns import IntegerKey
from app.models.identity.users import User
from trueline import Field, Model, Relationship, Timestamps


class Specialty(StrEnum):
    """What an expert knows about."""

    TAX = "tax"
    LABOUR = "labour"
    COMPANY = "company"
    ACCOUNTING = "accounting"


class ExpertProfileBase(Model):
    """What an expert says about themselves."""

    specialties: list[Specialty] = Field(default_factory=list)
    credentials: list[str] = Field(default_factory=list, description="Registers and licences")
    years_of_experience: int = Field(ge=0, le=70)
    about: str | None = Field(default=None, max_length=2000)


class ExpertProfile(Timestamps, ExpertProfileBase, IntegerKey, table=True):
    """A user who answers and checks as an expert."""

    __tablename__ = "expert_profiles"
    __table_args__ = (
        Index("ix_expert_profiles_specialties", "specialties", postgresql_using="gin"),
        CheckConstraint("verified_by <> user_id", name="not_verified_by_oneself"),
        {"schema": "knowledge"},
    )

    user_id: int = Field(foreign_key="identity.users.id", unique=True, ondelete="CASCADE")
    trust_score: Decimal = Field(
        default=Decimal("0.5"),
        ge=0,
        le=1,
        max_digits=4,
        decimal_places=3,
        sa_column_kwargs={"server_default": text("0.5")},
    )
    verified_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    verified_at: dt.datetime | None = None

    user: User = Relationship(sa_relationship_kwargs={"foreign_keys": "ExpertProfile.user_id"})
    feedback: list["ExpertFeedback"] = Relationship(back_populates="expert")


class ExpertFeedback(Timestamps, IntegerKey, table=True):
    """An expert's opinion of an answer."""

    __tablename__ = "expert_feedback"
    __table_args__ = (UniqueConstraint("expert_id", "query_id"), {"schema": "knowledge"})

    expert_id: int = Field(foreign_key="knowledge.expert_profiles.id", ondelete="CASCADE")
    query_id: int = Field(foreign_key="knowledge.query_history.id", index=True, ondelete="CASCADE")
    verdict: Literal["correct", "incomplete", "wrong"]
    correction: str | None = Field(default=None, max_length=10_000)
    confidence: Decimal = Field(ge=0, le=1, max_digits=4, decimal_places=3)
    seconds_spent: int = Field(ge=0)

    expert: ExpertProfile = Relationship(back_populates="feedback")


class ExpertValidation(Timestamps, IntegerKey, table=True):
    """An answer that several experts agreed on, or did not."""

    __tablename__ = "expert_validations"
    __table_args__ = (
        CheckConstraint("agreeing <= asked", name="agreeing_within_asked"),
        {"schema": "knowledge"},
    )

    query_id: int = Field(foreign_key="knowledge.query_history.id", unique=True, ondelete="CASCADE")
    lead_expert_id: int | None = Field(
        default=None, foreign_key="knowledge.expert_profiles.id", index=True, ondelete="SET NULL"
    )
    asked: int = Field(ge=1)
    agreeing: int = Field(default=0, ge=0)
    closed_at: dt.datetime | None = None


class ExpertTask(Timestamps, IntegerKey, table=True):
    """Work that an expert asked for after reading an answer."""

    __tablename__ = "expert_tasks"
    __table_args__ = {"schema": "knowledge"}

    feedback_id: int = Field(foreign_key="knowledge.expert_feedback.id", index=True, ondelete="CASCADE")
    assigned_to: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    title: str = Field(min_length=1, max_length=150)
    state: Literal["open", "started", "done", "refused"] = Field(
        default="open", sa_column_kwargs={"server_default": "open"}
    )
    due_on: dt.date | None = None
