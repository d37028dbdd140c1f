"""What advertisers pay for."""

import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, Timestamped


class AdCampaign(Identified, Timestamped, Base):
    """One of them."""

    __tablename__ = "ad_campaigns"

    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"), index=True)
