"""Users: the one table that every ``user_id`` points at."""

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Index, select, text
from sqlmodel import col

from app.models.columns import IntegerKey
from trueline import Field, Model, Relationship, SoftDelete, Timestamps, View
from trueline.types import LowerText

if TYPE_CHECKING:
    from app.models.identity.access import UserIdentity


class UserStatus(StrEnum):
    """What an account may do at the moment."""

    PENDING = "pending"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class UserRole(StrEnum):
    """What a user is to the application as a whole."""

    MEMBER = "member"
    CREATOR = "creator"
    EXPERT = "expert"
    STAFF = "staff"
    ADMIN = "admin"


class UserBase(Model):
    """What a user says about themselves: shared by the table and by every API class."""

    email: str = Field(
        max_length=320, sa_type=LowerText(320), description="Address to sign in with, compared without case"
    )
    display_name: str = Field(min_length=1, max_length=100, description="Name that other users see")
    phone_number: str | None = Field(
        default=None, max_length=16, pattern=r"^\+[1-9][0-9]{6,14}$", description="In E.164 form"
    )
    locale: str = Field(
        default="en",
        max_length=5,
        pattern=r"^[a-z]{2}(-[A-Z]{2})?$",
        sa_column_kwargs={"server_default": "en"},
        description="Language of messages to the user",
    )


class User(SoftDelete, Timestamps, UserBase, IntegerKey, table=True):
    """A person with an account."""

    __tablename__ = "users"
    __table_args__ = (
        # An address is free again once its account is deleted.
        Index(
            "uq_users_email",
            "email",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
            sqlite_where=text("deleted_at IS NULL"),
        ),
        Index("ix_users_status_role", "status", "role"),
        {"schema": "identity"},
    )

    password_hash: str | None = Field(
        default=None, max_length=255, description="Empty for users who sign in elsewhere only"
    )
    status: UserStatus = Field(default=UserStatus.PENDING, sa_column_kwargs={"server_default": "pending"})
    role: UserRole = Field(default=UserRole.MEMBER, sa_column_kwargs={"server_default": "member"})
    email_verified_at: dt.datetime | None = None
    last_seen_at: dt.datetime | None = None

    identities: list["UserIdentity"] = Relationship(back_populates="user", cascade_delete=True, passive_deletes=True)


PROFILES = View(
    "profiles",
    select(col(User.id), col(User.display_name), col(User.locale), col(User.created_at)).where(
        col(User.status) == UserStatus.ACTIVE, User.alive()
    ),
    schema="identity",
    security_barrier=True,
    comment="What users may know of one another",
)
