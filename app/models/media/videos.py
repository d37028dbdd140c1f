"""Channels, their videos, and who watched them."""

import datetime as dt
from enum import StrEnum
from typing import Any, Literal, Optional

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text

from app.models.columns import IntegerKey, moment
from app.models.identity.users import User
from trueline import Field, Model, Relationship, SoftDelete, Timestamps, UuidKey


class Channel(SoftDelete, Timestamps, IntegerKey, table=True):
    """Where a creator publishes."""

    __tablename__ = "channels"
    __table_args__ = {"schema": "media"}

    owner_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="RESTRICT")
    handle: str = Field(max_length=30, pattern=r"^[a-z0-9_]{3,30}$", unique=True)
    title: str = Field(min_length=1, max_length=100)
    about: str | None = Field(default=None, max_length=2000)

    owner: User = Relationship()
    videos: list["Video"] = Relationship(back_populates="channel")


class VideoStatus(StrEnum):
    """Where a video stands."""

    UPLOADING = "uploading"
    PROCESSING = "processing"
    PUBLISHED = "published"
    BLOCKED = "blocked"


class VideoBase(Model):
    """What a creator says about a video."""

    title: str = Field(min_length=1, max_length=150)
    about: str | None = Field(default=None, max_length=5000)
    tags: list[str] = Field(default_factory=list)
    language: str | None = Field(default=None, max_length=5, pattern=r"^[a-z]{2}(-[A-Z]{2})?$")
    is_private: bool = Field(
        default=False, sa_column_kwargs={"server_default": false()}, description="Shown to the owner only"
    )


class Video(SoftDelete, Timestamps, VideoBase, IntegerKey, table=True):
    """A video, whichever revision of it is shown."""

    __tablename__ = "videos"
    __table_args__ = (
        Index("ix_videos_tags", "tags", postgresql_using="gin"),
        Index("ix_videos_technical", "technical", postgresql_using="gin"),
        Index(
            "ix_videos_channel_id_published_at_public",
            "channel_id",
            "published_at",
            postgresql_where=text("status = 'published' AND NOT is_private"),
            sqlite_where=text("status = 'published' AND NOT is_private"),
        ),
        CheckConstraint("status <> 'published' OR published_at IS NOT NULL", name="published_has_time"),
        {"schema": "media"},
    )

    channel_id: int = Field(foreign_key="media.channels.id", index=True, ondelete="RESTRICT")
    # The pair of keys between a video and its revisions is a circle; this one is made last.
    current_revision_id: int | None = Field(
        default=None,
        index=True,
        sa_column_args=[ForeignKey("media.video_revisions.id", ondelete="SET NULL", use_alter=True)],
        description="The revision that is shown",
    )
    status: VideoStatus = Field(default=VideoStatus.UPLOADING, sa_column_kwargs={"server_default": "uploading"})
    technical: dict[str, Any] = Field(default_factory=dict, description="Codecs, resolutions and the like")
    published_at: dt.datetime | None = None

    channel: Channel = Relationship(back_populates="videos")
    revisions: list["VideoRevision"] = Relationship(
        back_populates="video",
        passive_deletes=True,
        sa_relationship_kwargs={"foreign_keys": "VideoRevision.video_id"},
    )
    current_revision: Optional["VideoRevision"] = Relationship(
        sa_relationship_kwargs={"foreign_keys": "Video.current_revision_id", "post_update": True}
    )


class VideoRevision(IntegerKey, table=True):
    """An upload of a video; a new upload is a new revision."""

    __tablename__ = "video_revisions"
    __table_args__ = (UniqueConstraint("video_id", "number"), {"schema": "media"})

    video_id: int = Field(foreign_key="media.videos.id", ondelete="CASCADE")
    number: int = Field(ge=1)
    uploaded_by: int = Field(foreign_key="identity.users.id", index=True, ondelete="RESTRICT")
    duration_seconds: int = Field(ge=0)
    size_bytes: int = Field(ge=0, sa_type=BigInteger)
    checksum: str = Field(min_length=64, max_length=64, description="SHA-256, in hex")
    uploaded_at: dt.datetime = moment()

    video: Video = Relationship(
        back_populates="revisions", sa_relationship_kwargs={"foreign_keys": "VideoRevision.video_id"}
    )


class VideoAsset(UuidKey, table=True):
    """A file made from a revision: a rendition, a thumbnail or subtitles."""

    __tablename__ = "video_assets"
    __table_args__ = (UniqueConstraint("revision_id", "kind", "variant"), {"schema": "media"})

    revision_id: int = Field(foreign_key="media.video_revisions.id", ondelete="CASCADE")
    kind: Literal["rendition", "thumbnail", "subtitles"]
    variant: str = Field(max_length=20, description="Such as 1080p, or a language")
    location: str = Field(max_length=500, description="Key in the object store")
    size_bytes: int = Field(ge=0, sa_type=BigInteger)


class VideoView(UuidKey, table=True):
    """A user who watched a video."""

    __tablename__ = "video_views"
    __table_args__ = (
        Index("ix_video_views_video_id_started_at", "video_id", "started_at"),
        Index("ix_video_views_user_id_started_at", "user_id", "started_at"),
        {"schema": "media"},
    )

    video_id: int = Field(foreign_key="media.videos.id", ondelete="CASCADE")
    user_id: int | None = Field(
        default=None,
        foreign_key="identity.users.id",
        ondelete="SET NULL",
        description="Empty for visitors who are not signed in",
    )
    watched_seconds: int = Field(default=0, ge=0)
    started_at: dt.datetime = moment()
