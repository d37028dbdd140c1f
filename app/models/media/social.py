"""What users do with each other and with videos."""

import datetime as dt
from typing import Literal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from app.models.columns import IntegerKey, moment
from app.models.identity.users import User
from app.models.media.videos import Video
from trueline import Field, Model, Relationship, SoftDelete, Timestamps


class Follow(Model, table=True):
    """A user who wants to hear from another."""

    __tablename__ = "follows"
    __table_args__ = (
        CheckConstraint("follower_id <> followee_id", name="not_oneself"),
        {"schema": "media"},
    )

    follower_id: int = Field(primary_key=True, foreign_key="identity.users.id", ondelete="CASCADE")
    followee_id: int = Field(primary_key=True, foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    followed_at: dt.datetime = moment()


class Like(Model, table=True):
    """A user who likes a video."""

    __tablename__ = "likes"
    __table_args__ = {"schema": "media"}

    user_id: int = Field(primary_key=True, foreign_key="identity.users.id", ondelete="CASCADE")
    video_id: int = Field(primary_key=True, foreign_key="media.videos.id", index=True, ondelete="CASCADE")
    liked_at: dt.datetime = moment()


class CommentBase(Model):
    """What a user writes below a video."""

    video_id: int = Field(foreign_key="media.videos.id", ondelete="CASCADE")
    parent_id: int | None = Field(
        default=None,
        foreign_key="media.comments.id",
        index=True,
        ondelete="CASCADE",
        description="The comment that this one answers",
    )
    body: str = Field(min_length=1, max_length=5000)


class Comment(SoftDelete, Timestamps, CommentBase, IntegerKey, table=True):
    """A comment on a video, or an answer to one."""

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        Index("ix_comments_video_id_created_at", "video_id", "created_at"),
        {"schema": "media"},
    )

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")

    author: User = Relationship()
    video: Video = Relationship()


class Share(IntegerKey, table=True):
    """A video that a user passed on."""

    __tablename__ = "shares"
    __table_args__ = {"schema": "media"}

    user_id: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    video_id: int = Field(foreign_key="media.videos.id", index=True, ondelete="CASCADE")
    target: Literal["link", "mail", "message", "embed"]
    shared_at: dt.datetime = moment()


class Playlist(Timestamps, IntegerKey, table=True):
    """Videos that a user put together."""

    __tablename__ = "playlists"
    __table_args__ = (UniqueConstraint("user_id", "title"), {"schema": "media"})

    user_id: int = Field(foreign_key="identity.users.id", ondelete="CASCADE")
    title: str = Field(min_length=1, max_length=100)
    visibility: Literal["private", "unlisted", "public"] = Field(
        default="private", sa_column_kwargs={"server_default": "private"}
    )

    items: list["PlaylistItem"] = Relationship(back_populates="playlist", cascade_delete=True, passive_deletes=True)


class PlaylistItem(Model, table=True):
    """A video's place in a playlist."""

    __tablename__ = "playlist_items"
    __table_args__ = (
        # Deferred, so that places can be swapped in one transaction.
        UniqueConstraint("playlist_id", "position", deferrable=True, initially="DEFERRED").ddl_if(dialect="postgresql"),
        {"schema": "media"},
    )

    playlist_id: int = Field(primary_key=True, foreign_key="media.playlists.id", ondelete="CASCADE")
    video_id: int = Field(primary_key=True, foreign_key="media.videos.id", index=True, ondelete="CASCADE")
    position: int = Field(ge=1)

    playlist: Playlist = Relationship(back_populates="items")


class ContentReport(Timestamps, IntegerKey, table=True):
    """A user's complaint about a video or a comment."""

    __tablename__ = "content_reports"
    __table_args__ = (
        CheckConstraint("(video_id IS NULL) <> (comment_id IS NULL)", name="one_target"),
        {"schema": "media"},
    )

    reported_by: int = Field(foreign_key="identity.users.id", index=True, ondelete="CASCADE")
    video_id: int | None = Field(default=None, foreign_key="media.videos.id", index=True, ondelete="CASCADE")
    comment_id: int | None = Field(default=None, foreign_key="media.comments.id", index=True, ondelete="CASCADE")
    reason: Literal["spam", "abuse", "copyright", "other"]
    details: str | None = Field(default=None, max_length=2000)
    decided_by: int | None = Field(default=None, foreign_key="identity.users.id", index=True, ondelete="SET NULL")
    decided_at: dt.datetime | None = None
