"""What the API takes and gives: derived from the bases of the tables, so that the two cannot part."""

import datetime as dt

from app.models.media.social import CommentBase
from app.models.media.videos import VideoBase, VideoStatus


class VideoCreate(VideoBase):
    """A new video on a channel."""

    channel_id: int


class VideoRead(VideoBase):
    """A video as the API shows it."""

    id: int
    channel_id: int
    status: VideoStatus
    published_at: dt.datetime | None


class CommentCreate(CommentBase):
    """A new comment by the user who asks."""


class CommentRead(CommentBase):
    """A comment as the API shows it."""

    id: int
    user_id: int
    created_at: dt.datetime
