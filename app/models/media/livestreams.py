"""Live streams, who watches them, and what they write and give."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text

from app.models.billing.currency import currency
from app.models.columns import IntegerKey, moment
from app.models.media.videos import Channel, Video
from trueline import Field, Model, Relationship, SoftDelete, Timestamps


class LivestreamStatus(StrEnum):
    """Where a live stream stands."""

    SCHEDULED = "scheduled"
    LIVE = "live"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Livestream(Timestamps, IntegerKey, table=True):
    """A broadcast on a channel."""

    __tablename__ = "livestreams"
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR ended_at > started_at", name="ended_after_started"),
        # A channel is live once at a time.
        Index(
            "uq_livestreams_channel_id_live",
            "channel_id",
            unique=True,
            postgresql_where=text("status = 'live'"),
            sqlite_where=text("status = 'live'"),
        ),
        {"schema": "media"},
    )

    channel_id: int = Field(foreign_key="media.channels.id", index=True, ondelete="RESTRICT")
    recording_id: int | None = Field(
        default=None, foreign_key="media.videos.id", index=True, ondelete="SET NULL", description="The video made of it"
    )
    title: str = Field(min_length=1, max_length=150)
    status: LivestreamStatus = Field(
        default=LivestreamStatus.SCHEDULED, sa_column_kwargs={"server_default": "scheduled"}
    )
    stream_key_hash: str = Field(min_length=64, max_length=64, unique=True, description="SHA-256, in hex")
    scheduled_for: dt.datetime
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    peak_viewers: int = Field(default=0, ge=0, sa_column_kwargs={"server_default": text("0")})

    channel: Channel = Relationship()
    recording: Video | None = Relationship()


class LivestreamViewer(Model, table=True):
    """A user who watched a live stream."""

    __tablename__ = "livestream_viewers"
    __table_args__ = (
        CheckConstraint("left_at IS NULL OR left_at >= joined_at", name="left_after_joined"),
        {"schema": "media"},
    )

    livestream_id: int = Field(primary_key=True, foreign_key="media.livestreams.id", ondelete="CASCADE")
    user_id: int = Field(primary_key=True, foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    joined_at: dt.datetime = moment()
    left_at: dt.datetime | None = None


class LivestreamMessage(SoftDelete, IntegerKey, table=True):
    """A line in the chat of a live stream."""

    __tablename__ = "livestream_messages"
    __table_args__ = (
        Index("ix_livestream_messages_livestream_id_sent_at", "livestream_id", "sent_at"),
        {"schema": "media"},
    )

    livestream_id: int = Field(foreign_key="media.livestreams.id", ondelete="CASCADE")
    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    body: str = Field(min_length=1, max_length=500)
    sent_at: dt.datetime = moment()


class LivestreamGift(IntegerKey, table=True):
    """Money that a viewer gave during a live stream."""

    __tablename__ = "livestream_gifts"
    __table_args__ = {"schema": "media"}

    livestream_id: int = Field(foreign_key="media.livestreams.id", index=True, ondelete="RESTRICT")
    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="RESTRICT")
    amount: Decimal = Field(gt=0, max_digits=8, decimal_places=2)
    currency: str = currency()
    message: str | None = Field(default=None, max_length=200)
    given_at: dt.datetime = moment()
