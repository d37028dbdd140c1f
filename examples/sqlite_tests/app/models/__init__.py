"""All models."""

from app.models import ad, livestream, notification, payment, social, user, video
from app.models.base import Base

__all__ = ["Base", "ad", "livestream", "notification", "payment", "social", "user", "video"]
