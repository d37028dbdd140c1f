"""Videos and what happens around them: social life, live streams, ads and notifications."""

from app.models.media.ads import Ad, AdCampaign, AdClick, AdImpression
from app.models.media.livestreams import Livestream, LivestreamGift, LivestreamMessage, LivestreamViewer
from app.models.media.notifications import Notification, NotificationPreference, PushDevice
from app.models.media.social import Comment, ContentReport, Follow, Like, Playlist, PlaylistItem, Share
from app.models.media.videos import Channel, Video, VideoAsset, VideoRevision, VideoView

__all__ = [
    "Ad",
    "AdCampaign",
    "AdClick",
    "AdImpression",
    "Channel",
    "Comment",
    "ContentReport",
    "Follow",
    "Like",
    "Livestream",
    "LivestreamGift",
    "LivestreamMessage",
    "LivestreamViewer",
    "Notification",
    "NotificationPreference",
    "Playlist",
    "PlaylistItem",
    "PushDevice",
    "Share",
    "Video",
    "VideoAsset",
    "VideoRevision",
    "VideoView",
]
