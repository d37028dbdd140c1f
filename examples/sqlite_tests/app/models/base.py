"""The base, and what most tables have."""

import uuid
from datetime import datetime

from sqlalchemy import DateTime, func
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Every model stands on it."""


class Identified:
    """A random id."""

    id: Mapped[uuid.UUID] = mapped_column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)


class Timestamped:
    """When a row was created."""

    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
