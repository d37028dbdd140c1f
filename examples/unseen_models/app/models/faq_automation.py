"""Questions that are asked often."""

import uuid

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class QueryClusters(Base):
    """Never migrated."""

    __tablename__ = "query_clusters"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class FaqCandidates(Base):
    """Never migrated."""

    __tablename__ = "faq_candidates"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class GeneratedFaqs(Base):
    """Never migrated."""

    __tablename__ = "generated_faqs"

    id: Mapped[int] = mapped_column(primary_key=True)
    approved_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), index=True)
    note: Mapped[str] = mapped_column(String(200))


class FaqSourceImpacts(Base):
    """Never migrated."""

    __tablename__ = "faq_source_impacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))


class FaqGenerationJobs(Base):
    """Never migrated."""

    __tablename__ = "faq_generation_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(String(200))
