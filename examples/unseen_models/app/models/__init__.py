"""What migrations see."""

from app.models import costs, documents, user

__all__ = ["costs", "documents", "user"]
