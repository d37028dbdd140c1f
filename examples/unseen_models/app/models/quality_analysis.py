"""How good answers are."""

import uuid

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class ExpertProfiles(Base):
    """Never migrated."""

    __tablename__ = "expert_profiles"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), index=True)
    note: Mapped[str] = mapped_column(String(200))


class ExpertFeedback(Base):
    """Never migrated."""

    __tablename__ = "expert_feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class PromptTemplates(Base):
    """Never migrated."""

    __tablename__ = "prompt_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class FailurePatterns(Base):
    """Never migrated."""

    __tablename__ = "failure_patterns"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class SystemImprovements(Base):
    """Never migrated."""

    __tablename__ = "system_improvements"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class QualityMetrics(Base):
    """Never migrated."""

    __tablename__ = "quality_metrics"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class ExpertValidations(Base):
    """Never migrated."""

    __tablename__ = "expert_validations"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class FailureOccurrences(Base):
    """Never migrated."""

    __tablename__ = "failure_occurrences"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class PromptExperiments(Base):
    """Never migrated."""

    __tablename__ = "prompt_experiments"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))
