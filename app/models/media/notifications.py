"""What users are told, and how they want to be told."""

import datetime as dt
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import Index, UniqueConstraint, text, true

from app.models.columns import IntegerKey, moment
from trueline import Field, Model, Timestamps, UuidKey


class NotificationKind(StrEnum):
    """What a notification is about."""

    FOLLOW = "follow"
    LIKE = "like"
    COMMENT = "comment"
    LIVESTREAM = "livestream"
    BOOKING = "booking"
    PAYMENT = "payment"
    SYSTEM = "system"


class Notification(UuidKey, table=True):
    """A message to a user."""

    __tablename__ = "notifications"
    __table_args__ = (
        Index("ix_notifications_user_id_sent_at", "user_id", "sent_at"),
        Index(
            "ix_notifications_user_id_unread",
            "user_id",
            postgresql_where=text("read_at IS NULL"),
            sqlite_where=text("read_at IS NULL"),
        ),
        {"schema": "media"},
    )

    user_id: int = Field(foreign_key="identity.users.id", ondelete="CASCADE")
    actor_id: int | None = Field(
        default=None,
        foreign_key="identity.users.id",
        index=True,
        ondelete="SET NULL",
        description="The user who caused it",
    )
    kind: NotificationKind
    title: str = Field(min_length=1, max_length=150)
    payload: dict[str, Any] = Field(default_factory=dict)
    sent_at: dt.datetime = moment()
    read_at: dt.datetime | None = None


class NotificationPreference(Model, table=True):
    """Whether a user wants to be told of something, and by which way."""

    __tablename__ = "notification_preferences"
    __table_args__ = {"schema": "media"}

    user_id: int = Field(primary_key=True, foreign_key="identity.users.id", ondelete="CASCADE")
    kind: NotificationKind = Field(primary_key=True)
    way: Literal["push", "mail", "in_app"] = Field(primary_key=True)
    is_wanted: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class PushDevice(Timestamps, IntegerKey, table=True):
    """A device that takes push messages."""

    __tablename__ = "push_devices"
    __table_args__ = (UniqueConstraint("platform", "token"), {"schema": "media"})

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    platform: Literal["ios", "android", "web"]
    token: str = Field(max_length=400)
    last_used_at: dt.datetime | None = None
