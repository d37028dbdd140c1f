"""Users."""

import enum
from typing import Any

from sqlalchemy import Enum, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, Timestamped


class UserStatus(enum.Enum):
    """What an account may do."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class User(Identified, Timestamped, Base):
    """An account."""

    __tablename__ = "users"

    email: Mapped[str] = mapped_column(String(320), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    display_name: Mapped[str] = mapped_column(String(100))
    phone_number: Mapped[str | None] = mapped_column(String(16))
    status: Mapped[UserStatus] = mapped_column(Enum(UserStatus))
    role: Mapped[str] = mapped_column(String(20))
    is_private: Mapped[bool] = mapped_column(default=False)
    preferences: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
