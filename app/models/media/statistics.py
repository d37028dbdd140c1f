"""What is counted about videos, too dear to count at each look."""

from sqlalchemy import Index, distinct, func, select
from sqlmodel import col

from app.models.media.social import Like
from app.models.media.videos import Video, VideoView
from trueline import MaterializedView, Procedure

VIDEO_STATISTICS = MaterializedView(
    "video_statistics",
    select(
        col(Video.id).label("video_id"),
        func.count(distinct(col(VideoView.id))).label("views"),
        func.count(distinct(col(Like.user_id))).label("likes"),
        func.max(col(VideoView.started_at)).label("last_viewed_at"),
    )
    .select_from(Video)
    .outerjoin(VideoView, col(VideoView.video_id) == col(Video.id))
    .outerjoin(Like, col(Like.video_id) == col(Video.id))
    .group_by(col(Video.id)),
    schema="media",
    # REFRESH … CONCURRENTLY needs a unique index.
    indexes=[
        Index("uq_video_statistics_video_id", "video_id", unique=True),
        Index("ix_video_statistics_views", "views"),
    ],
    comment="Views and likes per video, as of the last refresh",
)

REFRESH_STATISTICS = Procedure(
    "refresh_statistics",
    schema="media",
    body="""
BEGIN
    REFRESH MATERIALIZED VIEW CONCURRENTLY media.video_statistics;
END
""",
    comment="Count anew; a job calls it every quarter of an hour",
)
